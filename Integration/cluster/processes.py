"""Folders, ports and programs of an installation on this machine."""
import os
import pathlib
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from frontline_process import ROOT  # noqa: E402, F401

# Whom database servers run as when this runs as root, which they refuse.
DATABASE_USER = "postgres"


class Missing(Exception):
    """A program that an installation needs is not installed."""


def program(name, *folders):
    """The path of a program; the folders are looked at before PATH.

    - Raises: Missing, with the name of the Debian package.
    """
    found = shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", ""), "/usr/sbin"]))
    if found is None:
        raise Missing(f"{name} is not installed; on Debian: apt-get install {name}")
    return found


def database_programs():
    """The folder of the newest PostgreSQL server's programs.

    - Raises: Missing.
    """
    folders = [path.parent for path in pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not folders:
        raise Missing("no PostgreSQL server is installed; on Debian: apt-get install postgresql")
    if os.geteuid() == 0:
        try:
            pwd.getpwnam(DATABASE_USER)
        except KeyError:
            raise Missing(f"there is no user {DATABASE_USER}, and a PostgreSQL server does not run as root") from None
    return max(folders, key=lambda path: float(path.parent.name))


def free_ports(count):
    """Ports of the loopback address that nobody listens on now; all differ.

    They are below those that the system gives to outgoing connections, so that none of these takes one of a server that is down.
    """
    sockets = []
    try:
        while len(sockets) < count:
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", random.randrange(10_000, 32_000)))
            except OSError:
                listener.close()
            else:
                sockets.append(listener)
        return [listener.getsockname()[1] for listener in sockets]
    finally:
        for listener in sockets:
            listener.close()


def new_folder():
    """A temporary folder that the database user can enter; not in a private one of the caller's."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="frontline-cluster-", dir="/tmp"))
    folder.chmod(0o755)
    return folder


def as_database_user(command):
    """The command, run as the database user if this runs as root."""
    command = [str(part) for part in command]
    return ["runuser", "-u", DATABASE_USER, "--", *command] if os.geteuid() == 0 else command


def until(seconds, what, attempt, pause=0.05):
    """Waits until an attempt gives something true, and returns it.

    - Raises: TimeoutError, which says what was waited for.
    """
    end = time.monotonic() + seconds
    while True:
        result = attempt()
        if result:
            return result
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s: {what}")
        time.sleep(pause)


class Background:
    """A program that runs until it is ended, with its output in a file; a Ctrl-C meant for the caller does not reach it."""

    def __init__(self, command, log, env=None):
        self.log = pathlib.Path(log)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=env,
                start_new_session=True)

    @property
    def is_running(self):
        return self.process.poll() is None

    def send(self, number):
        if self.is_running:
            self.process.send_signal(number)

    def end(self, number=signal.SIGTERM, patience=20):
        """Ends it; kills it when it has not ended in time. Returns its exit code."""
        self.send(number)
        try:
            return self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def last_lines(self, count=20):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])
