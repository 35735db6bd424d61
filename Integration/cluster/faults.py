"""Three nodes on a primary with a synchronous standby, under load and every fault of `faults.json`; then the mutants.

usage: faults.py [--fault NAME]... [--mutant NAME]... [--no-mutants] [--upgrade-from PROGRAM] [--seconds 480] [--seed 1] [--json]
                 [--keep]

All clients go on during all faults. Afterwards an independent checker compares what they were told with what the
database holds. Then the same is done to installations with a planted error each (`mutants.json`), which the checker must find.
`--fault` and `--mutant` run the named ones only. What has no time left within `--seconds` is not begun, and told as failed.
With `--upgrade-from` nodes begin with an older program, and the rolling restart is an upgrade. `--keep` leaves the folders.
Prints a table; exits 1 after a violation, after a fault that nobody recovered from, or when a mutant was not found.

It needs PostgreSQL and HAProxy, and a C compiler for the fault of the clock. Loopback addresses only; standard library only.
"""
import argparse
import contextlib
import json
import os
import signal
import sys
import time

import final
import nemesis
from checker.verdict import judge
from history import History
from installation import Installation
from nemesis import Nemesis
from processes import Missing, until
from work import Shift

MUTANTS = nemesis.TABLE.with_name("mutants.json")
# What a fault and the run of a mutant may take, in seconds: to know what there is still time for.
FAULT, MUTANT = 30, 50
COLUMNS = ("fault", "seconds", "acknowledged", "refused", "unknown", "resolved", "lost", "doubled", "pause", "resumed", "note")


class Run:
    """One installation with its clients from start to verdict."""

    def __init__(self, options, mutant=None):
        mutant = mutant or {}
        self.options, self.rows, self.trouble = options, [], []
        self.mutant = mutant
        self.installation = Installation(
            statements=mutant.get("statements", ()), trusts_notices=mutant.get("trusts_notices", False),
            prepare="\n".join(mutant.get("prepare", ())), keep=options.keep, program_path=options.upgrade_from)

    def perform(self, faults, end, seconds):
        """Does the faults under load, `seconds` of load before the first one; returns the verdict."""
        with self.installation:
            folder = self.installation.folder
            history = History(folder / "history.jsonl")
            with contextlib.closing(history):
                self.load(history, faults, end, seconds)
                (folder / "final.json").write_text(json.dumps(final.read(self.installation.pair.sql)))
            return judge(folder)

    def load(self, history, faults, end, seconds):
        shift = Shift(self.installation, history, self.options.seed, **self.mutant.get("clients", {}))
        own = Nemesis(self.installation, history, self.options.seed)
        for node in self.installation.nodes:
            self.installation.proxy.set(node.name, delay_ms=self.mutant.get("delay_ms", 0))
        for name, value in self.mutant.get("settings", {}).items():
            self.installation.pair.set(name, value)
        if "tables" in self.mutant:
            self.installation.pair.sql("\n".join(self.mutant["tables"]))
        if "frozen" in self.mutant:
            for process in self.installation.pair.sql(f"SELECT pid FROM pg_stat_activity WHERE backend_type = '{self.mutant['frozen']}';"):
                os.kill(int(process), signal.SIGSTOP)
        shift.start()
        self.span("none", lambda: time.sleep(seconds))
        for fault in faults:
            if time.monotonic() + FAULT > end:
                self.rows.append({"fault": fault["name"], "note": "not run: no time left"})
                self.trouble.append(f"{fault['name']}: no time left")
                continue
            self.say(fault["name"])
            self.span(fault["name"], lambda: own.inflict(fault))
        shift.stop()
        self.settle(shift)
        self.trouble += shift.trouble

    def span(self, name, action):
        """Runs one row of the table."""
        row = {"fault": name, "begin": time.monotonic_ns()}
        self.rows.append(row)
        try:
            resumed = action()
            if resumed is not None:
                row["resumed"] = round(resumed, 1)
        except Missing as error:
            row["note"] = f"skipped: {error}"
        except (TimeoutError, RuntimeError) as error:
            row["note"] = str(error).splitlines()[0]
            self.trouble.append(f"{name}: {error}")
        row["end"] = time.monotonic_ns()

    def settle(self, shift):
        """Waits until every subscriber has seen the last event, or for a while."""
        head = int(self.installation.pair.sql("SELECT coalesce(max(cursor), 0) FROM alert_events;")[0])
        try:
            until(20, "every subscriber has seen the last event", lambda: all(int(w.last) >= head for w in shift.watchers))
        except TimeoutError:
            # The checker tells who has not.
            pass
        shift.close()

    def say(self, text):
        if not self.options.json:
            print(f"    {text} …", file=sys.stderr, flush=True)

    def fill(self, verdict):
        """Completes the rows with what the checker counted."""
        for row in self.rows:
            begin, end = row.pop("begin", None), row.pop("end", None)
            if begin is not None:
                row.update(verdict.counts(begin, end), seconds=round((end - begin) / 1e9, 1), pause=round(verdict.longest_pause(begin, end), 1))
        self.rows.append({"fault": "all", **verdict.counts(), "note": "; ".join(f"{k}: {n}" for k, n in verdict.rules().items())})


def show(rows, columns):
    """A table whose columns are as wide as what is in them."""
    cells = [columns, *([str(row.get(column, "")) for column in columns] for row in rows)]
    widths = [max(len(row[index]) for row in cells) for index in range(len(columns))]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def run_faults(options, end):
    """All faults on one installation; returns whether nothing was found."""
    faults = [fault for fault in nemesis.table() if not options.fault or fault["name"] in options.fault]
    run = Run(options)
    verdict = run.perform(faults, end, seconds=4)
    run.fill(verdict)
    result = {"faults": run.rows, "violations": verdict.rules(), "trouble": run.trouble, "operations": len(verdict.records.operations),
              "alerts": verdict.lateness()}
    if options.json:
        print(json.dumps(result), flush=True)
    else:
        show(run.rows, COLUMNS)
        print("alerts after their acknowledgement, at subscribers of all nodes: " + ", ".join(f"{k} {v}" for k, v in verdict.lateness().items()))
        for violation in verdict.violations[:20]:
            print(f"{violation.rule}: {violation.text}")
        for line in run.trouble:
            print(line)
    return not verdict.violations and not run.trouble


def run_mutant(options, mutant, end):
    """One mutant; returns whether the checker has found what it was meant to find."""
    if time.monotonic() + MUTANT > end:
        row = {"mutant": mutant["name"], "caught": False, "violations": {}, "note": "not run: no time left"}
    else:
        faults = [fault for fault in nemesis.table() if fault["name"] in mutant["faults"]]
        try:
            verdict = Run(options, mutant).perform(faults, end, mutant["seconds"])
            found = verdict.rules()
            row = {"mutant": mutant["name"], "caught": any(rule in found for rule in mutant["caught_by"]), "violations": found}
        except (TimeoutError, RuntimeError) as error:
            row = {"mutant": mutant["name"], "caught": False, "violations": {}, "note": str(error)[:500]}
    if options.json:
        print(json.dumps(row), flush=True)
    else:
        found = ", ".join(f"{rule} {count}" for rule, count in row["violations"].items())
        print(f"{'caught' if row['caught'] else 'SURVIVED':9} {row['mutant']}: {found}{row.get('note', '')}", flush=True)
    return row["caught"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    mutants, faults = json.loads(MUTANTS.read_text()), nemesis.table()
    parser.add_argument("--fault", action="append", choices=[fault["name"] for fault in faults])
    parser.add_argument("--mutant", action="append", choices=[mutant["name"] for mutant in mutants])
    parser.add_argument("--no-mutants", action="store_true")
    parser.add_argument("--upgrade-from", metavar="PROGRAM")
    parser.add_argument("--seconds", type=float, default=480)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    if options.upgrade_from and not os.access(options.upgrade_from, os.X_OK):
        parser.error(f"{options.upgrade_from} is no program")
    end = time.monotonic() + options.seconds
    passed = True
    try:
        if options.fault or not options.mutant:
            passed = run_faults(options, end)
        if not options.no_mutants and (options.mutant or not options.fault):
            for mutant in mutants:
                if not options.mutant or mutant["name"] in options.mutant:
                    passed = run_mutant(options, mutant, end) and passed
    except Missing as error:
        print(error, file=sys.stderr)
        return 2
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
