"""How many turns a second nodes on one database observe, what limits them, and what that says about more agents.

usage: sizing.py [--nodes 1,2,3] [--rates 50,100,200,300] [--seconds 10] [--connections 64] [--turns-an-agent 0.15] [--json]

Prints, for each number of nodes: the times of `conversation.observe` at steady rates, whether or not the answers keep up, and
the most turns a second that waiting clients get. Beside each: for how much of the time some transaction held the lock that all
writers take first, how long each commit and each turn held it, turns in a commit, statements a turn, and processor time a
turn of nodes and database. Then pgbench on the same servers: a commit alone, and 13 statements with and without such a lock.

The model: a commit with b turns holds the lock for a + b·c. Both are fitted to the measurements; with at most 64 turns in a
commit, no more than 64 / (a + 64·c) turns a second are possible, however many nodes and processors there are. An agent on
the line causes `--turns-an-agent` turns a second. All nodes, the standby and the clients use the same processors here, so a busy
machine holds the lock for longer than three would: measure when nothing else runs. Standard library only, and PostgreSQL and HAProxy.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "endurance"))
from harness import Closed, percentiles, processor_seconds, raise_file_limit  # noqa: E402
from installation import Installation  # noqa: E402
from processes import Missing, as_database_user  # noqa: E402
from speech import Speech  # noqa: E402

# What the server commits together at most (`CommitQueue` in Sources/Storage).
MOST_TURNS_A_COMMIT = 64
AGENTS = (100, 300, 1_000, 3_000, 10_000)
STATEMENTS = 13
# A transaction that has a number and does not wait for a lock holds the one that is taken first.
HOLDERS = """SELECT count(*) FROM pg_stat_activity
    WHERE usename = 'frontline' AND backend_xid IS NOT NULL AND wait_event_type IS DISTINCT FROM 'Lock' \\watch 0.02"""


class Sampler:
    """Looks every 20 ms whether the lock is held, by a session of its own."""

    def __init__(self, database):
        self.process = subprocess.Popen(
            [str(database.programs / "psql"), "-h", str(database.folder), "-p", str(database.port), "-U", "postgres", "-d", "frontline", "-qAtX"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.samples = []
        self.process.stdin.write(HOLDERS + "\n")
        self.process.stdin.flush()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            if line.strip().isdigit():
                self.samples.append(int(line) > 0)

    def end(self):
        """The share of the time in which it was held."""
        self.process.kill()
        self.process.wait()
        self.reader.join(5)
        self.process.stdin.close()
        self.process.stdout.close()
        return sum(self.samples) / max(1, len(self.samples))


class Meter:
    """What happens in the installation between two moments."""

    def __init__(self, installation):
        self.installation, self.pair = installation, installation.pair

    def state(self):
        commits, turns, statements = map(int, self.pair.sql(
            "SELECT commits FROM store_head; SELECT count(*) FROM turns;"
            "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements WHERE userid = 'frontline'::regrole;"))
        nodes = sum(processor_seconds(node.server_id()) for node in self.installation.nodes)
        return commits, turns, statements, nodes, self.database_seconds()

    def database_seconds(self):
        """Processor time of the primary's processes that are there now, which those of connections are all the time."""
        main = int((self.pair.primary.data / "postmaster.pid").read_text().splitlines()[0])
        children = subprocess.run(["pgrep", "-P", str(main)], capture_output=True, text=True).stdout.split()
        total = processor_seconds(main)
        for child in children:
            try:
                total += processor_seconds(child)
            except OSError:
                continue
        return total

    def during(self, action):
        """The figures of an action."""
        before, sampler, began = self.state(), Sampler(self.pair.primary), time.monotonic()
        times = action()
        seconds, held, after = time.monotonic() - began, sampler.end(), self.state()
        commits, turns, statements, nodes, database = (b - a for a, b in zip(before, after))
        if not turns or not commits:
            raise RuntimeError("no turn was observed")
        return {
            "turns_a_second": round(turns / seconds, 1), **percentiles(times), "lock_share": round(held, 3),
            "hold_ms_a_commit": round(1000 * held * seconds / commits, 3), "hold_ms_a_turn": round(1000 * held * seconds / turns, 3),
            "turns_a_commit": round(turns / commits, 2), "statements_a_turn": round(statements / turns, 1),
            "node_ms_a_turn": round(1000 * nodes / turns, 2), "database_ms_a_turn": round(1000 * database / turns, 2)}


class Load:
    """Conversations on some of the nodes."""

    def __init__(self, installation, nodes, connections, token):
        self.installation, self.nodes, self.connections, self.token = installation, nodes, connections, token
        self.speech, self.number = Speech(1), 0

    def __enter__(self):
        for place, node in enumerate(self.installation.nodes):
            self.installation.balancer.set_state(node.name, "ready" if place < self.nodes else "drain")
        time.sleep(0.5)
        self.swarm = Closed(self.installation.balancer.port)
        self.names = {}
        for _ in range(self.connections):
            line = self.swarm.connect(self.token)
            self.number += 1
            self.names[line] = f"size-{self.nodes}-{self.number}"
            line.send("conversation.open", {"conversation_id": self.names[line], "channel": "chat"})
        self.swarm.settle()
        return self

    def __exit__(self, *_):
        self.swarm.close()

    def call(self, line):
        speaker, text = self.speech.next()
        return "conversation.observe", {"conversation_id": self.names[line], "speaker": speaker, "text": text}

    def fresh_times(self):
        self.swarm.times.clear()
        return lambda: self.swarm.times.get("conversation.observe", [])

    def steady(self, rate, seconds):
        times = self.fresh_times()
        self.swarm.play(lambda number: (line := self.swarm.lines[number % len(self.swarm.lines)], *self.call(line)), rate, seconds)
        return times()

    def waiting(self, seconds):
        times = self.fresh_times()
        self.swarm.run(self.call, seconds)
        return times()


def fit(points):
    """The line hold = a + b·c through (turns in a commit, seconds it was held); a and c are not negative.

    With turns in a commit that differ by less than a tenth, all of it counts as a: what a turn adds cannot be told from it.
    """
    batches, holds = [b for b, _ in points], [hold for _, hold in points]
    if max(batches) - min(batches) < 0.1:
        return statistics.fmean(holds), 0.0
    slope, start = statistics.linear_regression(batches, holds)
    if slope <= 0:
        return statistics.fmean(holds), 0.0
    if start <= 0:
        return 0.0, sum(b * h for b, h in points) / sum(b * b for b in batches)
    return start, slope


def limit(fixed, each, most=MOST_TURNS_A_COMMIT):
    """The turns a second at which the lock is held all the time, with full commits."""
    return most / (fixed + most * each)


def prediction(rows, turns_an_agent):
    """What the model says about more agents."""
    fixed, each = fit([(row["turns_a_commit"], row["hold_ms_a_commit"] / 1000) for row in rows])
    most = limit(fixed, each)
    cost = statistics.median(row["node_ms_a_turn"] for row in rows), statistics.median(row["database_ms_a_turn"] for row in rows)
    table = []
    for agents in AGENTS:
        turns = agents * turns_an_agent
        # So many turns come while one commit holds the lock, in the long run.
        batch = max(1.0, turns * fixed / (1 - turns * each)) if turns * each < 1 else None
        possible = batch is not None and batch <= MOST_TURNS_A_COMMIT and turns <= most
        table.append({
            "agents": agents, "turns_a_second": round(turns, 1), "possible": possible,
            "lock_share": round(min(1.0, turns * (fixed / batch + each)), 3) if possible else 1.0,
            "turns_a_commit": round(batch, 1) if possible else MOST_TURNS_A_COMMIT,
            "node_processors": round(turns * cost[0] / 1000, 1), "database_processors": round(turns * cost[1] / 1000, 1)})
    return {"fixed_ms": round(1000 * fixed, 3), "each_ms": round(1000 * each, 3), "limit_turns_a_second": round(most),
            "limit_agents": round(most / turns_an_agent), "agents": table}


PGBENCH = {
    "a commit": "INSERT INTO bench_rows (client, value) VALUES (:client_id, 1);\n",
    "with the lock": "BEGIN;\nSELECT number FROM bench_lock FOR UPDATE;\n" + STATEMENTS * "INSERT INTO bench_rows (client, value) VALUES (:client_id, 1);\n"
                     + "UPDATE bench_lock SET number = number + 1;\nCOMMIT;\n",
    "without it": "BEGIN;\n" + STATEMENTS * "INSERT INTO bench_rows (client, value) VALUES (:client_id, 1);\n" + "COMMIT;\n",
}


def pgbench(pair, folder, seconds):
    """Transactions a second and their mean time, for each script, with 1 and 16 clients."""
    pair.sql("CREATE TABLE bench_rows (id BIGSERIAL PRIMARY KEY, client INT, value INT); CREATE TABLE bench_lock (number BIGINT); INSERT INTO bench_lock VALUES (0);")
    base, results = pair.primary, {}
    for name, script in PGBENCH.items():
        path = folder / "bench.sql"
        path.write_text(script)
        path.chmod(0o644)
        for clients in (1, 16):
            done = subprocess.run(
                as_database_user([base.programs / "pgbench", "-h", base.folder, "-p", base.port, "-U", "postgres", "-n", "-M", "prepared",
                                  "-c", clients, "-j", 2 if clients > 1 else 1, "-T", int(seconds), "-f", path, "frontline"]),
                capture_output=True, text=True, cwd="/")
            if done.returncode:
                raise RuntimeError(f"pgbench: {done.stderr[-500:]}")
            value = {words[0]: words for words in (line.split() for line in done.stdout.splitlines()) if words}
            results[f"{name}, {clients}"] = {"a_second": round(float(value["tps"][2]), 1), "mean_ms": round(float(value["latency"][3]), 2)}
    pair.sql("DROP TABLE bench_rows, bench_lock;")
    return results


def table(rows, columns):
    """Rows as a table of Markdown, to be copied into docs/several-nodes.md."""
    print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    for row in rows:
        print("| " + " | ".join(str(row.get(column, "")) for column in columns) + " |")
    print(flush=True)


def numbers(text):
    return [int(part) for part in text.split(",")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=numbers, default=[1, 2, 3])
    parser.add_argument("--rates", type=numbers, default=[50, 100, 200, 300], help="turns a second")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--turns-an-agent", type=float, default=0.15, help="turns a second")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    raise_file_limit()
    rows = []
    try:
        with Installation(settings=("shared_preload_libraries=pg_stat_statements",), is_direct=True) as own:
            own.pair.sql("CREATE EXTENSION pg_stat_statements;")
            meter, token = Meter(own), own.token("anna", "agent", team="delivery")
            for nodes in options.nodes:
                with Load(own, nodes, options.connections, token) as load:
                    for rate in options.rates:
                        rows.append({"nodes": nodes, "rate": rate, **meter.during(lambda: load.steady(rate, options.seconds))})
                    rows.append({"nodes": nodes, "rate": "most", **meter.during(lambda: load.waiting(options.seconds))})
                    if load.swarm.errors or load.swarm.lost:
                        raise RuntimeError(f"calls failed: {load.swarm.errors}, {load.swarm.lost} connections were lost")
            result = {"rows": rows, "pgbench": pgbench(own.pair, own.folder, max(3, options.seconds / 2)), "model": prediction(rows, options.turns_an_agent)}
    except Missing as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(result))
        return 0
    table(rows, ("nodes", "rate", "turns_a_second", "p50_ms", "p99_ms", "lock_share", "hold_ms_a_commit", "hold_ms_a_turn", "turns_a_commit",
                 "statements_a_turn", "node_ms_a_turn", "database_ms_a_turn"))
    table([{"pgbench, clients": name, **figures} for name, figures in result["pgbench"].items()], ("pgbench, clients", "a_second", "mean_ms"))
    model = result["model"]
    print(f"A commit holds the lock for {model['fixed_ms']} ms and {model['each_ms']} ms for each turn in it: at most "
          f"{model['limit_turns_a_second']} turns a second, {model['limit_agents']} agents.\n")
    table(model["agents"], ("agents", "turns_a_second", "possible", "lock_share", "turns_a_commit", "node_processors", "database_processors"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
