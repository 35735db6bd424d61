"""Histories of the store: one ends only where another server has become the primary, and numbers go on above it."""
from .records import Violation

# The faults in which a standby is promoted.
PROMOTIONS = ("fail-over",)


class Numbering:
    """What follows a number of a counter: one more or, where a history has ended, the first of the next one."""

    def __init__(self, final, counter):
        rows = [row for row in final["epoch_gaps"] if row["counter"] == counter and row["last_common"] < row["first_new"]]
        self.jumps = {row["last_common"]: row["first_new"] for row in rows}

    def after(self, number):
        # Several histories may have ended without a number in between.
        while number in self.jumps:
            number = self.jumps[number]
        return number + 1


def check(records, final):
    promotions = sum(fault.name in PROMOTIONS for fault in records.faults)
    if len(final["epochs"]) > 1 + promotions:
        names = ", ".join(row["name"] for row in final["epochs"])
        yield Violation("epoch", f"the store has had the histories {names}, with {promotions} promotions", None)
    for row in final["epoch_gaps"]:
        if row["first_new"] <= row["last_common"]:
            yield Violation("epoch", f"the numbers of {row['counter']} go back from {row['last_common']} to {row['first_new']}", None)
