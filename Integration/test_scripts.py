"""Script sessions against the running program: completed, interrupted at every step, resumed."""
import signal
import unittest

from frontline_process import ROOT, RPCError, Server

SCRIPTS = ROOT / "rules" / "scripts"
ANSWERS = {
    "age": 8, "help": "no", "care": "no",
    "claim": {"ok": True, "result": "WC-26-007310"},
}


class Scripts(unittest.TestCase):
    def setUp(self):
        self.server = Server("--rules", ROOT / "rules")

    def tearDown(self):
        self.server.stop()

    def test_every_sample_is_published_at_start(self):
        with self.server.connect("agent") as agent:
            names = [script["script_id"] for script in agent.call("script.list")["scripts"]]
        expected = sorted(path.stem for path in SCRIPTS.glob("*.yaml"))
        self.assertEqual(names, expected)

    def test_killed_between_any_two_steps_nothing_acknowledged_is_lost(self):
        with self.server.connect("agent", subject="anna") as agent:
            state = agent.call("script.start", script_id="warranty-claim", session_id="s")
        call, steps = None, 0
        while state["status"] in ("active", "waiting"):
            self.server.stop(signal.SIGKILL)
            self.server.start()
            with self.server.connect("agent", subject="anna") as agent:
                self.assertEqual(agent.call("script.state", session_id="s"), state)
                if call:
                    self.assertEqual(agent.call("script.advance", **call), state)
                value = ANSWERS.get(state["step"]["id"])
                call = {"session_id": "s", "revision": state["revision"]}
                if value is not None:
                    call["value"] = value
                state = agent.call("script.advance", **call)
            steps += 1
        self.assertEqual((state["status"], state["outcome"]), ("completed", "claimed"))
        self.assertEqual(state["path"], ["age", "covered", "help", "claim", "told", "claimed"])
        self.assertEqual(steps, 5)

    def test_a_stale_revision_is_refused_and_the_session_is_unharmed(self):
        with self.server.connect("agent", subject="anna") as agent:
            agent.call("script.start", script_id="warranty-claim", session_id="t")
            before = agent.call("script.advance", session_id="t", revision=1, value=8)
            for call in ({"revision": 1, "value": 9}, {"revision": 7}):
                with self.assertRaises(RPCError) as caught:
                    agent.call("script.advance", session_id="t", **call)
                self.assertEqual(caught.exception.code, 1004)
            self.assertEqual(agent.call("script.state", session_id="t"), before)


if __name__ == "__main__":
    unittest.main()
