"""Slow, greedy and faulty clients beside an ordinary one; and a client that exceeds its rate limit beside one that does not."""
import random
import shutil
import signal
import socket
import struct
import time

from harness import ROOT, Connection, Server, Swarm, encoded, percentiles, report, resident_megabytes, say

SLOW_AGENTS, SLOW_ROUNDS = 10, 120
HALF, SLOW, DEAF, HUGE, GARBAGE = 200, 100, 40, 10, 20
PATIENT_MILLISECONDS = 1_000
MOST_MEGABYTES = 256


def raw(port):
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.setblocking(False)
    return connection


def push(connection, data):
    """Sends as much as possible; False if the server has closed the connection."""
    try:
        connection.send(data)
    except BlockingIOError:
        pass
    except OSError:
        return False
    return True


class Mob:
    """The hostile clients; `turn` lets each one act once."""

    def __init__(self, server, seed):
        self.server, self.random = server, random.Random(seed)
        token = server.token("supervisor", "agent", subject="deaf", team="*")
        self.half = [raw(server.port) for _ in range(HALF)]
        for connection in self.half:
            push(connection, b'{"jsonrpc":"2.0","id":1,"met')
        self.slow = [raw(server.port) for _ in range(SLOW)]
        # A line that never ends, byte by byte.
        self.request = b'{"jsonrpc":"2.0","id":1,"method":"server.info","params":{"' + b"x" * 100_000
        self.position = 0
        self.deaf = [raw(server.port) for _ in range(DEAF)]
        for connection in self.deaf:
            push(connection, encoded(1, "session.authenticate", {"token": token}) + encoded(2, "alerts.subscribe", {"after": "0"}))
        self.huge = [raw(server.port) for _ in range(HUGE)]
        self.garbage = [raw(server.port) for _ in range(GARBAGE)]
        self.closed = dict.fromkeys(("half", "slow", "deaf", "huge", "garbage"), 0)

    def turn(self):
        letter = self.request[self.position % len(self.request):][:1]
        self.position += 1
        discover = encoded(3, "rpc.discover", {}) * 20
        self.each("half", lambda: b"")
        self.each("slow", lambda: letter)
        self.each("deaf", lambda: discover)
        self.each("huge", lambda: b"x" * 200_000)
        self.each("garbage", lambda: self.random.randbytes(500) + b"\n")
        for _ in range(5):
            connection = raw(self.server.port)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            push(connection, discover)
            connection.close()

    def each(self, name, data):
        connections = getattr(self, name)
        for connection in list(connections):
            alive = push(connection, data())
            if alive and name not in ("deaf",):
                alive = self.listen(connection)
            if not alive:
                connection.close()
                connections.remove(connection)
                self.closed[name] += 1

    @staticmethod
    def listen(connection):
        try:
            return bool(connection.recv(1 << 16))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def close(self):
        for name in self.closed:
            for connection in getattr(self, name):
                connection.close()


def hostile(seconds, seed):
    server = Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules", "--idle-timeout", "3")
    try:
        swarm = Swarm(server.port)
        line = swarm.connect(server.token("agent", subject="worker"))
        before = resident_megabytes(server.process.pid)
        mob = Mob(server, seed)
        begun, number, most = time.monotonic(), 0, before
        while time.monotonic() < begun + seconds:
            mob.turn()
            if line not in swarm.lines:
                break
            line.send("knowledge.search", {"query": "my parcel is late", "limit": 3})
            number += 1
            swarm.turn(0.05)
            most = max(most, resident_megabytes(server.process.pid))
        left = swarm.settle(10)
        mob.close()
        time.sleep(1)
        served = percentiles(swarm.times.get("knowledge.search", []))
        after = resident_megabytes(server.process.pid)
        wrong = []
        if left or swarm.errors or swarm.lost:
            wrong.append(f"{left} unanswered, {swarm.errors}, {swarm.lost} connections lost")
        if served["count"] and served["max_ms"] > PATIENT_MILLISECONDS:
            wrong.append(f"an ordinary call took {served['max_ms']} ms")
        if most - before > MOST_MEGABYTES:
            wrong.append(f"{most - before:.0f} MB for the hostile clients")
        for name in ("half", "slow", "huge"):
            if not mob.closed[name]:
                wrong.append(f"no {name} line was ended")
        swarm.close()
        report("hostile", honest=served, closed=mob.closed, resident_megabytes={"before": before, "most": most, "after": after}, wrong=wrong)
        return not wrong
    finally:
        server.stop(signal.SIGTERM)
        shutil.rmtree(server.folder, ignore_errors=True)


def asked_for_help(server, number):
    """Raises as many alerts as one agent may raise in a minute."""
    with server.connect("agent", subject=f"agent-{number}", team="delivery") as agent:
        for call in range(10):
            name = f"c{number}-{call}"
            agent.call("conversation.open", conversation_id=name, channel="chat")
            yield agent.call("alerts.raise", conversation_id=name, note="help " * 50)["alert_id"]


def slow():
    """A subscriber that stops reading and resumes later: it gets what it missed from the cursor it was sent, without a gap."""
    server = Server("--rules", ROOT / "rules")
    try:
        with server.connect("supervisor", subject="sofia", team="*") as chief:
            alerts = [alert for number in range(SLOW_AGENTS) for alert in asked_for_help(server, number)]
            sleeper = Connection(socket.AF_INET, ("127.0.0.1", server.port), receive_buffer=4096)
            sleeper.call("session.authenticate", token=server.token("supervisor", subject="sven", team="*"))
            sleeper.call("alerts.subscribe", after="0")
            for number in range(SLOW_ROUNDS):
                until = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3_600 + number))
                chief.call("alerts.snooze", alert_ids=alerts, until=until)
            time.sleep(1)
            head = int(chief.call("alerts.subscribe")["cursor"])
            cursors, lags = [], 0
            while not cursors or cursors[-1] < head:
                message = sleeper.receive()
                if message is None:
                    break
                if message["method"] == "alerts.event":
                    cursors.append(int(message["params"]["cursor"]))
                elif message["method"] == "alerts.lagging":
                    lags += 1
                    sleeper.call("alerts.subscribe", after=message["params"]["cursor"])
            sleeper.close()
        wrong = []
        if cursors != list(range(1, head + 1)):
            gap = next((index for index, cursor in enumerate(cursors) if cursor != index + 1), len(cursors))
            wrong.append(f"{len(cursors)} of {head} events were received; the first gap is at {gap + 1}")
        if not lags:
            wrong.append("it was never sent its cursor")
        report("slow", events=head, told_too_slow=lags, wrong=wrong)
        return not wrong
    finally:
        server.stop(signal.SIGTERM)
        shutil.rmtree(server.folder, ignore_errors=True)


def rates():
    limit, seconds = 50, 5
    server = Server("--knowledge", ROOT / "knowledge", "--rate-limit", limit)
    try:
        greedy, modest = Swarm(server.port), Swarm(server.port)
        token = server.token("agent", subject="greedy")
        lines = [greedy.connect(token) for _ in range(3)]
        line = modest.connect(server.token("agent", subject="modest"))
        start = time.monotonic()
        for number in range(400 * seconds):
            lines[number % 3].send("knowledge.suggest", {"prefix": "par"})
            if number % 20 == 0:
                line.send("knowledge.suggest", {"prefix": "par"})
            while time.monotonic() < start + number / 400:
                greedy.turn(0.001)
                modest.turn(0)
        greedy.settle()
        modest.settle()
        served = len(greedy.times.get("knowledge.suggest", []))
        refused = greedy.errors.get("knowledge.suggest 1005", 0)
        greedy.errors.pop("knowledge.suggest 1005", None)
        wrong = []
        if greedy.errors or modest.errors:
            wrong.append(f"{greedy.errors} {modest.errors}")
        if not refused or served > limit * (seconds + 2):
            wrong.append("the limit was not enforced")
        time.sleep(1)
        lines[0].send("knowledge.suggest", {"prefix": "par"})
        greedy.settle()
        if len(greedy.times["knowledge.suggest"]) != served + 1:
            wrong.append("it is not served after a pause")
        report("rates", limit=limit, greedy={"served": served, "refused": refused},
               modest=percentiles(modest.times["knowledge.suggest"]), wrong=wrong)
        return not wrong
    finally:
        server.stop(signal.SIGTERM)
        shutil.rmtree(server.folder, ignore_errors=True)
