"""Measure the sample signals and the sentiment on utterances that a contact centre hears, in English and German.

usage: measure.py [--show]

Phrases may be tuned on `tuning.tsv`; `held-out.tsv` is for measurement only. A line is: language, kinds of
signals (a dash for none), mood (negative, neutral, positive), utterance. One JSON line is printed for each half and language:

  exact       the share of utterances with exactly the expected kinds of signals
  precision, recall   of single signals
  mood        the share with the expected mood; absent if there is no model for the language
  loud        utterances that expect no signal and get one

--show prints the errors in the tuning half.
"""
import json, pathlib, sys, tempfile

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent))
from frontline_process import ROOT, Server  # noqa: E402


def rows(name):
    lines = (here / name).read_text(encoding="utf-8").splitlines()
    for line in lines:
        language, kinds, mood, text = line.split("\t")
        yield language, set(kinds.split(",")) - {"-"}, mood, text


def tone(sentiment):
    if sentiment["status"] != "scored":
        return None
    score = sentiment["score"]
    return "neutral" if abs(score) < 0.05 else "positive" if score > 0 else "negative"


def measure(connection, name, show):
    totals = {}
    for language, expected, mood, text in rows(name):
        conversation = connection.call("conversation.open", channel="chat", locale=language)["conversation_id"]
        answer = connection.call("conversation.observe", conversation_id=conversation, speaker="customer", text=text)
        found = {signal["kind"] for signal in answer["signals"]}
        heard = tone(answer["sentiment"])
        total = totals.setdefault(language, dict(n=0, exact=0, right=0, found=0, expected=0, mood=0, scored=0, quiet=0, loud=0))
        total["n"] += 1
        total["exact"] += found == expected
        total["right"] += len(found & expected)
        total["found"] += len(found)
        total["expected"] += len(expected)
        total["scored"] += heard is not None
        total["mood"] += heard == mood
        total["quiet"] += not expected
        total["loud"] += not expected and bool(found)
        if show and (found != expected or heard not in (mood, None)):
            print(language, sorted(expected - found), sorted(found - expected), mood, heard, answer["sentiment"].get("score"), text, sep="\t")
    for language, t in totals.items():
        line = {"set": name.removesuffix(".tsv"), "language": language, "n": t["n"], "exact": round(t["exact"] / t["n"], 3),
                "precision": round(t["right"] / max(t["found"], 1), 3), "recall": round(t["right"] / max(t["expected"], 1), 3),
                "loud": f"{t['loud']}/{t['quiet']}"}
        if t["scored"]:
            line["mood"] = round(t["mood"] / t["scored"], 3)
        print(json.dumps(line))


with tempfile.TemporaryDirectory() as folder:
    with Server("--rules", ROOT / "rules", "--no-auth", data=folder) as server, server.connect() as connection:
        measure(connection, "tuning.tsv", "--show" in sys.argv)
        measure(connection, "held-out.tsv", False)
