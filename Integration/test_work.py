"""Work as people do it: created by a desk, taken and done on the command line, late, and through kills of the server."""
import datetime
import json
import pathlib
import signal
import threading
import time
import unittest

from frontline_process import ROOT, RPCError, Server, run

RULES = ROOT / "rules"
FAST = """
ladders:
  call: {steps: [lead]}
kinds:
  quick:
    title: Quick
    team: service
    clocks: {done: 1h}
    ladder: call
"""


def moment(seconds):
    """A moment so many seconds from now."""
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return now.isoformat().replace("+00:00", "Z")


class Work(unittest.TestCase):
    def setUp(self):
        self.server = Server("--rules", RULES)
        self.addCleanup(self.server.__exit__)
        self.token = self.server.token("agent", subject="anna", team="service")
        self.anna = self.server.connect("agent", subject="anna", team="service")
        self.addCleanup(self.anna.close)
        self.lena = self.server.connect("supervisor", subject="lena", team="service")
        self.addCleanup(self.lena.close)

    def work(self, *arguments, check=True):
        connect = ("--connect", f"127.0.0.1:{self.server.port}", "--token", self.token)
        return run("work", *arguments, *connect, check=check)

    def test_an_agent_does_work_on_the_command_line(self):
        made = json.loads(self.work("create", "--kind", "callback", "--title", "Ring", "--key", "k", "--json").stdout)
        self.assertEqual((made["state"], made["team"], made["priority"]), ("open", "service", "high"))
        self.assertIn("Ring", self.work("list", "--state", "open", "--order", "due").stdout)
        self.assertIn("claimed", self.work("claim", made["work_id"]).stdout)
        self.assertIn("waiting", self.work("comment", made["work_id"], "not at home", "--wait").stdout)
        refused = self.work("complete", made["work_id"], "--outcome", "result=perhaps", check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("reached", refused.stderr)
        self.assertIn("done", self.work("complete", made["work_id"], "--outcome", "result=reached").stdout)
        shown = self.work("get", made["work_id"]).stdout
        for event in ("created by anna", "claimed by anna", "waiting by anna, not at home", "completed by anna"):
            self.assertIn(event, shown)
        self.assertEqual(len(self.work("tail", "--after", "0").stdout.splitlines()), 4)
        self.assertEqual(self.work("tail", "--after", "0", "--kind", "reminder").stdout, "")
        self.assertEqual(self.work("claim", made["work_id"], "wk-99", check=False).returncode, 1)

    def test_what_an_agent_created_is_followed_to_another_team(self):
        carl = self.server.connect("agent", subject="carl", team="billing")
        self.addCleanup(carl.close)
        made = json.loads(self.work("create", "--kind", "callback", "--team", "billing", "--json").stdout)["work_id"]
        own = json.loads(self.work("create", "--kind", "callback", "--json").stdout)["work_id"]
        self.assertIn(made, self.work("list", "--created-by", "me", "--team", "billing").stdout)
        self.assertIn("please", self.work("comment", made, "sooner, please").stdout + self.work("get", made).stdout)
        carl.call("work.claim", work_id=made)
        refused = self.work("cancel", made, "--reason", "double", check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("carl", refused.stderr)
        carl.call("work.release", work_id=made)
        self.assertIn("cancelled", self.work("cancel", made, "--reason", "double").stdout)
        self.assertEqual(self.work("tail", "--after", "0").stdout.count(made), 5)
        # Another agent of the creator's team sees the team's item and not the other one.
        with self.server.connect("agent", subject="ben", team="service") as ben:
            self.assertEqual([item["work_id"] for item in ben.call("work.list", created_by="anna")["items"]], [own])
            with self.assertRaises(RPCError) as error:
                ben.call("work.get", work_id=made)
            self.assertEqual(error.exception.code, 1003)

    def test_kinds_are_checked_with_their_places(self):
        self.assertIn("5 kinds", run("work", "check", RULES / "work.yaml").stderr)
        broken = pathlib.Path(self.server.folder) / "work.yaml"
        broken.write_text("kinds:\n  a: {title: A, team: t}\n")
        checked = run("work", "check", broken, check=False)
        self.assertEqual(checked.returncode, 1)
        self.assertIn("work.yaml:2:3: “clocks” is missing", checked.stdout)
        self.assertIn("work.yaml:2:3", run("rules", "check", broken, check=False).stdout)

    def test_late_work_is_told_and_becomes_one_alert(self):
        self.lena.call("work.subscribe", after="0")
        item = self.anna.call("work.create", kind="complaint", due={"done": moment(1.5), "response": moment(1)})
        events = []
        while "breached" not in events:
            message = self.lena.receive()
            if message.get("method") == "work.event":
                events.append(message["params"]["event"])
        self.assertEqual(events, ["created", "breached"])
        while self.lena.receive()["params"].get("entry", {}).get("clock") != "done":
            pass
        with self.server.connect("supervisor", subject="lea", team="service") as lea:
            alerts = lea.call("alerts.list", kinds=["work"])["alerts"]
        live = [alert for alert in alerts if alert["status"] == "open"]
        self.assertEqual([alert["subject"]["id"] for alert in live], [item["work_id"]])
        self.assertIn("late" if "late" in live[0]["reason"] else "done by now", live[0]["reason"])

    def test_kills_lose_double_and_alert_nothing_twice(self):
        operations = self.server.connect("operations", subject="olga")
        operations.call("policy.publish", name="work.kinds", source=FAST)
        operations.close()
        answered, lock, stop = {}, threading.Lock(), threading.Event()
        tokens = [self.server.token("agent", subject=f"a{number}", team="service") for number in range(4)]

        def client(number):
            """Creates, claims and completes with keys; repeats a call whose answer it has not seen."""
            connection, index = None, 0
            while not stop.is_set():
                key = f"{number}-{index}"
                try:
                    if connection is None:
                        connection = self.server.connect()
                        connection.call("session.authenticate", token=tokens[number])
                    due = {"done": moment(1)} if index % 3 == 0 else {}
                    # The key stands for the request: a repeated call must send the same one.
                    with lock:
                        due = sent.setdefault(key, due)
                    item = connection.call("work.create", kind="quick", idempotency_key=key, due=due)["work_id"]
                    with lock:
                        answered.setdefault(key, set()).add(item)
                    if index % 3:
                        connection.call("work.claim", work_id=item)
                        connection.call("work.complete", work_id=item)
                        with lock:
                            done.add(item)
                    index += 1
                except RPCError as error:
                    # A moment that has passed before the call was repeated; the item was not created.
                    self.assertEqual(error.code, -32602, str(error))
                    index += 1
                except (OSError, ValueError, TypeError, AssertionError):
                    connection = None
                    stop.wait(0.05)

        sent, done = {}, set()
        clients = [threading.Thread(target=client, args=(number,)) for number in range(4)]
        for thread in clients:
            thread.start()
        for kill in range(4):
            # In the middle of calls, once so many more have been answered; the last time ends the test.
            deadline = time.monotonic() + 60
            while len(answered) < 20 * (kill + 1) and time.monotonic() < deadline:
                time.sleep(0.01)
            if kill < 3:
                self.server.stop(signal.SIGKILL)
                self.server.start()
        stop.set()
        for thread in clients:
            thread.join(60)
        self.assertGreaterEqual(len(answered), 80)
        self.assertTrue(all(len(items) == 1 for items in answered.values()), "a key has created two items")
        with self.server.connect("admin", subject="root") as root:
            items, cursor = {}, None
            while True:
                page = root.call("work.list", limit=500, **({"cursor": cursor} if cursor else {}))
                items.update({item["work_id"]: item for item in page["items"]})
                cursor = page.get("next_cursor")
                if not cursor:
                    break
            for (item,) in answered.values():
                self.assertIn(item, items, "an answered item is lost")
            for item in done:
                self.assertEqual(items[item]["state"], "done")
            numbers = sorted(int(item.split("-")[1]) for item in items)
            self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
            # Everything that was promised for a moment is late by now, or will be at the next look of the timer.
            late = {item["work_id"] for item in items.values() if item["breached"]}
            for item in late:
                history = [entry["event"] for entry in root.call("work.get", work_id=item)["history"]]
                self.assertEqual(history.count("breached"), 1, item)
            alerts, after = [], 0
            while True:
                page = root.call("alerts.list", kinds=["work"], limit=500, cursor=str(after))
                alerts += page["alerts"]
                if "next_cursor" not in page:
                    break
                after = page["next_cursor"]
            told = [alert["subject"]["id"] for alert in alerts]
            self.assertEqual(len(told), len(set(told)), "an item was alerted twice")
            self.assertTrue(late <= set(told), "a breach without an alert")
            self.assertTrue(all(alert["count"] == 1 for alert in alerts))


if __name__ == "__main__":
    unittest.main()
