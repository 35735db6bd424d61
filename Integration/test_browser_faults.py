"""The ES module in a real Chromium while servers are killed and restarted, connections cut, and answers late."""
import random
import signal
import threading
import time
import unittest

from browser_cases import NUMBERED, ScriptedPage, ServedPage, until
from frontline_process import run
from web_client import web_port

# Sends so many utterances, all at once; `outcomes` is a promise of how many calls ended in which way.
OBSERVE = """([conversation_id, first, count, named]) => {
  const calls = Array.from({ length: count }, (_, index) => first + index).map((number) => desk.call("conversation.observe",
    { conversation_id, speaker: "agent", text: `utterance ${number}`, ...(named ? { turn_id: String(number) } : {}) }, { timeout: 120_000 }));
  globalThis.outcomes = Promise.allSettled(calls).then((all) => {
    const counts = {};
    for (const { status, reason } of all) {
      const name = status === "fulfilled" ? "done" : `${reason.name} ${reason.outcome}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  });
}"""


class ServerFaults(ServedPage):
    def restart(self, number=signal.SIGKILL, pause=0.0):
        self.server.stop(number)
        time.sleep(pause)
        self.server.start()
        self.proxy.port_behind = web_port(self.server)

    def begin(self):
        """A page that follows the contacts of anna, and one of these."""
        self.start(url=self.url, token=self.agent, timeout=60_000)
        self.follow("conversation", mine=True, after="0")
        return self.call("conversation.open", {"channel": "chat"})["result"]["conversation_id"]

    def check_events(self, conversation, turns):
        self.call("conversation.close", {"conversation_id": conversation})
        got = until(self.page, "events.at(-1)?.event === 'closed' && events", 30)
        cursors = [int(event["cursor"]) for event in got]
        self.assertEqual(cursors, sorted(set(cursors)))
        told = [event["data"]["turn"] for event in got if event["event"] == "turn" and event["conversation_id"] == conversation]
        self.assertEqual(told, list(range(1, turns + 1)))

    def test_turns_with_names_are_stored_once_and_in_order_though_the_server_is_killed(self):
        conversation = self.begin()
        for first in (0, 300, 600):
            self.page.evaluate(OBSERVE, [conversation, first, 300, True])
            time.sleep(0.1)
            self.restart()
            self.assertEqual(self.page.evaluate("outcomes"), {"done": 300})
        turns = self.call("conversation.get", {"conversation_id": conversation})["result"]["turns"]
        self.assertEqual([turn["text"] for turn in turns], [f"utterance {number}" for number in range(900)])
        self.check_events(conversation, 900)
        self.assertEqual(self.page.evaluate("states").count("away"), 3)

    def test_a_stream_goes_on_over_many_cut_connections(self):
        conversation = self.begin()
        chance, over = random.Random(7), threading.Event()

        def cut():
            while not over.wait(chance.uniform(0.05, 0.4)):
                self.proxy.cut()

        faults = threading.Thread(target=cut)
        faults.start()
        try:
            with self.server.connect("agent", subject="anna", team="delivery", tier="1") as desk:
                for number in range(1_000):
                    desk.call("conversation.observe", conversation_id=conversation, speaker="agent", text=f"utterance {number}")
        finally:
            over.set()
            faults.join()
        self.check_events(conversation, 1_000)
        self.assertGreaterEqual(self.page.evaluate("states").count("away"), 3)

    def test_calls_without_a_name_are_never_made_twice(self):
        conversation = self.begin()
        self.page.evaluate(OBSERVE, [conversation, 0, 1_000, False])
        time.sleep(0.2)
        self.proxy.cut()
        outcomes = self.page.evaluate("outcomes")
        unknown = outcomes.pop("connection_lost unknown")
        self.assertEqual(outcomes, {"done": 1_000 - unknown})
        turns = self.call("conversation.get", {"conversation_id": conversation})["result"]["turns"]
        texts = [turn["text"] for turn in turns]
        self.assertEqual(len(texts), len(set(texts)))
        self.assertLessEqual(1_000 - unknown, len(texts))
        self.check_events(conversation, len(texts))

    def test_a_server_that_is_shut_down_is_away_at_once_and_found_again(self):
        self.begin()
        self.page.evaluate("desk.ready()")
        began = time.monotonic()
        self.server.stop()
        until(self.page, "desk.state === 'away'")
        self.assertLess(time.monotonic() - began, 2)
        waiting = "globalThis.late = desk.call('knowledge.suggest', { prefix: 'par' }).then(() => 'done')"
        self.page.evaluate(f"() => {{ {waiting}; }}")
        time.sleep(3)
        self.server.start()
        self.proxy.port_behind = web_port(self.server)
        self.assertEqual(self.page.evaluate("late"), "done")

    def test_a_token_that_expires_signs_out_and_a_function_gives_another(self):
        made = run("token", "create", "--data", self.server.folder, "--subject", "temp", "--role", "agent", "--attribute", "team=delivery", "--expires", "4s")
        self.start(url=self.url, token=made.stdout.strip())
        self.page.evaluate("desk.ready()")
        self.assertIn("expired", until(self.page, "signedOut", 15))
        self.assertEqual(self.page.evaluate("desk.state"), "closed")
        self.page.evaluate("""async ([url, ...tokens]) => {
          const { connect } = await import("/frontline.js");
          globalThis.desk = connect({ url, token: async () => tokens.shift() });
        }""", [self.url, self.agent, self.chief])
        self.assertEqual(self.page.evaluate("desk.ready()")["subject"], "anna")
        self.proxy.cut()
        until(self.page, "desk.state === 'away'")
        self.assertEqual(self.page.evaluate("desk.ready()")["subject"], "sofia")

    def test_a_server_that_says_nothing_is_noticed_within_two_seconds_and_heard_again(self):
        self.begin()
        accepted, slowest = self.proxy.accepted, 0.0
        for _ in range(3):
            self.proxy.flows.clear()
            try:
                began = time.monotonic()
                until(self.page, "desk.state === 'away'")
                slowest = max(slowest, time.monotonic() - began)
                # A call and a stream that are asked for meanwhile.
                self.page.evaluate("() => { globalThis.late = desk.call('knowledge.suggest', { prefix: 'par' }).then(() => 'done'); }")
                self.follow("work", after="0")
                time.sleep(1)
            finally:
                self.proxy.flows.set()
            until(self.page, "desk.state === 'ready'", 2)
            self.assertEqual(self.page.evaluate("late"), "done")
            until(self.page, "stream.id")
        self.assertLess(slowest, 2.1)
        # The connection was kept: a server that is slow is not made slower.
        self.assertEqual(self.proxy.accepted, accepted)

    def test_a_connection_that_hangs_for_long_is_replaced(self):
        conversation = self.begin()
        accepted = self.proxy.accepted
        for _ in range(2):
            self.proxy.flows.clear()
            until(self.page, "desk.state === 'away'", 3)
            time.sleep(8)
            self.proxy.flows.set()
            until(self.page, "desk.state === 'ready'", 15)
        self.assertGreater(self.proxy.accepted, accepted)
        self.page.evaluate(OBSERVE, [conversation, 0, 50, True])
        self.assertEqual(self.page.evaluate("outcomes"), {"done": 50})
        self.check_events(conversation, 50)


class LateAnswers(ScriptedPage):
    def test_answers_that_come_later_than_silence_is_suffered_are_waited_for(self):
        def answer(request):
            held.append(request)
            if len(held) == 20:
                threading.Timer(4, lambda: server.send(self.result(each, {"number": each["params"]["number"]}) for each in reversed(held))).start()
            return []

        held = []
        server = self.scripted(answer)
        self.assertEqual(self.page.evaluate(NUMBERED), list(range(20)))
        self.assertEqual(self.page.evaluate("states"), ["ready"])


if __name__ == "__main__":
    unittest.main()
