"""A day of contacts in minutes: complete contacts one after the other, with constant memory.

usage: soak.py [--minutes M] [--desks N] [--rate CALLS A SECOND] [--bar MEGABYTES A MINUTE]

Every desk plays contacts from end to end: open, turns, searches, a script, a settlement, feedback, close. Supervisors
subscribe, acknowledge, disconnect and reconnect. Memory is sampled every second; its slope is computed from the last two thirds
by least squares. Exit 1 if a call failed or the slope is above `--bar`.
"""
import argparse
import collections
import itertools
import json
import random
import shutil
import signal
import sys
import time

from harness import ROOT, Server, Swarm, percentiles, raise_file_limit, report, resident_megabytes, say
from speech import Speech

SCRIPT = """script: soak
title: Soak
variables: {answer: number}
start: greet
steps:
  greet: {say: "Hello.", next: ask}
  ask:   {ask: "How many?", field: answer, type: number, next: thank}
  thank: {say: "{{answer}}, thank you.", next: done}
  done:  {end: resolved}
"""
QUERIES = ["where is my parcel", "refund late delivery", "dead pixel", "charged twice", "return window", "cancel plus", "broken on arrival"]


def contact(number, dice):
    """The calls of one contact: yields (method, params) and receives the result of each."""
    name = f"soak-{number}"
    yield "conversation.open", {"conversation_id": name, "channel": dice.choice(["voice", "chat"]),
                                "customer": {"id": f"customer-{number}"}}
    speech = Speech(number, angry=2)
    for turn in range(dice.randrange(6, 16)):
        speaker, text = speech.next()
        answer = yield "conversation.observe", {
            "conversation_id": name, "turn_id": f"t{turn}", "speaker": speaker, "text": f"{text} {dice.randrange(1000)}"}
        for action in answer["actions"][:1]:
            yield "assist.feedback", {"conversation_id": name, "action_id": action["action_id"], "verdict": "used"}
        if turn == 2:
            found = yield "knowledge.search", {"query": dice.choice(QUERIES), "limit": 5, "conversation_id": name}
            for hit in found["hits"][:1]:
                yield "knowledge.feedback", {
                    "article_id": hit["article_id"], "query_id": found["query_id"], "conversation_id": name, "verdict": "used"}
        if turn == 4:
            state = yield "script.start", {"script_id": "soak", "session_id": f"session-{number}", "conversation_id": name}
            while state["status"] == "active":
                value = {"value": 3} if state["step"]["kind"] == "ask" else {}
                state = yield "script.advance", {"session_id": f"session-{number}", "revision": state["revision"], **value}
    if number % 2:
        grant = yield "resolution.request", {
            "idempotency_key": name, "action": "refund", "reason": "late_delivery", "conversation_id": name,
            "amount": {"amount": dice.choice(["5.00", "9.90", "60.00"]), "currency": "EUR"},
            "reference": {"type": "order", "id": f"order-{number}"}}
        if grant["status"] == "approved":
            yield "resolution.settle", {"resolution_id": grant["resolution_id"], "result": "done"}
    yield "conversation.close", {"conversation_id": name, "disposition": {"code": "done", "resolved": True}}


class Desks:
    """The agents: each has one contact at a time, and one call in progress."""

    def __init__(self, server, tokens, count):
        self.swarm = Swarm(server.port, self.keep)
        self.numbers = itertools.count(1)
        self.dice = random.Random(3)
        self.idle = collections.deque()
        self.contacts = {}
        self.finished = 0
        for number in range(count):
            self.idle.append(self.begin(self.swarm.connect(tokens[number % len(tokens)])))

    def begin(self, line):
        steps = contact(next(self.numbers), self.dice)
        self.contacts[line] = (steps, next(steps))
        return line

    def keep(self, line, text):
        steps, _ = self.contacts[line]
        try:
            self.contacts[line] = (steps, steps.send(json.loads(text)["result"]))
        except StopIteration:
            self.finished += 1
            self.begin(line)
        self.idle.append(line)

    def call(self):
        if self.idle:
            line = self.idle.popleft()
            line.send(*self.contacts[line][1])


class Supervisors:
    """The supervisors: they receive and acknowledge alerts, disconnect and reconnect."""

    def __init__(self, server, token, count):
        self.token = token
        self.swarm = Swarm(server.port, self.keep)
        self.heard = 0
        for _ in range(count):
            self.join()

    def join(self):
        self.swarm.connect(self.token).send("alerts.subscribe", {})

    def keep(self, line, text):
        if b'"alerts.event"' in text:
            self.heard += 1
            event = json.loads(text)["params"]
            if line is self.swarm.lines[0] and event["event"] == "raised":
                line.send("alerts.acknowledge", {"alert_ids": [event["alert"]["alert_id"]]})

    def change(self):
        """Replaces the supervisor who has been connected longest."""
        line = self.swarm.lines[-1]
        self.swarm.selector.unregister(line.socket)
        line.socket.close()
        self.swarm.lines.remove(line)
        self.join()


def slope(samples):
    """Megabytes per minute, by least squares over (seconds, megabytes)."""
    count = len(samples)
    if count < 2:
        return 0.0
    middle = sum(s for s, _ in samples) / count, sum(m for _, m in samples) / count
    above = sum((s - middle[0]) * (m - middle[1]) for s, m in samples)
    below = sum((s - middle[0]) ** 2 for s, _ in samples)
    return above / below * 60


def soak(server, chosen):
    agents = [server.token("agent", subject=f"agent-{n}", tier="1", team=f"team-{n % 5}") for n in range(20)]
    with server.connect("operations", subject="olga") as olga:
        olga.call("script.publish", source=SCRIPT)
    desks = Desks(server, agents, chosen.desks)
    supervisors = Supervisors(server, server.token("supervisor", subject="sofia", tier="3", team="*"), 10)
    start, sent, second, samples = time.monotonic(), 0, 0, []
    while (elapsed := time.monotonic() - start) < chosen.minutes * 60:
        while sent < elapsed * chosen.rate:
            desks.call()
            sent += 1
        desks.swarm.turn(0.002)
        supervisors.swarm.turn(0)
        if elapsed >= second:
            second += 1
            samples.append((elapsed, resident_megabytes(server.process.pid)))
            if second % 10 == 0:
                supervisors.change()
            if second % 30 == 0:
                say(f"    {elapsed:5.0f} s: {desks.finished} contacts, {samples[-1][1]} MB")
    desks.swarm.settle()
    supervisors.swarm.settle()
    steady = samples[len(samples) // 3:]
    grown = slope(steady)
    wrong = []
    if desks.swarm.errors or supervisors.swarm.errors or desks.swarm.lost or supervisors.swarm.lost:
        wrong.append(f"{desks.swarm.errors} {supervisors.swarm.errors}, connections lost {desks.swarm.lost}, {supervisors.swarm.lost}")
    if grown > chosen.bar:
        wrong.append("memory grows")
    report("soak", minutes=chosen.minutes, contacts=desks.finished, alert_events_heard=supervisors.heard,
           calls={name: percentiles(times) for name, times in desks.swarm.times.items()},
           resident_megabytes={"first": samples[0][1], "steady": steady[0][1], "last": samples[-1][1]},
           megabytes_a_minute=round(grown, 2), kilobytes_a_contact=round(
               (steady[-1][1] - steady[0][1]) * 1024 / max(1, desks.finished * 2 / 3), 2), wrong=wrong)
    return not wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--desks", type=int, default=100)
    parser.add_argument("--rate", type=float, default=300, help="calls per second")
    parser.add_argument("--bar", type=float, default=4, help="megabytes per minute")
    chosen = parser.parse_args()
    raise_file_limit()
    server = Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules")
    try:
        return 0 if soak(server, chosen) else 1
    finally:
        server.stop(signal.SIGTERM)
        shutil.rmtree(server.folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
