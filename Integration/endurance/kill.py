"""`kill -9` at random points under load: nothing that was acknowledged may be lost, and nothing may be done twice.

Several clients write turns, settlements, script steps and imported articles at once; each records what was
acknowledged. After every kill the server is restarted on the same folder, the calls in progress are sent again,
and at the end everything is compared with the server's data.
"""
import json
import random
import shutil
import signal
import threading
import time

from harness import ROOT, RPCError, Server, report, run, say
from speech import Speech

SCRIPT = """script: endurance
title: Endurance
variables: {answer: number}
start: first
steps:
  first:  {ask: "Which number?", field: answer, type: number, next: [{when: answer < 0, go: done}, {go: second}]}
  second: {say: "It was {{answer}}.", next: first}
  done:   {end: resolved}
"""
LOST = (OSError, ConnectionError, ValueError)


class Book:
    """Everything that was acknowledged, over all rounds."""

    def __init__(self):
        self.turns = {}
        self.unanswered_turns = {}
        self.grants = {}
        self.unanswered_grants = {}
        self.sessions = {}
        self.articles = {}
        self.wrong = []

    def count(self):
        return {"turns": sum(map(len, self.turns.values())), "resolutions": len(self.grants),
                "script_steps": sum(revision for revision, _ in self.sessions.values()), "articles": len(self.articles)}


class Worker(threading.Thread):
    """Calls until the server is gone."""

    def __init__(self, connection, book, seed, over):
        super().__init__(daemon=True)
        self.connection, self.book, self.seed, self.over = connection, book, seed, over
        self.random = random.Random(seed)

    def run(self):
        try:
            self.begin()
            while not self.over.is_set():
                self.step()
        except LOST:
            pass
        except RPCError as error:
            self.book.wrong.append(f"{type(self).__name__}: {error}")

    def begin(self):
        pass


class Observing(Worker):
    def begin(self):
        self.name = f"talk-{self.seed}"
        self.speech = Speech(self.seed, angry=5)
        self.connection.call("conversation.open", conversation_id=self.name, channel="chat")
        self.book.turns[self.name] = {}

    def step(self):
        number = len(self.book.turns[self.name]) + 1
        speaker, text = self.speech.next()
        turn = {"turn_id": f"t{number}", "speaker": speaker, "text": text}
        self.book.unanswered_turns[self.name] = turn
        answer = self.connection.call("conversation.observe", conversation_id=self.name, **turn)
        self.book.turns[self.name][turn["turn_id"]] = (turn, answer["turn"])
        del self.book.unanswered_turns[self.name]


class Requesting(Worker):
    number = 0

    def step(self):
        self.number += 1
        key = f"key-{self.seed}-{self.number}"
        body = {"idempotency_key": key, "action": "refund", "reason": "late_delivery", "customer_id": f"c-{key}", "reference": {"type": "order", "id": f"o-{key}"},
                "amount": {"amount": f"{self.random.randrange(10, 20_000) / 100:.2f}", "currency": "EUR"}}
        self.book.unanswered_grants[key] = body
        self.book.grants[key] = (body, self.connection.call("resolution.request", **body))
        del self.book.unanswered_grants[key]


class Stepping(Worker):
    def begin(self):
        self.name = f"session-{self.seed}"
        self.note(self.connection.call("script.start", script_id="endurance", session_id=self.name))

    def note(self, state):
        self.book.sessions[self.name] = (state["revision"], state["path"])
        self.state = state

    def step(self):
        value = {"value": self.random.randrange(1000)} if self.state["step"]["kind"] == "ask" else {}
        self.note(self.connection.call(
            "script.advance", session_id=self.name, revision=self.state["revision"], **value))
        if self.state["revision"] >= 60:
            self.seed = f"{self.seed}+"
            self.begin()


class Importing(Worker):
    number = 0

    def step(self):
        self.number += 1
        name = f"article-{self.seed}-{self.number}"
        xml = (f'<article xmlns="urn:frontline:knowledge:1" id="{name}"><title>{name}</title>'
               f'<section kind="body"><p>{"text " * 200}</p></section></article>')
        outcome = self.connection.call("knowledge.import", xml=xml)
        if outcome["created"] == 1:
            self.book.articles[name] = xml


KINDS = [(Observing, "agent", 4), (Requesting, "agent", 2), (Stepping, "agent", 2), (Importing, "knowledge_manager", 1)]


def round_of(server, tokens, book, number, seconds):
    over = threading.Event()
    workers = []
    for kind, role, count in KINDS:
        for index in range(count):
            connection = server.connect()
            connection.call("session.authenticate", token=tokens[role])
            workers.append(kind(connection, book, f"{number}-{kind.__name__.lower()}-{index}", over))
    for worker in workers:
        worker.start()
    time.sleep(seconds)
    server.stop(signal.SIGKILL)
    over.set()
    for worker in workers:
        worker.join(30)
        worker.connection.close()


def send_again(server, tokens, book):
    """Repeats the call that was in progress when the server was killed: it is carried out now, if it was not before."""
    with server.connect() as agent:
        agent.call("session.authenticate", token=tokens["agent"])
        for name, turn in list(book.unanswered_turns.items()):
            answer = agent.call("conversation.observe", conversation_id=name, **turn)
            book.turns[name][turn["turn_id"]] = (turn, answer["turn"])
        for key, body in list(book.unanswered_grants.items()):
            book.grants[key] = (body, agent.call("resolution.request", **body))
        book.unanswered_turns.clear()
        book.unanswered_grants.clear()


def everything_is_there(server, tokens, book):
    """Compares the book with the server; differences are added to `book.wrong`."""
    with server.connect() as agent:
        agent.call("session.authenticate", token=tokens["agent"])
        for name, turns in book.turns.items():
            held = agent.call("conversation.get", conversation_id=name)["turns"]
            if len(held) != len(turns):
                book.wrong.append(f"{name} has {len(held)} turns, {len(turns)} were acknowledged")
            for turn, number in turns.values():
                if agent.call("conversation.observe", conversation_id=name, **turn)["turn"] != number:
                    book.wrong.append(f"{name} {turn['turn_id']}: another number")
        for key, (body, grant) in book.grants.items():
            again = agent.call("resolution.request", **body)
            held = agent.call("resolution.get", resolution_id=grant["resolution_id"])
            if (again["resolution_id"], held["amount"], held["status"]) != (
                    grant["resolution_id"], grant["amount"], grant["status"]):
                book.wrong.append(f"resolution {key}: {held} instead of {grant}")
        for name, (revision, path) in book.sessions.items():
            state = agent.call("script.state", session_id=name)
            if state["revision"] < revision or state["path"][:len(path)] != path:
                book.wrong.append(f"{name} is at {state['revision']}, {revision} was acknowledged")
        listed, cursor = set(), {}
        while True:
            page = agent.call("resolution.list", limit=100, **cursor)
            listed |= {grant["resolution_id"] for grant in page["resolutions"]}
            if not page.get("next_cursor"):
                break
            cursor = {"cursor": page["next_cursor"]}
        if len(listed) != len(book.grants):
            book.wrong.append(f"{len(listed)} resolutions are listed, {len(book.grants)} were acknowledged")
    with server.connect() as keeper:
        keeper.call("session.authenticate", token=tokens["knowledge_manager"])
        for name, xml in book.articles.items():
            if keeper.call("knowledge.import", xml=xml)["unchanged"] != 1:
                book.wrong.append(f"{name} was lost")


def kill(rounds, seed):
    dice = random.Random(seed)
    book = Book()
    server = Server("--rules", ROOT / "rules")
    try:
        tokens = {role: server.token(role, subject=f"{role}-1", tier="3", team="delivery")
                  for role in ("agent", "knowledge_manager", "operations")}
        with server.connect() as olga:
            olga.call("session.authenticate", token=tokens["operations"])
            olga.call("script.publish", source=SCRIPT)
        restarts = []
        for number in range(rounds):
            round_of(server, tokens, book, number, dice.uniform(0.3, 2.5))
            begun = time.monotonic()
            server.start()
            restarts.append(time.monotonic() - begun)
            send_again(server, tokens, book)
            say(f"    round {number + 1}: {book.count()}")
        everything_is_there(server, tokens, book)
        server.stop(signal.SIGTERM)
        audit = json.loads(run("audit", "verify", "--data", server.folder).stdout)
        if not audit["ok"]:
            book.wrong.append(f"the audit chain is broken: {audit}")
        report("kill", rounds=rounds, acknowledged=book.count(), wrong=book.wrong[:10], audit_entries=audit["entries"],
               restart_seconds={"longest": round(max(restarts), 2)})
        return not book.wrong and all(book.count().values())
    finally:
        server.stop(signal.SIGKILL)
        shutil.rmtree(server.folder, ignore_errors=True)
