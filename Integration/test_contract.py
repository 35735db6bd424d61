"""The protocol as an outside program sees it: scripts, resolutions, conversations, alerts and reports over a socket, with the sample rules."""
import json
import threading
import unittest
import uuid

from frontline_process import ROOT, RPCError, Server

MONEY = {"amount", "currency"}
SCRIPT = """
script: contract-test
title: A script for the contract
locale: en
variables:
  order_total: number
  postcode: {type: string, sensitive: true}
start: greet
steps:
  greet:   {say: "Hello {{customer.name}}, <welcome> & sorry.", next: reason}
  reason:
    ask: "Has the carrier given a new date?"
    choices:
      - {label: "Yes", value: "yes", next: done}
      - {label: "No", value: "no", next: amount}
  amount:  {ask: "What did the order cost?", field: order_total, type: number, required: true, next: [{when: "order_total > 100", go: big}, {go: zip}]}
  big:     {say: "That is much: {{order_total}}.", next: zip}
  zip:     {ask: "Postcode?", field: postcode, type: string, next: settle}
  settle:
    resolve: {action: '"refund"', amount: order_total, currency: '"EUR"', reason: '"late_delivery"', reference: {type: '"order"', id: conversation.id}}
    as: settlement
    approved: refund
    denied: explain
    rejected: explain
  refund:  {act: issue_refund, with: {amount: order_total, code: postcode}, as: receipt, next: done, failed: desk}
  explain: {say: "I can't refund this.", knowledge: [late-delivery-refund], next: done}
  desk:    {escalate: supervisor, say: "Let me get a colleague.", next: done}
  done:    {end: resolved}
"""


class Contract(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules")
        cls.agent = cls.server.connect("agent", subject="anna", tier="1", team="delivery")
        cls.other = cls.server.connect("agent", subject="otto", tier="1", team="billing")
        cls.supervisor = cls.server.connect("supervisor", subject="sara", tier="2", team="delivery")
        cls.head = cls.server.connect("supervisor", subject="hedy", tier="3", team="*")
        cls.operations = cls.server.connect("operations", subject="olga")
        cls.auditor = cls.server.connect("auditor", subject="aude")
        cls.integration = cls.server.connect("integration", subject="scribe")
        cls.admin = cls.server.connect("admin", subject="root")
        cls.operations.call("script.publish", source=SCRIPT, note="for the test")

    @classmethod
    def tearDownClass(cls):
        for connection in (cls.agent, cls.other, cls.supervisor, cls.head, cls.operations, cls.auditor, cls.integration, cls.admin):
            connection.close()
        assert cls.server.stop() == 0

    def refuses(self, code, connection, method, **params):
        with self.assertRaises(RPCError) as caught:
            connection.call(method, **params)
        self.assertEqual(caught.exception.code, code, caught.exception)
        return caught.exception

    def has(self, value, *names):
        for name in names:
            self.assertIn(name, value)
        return value

    def open(self, connection=None, **more):
        params = {"channel": "chat", "customer": {"id": f"C-{uuid.uuid4().hex[:8]}", "name": "Ms Stone"}, "locale": "en", **more}
        return (connection or self.agent).call("conversation.open", **params)["conversation_id"], params["customer"]["id"]

    # scripts

    def test_sample_scripts_are_published_at_start(self):
        scripts = self.agent.call("script.list")["scripts"]
        self.assertGreaterEqual(len(scripts), 7)
        for script in scripts:
            self.has(script, "script_id", "version", "title", "tags")
            full = self.has(self.agent.call("script.get", script_id=script["script_id"]), "script_id", "version", "sha256", "source", "graph")
            self.assertRegex(full["graph"], r"^(flowchart|graph) ")

    def start(self, **more):
        conversation, customer = self.open()
        state = self.agent.call("script.start", script_id="contract-test", conversation_id=conversation, **more)
        return self.has(state, "session_id", "script", "revision", "status", "step", "variables", "path", "deviations"), conversation, customer

    def advance(self, state, value=None):
        params = {"session_id": state["session_id"], "revision": state["revision"]}
        return self.agent.call("script.advance", **params, **({} if value is None else {"value": value}))

    def test_a_session_walks_to_its_end(self):
        state, _, _ = self.start()
        self.assertEqual(state["step"]["id"], "greet")
        self.assertEqual(state["step"]["kind"], "say")
        self.assertEqual(state["step"]["text"], "Hello Ms Stone, <welcome> & sorry.")
        self.assertEqual(state["status"], "active")
        first = state
        state = self.advance(state)
        self.assertEqual(state["step"]["id"], "reason")
        self.assertEqual([c["value"] for c in state["step"]["choices"]], ["yes", "no"])
        # Repeating the last accepted call returns its state.
        self.assertEqual(self.advance(first), state)
        stale = {**state, "revision": 99}
        self.refuses(1004, self.agent, "script.advance", session_id=state["session_id"], revision=stale["revision"], value="no")
        error = self.refuses(-32602, self.agent, "script.advance", session_id=state["session_id"], revision=state["revision"], value="maybe")
        self.assertIn("expected", error.data)
        state = self.advance(state, "no")
        self.assertEqual((state["step"]["field"], state["step"]["type"], state["step"]["required"]), ("order_total", "number", True))
        self.refuses(-32602, self.agent, "script.advance", session_id=state["session_id"], revision=state["revision"], value="many")
        state = self.advance(state, 8.5)
        self.assertEqual(state["step"]["id"], "zip")
        state = self.agent.call("script.back", session_id=state["session_id"], revision=state["revision"])
        self.assertEqual(state["step"]["id"], "amount")
        self.assertNotIn("order_total", {k: v for k, v in state["variables"].items() if v is not None})
        state = self.advance(state, 9.5)
        state = self.advance(state, "D-04103 secret")
        self.assertEqual(state["step"]["kind"], "act")
        self.assertEqual(state["step"]["action"], "issue_refund")
        self.assertEqual(state["step"]["arguments"]["code"], "D-04103 secret")
        self.assertNotIn("D-04103", json.dumps(state["variables"]) + json.dumps(state["path"]))
        self.assertEqual(state["variables"]["settlement"]["status"], "approved")
        state = self.advance(state, {"ok": True, "result": {"receipt": "R-1"}})
        self.assertEqual((state["status"], state["outcome"]), ("completed", "resolved"))
        self.refuses(1004, self.agent, "script.advance", session_id=state["session_id"], revision=state["revision"])
        self.assertEqual(self.agent.call("script.state", session_id=state["session_id"])["status"], "completed")
        self.refuses(1003, self.other, "script.state", session_id=state["session_id"])
        self.assertEqual(self.supervisor.call("script.state", session_id=state["session_id"])["status"], "completed")

    def test_a_request_above_the_limit_waits_for_a_supervisor(self):
        state, conversation, _ = self.start()
        state = self.advance(self.advance(self.advance(self.advance(state), "no"), "95"), "x")
        self.assertEqual(state["status"], "waiting")
        resolution = state["step"]["resolution_id"]
        self.assertIn(resolution, [r["resolution_id"] for r in self.head.call("resolution.list", awaiting="me")["resolutions"]])
        self.head.call("resolution.approve", resolution_id=resolution)
        state = self.agent.call("script.state", session_id=state["session_id"])
        self.assertEqual((state["status"], state["step"]["kind"]), ("active", "act"))
        state = self.advance(state, {"ok": False, "error": "till is closed"})
        self.assertEqual(state["step"]["kind"], "escalate")
        alerts = self.supervisor.call("alerts.list", conversation_id=conversation)["alerts"]
        self.assertTrue(alerts)

    def test_jump_skip_detour_note_abandon_are_recorded(self):
        state, _, _ = self.start()
        state = self.agent.call("script.detour", session_id=state["session_id"], revision=state["revision"], script_id="identity-check", reason="unsure who it is")
        self.assertEqual(state["script"]["script_id"], "contract-test")
        self.assertIn("detour", [d["kind"] for d in state["deviations"]])
        session = state["session_id"]
        state = self.agent.call("script.note", session_id=session, text="mail me at someone@example.com")
        self.assertNotIn("someone@example.com", json.dumps(state))
        state = self.agent.call("script.abandon", session_id=session, reason="line dropped")
        self.assertEqual(state["status"], "abandoned")

        state, _, _ = self.start()
        state = self.agent.call("script.skip", session_id=state["session_id"], revision=state["revision"], reason="greeted already")
        self.assertEqual((state["step"]["id"], state["deviations"][-1]["kind"]), ("reason", "skip"))
        self.refuses(1002, self.agent, "script.jump", session_id=state["session_id"], revision=state["revision"], step="zip", reason="no time")
        self.refuses(-32602, self.agent, "script.jump", session_id=state["session_id"], revision=state["revision"], step="nowhere", reason="no time")

    def test_start_with_a_known_session_answers_it(self):
        session = uuid.uuid4().hex
        first = self.agent.call("script.start", script_id="contract-test", session_id=session, context={"order_total": 5})
        again = self.agent.call("script.start", script_id="contract-test", session_id=session)
        self.assertEqual(first, again)

    def test_versions_rollout_compare_rollback(self):
        source = SCRIPT.replace("contract-test", "rollout-test")
        one = self.has(self.operations.call("script.publish", source=source), "script_id", "version", "sha256", "warnings")
        self.assertEqual(self.operations.call("script.publish", source=source)["version"], one["version"])
        session = self.agent.call("script.start", script_id="rollout-test")
        two = self.operations.call("script.publish", source=source.replace("That is much", "Oh, that is much"), rollout={"teams": ["billing"]})
        self.assertEqual(self.agent.call("script.get", script_id="rollout-test")["version"], one["version"])
        self.assertEqual(self.other.call("script.get", script_id="rollout-test")["version"], two["version"])
        difference = self.operations.call("script.compare", script_id="rollout-test", **{"from": one["version"], "to": two["version"]})
        self.assertIn("big", json.dumps(difference))
        self.operations.call("script.rollout", script_id="rollout-test", version=two["version"], percent=100)
        self.assertEqual(self.agent.call("script.get", script_id="rollout-test")["version"], two["version"])
        later = self.agent.call("script.start", script_id="rollout-test")
        self.operations.call("script.rollback", script_id="rollout-test", version=one["version"], reason="worse", sessions="stop")
        self.assertEqual(self.agent.call("script.state", session_id=later["session_id"])["status"], "stopped")
        self.assertEqual(self.agent.call("script.state", session_id=session["session_id"])["status"], "active")
        versions = self.operations.call("script.versions", script_id="rollout-test")["versions"]
        self.assertEqual(len(versions), 2)
        self.refuses(1002, self.agent, "script.publish", source=source)
        error = self.refuses(-32602, self.operations, "script.publish", source=source.replace("next: reason}", "next: nowhere}"))
        self.assertIn("nowhere", json.dumps(error.data))

    def test_adherence_counts(self):
        state, _, _ = self.start()
        self.agent.call("script.abandon", session_id=state["session_id"], reason="gone")
        for group in ("script", "version", "step", "agent", "team"):
            rows = self.supervisor.call("script.adherence", script_id="contract-test", group_by=group)["rows"]
            self.assertTrue(rows)
            self.has(rows[0], "key", "sessions", "completed", "required_done", "required_total", "deviations", "median_seconds", "p90_seconds")

    # resolutions

    def request(self, amount, customer, connection=None, key=None, **more):
        key = key or uuid.uuid4().hex
        more.setdefault("reference", {"type": "order", "id": f"order-{key}"})
        return (connection or self.agent).call(
            "resolution.request", idempotency_key=key, action="refund", reason="late_delivery",
            amount={"amount": amount, "currency": "EUR"}, customer_id=customer, **more)

    def test_small_refunds_are_granted_until_the_window_ends(self):
        customer = uuid.uuid4().hex
        preview = self.agent.call("resolution.evaluate", action="refund", reason="late_delivery", customer_id=customer, amount={"amount": 10, "currency": "EUR"},
                                  reference={"type": "order", "id": uuid.uuid4().hex})
        self.has(preview, "outcome", "because", "policy", "history")
        self.assertEqual(preview["outcome"], "approved")
        self.has(preview["policy"], "version", "decision", "rules")
        key = uuid.uuid4().hex
        grant = self.request("10.00", customer, key=key)
        self.has(grant, "resolution_id", "status", "outcome", "action", "amount", "reason", "customer_id", "requested_by", "because", "policy", "created_at")
        self.assertEqual((grant["status"], grant["amount"]), ("approved", {"amount": "10.00", "currency": "EUR"}))
        self.assertEqual(self.request("10.00", customer, key=key)["resolution_id"], grant["resolution_id"])
        with self.assertRaises(RPCError) as caught:
            self.request("10.01", customer, key=key)
        self.assertEqual(caught.exception.code, 1004)
        outcomes = [self.request("10.00", customer)["status"] for _ in range(300)]
        self.assertLess(outcomes.count("approved"), 299)
        self.assertNotIn("approved", outcomes[-1:])

    def test_amounts_that_are_no_money_are_refused(self):
        for amount in ("0", "-1", "1.001", "1e400", "abc", "NaN", True, None, [], 1.005):
            error = self.refuses(-32602, self.agent, "resolution.request", idempotency_key="k", action="refund", reason="late_delivery",
                                 customer_id="c", amount={"amount": amount, "currency": "EUR"})
            self.assertIn("amount", error.data.get("path", ""))
        self.refuses(-32602, self.agent, "resolution.request", idempotency_key="k", action="refund", reason="late_delivery", customer_id="c", amount={"amount": "1", "currency": "XXQ"})

    def test_four_eyes(self):
        customer = uuid.uuid4().hex
        grant = self.request("90.00", customer)
        self.assertEqual(grant["status"], "pending")
        self.refuses(1002, self.agent, "resolution.approve", resolution_id=grant["resolution_id"])
        both = self.server.connect("agent", "supervisor", subject="anna", tier="3", team="delivery")
        self.refuses(1002, both, "resolution.approve", resolution_id=grant["resolution_id"])
        both.close()
        self.refuses(1003, self.other, "resolution.get", resolution_id=grant["resolution_id"])
        done = self.head.call("resolution.approve", resolution_id=grant["resolution_id"], note="fine")
        self.assertEqual((done["status"], done["decided_by"]), ("approved", "hedy"))
        settled = self.agent.call("resolution.settle", resolution_id=grant["resolution_id"], result="done", reference="T-1")
        self.assertEqual(settled["settlement"]["result"], "done")
        self.refuses(1004, self.head, "resolution.reject", resolution_id=grant["resolution_id"], note="no")
        rejected = self.head.call("resolution.reject", resolution_id=self.request("91.00", uuid.uuid4().hex)["resolution_id"], note="no")
        self.assertEqual(rejected["status"], "rejected")
        cancelled = self.agent.call("resolution.cancel", resolution_id=self.request("92.00", uuid.uuid4().hex)["resolution_id"], reason="customer changed his mind")
        self.assertEqual(cancelled["status"], "cancelled")

    def test_the_customer_is_the_conversations(self):
        conversation, customer = self.open()
        grant = self.agent.call("resolution.request", idempotency_key=uuid.uuid4().hex, action="refund", reason="late_delivery",
                                amount={"amount": "5", "currency": "EUR"}, conversation_id=conversation)
        self.assertEqual(grant["customer_id"], customer)
        self.refuses(-32602, self.agent, "resolution.evaluate", action="refund", reason="late_delivery", conversation_id=conversation, customer_id="somebody else")

    def test_simulation_counts_changes(self):
        self.request("10.00", uuid.uuid4().hex)
        source = (ROOT / "rules" / "resolution.dmn").read_text()
        report = self.has(self.operations.call("policy.simulate", name="resolution", source=source), "cases", "changed", "from_to", "amount_delta", "examples")
        self.assertGreaterEqual(report["cases"], 1)
        self.assertEqual(report["changed"], 0)

    def test_signals_and_alerts_are_policies(self):
        names = [policy["name"] for policy in self.operations.call("policy.list")["policies"]]
        self.assertTrue({"resolution", "alerts", "signals"} <= set(names), names)
        error = self.refuses(-32602, self.operations, "policy.publish", name="resolution", source=(ROOT / "rules" / "resolution.dmn").read_text().replace("total_30d", "total_31d"))
        self.assertIn("31d", json.dumps(error.data) + str(error))

    # conversations and alerts

    def observe(self, conversation, text, speaker="customer", connection=None, **more):
        return (connection or self.agent).call("conversation.observe", conversation_id=conversation, speaker=speaker, text=text, **more)

    def test_a_conversation_from_open_to_close(self):
        conversation, customer = self.open(tags=["parcel"], external_ids={"crm": "T-77"})
        self.assertEqual(self.agent.call("conversation.open", conversation_id=conversation, channel="chat")["conversation_id"], conversation)
        turn = self.observe(conversation, "my parcel is late and nobody answers, card 4111 1111 1111 1111", turn_id="t1")
        self.has(turn, "turn", "sentiment", "mood", "signals", "suggestions", "actions", "alerts")
        self.assertEqual(turn["sentiment"]["status"], "scored")
        self.has(turn["mood"], "now", "trend", "lowest", "negative_streak")
        self.assertEqual(self.observe(conversation, "my parcel is late and nobody answers, card 4111 1111 1111 1111", turn_id="t1"), turn)
        self.refuses(1004, self.agent, "conversation.observe", conversation_id=conversation, speaker="customer", text="something else", turn_id="t1")
        self.refuses(1003, self.other, "conversation.observe", conversation_id=conversation, speaker="customer", text="hello")
        german = self.observe(conversation, "Wo bleibt mein Paket?", locale="de")
        self.assertEqual(german["sentiment"], {"status": "unsupported"})
        full = self.agent.call("conversation.get", conversation_id=conversation)
        self.has(full, "turns", "mood", "participants", "summary", "alerts", "resolutions")
        self.assertNotIn("4111", json.dumps(full))
        self.assertEqual(len(full["turns"]), 2)
        listed = self.supervisor.call("conversation.list", customer_id=customer)["conversations"]
        self.assertEqual([c["conversation_id"] for c in listed], [conversation])
        self.assertEqual([c["conversation_id"] for c in self.supervisor.call("conversation.list", external_id="T-77")["conversations"]][:1], [conversation])
        self.agent.call("conversation.close", conversation_id=conversation, disposition={"code": "late", "resolved": True, "note": "ok"})
        self.refuses(1004, self.agent, "conversation.observe", conversation_id=conversation, speaker="customer", text="one more thing")

    def test_suggestions_fit_and_say_why(self):
        conversation, _ = self.open()
        turn = self.observe(conversation, "where is my parcel, it should have been delivered on monday, do i get a refund for the late delivery")
        self.assertTrue(turn["suggestions"])
        self.has(turn["suggestions"][0], "article_id", "title", "snippet", "score", "because")
        for action in turn["actions"]:
            self.has(action, "action_id", "kind", "title", "score", "because")
            self.assertIn(action["kind"], {"say", "open_article", "start_script", "advance_script", "offer_resolution", "escalate"})
        self.assertIn("start_script", [a["kind"] for a in turn["actions"]])
        if turn["actions"]:
            self.assertEqual(self.agent.call("assist.feedback", conversation_id=conversation, action_id=turn["actions"][0]["action_id"], verdict="used"), {})
        self.assertEqual(self.agent.call("knowledge.feedback", article_id=turn["suggestions"][0]["article_id"], conversation_id=conversation, verdict="used"), {})

    def test_an_angry_contact_alerts_the_supervisor(self):
        with self.server.connect("supervisor", subject="sven", team="delivery") as watcher, \
                self.server.connect("supervisor", subject="bill", team="billing") as elsewhere:
            subscription = self.has(watcher.call("alerts.subscribe", after="0"), "subscription_id", "cursor")
            elsewhere.call("alerts.subscribe")
            conversation, _ = self.open()
            for text in ("this is the third time i call and still nobody helps me", "you are useless, i want a refund now",
                         "i will call my lawyer and sue you, this is a scandal", "let me speak to your supervisor right now"):
                turn = self.observe(conversation, text)
            self.assertTrue(turn["signals"])
            self.has(turn["signals"][0], "kind", "text")
            alert = None
            while alert is None or alert.get("conversation_id") != conversation:
                message = watcher.receive()
                self.assertEqual(message["method"], "alerts.event")
                self.has(message["params"], "subscription_id", "cursor", "event", "alert")
                alert = message["params"]["alert"]
            self.has(alert, "alert_id", "cursor", "kind", "severity", "status", "subject", "agent", "team", "reason", "because", "count", "raised_at", "updated_at")
            self.assertEqual(alert["agent"], "anna")
            self.supervisor.call("alerts.acknowledge", alert_ids=[alert["alert_id"]], note="on it")
            self.assertEqual(self.supervisor.call("alerts.get", alert_id=alert["alert_id"])["status"], "acknowledged")
            self.supervisor.call("alerts.resolve", alert_ids=[alert["alert_id"]], outcome="helped")
            self.assertEqual(self.supervisor.call("alerts.get", alert_id=alert["alert_id"])["status"], "resolved")
            lead = self.server.connect("supervisor", subject="bill2", team="billing")
            self.refuses(1003, lead, "alerts.get", alert_id=alert["alert_id"])
            lead.close()

    def test_a_calm_contact_stays_quiet(self):
        conversation, _ = self.open()
        for text in ("hello", "i would like to change my delivery address please", "great, thank you so much", "bye"):
            self.assertEqual(self.observe(conversation, text)["alerts"], [])

    def test_an_agent_asks_for_help(self):
        conversation, _ = self.open()
        alert = self.agent.call("alerts.raise", conversation_id=conversation, note="i am stuck")
        self.has(alert, "alert_id")
        self.supervisor.call("alerts.snooze", alert_ids=[alert["alert_id"]], until="2099-01-01T00:00:00Z")
        self.refuses(1003, self.other, "alerts.raise", conversation_id=conversation, note="nosy")

    def test_desktops_follow_what_others_observe(self):
        with self.server.connect("agent", subject="anna", tier="1", team="delivery") as desktop:
            conversation, _ = self.open()
            desktop.call("conversation.subscribe", conversation_id=conversation)
            turn = self.observe(conversation, "where is my parcel", connection=self.integration, on_behalf_of="anna")
            message = desktop.receive()
            self.assertEqual(message["method"], "conversation.event")
            self.assertEqual((message["params"]["event"], message["params"]["data"]["turn"]), ("turn", turn["turn"]))
            self.agent.call("conversation.transfer", conversation_id=conversation, to={"agent": "otto"}, reason="billing question", note="be kind")
            self.assertEqual(desktop.receive()["params"]["event"], "transferred")
        self.assertEqual(self.other.call("conversation.get", conversation_id=conversation)["conversation_id"], conversation)
        self.refuses(1003, self.agent, "conversation.observe", conversation_id=conversation, speaker="customer", text="hello")

    def test_a_customer_is_exported_and_erased_and_the_chain_stays_whole(self):
        conversation, customer = self.open()
        self.observe(conversation, "my parcel is late")
        self.request("10.00", customer)
        self.assertIn("parcel", json.dumps(self.admin.call("customer.export", customer_id=customer)))
        plan = self.has(self.admin.call("customer.erase", customer_id=customer, reason="asked for it", dry_run=True), "erased", "kept")
        self.assertEqual(self.admin.call("customer.erase", customer_id=customer, reason="asked for it")["erased"], plan["erased"])
        self.assertNotIn("late", json.dumps(self.admin.call("customer.export", customer_id=customer)))
        self.assertTrue(self.auditor.call("audit.verify")["ok"])
        # Earlier grants to the customer still count.
        statuses = [self.request("10.00", customer)["status"] for _ in range(3)]
        self.assertTrue(statuses)

    def test_reports_count(self):
        conversation, _ = self.open()
        self.observe(conversation, "where is my parcel")
        self.agent.call("conversation.close", conversation_id=conversation)
        for group in ("agent", "team", "channel", "hour"):
            rows = self.supervisor.call("report.summary", **{"from": "2020-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z", "group_by": group})["rows"]
            told = [row for row in rows if row["contacts"] and "median_seconds" in row]
            self.assertTrue(told)
            self.has(told[0], "key", "contacts", "median_seconds", "mood_start", "mood_end", "alerts", "resolutions", "deviations", "searches", "used")

    def test_two_desktops_on_one_session(self):
        state, _, _ = self.start()
        connections = [self.server.connect("agent", subject="anna", tier="1", team="delivery") for _ in range(8)]
        outcomes = []

        def skip(connection, number):
            try:
                connection.call("script.skip", session_id=state["session_id"], revision=state["revision"], reason=f"desktop {number}")
                outcomes.append("done")
            except RPCError as error:
                outcomes.append(error.code)

        threads = [threading.Thread(target=skip, args=(c, i)) for i, c in enumerate(connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for connection in connections:
            connection.close()
        self.assertEqual(sorted(map(str, outcomes)), sorted(["done"] + ["1004"] * 7))

    def test_every_method_of_the_contract_exists(self):
        methods = {m["name"] for m in self.admin.call("rpc.discover")["methods"]}
        wanted = """script.list script.get script.publish script.versions script.compare script.rollout script.rollback script.start script.advance script.back
            script.jump script.detour script.skip script.note script.abandon script.state script.adherence conversation.open conversation.update conversation.observe
            conversation.subscribe conversation.unsubscribe conversation.transfer conversation.list conversation.get conversation.close customer.export customer.erase
            report.summary assist.feedback alerts.subscribe alerts.unsubscribe alerts.list alerts.get alerts.raise alerts.acknowledge alerts.resolve alerts.snooze
            resolution.evaluate resolution.request resolution.approve resolution.reject resolution.cancel resolution.settle resolution.get resolution.list
            policy.list policy.publish policy.versions policy.rollback policy.evaluate policy.simulate sentiment.score audit.list audit.verify""".split()
        self.assertEqual(set(wanted) - methods, set())


if __name__ == "__main__":
    unittest.main()
