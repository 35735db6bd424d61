"""One call of every method, in the order of the page that `method_reference.py` writes: (who, method, parameters), and the code of
the error that answers it where one does, because the server of the page has no sentence encoder.

`of("method.path")` stands for a value in the last answer of that method. A method may be called more than once, to prepare
the next call. `$NAME`, `$YESTERDAY`, `$NOW`, `$TOMORROW` and `$FILE:path` mean the same as in the other pages (`test_documents.py`).
"""

SCRIPT = """script: ring-back
title: Ring back
start: when
steps:
  when: {ask: "When shall we ring?", field: time, type: string, next: done}
  done: {end: promised}
"""
LATER_SCRIPT = SCRIPT.replace("When shall we ring?", "When may we ring you?")
ARTICLE = """<article xmlns="urn:frontline:knowledge:1" id="gift-wrap" tags=""><title>Gift wrapping</title><section kind="body"><p>Gift wrapping costs 2.50.</p></section></article>""".replace(' tags=""', "")

COURTESY = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="courtesy" namespace="urn:ohmstead:courtesy" id="courtesy"><inputData id="i" name="waited"><variable name="waited" typeRef="number"/></inputData><decision id="gift" name="gift"><variable name="gift" typeRef="string"/><informationRequirement id="r"><requiredInput href="#i"/></informationRequirement><literalExpression id="e"><text>if waited > 30 then "voucher" else "none"</text></literalExpression></decision></definitions>"""


WEBHOOKS = """webhooks:
  crm:
    url: https://crm.example.com/hooks/frontline
    events: [alert.*, work.completed]
    teams: [delivery]
    secrets: [{env: FRONTLINE_WEBHOOK_CRM}]
"""


def money(amount):
    return {"amount": amount, "currency": "EUR"}


def of(path):
    """A value in an earlier answer."""
    return {"$": path}


GRANT = {"action": "refund", "reason": "late_delivery", "reference": {"type": "order", "id": "o-1001"}}

EXAMPLES = [
    ("stranger", "server.info", {}),
    ("stranger", "server.health", {}),
    ("operations", "server.metrics", {}),
    ("stranger", "rpc.discover", {}),
    ("stranger", "session.authenticate", {"token": "$DESK", "client": "desk 4.2"}),

    ("transcriber", "conversation.open", {
        "conversation_id": "acd-99120", "channel": "voice", "agent": "anna", "locale": "en",
        "customer": {"id": "c-4711", "name": "Mr Vega", "segment": "established"}, "tags": ["delivery"]}),
    ("transcriber", "conversation.update", {"conversation_id": "acd-99120", "tags": ["delivery", "late"]}),
    ("desk", "conversation.subscribe", {"mine": True}),
    ("transcriber", "conversation.observe", {
        "conversation_id": "acd-99120", "turn_id": "1", "speaker": "customer",
        "text": "My parcel is late, this is the third time I call and I am really annoyed."}),
    ("desk", "conversation.unsubscribe", {"subscription_id": of("conversation.subscribe.subscription_id")}),
    ("desk", "conversation.list", {"status": "open", "limit": 5}),
    ("supervisor", "conversation.get", {"conversation_id": "acd-99120"}),

    ("desk", "knowledge.search", {"query": "parcel is late refund", "limit": 3, "conversation_id": "acd-99120"}),
    ("desk", "knowledge.suggest", {"prefix": "late del", "limit": 3}),
    ("desk", "knowledge.get", {"article_id": "late-delivery-refund"}),
    ("desk", "knowledge.feedback", {
        "article_id": "late-delivery-refund", "query_id": of("knowledge.search.query_id"), "verdict": "outdated",
        "comment": "The form has moved."}),
    ("keeper", "knowledge.issues", {"status": "open"}),
    ("keeper", "knowledge.resolve_issue", {"issue_id": of("knowledge.issues.issues.0.issue_id"), "outcome": "The link is corrected."}),
    ("keeper", "knowledge.import", {"xml": ARTICLE, "source": "intranet"}),
    ("keeper", "knowledge.import", {"xml": ARTICLE.replace("2.50", "3.00"), "source": "intranet"}),
    ("keeper", "knowledge.retire", {"article_id": "gift-wrap", "reason": "No longer offered."}),
    ("keeper", "knowledge.publish", {"article_id": "gift-wrap", "note": "Offered again."}),
    ("keeper", "knowledge.history", {"article_id": "gift-wrap"}),
    ("keeper", "knowledge.restore", {"article_id": "gift-wrap", "version": 1, "reason": "The first text was right."}),
    ("keeper", "knowledge.compare", {"article_id": "gift-wrap", "from": 1, "to": 2}),
    ("keeper", "knowledge.list", {"status": "published", "limit": 2}),
    ("keeper", "knowledge.gaps", {"limit": 5}),
    ("keeper", "knowledge.neighbours", {"text": "my parcel is late", "limit": 5}, 1007),

    ("desk", "script.list", {}),
    ("desk", "script.get", {"script_id": "identity-check"}),
    ("operations", "script.publish", {"source": SCRIPT, "note": "first version"}),
    ("operations", "script.publish", {"source": LATER_SCRIPT, "note": "friendlier", "rollout": {"percent": 10}}),
    ("operations", "script.versions", {"script_id": "ring-back"}),
    ("operations", "script.compare", {"script_id": "ring-back", "from": 1, "to": 2}),
    ("operations", "script.rollout", {"script_id": "ring-back", "version": 2, "percent": 50}),
    ("operations", "script.rollback", {"script_id": "ring-back", "version": 1, "reason": "too pushy"}),
    ("desk", "script.start", {"script_id": "late-delivery", "conversation_id": "acd-99120"}),
    ("desk", "script.advance", {"session_id": of("script.start.session_id"), "revision": 1}),
    ("desk", "script.back", {"session_id": of("script.start.session_id"), "revision": 2}),
    ("desk", "script.detour", {"session_id": of("script.start.session_id"), "revision": 3, "script_id": "ring-back", "reason": "wants to be rung back"}),
    ("desk", "script.skip", {"session_id": of("script.start.session_id"), "revision": 4, "reason": "said so already"}),
    ("supervisor", "script.jump", {"session_id": of("script.start.session_id"), "revision": 5, "step": "days", "reason": "greeted already"}),
    ("desk", "script.note", {"session_id": of("script.start.session_id"), "text": "The customer is at the door."}),
    ("desk", "script.state", {"session_id": of("script.start.session_id")}),
    ("desk", "script.abandon", {"session_id": of("script.start.session_id"), "reason": "the line broke"}),
    ("operations", "script.adherence", {"group_by": "script"}),

    ("desk", "resolution.evaluate", {**GRANT, "amount": money("9.90"), "conversation_id": "acd-99120"}),
    ("desk", "resolution.request", {"idempotency_key": "7001-1", **GRANT, "amount": money("60.00"), "conversation_id": "acd-99120"}),
    ("supervisor", "resolution.list", {"awaiting": "me"}),
    ("supervisor", "resolution.reject", {"resolution_id": of("resolution.request.resolution_id"), "note": "Offer the voucher first."}),
    ("desk", "resolution.request", {"idempotency_key": "7001-2", **GRANT, "amount": money("55.00"), "conversation_id": "acd-99120"}),
    ("desk", "resolution.cancel", {"resolution_id": of("resolution.request.resolution_id"), "reason": "The parcel has just arrived."}),
    ("desk", "resolution.request", {"idempotency_key": "7001-3", **GRANT, "amount": money("45.00"), "conversation_id": "acd-99120"}),
    ("supervisor", "resolution.approve", {"resolution_id": of("resolution.request.resolution_id"), "note": "Once."}),
    ("desk", "resolution.settle", {"resolution_id": of("resolution.request.resolution_id"), "result": "done", "reference": "pay-5511"}),
    ("desk", "resolution.get", {"resolution_id": of("resolution.request.resolution_id")}),

    ("supervisor", "alerts.subscribe", {"after": "0", "severity": "warning"}),
    ("supervisor", "alerts.unsubscribe", {"subscription_id": of("alerts.subscribe.subscription_id")}),
    ("desk", "alerts.raise", {"conversation_id": "acd-99120", "note": "The customer asks for you."}),
    ("supervisor", "alerts.list", {"status": "open", "limit": 2}),
    ("supervisor", "alerts.get", {"alert_id": of("alerts.raise.alert_id")}),
    ("supervisor", "alerts.read", {"cursor": of("alerts.raise.cursor")}),
    ("supervisor", "alerts.reply", {"alert_id": of("alerts.raise.alert_id"), "text": "I am listening in. Offer the express parcel."}),
    ("supervisor", "alerts.acknowledge", {"alert_ids": [of("alerts.raise.alert_id")], "note": "I am with her."}),
    ("supervisor", "alerts.snooze", {"alert_ids": [of("alerts.raise.alert_id")], "until": "$TOMORROW"}),
    ("supervisor", "alerts.resolve", {"alert_ids": [of("alerts.raise.alert_id")], "outcome": "helped"}),

    ("desk", "work.create", {
        "kind": "complaint", "title": "Find out where the express parcel is", "links": {"conversation_id": "acd-99120"}, "team": "delivery",
        "due": {"done": "$TOMORROW"}, "idempotency_key": "7001-ring"}),
    ("desk", "work.subscribe", {"after": "0", "kinds": ["complaint"]}),
    ("desk", "work.unsubscribe", {"subscription_id": of("work.subscribe.subscription_id")}),
    ("desk", "work.list", {"state": "open", "order": "due", "limit": 1}),
    ("desk", "work.claim", {"work_id": of("work.create.work_id")}),
    ("desk", "work.comment", {"work_id": of("work.create.work_id"), "text": "The carrier looks for the parcel.", "waiting": True}),
    ("desk", "work.release", {"work_id": of("work.create.work_id"), "note": "My shift ends."}),
    ("supervisor", "work.transfer", {"work_id": of("work.create.work_id"), "owner": "anna"}),
    ("desk", "work.complete", {"work_id": of("work.create.work_id"), "outcome": {"result": "settled", "cause": "delivery"}}),
    ("desk", "work.get", {"work_id": of("work.create.work_id")}),
    ("desk", "work.create", {"kind": "reminder", "title": "Ask the carrier for a list", "team": "delivery"}),
    ("desk", "work.cancel", {"work_id": of("work.create.work_id"), "reason": "The list has come."}),

    ("operations", "policy.list", {}),
    ("operations", "policy.get", {"name": "resolution"}),
    ("operations", "policy.evaluate", {
        "name": "late-delivery", "decision": "compensation", "input": {
            "days_late": 4, "days_without_scan": 1, "carrier": "swiftlark", "delivery_charge": 4.90, "goods_price": 180,
            "customer": {"id": "c-4711", "segment": "established", "country": "DE"}}}),
    ("operations", "policy.publish", {"name": "courtesy", "source": COURTESY, "note": "after 30 minutes"}),
    ("operations", "policy.publish", {"name": "courtesy", "source": COURTESY.replace("> 30", "> 20"), "note": "after 20 minutes"}),
    ("operations", "policy.compare", {"name": "courtesy", "from": 1, "to": 2}),
    ("operations", "policy.rollback", {"name": "courtesy", "version": 1, "reason": "too generous"}),
    ("operations", "policy.simulate", {"name": "resolution", "source": "$FILE:rules/resolution.dmn"}),
    ("operations", "policy.versions", {"name": "courtesy"}),

    ("desk", "sentiment.score", {"text": "third time I call and still nobody helps"}),
    ("desk", "assist.feedback", {"conversation_id": "acd-99120", "article_id": "late-delivery-refund", "verdict": "used"}),

    ("supervisor", "conversation.transfer", {"conversation_id": "acd-99120", "to": {"agent": "anna"}, "reason": "back to her"}),
    ("desk", "conversation.close", {"conversation_id": "acd-99120", "disposition": {"code": "refunded", "resolved": True}}),
    ("supervisor", "report.summary", {"from": "$YESTERDAY", "to": "$TOMORROW", "group_by": "agent"}),
    ("supervisor", "measures.list", {}),
    ("supervisor", "measures.get", {"measure": "handle_time"}),
    ("supervisor", "measures.values", {"measure": "contacts", "from": "$YESTERDAY", "to": "$TOMORROW", "by": "agent"}),
    ("supervisor", "measures.explain", {"measure": "contacts", "key": "all", "at": "$NOW", "limit": 5}),
    ("auditor", "audit.list", {"limit": 2}),
    ("auditor", "audit.verify", {}),
    ("auditor", "integration.list", {"limit": 1}),
    ("auditor", "session.list", {"limit": 1}),
    ("admin", "session.revoke", {"subject": "anna", "reason": "has left the company"}),
    ("leaver", "session.sign_out", {}),
    ("desk", "tool.list", {"name": "script.list"}),
    ("operations", "policy.publish", {"name": "webhooks", "source": WEBHOOKS, "note": "the CRM is told of alerts"}),
    ("operations", "webhook.list", {}),
    ("operations", "webhook.deliveries", {"webhook": "crm", "state": "failed", "limit": 10}),
    ("operations", "webhook.replay", {"webhook": "crm", "failed": True}),
    ("operations", "webhook.test", {"webhook": "crm"}),
    ("auditor", "customer.export", {"customer_id": "c-4711"}),
    ("operations", "customer.erase", {"customer_id": "c-4711", "reason": "asked for it in writing", "dry_run": True}),
]
