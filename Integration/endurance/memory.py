"""Memory used by clients that send requests and read nothing: batches of public answers without a token, conversations with one.

usage: memory.py [--connections N] [--seconds S] [--bar MEGABYTES] [--cap MEGABYTES]

The cost appears after as many answers as the machine makes in `--seconds`: a slow program or machine needs more of them.
Prints a JSON line for each attack; exit 1 if it used more than `--bar` megabytes, or an ordinary client was not served.
The server is killed when it uses more than `--cap`, so that a program without bounds does not exhaust the machine.
"""
import argparse
import json
import shutil
import signal
import socket
import sys
import time

from harness import Server, raise_file_limit, report, resident_megabytes

CHUNK = 16_384


def call(number, method, **params):
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


def line(message):
    return json.dumps(message).encode() + b"\n"


def attack(server, name, data, connections, seconds, cap):
    """Connects, sends as much of `data` as possible and reads nothing; returns the maximum of megabytes used."""
    before = most = resident_megabytes(server.process.pid)
    clients = []
    for _ in range(connections):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(10)
        client.connect(("127.0.0.1", server.port))
        client.setblocking(False)
        clients.append([client, 0])
    closed, deadline, capped = 0, time.monotonic() + seconds, False
    while time.monotonic() < deadline and not capped:
        busy = False
        for entry in clients:
            client, sent = entry
            if client is None or sent >= len(data):
                continue
            try:
                entry[1] += client.send(data[sent:sent + CHUNK])
                busy = True
            except BlockingIOError:
                pass
            except OSError:
                client.close()
                entry[0] = None
                closed += 1
        most = max(most, resident_megabytes(server.process.pid))
        capped = most - before > cap
        time.sleep(0 if busy else 0.05)
    start, served = time.monotonic(), False
    if not capped:
        try:
            with server.connect() as honest:
                served = honest.call("server.health")["status"] == "ok"
        except OSError:
            served = False
    waited = time.monotonic() - start
    for client, _ in clients:
        if client is not None:
            client.close()
    report("memory", attack=name, connections=connections, megabytes=round(most - before), over_the_cap=capped,
           closed_by_the_server=closed, honest_client_served=served, honest_client_waited_ms=round(waited * 1_000))
    return most - before if served else float("inf")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--connections", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=20, help="of each attack")
    parser.add_argument("--bar", type=float, default=600)
    parser.add_argument("--cap", type=float, default=6_000)
    chosen = parser.parse_args()
    raise_file_limit()
    discover = line([call(n, "rpc.discover") for n in range(100)]) * 4
    small = line(call(1, "server.info")) * 20_000
    server = Server()
    costs = []
    try:
        token = server.token("agent", subject="anna", team="delivery")
        with server.connect("agent", subject="anna", team="delivery") as agent:
            conversation = agent.call("conversation.open", channel="chat")["conversation_id"]
            for number in range(100):
                agent.call("conversation.observe", conversation_id=conversation, speaker="agent", text=f"{number} " + "word " * 1_500)
        get = line([call(n, "conversation.get", conversation_id=conversation) for n in range(100)]) * 2
        signed = line(call(0, "session.authenticate", token=token)) + get
        for name, data in (("batches of rpc.discover", discover), ("server.info", small), ("batches of conversation.get", signed)):
            if server.process.poll() is None:
                costs.append(attack(server, name, data, chosen.connections, chosen.seconds, chosen.cap))
                if costs[-1] == float("inf"):
                    server.stop(signal.SIGKILL)
                    server.start()
    finally:
        server.stop(signal.SIGKILL)
        shutil.rmtree(server.folder, ignore_errors=True)
    return 0 if all(cost <= chosen.bar for cost in costs) else 1


if __name__ == "__main__":
    sys.exit(main())
