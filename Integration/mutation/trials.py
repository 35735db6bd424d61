"""Runs the tests with one mutant at a time."""
import os
import pathlib
import signal
import subprocess
import tempfile
import threading
import time

from .tree import MOST_MUTANTS

FAILURE = "\N{HEAVY BALLOT X} Test "


class Trial:
    """One run of the tests of a part."""

    def __init__(self, passed, seconds, output):
        self.passed, self.seconds, self.output = passed, seconds, output


def run(tree, tests, mutant, limit, reached=None):
    """Runs the tests with one mutant until the first failure, the end or the limit in seconds.

    The program is started directly and in a process group of its own, which is ended as soon as a test has failed.
    """
    command = [tree.program, "--testing-library", "swift-testing"]
    for name in tests:
        command += ["--filter", f"^{name}\\."]
    with tempfile.TemporaryDirectory(prefix="mutant.") as scratch:
        environment = {**os.environ, "MUTANT": str(mutant), "TMPDIR": scratch}
        if reached:
            environment["MUTANTS_REACHED"] = str(reached)
        began, lines = time.monotonic(), []
        process = subprocess.Popen(
            command, cwd=tree.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            start_new_session=True, env=environment)
        overdue = threading.Timer(limit, end, [process])
        overdue.start()
        failed = False
        for line in process.stdout:
            lines.append(line)
            if line.startswith(FAILURE) and reached is None:
                failed = True
                end(process)
                break
        process.stdout.close()
        code = process.wait()
        overdue.cancel()
        return Trial(code == 0 and not failed, time.monotonic() - began, "".join(lines[-60:]))


def end(process):
    """Ends the process group of a run, if it is still there."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


class Health:
    """The tests of a part without a mutant: how long they take, and which mutants they reach."""

    def __init__(self, tree, tests):
        with tempfile.TemporaryDirectory(prefix="mutants.") as scratch:
            marks = pathlib.Path(scratch) / "reached"
            marks.write_bytes(bytes(MOST_MUTANTS))
            trial = run(tree, tests, 0, 900, reached=marks)
            if not trial.passed:
                raise SystemExit(f"{' and '.join(tests)} fail without a mutant\n{trial.output}")
            self.seconds = trial.seconds
            self.reached = {number for number, mark in enumerate(marks.read_bytes()) if mark}
