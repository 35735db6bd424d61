"""Attacks on the files: access by others, wrong files accepted as a store, unnoticed damage, rows changed without a log entry."""
import json
import os
import pathlib
import shutil
import sqlite3
import stat
import tempfile

from attacks.target import attack, hold
from frontline_process import ROOT, Server, run


def exposed(*folders):
    """Files and folders that other users may read or write."""
    found = []
    for folder in map(pathlib.Path, folders):
        for path in [folder, *folder.rglob("*")]:
            if stat.S_IMODE(path.lstat().st_mode) & 0o077:
                found.append(f"{path.name} {stat.S_IMODE(path.lstat().st_mode):o}")
    return found


def filled():
    """A data folder with an article, a grant and a token, without a server."""
    with Server("--rules", ROOT / "rules") as server:
        with server.connect("agent", "knowledge_manager", subject="anna", tier="1", team="delivery") as anna:
            anna.call("knowledge.import", xml=(
                '<article xmlns="urn:frontline:knowledge:1" id="a" audience="supervisor"><title>Secret</title>'
                f'<section kind="body"><p>{"text " * 4000}</p></section></article>'))
            anna.call("resolution.request", idempotency_key="1", action="refund", reason="late_delivery", customer_id="k",
                      amount={"amount": "5.00", "currency": "EUR"})
        server.stop()
        return server.folder


def change(folder, sql):
    database = sqlite3.connect(os.path.join(folder, "frontline.sqlite"))
    database.executescript(sql)
    database.commit()
    database.close()


def damaged(path):
    """Overwrites parts of pages, except the first pages."""
    with open(path, "r+b") as file:
        size = file.seek(0, 2)
        for offset in range(16 * 4096, size, 7 * 4096):
            file.seek(offset)
            file.write(b"\x5a" * 2000)


@attack("another user of the machine reads the store, its copies, the index or the list of erasures")
def others(target):
    before = os.umask(0)
    try:
        folder = tempfile.mkdtemp(prefix="frontline-")
        os.chmod(folder, 0o755)
        copies = tempfile.mkdtemp(prefix="frontline-")
        with Server("--knowledge", ROOT / "knowledge", "--socket", os.path.join(folder, "s.sock"), data=folder) as server:
            for name in ("frontline.sqlite", "frontline.sqlite-wal", "frontline.sqlite-shm"):
                hold(not exposed(os.path.join(folder, name)), f"open to all: {name}")
            with server.connect("admin", subject="root") as root:
                root.call("conversation.open", conversation_id="c", channel="chat", customer={"id": "k"})
                root.call("customer.erase", customer_id="k", reason="asked")
            run("backup", os.path.join(copies, "b.sqlite"), "--data", folder)
            server.stop()
            hold(not exposed(folder, copies), f"open to all: {exposed(folder, copies)}")
            # Existing files with open permissions are restricted at the next start.
            for path in [folder, *map(str, pathlib.Path(folder).glob("frontline.sqlite*"))]:
                os.chmod(path, 0o755)
            server.start()
            hold(not exposed(folder), f"open to all after a start: {exposed(folder)}")
            server.stop()
        restored = tempfile.mkdtemp(prefix="frontline-")
        os.chmod(restored, 0o777)
        run("restore", os.path.join(copies, "b.sqlite"), "--data", restored)
        hold(not exposed(restored), f"open to all after a restore: {exposed(restored)}")
    finally:
        os.umask(before)


@attack("any file is accepted as a store: a browser's database, an empty file")
def taken_for_a_store(target):
    with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
        path = os.path.join(folder, "frontline.sqlite")
        change(folder, "CREATE TABLE moz_cookies (name TEXT)")
        done = run("token", "list", "--data", folder, check=False)
        hold(done.returncode == 1 and "another program" in done.stderr, f"accepted: {done.returncode} {done.stderr}")
        copy = os.path.join(folder, "copy")
        shutil.copy(path, copy)
        done = run("restore", copy, "--data", os.path.join(folder, "new"), check=False)
        hold(done.returncode == 1 and "another program" in done.stderr, f"restored: {done.stderr}")
        open(path, "w").close()
        done = run("token", "list", "--data", folder, check=False)
        hold(done.returncode == 1 and "empty" in done.stderr, f"an empty file is accepted: {done.stderr}")
        hold(os.path.getsize(path) == 0, "the empty file was filled")


@attack("a damaged store reports health ok, is backed up, and is restored")
def damage(target):
    folder = filled()
    path = os.path.join(folder, "frontline.sqlite")
    whole = os.path.join(folder, "whole")
    run("backup", whole, "--data", folder)
    damaged(path)
    done = run("backup", os.path.join(folder, "copy"), "--data", folder, check=False)
    hold(done.returncode != 0, "a damaged store was backed up without an error")
    hold(not [name for name in os.listdir(folder) if name.startswith("copy")], "a file was left")
    damaged(whole)
    done = run("restore", whole, "--data", os.path.join(folder, "new"), check=False)
    hold(done.returncode == 1 and "damaged" in done.stderr, f"a damaged backup was restored: {done.stderr}")
    hold(not os.path.exists(os.path.join(folder, "new", "frontline.sqlite")), "a store was left")
    try:
        server = Server(data=folder)
    except AssertionError:
        return "it does not start"
    with server, server.connect() as stranger:
        health = stranger.call("server.health")
        hold(health["status"] != "ok" and not health["checks"]["store"]["ok"], f"health is {health}")
    return "it starts and says so"


@attack("rows of the ledger, articles, policies and tokens are changed without a log entry")
def behind_the_log(target):
    folder = filled()
    hold(run("audit", "verify", "--data", folder, check=False).returncode == 0, "the folder does not verify")
    tampering = {
        "resolution": "UPDATE resolutions SET minor_units = 1; UPDATE resolutions SET status = 'denied' WHERE status = 'pending'",
        "article": "UPDATE articles SET audience = 'agent', restrictions = ''",
        "version": "UPDATE versions SET content = replace(content, 'text', 'test') WHERE kind = 'article'",
        "policy": "UPDATE versions SET version = version + 100 WHERE kind = 'policy'; UPDATE live_versions SET version = version + 101 WHERE kind = 'policy'",
        "token": "UPDATE access_tokens SET roles = 'admin'",
    }
    for kind, sql in tampering.items():
        copy = tempfile.mkdtemp(prefix="frontline-")
        shutil.copy(os.path.join(folder, "frontline.sqlite"), copy)
        change(copy, sql)
        done = run("audit", "verify", "--data", copy, check=False)
        found = {row["kind"] for row in json.loads(done.stdout)["changed"]}
        hold(done.returncode == 1 and kind in found, f"a changed {kind} is not detected: {done.stdout}")
        shutil.rmtree(copy)


@attack("a missing value is changed to an empty one, and the whole chain is sealed again")
def sealed_anew(target):
    folder = filled()
    head = json.loads(run("audit", "verify", "--data", folder).stdout)["head"]
    hold(run("audit", "verify", "--data", folder, "--head", head, check=False).returncode == 0, "the known head is not found")
    change(folder, "UPDATE audit_entries SET details = '' WHERE details IS NULL AND sequence = 1")
    done = run("audit", "verify", "--data", folder, check=False)
    hold(done.returncode == 1 and json.loads(done.stdout)["first_bad"] == 1, f"not detected: {done.stdout}")
    change(folder, "DELETE FROM audit_entries; DELETE FROM audit_head")
    done = run("audit", "verify", "--data", folder, "--head", head, check=False)
    hold(done.returncode == 1 and "head_at" not in json.loads(done.stdout), f"a new chain is accepted as the old one: {done.stdout}")
