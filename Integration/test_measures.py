"""Figures: a day on the desk, what each role sees of it, recounts from the record, and a server that is killed while it counts."""
import datetime
import json
import pathlib
import signal
import tempfile
import unittest

from frontline_process import ROOT, RPCError, Server, run

DAY = datetime.timedelta(days=1)


def days():
    """Yesterday and the day after tomorrow: whatever the server's zone, today lies between them."""
    today = datetime.datetime.now(datetime.timezone.utc).date()
    return str(today - DAY), str(today + 2 * DAY)


def values(caller, measure, **more):
    first, end = days()
    return {row["key"]: row for row in caller.call("measures.values", measure=measure, **{"from": first, "to": end}, **more)["rows"]}


class Figures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules")
        cls.anna = cls.server.connect("agent", subject="anna", team="delivery", tier="1")
        cls.ben = cls.server.connect("agent", subject="ben", team="billing", tier="1")
        cls.sofia = cls.server.connect("supervisor", subject="sofia", team="delivery", tier="2")
        cls.auditor = cls.server.connect("auditor", subject="audrey")
        with cls.server.connect("integration", subject="telephony") as telephony:
            for number in range(4):
                telephony.call("conversation.open", conversation_id=f"c{number}", channel=["phone", "chat"][number % 2],
                               agent="anna" if number < 3 else "ben", customer={"id": f"K-{number // 2}", "segment": "standard"})
        said = cls.anna.call("conversation.observe", conversation_id="c0", speaker="customer", text="I am furious. This is the worst shop, I will cancel everything!")
        cls.alerts = said.get("alerts", [])
        query = cls.anna.call("knowledge.search", query="late delivery refund", conversation_id="c0")["query_id"]
        cls.anna.call("knowledge.feedback", article_id="late-delivery-refund", query_id=query, verdict="used", conversation_id="c0")
        cls.grant = cls.anna.call("resolution.request", idempotency_key="g1", action="refund", reason="late_delivery", conversation_id="c0",
                                  amount={"amount": "5.00", "currency": "EUR"}, reference={"type": "order", "id": "OH-26-1"})
        cls.anna.call("conversation.transfer", conversation_id="c1", to={"team": "billing"}, reason="a question about the bill")
        for agent, name in ((cls.anna, "c0"), (cls.anna, "c2"), (cls.ben, "c3")):
            agent.call("conversation.close", conversation_id=name)

    @classmethod
    def tearDownClass(cls):
        for connection in (cls.anna, cls.ben, cls.sofia, cls.auditor):
            connection.close()
        cls.server.stop()

    def test_every_measure_of_the_samples_has_values(self):
        names = [measure["name"] for measure in self.auditor.call("measures.list")["measures"]]
        self.assertEqual(names, sorted(path.stem for path in (ROOT / "rules" / "measures").glob("*.yaml")))
        for name in names:
            definition = self.auditor.call("measures.get", measure=name)
            self.assertTrue(definition["owner"] and definition["note"], name)
            for by in [None, "day", "week", "month"] + definition["measure"]["groups"]:
                rows = values(self.auditor, name, **({"by": by} if by else {}))
                self.assertTrue(by or set(rows) == {"all"}, name)

    def test_contacts_are_those_of_each_agent(self):
        rows = values(self.auditor, "contacts", by="agent")
        self.assertEqual({key: row["value"] for key, row in rows.items()}, {"": 1, "anna": 2, "ben": 1})
        self.assertEqual(values(self.anna, "contacts")["all"]["value"], 2)
        self.assertEqual(values(self.ben, "contacts")["all"]["value"], 1)
        self.assertEqual(values(self.auditor, "contacts", group="channel=phone")["all"]["value"], 2)
        self.assertEqual(set(values(self.sofia, "contacts", by="team")), {"delivery"})

    def test_handle_time_and_use_have_intervals(self):
        row = values(self.auditor, "handle_time")["all"]
        self.assertEqual(row["n"], 3)
        self.assertLessEqual(row["low"], row["value"])
        self.assertLessEqual(row["value"], row["high"])
        used = values(self.auditor, "knowledge_use")["all"]
        self.assertEqual((used["value"], used["n"]), (1, 1))
        self.assertLess(used["low"], 1)

    def test_grants_count_when_they_are_approved(self):
        expected = 1 if self.grant["status"] == "approved" else 0
        self.assertEqual(values(self.auditor, "grants")["all"]["value"], expected)

    def test_few_repeats_are_withheld(self):
        row = values(self.auditor, "repeats")["all"]
        self.assertTrue(row["suppressed"])
        self.assertNotIn("value", row)

    def test_agents_see_nothing_of_supervisors_measures(self):
        self.assertNotIn("alert_response", [measure["name"] for measure in self.anna.call("measures.list")["measures"]])
        with self.assertRaises(RPCError) as caught:
            values(self.anna, "alert_response")
        self.assertEqual(caught.exception.code, 1003)
        for role in ("integration", "operations", "knowledge_manager"):
            with self.server.connect(role, subject="x-" + role) as other, self.assertRaises(RPCError) as caught:
                values(other, "contacts")
            self.assertEqual(caught.exception.code, 1002)

    def test_the_contacts_behind_a_value_are_those_that_the_caller_sees(self):
        today = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        every = self.auditor.call("measures.explain", measure="contacts", key="all", at=today)["contacts"]
        self.assertEqual(len(every), 4)
        own = self.ben.call("measures.explain", measure="contacts", key="all", at=today)["contacts"]
        self.assertEqual([contact["conversation_id"] for contact in own], ["c3"])
        few = self.auditor.call("measures.explain", measure="contacts", key="all", at=today, limit=1)
        self.assertTrue(few["more"])

    def test_wrong_questions_name_the_parameter(self):
        first, end = days()
        for wrong, path in (({"by": "hour"}, "by"), ({"group": "team"}, "group"), ({"from": end, "to": first}, "to"), ({"from": "yesterday"}, "from")):
            with self.assertRaises(RPCError) as caught:
                self.auditor.call("measures.values", **{"measure": "contacts", "from": first, "to": end, **wrong})
            self.assertEqual((caught.exception.code, caught.exception.data["path"]), (-32602, "params." + path))

    def test_the_command_line_says_the_same(self):
        first, end = days()
        token = self.server.token("auditor", subject="audrey2")
        line = run("measures", "values", "contacts", "--from", first, "--to", end, "--by", "agent", "--json",
                   "--connect", f"127.0.0.1:{self.server.port}", "--token", token).stdout
        self.assertEqual({row["key"]: row["value"] for row in json.loads(line)["rows"]}, {"": 1, "anna": 2, "ben": 1})
        listed = run("measures", "list", "--connect", f"127.0.0.1:{self.server.port}", "--token", token).stdout
        self.assertIn("handle_time", listed)
        checked = run("measures", "compute", "--from", first, "--to", end, "--check", "--data", self.server.folder)
        self.assertIn("0 differences", checked.stderr)


class Definitions(unittest.TestCase):
    def test_mistakes_have_a_line_and_a_column(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "slow.yaml"
            file.write_text("title: Slow\npopulation: contacts\nstatistic: proportion\nof: handel_seconds > 600\nunit: share\nowner: X\n")
            checked = run("measures", "check", file, check=False)
            self.assertEqual(checked.returncode, 1)
            self.assertIn(f"{file}:4:5: error:", checked.stdout)
            self.assertIn("handle_seconds", checked.stdout)
            file.write_text(file.read_text().replace("handel", "handle"))
            run("measures", "check", file)

    def test_the_samples_pass_and_the_facts_are_listed(self):
        run("measures", "check", ROOT / "rules" / "measures")
        self.assertIn("handle_seconds", run("measures", "facts", "contacts").stdout)
        self.assertIn("seconds_since_previous", run("measures", "facts", "turns").stdout)


class Turns(unittest.TestCase):
    ANSWERS = """
title: Time to answer
population: turns
where: speaker = "agent" and previous_speaker = "customer"
statistic: mean
of: seconds_since_previous
groups: [agent, team]
unit: seconds
owner: Test
"""

    def test_turns_are_counted_on_the_days_of_the_calendar(self):
        server = Server()
        try:
            with server.connect("operations", subject="olga") as operations, server.connect("auditor", subject="audrey") as auditor, \
                    server.connect("agent", subject="anna", team="delivery") as anna:
                anna.call("conversation.open", conversation_id="t", channel="chat")
                for speaker, text in (("customer", "Where is my parcel?"), ("agent", "On its way"), ("agent", "It comes today"), ("customer", "Thanks"),
                                      ("agent", "Goodbye")):
                    anna.call("conversation.observe", conversation_id="t", speaker=speaker, text=text)
                operations.call("policy.publish", name="measures.answers", source=self.ANSWERS)
                self.assertEqual(values(auditor, "answers", by="agent")["anna"]["n"], 2)
                self.assertGreaterEqual(values(anna, "answers")["all"]["value"], 0)
                # In one of the two zones it is another day than in that of the configuration, which is UTC.
                now = datetime.datetime.now(datetime.timezone.utc)
                zone, offset = ("Pacific/Pago_Pago", -11) if now.hour < 10 else ("Pacific/Kiritimati", 14)
                before = set(values(auditor, "answers", by="day"))
                operations.call("policy.publish", name="calendar", source=f"time_zone: {zone}\nhours: {{mon-sun: 09:00-17:00}}\n")
                after = set(values(auditor, "answers", by="day"))
                self.assertEqual(after, {str((now + datetime.timedelta(hours=offset)).date())})
                self.assertNotEqual(before, after)
            first, end = days()
            checked = run("measures", "compute", "--from", first, "--to", end, "--check", "--data", server.folder)
            self.assertIn("0 differences", checked.stderr)
        finally:
            server.stop()


class Killed(unittest.TestCase):
    def test_nothing_is_counted_twice_or_left_out(self):
        server = Server("--rules", ROOT / "rules")
        try:
            opened = 0
            for _ in range(3):
                with server.connect("integration", subject="telephony") as telephony:
                    for _ in range(40):
                        telephony.call("conversation.open", conversation_id=f"k{opened}", channel="chat", agent=f"agent{opened % 5}")
                        if opened % 2:
                            telephony.call("conversation.close", conversation_id=f"k{opened}")
                        opened += 1
                server.stop(signal.SIGKILL)
                server.start()
            with server.connect("auditor", subject="audrey") as auditor:
                self.assertEqual(values(auditor, "contacts")["all"]["value"], opened)
                self.assertEqual(values(auditor, "handle_time")["all"]["n"], opened // 2)
            first, end = days()
            checked = run("measures", "compute", "--from", first, "--to", end, "--check", "--data", server.folder)
            self.assertIn("0 differences", checked.stderr)
        finally:
            server.stop()


if __name__ == "__main__":
    unittest.main()
