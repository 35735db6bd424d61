"""Attacks on the ownership and the names of contacts."""
import json

from attacks.target import attack, fresh, hold, refused
from frontline_process import run

CHAIN = """
script: %s
title: Two settlements
start: first
steps:
  first:
    resolve: {action: '"refund"', amount: "60", currency: '"EUR"', reason: '"late_delivery"'}
    approved: second
    denied: done
    rejected: done
  second:
    resolve: {action: '"refund"', amount: "5", currency: '"EUR"', reason: '"late_delivery"'}
    approved: done
    denied: done
    rejected: done
  done: {end: resolved}
"""
CALL = """
script: %s
title: A call for help
start: ask
steps:
  ask: {say: "One moment.", next: call}
  call: {escalate: supervisor, say: "Help is coming.", next: done}
  done: {end: resolved}
"""


def telephony(target):
    return target.connect("integration", subject=fresh("acd"))


@attack("an agent opens a conversation under the id that the telephone system will use, and reads its turns")
def squatting(target):
    name = fresh("call")
    with target.connect("agent", subject=fresh("mallory"), team=fresh("billing")) as mallory, telephony(target) as acd:
        anna = fresh("anna")
        with target.connect("agent", subject=anna, team="delivery", tier="1") as victim:
            mallory.call("conversation.open", conversation_id=name, channel="voice")
            opened = acd.call("conversation.open", conversation_id=name, channel="voice", agent=anna, customer={"id": "k-1"})
            hold(opened["conversation_id"] == name, "the telephone system did not get its own id")
            acd.call("conversation.observe", conversation_id=name, speaker="customer", text="My code is blue giraffe.")
            shown = victim.call("conversation.get", conversation_id=name)
            hold(shown["agent"] == anna and len(shown["turns"]) == 1, "the contact does not belong to its agent")
            hold("giraffe" not in json.dumps(mallory.call("conversation.get", conversation_id=name)), "read another agent's turn")
            hold("giraffe" not in json.dumps(mallory.call("conversation.list")), "listed another agent's turn")
            error = refused(lambda: acd.call("conversation.open", conversation_id=name, channel="voice", agent=fresh("x")), 1004)
            hold(error.data.get("path") == "params.agent", "a conflict does not say what differs")


@attack("a chosen id reveals whether somebody else's conversation or session has it")
def telling(target):
    taken, session = fresh("call"), fresh("session")
    with telephony(target) as acd, target.connect("admin", subject=fresh("root")) as root:
        acd.call("conversation.open", conversation_id=taken, channel="voice", agent=fresh("anna"))
        root.call("script.start", script_id="warranty-claim", session_id=session)
        with target.connect("agent", subject=fresh("mallory"), team="billing", tier="1") as mallory:
            answers = [mallory.call("conversation.open", conversation_id=name, channel="voice") for name in (taken, fresh("call"))]
            hold(all(a["conversation_id"].startswith("cnv_") for a in answers), "the answer distinguishes a used id from a free one")
            states = [mallory.call("script.start", script_id="warranty-claim", session_id=name) for name in (session, fresh("s"))]
            hold(all(s["session_id"].startswith("ss_") for s in states), "the answer distinguishes a used session from a free one")
            hold(states[0]["revision"] == states[1]["revision"] == 1, "another agent's session was returned")


@attack("an agent hides its contacts by transferring them to itself in an invented team")
def hiding(target):
    team, mallory = fresh("delivery"), fresh("mallory")
    with target.connect("agent", subject=mallory, team=team) as agent, target.connect("supervisor", subject=fresh("sue"), team=team) as sue:
        with target.connect("agent", subject=fresh("ben"), team=fresh("billing")):
            pass
        contact = agent.call("conversation.open", channel="chat")["conversation_id"]
        for to in ({"agent": mallory, "team": fresh("nowhere")}, {"team": fresh("nowhere")}, {"agent": mallory, "team": "delivery"}):
            error = refused(lambda to=to: agent.call("conversation.transfer", conversation_id=contact, to=to, reason="none"), -32602)
            hold(error.data.get("path") == "params.to.team", "the error does not name the team")
        hold(sue.call("conversation.get", conversation_id=contact)["team"] == team, "the supervisor no longer sees the contact")


@attack("a script continues in the name of an agent whose token was revoked")
def revoked(target):
    script, subject, team = fresh("chain"), fresh("anna"), fresh("team")
    server = target.server
    with target.connect("operations", subject=fresh("olga")) as olga:
        olga.call("script.publish", source=CHAIN % script)
    with target.connect("supervisor", subject=fresh("sofia"), team=team, tier="3") as sofia:
        with target.connect("agent", subject=subject, team=team, tier="1") as anna:
            opened = anna.call("conversation.open", channel="voice", customer={"id": fresh("k"), "segment": "established"})
            state = anna.call("script.start", script_id=script, **opened)
            hold(state["status"] == "waiting", f"the script did not wait: {state}")
        listed = [json.loads(line) for line in run("token", "list", "--json", "--data", server.folder).stdout.splitlines()]
        for token in listed:
            if token["subject"] == subject:
                run("token", "revoke", token["id"], "--data", server.folder)
        pending = [r for r in sofia.call("resolution.list", awaiting="me")["resolutions"] if r["requested_by"] == subject]
        sofia.call("resolution.approve", resolution_id=pending[0]["resolution_id"])
        for _ in range(2):
            state = sofia.call("script.state", session_id=state["session_id"])
        made = sofia.call("resolution.list", agent=subject)["resolutions"]
        hold(len(made) == 1, f"{len(made)} resolutions were requested with a revoked token")
        hold(state["status"] == "waiting", "reading the script continued it")


@attack("calls that name somebody else's conversation, or one that does not exist, are answered")
def foreign(target):
    with telephony(target) as acd:
        taken = acd.call("conversation.open", channel="voice", agent=fresh("anna"), customer={"id": fresh("k")})["conversation_id"]
    money = {"amount": "5.00", "currency": "EUR"}
    calls = [
        ("knowledge.search", {"query": "refund"}), ("knowledge.feedback", {"article_id": "late-delivery-refund", "verdict": "used"}),
        ("alerts.raise", {"note": "help"}), ("alerts.list", {}), ("script.start", {"script_id": "warranty-claim"}),
        ("assist.feedback", {"article_id": "late-delivery-refund", "verdict": "used"}), ("conversation.subscribe", {}),
        ("resolution.evaluate", {"action": "refund", "reason": "late_delivery", "amount": money}),
        ("resolution.request", {"action": "refund", "reason": "late_delivery", "amount": money, "idempotency_key": "k"}),
        ("conversation.observe", {"speaker": "customer", "text": "hello"}), ("conversation.update", {"locale": "en"}),
        ("conversation.transfer", {"to": {"agent": "x"}, "reason": "mine"}), ("conversation.close", {}), ("conversation.get", {}),
    ]
    with target.connect("agent", subject=fresh("mallory"), team="billing", tier="1") as mallory:
        for name in (taken, fresh("none")):
            for method, params in calls:
                error = refused(lambda m=method, p=params: mallory.call(m, conversation_id=name, **p), 1003)
                hold(error.data.get("path") == "params.conversation_id", f"{method} does not name the member")
            refused(lambda: mallory.call("conversation.open", channel="chat", continues=name), 1003)
        with target.connect("knowledge_manager", subject=fresh("karl")) as karl:
            refused(lambda: karl.call("knowledge.search", query="refund", conversation_id=taken), 1003)


@attack("an escalation from a session with another team's conversation id is added to that team's alert")
def merging(target):
    script, name, team = fresh("call"), fresh("contact"), fresh("team")
    with target.connect("operations", subject=fresh("olga")) as olga:
        olga.call("script.publish", source=CALL % script)
    with target.connect("admin", subject=fresh("root")) as root, target.connect("supervisor", subject=fresh("sue"), team=team) as sue:
        with target.connect("agent", subject=fresh("ben"), team=team) as ben:
            root.call("conversation.open", conversation_id=name, channel="voice", agent=fresh("other"))
            first = root.call("script.start", script_id=script, conversation_id=name)
            root.call("script.advance", session_id=first["session_id"], revision=first["revision"])
            own = ben.call("script.start", script_id=script, session_id=name)
            ben.call("script.advance", session_id=name, revision=own["revision"])
            heard = [a for a in sue.call("alerts.list")["alerts"] if a["kind"] == "escalation"]
            hold(len(heard) == 1 and heard[0]["subject"]["id"] == own["session_id"], "the supervisor was not alerted")
            hold(heard[0]["subject"]["type"] == "session", "a session was treated as a conversation")
            foreign_alert = root.call("alerts.list", conversation_id=name)["alerts"]
            hold(len(foreign_alert) == 1 and foreign_alert[0]["count"] == 1, "the other team's alert was counted up")


@attack("a supervisor's token without a team sees every team")
def everywhere(target):
    with target.connect("agent", subject=fresh("anna"), team=fresh("team")) as anna, target.connect("supervisor", subject=fresh("sue")) as sue:
        opened = anna.call("conversation.open", channel="chat")
        anna.call("alerts.raise", note="help", **opened)
        refused(lambda: sue.call("conversation.get", **opened), 1003)
        hold(sue.call("conversation.list")["conversations"] == [], "lists conversations")
        hold(sue.call("alerts.list")["alerts"] == [], "lists alerts")
        hold(sue.call("script.adherence", group_by="agent")["rows"] == [], "sees the adherence of other teams")
