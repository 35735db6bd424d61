"""The same call over lines, WebSocket and HTTP, on one server in one run: calls a second, the time of a call, its cost.

usage: doors.py [--seconds N] [--rounds N] [--connections N] [--pipeline N] [--method NAME] [--params JSON] [--json]

Each round goes through the doors in turn, so that whatever else the machine does meets all of them. On every connection either many calls are
under way (`calls/s`; HTTP answers them one after the other), or one, and the next is sent when its answer has come (`p50`, `p99`: as many at a
time as there are connections). The client is this process, which shares the processors with the server and is often the slower one; `server us` is
the processor time of the server for a call with many under way, which it does not touch. Exit 1 if a call was refused.
"""
import argparse
import json
import selectors
import shutil
import signal
import socket
import sys
import time

from harness import ROOT, Server, percentiles, processor_seconds, report
from web_client import TEXT, Socket, frame, request, web_port

MARK, REFUSAL = b'"jsonrpc":"2.0"', b'"error":{'


class Lines:
    """Calls as lines over TCP."""

    name = "lines"

    def __init__(self, server, token):
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=60)
        self.socket.sendall(self.encoded(request(0, "session.authenticate", token=token), server, token))
        answer = self.socket.recv(65536)
        if b"result" not in answer:
            raise ConnectionError(answer)

    @staticmethod
    def encoded(text, server, token):
        return text.encode() + b"\n"


class Frames(Lines):
    """Calls as frames of WebSocket."""

    name = "websocket"

    def __init__(self, server, token):
        opened = Socket(web_port(server), token=token)
        self.socket, self.opened = opened.socket, opened

    @staticmethod
    def encoded(text, server, token):
        return frame(TEXT, text)


class Posts(Lines):
    """Calls as requests of HTTP on a connection that stays open, each with its token."""

    name = "rpc"

    def __init__(self, server, token):
        self.socket = socket.create_connection(("127.0.0.1", web_port(server)), timeout=60)

    @staticmethod
    def encoded(text, server, token):
        return (f"POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:{web_port(server)}\r\nContent-Type: application/json\r\nAuthorization: Bearer {token}\r\n"
                f"Content-Length: {len(text.encode())}\r\n\r\n{text}").encode()


class Refused(Exception):
    """A call was answered with an error: there is nothing to compare."""


class Figures:
    """What was measured at one door."""

    def __init__(self):
        self.calls, self.seconds, self.server_seconds, self.times = 0, 0.0, 0.0, []

    def shown(self, door):
        times = percentiles(self.times)
        return {"door": door.name, "calls_per_second": round(self.calls / self.seconds), "p50_ms": times["p50_ms"], "p99_ms": times["p99_ms"],
                "server_us_per_call": round(self.server_seconds / self.calls * 1e6, 1), "calls": self.calls, "timed": times["count"]}


def run(door, server, token, chosen, pipeline, seconds):
    """Keeps so many calls under way on every connection; the number of answers, the seconds, and the time of each round trip."""
    clients = [door(server, token) for _ in range(chosen.connections)]
    call = door.encoded(request(1, chosen.method, **json.loads(chosen.params)), server, token)
    selector = selectors.DefaultSelector()
    began, missing, times, done = {}, {}, [], 0
    for client in clients:
        client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(client.socket, selectors.EVENT_READ)

    def send(connection):
        began[connection], missing[connection] = time.monotonic(), pipeline
        connection.sendall(call * pipeline)

    rest = {client.socket: b"" for client in clients}
    start = time.monotonic()
    for client in clients:
        send(client.socket)
    while (now := time.monotonic()) - start < seconds:
        for key, _ in selector.select(1):
            connection = key.fileobj
            data = connection.recv(1 << 18)
            if not data:
                raise Refused(f"{door.name}: the server closed the connection")
            # A mark may be cut in two; what is kept is shorter than a mark.
            whole = rest[connection] + data
            if REFUSAL in whole:
                raise Refused(f"{door.name}: {whole[whole.find(REFUSAL):][:200].decode(errors='replace')}")
            answers = whole.count(MARK)
            done += answers
            missing[connection] -= answers
            rest[connection] = whole[-len(MARK) + 1:]
            if missing[connection] <= 0:
                times.append(time.monotonic() - began[connection])
                send(connection)
    took = now - start
    for client in clients:
        client.socket.close()
    selector.close()
    return done, took, times


def measure(server, token, chosen):
    """The figures of each door."""
    doors = {door: Figures() for door in (Lines, Frames, Posts)}
    for door in doors:
        run(door, server, token, chosen, chosen.pipeline, 0.5)
    part = chosen.seconds / chosen.rounds
    for _ in range(chosen.rounds):
        for door, figures in doors.items():
            used = processor_seconds(server.process.pid)
            calls, seconds, _ = run(door, server, token, chosen, chosen.pipeline, part)
            figures.server_seconds += processor_seconds(server.process.pid) - used
            figures.calls += calls
            figures.seconds += seconds
            figures.times += run(door, server, token, chosen, 1, part)[2]
    return [figures.shown(door) for door, figures in doors.items()]


def table(rows, chosen):
    """The figures for people."""
    lines = [f"{chosen.method}, {chosen.connections} connections, {chosen.pipeline} calls under way on each, {chosen.rounds} rounds",
             f"{'door':<10}{'calls/s':>10}{'p50 ms':>10}{'p99 ms':>10}{'server us':>11}"]
    lines += [f"{row['door']:<10}{row['calls_per_second']:>10,}{row['p50_ms']:>10.3f}{row['p99_ms']:>10.3f}{row['server_us_per_call']:>11.1f}" for row in rows]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=6, help="for each figure of a door, over all rounds")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--pipeline", type=int, default=32)
    parser.add_argument("--method", default="knowledge.search")
    parser.add_argument("--params", default='{"query": "my parcel is late", "limit": 3}')
    parser.add_argument("--json", action="store_true", help="a JSON line for each door in place of the table")
    chosen = parser.parse_args()
    server = Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules", "--web", "127.0.0.1:0")
    try:
        rows = measure(server, server.token("agent", subject="anna", team="delivery"), chosen)
        if chosen.json:
            for row in rows:
                report("doors", method=chosen.method, connections=chosen.connections, pipeline=chosen.pipeline, **row)
        else:
            print(table(rows, chosen))
        return 0
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    finally:
        server.stop(signal.SIGTERM)
        shutil.rmtree(server.folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
