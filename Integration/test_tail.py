"""`frontline alerts tail`: its filters, its time zone, and where it resumes."""
import unittest

from frontline_process import Server, run


class Tail(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.__exit__)
        self.token = self.server.token("supervisor", subject="sofia", team="*")
        self.anna = self.server.connect("agent", subject="anna", team="delivery")
        self.addCleanup(self.anna.close)
        self.crm = self.server.connect("integration", subject="crm")
        self.addCleanup(self.crm.close)

    def raise_alert(self, customer, kind="help"):
        opened = self.crm.call(
            "conversation.open", channel="chat", agent="anna", customer={"id": customer, "segment": "new"})
        return self.anna.call("alerts.raise", note=f"about {customer}", kind=kind, **opened)["alert_id"]

    def tail(self, *arguments, **environment):
        connect = ("--connect", f"127.0.0.1:{self.server.port}", "--token", self.token)
        return run("alerts", "tail", *connect, *arguments, env=environment).stdout.splitlines()

    def test_filters_and_what_a_line_says(self):
        first, second = self.raise_alert("k1"), self.raise_alert("k2", kind="safety")
        self.assertEqual(len(self.tail()), 2)
        for filters in (["--customer", "k2"], ["--kind", "safety"], ["--kind", "safety", "--kind", "none", "--agent", "anna"]):
            lines = self.tail("--after", "0", *filters)
            self.assertEqual(len(lines), 1, filters)
            for part in (second, "customer k2 (new)", "agent anna", "team delivery"):
                self.assertIn(part, lines[0])
        self.assertEqual(self.tail("--after", "0", "--team", "billing"), [])
        with self.server.connect("supervisor", subject="sue", team="delivery") as sue:
            sue.call("alerts.resolve", alert_ids=[first], outcome="helped")
        self.assertIn("taken by sue, outcome helped", self.tail("--after", "0")[-1])

    def test_times_are_the_reader_s(self):
        self.raise_alert("k1")
        self.assertIn("+09:00", self.tail(TZ="Asia/Tokyo")[0])
        self.assertRegex(self.tail("--utc", TZ="Asia/Tokyo")[0], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z ")

    def test_it_goes_on_where_the_last_one_ended(self):
        self.raise_alert("k1")
        self.assertEqual(self.tail("--after", "last", "--kind", "none"), [])
        self.assertEqual(len(self.tail("--after", "last")), 1)
        self.assertEqual(self.tail("--after", "last"), [])
        self.raise_alert("k2")
        self.assertEqual(len(self.tail("--after", "last", "--customer", "k2")), 1)
        self.assertEqual(len(self.tail("--after", "last")), 1)
        self.assertEqual(self.tail("--after", "last"), [])


if __name__ == "__main__":
    unittest.main()
