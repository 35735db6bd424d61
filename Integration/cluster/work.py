"""What the clients of a run do all the time: grants, conversations, alerts, tokens; see `history` for what they note."""
import itertools
import queue
import random
import threading
import time

from desk import Desk, Line, Refused
from node import command

# So many requests are made for one customer, whose budget (500.00, see rules/resolution.dmn) is exhausted before.
REQUESTS_A_BUDGET = 40
CONVERSATION_LENGTH = 40


class Worker(threading.Thread):
    """A client in a thread of its own."""

    pause = 0.03

    def __init__(self, shift, name, token=None, port=None):
        super().__init__(daemon=True, name=name)
        self.shift, self.random, self.number = shift, random.Random(f"{shift.seed} {name}"), 0
        self.desk = Desk(name, port or shift.port, token, shift.history)

    def run(self):
        try:
            while not self.shift.over.wait(self.pause * self.random.uniform(0.5, 1.5)):
                self.number += 1
                self.step(f"{self.name}-{self.number}")
        except Exception as error:  # What ends a client is a defect of this program, and is told as such.
            self.shift.trouble.append(f"{self.name}: {error!r}")
        finally:
            self.desk.drop()


class Spender(Worker):
    """An agent who requests refunds for a customer that others serve at the same time."""

    def step(self, op):
        customer = f"budget-{next(self.shift.requests) // REQUESTS_A_BUDGET}"
        amount = f"{self.random.randrange(100, 6_000) / 100:.2f}"
        self.desk.perform(
            op, "grant", "resolution.request", {"customer": customer, "amount": amount},
            lambda result: {"resolution": result["resolution_id"], "status": result["status"]},
            idempotency_key=op, action="refund", reason="test", customer_id=customer, reference={"type": "order", "id": op},
            amount={"amount": amount, "currency": "EUR"})


class Speaker(Worker):
    """One of several desktops of one agent: it says something in a conversation of all of them, or reads it."""

    def step(self, op):
        alias = f"talk-{next(self.shift.turns) // CONVERSATION_LENGTH}"
        opened = self.desk.perform(
            op + "-open", "open", "conversation.open", {"conversation": alias}, lambda result: {"id": result["conversation_id"]},
            conversation_id=alias, channel="chat")
        if opened is None:
            return
        name = opened["conversation_id"]
        if self.random.random() < 0.5:
            self.desk.perform(
                op, "append", "conversation.observe", {"conversation": name}, lambda result: {"turn": result["turn"]},
                conversation_id=name, speaker="agent", text=f"I am looking at it, {op}.", turn_id=op)
        else:
            self.desk.perform(
                op, "read", "conversation.get", {"conversation": name},
                lambda result: {"turns": [turn["turn_id"] for turn in result["turns"]]}, conversation_id=name)


class Alarm(Worker):
    """A conversation that raises an alert."""

    pause = 0.15

    def step(self, op):
        opened = self.desk.perform(
            op + "-open", "open", "conversation.open", {"conversation": op}, lambda result: {"id": result["conversation_id"]},
            conversation_id=op, channel="chat")
        if opened is None:
            return
        name = opened["conversation_id"]
        observed = self.desk.perform(
            op, "alarm", "conversation.observe", {"conversation": name},
            lambda result: {"alerts": result["alerts"], "conversation": name},
            conversation_id=name, speaker="customer", text="There is smoke!", turn_id=op)
        for alert in observed["alerts"] if observed else ():
            self.shift.alerts.put(alert)


class Chief(Worker):
    """A supervisor who acknowledges alerts."""

    def step(self, op):
        try:
            alert = self.shift.alerts.get(timeout=0.2)
        except queue.Empty:
            return
        self.desk.perform(op, "acknowledge", "alerts.acknowledge", {"alert": alert}, alert_ids=[alert])


class Auditor(Worker):
    """Has a node verify the chain."""

    pause = 2

    def step(self, op):
        self.desk.perform(op, "verify", "audit.verify", {}, lambda result: {"ok": result["ok"], "entries": result["entries"]})


class Watcher(threading.Thread):
    """A supervisor's stream of alerts, over as many connections as it takes, without a gap."""

    def __init__(self, shift, name, token, port):
        super().__init__(daemon=True, name=name)
        self.shift, self.token, self.port, self.last = shift, token, port, "0"

    def run(self):
        try:
            while not self.shift.closing.wait(0.1):
                try:
                    self.follow()
                except (OSError, ValueError, Refused):
                    pass
        except Exception as error:
            self.shift.trouble.append(f"{self.name}: {error!r}")

    def follow(self):
        note = self.shift.history.note
        # A heartbeat comes every 15 seconds; a node that says nothing for longer is gone.
        line = Line(self.port, self.token)
        try:
            note(self.name, "connected", after=self.last, node=line.node)
            line.call("alerts.subscribe", after=self.last, include_muted=True)
            line.socket.settimeout(17)
            while not self.shift.closing.is_set():
                message = line.notices.pop(0) if line.notices else line.receive()
                params = message.get("params", {})
                if message.get("method") == "alerts.event":
                    self.last = params["cursor"]
                    note(self.name, "event", cursor=int(self.last), event=params["event"], alert=params["alert"]["alert_id"],
                         node=line.node)
                elif message.get("method") == "alerts.lagging":
                    return
        finally:
            note(self.name, "lost", node=line.node)
            line.close()


class Leavers(Worker):
    """Tokens that are made, used on all nodes, and revoked by the command line; then every node must refuse them."""

    pause = 0.5
    after_revocation = 2.5

    def step(self, op):
        try:
            token = self.shift.installation.token(op, "agent", team="delivery")
            rows = command(self.shift.installation.store, "token", "list", "--json").stdout.splitlines()
        except Exception:
            # The database is away: nothing is to be seen about tokens now.
            return
        name = next((row.split('"id":"')[1].split('"')[0] for row in rows if f'"subject":"{op}"' in row), None)
        if name is None:
            return self.shift.trouble.append(f"the token of {op} is not listed")
        lines = []
        for node in self.shift.installation.nodes:
            try:
                lines.append(Line(node.port, token, patience=3))
            except (OSError, ValueError, Refused):
                continue
        self.use_all(op, lines)
        if self.revoke(op, name):
            end = time.monotonic() + self.after_revocation
            while time.monotonic() < end and not self.shift.over.is_set():
                self.use_all(op, lines)
                time.sleep(0.1)
        for line in lines:
            line.close()

    def use_all(self, op, lines):
        """Uses a token on all connections that there still are."""
        for line in list(lines):
            if line.is_ended:
                lines.remove(line)
                line.close()
            else:
                self.use(op, line)

    def use(self, op, line):
        self.number += 1
        use = f"{op}-use-{self.number}"
        self.shift.history.note(self.name, "invoke", op=use, what="use", input={"token": op}, node=line.node)
        try:
            # It writes nothing, by which the node would hear of the revocation.
            line.call("script.list")
        except Refused as error:
            self.shift.history.note(self.name, "fail", op=use, code=error.code, node=line.node)
        except (OSError, ValueError) as error:
            self.shift.history.note(self.name, "unknown", op=use, reason=type(error).__name__)
        else:
            self.shift.history.note(self.name, "ok", op=use, result={}, node=line.node)

    def revoke(self, op, name):
        while not self.shift.over.is_set():
            self.shift.history.note(self.name, "invoke", op=f"{op}-revoke", what="revoke", input={"token": op})
            try:
                command(self.shift.installation.store, "token", "revoke", name)
            except Exception as error:
                self.shift.history.note(self.name, "unknown", op=f"{op}-revoke", reason=str(error)[:200])
                time.sleep(0.3)
            else:
                self.shift.history.note(self.name, "ok", op=f"{op}-revoke", result={})
                return True
        return False


class Shift:
    """All clients of a run."""

    def __init__(self, installation, history, seed, spenders=4, speakers=4, alarms=2):
        """The numbers are those of clients of each kind."""
        self.installation, self.history, self.seed = installation, history, seed
        self.port = installation.balancer.port
        self.over, self.closing = threading.Event(), threading.Event()
        self.trouble, self.alerts = [], queue.Queue()
        self.requests, self.turns = itertools.count(), itertools.count()
        agent = installation.token("anna", "agent", team="delivery")
        chief = installation.token("sofia", "supervisor", team="*")
        auditor = installation.token("egon", "auditor")
        self.workers = [
            *(Spender(self, f"spender{n}", agent) for n in range(spenders)),
            *(Speaker(self, f"speaker{n}", agent) for n in range(speakers)),
            *(Alarm(self, f"alarm{n}", agent) for n in range(alarms)),
            Chief(self, "chief0", chief), Auditor(self, "auditor0", auditor), Leavers(self, "leavers0"),
        ]
        ports = [*(node.port for node in installation.nodes), self.port, self.port]
        self.watchers = [Watcher(self, f"watcher{n}", chief, port) for n, port in enumerate(ports)]

    def start(self):
        for thread in [*self.watchers, *self.workers]:
            thread.start()

    def stop(self, patience=20):
        """Ends the work; what is unknown is asked for again until then. Watchers go on until `close`."""
        for worker in self.workers:
            worker.desk.deadline = time.monotonic() + patience
        self.over.set()
        for worker in self.workers:
            worker.join(patience + 10)
            if worker.is_alive():
                self.trouble.append(f"{worker.name} does not end")

    def close(self):
        """Ends the watchers."""
        self.closing.set()
        for watcher in self.watchers:
            watcher.join(20)
