"""One node on SQLite and on PostgreSQL in turn: observed turns and requests of resolutions a second, by clients that wait.

usage: drivers.py [--runs 3] [--seconds 10] [--connections 64]

Every run has a new store. Both wait for the device with each commit: PostgreSQL, without a standby, in a server of its own on the
same disk. The encoder is off. Prints a line of JSON for each run, and one with the medians and their ratios. Needs PostgreSQL.
"""
import argparse
import json
import pathlib
import statistics
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from frontline_process import ROOT, Server, cluster, has_postgres  # noqa: E402
from harness import Closed, percentiles, sync_milliseconds  # noqa: E402
from speech import Speech  # noqa: E402


def waiting(swarm, method, params, seconds):
    """The figures of so many seconds."""
    swarm.times.clear()
    swarm.run(lambda line: (method, params(line)), seconds)
    times = swarm.times[method]
    return {"a_second": round(len(times) / seconds, 1), **percentiles(times)}


def places():
    """The stores by the name of their driver; each is new."""
    server = cluster()
    for setting in ("fsync", "full_page_writes"):
        server.sql(f"ALTER SYSTEM SET {setting} = on")
    server.sql("SELECT pg_reload_conf()")
    count = 0
    while True:
        count += 1
        yield {"sqlite": None, "postgresql": server.address(f"drivers-{count}")}


def measure(store, options):
    with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
        with Server("--rules", ROOT / "rules", "--encoder", "off", "--rate-limit", "0", data=folder, store=store or f"sqlite:{folder}") as server:
            token = server.token("agent", subject="anna", tier="1", team="delivery")
            swarm, speech, names, count = Closed(server.port), Speech(1), {}, 0
            for number in range(options.connections):
                line = swarm.connect(token)
                names[line] = f"drivers-{number}"
                line.send("conversation.open", {"conversation_id": names[line], "channel": "chat"})
            swarm.settle()

            def turn(line):
                speaker, text = speech.next()
                return {"conversation_id": names[line], "speaker": speaker, "text": text}

            def request(line):
                nonlocal count
                count += 1
                return {"idempotency_key": f"d{count}", "action": "refund", "reason": "late_delivery", "customer_id": f"c{count}",
                        "reference": {"type": "order", "id": f"o{count}"}, "amount": {"amount": "5.00", "currency": "EUR"}}

            try:
                waiting(swarm, "conversation.observe", turn, 2)
                return {"turns": waiting(swarm, "conversation.observe", turn, options.seconds),
                        "requests": waiting(swarm, "resolution.request", request, options.seconds)}
            finally:
                swarm.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--connections", type=int, default=64)
    options = parser.parse_args()
    if not has_postgres():
        print("drivers.py: no PostgreSQL server is installed", file=sys.stderr)
        return 2
    rates = {}
    for _, stores in zip(range(options.runs), places()):
        for driver, store in stores.items():
            figures = measure(store, options)
            print(json.dumps({"store": driver, **figures}), flush=True)
            for kind, figure in figures.items():
                rates.setdefault((kind, driver), []).append(figure["a_second"])
    medians = {key: statistics.median(values) for key, values in rates.items()}
    print(json.dumps({
        "flush_ms": sync_milliseconds(pathlib.Path(tempfile.gettempdir()))["p50_ms"],
        **{f"{kind}_{driver}": value for (kind, driver), value in medians.items()},
        **{f"{kind}_ratio": round(medians[kind, "postgresql"] / medians[kind, "sqlite"], 2) for kind in ("turns", "requests")}}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
