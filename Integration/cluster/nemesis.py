"""What is done to an installation: the steps that `faults.json` is made of."""
import json
import pathlib
import random
import time

from node import binary
from processes import until

TABLE = pathlib.Path(__file__).with_name("faults.json")
# How long everything may take to go on after a fault, in seconds.
PATIENCE = 40


def table():
    return json.loads(TABLE.read_text())


class Nemesis:
    """Does one fault after the other to a running installation, and notes them in the history."""

    def __init__(self, installation, history, seed):
        self.installation, self.history = installation, history
        self.random = random.Random(seed)
        self.victim = None

    def inflict(self, fault):
        """Does a fault and waits until all goes on; returns the seconds from its mending until then.

        - Raises: TimeoutError when it does not go on, Missing when a program for it is not installed.
        """
        self.victim = self.random.choice(self.installation.nodes)
        concerned = {self.victim.own_name()} if fault["excused"] == "victim" else set()
        told = "all" if fault["excused"] == "everybody" else sorted(concerned)
        self.history.note("run", "fault", name=fault["name"], phase="begins", nodes=told)
        try:
            for verb, *arguments in fault["steps"]:
                getattr(self, verb)(*arguments)
                # A node that was started again has another name; one that is down or frozen has none.
                if concerned and (name := self.victim.own_name()):
                    concerned.add(name)
            began = time.monotonic()
            self.history.note("run", "fault", name=fault["name"], phase="mended", nodes=told)
            self.installation.wait_until_healthy(PATIENCE)
            goal = self.history.count("ok") + 20
            until(PATIENCE, "clients are served again", lambda: self.history.count("ok") >= goal)
            return time.monotonic() - began
        finally:
            self.history.note("run", "fault", name=fault["name"], phase="over", nodes="all" if told == "all" else sorted(concerned))

    # The steps, under the names they have in the table.

    def wait(self, seconds):
        time.sleep(seconds)

    def kill(self):
        self.victim.kill()

    def stop(self):
        self.victim.stop()

    def start(self):
        self.victim.start()

    def pause(self):
        self.victim.pause()

    def resume(self):
        self.victim.resume()

    def set_clock(self, offset):
        self.victim.set_clock(offset)

    def unload(self):
        """Sends all clients of the balancer elsewhere: a node that commits itself would hear of others by that."""
        self.installation.balancer.set_state(self.victim.name, "maint")
        self.installation.balancer.command(f"shutdown sessions server nodes/{self.victim.name}")

    def load(self):
        self.installation.balancer.set_state(self.victim.name, "ready")

    def deafen(self):
        self.installation.proxy.set(self.victim.name, deaf=True)

    def hear(self):
        self.installation.proxy.set(self.victim.name, deaf=False)

    def silence(self):
        self.installation.proxy.set(self.victim.name, state="silent")

    def refuse(self):
        self.installation.proxy.set(self.victim.name, state="refused")

    def mend(self):
        self.installation.proxy.set(self.victim.name, state="open")

    def crash_database(self):
        self.installation.pair.crash()

    def fail_over(self):
        self.installation.pair.fail_over()

    def rejoin(self):
        self.installation.pair.rejoin()

    def roll(self):
        """Restarts one node after the other; those of an older program with the one to test."""
        for node in self.installation.nodes:
            self.installation.balancer.set_state(node.name, "drain")
            node.stop()
            node.program = binary()
            node.start()
            self.installation.balancer.set_state(node.name, "ready")
            self.installation.wait_until_healthy(PATIENCE)
