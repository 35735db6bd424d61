"""Starts the built program and connects to it, for the tests in this folder. Standard library only."""
import atexit
import functools
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import threading
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent


def binary():
    """The program to test: FRONTLINE_BINARY, else the newest build."""
    named = os.environ.get("FRONTLINE_BINARY")
    if named:
        return str(pathlib.Path(named).resolve())
    built = [ROOT / ".build" / kind / "frontline" for kind in ("debug", "release")]
    built = [path for path in built if path.exists()]
    if not built:
        raise FileNotFoundError("build the program first: swift build")
    return str(max(built, key=lambda path: path.stat().st_mtime))


def test_data_folder():
    """The folder of public test data: FRONTLINE_DATA, else beside the checkout."""
    return pathlib.Path(os.environ.get("FRONTLINE_DATA", ROOT.parent / "shared" / "data"))


def has_test_data():
    """Whether tests over public data run: the folder exists, or FRONTLINE_DATA is set."""
    return "FRONTLINE_DATA" in os.environ or test_data_folder().exists()


def test_data(*parts):
    """A path in the public test data, which must exist."""
    path = test_data_folder().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"the public test data has no {path}")
    return path


def settings(**more):
    """The environment without the settings of whoever runs the tests.

    The sentence encoder is off unless a test asks for one, so that what is found does not depend on the models here.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith("FRONTLINE_")}
    return {**environment, "FRONTLINE_ENCODER": "off", **more}


class Cluster:
    """A PostgreSQL server of the tests' own, where every data folder has a database; ended with this process."""

    def __init__(self):
        self.process = subprocess.Popen(
            ["bash", ROOT / "Integration" / "postgres.sh", "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.folder = self.process.stdout.readline().strip()
        if not self.folder:
            raise AssertionError("the PostgreSQL server did not start")
        self.databases = {}
        atexit.register(self.end)

    def end(self):
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()

    def sql(self, statement, database="postgres"):
        """What a statement gives, without its frame."""
        return subprocess.run(
            ["psql", "-h", self.folder, "-U", "postgres", "-d", database, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statement],
            check=True, capture_output=True, text=True).stdout.strip()

    def control(self, *arguments):
        """Starts or stops the server, as pg_ctl does."""
        program = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: float(path.parts[-3]))
        command = [str(program), "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    def signal(self, number):
        """Sends a signal to every process of the server, the one that starts others first and last."""
        main = int(pathlib.Path(self.folder, "data", "postmaster.pid").read_text().splitlines()[0])
        children = [int(pid) for path in pathlib.Path(f"/proc/{main}/task").glob("*/children") for pid in path.read_text().split()]
        for pid in [main, *children, main]:
            os.kill(pid, number)

    def address(self, folder):
        """The address of the database that stands for a data folder, for libpq."""
        folder = str(folder)
        if folder not in self.databases:
            name = f"test_{len(self.databases)}"
            self.sql(f"CREATE DATABASE {name}")
            self.databases[folder] = name
        return f"host={self.folder} user=postgres dbname={self.databases[folder]}"


def has_postgres():
    """Whether a PostgreSQL server is installed."""
    return subprocess.run(["bash", ROOT / "Integration" / "postgres.sh"], stdin=subprocess.DEVNULL).returncode != 77


# Whether the stores of the tests are in databases of PostgreSQL.
ON_POSTGRES = os.environ.get("FRONTLINE_TEST_STORE") == "postgresql"


# For tests of what only a store in a folder has: copies, restored copies, files.
needs_folder = unittest.skipIf(ON_POSTGRES, "is about a store in a folder")


@functools.cache
def cluster():
    """The one PostgreSQL server of this process."""
    return Cluster()


def store_of(folder):
    """The setting that says where the store of a data folder is, if it is not in the folder."""
    return {"FRONTLINE_STORE": cluster().address(folder)} if ON_POSTGRES else {}


def run(*arguments, check=True, **options):
    """Runs a subcommand to its end and returns the finished process."""
    arguments = list(map(str, arguments))
    store = store_of(arguments[arguments.index("--data") + 1]) if "--data" in arguments else {}
    environment = settings(**{**store, **options.pop("env", {})})
    done = subprocess.run([binary(), *map(str, arguments)], capture_output=True, text=True, timeout=300, env=environment, **options)
    if check and done.returncode != 0:
        raise AssertionError(f"{arguments} exited with {done.returncode}: {done.stderr}")
    return done


class Wire:
    """A socket and its stream, which are closed together."""

    def close(self):
        self.stream.close()
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Connection(Wire):
    """One client over a socket."""

    def __init__(self, family, address, receive_buffer=None):
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(60)
        self.socket.connect(address)
        self.stream = self.socket.makefile("rwb")
        self.number = 0

    def send(self, data):
        self.stream.write(data)
        self.stream.flush()

    def receive(self):
        line = self.stream.readline()
        return json.loads(line) if line else None

    def call(self, method, **params):
        """The result; raises with the error as received."""
        self.number += 1
        self.send(json.dumps({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}).encode() + b"\n")
        answer = self.receive()
        if answer is None:
            raise ConnectionError("the server closed the connection")
        if "error" in answer:
            raise RPCError(answer["error"])
        return answer["result"]


class RPCError(Exception):
    def __init__(self, error):
        super().__init__(json.dumps(error))
        self.code = error["code"]
        self.data = error.get("data", {})


class Server:
    """A running server with its own data folder, on a port chosen by the system."""

    def __init__(self, *arguments, data=None, patience=120, prefix=(), store=None):
        """`store` is an address of the store that is not the tests' usual one, `patience` is the number of seconds until it must be ready, `prefix` a command that executes the program in its place."""
        self.folder = data or tempfile.mkdtemp(prefix="frontline-")
        self.arguments = arguments
        self.patience = patience
        self.prefix = list(prefix)
        self.store = {"FRONTLINE_STORE": store} if store else store_of(self.folder)
        self.start()

    def start(self):
        self.log = []
        self.port = None
        self.is_ready = False
        ready = threading.Event()
        environment = settings(**self.store)
        self.process = subprocess.Popen(
            [*self.prefix, binary(), "serve", "--data", self.folder, "--listen", "127.0.0.1:0", *map(str, self.arguments)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment,
        )

        def follow(process):
            for line in process.stderr:
                self.log.append(line)
                if "address=127.0.0.1:" in line and "metrics" not in line and self.port is None:
                    self.port = int(line.split("address=127.0.0.1:")[1].split()[0])
                if line.strip() == "ready":
                    self.is_ready = True
                    ready.set()
            ready.set()

        self.reader = threading.Thread(target=follow, args=(self.process,), daemon=True)
        self.reader.start()
        # The log may end before the process does.
        if not ready.wait(self.patience) or not self.is_ready or self.process.poll() is not None:
            raise AssertionError("the server did not start: " + "".join(self.log))

    def token(self, *roles, subject="tester", **attributes):
        named = [part for role in roles for part in ("--role", role)]
        named += [part for key, value in attributes.items() for part in ("--attribute", f"{key}={value}")]
        return run("token", "create", "--data", self.folder, "--subject", subject, *named, env=self.store).stdout.strip()

    def connect(self, *roles, subject="tester", **attributes):
        """A connection, authenticated if roles are given."""
        if self.port is None:
            raise ConnectionError("the server is starting")
        connection = Connection(socket.AF_INET, ("127.0.0.1", self.port))
        if roles:
            connection.call("session.authenticate", token=self.token(*roles, subject=subject, **attributes))
        return connection

    def stop(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(30)
        self.reader.join(10)
        self.process.stderr.close()
        return code

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop(signal.SIGKILL)
