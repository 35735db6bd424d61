"""The history of a run as operations, subscriptions and faults."""
import collections
import json

Violation = collections.namedtuple("Violation", "rule text at")
Event = collections.namedtuple("Event", "at cursor event alert")
Fault = collections.namedtuple("Fault", "name begin end nodes")

NEVER = float("inf")


class Operation:
    """Everything that was attempted under one name."""

    def __init__(self, name, what, given):
        self.name, self.what, self.given = name, what, given
        self.begin, self.end = None, NEVER
        self.outcome, self.result, self.unknowns, self.nodes = "unknown", {}, 0, []
        self.is_open = False

    @property
    def is_ok(self):
        return self.outcome == "ok"


class Stream:
    """One connection of a subscriber to one node."""

    def __init__(self, client, begin, after, node):
        self.client, self.begin, self.after, self.node = client, begin, after, node
        self.end, self.events = NEVER, []


class Records:
    """The lines of a history, put together.

    An operation is `ok` when one attempt was; else `unknown` when one was not answered or answered so; else `fail`.
    Its time is from the first attempt to the answer that said ok: within it, it has taken effect.
    """

    def __init__(self, lines):
        self.operations, self.streams, self.faults = {}, [], []
        self.last = 0
        open_streams, open_faults = {}, {}
        for line in lines:
            kind, at = line["kind"], line["at"]
            self.last = max(self.last, at)
            if kind in ("invoke", "ok", "fail", "unknown"):
                self.attempt(kind, at, line)
            elif kind == "connected":
                open_streams[line["client"]] = stream = Stream(line["client"], at, int(line["after"]), line["node"])
                self.streams.append(stream)
            elif kind == "event":
                open_streams[line["client"]].events.append(Event(at, line["cursor"], line["event"], line["alert"]))
            elif kind == "lost":
                open_streams.pop(line["client"]).end = at
            elif kind == "fault" and line["phase"] == "begins":
                open_faults[line["name"]] = Fault(line["name"], at, NEVER, line["nodes"])
            elif kind == "fault" and line["phase"] == "over":
                self.faults.append(open_faults.pop(line["name"])._replace(end=at, nodes=line["nodes"]))
        self.faults += open_faults.values()
        for operation in self.operations.values():
            if operation.is_open and operation.outcome == "fail":
                operation.outcome = "unknown"

    def attempt(self, kind, at, line):
        if kind == "invoke":
            operation = self.operations.setdefault(line["op"], Operation(line["op"], line["what"], line["input"]))
            if operation.begin is None:
                operation.begin = at
                operation.outcome = "fail"
            operation.is_open = True
            operation.nodes.append(line.get("node"))
            return
        operation = self.operations[line["op"]]
        operation.is_open = False
        if kind == "ok" and not operation.is_ok:
            operation.outcome, operation.end, operation.result = "ok", at, line["result"]
        elif kind == "unknown":
            operation.unknowns += 1
            if not operation.is_ok:
                operation.outcome = "unknown"
        elif kind == "fail" and not operation.is_ok:
            operation.end = at

    def of(self, what):
        return [operation for operation in self.operations.values() if operation.what == what]

    def is_excused(self, node, begin, end, grace):
        """Whether a fault that concerns a node overlaps a span of time, or has ended less than `grace` before."""
        return any(
            fault.begin <= end and begin <= fault.end + grace and (fault.nodes == "all" or node in fault.nodes)
            for fault in self.faults)


def read(path):
    with open(path, encoding="utf-8") as file:
        return Records(map(json.loads, file))


def inversions(items):
    """Pairs in which something ended before another began, and yet has a later place.

    - Parameter items: (begin, end, place, name). O(n log n).
    """
    found, latest = [], (float("-inf"), None)
    ended = sorted(items, key=lambda item: item[1])
    index = 0
    for begin, _, place, name in sorted(items, key=lambda item: item[0]):
        while index < len(ended) and ended[index][1] < begin:
            latest = max(latest, (ended[index][2], ended[index][3]))
            index += 1
        if latest[0] > place:
            found.append((latest[1], name, begin))
    return found
