"""A client that goes on over lost connections and dead nodes, and notes what it was told."""
import json
import select
import socket
import time

# How long an answer may take before the client tries elsewhere.
PATIENCE = 6
UNAVAILABLE, BUSY, RATE_LIMITED, INTERNAL, UNAUTHENTICATED = 1007, 1006, 1005, -32603, 1001


class Refused(Exception):
    """An answer that is an error."""

    def __init__(self, error):
        super().__init__(json.dumps(error))
        self.code = error["code"]
        details = (error.get("data") or {}).get("details")
        self.outcome = details.get("outcome") if isinstance(details, dict) else None


class Line:
    """One connection that is signed in."""

    def __init__(self, port, token, patience=PATIENCE):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=patience)
        self.socket.settimeout(patience)
        self.stream = self.socket.makefile("rb")
        self.number, self.notices = 0, []
        try:
            self.call("session.authenticate", token=token)
            self.node = self.call("server.info").get("node", "")
        except BaseException:
            self.close()
            raise

    def call(self, method, **params):
        """The result.

        - Raises: Refused; OSError when the connection is lost or silent.
        """
        self.number += 1
        line = {"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}
        self.socket.sendall(json.dumps(line).encode() + b"\n")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise Refused(answer["error"])
                return answer["result"]
            self.notices.append(answer)

    def receive(self):
        """The next message."""
        line = self.stream.readline()
        if not line.endswith(b"\n"):
            raise ConnectionError("the server closed the connection")
        return json.loads(line)

    @property
    def is_ended(self):
        """Whether the other end has closed it, as a node does that is being restarted: nothing that is sent now is answered."""
        readable, _, _ = select.select([self.socket], [], [], 0)
        if not readable:
            return False
        try:
            return not self.socket.recv(1, socket.MSG_PEEK)
        except OSError:
            return True

    def close(self):
        self.stream.close()
        self.socket.close()


class Desk:
    """One client: at most one call at a time, over as many connections as it takes."""

    def __init__(self, name, port, token, history):
        """`port` is where it connects each time."""
        self.name, self.port, self.token, self.history = name, port, token, history
        self.line, self.refusals = None, 0
        # What is still unknown when the run is over is asked for until then.
        self.deadline = float("inf")

    def connected(self):
        """The connection, a new one if needed.

        - Raises: OSError, Refused.
        """
        if self.line is not None and self.line.is_ended:
            self.drop()
        if self.line is None:
            self.line = Line(self.port, self.token)
        return self.line

    def drop(self):
        if self.line:
            self.line.close()
        self.line = None

    def perform(self, op, what, method, shown, kept=lambda result: {}, **params):
        """Makes a call that may be repeated, until its outcome is known.

        - Parameter shown: what the checker needs to know about the call.
        - Parameter kept: what the checker needs to know of the result.
        - Returns: the result; None if it failed or stayed unknown.
        """
        pause = 0.05
        while time.monotonic() < self.deadline:
            try:
                line = self.connected()
            except (OSError, Refused, ValueError):
                self.drop()
                time.sleep(pause)
                pause = min(0.5, 2 * pause)
                continue
            self.history.note(self.name, "invoke", op=op, what=what, input=shown, node=line.node)
            try:
                result = line.call(method, **params)
            except Refused as error:
                if error.code == UNAVAILABLE and error.outcome == "unknown":
                    self.history.note(self.name, "unknown", op=op, reason="told")
                elif error.code == INTERNAL:
                    # A fault of the program; what has happened is not known.
                    self.history.note(self.name, "unknown", op=op, reason=str(error))
                    return None
                else:
                    self.history.note(self.name, "fail", op=op, code=error.code, node=line.node)
                    if error.code not in (UNAVAILABLE, BUSY, RATE_LIMITED):
                        return None
                # Perhaps the balancer knows a node that is better off.
                self.refusals += 1
                if self.refusals % 3 == 0:
                    self.drop()
            except (OSError, ValueError) as error:
                self.history.note(self.name, "unknown", op=op, reason=type(error).__name__)
                self.drop()
            else:
                self.refusals = 0
                self.history.note(self.name, "ok", op=op, result=kept(result), node=line.node)
                return result
            time.sleep(pause)
            pause = min(0.5, 2 * pause)
        return None
