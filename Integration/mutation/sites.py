"""Where the sources may be mutated, and into what."""
import collections
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

Part = collections.namedtuple("Part", "folders tests")

# The mutated parts by name: their folders, and the test targets that must detect the mutants.
PARTS = {
    "FEEL": Part(["Sources/FEEL"], ["FEELTests", "DMNTests"]),
    "DMN tables": Part(["Sources/DMN/Tables"], ["DMNTests"]),
    "window sums": Part(["Sources/Resolution/Windows"], ["ResolutionTests"]),
    "ledger": Part(["Sources/Resolution/Ledger", "Sources/Resolution/Policy"], ["ResolutionTests"]),
    "alert book": Part(["Sources/Alerts"], ["AlertsTests"]),
    "mood": Part(["Sources/Conversations/Mood"], ["ConversationsTests"]),
    "redaction": Part(["Sources/Redaction"], ["RedactionTests"]),
    "rollout": Part(["Sources/Versioning"], ["VersioningTests"]),
    "scripts": Part(
        ["Sources/Scripting/Engine", "Sources/Scripting/Checking", "Sources/Scripting/Sessions"], ["ScriptingTests"]),
}

# Files that measure or print: no test promises their figures.
NOT_MUTATED = re.compile(r"Benchmark")

NEIGHBOURS = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&", "+": "-", "-": "+",
    "+=": "-=", "-=": "+=",
}
COMPARISONS = {"<", "<=", ">", ">="}
PRECEDENCE = {
    **dict.fromkeys(["<", "<=", ">", ">=", "==", "!="], "ComparisonPrecedence"),
    "&&": "LogicalConjunctionPrecedence", "||": "LogicalDisjunctionPrecedence",
    "+": "AdditionPrecedence", "-": "AdditionPrecedence",
    "+=": "AssignmentPrecedence", "-=": "AssignmentPrecedence",
}
FIRST = (
    r"(?<= )(?P<operator><=|>=|==|!=|&&|\|\||<|>|\+|-)(?= )"
    r"|(?<![\w.$\"])(?P<number>\d{1,4})(?![\w.\"])"
    r"|\b(?P<truth>true|false)\b"
    r"|\b(?P<guard>guard) (?!let|var|case|#)")
MORE = (
    r"|(?<= )(?P<assignment>\+=|-=)(?= )"
    r"|(?<![\w.])(?P<choice>min|max)(?=\()"
    r"|(?<![\w)\]!?.])(?P<negation>!)(?=[\w(])")
SETS = {"first": re.compile(FIRST), "all": re.compile(FIRST + MORE)}

# Lines on which a rewritten token would have another meaning, and room that is only reserved.
LEFT_ALONE = re.compile(
    r"\bwhere\b.*==|\bfunc\b|\bprecondition|\bassert|^\s*case\b.*:|\bimport\b|^\s*@|@inlinable|@usableFromInline|\boperator\b|#if|\bextension\b"
    r"|\bprotocol\b|\btypealias\b|CREATE |SELECT |INSERT |UPDATE |DELETE |await |== nil|!= nil|nonisolated|reserveCapacity|[cC]apacity:")


class Site:
    """One place that may be mutated."""

    def __init__(self, part, path, line, start, text, source):
        self.part, self.path, self.line, self.start, self.text, self.source = part, path, line, start, text, source
        self.number = None
        # The seeds whose draw it is in.
        self.seeds = set()

    def __str__(self):
        return f"{self.path}:{self.line + 1} {self.text} -> {self.neighbour}"

    @property
    def place(self):
        """What tells it from every other site of the same sources."""
        return self.path, self.line, self.start

    @property
    def marked(self):
        """The line of source with the mutated token between « and »; it stays the same while other lines move."""
        end = self.start + len(self.text)
        return f"{self.source[:self.start]}«{self.text}»{self.source[end:]}".strip()

    @property
    def neighbour(self):
        if self.text in NEIGHBOURS:
            return NEIGHBOURS[self.text]
        other = {
            "guard": "guard true ||", "true": "false", "false": "true", "min": "max", "max": "min",
            "!": "(nothing)",
        }
        return other.get(self.text) or str(int(self.text) + 1)

    @property
    def switch(self):
        return f"frontlineMutant({self.number})"

    @property
    def operator(self):
        """An operator that no source uses, made of the number's bits."""
        return "~^~" + "".join("^~"[int(bit)] for bit in f"{self.number:012b}")

    def rewritten(self):
        """What stands in the source in place of the token."""
        if self.text in NEIGHBOURS or self.text == "!":
            return self.operator
        if self.text in ("min", "max"):
            return f"frontlineChoice{self.number}"
        if self.text == "guard":
            return f"guard {self.switch} ||"
        return f"({self.switch} ? {self.neighbour} : {self.text})"

    def declaration(self):
        """The operator or function that stands for a rewritten one; empty if none is needed."""
        if self.text in ("min", "max"):
            return (
                f"func frontlineChoice{self.number}<Value: Comparable>(_ left: Value, _ right: Value) -> Value {{\n"
                f"    {self.switch} ? Swift.{self.neighbour}(left, right) : Swift.{self.text}(left, right)\n}}\n")
        if self.text == "!":
            return (
                f"prefix operator {self.operator}\n"
                f"prefix func {self.operator} (value: Bool) -> Bool {{ {self.switch} ? value : !value }}\n")
        if self.text not in NEIGHBOURS:
            return ""
        head = f"infix operator {self.operator}: {PRECEDENCE[self.text]}\n"
        if self.text in ("&&", "||"):
            return head + (
                f"func {self.operator} (left: Bool, right: @autoclosure () throws -> Bool) rethrows -> Bool {{\n"
                f"    if {self.switch} {{ return try left {self.neighbour} right() }}\n"
                f"    return try left {self.text} right()\n}}\n")
        if self.text in ("+=", "-="):
            return head + (
                f"func {self.operator} <Value: AdditiveArithmetic>(left: inout Value, right: Value) {{\n"
                f"    if {self.switch} {{ left {self.neighbour} right }} else {{ left {self.text} right }}\n}}\n")
        if self.text in ("+", "-"):
            constraint, result = "AdditiveArithmetic", "Value"
        else:
            constraint, result = ("Comparable" if self.text in COMPARISONS else "Equatable"), "Bool"
        return head + (
            f"func {self.operator} <Value: {constraint}>(left: Value, right: Value) -> {result} {{\n"
            f"    {self.switch} ? left {self.neighbour} right : left {self.text} right\n}}\n")


def code_only(line):
    """The line with strings and comments blanked, at the same positions."""
    line = re.sub(r'"(?:[^"\\]|\\.)*"', lambda match: " " * len(match.group()), line)
    return re.sub(r"//.*", lambda match: " " * len(match.group()), line)


def sites(name, operators="first"):
    """Every place of a part that may be mutated, in the order of files and lines."""
    found = []
    for path in sorted(path for folder in PARTS[name].folders for path in (ROOT / folder).rglob("*.swift")):
        inside = False
        if NOT_MUTATED.search(path.name):
            continue
        for number, line in enumerate(path.read_text().splitlines()):
            if line.count('"""') % 2:
                inside = not inside
                continue
            if inside or LEFT_ALONE.search(line):
                continue
            for match in SETS[operators].finditer(code_only(line)):
                kind = match.lastgroup
                if kind == "guard" and re.search(r"\btry\b|\blet\b", line):
                    continue
                if kind in ("operator", "assignment") and match[kind][0] in "+-" and '"' in line:
                    continue
                found.append(Site(name, path.relative_to(ROOT), number, match.start(kind), match[kind], line))
    return found


class Equivalents:
    """The reviewed mutants that no test can detect, each with its reason (`equivalent.json`)."""

    FILE = pathlib.Path(__file__).with_name("equivalent.json")

    def __init__(self):
        self.entries = json.loads(self.FILE.read_text())
        self.places = {(entry["file"], entry["line"]) for entry in self.entries}

    def __contains__(self, site):
        return (str(site.path), site.marked) in self.places

    def stale(self):
        """The entries whose line is no longer in the source."""
        existing = {(str(site.path), site.marked) for name in PARTS for site in sites(name, "all")}
        return sorted(self.places - existing)
