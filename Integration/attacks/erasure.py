"""Attacks on erased data: text of an erased customer in files, logs and lists, and open work about that customer."""
import hashlib
import json
import pathlib
import random
import sqlite3
import time

from attacks.target import attack, fresh, hold, refused
from frontline_process import ROOT, Server, run

EUROS = {"amount": "60.00", "currency": "EUR"}


def occurrences(folder, text):
    """The files of a data folder that contain a text."""
    wanted = text.encode()
    return [path.name for path in pathlib.Path(folder).rglob("*") if path.is_file() and wanted in path.read_bytes()]


def gone(folder, text, seconds=10):
    """Waits until no file contains a text."""
    end = time.monotonic() + seconds
    while occurrences(folder, text) and time.monotonic() < end:
        time.sleep(0.05)
    return not occurrences(folder, text)


@attack("a reader of the store keeps erased text in the write-ahead log and makes all writers wait")
def held_by_a_reader(target):
    with Server() as server, server.connect("admin", subject="root") as root:
        word = fresh("quokka")
        root.call("conversation.open", conversation_id="c", channel="chat", customer={"id": "k"})
        for number in range(20):
            root.call("conversation.observe", conversation_id="c", speaker="customer", text=f"{word} {number}")
        reader = sqlite3.connect(f"{server.folder}/frontline.sqlite", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM turns").fetchall()
        start = time.monotonic()
        answer = root.call("customer.erase", customer_id="k", reason="asked")
        hold(answer.get("pending"), "the answer says that it is done while a reader holds the log")
        erased = time.monotonic() - start
        slowest = 0
        for number in range(30):
            start = time.monotonic()
            root.call("conversation.open", conversation_id=f"d{number}", channel="chat")
            slowest = max(slowest, time.monotonic() - start)
        hold(slowest < 1, f"a writer waited for {slowest:.1f} s")
        reader.execute("ROLLBACK")
        reader.close()
        hold(gone(server.folder, word), f"it is still in {occurrences(server.folder, word)}")
        again = root.call("customer.erase", customer_id="k", reason="asked")
        hold("pending" not in again, f"it is not done: {again}")
        return f"erased in {erased:.1f} s, slowest write {1000 * slowest:.0f} ms"


@attack("free text outlives the erased customer: reasons, codes, keys, notes, references")
def written_beside(target):
    with Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules") as server:
        mark = fresh("Plantedperson")
        with server.connect("agent", subject="anna", tier="1", team="delivery") as anna, \
                server.connect("supervisor", subject="sofia", tier="3", team="delivery") as sofia, \
                server.connect("admin", subject="root", tier="3", team="delivery") as root:
            told = {"id": f"k-{mark}", "name": f"Mia {mark}", "email": f"{mark}@example.org"}
            first = anna.call("conversation.open", channel="chat")["conversation_id"]
            # Requested before the customer of the contact is known.
            early = anna.call("resolution.request", idempotency_key=f"{mark} 1", action="refund", reason="late_delivery",
                              conversation_id=first, amount=EUROS, reference={"type": "order", "id": mark},
                              context={"note": mark})
            anna.call("conversation.observe", conversation_id=first, speaker="customer", text=f"I am {mark}! I am furious, this is a scam!")
            anna.call("conversation.update", conversation_id=first, customer=told, tags=[mark], external_ids={"crm": mark})
            help_ = anna.call("alerts.raise", conversation_id=first, note=f"{mark} shouts")
            sofia.call("alerts.acknowledge", alert_ids=[help_["alert_id"]], note=f"{mark} again")
            done = root.call("resolution.request", idempotency_key=f"{mark} 2", action="refund", reason="late_delivery",
                             customer_id=told["id"], amount={"amount": "5.00", "currency": "EUR"}, reference={"type": "order", "id": mark})
            if done["status"] == "approved":
                root.call("resolution.settle", resolution_id=done["resolution_id"], result="done", reference=f"paid to {mark}")
            session = anna.call("script.start", script_id="late-delivery", conversation_id=first)
            anna.call("script.note", session_id=session["session_id"], text=f"{mark} is patient")
            anna.call("conversation.transfer", conversation_id=first, to={"team": "delivery"}, reason=f"{mark} wants more", note=f"be kind to {mark}")
            root.call("knowledge.search", query=f"refund for {mark}")
            root.call("conversation.close", conversation_id=first, disposition={"code": f"lost-{mark}", "note": mark})
            # In places that are not about customers.
            root.call("knowledge.retire", article_id="late-delivery-refund", reason=f"Mia {mark} complained")
            root.call("customer.export", customer_id=told["id"])
            hold(occurrences(server.folder, mark), "no text was planted")
            answer = root.call("customer.erase", customer_id=told["id"], reason=f"letter of Mia {mark}")
            hold("pending" not in answer, f"not done: {answer.get('pending')}")
            left = occurrences(server.folder, mark)
            hold(not left, f"it is still in {left}")
            hold(mark not in "".join(server.log), "it is in the server's log")
            hold(root.call("resolution.get", resolution_id=early["resolution_id"])["status"] != "pending", "a request still waits")
            hold(root.call("audit.verify")["ok"], "the chain is broken")
            again = anna.call("resolution.request", idempotency_key=f"{mark} 3", action="refund", reason="late_delivery",
                              conversation_id=anna.call("conversation.open", channel="chat")["conversation_id"], amount=EUROS)
            hold(again["status"] in ("pending", "approved", "denied"), "the ledger accepts no new request")


@attack("alerts and requests of an erased customer stay open")
def goes_on(target):
    customer = fresh("k")
    with target.connect("agent", subject="anna", tier="1", team="delivery") as anna, target.connect("admin", subject="root") as root:
        conversation = anna.call("conversation.open", channel="chat", customer={"id": customer})["conversation_id"]
        alert = anna.call("alerts.raise", conversation_id=conversation, note="help")
        grant = anna.call("resolution.request", idempotency_key=fresh(), action="refund", reason="late_delivery",
                          conversation_id=conversation, amount={"amount": "90.00", "currency": "EUR"})
        hold(grant["status"] == "pending", f"the request is {grant['status']}")
        root.call("customer.erase", customer_id=customer, reason="asked")
        shown = root.call("alerts.get", alert_id=alert["alert_id"])
        hold(shown["status"] in ("expired", "resolved"), f"the alert is {shown['status']}")
        shown = root.call("resolution.get", resolution_id=grant["resolution_id"])
        hold(shown["status"] == "cancelled", f"the request is {shown['status']}")
        live = [a for a in root.call("alerts.list", status="open", limit=100)["alerts"] if a["subject"]["id"] == grant["resolution_id"]]
        hold(not live, "supervisors are still asked to approve it")


@attack("erased customers are identified by hashing the ids of customers")
def hashed_target(target):
    customer = fresh("k")
    with target.connect("admin", subject="root") as root:
        root.call("conversation.open", channel="chat", customer={"id": customer})
        root.call("customer.erase", customer_id=customer, reason="asked")
        log = json.dumps(root.call("audit.list", action="customer.erase"))
        digest = hashlib.sha256(customer.encode()).hexdigest()
        hold(customer not in log and digest[:12] not in log, "the log names the customer")
        found = root.call("audit.list", object=f"customer:{customer}")["entries"]
        hold([e["action"] for e in found] == ["customer.erase"], f"the entry is not found by the id: {found}")


@attack("ids of customers are guessed by exporting and erasing them")
def tried_out(target):
    with target.connect("admin", subject="root") as root:
        refused(lambda: root.call("customer.export", customer_id=fresh()), 1003)
        refused(lambda: root.call("customer.erase", customer_id=fresh(), reason="x"), 1003)
        refused(lambda: root.call("customer.erase", customer_id=fresh(), reason="x", dry_run=True), 1003)


@attack("a customer's data is exported without a record")
def silent_export(target):
    customer = fresh("k")
    with target.connect("admin", subject="root") as root, target.connect("auditor", subject="paul") as paul:
        root.call("conversation.open", channel="chat", customer={"id": customer})
        paul.call("customer.export", customer_id=customer)
        entries = root.call("audit.list", subject="paul", action="customer.export")["entries"]
        hold(entries and entries[-1]["token_id"].startswith("tok_") and entries[-1]["roles"] == ["auditor"], f"the log has {entries}")
        end = time.monotonic() + 5
        while "customer.export" not in "".join(target.server.log) and time.monotonic() < end:
            time.sleep(0.05)
        hold("customer.export" in "".join(target.server.log), "the server's log has no entry")


@attack("erased text remains in pages where the store moved rows")
def moved_rows(target):
    with Server() as server, server.connect("admin", subject="root") as root:
        chance = random.Random(1)
        words = {f"k{number}": f"quokka{number}z" for number in range(20)}
        ids = {customer: f"{chance.getrandbits(48):x}" for customer in words}
        for customer, word in words.items():
            root.call("conversation.open", conversation_id=ids[customer], channel="chat",
                      customer={"id": customer, "name": f"Name {word}"}, external_ids={"crm": word})
        for _ in range(200):
            customer = chance.choice(list(words))
            # Rows that grow and shrink cause page splits.
            if chance.random() < 0.6:
                note = (words[customer] + " ") * chance.choice([1, 10, 60, 200])
                root.call("conversation.update", conversation_id=ids[customer], customer={"id": customer, "note": note})
            else:
                text = " ".join([words[customer]] + ["kettle"] * chance.choice([1, 40, 300]))
                root.call("conversation.observe", conversation_id=ids[customer], speaker="customer", text=text)
        for customer in list(words)[::2]:
            answer = root.call("customer.erase", customer_id=customer, reason="asked")
            hold("pending" not in answer, f"not done: {answer.get('pending')}")
            left = occurrences(server.folder, words[customer])
            hold(not left, f"{customer} is still in {left}")
        for customer in list(words)[1::2]:
            hold(root.call("conversation.get", conversation_id=ids[customer])["customer"]["id"] == customer, "another customer was erased")
        hold(root.call("server.health")["status"] == "ok", "the store was damaged")
        server.stop()
        hold(json.loads(run("audit", "verify", "--data", server.folder).stdout)["ok"], "the audit chain is broken")
