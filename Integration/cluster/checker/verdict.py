"""All rules on one run, and its counts."""
import collections
import json
import pathlib

from . import acknowledged, budgets, chain, epochs, records, registers, revocations, streams

RULES = {
    "acknowledged": acknowledged.check, "budgets": budgets.check, "streams": streams.check, "registers": registers.check,
    "chain": chain.check, "revocations": revocations.check, "epochs": epochs.check,
}
# Operations that change nothing are not counted as acknowledged changes.
CHANGES = ("grant", "append", "alarm", "open", "acknowledge", "revoke")


class Verdict:
    def __init__(self, history, final):
        self.records, self.final = history, final
        self.violations = [violation for rule in RULES.values() for violation in rule(history, final)]

    def rules(self):
        """How many violations of each rule there are."""
        return dict(collections.Counter(violation.rule for violation in self.violations))

    def counts(self, begin=0, end=records.NEVER):
        """What became of the changes that were answered within a span of time; those that never were, that began in it."""
        times = {o: o.end if o.end < records.NEVER else o.begin for o in self.records.operations.values() if o.what in CHANGES}
        within = [o for o, at in times.items() if begin <= at < end]
        unsure = [o for o in within if o.unknowns or o.outcome == "unknown"]
        names = {o.name for o in within}
        broken = collections.Counter(v.rule for v in self.violations if v.text.split(":")[0] in names)
        return {
            "acknowledged": sum(o.is_ok for o in within), "refused": sum(o.outcome == "fail" for o in within),
            "unknown": len(unsure), "resolved": sum(o.outcome != "unknown" for o in unsure),
            "lost": broken["lost"], "doubled": broken["doubled"],
        }

    def lateness(self):
        """Percentiles of the time in which alerts reach the subscribers of all nodes, without those that a fault concerns."""
        times = streams.lateness(self.records, self.final)
        if not times:
            return {"count": 0}
        p50, p99 = (round(times[min(len(times) - 1, int(share * len(times)))], 1) for share in (0.5, 0.99))
        return {"count": len(times), "p50_ms": p50, "p99_ms": p99, "most_ms": round(times[-1], 1)}

    def longest_pause(self, begin, end):
        """The longest time without an acknowledged change, in seconds."""
        ends = sorted(o.end for o in self.records.operations.values() if o.is_ok and o.what in CHANGES and begin <= o.end <= end)
        times = [begin, *ends, end]
        return max(later - earlier for earlier, later in zip(times, times[1:])) / 1e9


def judge(folder):
    """The verdict on a folder with the two files of a run."""
    folder = pathlib.Path(folder)
    final = json.loads((folder / "final.json").read_text())
    return Verdict(records.read(folder / "history.jsonl"), final)
