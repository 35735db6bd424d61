"""Attacks on who is calling: two identities on one connection, tokens that no longer hold."""
import json
import socket

from attacks.target import attack, fresh, hold
from frontline_process import Connection


def line(number, method, **params):
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode() + b"\n"


def together(target, lines):
    """One write of many lines on a new connection; the answers by id."""
    with Connection(socket.AF_INET, ("127.0.0.1", target.server.port)) as connection:
        connection.send(b"".join(lines))
        answers = [connection.receive() for _ in lines]
    return {answer["id"]: answer for answer in answers}


@attack("work that one identity asked for is done in the name of the next on the connection")
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
        # Work enough that what follows is still waiting when the next identity signs in.
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
            hold(successor not in agents, "a conversation belongs to who signed in after it was opened")
        cursor, actors = None, set()
        while True:
            page = preparing.call("audit.list", limit=200, **({"cursor": cursor} if cursor else {}))
            actors |= {entry["actor"] for entry in page["entries"] if entry["actor"] in (doer, successor)}
            cursor = page.get("next_cursor")
            if not cursor:
                break
        hold(successor not in actors, "the audit log names who signed in afterwards")
        hold(doer in actors, "the audit log does not name who did it")


@attack("a subscription goes on for whoever signs in on the connection next")
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
