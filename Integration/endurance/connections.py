"""Many silent connections: their memory, and the latency of the server beside them.

usage: connections.py [--connections N] [--bar MEGABYTES]

Skips with a message if a process may not open so many files. Exit 1 if a connection was refused or lost, or the
server uses more than `--bar` megabytes.
"""
import argparse
import multiprocessing
import shutil
import signal
import sys

from harness import ROOT, Server, Swarm, percentiles, raise_file_limit, report, resident_megabytes, say


def holding(port, token, count, told, over):
    swarm = Swarm(port)
    for _ in range(count):
        swarm.connect(token)
    told.put(len(swarm.lines))
    while not over.is_set():
        swarm.turn(0.5)
    told.put(swarm.lost)
    swarm.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--connections", type=int, default=10_000)
    parser.add_argument("--bar", type=float, default=500)
    chosen = parser.parse_args()
    if raise_file_limit() < chosen.connections + 500:
        say("skipped: this user may not open so many files (ulimit -n)")
        return 0
    server = Server("--knowledge", ROOT / "knowledge", "--idle-timeout", "0")
    try:
        token = server.token("agent")
        empty = resident_megabytes(server.process.pid)
        told, over = multiprocessing.Queue(), multiprocessing.Event()
        worker = multiprocessing.Process(target=holding, args=(server.port, token, chosen.connections, told, over))
        worker.start()
        held = told.get(timeout=300)
        full = resident_megabytes(server.process.pid)
        swarm = Swarm(server.port)
        line = swarm.connect(token)
        swarm.play(lambda _: (line, "knowledge.search", {"query": "parcel is late"}), 50, 5)
        over.set()
        lost = told.get(timeout=60)
        worker.join(30)
        report("connections", connections=held, lost=lost, resident_megabytes={"before": empty, "with_them": full},
               kilobytes_each=round((full - empty) * 1024 / max(1, held), 1),
               search_beside_them=percentiles(swarm.times["knowledge.search"]))
        swarm.close()
        return 0 if held == chosen.connections and not lost and full <= chosen.bar else 1
    finally:
        server.stop(signal.SIGTERM)
        shutil.rmtree(server.folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
