"""HTTP and WebSocket byte by byte, for tests and attacks that send what no well-behaved client does. Standard library only."""
import base64
import json
import os
import socket
import struct

from frontline_process import RPCError, Wire

PROTOCOL = "jsonrpc.frontline.v1"
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


def web_port(server):
    """The port of the web server that a `Server` was started with (`--web 127.0.0.1:0`)."""
    row = next(row for row in server.log if "serving the web" in row)
    return int(row.split("address=127.0.0.1:")[1].split()[0])


def request(number, method, **params):
    """A call as text."""
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params})


class Response:
    """A response of HTTP: `status`, `headers` in lower case, `body`."""

    def __init__(self, stream, has_body=True):
        start = stream.readline()
        if not start:
            raise ConnectionError("the server closed the connection")
        self.status = int(start.split()[1])
        self.headers = {}
        while (line := stream.readline().strip()):
            name, value = line.split(b":", 1)
            self.headers[name.decode().lower()] = value.decode().strip()
        self.body = stream.read(int(self.headers.get("content-length", 0))) if has_body else b""

    @property
    def json(self):
        return json.loads(self.body)


class Web(Wire):
    """A connection to the web server."""

    def __init__(self, port, source=None, timeout=10):
        self.port = port
        self.socket = socket.create_connection(("127.0.0.1", port), timeout, source_address=source and (source, 0))
        self.stream = self.socket.makefile("rb")

    def send(self, data):
        self.socket.sendall(data)

    def ask(self, method, path, body=b"", head=(), host=None, **headers):
        """Sends a request and reads the response; `head` holds more header lines as (name, value)."""
        body = body.encode() if isinstance(body, str) else body
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{self.port}'}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in [*headers.items(), *head]]
        if body or method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        self.send("\r\n".join([*lines, "", ""]).encode() + body)
        return Response(self.stream, has_body=method != "HEAD")

    def post(self, body, token=None, **headers):
        """Posts a call or batch to /rpc."""
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self.ask("POST", "/rpc", body, Content_Type="application/json", **headers)

    def is_closed(self):
        """Whether the server has closed and sent nothing more."""
        try:
            return self.stream.read(1) == b""
        except ConnectionError:
            return True


def handshake(port, path="/ws", origin=None, host=None, protocol=PROTOCOL, extensions=None, cookie=None, token=None):
    """The request that opens WebSocket."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}", "Upgrade: websocket", "Connection: Upgrade",
             "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}"]
    lines += [f"{name}: {value}" for name, value in (
        ("Sec-WebSocket-Protocol", protocol), ("Origin", origin), ("Sec-WebSocket-Extensions", extensions),
        ("Cookie", cookie), ("Authorization", token and f"Bearer {token}")) if value]
    return "\r\n".join([*lines, "", ""]).encode()


def frame(kind, payload=b"", final=True, first=0, mask=True):
    """A frame as a client sends it; `first` holds further bits of its first byte."""
    payload = payload.encode() if isinstance(payload, str) else payload
    head = bytes([(0x80 if final else 0) | first | kind])
    bit = 0x80 if mask else 0
    if len(payload) < 126:
        head += bytes([bit | len(payload)])
    elif len(payload) < 1 << 16:
        head += bytes([bit | 126]) + struct.pack(">H", len(payload))
    else:
        head += bytes([bit | 127]) + struct.pack(">Q", len(payload))
    if not mask:
        return head + payload
    key = os.urandom(4)
    whole = (key * (len(payload) // 4 + 1))[:len(payload)]
    masked = (int.from_bytes(payload, "big") ^ int.from_bytes(whole, "big")).to_bytes(len(payload), "big") if payload else b""
    return head + key + masked


class Socket(Web):
    """A connection that has opened WebSocket."""

    def __init__(self, port, token=None, source=None, timeout=10, **options):
        super().__init__(port, source, timeout)
        self.send(handshake(port, **options))
        self.opening = Response(self.stream)
        if self.opening.status != 101:
            raise ConnectionError(f"refused with {self.opening.status}: {self.opening.body[:200]!r}")
        self.number = 0
        if token:
            self.call("session.authenticate", token=token)

    def say(self, text):
        self.send(frame(TEXT, text))

    def hear(self):
        """The next frame as (kind, payload); None at the end."""
        start = self.stream.read(2)
        if len(start) < 2:
            return None
        length = start[1]
        if length == 126:
            length, = struct.unpack(">H", self.stream.read(2))
        elif length == 127:
            length, = struct.unpack(">Q", self.stream.read(8))
        return start[0] & 15, self.stream.read(length)

    def message(self):
        """The next message; pings are answered, and the end is an error."""
        while (heard := self.hear()) is not None:
            kind, payload = heard
            if kind == TEXT:
                return json.loads(payload)
            if kind == PING:
                self.send(frame(PONG, payload))
            if kind == CLOSE:
                raise ConnectionError(f"closed with {self.code(payload)}")
        raise ConnectionError("the server closed the connection")

    @staticmethod
    def code(payload):
        return struct.unpack(">H", payload[:2])[0] if len(payload) > 1 else None

    def end(self):
        """Reads until the server ends the connection; the code of its close frame, None without one."""
        code = None
        try:
            while (heard := self.hear()) is not None:
                if heard[0] == CLOSE:
                    code = self.code(heard[1])
        except ConnectionError:
            pass
        return code

    def call(self, method, **params):
        """The result; raises with the error as received."""
        self.number += 1
        self.say(request(self.number, method, **params))
        while (answer := self.message()).get("id") != self.number:
            pass
        if "error" in answer:
            raise RPCError(answer["error"])
        return answer["result"]
