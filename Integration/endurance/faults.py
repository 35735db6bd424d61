"""Injected faults: kills, a full disk, hostile and slow clients, too many requests, webhooks whose receivers fail.

usage: faults.py [kill] [disk] [hostile] [slow] [rates] [webhooks] [--rounds N] [--seed N] [--seconds S]

Without names it runs all of them. Prints a JSON line for each; exit 1 if one has found a defect. It uses only
loopback addresses, and ends only the servers it started.
"""
import argparse
import sys

from disk import disk
from harness import raise_file_limit, say
from hostile import hostile, rates, slow
from kill import kill
from webhooks import webhooks


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="kill, disk, hostile, slow, rates or webhooks")
    parser.add_argument("--rounds", type=int, default=12, help="kills")
    parser.add_argument("--seconds", type=float, default=10, help="duration of the hostile clients")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    raise_file_limit()
    runs = {
        "kill": lambda: kill(chosen.rounds, chosen.seed), "disk": disk,
        "hostile": lambda: hostile(chosen.seconds, chosen.seed), "slow": slow,
        "rates": rates, "webhooks": lambda: webhooks(chosen.rounds, chosen.seed),
    }
    unknown = set(chosen.names) - runs.keys()
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}")
    failed = []
    for name in chosen.names or runs:
        say(f"{name}:")
        if not runs[name]():
            failed.append(name)
    say(f"failed: {', '.join(failed)}" if failed else "passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
