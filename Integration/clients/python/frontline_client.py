"""A client of Frontline in one file that needs only Python's standard library (3.9 or later), and for WebSocket the package websockets.

    from frontline_client import Client

    with Client("127.0.0.1:7411", token=TOKEN) as desk:
        for hit in desk.call("knowledge.search", query="my parcel is late", limit=3)["hits"]:
            print(hit["title"])

Threads may share a client. It has one connection, which it opens at the first call and again after it was lost.
Names and meanings of methods, parameters and results are those of the protocol: `call("rpc.discover")` lists them.
"""
import concurrent.futures
import itertools
import json
import queue
import random
import socket
import ssl
import threading
import time

_PROTOCOL = "jsonrpc.frontline.v1"
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
_QUEUED_EVENTS = 10_000
_LOST, _END = object(), object()


class FrontlineError(Exception):
    """The error that the server returned instead of a result.

    `code` is the number and `name` its name, such as `not_found`. If the server sends them, `path` is the
    invalid parameter, `expected` the expected value, `retry_after` the seconds to wait, `details` everything else.
    """

    def __init__(self, error):
        data = error.get("data") or {}
        super().__init__(error.get("message", ""))
        self.code = error["code"]
        self.name = data.get("code", "")
        self.message = error.get("message", "")
        self.data = data
        self.path = data.get("path")
        self.expected = data.get("expected")
        self.retry_after = data["retry_after_ms"] / 1000 if "retry_after_ms" in data else None
        self.details = data.get("details")

    def __str__(self):
        parts = [f"{self.name or self.code}: {self.message}"]
        parts += [f"at {self.path}"] if self.path else []
        parts += [f"expected {self.expected}"] if self.expected else []
        return "; ".join(parts)


class InvalidParams(FrontlineError):
    """A parameter is missing, unknown or of the wrong kind."""


class Unauthenticated(FrontlineError):
    """The token is missing, wrong, expired or revoked."""


class Forbidden(FrontlineError):
    """The caller may not call this."""


class NotFound(FrontlineError):
    """It does not exist, or the caller may not see it."""


class Conflict(FrontlineError):
    """The state has changed, or the same key was used for something else."""


class RateLimited(FrontlineError):
    """Too many requests; wait `retry_after` seconds."""


class Busy(FrontlineError):
    """The server is overloaded; wait `retry_after` seconds."""


class Unavailable(FrontlineError):
    """The server cannot do this now."""


class ConnectionLost(ConnectionError):
    """The connection ended before the answer arrived: it is unknown whether the call was carried out.

    Some calls are safe to repeat: calls that only read, and calls with an id or key of your own (`turn_id`,
    `idempotency_key`, `conversation_id`, `session_id`), which the server carries out once.
    """


_ERRORS = {
    -32602: InvalidParams, 1001: Unauthenticated, 1002: Forbidden, 1003: NotFound,
    1004: Conflict, 1005: RateLimited, 1006: Busy, 1007: Unavailable,
}


class Client:
    """One caller's connection to a server.

    `address` is `HOST:PORT`, `[IPv6]:PORT` or `unix:PATH`, or for WebSocket `ws://HOST:PORT/ws` or `wss://HOST/ws`, which needs the
    package websockets. `token` authenticates the caller and is no part of an address; `client` names your program in the server's log.
    `tls` enables TLS for lines; it is verified, as that of `wss`, with the system's authorities or those in the file `ca`.
    `timeout` is the number of seconds a call waits for its connection and its answer.
    """

    def __init__(self, address, token=None, *, client=None, tls=False, ca=None, timeout=30.0):
        self.address, self.timeout = address, timeout
        self._token, self._name = token, client
        is_web = address.startswith(("ws://", "wss://"))
        if is_web and (tls or "?" in address or "@" in address):
            raise ValueError("an address of WebSocket begins with wss:// for TLS, and has neither token nor parameters")
        self._open = _Frames if is_web else _Lines
        self._tls = ssl.create_default_context(cafile=ca) if tls or ca or address.startswith("wss://") else None
        self._wire = None
        self._lock = threading.Lock()
        self._is_closed = False
        self._subscriptions = set()

    def call(self, method, /, **params):
        """Calls a method and waits for its result; parameters that are `None` are left out.

        Raises `FrontlineError` or one of its subclasses, `ConnectionLost`, or `TimeoutError`. Pass a parameter with the
        name of a Python keyword as `call("report.summary", **{"from": start, "to": end})`.
        """
        return self._wait(self.send(method, **params))

    def send(self, method, /, **params):
        """Calls a method without waiting: a `concurrent.futures.Future` of the result.

        Many calls may be in progress at once; their answers arrive in any order, except that calls about one conversation,
        script session or resolution are handled in the order sent.
        """
        return self._connected().send(method, params)

    def subscribe(self, method, /, after=None, **params):
        """Subscribes with `alerts.subscribe` or `conversation.subscribe`: a `Subscription` to iterate over."""
        subscription = Subscription(self, method, after, params)
        subscription._subscribe()
        self._subscriptions.add(subscription)
        return subscription

    def close(self):
        """Ends the connection and every iteration over its subscriptions; calls in progress raise `ConnectionLost`."""
        with self._lock:
            self._is_closed = True
            wire, self._wire = self._wire, None
        for subscription in list(self._subscriptions):
            subscription.close()
        if wire:
            wire.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _wait(self, future):
        try:
            return future.result(self.timeout)
        except concurrent.futures.TimeoutError:
            raise TimeoutError(f"no answer within {self.timeout} seconds") from None

    def _connected(self):
        """The current connection, or a new, authenticated one."""
        with self._lock:
            if self._is_closed:
                raise ConnectionLost("the client was closed")
            if self._wire is None or self._wire.is_lost:
                wire = _Wire(self._open(self.address, self._tls, self.timeout))
                try:
                    if self._token:
                        named = {"client": self._name} if self._name else {}
                        self._wait(wire.send("session.authenticate", {"token": self._token, **named}))
                except BaseException:
                    wire.close()
                    raise
                self._wire = wire
            return self._wire


class Subscription:
    """The events of a subscription, one dictionary each, in order and without gaps; iterate over it.

    `cursor` is that of the last event read (or of a heartbeat after it): keep it, and pass it as `after` to continue
    in another run. When the connection is lost, or the server drops a subscriber that is too slow, the iteration
    subscribes again from that cursor, with growing pauses between attempts.
    """

    def __init__(self, client, method, after, params):
        self.cursor = after
        self._client, self._method, self._params = client, method, params
        self._family = method.rpartition(".")[0]
        self._queue = queue.SimpleQueue()
        self._wire = self._id = None
        self._is_closed = False

    def __iter__(self):
        return self

    def __next__(self):
        return self.next()

    def next(self, timeout=None):
        """The next event; with a timeout, `TimeoutError` if none arrives within so many seconds."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while not self._is_closed:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            try:
                item = self._queue.get(timeout=left)
            except queue.Empty:
                raise TimeoutError(f"no event within {timeout} seconds") from None
            if item is _LOST:
                self._resume()
            elif item is not _END:
                kind, params = item
                self.cursor = params.get("cursor", self.cursor)
                if kind == "event":
                    return params
                if kind == "lagging":
                    self._resume()
        raise StopIteration

    def close(self):
        """Ends the subscription and the iteration over it."""
        self._is_closed = True
        self._client._subscriptions.discard(self)
        self._cancel()
        self._queue.put(_END)

    def _resume(self):
        """Subscribes again from the cursor until it succeeds; an error of the server other than busy is final."""
        pause = _FIRST_PAUSE
        while not self._is_closed:
            try:
                self._cancel()
                return self._subscribe()
            except (Busy, RateLimited, Unavailable, OSError) as error:
                wait = getattr(error, "retry_after", None) or pause * random.uniform(0.5, 1.0)
                time.sleep(wait)
                pause = min(pause * 2, _LONGEST_PAUSE)

    def _subscribe(self):
        after = {} if self.cursor is None else {"after": self.cursor}
        wire = self._client._connected()
        answer = self._client._wait(wire.send(self._method, {**self._params, **after}, subscription=self))
        if self.cursor is None:
            self.cursor = answer["cursor"]

    def _cancel(self):
        wire, identifier = self._wire, self._id
        self._wire = self._id = None
        if wire and identifier and not wire.is_lost:
            wire.routes.pop((self._family, identifier), None)
            try:
                wire.send(f"{self._family}.unsubscribe", {"subscription_id": identifier})
            except OSError:
                pass

    def _attach(self, wire, identifier):
        """Called by the reading thread when the server has accepted the subscription, before it reads the first event."""
        self._wire, self._id = wire, identifier
        wire.routes[self._family, identifier] = self

    def _deliver(self, identifier, kind, params):
        if identifier != self._id:
            return
        if self._queue.qsize() >= _QUEUED_EVENTS:
            # The events are not being read: queued ones stay, the rest are requested again from there.
            self._lose(identifier)
        else:
            self._queue.put((kind, params))

    def _lose(self, identifier):
        if identifier == self._id:
            self._id = None
            self._queue.put(_LOST)


class _Wire:
    """One connection: matches answers by id, and passes events on."""

    def __init__(self, messages):
        self.messages = messages
        self.is_lost = False
        self.routes = {}
        self._pending = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        threading.Thread(target=self._read, daemon=True, name="frontline").start()

    def send(self, method, params, subscription=None):
        request = {"jsonrpc": "2.0", "method": method, "params": {k: v for k, v in params.items() if v is not None}}
        future = concurrent.futures.Future()
        if subscription:
            future.add_done_callback(lambda done: done.exception() or subscription._attach(self, done.result()["subscription_id"]))
        with self._lock:
            if self.is_lost:
                raise ConnectionLost("the connection was lost")
            request["id"] = next(self._numbers)
            self._pending[request["id"]] = future
            try:
                self.messages.send(json.dumps(request, separators=(",", ":")))
            except OSError as error:
                self._pending.pop(request["id"], None)
                self.close()
                raise ConnectionLost(str(error)) from error
        return future

    def close(self):
        self.is_lost = True
        self.messages.end()

    def _read(self):
        try:
            for message in self.messages:
                self._take(json.loads(message))
        except (OSError, ValueError):
            pass
        with self._lock:
            self.is_lost = True
            pending, self._pending = self._pending, {}
        self.messages.close()
        for future in pending.values():
            future.set_exception(ConnectionLost("the connection ended before the answer came"))
        for (_, identifier), subscription in list(self.routes.items()):
            subscription._lose(identifier)

    def _take(self, message):
        if "method" in message:
            params = message.get("params", {})
            identifier = params.get("subscription_id")
            family, _, kind = message["method"].rpartition(".")
            subscription = self.routes.get((family, identifier))
            if subscription:
                subscription._deliver(identifier, kind, params)
            return
        with self._lock:
            future = self._pending.pop(message.get("id"), None)
        if future is None:
            return
        error = message.get("error")
        if error:
            future.set_exception(_ERRORS.get(error["code"], FrontlineError)(error))
        else:
            future.set_result(message["result"])


class _Lines:
    """Messages as lines over a socket that reads without a timeout, with keep-alive to detect a lost peer."""

    def __init__(self, address, tls, timeout):
        if address.startswith("unix:"):
            self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.socket.settimeout(timeout)
            self.socket.connect(address[len("unix:"):])
        else:
            host, _, port = address.rpartition(":")
            host = host.strip("[]")
            self.socket = socket.create_connection((host, int(port)), timeout=timeout)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            if tls:
                self.socket = tls.wrap_socket(self.socket, server_hostname=host)
        self.socket.settimeout(None)

    def send(self, text):
        self.socket.sendall(text.encode() + b"\n")

    def __iter__(self):
        with self.socket.makefile("rb") as stream:
            yield from stream

    def end(self):
        """Ends the connection, and with it the iteration in another thread."""
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def close(self):
        self.socket.close()


class _Frames:
    """Messages as text frames of WebSocket. The library answers the server's pings, and asks by its own whether the server is there."""

    def __init__(self, address, tls, timeout):
        try:
            from websockets import exceptions
            from websockets.sync.client import connect
        except ImportError:
            raise ImportError("WebSocket needs the package websockets: pip install websockets") from None
        self._errors = exceptions
        try:
            # Answers have no limit over lines either.
            self.connection = connect(
                address, subprotocols=[_PROTOCOL], ssl=tls, compression=None, open_timeout=timeout, close_timeout=2, max_size=None)
        except exceptions.InvalidHandshake as error:
            raise ConnectionLost(f"the server opens no WebSocket: {error}") from error

    def send(self, text):
        try:
            self.connection.send(text)
        except self._errors.ConnectionClosed as error:
            raise ConnectionLost(str(error)) from error

    def __iter__(self):
        try:
            yield from self.connection
        except self._errors.ConnectionClosed:
            return

    def end(self):
        """Ends the connection, and with it the iteration in another thread."""
        self.connection.close()

    close = end
