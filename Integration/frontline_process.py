"""Starts the built program and connects to it, for the tests in this folder. Standard library only."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import threading

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


def run(*arguments, check=True, **options):
    """Runs a subcommand to its end and returns the finished process."""
    environment = settings(**options.pop("env", {}))
    done = subprocess.run([binary(), *map(str, arguments)], capture_output=True, text=True, timeout=300, env=environment, **options)
    if check and done.returncode != 0:
        raise AssertionError(f"{arguments} exited with {done.returncode}: {done.stderr}")
    return done


class Connection:
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

    def close(self):
        self.stream.close()
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class RPCError(Exception):
    def __init__(self, error):
        super().__init__(json.dumps(error))
        self.code = error["code"]
        self.data = error.get("data", {})


class Server:
    """A running server with its own data folder, on a port chosen by the system."""

    def __init__(self, *arguments, data=None, patience=120, prefix=()):
        """`patience` is the number of seconds until it must be ready, `prefix` a command that executes the program in its place."""
        self.folder = data or tempfile.mkdtemp(prefix="frontline-")
        self.arguments = arguments
        self.patience = patience
        self.prefix = list(prefix)
        self.start()

    def start(self):
        self.log = []
        self.port = None
        self.is_ready = False
        ready = threading.Event()
        environment = settings()
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
        return run("token", "create", "--data", self.folder, "--subject", subject, *named).stdout.strip()

    def connect(self, *roles, subject="tester", **attributes):
        """A connection, authenticated if roles are given."""
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
