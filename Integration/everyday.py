"""The most common utterances of a shop's customers, with the results of search and observation, as a table to read.

`python3 Integration/everyday.py` starts the built program with the samples. Nothing is asserted: compare the table before and after you change words,
signals or articles. `--json` prints lines for a program instead.
"""
import json
import sys

from frontline_process import ROOT, Server

UTTERANCES = [
    "Where is my order?",
    "My order hasn't arrived yet",
    "I want a refund",
    "I'd like to return this",
    "It arrived broken",
    "You sent me the wrong one",
    "The TV doesn't work",
    "Can I change my delivery date?",
    "I want to cancel my order",
    "I was charged twice",
    "My discount code doesn't work",
    "When do I get my money back?",
    "Is this still under warranty?",
    "I want to make a formal complaint",
    "Can somebody call me back?",
]


def answers(server):
    with server.connect("agent", subject="anna", team="delivery", tier="1") as anna:
        for number, text in enumerate(UTTERANCES, 1):
            found = anna.call("knowledge.search", query=text, limit=3)
            opened = anna.call("conversation.open", channel="phone", customer={"id": f"C-{number}"})
            observed = anna.call("conversation.observe", conversation_id=opened["conversation_id"], speaker="customer", text=text)
            yield {
                "said": text,
                "search": [hit["article_id"] for hit in found["hits"]],
                "suggested": [one["article_id"] for one in observed["suggestions"]],
                "mood": observed["sentiment"].get("label", observed["sentiment"]["status"]),
                "score": observed["sentiment"].get("score"),
                "signals": [signal["kind"] for signal in observed["signals"]],
                "actions": [f"{action['kind']} {action.get('target') or action['title']}" for action in observed["actions"]],
            }


def show(rows):
    for number, row in enumerate(rows, 1):
        print(f"{number:2}  {row['said']}")
        print(f"      search    {', '.join(row['search']) or '–'}")
        print(f"      suggested {', '.join(row['suggested']) or '–'}")
        score = "" if row["score"] is None else f" ({row['score']:+.2f})"
        print(f"      mood      {row['mood']}{score}; signals {', '.join(row['signals']) or '–'}")
        print(f"      actions   {'; '.join(row['actions']) or '–'}")


def main():
    with Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules") as server:
        rows = list(answers(server))
        server.stop()
    if "--json" in sys.argv:
        for row in rows:
            print(json.dumps(row))
    else:
        show(rows)


if __name__ == "__main__":
    main()
