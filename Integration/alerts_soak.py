"""Many subscribers, many alerts, broken connections and killed servers: no subscriber may miss an alert or receive one twice.

usage: alerts_soak.py [--subscribers 200] [--rate 100] [--seconds 30] [--kills 2] [--breaks 0.5]

Raises alerts at a steady rate while subscribers listen, lose their connections at random and reconnect with their last
cursor; the server is killed and restarted. Then every subscriber's log is compared with the store's, event by event.
Prints one JSON line; exits 1 when a log differs. Times run from the moment the alert was written to the moment its line
was read, on one machine; the seconds around a kill are reported separately. Standard library only.
"""
import argparse
import json
import multiprocessing
import os
import random
import re
import selectors
import signal
import socket
import sqlite3
import sys
import threading
import time

from frontline_process import RPCError, Server

SIGNALS = "signals: [{kind: danger, severity: warning, patterns: [smoke]}]"
EVENT = re.compile(rb'"event":"(\w+)".*?"alert_id":"([^"]+)"')
CURSOR = re.compile(rb'"cursor":"(\d+)"')
WRITTEN = re.compile(rb'"updated_at":"[^"]*T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?Z"')


class Subscriber:
    """One stream of alerts over as many connections as needed, with the events it received by cursor."""

    def __init__(self, token):
        self.token, self.seen, self.doubles, self.times = token, [], 0, []
        self.last, self.socket, self.rest, self.retry = 0, None, b"", 0.0

    def connect(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=5)
        calls = [
            ("session.authenticate", {"token": self.token}),
            ("alerts.subscribe", {"after": str(self.last), "include_muted": True}),
        ]
        for number, (method, params) in enumerate(calls):
            line = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
            self.socket.sendall(json.dumps(line).encode() + b"\n")
        self.socket.setblocking(False)
        self.rest = b""

    def read(self):
        """Reads the lines that have arrived; False when the connection has ended."""
        try:
            data = self.socket.recv(1 << 18)
        except BlockingIOError:
            return True
        except OSError:
            return False
        if not data:
            return False
        now = time.time()
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            if b'"alerts.lagging"' in line:
                return False
            if b'"alerts.event"' in line:
                self.take(line, now)
        return True

    def take(self, line, now):
        cursor = int(CURSOR.findall(line)[-1])
        event, alert = EVENT.search(line).groups()
        if cursor <= self.last:
            self.doubles += 1
            return
        self.last = cursor
        self.seen.append((cursor, event.decode(), alert.decode()))
        hours, minutes, seconds, fraction = WRITTEN.search(line).groups()
        of_day = int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(b"0." + (fraction or b"0"))
        self.times.append((now, (now % 86400 - of_day) * 1000))

    def close(self):
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def listen(tokens, port, breaks, done, results):
    """A process that runs some of the subscribers until `done` contains the last cursor and all have read up to it."""
    selector = selectors.DefaultSelector()
    subscribers = [Subscriber(token) for token in tokens]
    chance = random.Random(os.getpid())

    def drop(subscriber):
        if subscriber.socket is not None:
            selector.unregister(subscriber.socket)
            subscriber.close()
        subscriber.retry = time.time() + chance.uniform(0.02, 0.3)

    looked = time.time()
    while True:
        now = time.time()
        for subscriber in subscribers:
            if subscriber.socket is None and now >= subscriber.retry and port.value:
                try:
                    subscriber.connect(port.value)
                    selector.register(subscriber.socket, selectors.EVENT_READ, subscriber)
                except OSError:
                    subscriber.close()
                    subscriber.retry = now + 0.2
        for key, _ in selector.select(0.05):
            if not key.data.read():
                drop(key.data)
        if not done.value and now - looked > 1:
            looked = now
            for subscriber in subscribers:
                if chance.random() < breaks / 10:
                    drop(subscriber)
        if done.value and all(subscriber.last >= done.value for subscriber in subscribers):
            break
        if done.value < 0:
            break
    results.put([(s.seen, s.doubles, s.times) for s in subscribers])


class Raiser:
    """Changes alerts at a given rate; calls that were not answered are repeated or dropped."""

    def __init__(self, token):
        self.token, self.number, self.connection, self.alerts = token, 0, None, []
        self.observes = True

    def connect(self, server):
        self.connection = server.connect()
        self.connection.call("session.authenticate", token=self.token)

    def step(self):
        self.number += 1
        if self.observes:
            try:
                name = f"soak-{os.getpid()}-{self.number}"
                self.connection.call("conversation.open", conversation_id=name, channel="chat")
                self.connection.call(
                    "conversation.observe", conversation_id=name, speaker="customer", text="there is smoke", turn_id="1"
                )
                return
            except RPCError as error:
                if error.code != -32601:
                    raise
                self.observes = False
        if not self.alerts:
            for index in range(5):
                name = f"soak-{os.getpid()}-{index}"
                self.connection.call("conversation.open", conversation_id=name, channel="chat")
                alert = self.connection.call("alerts.raise", conversation_id=name, note="There is smoke.")
                self.alerts.append(alert["alert_id"])
        until = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600 + self.number))
        self.connection.call("alerts.snooze", alert_ids=[self.alerts[self.number % 5]], until=until)


def percentile(values, share):
    return round(sorted(values)[min(len(values) - 1, int(len(values) * share))], 2) if values else None


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--subscribers", type=int, default=200)
    options.add_argument("--rate", type=float, default=100)
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--kills", type=int, default=2)
    options.add_argument("--breaks", type=float, default=0.5, help="connections a subscriber loses in ten seconds")
    options = options.parse_args()
    server = Server()
    port = multiprocessing.Value("i", server.port)
    done = multiprocessing.Value("q", 0)
    results = multiprocessing.Queue()
    watcher = server.token("supervisor", subject="watcher", team="*")
    raiser = Raiser(server.token("admin", subject="raiser"))
    raiser.connect(server)
    raiser.connection.call("policy.publish", name="signals", source=SIGNALS)
    share = max(1, options.subscribers // 4)
    groups = [[watcher] * min(share, options.subscribers - at) for at in range(0, options.subscribers, share)]
    workers = [
        multiprocessing.Process(target=listen, args=(group, port, options.breaks, done, results)) for group in groups
    ]
    for worker in workers:
        worker.start()
    time.sleep(1.5)
    begun = time.time()
    kills = [begun + options.seconds * (index + 1) / (options.kills + 1) for index in range(options.kills)]
    killed, steps = [], 0
    while time.time() - begun < options.seconds:
        if kills and time.time() >= kills[0]:
            kills.pop(0)
            killed.append(time.time())
            port.value = 0
            server.stop(signal.SIGKILL)
            server.start()
            port.value = server.port
            raiser.connect(server)
        try:
            raiser.step()
            steps += 1
        except (ConnectionError, OSError):
            raiser.connect(server)
        ahead = begun + steps / options.rate - time.time()
        if ahead > 0:
            time.sleep(ahead)
    took = time.time() - begun
    database = sqlite3.connect(f"file:{server.folder}/frontline.sqlite?mode=ro", uri=True)
    log = database.execute("SELECT cursor, event, alert_id FROM alert_events ORDER BY cursor").fetchall()
    database.close()
    done.value = log[-1][0]
    alarm = threading.Timer(60, lambda: setattr(done, "value", -1))
    alarm.start()
    seen = [subscriber for _ in workers for subscriber in results.get(timeout=90)]
    alarm.cancel()
    for worker in workers:
        worker.join(10)
    server.stop()
    calm = [
        delay for _, _, times in seen for at, delay in times
        if not any(moment - 1 < at < moment + 8 for moment in killed)
    ]
    gapless = [row[0] for row in log] == list(range(1, len(log) + 1))
    differing = sum(1 for events, _, _ in seen if events != log)
    print(json.dumps({
        "soak": "alerts", "how": "observed turns" if raiser.observes else "snoozes", "subscribers": len(seen),
        "events": len(log), "events_per_second": round(len(log) / took, 1), "kills": len(killed),
        "logs_that_differ": differing, "log_without_gaps": gapless, "doubles_dropped": sum(s[1] for s in seen),
        "received_p50_ms": percentile(calm, 0.5), "received_p99_ms": percentile(calm, 0.99),
    }))
    return 1 if differing or not gapless else 0


if __name__ == "__main__":
    sys.exit(main())
