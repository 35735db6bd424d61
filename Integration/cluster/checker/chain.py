"""The audit log: numbered from 1, each entry with the hash of the one before, the last one as its head says."""
import hashlib

from .records import Violation, inversions


def check(records, final):
    return [*links(final["audit"], final["audit_head"]), *verifications(records)]


def seal(entry):
    """The hash of an entry of form 2: each part preceded by its length in bytes, a missing one a hyphen."""
    length = entry["text_length"]
    parts = ["2", entry["previous_hash"], str(entry["sequence"]), str(entry["at"]), entry["actor"], entry["token_id"], entry["roles"],
             entry["system_user"], entry["on_behalf_of"], entry["action"], entry["target"], entry["before_hash"],
             entry["after_hash"], entry["details"], entry["text_sha256"], None if length is None else str(length)]
    text = "".join("-" if part is None else f"{len(part.encode())}:{part}" for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


def links(entries, heads):
    previous = ""
    for place, entry in enumerate(entries, start=1):
        if entry["sequence"] != place:
            yield Violation("audit gap", f"entry {place} of the audit log has the number {entry['sequence']}", None)
            return
        if entry["previous_hash"] != previous:
            yield Violation("audit chain", f"entry {place} of the audit log does not follow the one before it", None)
        if entry["form"] != 2 or seal(entry) != entry["hash"]:
            yield Violation("audit chain", f"entry {place} of the audit log has another hash than its content", None)
        previous = entry["hash"]
    head = heads[0] if heads else {"entries": 0, "hash": ""}
    if (head["entries"], head["hash"]) != (len(entries), previous):
        yield Violation("audit head", f"the head of the audit log says {head['entries']} entries; there are {len(entries)}", None)


def verifications(records):
    """What the nodes said about it, and that none of them has seen less than another one before."""
    done = [operation for operation in records.of("verify") if operation.is_ok]
    for operation in done:
        if not operation.result["ok"]:
            yield Violation("audit chain", f"{operation.name}: a node found the chain broken", operation.end)
    for first, second, at in inversions([(o.begin, o.end, o.result["entries"], o.name) for o in done]):
        yield Violation("audit order", f"{second} saw fewer entries than {first}, which had ended before", at)
