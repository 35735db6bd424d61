"""Measure the articles that are suggested to the agent, on the sample knowledge and on public data.

usage: measure.py [--show] [--encoder auto]        (FRONTLINE_DATA names the folder of public test data)

Sets printed, one JSON line each:
  retail      utterances of customers of the sample retailer, each with the articles that help
  unseen      utterances written by a person who had not seen the articles' texts, by kind: _wanted and _everyday
              have articles that help, _none_shop and _none_other have none
  fresh       the same kinds, colloquial, written by another person who had seen the titles only
  later       the same, by a third person, after the articles had got their asked phrases
  small_talk  utterances that ask for nothing
  banking     questions of bank customers, to the articles of the retailer: nothing fits
  scenario    scenarios of bank customers fed turn by turn, to the articles of the bank
  retail_at_bank  utterances of the retailer's customers, to the articles of the bank: nothing fits
  scientific  claims and the abstracts that decide them; and banking_at_science, where nothing fits
All sets but the last have two halves, so that a choice made on one can be checked on the other (README.md says
which half was used for what).
"""
import csv, glob, json, os, random, re, subprocess, sys, tempfile
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(here))
from frontline_process import ROOT, binary  # noqa: E402

NAMESPACE = "urn:frontline:knowledge:1"
DATA = os.environ.get("FRONTLINE_DATA", os.path.join(ROOT, "..", "shared", "data"))


def clean(text):
    return escape("".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff")))


def write_articles(path, articles):
    with open(path, "w", encoding="utf-8") as file:
        file.write(f'<articles xmlns="{NAMESPACE}">\n')
        for name, title, text in articles:
            file.write(f'<article id={quoteattr(name)}><title>{clean(title)}</title>'
                       f'<section kind="body"><p>{clean(text)}</p></section></article>\n')
        file.write("</articles>\n")


def sample_articles(path):
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(f"{{{NAMESPACE}}}articles")
    for file in sorted(glob.glob(os.path.join(ROOT, "knowledge", "articles", "*.xml"))):
        root.extend(ET.parse(file).getroot())
    ET.ElementTree(root).write(path, encoding="utf-8")


def bank_articles(path):
    documents = [json.load(open(f, encoding="utf-8")) for f in sorted(glob.glob(f"{DATA}/search/tau2-banking/documents/*.json"))]
    write_articles(path, [(d["id"], d["title"], d["content"]) for d in documents])


def science_articles(path):
    documents = [json.loads(line) for line in open(f"{DATA}/search/scifact/corpus.jsonl", encoding="utf-8")]
    write_articles(path, [(str(d["_id"]), d.get("title", ""), d.get("text", "")) for d in documents])


def halves(name, conversations):
    return [{"set": f"{name}_{'ab'[number % 2]}", **c} for number, c in enumerate(conversations)]


def retail():
    rows = [line.rstrip("\n").split("\t") for line in open(os.path.join(here, "retail.tsv"), encoding="utf-8")]
    return [{"turns": [text], "wanted": wanted.split(",")} for text, wanted in rows]


def unseen():
    """The utterances in two halves, by a fixed seed."""
    rows = [json.loads(line) for line in open(os.path.join(here, "unseen.jsonl"), encoding="utf-8")]
    order = list(range(len(rows)))
    random.Random(20).shuffle(order)
    first = set(order[:len(rows) // 2])
    return [{"set": f"unseen_{row['kind']}_{'a' if number in first else 'b'}", "turns": [row["text"]], "wanted": row["wanted"]}
            for number, row in enumerate(rows)]


def fresh():
    """The utterances in two halves: the first 125 lines and the others."""
    rows = [json.loads(line) for line in open(os.path.join(here, "fresh.jsonl"), encoding="utf-8")]
    return [{"set": f"fresh_{row['kind']}_{'a' if number < 125 else 'b'}", "turns": [row["text"]], "wanted": row["wanted"]}
            for number, row in enumerate(rows)]


def later():
    """The utterances of the other set of this kind, by turns in the halves."""
    rows = [json.loads(line) for line in open(os.path.join(here, "later.jsonl"), encoding="utf-8")]
    return [{"set": f"later_{row['kind']}_{'ab'[number % 2]}", "turns": [row["text"]], "wanted": row["wanted"]}
            for number, row in enumerate(rows)]


def small_talk():
    return [{"turns": [line.strip()], "wanted": []} for line in open(os.path.join(here, "small_talk.txt"), encoding="utf-8")]


def banking():
    rows = csv.DictReader(open(f"{DATA}/search/banking77/test.csv", encoding="utf-8"))
    return [{"turns": [row["text"]], "wanted": []} for row in rows]


def scenarios():
    result = []
    for file in sorted(glob.glob(f"{DATA}/search/tau2-banking/tasks/*.json")):
        task = json.load(open(file, encoding="utf-8"))
        said = task["user_scenario"]["instructions"]
        said = said if isinstance(said, str) else json.dumps(said)
        turns = [t.strip() for t in re.split(r"(?<=[.!?:;])\s+|\n+", said) if t.strip()]
        result.append({"turns": turns, "wanted": task.get("required_documents") or []})
    return [c for c in result if c["wanted"]]


def claims():
    topics = dict(line.rstrip("\n").split("\t")[:2] for line in open(glob.glob(f"{DATA}/search/scifact/topics*.tsv")[0], encoding="utf-8"))
    wanted = {}
    for line in open(glob.glob(f"{DATA}/search/scifact/qrels*.txt")[0]):
        topic, _, document, grade = line.split()[:4]
        if int(grade) > 0: wanted.setdefault(topic, []).append(document)
    return [{"turns": [topics[t]], "wanted": w} for t, w in wanted.items() if t in topics]


def measure(folder, articles, conversations, *options):
    path = os.path.join(folder, "conversations.jsonl")
    with open(path, "w", encoding="utf-8") as file:
        for conversation in conversations: file.write(json.dumps(conversation) + "\n")
    subprocess.run([binary(), "benchmark", "suggestions", "--articles", articles, "--conversations", path, *options], check=True)


def main():
    show = ["--show"] if "--show" in sys.argv else []
    if "--encoder" in sys.argv: show += sys.argv[sys.argv.index("--encoder"):][:2]
    with tempfile.TemporaryDirectory() as folder:
        sample = os.path.join(folder, "sample.xml")
        sample_articles(sample)
        sets = halves("retail", retail()) + unseen() + fresh() + later() + [{"set": "small_talk", **c} for c in small_talk()]
        has_data = os.path.isdir(f"{DATA}/search")
        if has_data: sets += halves("banking", banking())
        measure(folder, sample, sets, "--synonyms", os.path.join(ROOT, "knowledge", "synonyms.yaml"), *show)
        if not has_data: return print(f"no public data at {DATA}", file=sys.stderr)
        bank = os.path.join(folder, "bank.xml")
        bank_articles(bank)
        measure(folder, bank, halves("scenario", scenarios()) + [{"set": "retail_at_bank", **c, "wanted": []} for c in retail()], *show)
        science = os.path.join(folder, "science.xml")
        science_articles(science)
        unfitting = [{"set": "banking_at_science", **c} for c in banking()[::4]]
        measure(folder, science, halves("scientific", claims()) + unfitting, *show)


if __name__ == "__main__":
    main()
