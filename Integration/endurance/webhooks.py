"""Webhooks through `kill -9` of both sides: everything arrives at least once, and of each subject in order.

Agents make, comment on and end items of work, while a receiver takes two events of three and fails, redirects, breaks off, answers
half or lies otherwise. At random moments the server or the receiver is killed and started again. In the end what the receiver wrote
down is compared with the feed of the server.
"""
import json
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from harness import ROOT, RPCError, Server, report, say

sys.path.insert(0, str(ROOT / "Integration"))
from webhook_receiver import SECRET  # noqa: E402

LOST = (OSError, ConnectionError, ValueError)
FILES = {
    "work.yaml": "kinds:\n  quick: {title: Quick, team: service, clocks: none}\n",
    "webhooks.yaml": """webhooks:
  crm:
    url: http://127.0.0.1:%d/in
    events: [work.*]
    teams: [service]
    secrets: [{file: %s}]
    allow_private: true
    timeouts: {connect: 1s, total: 2s}
    retry: [%s]
    breaker: {failures: 3, pause: 1s, longest: 2s}
    parallel: 8
""",
}


class ReceiverProcess:
    """The receiver as a program of its own."""

    def __init__(self, folder, seed):
        self.receipts, self.port, self.seed = folder / "receipts.jsonl", 0, seed
        self.start()

    def start(self, calm=False):
        self.seed += 1
        options = ["--calm"] if calm else []
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "Integration" / "webhook_receiver.py", str(self.port), self.receipts, SECRET, "--seed", str(self.seed), *options],
            stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def lines(self):
        """What was written down; the last line may be half of one after a kill."""
        lines = []
        for line in self.receipts.read_text().splitlines():
            try:
                lines.append(json.loads(line))
            except ValueError:
                pass
        return lines


class Worker(threading.Thread):
    """Makes items and ends them until the server is gone."""

    def __init__(self, connection, over, dice, made):
        super().__init__(daemon=True)
        self.connection, self.over, self.dice, self.made = connection, over, dice, made

    def run(self):
        try:
            while not self.over.is_set():
                item = self.connection.call("work.create", kind="quick")["work_id"]
                self.made.append(item)
                for number in range(self.dice.randrange(4)):
                    self.connection.call("work.comment", work_id=item, text=f"comment {number}")
                self.connection.call("work.cancel", work_id=item, reason="tried")
                time.sleep(0.02)
        except (*LOST, RPCError):
            pass


def feed(server, token):
    """Every event of the log, in order, as a subscriber gets it: its cursor and its subject."""
    events = []
    with server.connect() as connection:
        connection.call("session.authenticate", token=token)
        answer = connection.call("work.subscribe", after="0")
        last = connection_head(server, token)
        while not events or events[-1][0] < last:
            message = connection.receive()
            if message and message.get("method") == "work.event":
                events.append((int(message["params"]["cursor"]), "work/" + message["params"]["item"]["work_id"]))
            elif message is None or message.get("method") == "work.lagging":
                raise AssertionError(f"the feed ended after {answer}")
    return events


def connection_head(server, token):
    """The number of the last event."""
    with server.connect() as connection:
        connection.call("session.authenticate", token=token)
        return int(connection.call("work.subscribe")["cursor"])


def compare(events, lines):
    """What is wrong with what the receiver wrote down."""
    wrong = [f"{line['id']} has no valid signature" for line in lines if not line["verified"]]
    expected = {f"work-{cursor}" for cursor, _ in events}
    taken = {line["id"] for line in lines if line["taken"]}
    wrong += [f"{name} was not delivered" for name in sorted(expected - taken)[:10]]
    wrong += [f"{name} is no event of the feed" for name in sorted({line["id"] for line in lines} - expected)[:10]]
    before = {}
    for cursor, subject in events:
        before.setdefault(subject, []).append(f"work-{cursor}")
    done = {}
    for line in lines:
        order = before.get(line["subject"], [])
        place = order.index(line["id"]) if line["id"] in order else 0
        missing = [name for name in order[:place] if name not in done.get(line["subject"], ())]
        if missing:
            wrong.append(f"{line['subject']}: {line['id']} came before {missing[0]}")
        if line["taken"]:
            done.setdefault(line["subject"], set()).add(line["id"])
    return wrong


def webhooks(rounds, seed):
    dice = random.Random(seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="frontline-hooks-"))
    server = receiver = None
    try:
        receiver = ReceiverProcess(folder, seed)
        (folder / "secret").write_text(SECRET)
        rules = folder / "rules"
        rules.mkdir()
        (rules / "work.yaml").write_text(FILES["work.yaml"])
        (rules / "webhooks.yaml").write_text(FILES["webhooks.yaml"] % (receiver.port, folder / "secret", ", ".join(["1s"] * 30)))
        server = Server("--rules", rules)
        tokens = {name: server.token("agent", subject=name, team="service") for name in ("anna", "bert", "carl")}
        olga = server.token("operations", subject="olga")
        time.sleep(1)
        made, kills = [], {"server": 0, "receiver": 0}
        for number in range(rounds):
            over, workers = threading.Event(), []
            for name, token in tokens.items():
                connection = server.connect()
                connection.call("session.authenticate", token=token)
                workers.append((Worker(connection, over, random.Random(f"{seed} {number} {name}"), made), connection))
            for worker, _ in workers:
                worker.start()
            time.sleep(dice.uniform(0.3, 1.5))
            side = dice.choice(("server", "receiver"))
            kills[side] += 1
            if side == "server":
                server.stop(signal.SIGKILL)
            else:
                receiver.kill()
                time.sleep(dice.uniform(0, 1.5))
            over.set()
            for worker, connection in workers:
                worker.join(30)
                connection.close()
            if side == "server":
                server.start()
            else:
                receiver.start()
            say(f"    round {number + 1}: killed the {side}, {len(made)} items, {len(receiver.lines())} receipts")
        receiver.kill()
        receiver.start(calm=True)
        end = time.monotonic() + 120
        with server.connect() as connection:
            connection.call("session.authenticate", token=olga)
            while True:
                hook = connection.call("webhook.list")["webhooks"][0]
                if hook["waiting"] == hook["behind"] == 0 or time.monotonic() > end:
                    break
                time.sleep(0.2)
        events, lines = feed(server, olga), receiver.lines()
        wrong = compare(events, lines)
        if hook["waiting"] or hook["behind"] or hook["failed"]:
            wrong.append(f"the queue is not empty: {hook}")
        report("webhooks", kills=kills, events=len(events), subjects=len({subject for _, subject in events}), attempts=len(lines),
               taken=sum(line["taken"] for line in lines), delivered_more_than_once=sum(line["taken"] for line in lines) - len({line["id"] for line in lines if line["taken"]}),
               wrong=wrong[:10])
        return not wrong and bool(events)
    finally:
        if server:
            server.stop(signal.SIGKILL)
            shutil.rmtree(server.folder, ignore_errors=True)
        if receiver:
            receiver.kill()
        shutil.rmtree(folder, ignore_errors=True)
