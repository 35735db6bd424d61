"""The same call over lines, WebSocket and HTTP, on one server in one run: calls per second, and the time of a single call.

usage: doors.py [--seconds N] [--connections N] [--pipeline N] [--method NAME] [--params JSON]

Two figures a door: calls per second with many calls under way on each connection (HTTP answers them one after the other), and the
percentiles of a call that waits for its answer, on as many connections at a time. The client is this process, which shares the
processors with the server: its own part is printed as `client_seconds`.
"""
import argparse
import json
import selectors
import shutil
import signal
import socket
import sys
import time

from harness import ROOT, Server, percentiles, report
from web_client import TEXT, Socket, frame, request, web_port

MARK = b'"jsonrpc":"2.0"'


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


def run(door, server, token, chosen, pipeline):
    """Keeps so many calls under way on every connection; the number of calls, the seconds, and the time of each round."""
    clients = [door(server, token) for _ in range(chosen.connections)]
    call = door.encoded(request(1, chosen.method, **json.loads(chosen.params)), server, token)
    selector = selectors.DefaultSelector()
    began, missing, times, done = {}, {}, [], 0
    for client in clients:
        client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(client.socket, selectors.EVENT_READ)
    start = time.monotonic()

    def send(connection):
        began[connection], missing[connection] = time.monotonic(), pipeline
        connection.sendall(call * pipeline)

    for client in clients:
        send(client.socket)
    rest = {client.socket: b"" for client in clients}
    while (now := time.monotonic()) - start < chosen.seconds:
        for key, _ in selector.select(1):
            connection = key.fileobj
            data = connection.recv(1 << 18)
            if not data:
                raise ConnectionError(f"{door.name}: the server closed the connection")
            # A mark may be cut in two.
            whole = rest[connection] + data
            answers = whole.count(MARK)
            done += answers
            missing[connection] -= answers
            rest[connection] = whole[-len(MARK) + 1:]
            if missing[connection] <= 0:
                times.append(time.monotonic() - began[connection])
                send(connection)
    seconds = now - start
    for client in clients:
        client.socket.close()
    selector.close()
    return done, seconds, times


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--pipeline", type=int, default=32)
    parser.add_argument("--method", default="knowledge.search")
    parser.add_argument("--params", default='{"query": "my parcel is late", "limit": 3}')
    chosen = parser.parse_args()
    server = Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules", "--web", "127.0.0.1:0")
    try:
        token = server.token("agent", subject="anna", team="delivery")
        for door in (Lines, Frames, Posts):
            used = time.process_time()
            run(door, server, token, argparse.Namespace(**{**vars(chosen), "seconds": 0.5}), chosen.pipeline)
            many, seconds, _ = run(door, server, token, chosen, chosen.pipeline)
            _, _, times = run(door, server, token, chosen, 1)
            report(door.name, method=chosen.method, calls_per_second=round(many / seconds), single_call=percentiles(times),
                   client_seconds=round(time.process_time() - used, 1))
        return 0
    finally:
        server.stop(signal.SIGTERM)
        shutil.rmtree(server.folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
