"""Measure what each kind of evidence adds to the suggestions on the sample knowledge.

usage: ablation.py [--encoder auto]

Prints one JSON line for the whole and one for each part taken away: the phrases that customers use (`<asked>`), the
keywords, the summaries, the synonyms, and the encoder. Only halves for choosing (`_a`) are played: `found` is the share
of utterances with the right article among the first three, `loud` the share with a suggestion although nothing fits.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

from measure import NAMESPACE, fresh, halves, later, retail, sample_articles, unseen

from frontline_process import ROOT, binary

SYNONYMS = ["--synonyms", os.path.join(ROOT, "knowledge", "synonyms.yaml")]


def without(element, source, target):
    """Writes the articles without the elements of a name."""
    ET.register_namespace("", NAMESPACE)
    tree = ET.parse(source)
    for article in tree.getroot():
        for child in article.findall(f"{{{NAMESPACE}}}{element}"):
            article.remove(child)
    tree.write(target, encoding="utf-8")


def play(articles, conversations, options):
    """What the benchmark prints, a line a set."""
    run = subprocess.run(
        [binary(), "benchmark", "suggestions", "--articles", articles, "--conversations", conversations, *options],
        check=True, capture_output=True, text=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def summary(lines, wanted):
    """The share found over the sets with articles that help, or the share loud over those without."""
    chosen = [line for line in lines if ("none" in line["set"]) != wanted and "everyday" not in line["set"]]
    total = sum(line["conversations"] for line in chosen)
    share = (lambda line: line["wanted_in_first_three"]) if wanted else (lambda line: 1 - line["nothing_suggested"])
    return round(sum(share(line) * line["conversations"] for line in chosen) / total, 3)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--encoder", default="auto")
    encoder = ["--encoder", parser.parse_args().encoder]
    sets = [one for one in halves("retail", retail()) + unseen() + fresh() + later() if one["set"].endswith("_a")]
    with tempfile.TemporaryDirectory() as folder:
        path = {name: os.path.join(folder, f"{name}.xml") for name in ("whole", "asked", "keywords", "summary")}
        sample_articles(path["whole"])
        for name in ("asked", "keywords", "summary"):
            without(name, path["whole"], path[name])
        conversations = os.path.join(folder, "conversations.jsonl")
        with open(conversations, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(one) + "\n" for one in sets)
        for name, articles, options in [
            ("nothing", path["whole"], [*SYNONYMS, *encoder]),
            ("asked phrases", path["asked"], [*SYNONYMS, *encoder]),
            ("keywords", path["keywords"], [*SYNONYMS, *encoder]),
            ("summaries", path["summary"], [*SYNONYMS, *encoder]),
            ("synonyms", path["whole"], encoder),
            ("encoder", path["whole"], SYNONYMS),
            ("encoder and asked phrases", path["asked"], SYNONYMS),
        ]:
            lines = play(articles, conversations, options)
            print(json.dumps({"without": name, "found": summary(lines, True), "loud": summary(lines, False)}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
