"""Measures whether the tests detect faults: seeded faults in the pure modules, all built at once, each enabled alone for its module's tests.

    python3 Integration/mutants.py --count 80 --seed 1 --folder ../frontline-mutants

A mutant replaces one operator or literal of the source with a similar one: `<` by `<=`, `==` by `!=`, `&&` by `||`, `+` by
`-`, a number by the next one, `true` by `false`, and a `guard` whose first condition is always true. The tree is copied to
`--folder` (kept, so that a second run builds little), and every chosen site is rewritten into a form that
the environment variable MUTANT switches: operators become new operators with the same precedence, so no
expression has to be parsed. Sites that do not compile are replaced by others. Then the tests of the mutant's module run
once without a mutant, and once for each. A mutant is caught when they fail, crash or take more than ten times as long.

Prints a line for each mutant and a table by module; exits 1 if fewer than `--bar` percent were caught. Needs a few
minutes to build and then some seconds per mutant; standard library only.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent

# The mutated parts by name: their folders, and the suites that must detect the mutants.
PARTS = {
    "FEEL": (["Sources/FEEL"], "FEELTests|DMNTests"),
    "DMN tables": (["Sources/DMN/Tables"], "DMNTests"),
    "window sums": (["Sources/Resolution/Windows"], "ResolutionTests"),
    "ledger": (["Sources/Resolution/Ledger", "Sources/Resolution/Policy"], "ResolutionTests"),
    "alert book": (["Sources/Alerts"], "AlertsTests"),
    "mood": (["Sources/Conversations/Mood"], "ConversationsTests"),
    "redaction": (["Sources/Redaction"], "RedactionTests"),
    "rollout": (["Sources/Versioning"], "VersioningTests"),
    "scripts": (["Sources/Scripting/Engine", "Sources/Scripting/Checking", "Sources/Scripting/Sessions"], "ScriptingTests"),
}

NEIGHBOURS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&", "+": "-", "-": "+"}
COMPARISONS = {"<", "<=", ">", ">="}
PRECEDENCE = {
    **dict.fromkeys(["<", "<=", ">", ">=", "==", "!="], "ComparisonPrecedence"),
    "&&": "LogicalConjunctionPrecedence", "||": "LogicalDisjunctionPrecedence",
    "+": "AdditionPrecedence", "-": "AdditionPrecedence",
}
SITE = re.compile(r"(?<= )(<=|>=|==|!=|&&|\|\||<|>|\+|-)(?= )|(?<![\w.$\"])(\d{1,4})(?![\w.\"])|\b(true|false)\b|\b(guard) (?!let|var|case|#)")
# Lines on which a rewritten token would have another meaning.
LEFT_ALONE = re.compile(
    r"\bwhere\b.*==|\bfunc\b|\bprecondition|\bassert|^\s*case\b.*:|\bimport\b|^\s*@|@inlinable|@usableFromInline|\boperator\b|#if|\bextension\b"
    r"|\bprotocol\b|\btypealias\b|CREATE |SELECT |INSERT |UPDATE |DELETE |await |== nil|!= nil|nonisolated")


class Site:
    """One place that may be mutated."""

    def __init__(self, part, path, line, start, end, text):
        self.part, self.path, self.line, self.start, self.end, self.text = part, path, line, start, end, text
        self.number = None

    def __str__(self):
        return f"{self.path}:{self.line + 1} {self.text} -> {self.neighbour}"

    @property
    def neighbour(self):
        if self.text in NEIGHBOURS:
            return NEIGHBOURS[self.text]
        if self.text == "guard":
            return "guard true ||"
        return {"true": "false", "false": "true"}.get(self.text) or str(int(self.text) + 1)

    @property
    def switch(self):
        return f"frontlineMutant({self.number})"

    def rewritten(self):
        if self.text in NEIGHBOURS:
            return operator_name(self.number)
        if self.text == "guard":
            return f"guard {self.switch} ||"
        return f"({self.switch} ? {self.neighbour} : {self.text})"

    def declaration(self):
        """The operator that stands for a rewritten one."""
        name, precedence = operator_name(self.number), PRECEDENCE[self.text]
        head = f"infix operator {name}: {precedence}\n"
        if self.text in ("&&", "||"):
            return head + (
                f"func {name} (left: Bool, right: @autoclosure () throws -> Bool) rethrows -> Bool {{\n"
                f"    if {self.switch} {{ return try left {self.neighbour} right() }}\n"
                f"    return try left {self.text} right()\n}}\n")
        if self.text in ("+", "-"):
            constraint, result = "AdditiveArithmetic", "Value"
        else:
            constraint, result = ("Comparable" if self.text in COMPARISONS else "Equatable"), "Bool"
        return head + (
            f"func {name} <Value: {constraint}>(left: Value, right: Value) -> {result} {{\n"
            f"    {self.switch} ? left {self.neighbour} right : left {self.text} right\n}}\n")


def operator_name(number):
    """An operator that no source uses, made of the number's bits."""
    return "~^~" + "".join("^~"[int(bit)] for bit in f"{number:011b}")


def code_only(line):
    """The line with strings and comments blanked, at the same positions."""
    line = re.sub(r'"(?:[^"\\]|\\.)*"', lambda match: " " * len(match.group()), line)
    return re.sub(r"//.*", lambda match: " " * len(match.group()), line)


def sites(part, folders):
    """Every place of a part that may be mutated."""
    found = []
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.swift")):
        inside = False
        for number, line in enumerate(path.read_text().splitlines()):
            if line.count('"""') % 2:
                inside = not inside
                continue
            if inside or LEFT_ALONE.search(line):
                continue
            for match in SITE.finditer(code_only(line)):
                text = next(group for group in match.groups() if group)
                if text == "guard" and re.search(r"\btry\b|\blet\b", line):
                    continue
                if text in ("+", "-") and '"' in line:
                    continue
                start = match.start(4) if text == "guard" else match.start()
                found.append(Site(part, path.relative_to(ROOT), number, start, start + len(text), text))
    return found


def copy_tree(folder):
    """Brings the sources into `folder`, leaving what was built there."""
    for name in ("Package.swift", "Sources", "Tests", "knowledge", "rules", "Integration", "docs"):
        source, target = ROOT / name, folder / name
        if source.is_file():
            write(target, source.read_bytes())
            continue
        wanted = {path.relative_to(source) for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
        for path in wanted:
            write(target / path, (source / path).read_bytes())
        for path in list(target.rglob("*")):
            if path.is_file() and path.relative_to(target) not in wanted:
                path.unlink()


def write(path, data):
    """Writes a file only when it differs, so that it is not built again."""
    if not path.exists() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def plant(chosen, folder):
    """Writes the rewritten files and, into each module, what they call."""
    by_file, by_module = collections.defaultdict(list), collections.defaultdict(list)
    for site in chosen:
        by_file[site.path].append(site)
        by_module[site.path.parts[1]].append(site)
    for path, sites_of_file in by_file.items():
        lines = (ROOT / path).read_text().split("\n")
        for site in sorted(sites_of_file, key=lambda site: (site.line, site.start), reverse=True):
            line = lines[site.line]
            lines[site.line] = line[:site.start] + site.rewritten() + line[site.end:]
        write(folder / path, "\n".join(lines).encode())
    for module, sites_of_module in by_module.items():
        text = (
            "import Foundation\n\n"
            'private let active = Int(ProcessInfo.processInfo.environment["MUTANT"] ?? "") ?? -1\n'
            "func frontlineMutant(_ number: Int) -> Bool { number == active }\n"
            + "".join(site.declaration() for site in sites_of_module if site.text in NEIGHBOURS))
        write(folder / "Sources" / module / "Mutants.swift", text.encode())


def build(folder, options):
    """Builds the tests; returns the output and whether the build succeeded."""
    done = subprocess.run(
        ["swift", "build", "--build-tests", *options], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode == 0, done.stdout


def run_tests(folder, suites, mutant, limit, options):
    """Runs some suites with one mutant, in a process group that can be ended; returns (passed, seconds, output)."""
    began = time.monotonic()
    process = subprocess.Popen(
        ["swift", "test", "--skip-build", *options, "--filter", suites], cwd=folder, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, start_new_session=True, env={**os.environ, "MUTANT": str(mutant)})
    try:
        output, _ = process.communicate(timeout=limit)
        return process.returncode == 0, time.monotonic() - began, output
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return False, time.monotonic() - began, "took too long"


def choose(pools, count):
    """`count` sites, spread evenly over the parts."""
    chosen, parts = [], list(pools)
    while len(chosen) < count and any(pools.values()):
        for part in parts:
            if pools[part] and len(chosen) < count:
                chosen.append(pools[part].pop())
    return chosen


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=80)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bar", type=float, default=85, help="percent that must be caught")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / ".build-mutants" / "tree")
    parser.add_argument("--part", action="append", choices=sorted(PARTS), help="only this part; may be repeated")
    parser.add_argument("--build-option", action="append", default=[], help="passed to swift build and swift test")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    random.seed(options.seed)

    copy_tree(options.folder)
    for left in (options.folder / "Sources").glob("*/Mutants.swift"):
        left.unlink()
    pools = {}
    for part in options.part or PARTS:
        pools[part] = sites(part, PARTS[part][0])
        random.shuffle(pools[part])
    total = {part: len(pool) for part, pool in pools.items()}
    chosen = choose(pools, options.count)
    numbers = iter(range(1, 2_000))
    for site in chosen:
        site.number = next(numbers)

    while True:
        plant(chosen, options.folder)
        print(f"building {len(chosen)} mutants", file=sys.stderr)
        built, output = build(options.folder, options.build_option)
        if built:
            break
        # A site does not compile if the compiler reports an error for its line or its operator.
        wrong = {(pathlib.Path(path), int(line) - 1) for path, line in re.findall(r"(Sources/\S+?\.swift):(\d+):\d+: error", output)}
        dropped = [site for site in chosen if (site.path, site.line) in wrong]
        for path, line in wrong if not dropped else ():
            # A missing return is reported at the end of the function.
            before = [site for site in chosen if site.path == path and site.line <= line]
            dropped += [max(before, key=lambda site: site.line)] if before else []
        if not dropped:
            print(output[-4_000:], file=sys.stderr)
            return 2
        for site in dropped:
            shutil.copyfile(ROOT / site.path, options.folder / site.path)
            chosen.remove(site)
            if pools[site.part]:
                fresh = pools[site.part].pop()
                fresh.number = next(numbers)
                chosen.append(fresh)

    healthy = {}
    for part in {site.part for site in chosen}:
        passed, seconds, output = run_tests(options.folder, PARTS[part][1], 0, 900, options.build_option)
        if not passed:
            print(f"the tests of {part} fail without a mutant\n{output[-3_000:]}", file=sys.stderr)
            return 2
        healthy[part] = seconds
    caught = collections.Counter()
    survivors = []
    for site in sorted(chosen, key=lambda site: (site.part, str(site.path), site.line)):
        passed, seconds, output = run_tests(
            options.folder, PARTS[site.part][1], site.number, 10 * healthy[site.part] + 20, options.build_option)
        caught[site.part] += not passed
        if passed:
            survivors.append(site)
        if options.json:
            print(json.dumps({"part": site.part, "site": str(site), "caught": not passed, "seconds": round(seconds, 1)}), flush=True)
        else:
            print(f"{'SURVIVED' if passed else 'caught  '} {seconds:5.1f} s  {site.part}: {site}", flush=True)
    print()
    for part in total:
        planted = sum(1 for site in chosen if site.part == part)
        print(f"{part:12}  {caught[part]:3} of {planted:3} caught  ({total[part]} sites)")
    share = 100 * sum(caught.values()) / max(1, len(chosen))
    print(f"{'all':12}  {sum(caught.values()):3} of {len(chosen):3} caught, {share:.0f} %")
    return 0 if share >= options.bar else 1


if __name__ == "__main__":
    sys.exit(main())
