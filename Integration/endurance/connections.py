"""Many silent connections: their memory, and the latency of the server beside them.

usage: connections.py [--connections N] [--bar MEGABYTES]

Skips with a message if a process may not open so many files. Exit 1 if a connection was refused or lost, or the
server uses more than `--bar` megabytes.
"""
import argparse
import sys

from harness import Swarm, crowd, raise_file_limit, say


def holding(port, token, count, told, over):
    swarm = Swarm(port)
    for _ in range(count):
        swarm.connect(token)
    told.put(len(swarm.lines))
    while not over.is_set():
        swarm.turn(0.5)
    told.put({"lost": swarm.lost})
    swarm.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--connections", type=int, default=10_000)
    parser.add_argument("--bar", type=float, default=500)
    chosen = parser.parse_args()
    if raise_file_limit() < chosen.connections + 500:
        say("skipped: this user may not open so many files (ulimit -n)")
        return 0
    return crowd("connections", holding, chosen)



if __name__ == "__main__":
    sys.exit(main())
