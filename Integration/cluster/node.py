"""One node: a server of the built program on the shared database."""
import json
import os
import pathlib
import re
import signal
import subprocess
import urllib.error
import urllib.request

from processes import Background, free_ports, program, until
# After `processes`, which says where it is.
from frontline_process import binary, settings

RULES = pathlib.Path(__file__).resolve().parent / "rules"
CLOCK = RULES.with_name("clock.c")


class Node:
    """A server that can be killed, frozen and started again, on the same ports with the same data folder."""

    def __init__(self, folder, name, store, *options, rules=RULES, program_path=None):
        """`store` is the address of the database, by way of this node's link; `options` are more ones of `serve`."""
        self.folder, self.name, self.store, self.options, self.rules = folder / name, name, store, options, rules
        self.folder.mkdir()
        self.program = program_path or binary()
        self.port, self.health_port = free_ports(2)
        self.running, self.prefix = None, []

    def begin(self):
        """Starts it without waiting."""
        command = [*self.prefix, self.program, "serve", "--data", self.folder / "data", "--listen", f"127.0.0.1:{self.port}",
                   "--metrics-listen", f"127.0.0.1:{self.health_port}", *self.options]
        if self.rules:
            command += ["--rules", self.rules]
        self.running = Background(command, self.folder / "log", env=settings(FRONTLINE_STORE=self.store))

    def wait(self, seconds=120):
        """Waits until it is ready."""
        def is_ready():
            if not self.running.is_running:
                raise RuntimeError(f"{self.name} did not start:\n{self.running.last_lines()}")
            return self.health() is not None
        until(seconds, f"{self.name} is ready", is_ready)

    def start(self):
        self.begin()
        self.wait()

    def health_report(self):
        """The answer of `/health`, whatever it is; None when there is none."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.health_port}/health", timeout=2) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            return json.load(error)
        except (OSError, ValueError):
            return None

    def own_name(self):
        """The name that it gives itself in `server.info`, which each start makes anew; None while it does not answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.health_port}/metrics", timeout=2) as answer:
                found = re.search(r'node="([^"]+)"', answer.read().decode())
        except (OSError, ValueError):
            return None
        return found and found[1]

    def health(self):
        """`ok` or `degraded`; None when it does not answer."""
        report = self.health_report()
        return report and report["status"]

    def server_id(self):
        """The process of the program."""
        return self.running.process.pid

    def kill(self):
        self.running.end(signal.SIGKILL)

    def stop(self):
        """Drains it, as for an upgrade."""
        return self.running.end(signal.SIGTERM)

    def pause(self):
        os.kill(self.server_id(), signal.SIGSTOP)

    def resume(self):
        os.kill(self.server_id(), signal.SIGCONT)

    def set_clock(self, offset):
        """Has it see a time of day that many seconds later from its next start on; 0 for the right one.

        - Raises: Missing, where there is no C compiler.
        """
        library = self.folder / "clock.so"
        if offset and not library.exists():
            subprocess.run([program("cc"), "-shared", "-fPIC", "-O1", "-o", library, CLOCK, "-ldl"], check=True)
        self.prefix = ["env", f"LD_PRELOAD={library}", f"CLOCK_OFFSET={offset}"] if offset else []

    def close(self):
        if self.running:
            self.running.send(signal.SIGCONT)
            self.running.end(signal.SIGKILL)


def command(store, *arguments, check=True, program_path=None):
    """Runs a subcommand of the program on the store, and returns the finished process."""
    done = subprocess.run(
        [program_path or binary(), *map(str, arguments), "--store", store], capture_output=True, text=True, timeout=60,
        env=settings(), stdin=subprocess.DEVNULL)
    if check and done.returncode:
        raise RuntimeError(f"{arguments} exited with {done.returncode}: {done.stderr.strip()}")
    return done
