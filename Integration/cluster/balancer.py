"""HAProxy in front of the nodes, with the configuration of `packaging/cluster`."""
import re
import socket
import subprocess

from database import PACKAGING
from processes import Background, program, until


def configuration(port, nodes, control):
    """The packaged configuration with other addresses.

    - Parameter port: where desktops connect.
    - Parameter nodes: for each of the three nodes its port, and the one of its health.
    - Parameter control: the path of the socket that takes commands.
    """
    text = (PACKAGING / "haproxy.cfg").read_text()
    text = re.sub(r"(?m)^    stats socket \S+ mode 660", f"    stats socket {control} mode 600", text)
    # Within the limit of open files that any user has.
    text = re.sub(r"(?m)^    maxconn \d+", "    maxconn 1000", text)
    text = re.sub(r"(?m)^    bind \S+", f"    bind 127.0.0.1:{port}", text)
    for number, (own, health) in enumerate(nodes, start=1):
        text = re.sub(rf"(?m)^    server node{number} \S+ check port \d+", f"    server node{number} 127.0.0.1:{own} check port {health}", text)
        text = re.sub(rf"(?m)^    server node{number} 192\S+", f"    server node{number} 127.0.0.1:{own}", text)
    if "192.0.2." in text:
        raise ValueError("the packaged configuration has a server that was not given an address")
    return text


class Balancer:
    """A running HAProxy."""

    def __init__(self, folder, port, nodes):
        self.port, self.control = port, folder / "haproxy.sock"
        path = folder / "haproxy.cfg"
        path.write_text(configuration(port, nodes, self.control))
        checked = subprocess.run([program("haproxy"), "-c", "-f", path], capture_output=True, text=True)
        if checked.returncode:
            raise RuntimeError(f"haproxy refuses its configuration: {checked.stdout}{checked.stderr}")
        self.running = Background([program("haproxy"), "-db", "-f", path], folder / "haproxy.log")
        until(10, f"haproxy listens; its log is {self.running.log}", self.control.exists)

    def command(self, text):
        """The answer to a command of HAProxy's runtime interface."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            connection.connect(str(self.control))
            connection.sendall(text.encode() + b"\n")
            answer = b""
            while part := connection.recv(65536):
                answer += part
        return answer.decode()

    def healthy(self):
        """The names of the nodes that get new connections."""
        rows = [line.split(",") for line in self.command("show stat").splitlines()]
        return sorted(row[1] for row in rows if len(row) > 17 and row[0] == "nodes" and row[1].startswith("node") and row[17].startswith("UP"))

    def set_state(self, node, state):
        """`drain` and `maint`: existing connections stay, new ones go elsewhere; `ready` ends that."""
        self.command(f"set server nodes/{node} state {state}")

    def close(self):
        self.running.end()
