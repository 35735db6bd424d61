"""Runs the exchanges printed in docs/ against a server, so that the pages stay correct.

In a block that begins with ```text NAME, what follows `→` is sent by NAME (signed in beforehand, unless its first call does so) and what follows `←` is received; both may
be wrapped over several lines. In a block ```web NAME both are messages of WebSocket, in ```unix NAME lines over a Unix socket, in ```tls NAME
lines over TLS to a server of its own, which knows no token, in ```mcp NAME those of `frontline mcp`. An answer in a page may leave out members and elements of lists, but what it shows
must be received, in this order: the same members, the same kinds of values, and the same values except for those that differ from run to run
(ids, cursors, times, scores). In later requests, an id on the page stands for the id that was received.
`$NAME` is the token of NAME, `$YESTERDAY`, `$NOW` and `$TOMORROW` are times, `$FILE:path` is the text of a file of the tree. A block ```sh NAME is run by bash, to check the output of the command line;
the web server of the pages, 127.0.0.1:7412, stands for the one that is tested.
"""
import json
import os
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import unittest

from frontline_process import ROOT, Connection, Server, binary, settings
from web_client import Socket, web_port

WHO = {
    "desk": ("anna", ["agent"], {"tier": "1", "team": "delivery", "site": "leipzig"}),
    "supervisor": ("sofia", ["supervisor"], {"tier": "2", "team": "delivery"}),
    "transcriber": ("ears", ["integration"], {}),
    "keeper": ("karl", ["knowledge_manager"], {}),
    "operations": ("olga", ["operations"], {}),
    "auditor": ("otto", ["auditor"], {}),
    "admin": ("root", ["admin"], {}),
    "leaver": ("lena", ["agent"], {"tier": "1", "team": "delivery"}),
}
DIFFERENT = re.compile(
    r"(query|alert|resolution|session|action|subscription|issue|conversation|record)_id|alerts|took_ms|score|weight|cursor|next_cursor|now|trend|lowest"
    r"|at|since|detail|[a-z]+_at|[a-z]+_until|sha256|snippet|[a-z0-9_]*seconds|megabytes_per_second|head|hash|token_id|resolution|version|entries|summary|response|done|late_in|node|epoch")
PATIENCE = 10


def exchanges(text):
    """What the blocks of a page send and receive: (name, arrow, text) in order."""
    for match in re.finditer(r"^```(text|web|unix|tls|mcp|sh) (\w+)\n(.*?)^```$", text, re.S | re.M):
        kind, name, body = match.groups()
        if kind == "sh":
            yield name, "$", body
            continue
        for part in re.split(r"^(?=[→←])", body, flags=re.M):
            if part.strip():
                yield name if kind == "text" else f"{kind} {name}", part[0], part[1:]


class Page:
    """A connection of WebSocket, used as a line is."""

    def __init__(self, server):
        self.page = Socket(web_port(server))
        self.socket = self.page.socket
        self.call = self.page.call
        self.receive = self.page.message
        self.close = self.page.close

    def send(self, data):
        self.page.say(data.decode().strip())


class Secured(Connection):
    """A line over TLS to a server that is started for it, whose certificate is checked."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="frontline-")
        certificate, key = os.path.join(self.folder, "certificate.pem"), os.path.join(self.folder, "key.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost", "-out", certificate, "-keyout", key], check=True, capture_output=True)
        self.server = Server("--tls-certificate", certificate, "--tls-key", key)
        super().__init__(socket.AF_INET, ("127.0.0.1", self.server.port))
        self.stream.close()
        self.socket = ssl.create_default_context(cafile=certificate).wrap_socket(self.socket, server_hostname="localhost")
        self.stream = self.socket.makefile("rwb")

    def close(self):
        super().close()
        self.server.stop()
        shutil.rmtree(self.folder)


class Assistant:
    """The process `frontline mcp` of a subject, used as a line is."""

    def __init__(self, server, token):
        self.socket = self
        self.process = subprocess.Popen(
            [binary(), "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=settings(FRONTLINE_CONNECT=f"127.0.0.1:{server.port}", FRONTLINE_TOKEN=token))

    def settimeout(self, seconds):
        """A process that hangs is found by whoever runs the tests."""

    def send(self, data):
        self.process.stdin.write(data.decode())
        self.process.stdin.flush()

    def receive(self):
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def close(self):
        self.process.stdin.close()
        assert self.process.wait(30) == 0
        self.process.stdout.close()


class Reader:
    """Plays a page against a server."""

    def __init__(self, server):
        self.server = server
        self.connections = {}
        self.waiting = {}
        self.known = {f"${who.upper()}": server.token(*roles, subject=subject, **attributes)
                      for who, (subject, roles, attributes) in WHO.items()}
        for name, hours in (("$YESTERDAY", -24), ("$NOW", 0), ("$TOMORROW", 24)):
            self.known[name] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + hours * 3600))
        if "--web" in server.arguments:
            self.known["127.0.0.1:7412"] = f"127.0.0.1:{web_port(server)}"

    def close(self):
        for connection in self.connections.values():
            connection.close()

    def send(self, who, text):
        message = self.replaced(json.loads(text))
        if who not in self.connections:
            self.connections[who] = self.connection(who)
            self.connections[who].socket.settimeout(PATIENCE)
            if who in WHO and message["method"] != "session.authenticate":
                self.connections[who].call("session.authenticate", token=self.known[f"${who.upper()}"])
        self.connections[who].send(json.dumps(message).encode() + b"\n")

    def connection(self, who):
        kind, _, name = who.rpartition(" ")
        if kind == "mcp":
            return Assistant(self.server, self.known[f"${name.upper()}"])
        if kind == "unix":
            return Connection(socket.AF_UNIX, self.server.arguments[self.server.arguments.index("--socket") + 1])
        if kind == "tls":
            return Secured()
        return Page(self.server) if kind == "web" else self.server.connect()

    def replaced(self, value):
        """The value with the ids of the page replaced by those received."""
        if isinstance(value, dict):
            return {key: self.replaced(member) for key, member in value.items()}
        if isinstance(value, list):
            return [self.replaced(member) for member in value]
        if not isinstance(value, str):
            return value
        if value.startswith("$FILE:"):
            return (ROOT / value.removeprefix("$FILE:")).read_text(encoding="utf-8")
        return self.known.get(value, value)

    def expect(self, who, text):
        """Reads lines until the one that the page shows; others are kept for later."""
        shown = json.loads(text)
        waiting = self.waiting.setdefault(who, [])
        while True:
            for index, message in enumerate(waiting):
                if self.answers(shown, message):
                    del waiting[index]
                    self.compare(shown, message, "")
                    return
            message = self.connections[who].receive()
            if message is None:
                raise AssertionError("the server closed the connection")
            waiting.append(message)

    def answers(self, shown, message):
        if isinstance(shown, list) or isinstance(message, list):
            return isinstance(shown, list) and isinstance(message, list)
        if "id" in shown or "id" in message:
            return shown.get("id") == message.get("id")
        same = [shown["params"].get(key) == message["params"].get(key) for key in ("event",)]
        return shown["method"] == message["method"] and all(same)

    def compare(self, shown, came, path):
        if isinstance(shown, dict) and isinstance(came, dict):
            for key, value in shown.items():
                if key not in came:
                    raise AssertionError(f"{path}.{key} was not received; there are {sorted(came)} {came.get('error', '')}")
                self.compare(value, came[key], f"{path}.{key}")
        elif isinstance(shown, list) and isinstance(came, list):
            if len(came) < len(shown) or (came and not shown):
                raise AssertionError(f"{path} has {len(came)} elements, the page shows {len(shown)}: {came}")
            self.compare_list(shown, came, path)
        elif DIFFERENT.fullmatch(self.leaf(path)) and self.kind(shown) == self.kind(came):
            if self.leaf(path) == "conversation_id" and self.known.get(shown, came) != came:
                raise AssertionError(f"{path} is {came!r}, another conversation than before")
            if isinstance(shown, str):
                self.known[shown] = came
        elif self.replaced(shown) != came:
            raise AssertionError(f"{path} is {came!r}, the page shows {shown!r}")

    def compare_list(self, shown, came, path):
        """The shown elements are received in this order, possibly with others between them."""
        rest = list(enumerate(came))
        for value in shown:
            failure = AssertionError(f"{path} lacks {value!r} in {came!r}")
            while rest:
                index, element = rest.pop(0)
                known = dict(self.known)
                try:
                    self.compare(value, element, f"{path}[{index}]")
                    break
                except AssertionError as error:
                    self.known = known
                    failure = error
            else:
                raise failure

    @staticmethod
    def leaf(path):
        return path.rpartition(".")[2].split("[")[0]

    @staticmethod
    def kind(value):
        return float if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value)

    def shell(self, who, text):
        """Runs the lines that begin with `$ ` and compares their output with the lines after them; `…` matches anything."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("FRONTLINE_")}
        environment.update(
            PATH=f"{self.folder}:{os.environ['PATH']}", FRONTLINE_CONNECT=f"127.0.0.1:{self.server.port}",
            FRONTLINE_TOKEN=self.known.get(f"${who.upper()}", ""))
        for block in re.split(r"^\$ ", text, flags=re.M)[1:]:
            command, _, shown = block.partition("\n")
            while command.endswith("\\"):
                more, _, shown = shown.partition("\n")
                command = command[:-1] + more
            for old, new in self.known.items():
                command = command.replace(old, new)
            done = subprocess.run(["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
            pattern = re.escape(shown.strip()).replace("…", ".*")
            if shown.strip() and not re.fullmatch(pattern, done.stdout.strip(), re.S):
                raise AssertionError(f"{command} printed\n{done.stdout}{done.stderr}")
            if done.returncode != 0:
                raise AssertionError(f"{command} exited with {done.returncode}: {done.stderr}")

    def play(self, text):
        self.folder = tempfile.mkdtemp(prefix="frontline-")
        os.symlink(binary(), os.path.join(self.folder, "frontline"))
        try:
            for who, arrow, body in exchanges(text):
                try:
                    {"→": self.send, "←": self.expect, "$": self.shell}[arrow](who, body)
                except (AssertionError, OSError, ValueError, KeyError) as error:
                    waiting = "\n".join(json.dumps(message) for message in self.waiting.get(who, []))
                    raise AssertionError(f"{who} {arrow} {body.strip()}\n{error!r}\n{waiting}") from error
        finally:
            shutil.rmtree(self.folder)


class Documents(unittest.TestCase):
    def test_every_exchange_on_the_pages_takes_place(self):
        pages = [page for page in sorted((ROOT / "docs").glob("*.md")) if list(exchanges(page.read_text(encoding="utf-8")))]
        self.assertTrue(pages)
        for page in pages:
            path = tempfile.mktemp(prefix="frontline-", suffix=".sock")
            with self.subTest(page.name), Server(
                    "--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules", "--web", "127.0.0.1:0", "--socket", path) as server:
                reader = Reader(server)
                try:
                    reader.play(page.read_text(encoding="utf-8"))
                finally:
                    reader.close()
                    server.stop()

    def test_links_lead_somewhere(self):
        pages = [*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md"), *(ROOT / "Integration").rglob("*.md")]
        for page in pages:
            for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
                if "://" not in target:
                    self.assertTrue((page.parent / target).exists(), f"{page.name}: {target}")


if __name__ == "__main__":
    unittest.main()
