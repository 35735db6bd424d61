"""Run the end-to-end tests, file by file, as many at a time as there are processors.

usage: end_to_end.py [--quick] [WORD...]      only the files whose name contains one of the words; --quick leaves out long ones

Each file is a separate process, because each test starts its own servers and waits for them most of the time. The output of
a file is printed when it ends, the times at the end; exit 1 if one has failed.
"""
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import time

FOLDER = pathlib.Path(__file__).resolve().parent
# Kills, freezes, copies, whole histories and heavy clients: long with a program that is not optimised. `make integration` runs them.
LONG = {"test_store", "test_history", "test_mcp", "test_upgrade", "test_cluster", "test_webhooks", "test_privacy", "test_publication",
        "test_browser", "test_browser_faults", "test_sign_in"}


def run(path):
    """Runs one file; returns its exit code, its duration and its output."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "unittest", "discover", "-s", FOLDER.name, "-p", path.name], cwd=FOLDER.parent,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, time.monotonic() - began, done.stdout


def main(words):
    is_quick = "--quick" in words
    words = [word for word in words if word != "--quick"]
    # The largest first, so that the last one to end is short.
    paths = sorted(FOLDER.glob("test_*.py"), key=lambda path: path.stat().st_size, reverse=True)
    paths = [path for path in paths if not words or any(word in path.stem for word in words)]
    if is_quick:
        paths = [path for path in paths if path.stem not in LONG]
        print(f"left out, see `make integration`: {', '.join(sorted(LONG))}", flush=True)
    if not paths:
        print(f"no test file matches {' or '.join(words)}", file=sys.stderr)
        return 2
    failed, times = [], []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        runs = {pool.submit(run, path): path for path in paths}
        for future in concurrent.futures.as_completed(runs):
            path = runs[future]
            code, seconds, output = future.result()
            times.append((seconds, path.stem))
            print(f"{path.stem}: {'ok' if code == 0 else 'FAILED'} in {seconds:.1f} s\n{output if code else output[-200:]}", flush=True)
            if code:
                failed.append(path.stem)
    print("slowest: " + ", ".join(f"{name} {seconds:.0f} s" for seconds, name in sorted(times, reverse=True)[:5]))
    if failed:
        print("failed: " + ", ".join(sorted(failed)), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
