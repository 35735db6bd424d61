"""What was acknowledged is there, once; what has failed is not."""
import collections

from .records import Violation


def check(records, final):
    found = []
    for rule in (grants, turns, acknowledgements, names, tokens):
        found += rule(records, final)
    return found


def lost(operation, text):
    return Violation("lost", f"{operation.name}: {text}", operation.end)


def grants(records, final):
    rows = collections.defaultdict(list)
    for row in final["resolutions"]:
        rows[row["reference"]].append(row)
    audited = collections.Counter(
        entry["target"] for entry in final["audit"] if entry["action"] in ("resolution.approved", "resolution.denied"))
    for operation in records.of("grant"):
        held = rows[operation.name]
        if len(held) > 1:
            yield Violation("doubled", f"{operation.name}: {len(held)} requests in the ledger", operation.end)
        if operation.is_ok:
            told = operation.result
            if not held:
                yield lost(operation, f"{told['status']} was acknowledged and is not in the ledger")
            elif (held[0]["resolution"], held[0]["status"]) != (told["resolution"], told["status"]):
                yield lost(operation, f"{told} was acknowledged, the ledger has {held[0]['resolution']} {held[0]['status']}")
            elif audited[told["resolution"]] != 1:
                yield lost(operation, f"{audited[told['resolution']]} entries of the audit log are about it")
        elif operation.outcome == "fail" and held:
            yield Violation("phantom", f"{operation.name}: it was refused and is in the ledger", operation.end)


def turns(records, final):
    held = collections.Counter((row["conversation"], row["turn_id"]) for row in final["turns"])
    raised = collections.defaultdict(list)
    for row in final["turns"]:
        raised[row["turn_id"]] += row["alerts"] or []
    known = {row["alert"] for row in final["alerts"]}
    for operation in records.of("append") + records.of("alarm"):
        count = held[operation.given["conversation"], operation.name]
        if count > 1:
            yield Violation("doubled", f"{operation.name}: said {count} times", operation.end)
        if operation.is_ok and not count:
            yield lost(operation, "the turn was acknowledged and is not there")
        elif operation.outcome == "fail" and count:
            yield Violation("phantom", f"{operation.name}: it was refused and the turn is there", operation.end)
        for alert in operation.result.get("alerts", ()):
            if alert not in known or alert not in raised[operation.name]:
                yield lost(operation, f"the alert {alert} was acknowledged and is not there")


def acknowledgements(records, final):
    times = collections.Counter(row["alert"] for row in final["alert_events"] if row["event"] == "acknowledged")
    for alert, count in times.items():
        if count > 1:
            yield Violation("doubled", f"the alert {alert} was acknowledged {count} times", None)
    raised = collections.Counter(row["alert"] for row in final["alert_events"] if row["event"] == "raised")
    for alert, count in raised.items():
        if count > 1:
            yield Violation("doubled", f"the alert {alert} was raised {count} times", None)
    for operation in records.of("acknowledge"):
        count = times[operation.given["alert"]]
        if operation.is_ok and not count:
            yield lost(operation, f"the alert {operation.given['alert']} is not acknowledged")
        elif operation.outcome == "fail" and count:
            others = [other for other in records.of("acknowledge")
                      if other is not operation and other.given == operation.given and other.outcome != "fail"]
            if not others:
                yield Violation("phantom", f"{operation.name}: it was refused and the alert is acknowledged", operation.end)


def names(records, final):
    """One name stands for one conversation, whoever opens it and on which node."""
    known = {row["conversation"] for row in final["conversations"]}
    meanings = {}
    for operation in records.of("open"):
        if not operation.is_ok:
            continue
        first = meanings.setdefault(operation.given["conversation"], operation.result["id"])
        if first != operation.result["id"]:
            yield Violation("doubled", f"{operation.name}: {operation.given['conversation']} is {first} and {operation.result['id']}", operation.end)
        if operation.result["id"] not in known:
            yield lost(operation, "the conversation was acknowledged and is not there")


def tokens(records, final):
    revoked = {row["subject"] for row in final["tokens"] if row["is_revoked"]}
    for operation in records.of("revoke"):
        if operation.is_ok and operation.given["token"] not in revoked:
            yield lost(operation, "the token is not revoked")
