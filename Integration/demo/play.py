"""Plays a recorded contact against a separate server: customer, agent's desktop and supervisor side by side.

usage: play.py [--fast] [--width COLUMNS] [--contact FILE]

Starts the program with the samples, on a free loopback port with a temporary data folder, plays the contact through the
Python client as a desktop would, and stops the server. `--fast` does not wait for readers.
"""
import argparse
import json
import pathlib
import shutil
import signal
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "clients" / "python")]
from frontline_client import Client
from frontline_process import ROOT, Server
from screen import Screen

CUSTOMER, DESK, CHIEF = range(3)
PATIENCE = 10
MOST_STEPS = 25


def amount(money):
    return f"{money['amount']} {money['currency']}"


class Demonstration:
    """Plays the scenes of one contact."""

    def __init__(self, server, contact, screen):
        address = f"127.0.0.1:{server.port}"
        self.contact, self.screen = contact, screen
        self.desk = Client(address, token=server.token("agent", subject="anna", tier="1", team="delivery"), client="demo desk")
        self.crm = Client(address, token=server.token("integration", subject="crm"), client="demo customer system")
        self.chief = Client(address, token=server.token("supervisor", subject="sofia", tier="2", team="delivery"), client="demo tail")
        self.alerts = self.chief.subscribe("alerts.subscribe", severity="info")
        self.name = None
        self.turns = 0
        self.open_alerts = []
        self.awaited = None
        self.hits = []
        self.query = None

    def play(self):
        self.screen.head(self.contact["title"])
        for scene in self.contact["scenes"]:
            kind = next(iter(scene))
            getattr(self, f"play_{kind}")(scene[kind], scene)

    def close(self):
        self.desk.close()
        self.crm.close()
        self.chief.close()

    def play_chapter(self, text, _):
        self.screen.chapter(text)

    def play_open(self, *_):
        # Facts that limits depend on come from the customer system, not from the agent.
        opened = self.crm.call("conversation.open", agent="anna", **self.contact["conversation"])
        self.name = opened["conversation_id"]
        customer = self.contact["conversation"]["customer"]
        self.screen.say(DESK, f"call from {customer['name']}, {customer['segment']} customer", "dim")

    def play_customer(self, text, _):
        self.screen.say(CUSTOMER, text, "bold", "> ")
        self.observe("customer", text)

    def play_agent(self, text, _):
        self.screen.say(DESK, text, "bold", "> ")
        self.observe("agent", text)

    def observe(self, speaker, text):
        self.turns += 1
        turn = self.desk.call(
            "conversation.observe", conversation_id=self.name, turn_id=str(self.turns), speaker=speaker, text=text)
        if speaker == "customer":
            self.show_mood(turn)
            for suggestion in turn["suggestions"][:1]:
                self.screen.say(DESK, suggestion["title"], "cyan", "article: ")
            for action in turn["actions"][:2]:
                self.screen.say(DESK, action["title"], "cyan", "next:    ")
        self.hear(len(turn["alerts"]))

    def show_mood(self, turn):
        mood = turn["mood"]["now"]
        bar = "#" * round((mood + 1) * 5)
        words = ", ".join(f"“{part['text']}”" for part in turn["sentiment"].get("because", [])[:2])
        style = "red" if mood < -0.35 else "yellow" if mood < -0.05 else "green"
        self.screen.say(DESK, f"[{bar.ljust(10)}] {mood:+.2f} {words}".rstrip(), style, "mood:    ")

    def hear(self, expected=0):
        """Shows the supervisor's stream; waits for `expected` new alerts."""
        raised = 0
        while True:
            try:
                event = self.alerts.next(PATIENCE if raised < expected else 0.05)
            except TimeoutError:
                return
            alert = event["alert"]
            if event["event"] in ("raised", "updated", "escalated"):
                raised += 1
                style = "red" if alert["severity"] == "critical" else "yellow"
                again = f" (x{alert['count']})" if alert["count"] > 1 else ""
                self.screen.say(CHIEF, f"{self.kind(alert)}{again}: {alert['reason']}", style, "! ")
                if alert["alert_id"] not in self.open_alerts and alert["kind"] != "approval":
                    self.open_alerts.append(alert["alert_id"])
            else:
                self.screen.say(CHIEF, f"{event['event']}: {self.kind(alert)}", "dim")

    @staticmethod
    def kind(alert):
        return alert["kind"].replace("_", " ")

    def play_search(self, query, _):
        self.screen.say(DESK, query, "bold", "search:  ")
        found = self.desk.call("knowledge.search", query=query, limit=3, conversation_id=self.name)
        self.hits, self.query = found["hits"], found["query_id"]
        for hit in self.hits:
            self.screen.say(DESK, hit["title"], "cyan", "       - ")

    def play_read(self, number, _):
        identifier = self.hits[number]["article_id"]
        article = self.desk.call("knowledge.get", article_id=identifier)
        section = next((s for s in article["sections"] if s["kind"] == "resolution"), article["sections"][0])
        self.screen.say(DESK, " ".join(section["text"].split())[:160] + " …", "", "reads:   ")
        self.desk.call(
            "knowledge.feedback", article_id=identifier, query_id=self.query, conversation_id=self.name, verdict="used")

    def play_script(self, script, _):
        state = self.desk.call("script.start", script_id=script, conversation_id=self.name)
        for _ in range(MOST_STEPS):
            step = state.get("step")
            if state["status"] != "active" or step is None:
                break
            answer = self.answer(step)
            if step["kind"] == "act":
                self.screen.say(DESK, f"{step['action']} {step['arguments'].get('amount', '')}", "green", "does:    ")
            else:
                self.screen.say(DESK, step["text"], "blue", "script:  ")
            if step["kind"] == "ask":
                self.screen.say(DESK, self.label(step, answer), "", "       = ")
            state = self.desk.call(
                "script.advance", session_id=state["session_id"], revision=state["revision"], value=answer)
            self.hear()
        self.screen.say(DESK, f"{state['status']}, {state.get('outcome') or 'no outcome'}", "dim", "script:  ")

    def answer(self, step):
        """The recorded answer to a step; an `ask` without a recorded answer takes the first choice."""
        if step["kind"] == "act":
            return {"ok": True, "result": {"done": True}}
        if step["kind"] != "ask":
            return None
        recorded = self.contact["answers"].get(step["id"])
        return recorded if recorded is not None else step["choices"][0]["value"]

    @staticmethod
    def label(step, answer):
        labels = {choice["value"]: choice["label"] for choice in step.get("choices", [])}
        return str(labels.get(answer, answer) if not isinstance(answer, dict) else amount(answer))

    def play_request(self, request, _):
        self.screen.say(DESK, f"{request['action']} {amount(request['amount'])}, {request['reason']}", "bold", "asks:    ")
        grant = self.desk.call("resolution.request", conversation_id=self.name, **request)
        style = "green" if grant["status"] == "approved" else "yellow"
        self.screen.say(DESK, f"{grant['status']}: {grant['because'][0]}", style, "answer:  ")
        if grant["status"] == "pending":
            self.awaited = grant["resolution_id"]
            self.hear(1)
        else:
            self.desk.call("resolution.settle", resolution_id=grant["resolution_id"], result="done", reference="demo")

    def play_supervisor(self, act, scene):
        getattr(self, f"supervisor_{act}")(scene)
        self.hear(0)

    def supervisor_acknowledge(self, _):
        self.screen.say(CHIEF, "I am listening in.", "bold", "> ")
        self.chief.call("alerts.acknowledge", alert_ids=self.open_alerts, note="listening in")

    def supervisor_resolve(self, _):
        self.screen.say(CHIEF, "That went well.", "bold", "> ")
        self.chief.call("alerts.resolve", alert_ids=self.open_alerts, outcome="helped")

    def supervisor_approve(self, scene):
        waiting = self.chief.call("resolution.list", awaiting="me")["resolutions"]
        grant = next(entry for entry in waiting if entry["resolution_id"] == self.awaited)
        self.screen.say(CHIEF, f"{grant['requested_by']} asks for {amount(grant['amount'])}: {scene['note']}.", "bold", "> ")
        grant = self.chief.call("resolution.approve", resolution_id=self.awaited, note=scene["note"])
        self.screen.say(DESK, f"{grant['status']} by {grant['decided_by']}", "green", "answer:  ")
        self.desk.call("resolution.settle", resolution_id=self.awaited, result="done", reference="demo")

    def play_close(self, disposition, _):
        self.desk.call("conversation.close", conversation_id=self.name, disposition=disposition)
        self.screen.say(DESK, f"closed: {disposition['code']}", "dim")
        self.hear()

    def play_account(self, *_):
        contact = self.chief.call("conversation.get", conversation_id=self.name)
        mood = contact["mood"]
        self.screen.say(DESK, f"{len(contact['turns'])} turns, mood at worst {mood['lowest']:+.2f}, at the end {mood['now']:+.2f}")
        self.screen.say(DESK, f"{len(contact['alerts'])} alerts, {len(contact['resolutions'])} settlements: "
                        + ", ".join(amount(grant["amount"]) for grant in contact["resolutions"] if grant.get("amount")))
        if contact.get("summary"):
            self.screen.say(DESK, str(contact["summary"]), "dim", "summary: ")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fast", action="store_true", help="do not wait for readers")
    parser.add_argument("--width", type=int, help="columns, those of the terminal unless given")
    parser.add_argument("--contact", type=pathlib.Path, default=HERE / "contact.json")
    chosen = parser.parse_args()
    contact = json.loads(chosen.contact.read_text(encoding="utf-8"))
    screen = Screen(chosen.fast, chosen.width)
    server = Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules")
    try:
        demonstration = Demonstration(server, contact, screen)
        try:
            demonstration.play()
        finally:
            demonstration.close()
        screen.write("")
        screen.write("This was Frontline, on your machine alone.")
        screen.write("`make run` serves the same samples for you to try.")
    except KeyboardInterrupt:
        screen.write("\nended early")
    finally:
        server.stop(signal.SIGTERM)
        shutil.rmtree(server.folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
