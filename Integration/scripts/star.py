"""Expresses task graphs (STAR's JSON) as scripts and replays recorded dialogues on them over RPC.

    python3 Integration/scripts/star.py FOLDER [TASK...]        # FOLDER contains tasks/ and dialogues/
    python3 Integration/scripts/star.py FOLDER --plain          # every question in the order of the graph, nothing proposed

A dialogue's actions are the replies and queries of its agent. The customer's words are observed in a conversation, and what
the script then proposes is accepted at once, as an agent does who is shown what the customer has said. An action counts as
offered if it is the session's next step, at a branch of the graph after the answer that the dialogue continued with; otherwise
the session jumps to it, which is recorded as a deviation. Replies that agents worded themselves, and those that are not in the
graph, count as not offered; one worded by the agent takes the place of the step that would have told the same. Prints a line of JSON per task and one for all.
"""
import argparse
import collections
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from frontline_process import Server

TASKS = ["bank_balance", "ride_book", "ride_change", "ride_status"]
CONDITIONS = ("query_success", "query_failure", "info_missing", "info_missing2", "yes", "no")
EXTRACTORS = pathlib.Path(__file__).resolve().parent / "star.yaml"
# The extractor for the question that a reply asks, by what its label ends in.
SAID = {
    "ask_name": "name", "booking_number": "number", "account_number": "account", "ask_pin": "pin",
    "ask_departure": "departure", "ask_destination": "destination", "ask_change": "change",
}


def is_query(action):
    return action == "query" or (action.startswith("query_") and action not in CONDITIONS)


def said(action):
    return next((extractor for ending, extractor in SAID.items() if action.endswith(ending)), None)


def questions(graph):
    """The questions that the graph asks one after another at its beginning, whose order matters to nobody."""
    found, action = [], graph.get("hello")
    while action and said(action):
        found.append(action)
        action = graph.get(action)
    return found


def convert(task, plain):
    """The script of a task graph: one step per action, the graph's conditions as answers and outcomes."""
    graph, replies = task["graph"], task["replies"]
    name = task["task"]
    bye = next((reply for reply in replies if reply.endswith("_bye")), "bye")
    last = "anything_else" if "anything_else" in replies else bye
    actions = [key for key in [*graph, *graph.values(), *replies] if key not in CONDITIONS]
    actions = list(dict.fromkeys(["hello", *actions, bye]))
    group = [] if plain else questions(graph)
    # What is only told before a query is told with the query.
    told = {} if plain else {action: graph[action] for action in graph if action not in group and "_inform_" in action
                             and is_query(graph[action])}
    graph = {action: told.get(following, following) for action, following in graph.items()}
    after = graph.get(group[-1]) if group else None
    steps = {}
    for action in actions:
        following = graph.get(action, "done" if action == bye else bye if action == last else last)
        if is_query(action):
            good = following if action in graph else graph.get("query_success", following)
            steps[action] = {"act": action, "next": good, "failed": graph.get("query_failure", good)}
            for what in told:
                if told[what] == action:
                    steps[action]["say"] = replies[what]
            continue
        text = replies.get(action, action).replace("{{", "{ {")
        if action in group:
            steps[action] = {"ask": text, "field": action, "type": "string", "from": {"said": said(action)}}
            continue
        if action == "hello" and not plain:
            steps[action] = {"ask": text, "field": "request", "type": "string", "from": {"said": "request"},
                             "next": "questions" if group else following}
            continue
        choices = [("go", following)]
        if action not in graph and "confirm" in action:
            choices = [(word, graph[word]) for word in ("yes", "no") if word in graph] or choices
        if is_query(following):
            choices += [(word, graph[word]) for word in ("info_missing", "info_missing2") if word in graph]
        if action == "anything_else" and not plain:
            choices = [("no", following), ("yes", "hello")]
        steps[action] = {"ask": text, "choices": [{"label": word, "value": word, "next": to} for word, to in choices]}
        if action == "anything_else" and not plain:
            steps[action]["from"] = {"said": "closing", "within": 1}
    if group:
        # A customer who does not have what is asked for says so in the answer, which then is in words.
        missing = [{"when": f'matches({field}, "(not|n.t|forgot|lost)")', "go": graph["info_missing"]}
                   for field in group if "info_missing" in graph]
        steps["questions"] = {"any_order": group, "next": [*missing, {"go": after}]}
    steps["done"] = {"end": "done"}
    reached, open_steps = {"hello"}, ["hello"]
    while open_steps:
        step = steps[open_steps.pop()]
        following = step.get("next")
        branches = [branch["go"] for branch in following] if isinstance(following, list) else [following]
        for to in [*branches, step.get("failed"), *step.get("any_order", []),
                   *(choice["next"] for choice in step.get("choices", []))]:
            if to and to not in reached:
                reached.add(to)
                open_steps.append(to)
    steps = {name: step for name, step in steps.items() if name in reached}
    return {"script": name.replace("_", "-"), "title": name, "locale": "en", "start": "hello", "steps": steps}, bye


def recorded(dialogue, bye):
    """What happens in a dialogue, in order: what the customer says, and the actions of the agent."""
    for event in dialogue["Events"]:
        if event.get("Agent") == "User" and event.get("Action") == "utter" and event.get("Text", "").strip():
            yield "said", event["Text"]
        if event.get("Agent") != "Wizard":
            continue
        if event.get("Action") == "query":
            kinds = [str(constraint["RequestType"]).strip('"').lower()
                     for constraint in event.get("Constraints", []) if "RequestType" in constraint]
            yield "query", kinds[-1] if kinds else None
        elif event.get("Action") == "pick_suggestion" and event.get("ActionLabel"):
            label = event["ActionLabel"]
            yield "action", bye if label.startswith("goodbye") else label
        elif event.get("Action") == "utter":
            yield "typed", event.get("Text", "")


def query_meant(script, kind, present, made):
    """The graph's query for a recorded one: of the kind it names, else the current step, else the first not yet made."""
    queries = [name for name in script["steps"] if is_query(name)]
    if kind and f"query_{kind}" in queries:
        return f"query_{kind}"
    if present in queries:
        return present
    return next((name for name in queries if name not in made), queries[-1] if queries else "query")


class Replay:
    """One dialogue on one session."""

    def __init__(self, client, script, bye, dialogue, plain):
        self.client, self.script, self.plain = client, script, plain
        self.events = list(recorded(dialogue, bye))
        self.counts = collections.Counter(dialogues=1)
        self.missed = collections.Counter()
        self.conversation = f"star-{script['script']}-{dialogue['DialogueID']}-{plain}"
        client.call("conversation.open", conversation_id=self.conversation, channel="chat", locale="en")
        self.state = client.call("script.start", script_id=script["script"], conversation_id=self.conversation)

    def call(self, method, **params):
        self.state = self.client.call(
            method, session_id=self.state["session_id"], revision=self.state["revision"], **params)

    def accept(self):
        """Takes what is proposed, as long as something is."""
        self.state = self.client.call("script.state", session_id=self.state["session_id"])
        while "proposed" in self.state:
            self.call("script.advance", accept=True)
            self.counts["accepted"] += 1

    def run(self):
        made = set()
        for position, (kind, what) in enumerate(self.events):
            if kind == "said":
                self.client.call("conversation.observe", conversation_id=self.conversation, speaker="customer", text=what)
                continue
            if not self.plain:
                self.accept()
            present = self.state.get("step", {}).get("id")
            self.counts["actions"] += kind != "typed"
            if kind == "typed" or what == "custom":
                self.counts["unknown"] += kind != "typed"
                if self.is_told(present):
                    self.call("script.advance", value="go")
                continue
            action = what
            if kind == "query":
                action = query_meant(self.script, what, present, made)
                made.add(action)
            if self.state["status"] != "active" or action not in self.script["steps"]:
                self.counts["unknown" if action not in self.script["steps"] else "after_end"] += 1
                continue
            if action == present:
                self.counts["offered"] += 1
            else:
                self.missed[f"{present} -> {action}"] += 1
                self.call("script.jump", step=action, reason="the dialogue went another way")
            self.call("script.advance", value=self.answer(action, position, made))
        return self.counts, self.missed

    def is_told(self, present):
        """Whether the agent only tells something at a step, in whatever words."""
        choices = self.script["steps"].get(present, {}).get("choices", [])
        return present not in ("hello", None) and [choice["value"] for choice in choices] == ["go"]

    def answer(self, action, position, made):
        step = self.script["steps"][action]
        rest = self.events[position + 1:]
        following = next((what if kind == "action" else query_meant(self.script, what, None, made)
                          for kind, what in rest if kind in ("query", "action") and what != "custom"), None)
        if "act" in step:
            return {"ok": following != step["failed"] or step["failed"] == step["next"]}
        if "field" in step:
            return next((what for kind, what in rest[:1] if kind == "said"), "-")[:4000]
        fitting = [choice["value"] for choice in step["choices"] if choice["next"] == following]
        return (fitting or [step["choices"][0]["value"]])[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("task", nargs="*", default=TASKS)
    parser.add_argument("--plain", action="store_true", help="ask in the order of the graph, and propose nothing")
    parser.add_argument("--missed", action="store_true", help="print what was expected and what was done instead")
    options = parser.parse_args()
    dialogues = [json.loads(path.read_text()) for path in sorted((options.folder / "dialogues").glob("*.json"))]
    total = collections.Counter()
    with Server("--no-auth") as server, server.connect() as client:
        client.call("policy.publish", name="extractors", source=EXTRACTORS.read_text())
        for name in options.task:
            task = json.loads((options.folder / "tasks" / name / f"{name}.json").read_text())
            script, bye = convert(task, options.plain)
            client.call("script.publish", source=json.dumps(script))
            counts, missed = collections.Counter(), collections.Counter()
            for dialogue in dialogues:
                if [part["Task"] for part in dialogue["Scenario"]["WizardCapabilities"]] == [name]:
                    one, misses = Replay(client, script, bye, dialogue, options.plain).run()
                    counts += one
                    missed += misses
            print(json.dumps({"task": name, **counts, "share": round(counts["offered"] / max(1, counts["actions"]), 3)}))
            for what, count in missed.most_common(20) if options.missed else []:
                print(f"  {count:3} {what}")
            total += counts
    print(json.dumps({**total, "share": round(total["offered"] / max(1, total["actions"]), 3)}))
    return 0 if total["dialogues"] else 1


if __name__ == "__main__":
    sys.exit(main())
