"""Checks a finished run: what clients were told against what the database holds.

usage: check.py FOLDER      a folder with history.jsonl and final.json, which `faults.py --keep` leaves

Prints every violation and a line of JSON with the counts; exits 1 if there is a violation. Standard library only.
"""
import argparse
import json
import sys

from checker.verdict import judge


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    verdict = judge(parser.parse_args().folder)
    for violation in verdict.violations:
        print(f"{violation.rule}: {violation.text}")
    print(json.dumps({**verdict.counts(), "violations": verdict.rules()}))
    return 1 if verdict.violations else 0


if __name__ == "__main__":
    sys.exit(main())
