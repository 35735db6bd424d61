"""Measure how searches are grouped, on questions whose topic is known.

usage: measure.py [--half a|b] [--bars .5,.55,…] [--show]        (FRONTLINE_DATA names the folder of public test data)

Sets: `banking`, the test questions of Banking77 with their 77 intents; `shop`, the utterances of Integration/suggestions with
the articles that help. The halves are those of the topics, so that a bar chosen on one can be checked on the other. `README.md`
has the figures. The 10,003 training questions show what grouping costs (`--large`).
"""
import argparse, csv, json, os, subprocess, sys, tempfile, zlib

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(here))
from frontline_process import ROOT, binary  # noqa: E402

DATA = os.environ.get("FRONTLINE_DATA", os.path.join(ROOT, "..", "shared", "data"))


def banking(name):
    rows = csv.DictReader(open(f"{DATA}/search/banking77/{name}.csv", encoding="utf-8"))
    return [(row["text"].replace("\n", " "), row["category"]) for row in rows]


def shop():
    rows = []
    for name in ["fresh.jsonl", "unseen.jsonl"]:
        for line in open(os.path.join(ROOT, "Integration", "suggestions", name), encoding="utf-8"):
            row = json.loads(line)
            if len(row["wanted"]) == 1: rows.append((row["text"], row["wanted"][0]))
    return rows


def half(rows, wanted):
    return [row for row in rows if "ab"[zlib.crc32(row[1].encode()) % 2] == wanted]


def measure(name, rows, bars, show):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for text, group in rows: file.write(json.dumps({"text": text, "group": group}) + "\n")
        file.flush()
        command = [binary(), "benchmark", "groups", "--texts", file.name, "--encoder", "auto"]
        command += [word for bar in bars for word in ("--bar", bar)] + (["--show"] if show else [])
        print(name, len(rows), "texts", len({group for _, group in rows}), "topics", flush=True)
        subprocess.run(command, check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", default="a", choices=["a", "b"])
    parser.add_argument("--bars", default="0.6")
    parser.add_argument("--every", type=int, default=1, help="only every so many of the questions to the bank")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    bars = arguments.bars.split(",")
    if arguments.large: return measure("large", banking("train"), bars, arguments.show)
    measure("shop", half(shop(), arguments.half), bars, arguments.show)
    if os.path.isdir(f"{DATA}/search"): measure("banking", half(banking("test"), arguments.half)[::arguments.every], bars, arguments.show)
    else: print(f"no public data at {DATA}", file=sys.stderr)


if __name__ == "__main__":
    main()
