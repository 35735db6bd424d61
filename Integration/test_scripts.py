"""Script sessions against the running program: completed, interrupted at every step, resumed."""
import pathlib
import signal
import tempfile
import unittest

import sample_model
from frontline_process import ROOT, RPCError, Server, run

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


class Checking(unittest.TestCase):
    SCRIPT = """script: {0}
examples: ["{1}"]
start: done
steps: {{done: {{end: resolved}}}}
"""

    def test_examples_of_two_scripts_that_mean_the_same_are_warnings(self):
        with tempfile.TemporaryDirectory(prefix="frontline-scripts-") as folder:
            folder = pathlib.Path(folder)
            sample_model.write(folder / "tiny")
            scripts = folder / "scripts"
            scripts.mkdir()
            for name in ("late", "lost"):
                (scripts / f"{name}.yaml").write_text(self.SCRIPT.format(name, "my parcel is late"))
            warned = run("script", "check", scripts, "--encoder", folder / "tiny")
            self.assertIn(f"{scripts}/late.yaml:2:12: warning: the example “my parcel is late” means the same", warned.stdout)
            self.assertIn(f"of “lost” ({scripts}/lost.yaml:2:12, similarity 1.0)", warned.stdout)
            self.assertIn("0 errors, 1 warnings", warned.stderr)
            line = run("script", "check", scripts, "--encoder", folder / "tiny", "--json").stdout
            self.assertIn('"code":"similar"', line.replace(" ", ""))
            self.assertEqual(run("script", "check", scripts, "--encoder", "off").stdout, "")
            refused = run("script", "check", scripts, "--encoder", folder / "absent", check=False)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("absent", refused.stderr)


if __name__ == "__main__":
    unittest.main()
