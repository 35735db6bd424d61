"""The target of attacks: a server with the samples, tokens of several people, and the report of a successful attack."""
import dataclasses
import sys
import typing
import uuid

from frontline_process import ROOT, RPCError, Server
from web_client import web_port

ATTACKS = []


@dataclasses.dataclass
class Attack:
    module: str
    title: str
    run: typing.Callable


def attack(title):
    """Marks a function as an attack. Its return value, if any, is a measurement that is printed after its line."""
    def mark(function):
        ATTACKS.append(Attack(function.__module__.rsplit(".", 1)[-1], title, function))
        return function
    return mark


class Breached(AssertionError):
    """The attack succeeded."""


def hold(condition, what):
    """The defence holds if `condition` is true; otherwise `what` says what the attacker achieved."""
    if not condition:
        raise Breached(what)


def refused(call, *codes):
    """Expects that the call is answered with an error (with one of `codes`, if any are given), and returns it."""
    try:
        result = call()
    except RPCError as error:
        hold(not codes or error.code in codes, f"refused with {error}, not with one of {codes}")
        return error
    raise Breached(f"answered: {str(result)[:200]}")


def fresh(prefix="id"):
    """An id that no attack has used."""
    return f"{prefix}-{uuid.uuid4().hex[:12]}"


class Target:
    """One server with the samples that attacks share, started at its first use.

    An attack that needs other options, damages the store or exhausts a resource starts its own `Server`.
    """

    def __init__(self):
        self._server = None

    @property
    def server(self):
        if self._server is None or self._server.process.poll() is not None:
            if self._server is not None:
                print("the shared server has ended: " + "".join(self._server.log[-5:]), file=sys.stderr)
            self._server = Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules", "--web", "127.0.0.1:0")
        return self._server

    @property
    def web(self):
        """The port of the shared server's web server."""
        return web_port(self.server)

    def connect(self, *roles, **attributes):
        """A connection to the shared server, authenticated if roles are given; attributes may include `subject`."""
        return self.server.connect(*roles, **attributes)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._server is not None:
            self._server.__exit__()
