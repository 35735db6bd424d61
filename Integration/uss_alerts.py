"""Measures how early and how accurately alerts are raised: runs rated dialogues through the product turn by turn.

usage: uss_alerts.py [--dialogues N] [--encoder auto|NAME|PATH]

The data are `sentiment/uss/MWOZ.txt` of FRONTLINE_DATA: several people rated every customer turn and each dialogue from 1 to 5; below 2.5 on average counts as dissatisfied. It is for evaluation only. Prints JSON lines:

- turns: area under the ROC curve and average precision of the turn's score, of the mood after it, of their mean, and of
  `mood.unmet` where the server measures it, for finding dissatisfied turns;
- dialogues: an alarm is the first turn whose mood falls below a threshold; the threshold is the one at which one in 20
  satisfied dialogues has an alarm; precision, recall, and how many customer turns before the end the alarm came;
- policy: the same for the alerts of the sample rules.

Standard library only.
"""
import argparse
import bisect
import json
import statistics
import sys

from frontline_process import ROOT, RPCError, Server, test_data

DISSATISFIED = 2.5
FALSE_ALERTS = 1 / 20


def dialogues(path):
    """The dialogues as (rating, [(speaker, text, rating or None)])."""
    turns, overall = [], None
    for line in open(path, encoding="utf-8"):
        parts = line.rstrip("\n").split("\t")
        if len(parts) < 2:
            if turns:
                yield overall, turns
            turns, overall = [], None
            continue
        marks = [int(mark) for mark in parts[3].split(",") if mark.strip().isdigit()] if len(parts) > 3 else []
        rating = statistics.mean(marks) if marks else None
        if parts[1] == "OVERALL":
            overall = rating
        else:
            turns.append(("customer" if parts[0] == "USER" else "agent", parts[1], rating))
    if turns:
        yield overall, turns


def area(marked):
    """Area under the ROC curve and average precision of (is bad, risk)."""
    bad = [risk for is_bad, risk in marked if is_bad]
    good = sorted(risk for is_bad, risk in marked if not is_bad)
    if not bad or not good:
        return None, None
    below = sum((bisect.bisect_left(good, risk) + bisect.bisect_right(good, risk)) / 2 for risk in bad)
    hits, precision = 0, []
    for rank, (is_bad, _) in enumerate(sorted(marked, key=lambda pair: -pair[1]), 1):
        if is_bad:
            hits += 1
            precision.append(hits / rank)
    return round(below / (len(bad) * len(good)), 4), round(statistics.mean(precision), 4)


def observe(connection, number, turns):
    """The product's result for each customer turn: (rating, score, mood, whether it raised an alert, unmet or None)."""
    name = f"uss-{number}"
    connection.call("conversation.open", conversation_id=name, channel="chat")
    result = []
    for index, (speaker, text, rating) in enumerate(turns):
        answer = connection.call(
            "conversation.observe", conversation_id=name, turn_id=str(index), speaker=speaker, text=text[:4000]
        )
        if speaker == "customer":
            score = answer["sentiment"].get("score", 0.0)
            result.append((rating, score, answer["mood"]["now"], bool(answer["alerts"]), answer["mood"].get("unmet")))
    connection.call("conversation.close", conversation_id=name)
    return result


def verdict(alarms, name, **more):
    """Precision, recall and lead of the alarms: (is bad, index of the alarm or None, turns)."""
    raised = [(bad, at, turns) for bad, at, turns in alarms if at is not None]
    hits = [(turns - 1 - at) for bad, at, turns in raised if bad]
    bad = sum(1 for alarm in alarms if alarm[0])
    good = len(alarms) - bad
    return {
        "set": "uss/MWOZ", "per": name, "dialogues": len(alarms), "dissatisfied": bad,
        "precision": round(len(hits) / len(raised), 4) if raised else None,
        "recall": round(len(hits) / bad, 4) if bad else None,
        "false_alerts_per_contact": round((len(raised) - len(hits)) / good, 4) if good else None,
        "turns_before_the_end": round(statistics.mean(hits), 2) if hits else None, **more,
    }


def first_below(turns, threshold):
    return next((index for index, turn in enumerate(turns) if turn[2] < threshold), None)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--dialogues", type=int, default=10**9)
    options.add_argument("--encoder", default="off")
    options = options.parse_args()
    path = test_data("sentiment", "uss", "MWOZ.txt")
    seen = []
    with Server("--rules", ROOT / "rules", "--encoder", options.encoder) as server:
        with server.connect("admin") as connection:
            for number, (overall, turns) in enumerate(dialogues(path)):
                if number >= options.dialogues:
                    break
                try:
                    seen.append((overall, observe(connection, number, turns)))
                except RPCError as error:
                    if error.code == -32601:
                        print("skipped: this program observes no turns", file=sys.stderr)
                        return 0
                    raise
    rated = [
        (rating < DISSATISFIED, score, mood, unmet) for _, turns in seen for rating, score, mood, _, unmet in turns if rating
    ]
    for name, risk in [
        ("score", lambda turn: -turn[1]), ("mood", lambda turn: -turn[2]), ("mean", lambda turn: -turn[1] - turn[2]),
        ("unmet", lambda turn: turn[3] or 0),
    ]:
        if name == "unmet" and all(turn[3] is None for turn in rated):
            continue
        auc, precision = area([(turn[0], risk(turn)) for turn in rated])
        print(json.dumps({
            "set": "uss/MWOZ", "per": "turn", "by": name, "turns": len(rated), "dissatisfied": sum(t[0] for t in rated),
            "auc": auc, "average_precision": precision,
        }))
    judged = [(overall < DISSATISFIED, turns) for overall, turns in seen if overall and turns]
    lowest = sorted(min(turn[2] for turn in turns) for is_bad, turns in judged if not is_bad)
    threshold = lowest[int(len(lowest) * FALSE_ALERTS)] if lowest else -1
    alarms = [(is_bad, first_below(turns, threshold), len(turns)) for is_bad, turns in judged]
    print(json.dumps(verdict(alarms, "dialogue", by="mood", threshold=round(threshold, 3))))
    alarms = [
        (is_bad, next((index for index, turn in enumerate(turns) if turn[3]), None), len(turns))
        for is_bad, turns in judged
    ]
    print(json.dumps(verdict(alarms, "dialogue", by="policy")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
