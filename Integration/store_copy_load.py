"""Measures copies of a large store: rows and megabytes per second, and peak memory.

    python3 Integration/store_copy_load.py [--articles 100000] [--turns 1000000]

Serves the samples, observes a contact, and multiplies its turns and the articles in the file of the stopped server; so the rows are
real ones, and only their keys are made up. Then copies the store to PostgreSQL, back, and into another folder, each in a process of its
own, and prints a line of JSON for each. PostgreSQL is that of the tests, which does not wait for its device. Without an installed
PostgreSQL only the copy between folders is measured.
"""
import argparse
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import time

from frontline_process import ROOT, Server, binary, cluster, has_postgres, settings

SAID = [
    "My parcel is late, and this is the third time I call about it!",
    "Order OH-26-104233, it should have come on Monday.",
    "No, nobody was here, and there was no card in the letter box either.",
    "Can I have my money back? I am really tired of this.",
    "All right, thank you, then I will wait for the refund.",
]


def fill(folder):
    """A store with the sample articles and one contact."""
    with Server("--rules", ROOT / "rules", "--knowledge", ROOT / "knowledge", data=folder) as server:
        with server.connect("agent", subject="anna", tier="1", team="delivery") as anna:
            contact = anna.call("conversation.open", channel="chat", customer={"id": "c-1"})["conversation_id"]
            for number in range(10):
                anna.call(
                    "conversation.observe", conversation_id=contact, speaker="agent" if number % 3 == 2 else "customer",
                    text=SAID[number % len(SAID)], turn_id=f"t{number}")
        server.stop(15)


def multiply(database, table, key, conditions, times):
    """Inserts the rows that meet the conditions again, with other keys: expressions over the number of the repetition, `n.i`."""
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(key.get(column, f't."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    database.execute(
        f"""WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {times})
        INSERT INTO {table} ({names}) SELECT {values} FROM n, (SELECT * FROM {table} WHERE {conditions}) AS t""")


def grow(folder, articles, turns):
    """Multiplies articles and turns to the wanted numbers at least."""
    database = sqlite3.connect(f"{folder}/frontline.sqlite")
    database.execute("PRAGMA synchronous = OFF")

    def count(table):
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    times = -(-turns // count("turns"))
    contacts = database.execute("SELECT max(number) FROM conversations").fetchone()[0]
    multiply(database, "conversations", {"number": f"t.number + n.i * {contacts}", "id": "t.id || '-' || n.i"}, "1", times)
    multiply(database, "turns", {"conversation_number": f"t.conversation_number + n.i * {contacts}"}, "1", times)
    known = count("articles")
    times = -(-articles // known)
    numbers = database.execute("SELECT max(number) FROM articles").fetchone()[0]
    last = database.execute("SELECT max(sequence) FROM changes WHERE topic = 'articles'").fetchone()[0] or 0
    identifier = "t.id || '-' || n.i"
    multiply(database, "articles", {"id": identifier, "number": f"t.number + n.i * {numbers}"}, "1", times)
    multiply(database, "versions", {"id": identifier}, "kind = 'article'", times)
    multiply(database, "article_tags", {"id": identifier}, "1", times)
    multiply(
        database, "changes", {"key": "t.key || '-' || n.i", "sequence": f"t.sequence + n.i * {last}"}, "topic = 'articles'", times)
    database.commit()
    sizes = {table: count(table) for table in ("articles", "versions", "conversations", "turns")}
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return sizes


def copy(name, source, target, megabytes):
    """Copies in a process of its own and tells how it went."""
    began = time.monotonic()
    process = subprocess.Popen(
        [binary(), "store", "copy", "--from", source, "--to", target, "--json"], stdout=subprocess.PIPE, env=settings(), text=True)
    report = json.loads(process.stdout.read() or "{}")
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode != 0 or not report.get("ok"):
        raise SystemExit(f"the copy {name} failed: {report}")
    print(json.dumps({
        "copy": name, "rows": report["rows"], "megabytes": round(megabytes), "seconds": round(seconds, 1),
        "rows_per_second": round(report["rows"] / seconds), "megabytes_per_second": round(megabytes / seconds, 1),
        "peak_memory_megabytes": round(usage.ru_maxrss / 1024), "source_changed": report["source_changed"]}), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--turns", type=int, default=1_000_000)
    arguments = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="frontline-")
    try:
        fill(f"{folder}/source")
        print(json.dumps(grow(f"{folder}/source", arguments.articles, arguments.turns)), flush=True)
        megabytes = pathlib.Path(folder, "source", "frontline.sqlite").stat().st_size / 1e6
        source = f"sqlite:{folder}/source"
        copy("SQLite to SQLite", source, f"sqlite:{folder}/copy", megabytes)
        if has_postgres():
            copy("SQLite to PostgreSQL", source, cluster().address("copy"), megabytes)
            copy("PostgreSQL to PostgreSQL", cluster().address("copy"), cluster().address("further"), megabytes)
            copy("PostgreSQL to SQLite", cluster().address("copy"), f"sqlite:{folder}/back", megabytes)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
