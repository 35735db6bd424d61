"""A whole installation on this machine: two database servers, nodes on it, a proxy between them, HAProxy in front.

Everything is in one temporary folder, on ports of the loopback address that were free, and is ended by `close`. Nothing that
runs on the machine otherwise is touched.
"""
import atexit
import shutil
import sys

from balancer import Balancer
from database import Pair
from node import Node, command
from processes import free_ports, new_folder, program, until
from proxy import Proxy

NODES = ("node1", "node2", "node3")


class Installation:
    def __init__(self, *options, rules=None, statements=(), trusts_notices=False, prepare="", settings=(),
                 is_direct=False, keep=False, program_path=None):
        """Makes it; `start` starts it.

        - Parameter options: more options of each node's `serve`.
        - Parameter statements: replacements in what nodes send to the database, see `wire.Statements`.
        - Parameter trusts_notices: nodes ask for others' commits only after a notice.
        - Parameter prepare: SQL that the superuser runs in the store's database before the first node starts.
        - Parameter settings: more settings of both database servers, as `name=value`.
        - Parameter is_direct: nodes reach the database without the proxy, which costs time of its own; nothing can be done to them then.
        - Parameter keep: the folder stays.
        - Parameter program_path: the program of the nodes, and of commands, if it is not the one to test.
        """
        program("haproxy")
        self.folder = new_folder()
        self.keep, self.prepare = keep, prepare
        self.pair, self.proxy, self.balancer = Pair(self.folder, settings), Proxy(), None
        self.nodes = []
        more = {"program_path": program_path, **({"rules": rules} if rules else {})}
        self.program_path = program_path
        for name in NODES:
            ports = free_ports(2)
            for port, database in zip(ports, self.pair.both):
                self.proxy.listen(name, port, database.port)
            self.proxy.change(name, statements=[list(pair) for pair in statements], trusts_notices=trusts_notices)
            self.nodes.append(Node(self.folder, name, self.store if is_direct else self.address(*ports), *options, **more))
        atexit.register(self.close)

    @staticmethod
    def address(*ports):
        """The address of the primary among servers on ports of this machine, for libpq."""
        return (f"host={','.join(['127.0.0.1'] * len(ports))} port={','.join(map(str, ports))} user=frontline dbname=frontline "
                "sslmode=disable gssencmode=disable")

    @property
    def store(self):
        """The address for commands: of the servers themselves, not by way of the proxy."""
        return self.address(*(database.port for database in self.pair.both))

    def start(self):
        self.pair.start()
        if self.prepare:
            self.pair.sql(self.prepare)
        # The first one alone makes the tables and publishes the rules, which takes longest.
        self.nodes[0].start()
        for node in self.nodes[1:]:
            node.begin()
        for node in self.nodes[1:]:
            node.wait()
        [port] = free_ports(1)
        self.balancer = Balancer(self.folder, port, [(node.port, node.health_port) for node in self.nodes])
        self.wait_until_healthy()
        return self

    def wait_until_healthy(self, seconds=30):
        """Waits until the balancer gives new connections to all nodes.

        - Raises: TimeoutError, with what each node says about itself.
        """
        try:
            until(seconds, "all nodes are healthy for the balancer", lambda: len(self.balancer.healthy()) == len(self.nodes))
        except TimeoutError as error:
            states = ", ".join(f"{node.name}: {node.health_report()}" for node in self.nodes)
            raise TimeoutError(f"{error}, only {' '.join(self.balancer.healthy()) or 'none'}; {states}") from None

    def node(self, name):
        return next(node for node in self.nodes if node.name == name)

    def token(self, subject, role, **attributes):
        named = [part for key, value in attributes.items() for part in ("--attribute", f"{key}={value}")]
        return command(
            self.store, "token", "create", "--subject", subject, "--role", role, *named, program_path=self.program_path).stdout.strip()

    def close(self):
        atexit.unregister(self.close)
        if self.balancer:
            self.balancer.close()
        for node in self.nodes:
            node.close()
        self.proxy.close()
        self.pair.stop()
        if self.keep:
            print(f"kept: {self.folder}", file=sys.stderr)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.close()
