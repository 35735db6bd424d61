"""Choose the constants of the suggester on the first halves of the sets; the second halves are not read.

usage: calibrate.py        (FRONTLINE_DATA names the folder of public test data)

The evidence of the nearest articles (`frontline benchmark suggestions --evidence`) is weighted with every combination of the
values below. A combination is accepted if at most 12.5 % of the bank's questions get a suggestion; the best one has the most
utterances with a wanted article among the first three, minus half of those that get only others. The best ten are
printed, the best first, with the constants in force for comparison.
"""
import itertools, json, os, subprocess, sys, tempfile

here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [here, os.path.dirname(here)]
from frontline_process import ROOT, binary  # noqa: E402
from measure import banking, halves, retail, sample_articles, small_talk, unseen  # noqa: E402

GRID = {
    "bar": [1.4, 1.44, 1.48, 1.5, 1.52, 1.56, 1.6],
    "inPassing": [0.5, 0.7, 0.75, 0.8, 1.0],
    "asked": [1.0, 1.25, 1.5],
    "minimumAskedShare": [0.55, 0.65, 0.75],
}
IN_FORCE = {"bar": 1.5, "inPassing": 0.75, "asked": 1.25, "minimumAskedShare": 0.65}
SHARE, FRESHNESS, MOST, WRONG, LOUDEST = 0.85, 0.3, 3, 0.5, 0.125


def evidence():
    sets = halves("retail", retail()) + [{"set": "small_talk", **c} for c in small_talk()]
    sets += [c for c in unseen() + halves("banking", banking()) if c["set"].endswith("_a")]
    with tempfile.TemporaryDirectory() as folder:
        articles, said = os.path.join(folder, "articles.xml"), os.path.join(folder, "said.jsonl")
        sample_articles(articles)
        with open(said, "w", encoding="utf-8") as file:
            for conversation in sets: file.write(json.dumps(conversation) + "\n")
        printed = subprocess.run(
            [binary(), "benchmark", "suggestions", "--evidence", "--articles", articles, "--conversations", said,
             "--synonyms", os.path.join(ROOT, "knowledge", "synonyms.yaml")], check=True, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in printed.stdout.splitlines()]


def fit(seen, choice):
    asked = choice["asked"] * seen["asked_share"] if seen["asked_share"] >= choice["minimumAskedShare"] else 0
    share = choice["inPassing"] + (1 - choice["inPassing"]) * seen["about_share"]
    return (seen["coverage"] + seen["weight"]) * share + max(seen["title_share"], asked)


def offered(turn, choice):
    fits = [(fit(seen, choice), seen) for seen in turn["candidates"]]
    best = max((value for value, _ in fits), default=0)
    kept = [(-value, seen["id"]) for value, seen in fits
            if value >= max(choice["bar"], SHARE * best) and seen["fresh_share"] >= FRESHNESS]
    return [name for _, name in sorted(kept)[:MOST]]


def outcome(turns, choice):
    right = wrong = loud = bank = 0
    for turn in turns:
        names = offered(turn, choice)
        if turn["set"] == "banking_a":
            bank += 1
            loud += bool(names)
        elif set(names) & set(turn["wanted"]):
            right += 1
        else:
            wrong += bool(names)
    return {"right": right, "wrong": wrong, "banking": round(loud / max(1, bank), 4), "value": right - WRONG * wrong}


def main():
    turns = evidence()
    results = []
    for values in itertools.product(*GRID.values()):
        choice = dict(zip(GRID, values))
        results.append((outcome(turns, choice), choice))
    admitted = [(result, choice) for result, choice in results if result["banking"] <= LOUDEST]
    admitted.sort(key=lambda entry: (-entry[0]["value"], entry[0]["banking"]))
    print(json.dumps({"in_force": outcome(turns, IN_FORCE), **IN_FORCE}))
    for result, choice in admitted[:10]: print(json.dumps({**result, **choice}))


if __name__ == "__main__":
    main()
