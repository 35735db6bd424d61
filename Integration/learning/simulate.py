"""Simulate the use of articles: what searches learn from it, and what one person alone can move.

usage: simulate.py [--seed 1] [--noise 0.1] [--mode hybrid] [--questions N] [--rules FILE]   (FRONTLINE_DATA: public test data)

The collection is Banking77: questions of bank customers with what they are about. Each of the 77 topics is an article that has
only the words of its name. A third of the questions is use: 40 agents, in 60 days, used the article after the question, and in
a share `noise` of the cases another one. The other questions are searched for, by words and meaning, before and after that.

Then one more person reports wrong articles after the very questions that are searched for, a hundred a day for 60 days: to a
server where nothing was learned, and to the one where the agents' use was.

Prints one JSON line for each part; exits with 1 if one person changes a ranking alone.
"""
import argparse, csv, json, os, random, subprocess, sys, tempfile
from xml.sax.saxutils import escape, quoteattr

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(here))
from frontline_process import ROOT, binary  # noqa: E402

DATA = os.environ.get("FRONTLINE_DATA", os.path.join(ROOT, "..", "shared", "data"))
AGENTS, DAYS, REPORTED_A_DAY, DRAWS = 40, 60, 100, 2_000


def collection():
    """The questions, each once, with their topics."""
    found = {}
    for name in ("train", "test"):
        with open(f"{DATA}/search/banking77/{name}.csv", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found.setdefault(row["text"].strip(), row["category"])
    return sorted(found.items())


def write_articles(path, topics):
    with open(path, "w", encoding="utf-8") as file:
        file.write('<articles xmlns="urn:frontline:knowledge:1">\n')
        for topic in topics:
            words = escape(topic.replace("_", " ").strip("? "))
            file.write(f"<article id={quoteattr(topic)}><title>{words}</title>"
                       f'<section kind="body"><p>{words}.</p></section></article>\n')
        file.write("</articles>\n")


def write_lines(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def honest(questions, topics, noise, seed):
    generator = random.Random(seed)
    uses = [{"subject": f"agent{number % AGENTS}", "text": text, "day": generator.randrange(DAYS),
             "article": generator.choice(topics) if generator.random() < noise else topic}
            for number, (text, topic) in enumerate(questions)]
    return sorted(uses, key=lambda use: use["day"])


def poison(asked, topics, seed):
    generator = random.Random(seed)
    uses = []
    for day in range(DAYS):
        for _ in range(REPORTED_A_DAY):
            text, topic = generator.choice(asked)
            wrong = generator.choice([other for other in topics if other != topic])
            uses.append({"subject": "mallory", "text": text, "article": wrong, "day": day})
    return uses


def play(options, folder, *uses):
    """The rankings of every stage, and what the benchmark says of the stage."""
    command = [binary(), "benchmark", "learning", "--articles", f"{folder}/articles.xml", "--questions", f"{folder}/asked.jsonl",
               "--encoder", options.encoder, "--mode", options.mode]
    for name in uses:
        command += ["--uses", f"{folder}/{name}.jsonl"]
    if options.rules:
        command += ["--rules", options.rules]
    rankings, stages = {}, {}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            row = json.loads(line)
            if "hits" in row:
                rankings.setdefault(row["stage"], []).append(row["hits"])
            else:
                stages[row["stage"]] = row
    if process.returncode:
        sys.exit(process.returncode)
    return [rankings[stage] for stage in sorted(rankings)], [stages[stage] for stage in sorted(stages)]


def interval(changes, seed):
    """The middle 95 % of the means of samples drawn with replacement."""
    generator = random.Random(seed)
    means = sorted(sum(generator.choices(changes, k=len(changes))) / len(changes) for _ in range(DRAWS))
    return [round(means[DRAWS // 40], 4), round(means[-1 - DRAWS // 40], 4)]


def learned(asked, before, after, seed, stage):
    old, new = ([int(hits[:1] == [topic]) for (_, topic), hits in zip(asked, ranking)] for ranking in (before, after))
    changes = [b - a for a, b in zip(old, new)]
    return {"set": "learning", "asked": len(asked), "uses": stage["uses"],
            "first_before": round(sum(old) / len(old), 4), "first_after": round(sum(new) / len(new), 4),
            "difference": round(sum(changes) / len(changes), 4), "interval": interval(changes, seed),
            "better": changes.count(1), "worse": changes.count(-1), "search_p50_us": round(stage["p50_microseconds"])}


def moved(name, asked, before, after, kept):
    changed = [(old, new) for old, new in zip(before, after) if old != new]
    first = [(topic, old[:1], new[:1]) for (_, topic), old, new in zip(asked, before, after) if old[:1] != new[:1]]
    return {"set": name, "asked": len(asked), "poison_kept": kept, "rankings_changed": len(changed), "first_changed": len(first),
            "first_lost": sum(old == [topic] for topic, old, _ in first)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--noise", type=float, default=0.1)
    parser.add_argument("--mode", default="hybrid")
    parser.add_argument("--encoder", default="auto")
    parser.add_argument("--questions", type=int, help="take so many questions of the collection")
    parser.add_argument("--rules", help="a file of bounds instead of those of the product")
    options = parser.parse_args()
    questions = collection()
    random.Random(options.seed).shuffle(questions)
    questions = questions[:options.questions]
    topics = sorted({topic for _, topic in questions})
    used, asked = questions[:len(questions) // 3], questions[len(questions) // 3:]
    with tempfile.TemporaryDirectory() as folder:
        write_articles(f"{folder}/articles.xml", topics)
        write_lines(f"{folder}/asked.jsonl", ({"text": text} for text, _ in asked))
        write_lines(f"{folder}/honest.jsonl", honest(used, topics, options.noise, options.seed))
        write_lines(f"{folder}/poison.jsonl", poison(asked, topics, options.seed))
        (nothing, after, beside), stages = play(options, folder, "honest", "poison")
        print(json.dumps(learned(asked, nothing, after, options.seed, stages[1])), flush=True)
        kept = stages[2]["uses"] - stages[1]["uses"]
        print(json.dumps(moved("poison_beside_the_agents", asked, after, beside, kept)), flush=True)
        (_, alone), stages = play(options, folder, "poison")
        result = moved("poison_alone", asked, nothing, alone, stages[1]["uses"])
        print(json.dumps(result))
    return 1 if result["rankings_changed"] else 0


if __name__ == "__main__":
    sys.exit(main())
