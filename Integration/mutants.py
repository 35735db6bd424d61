"""Measures whether the tests detect faults: seeded faults in the pure modules, all built at once, each enabled alone for its module's tests.

    python3 Integration/mutants.py --count 80 --seed 1 --folder ../frontline-mutants

A mutant replaces one operator or literal of the source with a similar one: `<` by `<=`, `==` by `!=`, `&&` by `||`, `+` by
`-`, a number by the next one, `true` by `false`, and a `guard` whose first condition is always true. With `--operators all`
also `+=` by `-=`, `min` by `max`, and `!` by nothing. The tree is copied to `--folder` (kept, so that a second run builds
little) with only the modules that the tests need, and every chosen site is rewritten into a form that the environment
variable MUTANT switches: operators become new operators with the same precedence, so no expression has to be parsed.
Sites that do not compile are replaced by others. Then the tests of the mutant's part run once without a mutant, which tells
which mutants they reach at all, and once for each that they reach, as many at a time as there are processors. A mutant is
caught when a test fails or crashes, or when they take more than ten times as long.

Several seeds share one build: each draws `--count` mutants and has a table of its own. `--again` builds the mutants of the
last build with the sources and tests of now, so that better tests are measured by the same mutants.
`mutation/equivalent.json` lists mutants that change nothing anybody could observe, each with its reason; they are
not chosen. Prints a line for each mutant, the survivors and a table by part; exits 1 if fewer than `--bar` percent were
caught. `--list` prints the sites and builds nothing. Standard library only.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import sys
import threading

from mutation.sites import PARTS, ROOT, Equivalents, sites
from mutation.tree import MOST_MUTANTS, Tree
from mutation.trials import Health, run


class Draw:
    """What the seeds choose: for each seed its pools of sites by part, the next one at the end."""

    def __init__(self, parts, seeds, operators):
        equivalents = Equivalents()
        found = {part: sites(part, operators) for part in parts}
        self.sites = {part: [site for site in all if site not in equivalents] for part, all in found.items()}
        self.numbers = iter(range(1, MOST_MUTANTS))
        self.pools, self.known = {}, {}
        for seed in seeds:
            random.seed(seed)
            # The order is that of all sites, so that a seed draws the same ones whatever is found to be equivalent.
            self.pools[seed] = {
                part: [site for site in random.sample(all, len(all)) if site not in equivalents]
                for part, all in found.items()}

    def take(self, seed, part, chosen):
        """Draws one site for a seed; adds it to `chosen` unless another seed has drawn it as well."""
        pool = self.pools[seed][part]
        if not pool:
            return
        site = pool.pop()
        site = self.known.setdefault(site.place, site)
        site.seeds.add(seed)
        if site.number is None:
            site.number = next(self.numbers)
            chosen.append(site)

    def first(self, count):
        """`count` sites for each seed, spread evenly over the parts."""
        chosen = []
        for seed, pools in self.pools.items():
            left = min(count, sum(len(pool) for pool in pools.values()))
            while left:
                for part in [part for part in pools if pools[part]][:left]:
                    self.take(seed, part, chosen)
                    left -= 1
        return chosen

    def spare(self, dropped, _):
        """Others for a site that does not compile."""
        chosen = []
        for seed in sorted(dropped.seeds):
            self.take(seed, dropped.part, chosen)
        return chosen


def measure(tree, chosen, jobs, tell):
    """Runs each mutant, in random order so that a run that is broken off is a fair sample; returns the outcomes."""
    health = {part: Health(tree, PARTS[part].tests) for part in PARTS if any(site.part == part for site in chosen)}
    lock, outcomes = threading.Lock(), {}

    def trial(site):
        tests, healthy = PARTS[site.part].tests, health[site.part]
        seconds, outcome = 0.0, "unreached"
        if site.number in healthy.reached:
            done = run(tree, tests, site.number, 10 * healthy.seconds + 20)
            seconds, outcome = done.seconds, "survived" if done.passed else "caught"
        with lock:
            outcomes[site] = outcome
            tell(site, outcome, seconds)

    unreached = [site for site in chosen if site.number not in health[site.part].reached]
    reached = [site for site in chosen if site.number in health[site.part].reached]
    random.seed(0)
    random.shuffle(reached)
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        list(pool.map(trial, unreached + reached))
    return outcomes


def report(outcomes, seeds):
    """Prints the survivors and a table for each seed; returns the percentage that was caught in all."""
    survivors = [site for site in outcomes if outcomes[site] != "caught"]
    print("\nsurvivors:" if survivors else "")
    for site in sorted(survivors, key=lambda site: (site.part, str(site.path), site.line)):
        print(f"  {site}\n      {site.marked}")
    for seed in seeds:
        drawn = [site for site in outcomes if seed in site.seeds]
        print(f"\nseed {seed}")
        for name in [*PARTS, "all"]:
            of_part = [site for site in drawn if name in (site.part, "all")]
            if of_part:
                caught = sum(outcomes[site] == "caught" for site in of_part)
                print(f"{name:12}  {caught:3} of {len(of_part):3} caught, {100 * caught / len(of_part):3.0f} %")
    return 100 * (len(outcomes) - len(survivors)) / max(1, len(outcomes))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=80, help="how many each seed draws")
    parser.add_argument("--seed", type=int, action="append", help="may be repeated; 1 unless given")
    parser.add_argument("--bar", type=float, default=85, help="percent that must be caught")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / ".build-mutants" / "tree")
    parser.add_argument("--part", action="append", choices=sorted(PARTS), help="only this part; may be repeated")
    parser.add_argument("--operators", choices=["first", "all"], default="first", help="which replacements are made")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many mutants run at a time")
    parser.add_argument("--build-option", action="append", default=[], help="passed to swift build")
    parser.add_argument("--build-only", action="store_true", help="build the mutants, run none")
    parser.add_argument("--built", action="store_true", help="run the mutants of the last build of the folder as it is")
    parser.add_argument("--again", action="store_true", help="build the mutants of the last build with what has changed since")
    parser.add_argument("--list", action="store_true", help="print every site and build nothing")
    parser.add_argument("--json", action="store_true", help="print a line of JSON for each mutant")
    options = parser.parse_args()
    seeds, parts = options.seed or [1], options.part or list(PARTS)
    if not 0 < options.count * len(seeds) < MOST_MUTANTS // 2:
        parser.error(f"all seeds together draw from 1 to {MOST_MUTANTS // 2 - 1} mutants")
    if stale := Equivalents().stale():
        print("equivalent.json names lines that the sources do not have:", file=sys.stderr)
        for file, line in stale:
            print(f"  {file}: {line}", file=sys.stderr)
        return 2
    draw = Draw(parts, seeds, options.operators)
    if options.list:
        for site in sorted(sum(draw.sites.values(), []), key=lambda site: (str(site.path), site.line, site.start)):
            print(f"{site}\t{site.marked}")
        return 0

    tree = Tree(options.folder, {name for part in parts for name in PARTS[part].tests}, options.build_option)
    if options.built or options.again:
        chosen = tree.remembered()
        seeds = options.seed or sorted({seed for site in chosen for seed in site.seeds})
    else:
        chosen = draw.first(options.count)
    if not options.built:
        spare = (lambda *_: []) if options.again else draw.spare
        chosen = tree.build_those_that_compile(chosen, spare, lambda text: print(text, file=sys.stderr, flush=True))
    if options.build_only:
        return 0

    def tell(site, outcome, seconds):
        if options.json:
            print(json.dumps({"part": site.part, "site": str(site), "line": site.marked, "outcome": outcome,
                              "seconds": round(seconds, 1)}), flush=True)
        else:
            print(f"{outcome:9} {seconds:5.1f} s  {site.part}: {site}", flush=True)

    wanted = [site for site in chosen if site.part in parts and not site.seeds.isdisjoint(seeds)]
    share = report(measure(tree, wanted, options.jobs, tell), seeds)
    return 0 if share >= options.bar else 1


if __name__ == "__main__":
    sys.exit(main())
