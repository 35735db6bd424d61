"""Many clients, random requests and decisions, kills and restarts; then everything is recomputed from the ledger.

    python3 Integration/resolution_property.py --clients 64 --requests 4000 --kills 3

The check reads the store directly and does not use the server's sums: for each grant, in the order of the ledger, it adds
up what counted at that moment, decides by the policy's rules, and compares. It fails if a window was exceeded, an
acknowledged answer is missing or different, a key was granted twice, or the audit chain is broken. Each client has
its own connection on loopback. Standard library only.
"""
import argparse
import decimal
import json
import pathlib
import random
import sqlite3
import sys
import tempfile
import threading
import time

from frontline_process import RPCError, Server, run

ACTIONS = ("refund", "credit", "goodwill")
LIMITS = {"1": 100, "2": 300, "3": 1000}
CUSTOMER_30D = {"1": 400, "2": 1200, "3": 4000}
AGENT_TODAY = {"1": 1500, "2": 4000, "3": 12000}
DAY = 86_400_000_000
EXPIRY = DAY

POLICY = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="p" name="p" namespace="urn:p">
%(inputs)s<decision id="d" name="resolution"><variable name="resolution"/>%(required)s<context>
<contextEntry><variable name="tier"/><literalExpression><text>number(agent.tier)</text></literalExpression></contextEntry>
<contextEntry><variable name="fits"/><literalExpression><text>(for t in [1, 2, 3] return
  if request.amount &lt;= [100, 300, 1000][t] and history.customer.total_30d + request.amount &lt;= [400, 1200, 4000][t]
  and history.agent.total_today + request.amount &lt;= [1500, 4000, 12000][t]
  and history.customer.same_action.count_7d &lt; [5, 9, 20][t] then t else 4)[item &lt; 4]</text></literalExpression></contextEntry>
<contextEntry><variable name="least"/><literalExpression><text>if count(fits) = 0 then 4 else min(fits)</text></literalExpression></contextEntry>
<contextEntry><literalExpression><text>{outcome: if least > 3 then "denied" else if least &lt;= tier then "approved"
  else "approval_required", limit: [100, 300, 1000][tier], approver_tier: if least > tier and least &lt; 4 then string(least) else null,
  reason: "tier " + string(least)}</text></literalExpression></contextEntry>
</context></decision></definitions>"""
SAME_ACTION_7D = {"1": 5, "2": 9, "3": 20}


def policy():
    names = ("request", "agent", "history")
    return POLICY % {
        "inputs": "".join(f'<inputData id="{n}" name="{n}"><variable name="{n}"/></inputData>' for n in names),
        "required": "".join(f'<informationRequirement><requiredInput href="#{n}"/></informationRequirement>' for n in names),
    }


class Client(threading.Thread):
    """One desktop: requests with keys of its own, cancels, settlements, approvals, and repeats of calls with an unknown outcome."""

    def __init__(self, world, number):
        super().__init__(daemon=True)
        self.world = world
        self.number = number
        self.random = random.Random(world.seed * 1_000 + number)
        self.is_lead = number % 8 == 0
        self.subject = f"subject-{number:02d}"
        self.tier = str(1 + number % 3)
        self.answers = {}
        self.bodies = {}
        self.decisions = []
        self.trouble = []
        self.connection = None

    def call(self, method, **params):
        """The answer, even if the server is killed in between."""
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                if self.connection is None:
                    connection = self.world.server.connect()
                    connection.call("session.authenticate", token=self.world.tokens[self.number])
                    self.connection = connection
                return self.connection.call(method, **params)
            except (OSError, ConnectionError, ValueError, TypeError):
                self.connection = None
                time.sleep(0.05)
        raise TimeoutError(f"{self.subject}: no answer to {method}")

    def run(self):
        try:
            while self.world.take():
                self.step()
        except Exception as error:  # an error that ends a client is reported
            self.trouble.append(f"{self.subject}: {error!r}")

    def step(self):
        choice = self.random.random()
        if self.is_lead and choice < 0.5:
            return self.lead()
        if self.answers and choice < 0.08:
            return self.repeat()
        if self.answers and choice < 0.2:
            return self.end()
        key = f"key-{len(self.bodies)}"
        body = {
            "action": self.random.choice(ACTIONS), "reason": "test",
            "customer_id": f"customer-{self.random.randrange(self.world.customers)}",
            "amount": {"amount": f"{self.random.randrange(1, 350)}.{self.random.randrange(100):02d}", "currency": self.random.choice(("EUR", "EUR", "EUR", "USD"))},
        }
        self.bodies[key] = body
        self.answers[key] = self.call("resolution.request", idempotency_key=key, **body)

    def repeat(self):
        key = self.random.choice(list(self.answers))
        again = self.call("resolution.request", idempotency_key=key, **self.bodies[key])
        if again["resolution_id"] != self.answers[key]["resolution_id"]:
            self.trouble.append(f"{self.subject} {key}: granted twice")

    def end(self):
        answer = self.answers[self.random.choice(list(self.answers))]
        name = answer["resolution_id"]
        try:
            if self.random.random() < 0.5:
                self.decided(name, self.call("resolution.cancel", resolution_id=name, reason="changed mind"))
            else:
                result = self.random.choice(("done", "failed", "reversed"))
                self.decided(name, self.call("resolution.settle", resolution_id=name, result=result))
        except RPCError as error:
            if error.code != 1004:
                self.trouble.append(f"{self.subject}: {error}")

    def confirm(self):
        """Confirms the agent's report on a grant of the team: only then does the money leave the windows."""
        reported = self.call("resolution.list", awaiting="confirmation", limit=20)["resolutions"]
        if reported:
            grant = self.random.choice(reported)
            try:
                self.call("resolution.settle", resolution_id=grant["resolution_id"], result=grant["settlement"]["result"])
            except RPCError as error:
                if error.code != 1004:
                    self.trouble.append(f"{self.subject}: {error}")

    def lead(self):
        if self.random.random() < 0.2:
            return self.confirm()
        waiting = self.call("resolution.list", awaiting="me", limit=20)["resolutions"]
        if not waiting:
            return
        name = self.random.choice(waiting)["resolution_id"]
        try:
            if self.random.random() < 0.8:
                self.decided(name, self.call("resolution.approve", resolution_id=name))
            else:
                self.decided(name, self.call("resolution.reject", resolution_id=name, note="no"))
        except RPCError as error:
            if error.code not in (1002, 1004):
                self.trouble.append(f"{self.subject}: {error}")

    def decided(self, name, answer):
        self.decisions.append((name, answer["status"], (answer.get("settlement") or {}).get("result")))


class World:
    def __init__(self, options):
        self.seed = options.seed
        self.customers = options.customers
        self.left = options.requests
        self.lock = threading.Lock()
        self.folder = tempfile.mkdtemp(prefix="frontline-")
        model = pathlib.Path(self.folder, "resolution.dmn")
        model.write_text(policy())
        run("rules", "publish", "--data", self.folder, model)
        self.clients = [Client(self, number) for number in range(options.clients)]
        self.server = Server(data=self.folder, patience=60)
        self.tokens = [self.token(client) for client in self.clients]

    def token(self, client):
        role = "supervisor" if client.is_lead else "agent"
        return self.server.token(role, subject=client.subject, tier=client.tier, **({} if client.is_lead else {"team": f"team-{client.number % 4}"}))

    def take(self):
        with self.lock:
            self.left -= 1
            return self.left >= 0

    def run(self, kills):
        started = time.monotonic()
        total = self.left
        for client in self.clients:
            client.start()
        marks = [total * (kill + 1) // (kills + 1) for kill in range(kills)]
        deaths = 0
        while any(client.is_alive() for client in self.clients):
            if marks and total - self.left >= marks[0]:
                marks.pop(0)
                self.server.stop(9)
                self.server.start()
                deaths += 1
            time.sleep(0.02)
        for client in self.clients:
            client.join()
        seconds = time.monotonic() - started
        self.server.stop()
        return seconds, deaths


class Recount:
    """Reads the ledger from its first entry to its last and computes all totals itself."""

    def __init__(self, folder):
        self.store = sqlite3.connect(f"file:{folder}/frontline.sqlite?mode=ro", uri=True)
        self.trouble = []
        self.rows = {}
        names = "resolution_id, requested_by, customer_id, action, currency, minor_units, created_microseconds, status, verdict, facts, idempotency_key, settlement"
        for row in self.store.execute(f"SELECT {names} FROM resolutions"):
            self.rows[row[0]] = dict(zip(names.split(", "), row))
        self.counting = {}
        self.returned = set()

    def run(self):
        last = (0, 0)
        keys = set()
        for row in self.rows.values():
            if (row["requested_by"], row["idempotency_key"]) in keys:
                self.trouble.append(f"{row['resolution_id']}: a second grant for one key")
            keys.add((row["requested_by"], row["idempotency_key"]))
        for sequence, name, kind, actor, at in self.store.execute(
            "SELECT sequence, resolution_id, kind, actor, at_microseconds FROM resolution_events ORDER BY sequence"
        ):
            if sequence <= last[0] or at < last[1]:
                self.trouble.append(f"entry {sequence} is out of order")
            last = (sequence, at)
            self.entry(name, kind, actor, at)
        for name, row in self.rows.items():
            settlement = json.loads(row["settlement"]) if row["settlement"] else {}
            returned = settlement.get("result") in ("failed", "reversed") and settlement["confirmed"]
            if (row["status"] in ("approved", "pending")) != (name in self.counting) or returned != (name in self.returned):
                self.trouble.append(f"{name}: its row and the ledger disagree")
        return self

    def entry(self, name, kind, actor, at):
        row = self.rows[name]
        if kind in ("approved", "pending", "denied") and name not in self.counting:
            facts = json.loads(row["facts"], parse_float=decimal.Decimal, parse_int=decimal.Decimal)
            tier = facts["agent"]["tier"]
            expected = self.decide(row, row["requested_by"], tier, at)
            outcome = json.loads(row["verdict"])["outcome"]
            if expected != outcome:
                self.trouble.append(f"{name}: {outcome} where the check computes {expected}")
            self.compare(row, facts["history"], at)
            if kind != "denied":
                self.counting[name] = [(row["requested_by"], at)]
        elif kind == "approved":
            if actor == row["requested_by"]:
                self.trouble.append(f"{name}: approved by the requester")
            self.counting[name].append((actor, at))
        elif kind in ("rejected", "cancelled", "expired"):
            if name not in self.counting:
                self.trouble.append(f"{name}: {kind} although it did not count")
            self.counting.pop(name, None)
        elif kind in ("failed", "reversed"):
            # The money is released; the count stays. An agent's unconfirmed report is another kind of entry.
            if name not in self.counting or name in self.returned or actor == row["requested_by"]:
                self.trouble.append(f"{name}: {kind} by {actor}")
            self.returned.add(name)

    def total(self, row, at, agent=None, customer=None, action=None, days=None):
        """Minor units and number of grants that count since a moment, by a scan of all entries."""
        start = at - days * DAY if days else at - at % DAY - 1
        units = count = 0
        for name, charges in self.counting.items():
            other = self.rows[name]
            if other["currency"] != row["currency"] or name == row["resolution_id"]:
                continue
            if customer is not None and other["customer_id"] != customer:
                continue
            if action is not None and other["action"] != action:
                continue
            for charged, moment in charges if agent is not None else charges[:1]:
                if (agent is None or charged == agent) and moment > start:
                    units += 0 if name in self.returned else other["minor_units"]
                    count += 1
        return units, count

    def windows(self, row, agent, at):
        spent = self.total(row, at, customer=row["customer_id"], days=30)[0]
        today = self.total(row, at, agent=agent)[0]
        repeats = self.total(row, at, customer=row["customer_id"], action=row["action"], days=7)[1]
        return spent, today, repeats

    def decide(self, row, agent, tier, at):
        spent, today, repeats = self.windows(row, agent, at)
        units = row["minor_units"]
        fits = [
            int(t) for t in "123"
            if units <= LIMITS[t] * 100 and spent + units <= CUSTOMER_30D[t] * 100 and today + units <= AGENT_TODAY[t] * 100
            and repeats < SAME_ACTION_7D[t]
        ]
        if not fits:
            return "denied"
        return "approved" if min(fits) <= int(tier) else "approval_required"

    def compare(self, row, history, at):
        spent, today, repeats = self.windows(row, row["requested_by"], at)
        recorded = (history["customer"]["total_30d"] * 100, history["agent"]["total_today"] * 100, history["customer"]["same_action"]["count_7d"])
        if recorded != (spent, today, repeats):
            self.trouble.append(f"{row['resolution_id']}: windows {recorded} where the check computes {(spent, today, repeats)}")


def lost(world, rows):
    """What was acknowledged and is missing in the ledger, or different there."""
    for client in world.clients:
        if len({answer["resolution_id"] for answer in client.answers.values()}) < len(client.answers):
            yield f"{client.subject}: one grant for two keys"
        for key, answer in client.answers.items():
            row = rows.get(answer["resolution_id"])
            if row is None or row["requested_by"] != client.subject:
                yield f"{client.subject} {key}: acknowledged and lost"
            elif row["idempotency_key"] == key:
                yield f"{client.subject} {key}: the key is stored in clear"
            elif json.loads(row["verdict"])["outcome"] != answer["outcome"]:
                yield f"{client.subject} {key}: another outcome than acknowledged"
        for name, status, result in client.decisions:
            row = rows.get(name)
            settlement = json.loads(row["settlement"])["result"] if row and row["settlement"] else None
            # An unconfirmed report may be corrected, so a later one may replace it.
            if row is None or row["status"] != status or (result and not settlement):
                yield f"{name}: {status} {result or ''} acknowledged and lost"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--requests", type=int, default=4_000, help="calls of all clients together")
    parser.add_argument("--customers", type=int, default=40)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    world = World(options)
    try:
        seconds, deaths = world.run(options.kills)
    finally:
        world.server.stop(9)
    recount = Recount(world.folder).run()
    trouble = [line for client in world.clients for line in client.trouble] + recount.trouble + list(lost(world, recount.rows))
    audit = json.loads(run("audit", "verify", "--data", world.folder, check=False).stdout)
    if not audit["ok"]:
        trouble.append("the audit chain is broken")
    states = {}
    for row in recount.rows.values():
        states[row["status"]] = states.get(row["status"], 0) + 1
    for line in trouble[:20]:
        print(line, file=sys.stderr)
    print(json.dumps({
        "clients": options.clients, "calls": options.requests, "kills": deaths, "seconds": round(seconds, 1),
        "resolutions": len(recount.rows), "states": states, "audit_entries": audit["entries"], "violations": len(trouble),
    }))
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
