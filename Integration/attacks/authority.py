"""Attacks on limits: more money than the policy allows, or approvals that nobody gave."""
import decimal
import json
import sqlite3
import time

from attacks.target import attack, fresh, hold, refused
from frontline_process import ROOT, RPCError, Server, run

WINDOW = decimal.Decimal("150.00")


def agent(target, subject=None, tier="1"):
    return target.connect("agent", subject=subject or fresh("agent"), tier=tier, team="delivery")


def ask(connection, customer=None, amount="10.00", order=None, action="refund", reason="late_delivery", **more):
    """A request with a new order, unless the attack passes an order or None."""
    if order is not False:
        more["reference"] = {"type": "order", "id": order or fresh("order")}
    if customer:
        more["customer_id"] = customer
    return connection.call("resolution.request", idempotency_key=fresh("key"), action=action, reason=reason,
                           amount={"amount": amount, "currency": "EUR"}, **more)


def granted(grants):
    return sum((decimal.Decimal(g["amount"]["amount"]) for g in grants if g["status"] == "approved"), decimal.Decimal(0))


@attack("an agent reports every grant as reversed and requests it again")
def reversal_loop(target):
    customer = fresh("customer")
    for result in ("reversed", "failed"):
        grants = []
        with agent(target) as mallory:
            for _ in range(24):
                grants.append(ask(mallory, customer))
                if grants[-1]["status"] == "approved":
                    mallory.call("resolution.settle", resolution_id=grants[-1]["resolution_id"], result=result)
        hold(granted(grants) <= WINDOW, f"{granted(grants)} EUR under a window of {WINDOW}")
    return "at most the window"


@attack("a supervisor confirms its own reversals")
def own_confirmation(target):
    subject = fresh("lead")
    customer = fresh("customer")
    grants = []
    with target.connect("agent", "supervisor", subject=subject, tier="1", team="delivery") as mallory:
        for _ in range(24):
            grants.append(ask(mallory, customer))
            if grants[-1]["status"] == "approved":
                for _ in range(2):
                    mallory.call("resolution.settle", resolution_id=grants[-1]["resolution_id"], result="reversed")
    hold(granted(grants) <= WINDOW, f"{granted(grants)} EUR under a window of {WINDOW}")


@attack("failed grants release counts, so that goodwill never leaves the first tier")
def counts(target):
    customer = fresh("customer")
    with agent(target) as mallory, target.connect("integration", subject=fresh("pay")) as payments:
        first = ask(mallory, customer, "5.00", action="goodwill", reason="sorry")
        hold(first["status"] == "approved", "the first goodwill was not granted")
        for who in (mallory, payments):
            try:
                who.call("resolution.settle", resolution_id=first["resolution_id"], result="failed")
            except RPCError:
                pass
        again = ask(mallory, customer, "5.00", action="goodwill", reason="sorry")
        hold(again["status"] == "pending", "the second goodwill was granted like the first")


@attack("an agent states a better segment for the customer")
def stated_facts(target):
    with agent(target) as mallory, target.connect("integration", subject=fresh("crm")) as crm:
        better = {"segment": "signature", "first_order": "2001-01-01", "country": "IE"}
        said = ask(mallory, fresh("customer"), "20.00", context={"customer": better})
        hold(said["status"] == "pending", "context.customer opened a limit")
        smuggled = ask(mallory, fresh("customer"), "20.00", context={"customer": {"stated": better, "segment": "established"}})
        hold(smuggled["status"] == "pending", "context.customer.stated opened a limit")
        name = mallory.call("conversation.open", conversation_id=fresh("call"), channel="voice",
                            customer={"id": fresh("customer"), **better})["conversation_id"]
        hold(ask(mallory, amount="20.00", conversation_id=name)["status"] == "pending", "conversation.open opened a limit")
        customer = fresh("customer")
        mine = fresh("agent")
        with agent(target, mine) as trudy:
            known = crm.call("conversation.open", conversation_id=fresh("call"), channel="voice", agent=mine,
                             customer={"id": customer, "segment": "new"})["conversation_id"]
            trudy.call("conversation.update", conversation_id=known, customer={"id": customer, **better})
            hold(ask(trudy, amount="20.00", conversation_id=known)["status"] == "pending", "conversation.update opened a limit")
            shown = trudy.call("conversation.get", conversation_id=known)["customer"]
            hold(shown["segment"] == "new", "an agent's statement overrides the system's")
            trudy.call("conversation.update", conversation_id=known, customer={"id": fresh("other")})
            answer = ask(trudy, amount="5.00", conversation_id=known)
            hold(answer["customer_id"] == customer, "an agent named another customer than the system")


@attack("one customer id is written in many ways")
def spellings(target):
    stem = fresh("x")[2:]
    ways = [f"K-{stem}", f"k-{stem}", f"K-{stem} ", f" K-{stem}", f"K‑{stem}", f"K–{stem}", f"K−{stem}", f"K—{stem}",
            f"Ｋ-{stem}", f"K-{stem}\u200b", f"\u00a0K-{stem}", f"K\u00ad-{stem}", f"K-{stem.upper()}"]
    grants = []
    with agent(target) as mallory:
        for number in range(26):
            grants.append(ask(mallory, ways[number % len(ways)]))
            hold(grants[-1]["customer_id"] == ways[number % len(ways)], "the id was not returned as given")
    hold(granted(grants) <= WINDOW, f"{granted(grants)} EUR under a window of {WINDOW}")
    with agent(target) as mallory:
        refused(lambda: ask(mallory, "\u200b"), -32602)


@attack("one order number is written in many ways, or left out")
def orders(target):
    stem = fresh("x")[2:]
    with agent(target, tier="3") as mallory:
        hold(ask(mallory, fresh("customer"), "5.00", order=False)["status"] == "pending", "it was granted without an order")
        kind = {"reference": {"type": "invoice", "id": stem}}
        hold(ask(mallory, fresh("customer"), "5.00", order=False, **kind)["status"] == "pending", "an invoice was accepted as an order")
    with agent(target) as mallory:
        hold(ask(mallory, fresh("customer"), "5.00", order=f"OH-{stem}")["status"] == "approved", "the first was not granted")
        for way in (f"oh-{stem}", f"OH‑{stem}", f"OH-{stem} ", f"OH−{stem}", f"OH-{stem}\u2060"):
            hold(ask(mallory, fresh("customer"), "5.00", order=way)["status"] == "pending", f"{way!r} was accepted as another order")


@attack("a misspelt action becomes a request that a supervisor may approve")
def unknown_names(target):
    with agent(target) as mallory, target.connect("supervisor", subject=fresh("lead"), tier="3", team="delivery") as lead:
        for action, reason, argument, nearest in (
            ("refnd", "late_delivery", "params.action", "refund"), ("refund", "late_delivry", "params.reason", "late_delivery"),
            ("approve", "x", "params.action", ""),
        ):
            error = refused(lambda: ask(mallory, fresh("customer"), action=action, reason=reason), -32602)
            hold(error.data.get("path") == argument, f"the error names {error.data.get('path')}")
            hold(nearest in error.data.get("expected", ""), "the error does not name the nearest one")
        waiting = [r for r in lead.call("resolution.list", awaiting="me", limit=100)["resolutions"] if r["action"] in ("refnd", "approve")]
        hold(not waiting, "it waits for a supervisor")


@attack("an approval alert reaches somebody who cannot decide on the request")
def approval_alerts(target):
    subject = fresh("agent")
    with agent(target, subject) as mallory, \
            target.connect("supervisor", subject=fresh("lead"), tier="2", team="delivery") as shift, \
            target.connect("supervisor", subject=fresh("head"), tier="3", team="delivery") as head, \
            target.connect("supervisor", subject=subject, tier="3", team="delivery") as own:
        name = ask(mallory, fresh("customer"), "100.00")["resolution_id"]

        def sees(connection):
            alerts = connection.call("alerts.list", status="open", limit=100)
            while True:
                if any(a["subject"]["id"] == name for a in alerts["alerts"]):
                    return True
                if not alerts.get("next_cursor"):
                    return False
                alerts = connection.call("alerts.list", status="open", limit=100, cursor=alerts["next_cursor"])

        hold(sees(head), "the approver who can decide was not alerted")
        hold(not sees(shift), "tier 2 was alerted of a request for tier 3")
        hold(not sees(own), "the requester was alerted as an approver")
        hold(not sees(mallory), "the agent was alerted as an approver")


@attack("the clock is 400 days ahead for one request")
def clock(target):
    with Server("--rules", ROOT / "rules") as server, server.connect("agent", subject="anna", tier="1", team="delivery") as anna:
        customer = fresh("customer")
        for _ in range(15):
            ask(anna, customer)
        with sqlite3.connect(f"{server.folder}/frontline.sqlite", timeout=10) as store:
            store.execute("UPDATE clock_marks SET at_microseconds = at_microseconds - 400 * 86400000000")
        error = refused(lambda: ask(anna, customer), 1007)
        hold("clock" in str(error), "the error does not say why")
        hold(anna.call("server.health")["status"] == "degraded", "the health check reports nothing")
        shown = json.loads(run("clock", "accept", "--data", server.folder).stdout)
        hold(shown["entries_in_the_future"] == 0, "entries are dated in the future")
        deadline = time.monotonic() + 2
        while True:
            try:
                answer = ask(anna, customer)
                break
            except RPCError:
                hold(time.monotonic() < deadline, "an accepted clock is not believed")
        hold(answer["status"] == "pending", "the window opened")
