"""Conversations as registers of lists: one order of all that was said explains every answer and every read.

With W1, W2, … the turns of a conversation in their final order, and a read R that saw the first n of them, the order demands
Wn before R before Wn+1 (write to read, read to write) and W1 before W2 before … (write to write). So every operation has a
place, n for Wn and n + ½ for such a read, and whoever ended before another one began has no later place. A cycle in
the graph of all these edges needs an edge of real time from a later place to an earlier one, because all others go up; and
each such edge closes a cycle, because the places between are connected. So it is enough to look for these edges.
"""
import collections

from .records import Violation, inversions


def check(records, final):
    lists = collections.defaultdict(list)
    for row in final["turns"]:
        lists[row["conversation"]].append((row["number"], row["turn_id"]))
    found, items = [], collections.defaultdict(list)
    for name, rows in lists.items():
        if [number for number, _ in rows] != list(range(1, len(rows) + 1)):
            found.append(Violation("register gap", f"the turns of {name} are numbered {[number for number, _ in rows]}", None))
    for operation in records.of("append"):
        name = operation.given["conversation"]
        order = [turn for _, turn in lists[name]]
        if operation.name not in order:
            continue
        place = order.index(operation.name) + 1
        if operation.is_ok and operation.result["turn"] != place:
            found.append(Violation("register", f"{operation.name} was told that it is turn {operation.result['turn']}; it is {place}", operation.end))
        items[name].append((operation.begin, operation.end, place, operation.name))
    for operation in records.of("read"):
        if not operation.is_ok:
            continue
        name, seen = operation.given["conversation"], operation.result["turns"]
        order = [turn for _, turn in lists[name]]
        if order[:len(seen)] != seen:
            found.append(Violation("register", f"{operation.name} read {seen}, which is no beginning of {order}", operation.end))
        else:
            items[name].append((operation.begin, operation.end, len(seen) + 0.5, operation.name))
    for name, of_one in items.items():
        for first, second, at in inversions(of_one):
            found.append(Violation("register order", f"{name}: {second} began after {first} had ended, and comes before it", at))
    return found
