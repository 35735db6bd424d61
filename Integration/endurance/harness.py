"""Shared by the runs of this folder: many connections in one process, open-loop schedules, percentiles, memory.

The harness must be cheap compared with the server: requests are encoded once, answers are matched by a pattern and not
parsed, and one process handles thousands of connections with a selector. Its cost is measured: every
run first sends the same schedule of `server.info` and reports its times as `harness`.
"""
import array
import json
import multiprocessing
import os
import pathlib
import re
import resource
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from frontline_process import ROOT, Connection, RPCError, Server, run  # noqa: F401

IDENTIFIER = re.compile(rb'"id":(\d+)\}\r?$')
CHUNK = 1 << 18


def encoded(identifier, method, params):
    """The line of one request."""
    return json.dumps(
        {"jsonrpc": "2.0", "id": identifier, "method": method, "params": params}, separators=(",", ":")).encode() + b"\n"


class Line:
    """One connection of a swarm."""

    __slots__ = ("socket", "rest", "out", "sent", "number", "swarm", "events")

    def __init__(self, swarm, connection):
        self.swarm, self.socket = swarm, connection
        self.rest, self.out = b"", b""
        self.sent = {}
        self.number = 0
        self.events = 0

    def send(self, method, params, due=None):
        """Sends a call; its time is counted from `due`, when it should have been sent."""
        self.number += 1
        self.sent[self.number] = (due or time.monotonic(), method)
        data = encoded(self.number, method, params)
        if self.out:
            self.out += data
            return
        try:
            count = self.socket.send(data)
        except BlockingIOError:
            count = 0
        if count < len(data):
            self.out = data[count:]
            self.swarm.selector.modify(self.socket, selectors.EVENT_READ | selectors.EVENT_WRITE, self)


class Swarm:
    """Many connections in one process, and the times of their calls."""

    def __init__(self, port, keep=None):
        self.port = port
        self.selector = selectors.DefaultSelector()
        self.lines = []
        self.times = {}
        self.errors = {}
        self.lost = 0
        self.keep = keep

    def connect(self, token=None):
        """A new connection, authenticated if there is a token; waits for the answer."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line = Line(self, connection)
        if token:
            connection.sendall(encoded(0, "session.authenticate", {"token": token}))
            answer = b""
            while not answer.endswith(b"\n"):
                received = connection.recv(CHUNK)
                if not received:
                    raise ConnectionError("the server closed the connection")
                answer += received
            if b'"error"' in answer:
                raise ConnectionError(answer.decode())
        connection.setblocking(False)
        self.selector.register(connection, selectors.EVENT_READ, line)
        self.lines.append(line)
        return line

    def pending(self):
        return sum(len(line.sent) for line in self.lines)

    def turn(self, wait):
        """Reads and writes on ready connections; waits at most `wait` seconds for one."""
        for key, mask in self.selector.select(max(0.0, wait)):
            line = key.data
            if mask & selectors.EVENT_WRITE:
                self.flush(line)
            if mask & selectors.EVENT_READ:
                self.read(line)

    def flush(self, line):
        try:
            line.out = line.out[line.socket.send(line.out):]
        except BlockingIOError:
            return
        except OSError:
            return self.drop(line)
        if not line.out:
            self.selector.modify(line.socket, selectors.EVENT_READ, line)

    def read(self, line):
        try:
            data = line.socket.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            return self.drop(line)
        now = time.monotonic()
        *whole, line.rest = (line.rest + data).split(b"\n")
        for text in whole:
            self.take(line, text, now)

    def take(self, line, text, now):
        found = IDENTIFIER.search(text, max(0, len(text) - 32))
        if found is None:
            line.events += 1
            if self.keep:
                self.keep(line, text)
            return
        since, method = line.sent.pop(int(found[1]), (None, None))
        if since is None:
            return
        if text.find(b'"error":{', 0, 80) >= 0:
            error = json.loads(text)["error"]
            code = f"{method} {error['code']}"
            self.errors[code] = self.errors.get(code, 0) + 1
            if self.errors[code] == 1:
                print(f"    the first {code}: {json.dumps(error)[:300]}", file=sys.stderr)
        else:
            self.times.setdefault(method, array.array("d")).append(now - since)
            if self.keep:
                self.keep(line, text)

    def drop(self, line):
        self.lost += 1
        line.sent.clear()
        self.selector.unregister(line.socket)
        line.socket.close()
        self.lines.remove(line)

    def settle(self, patience=30):
        """Waits until every request is answered."""
        deadline = time.monotonic() + patience
        while self.pending() and time.monotonic() < deadline:
            self.turn(0.1)
        return self.pending()

    def play(self, calls, rate, seconds):
        """Sends `rate` calls per second even if the answers do not keep up; `calls(n)` returns (line, method, params)."""
        start = time.monotonic()
        count = int(rate * seconds)
        for number in range(count):
            due = start + number / rate
            while True:
                left = due - time.monotonic()
                self.turn(left)
                if left <= 0:
                    break
            line, method, params = calls(number)
            line.send(method, params, due)
        self.settle()

    def close(self):
        for line in self.lines:
            line.socket.close()
        self.selector.close()


class Closed(Swarm):
    """Clients that send their next call as soon as they have the answer to the last one."""

    calls = None
    end = 0.0

    def take(self, line, text, now):
        super().take(line, text, now)
        if not line.sent and self.calls and time.monotonic() < self.end:
            line.send(*self.calls(line))

    def run(self, calls, seconds):
        self.calls, self.end = calls, time.monotonic() + seconds
        for line in self.lines:
            line.send(*calls(line))
        while time.monotonic() < self.end:
            self.turn(0.1)
        self.settle()


def percentiles(times):
    """Count, mean and the usual percentiles, in milliseconds."""
    ordered = sorted(times)
    if not ordered:
        return {"count": 0}

    def at(part):
        return round(ordered[min(len(ordered) - 1, int(part * len(ordered)))] * 1000, 3)

    return {"count": len(ordered), "mean_ms": round(sum(ordered) / len(ordered) * 1000, 3), "p50_ms": at(0.5),
            "p99_ms": at(0.99), "p99.9_ms": at(0.999), "max_ms": round(ordered[-1] * 1000, 3)}


def resident_megabytes(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def processor_seconds(pid):
    """Processor time so far."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def sync_milliseconds(folder, count=100):
    """The time the disk of a folder needs to store eight kilobytes: a lower bound for every durable answer."""
    times = array.array("d")
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        for _ in range(count):
            file.write(bytes(8192))
            file.flush()
            since = time.monotonic()
            os.fsync(file.fileno())
            times.append(time.monotonic() - since)
    return percentiles(times)


def raise_file_limit():
    """Raises the limit of open files to its maximum; child processes inherit it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def corpus(articles):
    """The folder of a generated corpus of so many articles, created at the first call; None if its generator is absent."""
    peers = pathlib.Path(os.environ.get("FRONTLINE_PEERS", ROOT.parent / "shared" / "peers"))
    generator = peers / "make_corpus.py"
    if not generator.exists():
        return None
    folder = ROOT / ".build" / f"corpus-{articles}"
    if not (folder / "done").exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [sys.executable, str(generator), str(folder), "--articles", str(articles)], check=True, stdout=subprocess.DEVNULL)
        (folder / "done").touch()
    return folder


def report(name, **figures):
    """One JSON line on standard output."""
    print(json.dumps({"run": name, **figures}), flush=True)


def say(text):
    print(text, file=sys.stderr, flush=True)


def crowd(name, holding, chosen, arguments=(), port=lambda server: server.port, seconds=0):
    """Has a process of its own hold `chosen.connections` silent clients of a server, and reports their memory and searches beside them.

    - Parameters:
      - holding: (port, token, count, told, over) connects the clients, puts how many there are into `told`, and after `over` what became
        of them, by name; `lost` is the number of those that the server has closed.
      - port: which port of the server they go to.
      - seconds: for how long they are held before the memory is looked at.
    - Returns: the exit code: 1 if one was refused or lost, or the server uses more than `chosen.bar` megabytes.
    """
    server = Server("--knowledge", ROOT / "knowledge", "--idle-timeout", "0", *arguments)
    try:
        token = server.token("agent")
        empty = resident_megabytes(server.process.pid)
        told, over = multiprocessing.Queue(), multiprocessing.Event()
        worker = multiprocessing.Process(target=holding, args=(port(server), token, chosen.connections, told, over))
        worker.start()
        held = told.get(timeout=300)
        time.sleep(seconds)
        full = resident_megabytes(server.process.pid)
        swarm = Swarm(server.port)
        line = swarm.connect(token)
        swarm.play(lambda _: (line, "knowledge.search", {"query": "parcel is late"}), 50, 5)
        over.set()
        counts = told.get(timeout=60)
        worker.join(30)
        report(name, connections=held, **counts, resident_megabytes={"before": empty, "with_them": full},
               kilobytes_each=round((full - empty) * 1024 / max(1, held), 1), search_beside_them=percentiles(swarm.times["knowledge.search"]))
        swarm.close()
        return 0 if held == chosen.connections and not counts["lost"] and full <= chosen.bar else 1
    finally:
        server.stop(signal.SIGTERM)
        shutil.rmtree(server.folder, ignore_errors=True)
