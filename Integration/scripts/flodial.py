"""Converts troubleshooting flowcharts (FloDial's JSON) to scripts and follows every path from the root to a leaf over RPC.

    python3 Integration/scripts/flodial.py FOLDER [--keep FOLDER]

Prints a line of JSON per flowchart and one for all; the exit code is 1 if a path does not end at its leaf. In a chart with
cycles, every path without a repeated node is followed, at most LIMIT of them.
"""
import argparse
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from frontline_process import Server

LIMIT = 20_000


def step(node):
    return "n_" + re.sub(r"[^A-Za-z0-9_-]", "_", str(node))


def targets(edge):
    """The answers of a node with their targets."""
    return {str(answer): str(target) for answer, target in edge.items()}


def plain(text):
    """Text without template placeholders."""
    return text.replace("{{", "{ {")


def root(chart):
    reached = {target for edge in chart["edges"].values() for target in targets(edge).values()}
    return next((node for node in chart["nodes"] if node not in reached), next(iter(chart["nodes"])))


def convert(chart, script_id):
    """The script of a flowchart; JSON is YAML, so no text needs escaping."""
    steps = {}
    for node, content in chart["nodes"].items():
        text = plain(content.get("utterance") or content.get("label") or node)
        edge = targets(chart["edges"].get(node, {}))
        if edge:
            steps[step(node)] = {
                "ask": text,
                "choices": [{"label": answer, "value": answer, "next": step(target)} for answer, target in edge.items()],
            }
        else:
            steps[step(node)] = {"say": text, "next": step(node) + "_end"}
            steps[step(node) + "_end"] = {"end": step(node)}
    return {
        "script": script_id, "title": chart["name"], "tags": [chart.get("category") or "flowchart"],
        "examples": [plain(chart.get("problem_description") or chart["name"])], "start": step(root(chart)), "steps": steps,
    }


def ways(chart):
    """Every path from the root to a leaf, as answers and nodes."""
    found, open_ways = [], [(root(chart), [], [root(chart)])]
    while open_ways and len(found) < LIMIT:
        node, answers, nodes = open_ways.pop()
        edge = targets(chart["edges"].get(node, {}))
        if not edge:
            found.append((answers, nodes))
        for answer, target in edge.items():
            if target not in nodes:
                open_ways.append((target, answers + [answer], nodes + [target]))
    return found


def walk(client, script_id, answers, nodes):
    """Whether the session with these answers visits all the nodes and ends at the last one."""
    state = client.call("script.start", script_id=script_id)
    for answer in answers:
        state = client.call("script.advance", session_id=state["session_id"], revision=state["revision"], value=answer)
    state = client.call("script.advance", session_id=state["session_id"], revision=state["revision"])
    leaf = step(nodes[-1])
    return state["status"] == "completed" and state["outcome"] == leaf and state["path"] == [*map(step, nodes), leaf + "_end"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path, help="also write the scripts to this folder")
    options = parser.parse_args()
    total = {"charts": 0, "ways": 0, "walked": 0, "steps": 0}
    with Server("--no-auth") as server, server.connect() as client:
        for path in sorted(options.folder.glob("*.json")):
            chart = json.loads(path.read_text())
            script_id = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
            source = json.dumps(convert(chart, script_id), ensure_ascii=False, indent=1)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{script_id}.yaml").write_text(source)
            warnings = client.call("script.publish", source=source)["warnings"]
            found = ways(chart)
            walked = sum(walk(client, script_id, answers, nodes) for answers, nodes in found)
            steps = sum(len(nodes) for _, nodes in found)
            print(json.dumps({"chart": path.stem, "nodes": len(chart["nodes"]), "ways": len(found), "walked": walked, "warnings": len(warnings)}))
            total = {
                "charts": total["charts"] + 1, "ways": total["ways"] + len(found), "walked": total["walked"] + walked,
                "steps": total["steps"] + steps,
            }
    print(json.dumps(total))
    return 0 if total["charts"] and total["ways"] == total["walked"] else 1


if __name__ == "__main__":
    sys.exit(main())
