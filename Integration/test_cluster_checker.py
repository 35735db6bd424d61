"""The checker of several nodes: a sound run passes, and each kind of violation is found where it is planted."""
import copy
import pathlib
import random
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "cluster"))
from checker import chain  # noqa: E402
from checker.records import Records, inversions  # noqa: E402
from checker.verdict import RULES, Verdict  # noqa: E402

SECOND = 1_000_000_000


class Run:
    """A sound run that is made up: what clients noted, and what the database holds."""

    def __init__(self, seed=1, steps=120):
        self.random, self.now, self.lines = random.Random(seed), SECOND, []
        self.final = {name: [] for name in (
            "resolutions", "entries", "alert_events", "alerts", "turns", "conversations", "tokens", "audit", "audit_head",
            "epoch_gaps")}
        self.final["epochs"] = [{"number": 1, "name": "first"}]
        self.last = {"alert_events": 0, "resolution_events": 0}
        self.spent, self.said = {}, {}
        for number, node in enumerate(("a", "b")):
            self.note(f"watcher{number}", "connected", after=0, node=node)
        for step in range(steps):
            self.step(f"op{step}")
        self.revoke("leaver")
        for number in range(2):
            self.note(f"watcher{number}", "lost", node="ab"[number])

    def note(self, client, kind, **more):
        self.now += self.random.randrange(SECOND // 20)
        self.lines.append({"at": self.now, "client": client, "kind": kind, **more})

    def call(self, op, what, given, result, node="a"):
        self.note("client", "invoke", op=op, what=what, input=given, node=node)
        if self.random.random() < 0.2:
            self.note("client", "unknown", op=op, reason="told")
            self.note("client", "invoke", op=op, what=what, input=given, node=node)
        self.note("client", "ok", op=op, result=result() if callable(result) else result, node=node)

    def step(self, op):
        self.random.choice((self.grant, self.grant, self.speak, self.read, self.alarm, self.verify))(op)

    def next(self, counter):
        self.last[counter] += 1
        return self.last[counter]

    def fail_over(self):
        """A standby is promoted: a history ends, and numbers go on above it."""
        self.note("nemesis", "fault", name="fail-over", phase="begins", nodes="all")
        number = len(self.final["epochs"]) + 1
        self.final["epochs"].append({"number": number, "name": f"history {number}"})
        for counter, last in self.last.items():
            self.final["epoch_gaps"].append({"epoch": number, "counter": counter, "last_common": last, "first_new": last + 1_000_000})
            self.last[counter] = last + 1_000_000
        self.note("nemesis", "fault", name="fail-over", phase="over", nodes="all")

    def audit(self, action, target):
        entries = self.final["audit"]
        entry = {
            "sequence": len(entries) + 1, "at": self.now, "actor": "anna", "token_id": "tok", "roles": "agent", "system_user": None,
            "on_behalf_of": None, "action": action, "target": target, "before_hash": None, "after_hash": None, "details": None,
            "text_sha256": None, "text_length": None, "previous_hash": entries[-1]["hash"] if entries else "", "form": 2}
        entry["hash"] = chain.seal(entry)
        entries.append(entry)
        self.final["audit_head"] = [{"entries": len(entries), "hash": entry["hash"]}]

    def grant(self, op):
        customer, cents = f"budget-{self.random.randrange(3)}", self.random.randrange(100, 9_000)
        before = self.spent.get(customer, 0)
        status = "approved" if before + cents <= 50_000 else "denied"
        self.spent[customer] = before + (cents if status == "approved" else 0)
        self.call(op, "grant", {"customer": customer}, {"resolution": "res-" + op, "status": status})
        sequence = self.next("resolution_events")
        self.final["entries"].append({"sequence": sequence, "resolution": "res-" + op, "kind": status, "at": self.now})
        self.final["resolutions"].append(
            {"resolution": "res-" + op, "sequence": sequence, "status": status, "customer": customer, "minor_units": cents,
             "currency": "EUR", "reference": op, "requested_by": "anna", "spent": f"{before / 100:.2f}"})
        self.audit(f"resolution.{status}", "res-" + op)

    def open(self, name):
        self.call(f"open-{len(self.lines)}", "open", {"conversation": name}, {"id": "cnv-" + name})
        if {"conversation": "cnv-" + name} not in self.final["conversations"]:
            self.final["conversations"].append({"conversation": "cnv-" + name})
        return "cnv-" + name

    def turn(self, op, name, alerts):
        turns = self.said.setdefault(name, [])
        turns.append(op)
        self.final["turns"].append({"conversation": name, "number": len(turns), "turn_id": op, "alerts": alerts})
        return len(turns)

    def speak(self, op):
        name = self.open("talk")
        self.call(op, "append", {"conversation": name}, {"turn": self.turn(op, name, [])})

    def read(self, op):
        self.call(op, "read", {"conversation": "cnv-talk"}, {"turns": list(self.said.get("cnv-talk", []))}, node="b")

    def event(self, event, alert):
        cursor = self.next("alert_events")
        self.final["alert_events"].append({"cursor": cursor, "event": event, "alert": alert})
        for number in range(2):
            self.note(f"watcher{number}", "event", cursor=cursor, event=event, alert=alert, node="ab"[number])

    def alarm(self, op):
        (name, alert) = (self.open("alarm-" + op), "al-" + op)
        self.turn(op, name, [alert])
        self.call(op, "alarm", {"conversation": name}, {"alerts": [alert], "conversation": name})
        self.event("raised", alert)
        self.call(op + "-ack", "acknowledge", {"alert": alert}, {})
        self.event("acknowledged", alert)
        self.final["alerts"].append({"alert": alert, "status": "acknowledged"})

    def verify(self, op):
        self.call(op, "verify", {}, {"ok": True, "entries": len(self.final["audit"])})

    def revoke(self, subject):
        self.call("use-before", "use", {"token": subject}, {})
        self.call(subject + "-revoke", "revoke", {"token": subject}, {})
        self.final["tokens"].append({"subject": subject, "is_revoked": True})
        self.now += 2 * SECOND
        self.note("client", "invoke", op="use-after", what="use", input={"token": subject}, node="b")
        self.note("client", "fail", op="use-after", code=1001, node="b")

    def verdict(self):
        return Verdict(Records(self.lines), self.final)

    def lines_of(self, kind, what=None):
        names = {line["op"] for line in self.lines if line["kind"] == "invoke" and line["what"] == what}
        return [line for line in self.lines if line["kind"] == kind and (what is None or line["op"] in names)]


class Sound(unittest.TestCase):
    def test_sound_runs_pass(self):
        for seed in range(20):
            verdict = Run(seed).verdict()
            self.assertEqual(verdict.violations, [], seed)
            counts = verdict.counts()
            self.assertEqual((counts["lost"], counts["doubled"], counts["refused"]), (0, 0, 0))
            self.assertGreater(counts["resolved"], 0)

    def test_numbers_go_on_above_a_history_that_has_ended(self):
        for count in (1, 2):
            run = Run(3)
            for number, node in enumerate(("a", "b")):
                run.note(f"watcher{number}", "connected", after=run.last["alert_events"], node=node)
            for _ in range(count):
                run.fail_over()
            run.grant("after")
            run.alarm("later")
            self.assertEqual(run.verdict().violations, [])

    def test_the_time_of_an_alert_is_counted_for_every_subscriber_on_time_or_late(self):
        run = Run(7, steps=160)
        before = run.verdict().lateness()
        # The first ones come before a connection counts as old enough.
        self.assertGreater(before["count"], len(run.lines_of("ok", "alarm")))
        self.assertLess(before["most_ms"], 2_000)
        for line in run.lines_of("event")[-4:]:
            line["at"] += SECOND // 2
        after = run.verdict().lateness()
        self.assertEqual(after["count"], before["count"])
        self.assertGreaterEqual(after["most_ms"], before["p50_ms"] + 400)

    def test_every_rule_is_a_module_with_something_planted(self):
        planted = {name for name in dir(Planted) if name.startswith("test_")}
        self.assertEqual(set(RULES), {"acknowledged", "budgets", "streams", "registers", "chain", "revocations", "epochs"})
        self.assertGreater(len(planted), 20)

    def test_what_stayed_unknown_may_have_happened_or_not(self):
        run = Run()
        op = run.lines_of("ok", "grant")[-1]
        run.lines.remove(op)
        self.assertEqual(run.verdict().violations, [])
        self.assertEqual(run.verdict().counts()["unknown"] - run.verdict().counts()["resolved"], 1)

    def test_inversions_are_those_of_a_comparison_of_all_pairs(self):
        chance = random.Random(3)
        for _ in range(300):
            items = []
            for name in range(chance.randrange(8)):
                begin = chance.randrange(20)
                items.append((begin, begin + chance.randrange(1, 10), chance.randrange(6) / 2, str(name)))
            slow = {b[3] for a in items for b in items if a[1] < b[0] and a[2] > b[2]}
            self.assertEqual({second for _, second, _ in inversions(items)}, slow)

    def test_an_inversion_closes_a_cycle_and_nothing_else_does(self):
        """The claim of `checker.registers`, by a search for cycles in the graph of all edges."""
        chance, both = random.Random(5), set()
        for _ in range(400):
            items, count = [], chance.randrange(1, 5)
            for number in range(1, count + 1):
                items.append((*self.span(chance), float(number), f"w{number}"))
            for number in range(chance.randrange(4)):
                items.append((*self.span(chance), chance.randrange(count + 1) + 0.5, f"r{number}"))
            edges = {a[3]: [b[3] for b in items if a is not b and (a[1] < b[0] or a[2] < b[2] and (a[2] % 1 == 0 or b[2] % 1 == 0))]
                     for a in items}
            has_cycle = any(self.reaches(edges, name, name) for name in edges)
            self.assertEqual(bool(inversions(items)), has_cycle)
            both.add(has_cycle)
        self.assertEqual(both, {True, False})

    @staticmethod
    def span(chance):
        begin = chance.randrange(20)
        return begin, begin + chance.randrange(1, 12)

    @staticmethod
    def reaches(edges, start, goal):
        seen, left = set(), list(edges[start])
        while left:
            name = left.pop()
            if name == goal:
                return True
            if name not in seen:
                seen.add(name)
                left += edges[name]
        return False


class Planted(unittest.TestCase):
    def setUp(self):
        self.sample = Run(7, steps=160)
        self.final = self.sample.final

    def found(self, *rules):
        """The planted fault is found by these rules and no other."""
        self.assertEqual(set(self.sample.verdict().rules()), set(rules))

    def approved(self):
        return next(row for row in self.final["resolutions"] if row["status"] == "approved")

    def test_a_grant_over_the_budget(self):
        row = next(row for row in self.final["resolutions"] if row["status"] == "denied")
        row["status"] = "approved"
        next(entry for entry in self.final["entries"] if entry["resolution"] == row["resolution"])["kind"] = "approved"
        next(line for line in self.sample.lines if line["kind"] == "ok" and line["op"] == row["reference"])["result"]["status"] = "approved"
        self.assertIn("budget", self.sample.verdict().rules())

    def test_a_cent_over_the_budget(self):
        customer = self.approved()["customer"]
        rows = [row for row in self.final["resolutions"] if row["customer"] == customer and row["status"] == "approved"]
        rows[-1]["minor_units"] += 50_001 - sum(row["minor_units"] for row in rows)
        self.assertIn("budget", self.sample.verdict().rules())

    def test_a_decision_that_did_not_see_the_one_before(self):
        rows = [row for row in self.final["resolutions"] if row["customer"] == self.approved()["customer"]]
        rows[2]["spent"] = rows[1]["spent"]
        self.found("budget sum")

    def test_a_grant_denied_within_the_budget(self):
        row = self.approved()
        row["status"] = "denied"
        next(entry for entry in self.final["entries"] if entry["resolution"] == row["resolution"])["kind"] = "denied"
        next(line for line in self.sample.lines if line["kind"] == "ok" and line["op"] == row["reference"])["result"]["status"] = "denied"
        self.assertIn("budget", self.sample.verdict().rules())

    def test_a_history_that_ends_without_a_promotion(self):
        self.sample.fail_over()
        self.sample.lines = [line for line in self.sample.lines if line["kind"] != "fault"]
        self.found("epoch")

    def test_numbers_that_go_back(self):
        self.sample.fail_over()
        self.final["epoch_gaps"][0]["first_new"] = self.final["epoch_gaps"][0]["last_common"]
        self.found("epoch")

    def test_numbers_left_out_beside_those_of_an_ended_history(self):
        self.sample.fail_over()
        self.sample.last["resolution_events"] += 1
        self.sample.grant("after")
        self.found("ledger gap")

    def test_a_number_left_out_in_the_ledger(self):
        for entry in self.final["entries"][10:]:
            entry["sequence"] += 1
        self.found("ledger gap")

    def test_a_ledger_that_goes_back_in_time(self):
        self.final["entries"][4]["at"] = self.final["entries"][3]["at"] - 1
        self.found("ledger time")

    def test_an_entry_without_its_row(self):
        self.final["entries"][-1]["resolution"] = "res-none"
        self.found("ledger row")

    def test_two_requests_in_another_order_than_they_were_made(self):
        first, second = self.final["entries"][2], self.final["entries"][3]
        for key in ("resolution", "kind"):
            first[key], second[key] = second[key], first[key]
        self.assertIn("ledger order", self.sample.verdict().rules())

    def test_a_lost_grant(self):
        entry = self.final["entries"].pop()
        self.final["resolutions"] = [row for row in self.final["resolutions"] if row["resolution"] != entry["resolution"]]
        self.found("lost")
        self.assertEqual(self.sample.verdict().counts()["lost"], 1)

    def test_a_doubled_grant(self):
        row = copy.deepcopy(self.final["resolutions"][-1])
        self.final["resolutions"].append({**row, "resolution": "res-second"})
        self.found("doubled")
        self.assertEqual(self.sample.verdict().counts()["doubled"], 1)

    def test_a_refused_grant_that_happened(self):
        line = next(line for line in reversed(self.sample.lines) if line["kind"] == "ok" and line["op"] in {r["reference"] for r in self.final["resolutions"]})
        self.sample.lines = [other for other in self.sample.lines if not (other["kind"] == "unknown" and other["op"] == line["op"])]
        line.update(kind="fail", code=1007)
        line.pop("result")
        self.found("phantom")

    def test_a_grant_without_its_entry_in_the_audit_log(self):
        target = self.approved()["resolution"]
        entry = next(entry for entry in self.final["audit"] if entry["target"] == target)
        entry["target"] = "res-other"
        self.assertEqual(set(self.sample.verdict().rules()), {"lost", "audit chain"})

    def test_a_lost_turn(self):
        last = self.final["turns"].index([row for row in self.final["turns"] if row["conversation"] == "cnv-talk"][-1])
        self.final["turns"].pop(last)
        self.assertIn("lost", self.sample.verdict().rules())

    def test_a_doubled_turn(self):
        row = [row for row in self.final["turns"] if row["conversation"] == "cnv-talk"][-1]
        self.final["turns"].append({**row, "number": row["number"] + 1})
        self.found("doubled")

    def test_a_turn_with_another_number(self):
        rows = [row for row in self.final["turns"] if row["conversation"] == "cnv-talk"]
        rows[0]["turn_id"], rows[1]["turn_id"] = rows[1]["turn_id"], rows[0]["turn_id"]
        self.assertLessEqual({"register", "register order"}, set(self.sample.verdict().rules()))

    def test_a_gap_in_a_conversation(self):
        [row for row in self.final["turns"] if row["conversation"] == "cnv-talk"][-1]["number"] += 1
        self.assertIn("register gap", self.sample.verdict().rules())

    def test_a_read_of_the_past(self):
        line = [line for line in self.sample.lines_of("ok", "read") if len(line["result"]["turns"]) > 1][-1]
        line["result"]["turns"].pop()
        self.found("register order")

    def test_a_read_that_left_something_out(self):
        line = [line for line in self.sample.lines_of("ok", "read") if len(line["result"]["turns"]) > 2][-1]
        line["result"]["turns"].pop(1)
        self.found("register")

    def test_a_name_that_stands_for_two_conversations(self):
        line = [line for line in self.sample.lines_of("ok", "open") if line["result"]["id"] == "cnv-talk"][-1]
        line["result"]["id"] = next(row["conversation"] for row in self.final["conversations"] if row["conversation"] != "cnv-talk")
        self.found("doubled")

    def test_a_lost_conversation(self):
        self.final["conversations"].pop()
        self.assertIn("lost", self.sample.verdict().rules())

    def test_a_lost_alert(self):
        self.final["alerts"].pop()
        self.found("lost")

    def test_a_lost_acknowledgement(self):
        self.final["alert_events"][-1]["event"] = "updated"
        self.assertIn("lost", self.sample.verdict().rules())

    def test_an_alert_that_was_acknowledged_twice(self):
        last = self.final["alert_events"][-1]
        self.sample.event(last["event"], last["alert"])
        ends = [line for line in self.sample.lines if line["kind"] == "lost"]
        self.sample.lines = [line for line in self.sample.lines if line["kind"] != "lost"] + [{**line, "at": self.sample.now + 1} for line in ends]
        self.found("doubled")

    def test_a_gap_in_the_cursors(self):
        for row in self.final["alert_events"][5:]:
            row["cursor"] += 1
        for line in self.sample.lines_of("event"):
            line["cursor"] += line["cursor"] > 5
        self.found("cursor gap", "missed event")

    def test_an_event_that_one_subscriber_never_got(self):
        self.sample.lines.remove([line for line in self.sample.lines_of("event") if line["client"] == "watcher1"][3])
        self.assertIn("missed event", self.sample.verdict().rules())

    def test_the_last_event_that_one_subscriber_never_got(self):
        self.sample.lines.remove([line for line in self.sample.lines_of("event") if line["client"] == "watcher1"][-1])
        self.found("missed event")

    def test_an_event_that_one_subscriber_got_twice(self):
        line = [line for line in self.sample.lines_of("event") if line["client"] == "watcher1"][3]
        self.sample.lines.insert(self.sample.lines.index(line), dict(line))
        self.found("doubled event")

    def late(self):
        """Has one subscriber get everything after some event much later."""
        lines = [line for line in self.sample.lines_of("event") if line["client"] == "watcher1"]
        begin = lines[4]["at"]
        for line in self.sample.lines:
            if line["client"] != "watcher1" and line["at"] > begin:
                line["at"] += 30 * SECOND
        for line in self.sample.lines:
            if line["client"] == "watcher1" and line["at"] >= begin:
                line["at"] += 60 * SECOND
        self.sample.lines.sort(key=lambda line: line["at"])
        return begin

    def test_events_that_came_late(self):
        self.late()
        self.found("late event")

    def test_events_that_came_late_because_of_a_fault_of_their_node_are_excused(self):
        begin = self.late()
        self.sample.lines.insert(0, {"at": begin, "client": "run", "kind": "fault", "name": "x", "phase": "begins", "nodes": ["b"]})
        self.sample.lines.append({"at": self.sample.lines[-1]["at"], "client": "run", "kind": "fault", "name": "x", "phase": "over", "nodes": ["b"]})
        self.found()

    def test_events_that_came_late_during_a_fault_of_another_node_are_not(self):
        begin = self.late()
        self.sample.lines.insert(0, {"at": begin, "client": "run", "kind": "fault", "name": "x", "phase": "begins", "nodes": ["a"]})
        self.sample.lines.append({"at": self.sample.lines[-1]["at"], "client": "run", "kind": "fault", "name": "x", "phase": "over", "nodes": ["a"]})
        self.found("late event")

    def test_a_changed_entry_of_the_audit_log(self):
        self.final["audit"][3]["actor"] = "somebody"
        self.found("audit chain")

    def test_a_removed_entry_of_the_audit_log(self):
        self.final["audit"].pop(3)
        self.assertIn("audit gap", self.sample.verdict().rules())

    def test_a_removed_end_of_the_audit_log(self):
        self.final["audit"].append({**self.final["audit"][-1]})
        self.final["audit"].pop()
        self.final["audit_head"][0]["entries"] += 1
        self.found("audit head")

    def test_two_entries_of_the_audit_log_after_the_same_one(self):
        entry = self.final["audit"][5]
        entry["previous_hash"] = self.final["audit"][3]["hash"]
        entry["hash"] = chain.seal(entry)
        self.found("audit chain")

    def test_a_node_that_found_the_chain_broken(self):
        self.sample.lines_of("ok", "verify")[0]["result"]["ok"] = False
        self.found("audit chain")

    def test_a_node_that_saw_an_earlier_log(self):
        line = self.sample.lines_of("ok", "verify")[-1]
        line["result"]["entries"] = self.sample.lines_of("ok", "verify")[0]["result"]["entries"] - 1
        self.found("audit order")

    def test_a_revoked_token_that_counts(self):
        line = next(line for line in self.sample.lines if line["kind"] == "fail" and line["op"] == "use-after")
        line.update(kind="ok", result={})
        self.found("revoked token")

    def test_a_revocation_that_was_lost(self):
        self.final["tokens"][0]["is_revoked"] = False
        self.found("lost")


if __name__ == "__main__":
    unittest.main()
