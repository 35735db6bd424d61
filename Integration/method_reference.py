"""Writes docs/methods.md: every method with its parameters, roles, errors, and a call with its answer.

Descriptions come from `rpc.discover`, calls from `method_examples.py`, answers from a server that is started for
them. `python3 Integration/method_reference.py` writes the page, `--check` checks that it is up to date (`test_documents.py`
checks the answers by running the page).
"""
import json
import re
import sys
import textwrap

from frontline_process import ROOT, Server
from method_examples import EXAMPLES
from test_documents import DIFFERENT, Reader

PAGE = ROOT / "docs" / "methods.md"
WIDTH = 118
ELEMENTS = 1
LONGEST_TEXT = 160
PREFIXES = {
    "alert_id": "al", "resolution_id": "res", "query_id": "q", "session_id": "ses", "conversation_id": "con", "issue_id": "iss", "work_id": "wk",
    "action_id": "act", "subscription_id": "sub"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
HEAD = """# Methods

Every method of the server: what it does, who may call it, its parameters, its errors beside the
[standard ones](#errors), and a call with its answer. This page is written by `Integration/method_reference.py` from what
`rpc.discover` says and from a server with the samples, and a test carries out every call on it. Long answers are shortened:
members and elements of lists are left out.

A parameter in *italics* may be left out. `→` is sent by the one named at the top of the block, `←` comes back.

## Errors

Any method may answer -32700 (the line is not JSON), -32600 (not a request, or over a limit), -32601 (no such method),
-32602 (a parameter is wrong: `data.path` says which, `data.expected` what fits), -32603 (a fault of the server, which is in its
log), 1001 `unauthenticated`, 1002 `forbidden` (the role is missing), 1005 `rate_limited`, 1006 `busy` and 1007 `unavailable`.
`data.code` is the name, `data.retry_after_ms` says when to try again.
"""


class Writer:
    """Plays the examples against a server and writes the exchanges."""

    def __init__(self, server):
        self.reader = Reader(server)
        self.answers = {}
        self.names = {}
        self.counts = {}
        self.number = 0

    def filled(self, value):
        if isinstance(value, dict):
            if set(value) == {"$"}:
                found = self.answers
                method = ".".join(value["$"].split(".")[:2])
                found = self.answers[method]
                for part in value["$"].split(".")[2:]:
                    found = found[int(part)] if part.isdigit() else found[part]
                return found
            return {key: self.filled(member) for key, member in value.items()}
        return [self.filled(member) for member in value] if isinstance(value, list) else value

    def play(self, who, method, params, error=None):
        """One exchange as a block of the page; `error` is the code of the error that answers it, if one does."""
        self.number += 1
        sent = {"jsonrpc": "2.0", "id": self.number, "method": method, "params": self.filled(params)}
        self.reader.send(who, json.dumps(sent))
        answer = self.reader.connections[who].receive()
        while answer.get("id") != self.number:
            answer = self.reader.connections[who].receive()
        if answer.get("error", {}).get("code") != error:
            raise SystemExit(f"{method} was answered by {answer}")
        kind = "error" if error else "result"
        self.answers[method] = answer[kind]
        shown = {"jsonrpc": "2.0", "id": self.number, kind: self.shortened(answer[kind])}
        return f"```text {who}\n→ {self.wrapped(self.renamed(sent))}\n← {self.wrapped(shown)}\n```\n"

    def renamed(self, value, key=""):
        """The value with varying ids replaced by short ones."""
        if isinstance(value, dict):
            return {name: self.renamed(member, name) for name, member in value.items()}
        if isinstance(value, list):
            return [self.renamed(member, key) for member in value]
        return self.names.get(value, value) if isinstance(value, str) else value

    def shortened(self, value, key="", depth=0):
        if isinstance(value, dict):
            members = {name: self.shortened(member, name, depth + 1) for name, member in value.items()}
            return {name: member for name, member in members.items() if member is not None}
        if isinstance(value, list):
            kept = [self.shortened(member, key, depth + 1) for member in value[:ELEMENTS]]
            return [member for member in kept if member is not None] or None
        if not isinstance(value, str):
            return round(value, 3) if isinstance(value, float) else value
        if value in self.names:
            return self.names[value]
        prefix = PREFIXES.get(key) or ("al" if key == "alerts" else None)
        if prefix and DIFFERENT.fullmatch(key) and not value.isdigit():
            self.counts[prefix] = self.counts.get(prefix, 0) + 1
            self.names[value] = f"{prefix}-{self.counts[prefix]}"
            return self.names[value]
        if TIME.fullmatch(value) and DIFFERENT.fullmatch(key):
            return "2026-11-29T09:30:00Z"
        if key in ("sha256", "head"):
            return value[:8] + "…"
        return value if len(value) <= LONGEST_TEXT or key in ("text", "reason") and len(value) <= 2 * LONGEST_TEXT else None

    def wrapped(self, value):
        """JSON in lines of limited length, with the members of one object together if they fit."""
        def text(item, indent):
            flat = json.dumps(item, ensure_ascii=False)
            if len(flat) + indent <= WIDTH or not isinstance(item, (dict, list)) or not item:
                return flat
            inner = " " * (indent + 2)
            parts = [f"{json.dumps(k)}: {text(v, indent + 2)}" for k, v in item.items()] if isinstance(item, dict) else [
                text(v, indent + 2) for v in item]
            lines, line = [], ""
            for part in parts:
                if line and (len(inner) + len(line) + len(part) + 2 > WIDTH or "\n" in part or "\n" in line):
                    lines.append(line + ",")
                    line = part
                else:
                    line = f"{line}, {part}" if line else part
            lines.append(line)
            opening, closing = ("{", "}") if isinstance(item, dict) else ("[", "]")
            return opening + "\n" + "\n".join(inner + entry for entry in lines) + closing
        return text(value, 2)


def kind(schema):
    """A schema in a few words."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "enum" in schema:
        return ", ".join(f"`{choice}`" for choice in schema["enum"])
    for member in ("anyOf", "oneOf"):
        if member in schema:
            return " or ".join(kind(choice) for choice in schema[member])
    if schema.get("type") == "array":
        return f"list of {kind(schema.get('items', {}))}"
    return schema.get("type", "anything")


def described(method, schemas):
    """The description of a method, without its call."""
    access = "anyone, without signing in" if method.get("x-public") else ", ".join(method.get("x-roles", []))
    lines = [f"### `{method['name']}`", "", method["summary"].rstrip(".") + ".", ""]
    if method.get("description") and method["description"].rstrip(".") != method["summary"].rstrip("."):
        lines += [textwrap.fill(" ".join(method["description"].split()), WIDTH), ""]
    lines += [f"*For:* {access}.", ""]
    if method["params"]:
        lines += ["| parameter | kind | meaning |", "|---|---|---|"]
        for param in method["params"]:
            name = f"`{param['name']}`" if param["required"] else f"*`{param['name']}`*"
            meaning = " ".join(param.get("description", "").split()).replace("|", "\\|")
            lines.append(f"| {name} | {kind(param['schema'])} | {meaning} |")
        lines.append("")
    errors = [f"{e['code']} `{e['data']['code']}`" if e.get("data", {}).get("code") else str(e["code"]) for e in method.get("errors", [])]
    if errors:
        lines += [f"*Errors:* {', '.join(errors)}.", ""]
    return "\n".join(lines)


def page(server):
    with server.connect() as line:
        document = line.call("rpc.discover")
    schemas = document.get("components", {}).get("schemas", {})
    methods = {method["name"]: method for method in document["methods"]}
    unknown = {name for _, name, *_ in EXAMPLES} - methods.keys() - {"rpc.discover"}
    missing = methods.keys() - {name for _, name, *_ in EXAMPLES}
    if unknown or missing:
        raise SystemExit(f"method_examples.py: no such method: {sorted(unknown)}; without an example: {sorted(missing)}")
    writer = Writer(server)
    parts, seen, area = [HEAD], set(), None
    for who, name, params, *error in EXAMPLES:
        block = writer.play(who, name, params, *error)
        if name not in methods:
            continue
        if name not in seen and name.partition(".")[0] != area:
            area = name.partition(".")[0]
            if f"## {area}\n" not in parts:
                parts.append(f"## {area}\n")
        if name not in seen:
            parts.append(described(methods[name], schemas))
        seen.add(name)
        parts.append(block)
    writer.reader.close()
    return "\n".join(parts)


def frame(text):
    """A page without its exchanges, which must be the same in every run."""
    return re.sub(r"```text \w+\n.*?^```$", "", text, flags=re.S | re.M)


def main(arguments):
    with Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules") as server:
        written = page(server)
    if "--check" in arguments:
        if frame(written) != frame(PAGE.read_text(encoding="utf-8")):
            raise SystemExit("docs/methods.md is out of date: run Integration/method_reference.py")
        return
    PAGE.write_text(written, encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {written.count('### `')} methods")


if __name__ == "__main__":
    main(sys.argv[1:])
