"""Measure which of the sample scripts is offered for what customers say: by words alone, and by words and meaning.

usage: measure.py [--half a|b] [--show]

`utterances.jsonl` has utterances with the script that fits, or none, in two halves: `a` was used to choose the bar of
`MeaningScore`, `b` once, at the end. `README.md` has the figures.
"""
import argparse, os, subprocess, sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(here))
from frontline_process import ROOT, binary  # noqa: E402


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", default="a", choices=["a", "b"])
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    for encoder in ["off", "auto"]:
        print("by words" if encoder == "off" else "by words and meaning", flush=True)
        command = [binary(), "benchmark", "script-choice", "--scripts", os.path.join(ROOT, "rules", "scripts"), "--utterances",
                   os.path.join(here, "utterances.jsonl"), "--half", arguments.half, "--encoder", encoder]
        subprocess.run(command + (["--show"] if arguments.show else []), check=True)


if __name__ == "__main__":
    main()
