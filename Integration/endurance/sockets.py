"""Many silent WebSockets: their memory, whether they stay, and the latency of the server beside them.

usage: sockets.py [--connections N] [--bar MEGABYTES] [--seconds N]

Every socket has signed in and answers pings, and is held for so many seconds, which is longer than the server waits for a pong. Skips with a
message if a process may not open so many files. Exit 1 if a connection was refused or lost, or the server uses more than `--bar` megabytes.
"""
import argparse
import selectors
import sys

from harness import crowd, raise_file_limit, say
from web_client import PONG, Socket, frame, web_port

PING = b"\x89\x00"


def holding(port, token, count, told, over):
    selector, pong = selectors.DefaultSelector(), frame(PONG)
    counts = {"lost": 0, "pings_answered": 0}

    def turn(wait):
        for key, _ in selector.select(wait):
            try:
                data = key.fileobj.recv(4096)
                if data and not data.strip(PING):
                    key.fileobj.send(pong)
                    counts["pings_answered"] += 1
                    continue
            except OSError:
                pass
            counts["lost"] += 1
            selector.unregister(key.fileobj)

    for number in range(count):
        page = Socket(port, token=token, timeout=60)
        page.socket.setblocking(False)
        selector.register(page.socket, selectors.EVENT_READ, page)
        # The first ones are asked whether they are there before the last ones are connected.
        if number % 100 == 0:
            turn(0)
    told.put(count)
    while not over.is_set():
        turn(0.5)
    told.put(counts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--connections", type=int, default=10_000)
    parser.add_argument("--bar", type=float, default=500)
    parser.add_argument("--seconds", type=float, default=45)
    chosen = parser.parse_args()
    if raise_file_limit() < chosen.connections + 500:
        say("skipped: this user may not open so many files (ulimit -n)")
        return 0
    return crowd("sockets", holding, chosen, ("--web", "127.0.0.1:0"), web_port, chosen.seconds)



if __name__ == "__main__":
    sys.exit(main())
