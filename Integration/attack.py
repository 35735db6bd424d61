"""Runs every known attack against the built program: one line per attack, exit code 1 if one succeeds.

An attack is a function in a module of `attacks/`, marked with `@attack("what the attacker tries")`. It receives a `Target`,
acts as the attacker, and raises if it succeeds. `python3 Integration/attack.py WORD...` runs those whose title
or module contains one of the words. Only loopback addresses are used, and all processes end with the run.
"""
import importlib
import pathlib
import sys
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from attacks.target import ATTACKS, Target  # noqa: E402


def main(words):
    for path in sorted(pathlib.Path(__file__).resolve().parent.joinpath("attacks").glob("*.py")):
        if path.stem not in ("__init__", "target"):
            importlib.import_module(f"attacks.{path.stem}")
    chosen = [a for a in ATTACKS if not words or any(w.lower() in f"{a.module} {a.title}".lower() for w in words)]
    began = time.monotonic()
    through = []
    with Target() as target:
        for attack in chosen:
            start = time.monotonic()
            try:
                measured = attack.run(target)
                verdict, tail = "held", f" ({measured})" if measured else ""
            except Exception as error:  # noqa: BLE001: after any error it is not shown that the attack fails
                through.append((attack, traceback.format_exc()))
                verdict, tail = "OPEN", f": {str(error).splitlines()[0][:160] if str(error) else type(error).__name__}"
            print(f"{verdict}  {time.monotonic() - start:5.1f} s  {attack.module}: {attack.title}{tail}", flush=True)
    for attack, trace in through:
        print(f"\n{attack.module}: {attack.title}\n{trace}", file=sys.stderr)
    print(f"{len(chosen) - len(through)} passed, {len(through)} failed")
    print(f"{time.monotonic() - began:.0f} s in all", file=sys.stderr)
    return 1 if through else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
