"""Attacks on the identity of the caller: two identities on one connection, tokens that are no longer valid."""
import json
import socket
import sqlite3
import time

from attacks.target import attack, fresh, hold, refused
from frontline_process import Connection, Server, run


def line(number, method, **params):
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode() + b"\n"


def together(target, lines):
    """Writes many lines at once on a new connection; returns the answers by id."""
    with Connection(socket.AF_INET, ("127.0.0.1", target.server.port)) as connection:
        connection.send(b"".join(lines))
        answers = [connection.receive() for _ in lines]
    return {answer["id"]: answer for answer in answers}


@attack("work requested by one identity is done in the name of the next one on the connection")
def two_identities_at_once(target):
    admin = target.server.token("admin", subject=fresh("admin"))
    doer, successor = fresh("doer"), fresh("successor")
    first = target.server.token("agent", "admin", subject=doer, team="delivery")
    second = target.server.token("agent", "auditor", subject=successor, team="delivery")
    customers = [fresh("customer") for _ in range(10)]
    with target.connect() as preparing:
        preparing.call("session.authenticate", token=admin)
        for customer in customers:
            preparing.call("conversation.open", channel="chat", customer={"id": customer})
        lines = [line(0, "session.authenticate", token=first)]
        # Enough work that the following requests are still waiting when the next identity signs in.
        words = "my parcel is late and the vacuum robot is broken, can I get a refund and a new battery for it " * 4
        lines += [line(100 + number, "knowledge.search", query=f"{words} {number}", explain=True) for number in range(40)]
        for number, customer in enumerate(customers):
            lines.append(line(10 + number, "customer.erase", customer_id=customer, reason="asked for"))
            lines.append(line(30 + number, "conversation.open", channel="chat"))
        lines.append(line(1, "session.authenticate", token=second))
        answers = together(target, lines)
        hold("result" in answers[0] and "result" in answers[1], "the tokens were not accepted")
        opened = [answers[30 + number]["result"]["conversation_id"] for number in range(10)]
        for conversation in opened:
            agents = json.dumps(preparing.call("conversation.get", conversation_id=conversation)["participants"])
            hold(successor not in agents, "a conversation belongs to the identity that signed in after it was opened")
        cursor, actors = None, set()
        while True:
            page = preparing.call("audit.list", limit=200, **({"cursor": cursor} if cursor else {}))
            actors |= {entry["actor"] for entry in page["entries"] if entry["actor"] in (doer, successor)}
            cursor = page.get("next_cursor")
            if not cursor:
                break
        hold(successor not in actors, "the audit log names the identity that signed in later")
        hold(doer in actors, "the audit log does not name who did it")


@attack("a subscription continues for the next identity on the connection")
def subscription_of_another(target):
    chief = target.server.token("supervisor", subject=fresh("chief"), team="delivery")
    auditor = target.server.token("auditor", subject=fresh("auditor"))
    with target.connect() as listener, target.connect("agent", subject=fresh("agent"), team="delivery") as agent:
        listener.call("session.authenticate", token=chief)
        listener.call("alerts.subscribe")
        listener.call("session.authenticate", token=auditor)
        conversation = agent.call("conversation.open", channel="chat")["conversation_id"]
        agent.call("alerts.raise", conversation_id=conversation, note="help")
        listener.send(line("last", "server.info"))
        listener.socket.settimeout(0.6)
        heard = [listener.receive()]
        try:
            heard.append(listener.receive())
        except TimeoutError:
            pass
        hold(not any(message and message.get("method") == "alerts.event" for message in heard), f"heard {heard}")


@attack("tokens are guessed at full speed and without a log entry")
def guessing(target):
    with Server() as server:
        start = time.monotonic()
        with server.connect() as stranger:
            for number in range(112):
                refused(lambda: stranger.call("session.authenticate", token=f"fl_{number}"), 1001, 1005)
            took = time.monotonic() - start
            hold(took > 0.9, f"112 guesses in {took:.2f} s")
            stranger.call("session.authenticate", token=server.token("agent"))
        seen = sum("a sign-in failed" in row for row in server.log)
        hold(seen >= 100, f"{seen} guesses are in the log")
        return f"112 guesses in {took:.1f} s"


@attack("an expired token is valid again when the clock is set back")
def clock_set_back(target):
    with Server() as server:
        token = server.token("agent")
        short = run("token", "create", "--data", server.folder, "--subject", "leaver", "--role", "agent", "--expires", "1h").stdout.strip()
        with server.connect() as leaver:
            leaver.call("session.authenticate", token=short)
            # For the store, a clock that is set back is one that was ahead before.
            with sqlite3.connect(f"{server.folder}/frontline.sqlite", timeout=10) as store:
                store.execute("UPDATE access_clock SET latest_microseconds = latest_microseconds + 7200000000")
            store.close()
            refused(lambda: leaver.call("knowledge.list"), 1001)
            refused(lambda: leaver.call("session.authenticate", token=short), 1001)
            leaver.call("session.authenticate", token=token)


@attack("a subscription continues after its token was revoked")
def revoked_subscription(target):
    subject = fresh("chief")
    token = target.server.token("supervisor", subject=subject, team="delivery")
    with target.connect() as listener, target.connect("agent", subject=fresh("agent"), team="delivery") as agent:
        listener.call("session.authenticate", token=token)
        listener.call("alerts.subscribe")
        conversation = agent.call("conversation.open", channel="chat")["conversation_id"]
        agent.call("alerts.raise", conversation_id=conversation, note="first")
        hold(listener.receive().get("method") == "alerts.event", "no alert was received before")
        rows = run("token", "list", "--json", "--data", target.server.folder).stdout.splitlines()
        number = next(row["id"] for row in map(json.loads, rows) if row["subject"] == subject)
        # A call immediately before, so that the token was checked a moment ago.
        agent.call("alerts.raise", conversation_id=conversation, note="second")
        listener.receive()
        run("token", "revoke", "--data", target.server.folder, number)
        agent.call("alerts.raise", conversation_id=conversation, note="third")
        listener.socket.settimeout(0.6)
        try:
            hold(listener.receive() is None, "an alert was received after the token was revoked")
        except TimeoutError:
            pass
