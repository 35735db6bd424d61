"""Attacks that try every door: what one of them refuses must not get in by another."""
import contextlib
import json
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time

from attacks.target import attack, fresh, hold
from frontline_process import Connection, Server, binary, settings
from web_client import Socket, Web, request, web_port


class Line(Connection):
    """Lines over a socket."""

    def tell(self, text):
        """Sends a message and reads the answer."""
        self.send(text.encode() + b"\n")
        return self.receive()

    def sign_in(self, token):
        return self.tell(request(0, "session.authenticate", token=token))


class Encrypted(Line):
    """Lines over TLS."""

    def __init__(self, port, certificate):
        super().__init__(socket.AF_INET, ("127.0.0.1", port))
        self.stream.close()
        self.socket = ssl.create_default_context(cafile=certificate).wrap_socket(self.socket, server_hostname="localhost")
        self.stream = self.socket.makefile("rwb")


class Streams(Line):
    """Lines over the standard streams of a server of its own."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [binary(), "serve", "--stdio", "--data", folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=settings())

    def send(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def receive(self):
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def close(self):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


class Frames(Socket):
    """Frames of WebSocket."""

    def tell(self, text):
        self.say(text)
        return self.message()

    sign_in = Line.sign_in


class Posts(Web):
    """Requests of HTTP."""

    def __init__(self, port):
        super().__init__(port)
        self.token = None

    def tell(self, text):
        return self.post(text, token=self.token).json

    def sign_in(self, token):
        """Each request brings the token; the answer is that to a call with it."""
        self.token = token
        return self.tell(request(0, "server.info"))


@contextlib.contextmanager
def every_door():
    """(name, open, token) of each door by which requests come in: `open()` makes a connection, `token(role)` a token that counts there."""
    folder = tempfile.mkdtemp(prefix="frontline-")
    key, certificate, path = (os.path.join(folder, name) for name in ("key.pem", "certificate.pem", "socket"))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-out", certificate, "-keyout", key], check=True, capture_output=True)
    with Server("--web", "127.0.0.1:0", "--socket", path) as plain, Server("--tls-certificate", certificate, "--tls-key", key) as secret:
        streamed = Server()
        alone = streamed.token("agent", subject="anna")
        streamed.stop()
        yield [
            ("lines", lambda: Line(socket.AF_INET, ("127.0.0.1", plain.port)), plain.token("agent", subject="anna")),
            ("the Unix socket", lambda: Line(socket.AF_UNIX, path), plain.token("agent", subject="anna")),
            ("TLS", lambda: Encrypted(secret.port, certificate), secret.token("agent", subject="anna")),
            ("standard streams", lambda: Streams(streamed.folder), alone),
            ("WebSocket", lambda: Frames(web_port(plain)), plain.token("agent", subject="anna")),
            ("/rpc", lambda: Posts(web_port(plain)), plain.token("agent", subject="anna")),
        ]
        shutil.rmtree(streamed.folder, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def code(answer):
    """The number of the error that was answered; None for anything else."""
    return answer.get("error", {}).get("code") if isinstance(answer, dict) else None


@attack("what one door refuses gets in by another: no token, a wrong one, another role, misspelt, too deep, too many, numbers without end")
def refused_by_all(target):
    deep = "[" * 80 + "]" * 80
    search = '{"jsonrpc":"2.0","id":1,"method":"knowledge.search","params":{"query":"a","limit":%s}}'
    cases = [
        ("another role", request(1, "policy.list"), {1002}), ("no such method", request(1, "no.such"), {-32601}),
        ("an unknown parameter", request(1, "knowledge.search", query="a", limmit=1), {-32602}),
        ("too deep", search % deep, {-32600}), ("no JSON", '{"jsonrpc": "2.0", "id": 1', {-32700}), ("no batch", "[]", {-32600}),
        ("too many in a batch", "[" + ",".join([request(1, "server.info")] * 101) + "]", {-32600}),
        ("another protocol", '{"jsonrpc":"1.0","id":1,"method":"server.info"}', {-32600}),
        ("a number of 200,000 digits", search % ("9" * 200_000), {-32600, -32602, -32700}),
        ("a number with an endless exponent", search % "1e999999999999", {-32600, -32602, -32700}),
    ]
    slowest = 0.0
    with every_door() as doors:
        for name, opened, token in doors:
            with opened() as stranger:
                hold(code(stranger.tell(request(1, "knowledge.list"))) == 1001, f"{name}: a call without a token is answered")
            with opened() as guesser:
                hold(code(guesser.sign_in("fl_" + fresh())) == 1001, f"{name}: a wrong token is taken")
            with opened() as agent:
                hold("result" in agent.sign_in(token), f"{name}: the right token is refused")
                for what, text, codes in cases:
                    start = time.monotonic()
                    answer = agent.tell(text)
                    slowest = max(slowest, time.monotonic() - start)
                    hold(code(answer) in codes, f"{name}: {what} is answered with {str(answer)[:150]}")
                hold("result" in agent.tell(request(2, "server.info")), f"{name}: an honest call is not answered any more")
        hold(slowest < 5, f"one of them took {slowest:.1f} s")
        return f"{len(doors)} doors, {len(cases) + 2} attempts at each"
