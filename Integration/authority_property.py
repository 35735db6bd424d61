"""Random sequences of calls by four principals: no money leaves the windows, and nobody reads what they may not see.

    python3 Integration/authority_property.py --seconds 20 --seed 1

Two agents of two teams, a supervisor of one of them and an integration make allowed and forbidden calls in a random order,
with the sample rules: requests in every spelling, evaluations, conversations, facts about customers, scripts, settlements,
approvals, lists and reads. The totals are recomputed from the answers alone, without the server's sums:

- for each customer (by a separate canonical form) the approved amounts that no system or other supervisor reversed never exceed
  the total that the highest tier involved may grant;
- nobody reads a request, a conversation, an alert or a session that is neither their own nor their team's;
- every second settlement on an order within the run needed a second person, unless the second was goodwill.

Standard library only; everything on loopback. Run by test_authority.py for a few seconds.
"""
import argparse
import decimal
import json
import random
import sys
import time
import unicodedata
import uuid

from frontline_process import ROOT, RPCError, Server

DASHES = "-‐‑‒–—―−"
# The total for one customer in 30 days, by the tier that grants or approves: the agents have tier 1, the supervisor tier 2.
BY_TIER = {"1": decimal.Decimal("150.00"), "2": decimal.Decimal("600.00")}
AGENT_DAY = decimal.Decimal("300.00")


def canonical(name):
    """A separate, simple and slow implementation of the canonical form."""
    text = unicodedata.normalize("NFKC", name).lower()
    text = "".join("-" if c in DASHES else c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(text.split())


def spelled(dice, name):
    ways = [
        lambda s: s, lambda s: s.upper(), lambda s: s + " ", lambda s: s.replace("-", "‑"), lambda s: s.replace("-", "−"),
        lambda s: "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in s), lambda s: s[:1] + "\u200b" + s[1:],
    ]
    return dice.choice(ways)(name)


class Person:
    def __init__(self, server, name, roles, **attributes):
        self.name = name
        self.attributes = attributes
        self.connection = server.connect(*roles, subject=name, **attributes)

    def call(self, method, **params):
        """The result, or the code of the error."""
        try:
            return self.connection.call(method, **params)
        except RPCError as error:
            if error.code in (-32603, -32700):
                raise
            return error.code


class Play:
    def __init__(self, server, seed):
        self.dice = random.Random(seed)
        self.run = f"{seed}-{uuid.uuid4().hex[:6]}"
        self.anna = Person(server, "anna", ["agent"], tier="1", team="delivery")
        self.otto = Person(server, "otto", ["agent"], tier="1", team="billing")
        self.sue = Person(server, "sue", ["supervisor"], tier="2", team="delivery")
        self.crm = Person(server, "crm", ["integration"])
        self.everybody = [self.anna, self.otto, self.sue, self.crm]
        self.grants = {}        # id -> the request, who made it, and its outcome
        self.conversations = {}  # id -> the agent
        self.sessions = {}
        self.trouble = []
        self.calls = 0

    def say(self, text):
        self.trouble.append(f"call {self.calls}: {text}")

    def step(self):
        self.calls += 1
        person = self.dice.choice(self.everybody)
        acts = [self.request] * 7 + [self.settle] * 2 + [self.decide] * 3 + [self.read] * 3 + [self.converse] * 2 + [self.script, self.look]
        self.dice.choice(acts)(person)

    # acts

    def customer(self):
        return spelled(self.dice, f"cust-{self.run}-{self.dice.randrange(3)}")

    def order(self):
        return {"type": self.dice.choice(["order", "order", "Order "]), "id": spelled(self.dice, f"oh-{self.run}-{self.dice.randrange(400)}")}

    def facts(self):
        return self.dice.choice([{}, {"segment": "signature"}, {"segment": "established", "country": "IE"}, {"stated": {"segment": "signature"}}])

    def request(self, person):
        action, reason = self.dice.choice([("refund", "late_delivery"), ("refund", "damaged_on_arrival"), ("credit", "any"), ("goodwill", "any"), ("refnd", "x")])
        params = {
            "action": action, "reason": reason,
            "amount": {"amount": self.dice.choice(["5.00", "7.50", "9.99", "10.00", "10.00", "15.00", "40.00"]), "currency": "EUR"},
        }
        if self.dice.random() < 0.9:
            params["reference"] = self.order()
        if self.dice.random() < 0.4:
            params["context"] = {"customer": self.facts()}
        mine = [name for name, agent in self.conversations.items() if agent == person.name]
        if mine and self.dice.random() < 0.4:
            params["conversation_id"] = self.dice.choice(mine)
        else:
            params["customer_id"] = self.customer()
        if self.dice.random() < 0.3:
            return person.call("resolution.evaluate", **params)
        answer = person.call("resolution.request", idempotency_key=uuid.uuid4().hex, **params)
        if not isinstance(answer, dict):
            return answer
        if action == "refnd":
            self.say("an unknown action was taken")
        self.grants[answer["resolution_id"]] = {
            "by": person.name, "team": person.attributes.get("team"), "customer": canonical(answer.get("customer_id") or ""),
            "amount": decimal.Decimal(answer["amount"]["amount"]), "status": answer["status"], "alone": answer["status"] == "approved",
            "order": canonical(answer["reference"]["id"]) if "reference" in answer else None, "action": action, "back": False,
        }
        self.check(answer["resolution_id"], person)
        return answer

    def check(self, name, person):
        """What was granted without approval fits, with everything counted before, into the window of the grantor."""
        grant = self.grants[name]
        if not grant["alone"]:
            return
        together = sum(g["amount"] for g in self.grants.values()
                       if g["customer"] == grant["customer"] and g["status"] in ("approved", "pending") and not g["back"])
        if together > BY_TIER[person.attributes["tier"]]:
            self.say(f"{person.name} granted alone what makes {together} EUR for {grant['customer']}")
        if grant["order"] is None and grant["action"] != "goodwill":
            self.say(f"{person.name} granted alone without an order")

    def settle(self, person):
        if not self.grants:
            return
        name = self.dice.choice(list(self.grants))
        result = self.dice.choice(["done", "failed", "reversed"])
        answer = person.call("resolution.settle", resolution_id=name, result=result)
        if not isinstance(answer, dict):
            return
        grant = self.grants[name]
        if person is not self.crm and not self.mayRead(person, grant):
            self.say(f"{person.name} settled a foreign grant")
        settlement = answer["settlement"]
        if settlement["result"] != "done" and settlement.get("confirmed", True):
            by = settlement.get("confirmed_by", settlement["by"])
            if by == grant["by"]:
                self.say(f"{by} confirmed an own report")
            if by not in ("crm", "sue"):
                self.say(f"{by} confirmed a report")
            grant["back"] = True

    def decide(self, person):
        waiting = [name for name, grant in self.grants.items() if grant["status"] == "pending"]
        if not waiting:
            return
        name = self.dice.choice(waiting)
        if self.dice.random() < 0.5:
            person = self.sue
        method = self.dice.choice(["resolution.approve", "resolution.approve", "resolution.reject", "resolution.cancel"])
        extra = {"resolution.reject": {"note": "no"}, "resolution.cancel": {"reason": "no"}}.get(method, {})
        answer = person.call(method, resolution_id=name, **extra)
        if not isinstance(answer, dict):
            return
        grant = self.grants[name]
        if method == "resolution.approve":
            if person is not self.sue or grant["team"] != "delivery" or grant["by"] == "sue":
                self.say(f"{person.name} approved a request of {grant['by']}")
            if answer["outcome"] != "approved":
                self.say("what was agreed to is not called approved")
        grant["status"] = answer["status"]

    def converse(self, person):
        name = f"call-{self.run}-{self.dice.randrange(6)}"
        params = {"channel": "voice", "customer": {"id": self.customer(), **self.facts()}}
        if person is self.crm:
            params["agent"] = self.dice.choice(["anna", "otto"])
        if self.dice.random() < 0.5 and self.conversations:
            known = self.dice.choice(list(self.conversations))
            answer = person.call("conversation.update", conversation_id=known, customer=params["customer"])
            if isinstance(answer, dict) and not self.mayTalk(person, known):
                self.say(f"{person.name} changed a foreign conversation")
            return
        answer = person.call("conversation.open", conversation_id=f"{name}-{uuid.uuid4().hex[:4]}", **params)
        if isinstance(answer, dict):
            self.conversations[answer["conversation_id"]] = params.get("agent", person.name)

    def script(self, person):
        mine = [name for name, agent in self.conversations.items() if agent == person.name]
        if not mine:
            return
        answer = person.call("script.start", script_id="late-delivery", conversation_id=self.dice.choice(mine),
                             context={"customer": self.facts(), "order": f"oh-{self.run}-s{self.dice.randrange(9)}"})
        if isinstance(answer, dict):
            self.sessions[answer["session_id"]] = person.name

    # reading

    def mayRead(self, person, grant):
        return grant["by"] == person.name or (person is self.sue and grant["team"] == "delivery")

    def mayTalk(self, person, name):
        agent = self.conversations[name]
        return person is self.crm or agent == person.name or (person is self.sue and agent == "anna")

    def read(self, person):
        """Reads a thing by its id, whoever it belongs to."""
        choice = self.dice.random()
        if choice < 0.4 and self.grants:
            name = self.dice.choice(list(self.grants))
            answer = person.call("resolution.get", resolution_id=name)
            if isinstance(answer, dict) and not self.mayRead(person, self.grants[name]):
                self.say(f"{person.name} read a foreign request")
        elif choice < 0.8 and self.conversations:
            name = self.dice.choice(list(self.conversations))
            answer = person.call("conversation.get", conversation_id=name)
            if isinstance(answer, dict) and not self.mayTalk(person, name):
                self.say(f"{person.name} read a foreign conversation")
        elif self.sessions:
            name = self.dice.choice(list(self.sessions))
            answer = person.call("script.state", session_id=name)
            owner = self.sessions[name]
            if isinstance(answer, dict) and owner != person.name and not (person is self.sue and owner == "anna"):
                self.say(f"{person.name} read a foreign session")

    def look(self, person):
        """Lists."""
        answer = person.call("resolution.list", limit=100)
        for row in answer["resolutions"] if isinstance(answer, dict) else []:
            grant = self.grants.get(row["resolution_id"])
            if grant and not self.mayRead(person, grant):
                self.say(f"{person.name} was listed a foreign request")
        answer = person.call("alerts.list", limit=100)
        for alert in answer["alerts"] if isinstance(answer, dict) else []:
            if person is self.otto and alert.get("agent") not in (None, "otto"):
                self.say("otto was listed a foreign alert")
            if alert["kind"] == "approval" and person in (self.anna, self.otto):
                self.say(f"{person.name} was told of what only others decide")

    # the recomputation

    def recount(self):
        customers, agents, orders = {}, {}, {}
        for grant in self.grants.values():
            if grant["status"] != "approved":
                continue
            orders.setdefault(grant["order"], []).append(grant)
            if grant["back"]:
                continue
            customers[grant["customer"]] = customers.get(grant["customer"], 0) + grant["amount"]
            if grant["alone"]:
                agents[grant["by"]] = agents.get(grant["by"], 0) + grant["amount"]
        for customer, total in customers.items():
            if total > BY_TIER["2"]:
                self.say(f"{total} EUR for {customer} under windows of {BY_TIER['2']}")
        for name, total in agents.items():
            if name != "sue" and total > AGENT_DAY:
                self.say(f"{name} granted {total} EUR alone under a day's window of {AGENT_DAY}")
        for order, several in orders.items():
            alone = [g for g in several if g["alone"] and g["by"] != "sue" and g["action"] != "goodwill"]
            if order and len(alone) > 1:
                self.say(f"the order {order} was settled {len(alone)} times by agents alone")
        return self


def play(seconds, seed, server=None):
    """Plays for the given time and returns the recomputed play."""
    own, game = server is None, None
    server = server or Server("--rules", ROOT / "rules")
    try:
        game = Play(server, seed)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and len(game.trouble) < 5:
            game.step()
        return game.recount()
    finally:
        for person in game.everybody if game else []:
            person.connection.close()
        if own:
            server.__exit__()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    game = play(options.seconds, options.seed)
    for line in game.trouble:
        print(line, file=sys.stderr)
    approved = [g for g in game.grants.values() if g["status"] == "approved"]
    print(json.dumps({
        "seed": options.seed, "calls": game.calls, "requests": len(game.grants), "approved": len(approved),
        "returned": sum(g["back"] for g in approved), "conversations": len(game.conversations), "violations": len(game.trouble),
    }))
    return 1 if game.trouble else 0


if __name__ == "__main__":
    sys.exit(main())
