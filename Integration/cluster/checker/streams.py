"""Alerts: cursors are 1 to the head without a gap of their own, every subscriber sees all of them, once, in order, and soon."""
import collections

from .epochs import Numbering
from .records import NEVER, Violation

# How late an event may be at a subscriber of another node, and how long after a fault nothing is expected, in seconds.
BOUND, GRACE = 2.0, 3.0
SECOND = 1_000_000_000


def check(records, final, bound=BOUND, grace=GRACE):
    log = {row["cursor"]: (row["event"], row["alert"]) for row in final["alert_events"]}
    numbering = Numbering(final, "alert_events")
    return [*numbers(log, numbering), *gaps(records, log, numbering), *ends(records, log), *delays(records, final, bound * SECOND, grace * SECOND)]


def numbers(log, numbering):
    last = 0
    for cursor in sorted(log):
        expected = numbering.after(last)
        if cursor != expected:
            yield Violation("cursor gap", f"the events of alerts have no cursor {expected}; the next one is {cursor}", None)
            return
        last = cursor


def gaps(records, log, numbering):
    """Each connection continues where its cursor says, without leaving anything out."""
    for stream in records.streams:
        expected = numbering.after(stream.after)
        for event in stream.events:
            if event.cursor != expected:
                what = "again" if event.cursor < expected else f"in place of {expected}"
                rule = "doubled event" if event.cursor < expected else "missed event"
                yield Violation(rule, f"{stream.client} of {stream.node} was sent the cursor {event.cursor} {what}", event.at)
            if log.get(event.cursor) != (event.event, event.alert):
                held = log.get(event.cursor)
                yield Violation("lost", f"{stream.client} was sent {event.cursor} {event.event} {event.alert}; the log has {held}", event.at)
            expected = numbering.after(event.cursor)


def ends(records, log):
    """In the end everybody has seen the last one."""
    head, reached = max(log, default=0), collections.Counter()
    for stream in records.streams:
        reached[stream.client] = max([reached[stream.client], stream.after, *(event.cursor for event in stream.events)])
    for client, cursor in reached.items():
        if cursor < head:
            yield Violation("missed event", f"{client} has seen the events up to {cursor} of {head} at the end", records.last)


def delays(records, final, bound, grace):
    """Who was connected when an alert was acknowledged to its sender has it soon, whatever node that was on."""
    for operation, stream, cursor, at in deliveries(records, final, bound, grace):
        if at > operation.end + bound:
            late = "never" if at == NEVER else f"{(at - operation.end) / SECOND:.1f} s after its acknowledgement"
            yield Violation("late event", f"{stream.client} of {stream.node} was sent the cursor {cursor} {late}", operation.end + bound)


def lateness(records, final, bound=BOUND, grace=GRACE):
    """How long after the acknowledgement each alert was at each subscriber that no fault concerned, in milliseconds, in order."""
    found = deliveries(records, final, bound * SECOND, grace * SECOND)
    return sorted(max(0, at - operation.end) / 1e6 for operation, _, _, at in found if at != NEVER)


def deliveries(records, final, bound, grace):
    """Each alert that was acknowledged, with each subscriber of whom it can be expected: (operation, stream, cursor, time)."""
    cursors = {row["alert"]: row["cursor"] for row in final["alert_events"] if row["event"] == "raised"}
    seen = [{event.cursor: event.at for event in stream.events} for stream in records.streams]
    for operation in records.of("alarm"):
        if not operation.is_ok:
            continue
        due = operation.end + bound
        for alert in operation.result["alerts"]:
            cursor = cursors.get(alert)
            for stream, times in zip(records.streams, seen):
                was_there = stream.begin + bound < operation.begin and due < stream.end and due < records.last
                if cursor is None or not was_there or records.is_excused(stream.node, operation.begin, due, grace):
                    continue
                yield operation, stream, cursor, times.get(cursor, NEVER)
