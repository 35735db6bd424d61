"""The ledger: each decision is the one that its budget allowed at its place, in whole cents."""
import decimal

from .epochs import Numbering
from .records import Violation, inversions

# 500.00, as in rules/resolution.dmn.
BUDGET = 50_000


def check(records, final):
    requests = {row["resolution"]: row for row in final["resolutions"]}
    return [*numbers(final), *decisions(requests, final["entries"]), *order(records, requests, final["entries"])]


def numbers(final):
    """Entries are numbered from 1 without gaps, and their times never go back."""
    numbering, last, latest = Numbering(final, "resolution_events"), 0, 0
    for entry in final["entries"]:
        expected = numbering.after(last)
        if entry["sequence"] != expected:
            yield Violation("ledger gap", f"an entry of the ledger has the number {entry['sequence']} in place of {expected}", None)
            return
        if entry["at"] < latest:
            yield Violation("ledger time", f"entry {expected} of the ledger is dated before the one before it", None)
        last, latest = expected, max(latest, entry["at"])


def decisions(requests, entries):
    spent = {}
    for entry in entries:
        row = requests.get(entry["resolution"])
        if row is None:
            yield Violation("ledger row", f"entry {entry['sequence']} is about {entry['resolution']}, which has no row", None)
            continue
        if entry["kind"] not in ("approved", "denied") or row["customer"] is None or not row["customer"].startswith("budget-"):
            continue
        before = spent.get(row["customer"], 0)
        if decimal.Decimal(row["spent"]) * 100 != before:
            yield Violation("budget sum", f"{row['reference']}: decided as if {row['spent']} of {row['customer']} were spent; it was {before} cents", None)
        expected = "approved" if before + row["minor_units"] <= BUDGET else "denied"
        if entry["kind"] != expected:
            yield Violation(
                "budget", f"{row['reference']}: {entry['kind']} {row['minor_units']} of {row['customer']} after {before} were spent",
                None)
        if entry["kind"] == "approved":
            spent[row["customer"]] = before + row["minor_units"]


def order(records, requests, entries):
    """What was acknowledged before another request was made is earlier in the ledger."""
    place = {entry["resolution"]: entry["sequence"] for entry in reversed(entries)}
    named = {row["reference"]: row["resolution"] for row in requests.values()}
    items = [
        (operation.begin, operation.end, place[named[operation.name]], operation.name) for operation in records.of("grant")
        if named.get(operation.name) in place]
    for first, second, at in inversions(items):
        yield Violation("ledger order", f"{second} began after {first} was acknowledged, and stands before it in the ledger", at)
