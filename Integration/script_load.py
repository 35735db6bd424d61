"""Measures script sessions over RPC with durable storage: the time of a step, and many open sessions.

    python3 Integration/script_load.py [--sessions 10000] [--connections 8] [--steps 2000]

Prints one line of JSON: milliseconds of `script.advance` at the median and the 99th percentile, before and with the open
sessions, and the server's memory in both cases.
"""
import argparse
import json
import pathlib
import threading
import time

from frontline_process import Server

SCRIPT = {
    "script": "loop", "start": "ask",
    "steps": {
        "ask": {"ask": "Again?", "field": "count", "type": "number", "next": "more"},
        "more": {"ask": "More?", "choices": [{"label": "Yes", "value": "yes", "next": "ask"}, {"label": "No", "value": "no", "next": "done"}]},
        "done": {"end": "done"},
    },
}
STEPS_OF_A_SESSION = 40


def memory(server):
    """The server's resident memory in megabytes."""
    for line in pathlib.Path(f"/proc/{server.process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0


def side_by_side(server, connections, work):
    def run(number):
        with server.connect() as client:
            work(client, number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def measure(server, connections, steps):
    times = []

    def work(client, _):
        state = None
        for step in range(steps // connections):
            if step % STEPS_OF_A_SESSION == 0:
                state = client.call("script.start", script_id="loop")
            value = step if state["step"]["id"] == "ask" else "yes"
            began = time.perf_counter()
            state = client.call("script.advance", session_id=state["session_id"], revision=state["revision"], value=value)
            times.append((time.perf_counter() - began) * 1_000)

    side_by_side(server, connections, work)
    times.sort()
    return round(times[len(times) // 2], 2), round(times[len(times) * 99 // 100], 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--steps", type=int, default=2_000)
    options = parser.parse_args()
    with Server("--no-auth") as server, server.connect() as client:
        client.call("script.publish", source=json.dumps(SCRIPT))
        alone = measure(server, 1, options.steps // 4)
        empty, before = memory(server), measure(server, options.connections, options.steps)
        share = options.sessions // options.connections
        side_by_side(
            server, options.connections,
            lambda open_client, _: [open_client.call("script.start", script_id="loop") for _ in range(share)],
        )
        full, after = memory(server), measure(server, options.connections, options.steps)
    print(json.dumps({
        "alone_p50_ms": alone[0], "alone_p99_ms": alone[1], "connections": options.connections,
        "p50_ms": before[0], "p99_ms": before[1], "open_sessions": share * options.connections,
        "open_p50_ms": after[0], "open_p99_ms": after[1], "memory_mb": empty, "open_memory_mb": full,
    }))


if __name__ == "__main__":
    main()
