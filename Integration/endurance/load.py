"""A thousand conversations at once: observed turns at a steady rate, with alert subscribers and searches beside them.

usage: load.py [--articles N] [--conversations N] [--rate N] [--subscribers N] [--searches N] [--seconds S]

Prints JSON lines: the times of the harness itself, the time of a durable write, then the times of every method, errors, events received, memory and
processor time. Ends only the server it started. Exit 1 if a call failed, an event was missed,
or p99 of observe exceeded `--bar` milliseconds.
"""
import argparse
import itertools
import json
import multiprocessing
import re
import shutil
import signal
import sys
import time

from harness import (
    ROOT, Server, Swarm, corpus, percentiles, processor_seconds, raise_file_limit, report, resident_megabytes, say,
    sync_milliseconds)
from speech import Speech

AGENTS, SUPERVISORS = 50, 10
SHORT = 5


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000, help="0 for the samples alone")
    parser.add_argument("--conversations", type=int, default=1_000)
    parser.add_argument("--rate", type=float, default=500, help="turns per second")
    parser.add_argument("--subscribers", type=int, default=200)
    parser.add_argument("--searches", type=float, default=50, help="a second")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--angry", type=float, default=1, help="furious utterances in a hundred")
    parser.add_argument("--bar", type=float, help="maximum milliseconds for p99 of observe")
    return parser.parse_args()


def observing(port, tokens, options, queries, told, go):
    """The process of the conversations."""
    swarm = Swarm(port)
    lines = [swarm.connect(tokens[number % len(tokens)]) for number in range(options.conversations)]
    swarm.play(lambda n: (lines[n % len(lines)], "server.info", {}), options.rate, SHORT)
    told.put(("harness", percentiles(swarm.times.pop("server.info", []))))
    for number, line in enumerate(lines):
        line.send("conversation.open", {
            "conversation_id": f"load-{number}", "channel": "chat",
            "customer": {"id": f"customer-{number}"}})
        if number % 50 == 0:
            swarm.settle()
    swarm.settle()
    speech = Speech(7, options.angry, queries)
    turns = itertools.count(1)

    def turn(number):
        speaker, text = speech.next()
        return lines[number % len(lines)], "conversation.observe", {
            "conversation_id": f"load-{number % len(lines)}", "turn_id": f"t{next(turns)}", "speaker": speaker, "text": text}

    swarm.play(turn, options.rate, SHORT)
    swarm.times.pop("conversation.observe", None)
    told.put(("open", len(lines)))
    go.wait()
    swarm.play(turn, options.rate, options.seconds)
    told.put(("observing", {
        "observe": percentiles(swarm.times.get("conversation.observe", [])),
        "open": percentiles(swarm.times.get("conversation.open", [])),
        "errors": swarm.errors, "lost_connections": swarm.lost, "unanswered": swarm.pending()}))
    swarm.close()


def searching(port, tokens, options, queries, told, go):
    """The process of the searching clients."""
    swarm = Swarm(port)
    lines = [swarm.connect(tokens[number % len(tokens)]) for number in range(20)]
    go.wait()
    swarm.play(
        lambda n: (lines[n % len(lines)], "knowledge.search", {"query": queries[n % len(queries)], "limit": 10}),
        options.searches, options.seconds)
    told.put(("searching", {
        "search": percentiles(swarm.times.get("knowledge.search", [])), "errors": swarm.errors, "lost_connections": swarm.lost}))
    swarm.close()


def subscribing(port, tokens, options, told, go, over):
    """The process of the supervisors: counts the events of all, and checks those of the first one in detail."""
    cursors, lagging = [], itertools.count()

    def keep(line, text):
        if b'"alerts.lagging"' in text:
            next(lagging)
        elif line is swarm.lines[0] and b'"alerts.event"' in text:
            cursors.append(json.loads(text)["params"]["cursor"])

    swarm = Swarm(port, keep)
    for number in range(options.subscribers):
        line = swarm.connect(tokens[number % len(tokens)])
        line.send("alerts.subscribe", {})
    swarm.settle()
    told.put(("subscribed", len(swarm.lines)))
    go.wait()
    while not over.is_set():
        swarm.turn(0.1)
    quiet = time.monotonic() + 2
    while time.monotonic() < quiet:
        swarm.turn(0.1)
    heard = [line.events for line in swarm.lines]
    told.put(("subscribing", {
        "subscribers": len(heard), "events_each": [min(heard, default=0), max(heard, default=0)], "lagging": next(lagging),
        "in_order": all((len(a), a) < (len(b), b) for a, b in zip(cursors, cursors[1:])), "errors": swarm.errors,
        "lost_connections": swarm.lost}))
    swarm.close()


def main():
    chosen = options()
    raise_file_limit()
    knowledge, queries = ROOT / "knowledge", ["where is my parcel"]
    if chosen.articles:
        folder = corpus(chosen.articles)
        if folder is None:
            say("skipped: the generator of the corpus is absent (FRONTLINE_PEERS names its folder)")
            return 0
        knowledge = folder
        queries = [entry["query"] for entry in map(json.loads, open(folder / "queries.jsonl", encoding="utf-8"))
                   if entry["set"] in ("question", "short")]
    begun = time.monotonic()
    server = Server("--knowledge", knowledge, "--rules", ROOT / "rules", "--idle-timeout", "0", patience=600)
    say(f"ready after {time.monotonic() - begun:.0f} s with {chosen.articles or 'the sample'} articles")
    try:
        return measure(chosen, server, queries)
    finally:
        code = server.stop(signal.SIGTERM)
        shutil.rmtree(server.folder, ignore_errors=True)
        say(f"the server ended with {code}")


def measure(chosen, server, queries):
    agents = [server.token("agent", subject=f"agent-{n}", tier="1", team=f"team-{n % 5}") for n in range(AGENTS)]
    chiefs = [server.token("supervisor", subject=f"chief-{n}", tier="2", team="*") for n in range(SUPERVISORS)]
    told, go, over = multiprocessing.Queue(), multiprocessing.Event(), multiprocessing.Event()
    workers = [
        multiprocessing.Process(target=observing, args=(server.port, agents, chosen, queries, told, go)),
        multiprocessing.Process(target=searching, args=(server.port, agents, chosen, queries, told, go)),
        multiprocessing.Process(target=subscribing, args=(server.port, chiefs, chosen, told, go, over)),
    ]
    for worker in workers:
        worker.start()
    figures = {}
    try:
        while not {"open", "subscribed"} <= figures.keys():
            name, value = told.get(timeout=300)
            figures[name] = value
        report("harness", **figures["harness"])
        report("disk", **sync_milliseconds(server.folder))
        before, cpu, since = resident_megabytes(server.process.pid), processor_seconds(server.process.pid), time.monotonic()
        go.set()
        while not {"observing", "searching"} <= figures.keys():
            name, value = told.get(timeout=chosen.seconds + 300)
            figures[name] = value
        cpu, elapsed = processor_seconds(server.process.pid) - cpu, time.monotonic() - since
        over.set()
        while "subscribing" not in figures:
            name, value = told.get(timeout=60)
            figures[name] = value
    finally:
        for worker in workers:
            worker.join(5)
            if worker.is_alive():
                worker.terminate()
    with server.connect("auditor", subject="otto") as otto:
        text = otto.call("server.metrics")["text"]
    report("load", articles=chosen.articles, conversations=chosen.conversations, rate=chosen.rate,
           **{name: figures[name] for name in ("observing", "searching", "subscribing")},
           resident_megabytes=[before, resident_megabytes(server.process.pid)],
           processor_share=round(cpu / elapsed, 2), stage_ms=stages(text))
    return judge(chosen, figures)


def stages(text):
    """Mean milliseconds of a turn in each stage since the server started."""
    sums = {}
    for name, stage, value in re.findall(r'frontline_turn_stage_seconds_(sum|count)\{stage="(\w+)"\} (\S+)', text):
        sums.setdefault(stage, {})[name] = float(value)
    return {stage: round(v["sum"] / v["count"] * 1000, 3) for stage, v in sums.items() if v.get("count")}


def judge(chosen, figures):
    wrong = []
    for name in ("observing", "searching", "subscribing"):
        if figures[name]["errors"] or figures[name]["lost_connections"]:
            wrong.append(f"{name}: {figures[name]['errors']} {figures[name]['lost_connections']} connections lost")
    if figures["observing"]["unanswered"]:
        wrong.append("turns without an answer")
    heard = figures["subscribing"]
    if heard["events_each"][0] != heard["events_each"][1] or not heard["in_order"] or heard["lagging"]:
        wrong.append("subscribers have received different events")
    if chosen.bar and figures["observing"]["observe"].get("p99_ms", 1e9) > chosen.bar:
        wrong.append(f"p99 of observe is above {chosen.bar} ms")
    for text in wrong:
        say(f"failed: {text}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
