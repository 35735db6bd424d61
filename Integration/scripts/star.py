"""Expresses task graphs (STAR's JSON) as scripts and replays recorded dialogues on them over RPC.

    python3 Integration/scripts/star.py FOLDER [TASK...]        # FOLDER contains tasks/ and dialogues/

A dialogue's actions are the replies and queries of its agent. An action counts as offered if it is the
session's next step, at a branch of the graph after the answer that the dialogue continued with; otherwise the session jumps to
it, which is recorded as a deviation. Prints a line of JSON per task and one for all.
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


def is_query(action):
    return action == "query" or (action.startswith("query_") and action not in CONDITIONS)


def convert(task):
    """The script of a task graph: one step per action, the graph's conditions as answers and outcomes."""
    graph, replies = task["graph"], task["replies"]
    name = task["task"]
    bye = next((reply for reply in replies if reply.endswith("_bye")), "bye")
    last = "anything_else" if "anything_else" in replies else bye
    actions = [key for key in [*graph, *graph.values(), *replies] if key not in CONDITIONS]
    actions = list(dict.fromkeys(["hello", *actions, bye]))
    steps = {}
    for action in actions:
        following = graph.get(action, "done" if action == bye else bye if action == last else last)
        if is_query(action):
            good = following if action in graph else graph.get("query_success", following)
            steps[action] = {"act": action, "next": good, "failed": graph.get("query_failure", good)}
            continue
        choices = [("go", following)]
        if action not in graph and "confirm" in action:
            choices = [(word, graph[word]) for word in ("yes", "no") if word in graph] or choices
        if is_query(following):
            choices += [(word, graph[word]) for word in ("info_missing", "info_missing2") if word in graph]
        text = replies.get(action, action).replace("{{", "{ {")
        steps[action] = {"ask": text, "choices": [{"label": word, "value": word, "next": to} for word, to in choices]}
    steps["done"] = {"end": "done"}
    reached, open_steps = {"hello"}, ["hello"]
    while open_steps:
        step = steps[open_steps.pop()]
        for to in [step.get("next"), step.get("failed"), *(choice["next"] for choice in step.get("choices", []))]:
            if to and to not in reached:
                reached.add(to)
                open_steps.append(to)
    steps = {name: step for name, step in steps.items() if name in reached}
    return {"script": name.replace("_", "-"), "title": name, "start": "hello", "steps": steps}, bye


def recorded(dialogue, bye):
    """The actions of the agent of a dialogue, in order."""
    for event in dialogue["Events"]:
        if event.get("Agent") != "Wizard":
            continue
        if event.get("Action") == "query":
            yield "query"
        elif event.get("Action") == "pick_suggestion" and event.get("ActionLabel"):
            label = event["ActionLabel"]
            yield bye if label.startswith("goodbye") else label


def query_meant(script, present, made):
    """The graph's query for a recorded query: the current step, else the first one not yet made."""
    queries = [name for name in script["steps"] if is_query(name)]
    if present in queries:
        return present
    return next((name for name in queries if name not in made), queries[-1] if queries else "query")


def replay(client, script, bye, dialogue):
    """The number of actions, of offered actions, and of actions that the script does not contain."""
    counts = collections.Counter()
    actions, made = list(recorded(dialogue, bye)), set()
    state = client.call("script.start", script_id=script["script"])
    for index, action in enumerate(actions):
        counts["actions"] += 1
        present = state.get("step", {}).get("id")
        if action == "query":
            action = query_meant(script, present, made)
            made.add(action)
        if state["status"] != "active" or action not in script["steps"]:
            counts["unknown" if action not in script["steps"] else "after_end"] += 1
            continue
        call = {"session_id": state["session_id"], "revision": state["revision"]}
        if action == present:
            counts["offered"] += 1
        else:
            state = client.call("script.jump", **call, step=action, reason="the dialogue went another way")
            call["revision"] = state["revision"]
        step = script["steps"][action]
        following = actions[index + 1] if index + 1 < len(actions) else None
        if "act" in step:
            value = {"ok": following != step["failed"] or step["failed"] == step["next"]}
        else:
            fitting = [choice["value"] for choice in step["choices"] if choice["next"] == following]
            value = (fitting or [step["choices"][0]["value"]])[0]
        state = client.call("script.advance", **call, value=value)
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("task", nargs="*", default=TASKS)
    options = parser.parse_args()
    dialogues = [json.loads(path.read_text()) for path in sorted((options.folder / "dialogues").glob("*.json"))]
    total = collections.Counter()
    with Server("--no-auth") as server, server.connect() as client:
        for name in options.task:
            task = json.loads((options.folder / "tasks" / name / f"{name}.json").read_text())
            script, bye = convert(task)
            client.call("script.publish", source=json.dumps(script))
            counts = collections.Counter()
            for dialogue in dialogues:
                if [part["Task"] for part in dialogue["Scenario"]["WizardCapabilities"]] == [name]:
                    counts += replay(client, script, bye, dialogue) + collections.Counter(dialogues=1)
            print(json.dumps({"task": name, **counts, "share": round(counts["offered"] / max(1, counts["actions"]), 3)}))
            total += counts
    print(json.dumps({**total, "share": round(total["offered"] / max(1, total["actions"]), 3)}))
    return 0 if total["dialogues"] else 1


if __name__ == "__main__":
    sys.exit(main())
