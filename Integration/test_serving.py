"""The server over real sockets: identity, limits, bad input, several processes on one folder."""
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
import unittest

from frontline_process import ROOT, Connection, RPCError, Server, binary, run, settings


class Serving(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--knowledge", ROOT / "knowledge", "--socket", tempfile.mktemp(suffix=".sock", prefix="frontline-"))

    @classmethod
    def tearDownClass(cls):
        code = cls.server.stop()
        assert code == 0, f"the server ended with {code}"

    def refuses(self, code, call):
        with self.assertRaises(RPCError) as caught:
            call()
        self.assertEqual(caught.exception.code, code)
        return caught.exception

    def test_samples_are_searched_by_an_agent(self):
        with self.server.connect("agent") as agent:
            hits = agent.call("knowledge.search", query="my parcel is late, do I get money back")["hits"]
            self.assertIn("late-delivery-refund", [hit["article_id"] for hit in hits[:3]])
            for mark in hits[0]["highlights"]:
                text = hits[0][mark["field"]]
                self.assertLessEqual(mark["start"] + mark["length"], len(text))

    def test_a_new_connection_may_call_the_public_methods_only(self):
        with self.server.connect() as stranger:
            self.assertEqual(stranger.call("server.info")["protocol"], "1")
            self.assertEqual(stranger.call("server.health")["status"], "ok")
            self.assertTrue(stranger.call("rpc.discover")["methods"])
            self.refuses(1001, lambda: stranger.call("knowledge.search", query="a"))

    def test_a_token_revoked_elsewhere_stops_to_count_on_the_open_connection(self):
        with self.server.connect("agent", subject="leaver") as agent:
            agent.call("knowledge.list")
            tokens = [json.loads(line) for line in run("token", "list", "--json", "--data", self.server.folder).stdout.splitlines()]
            run("token", "revoke", "--data", self.server.folder, next(t["id"] for t in tokens if t["subject"] == "leaver"))
            self.refuses(1001, lambda: agent.call("knowledge.list"))

    def test_bad_lines_are_answered_and_the_connection_goes_on(self):
        cases = [
            (b"{", -32700), (b"\xff\xfe\x00", -32700), (b"[]", -32600), (b"1", -32600), (b'{"jsonrpc":"2.0"}', -32600),
            (b'{"jsonrpc":"2.0","id":1,"method":"no.such"}', -32601),
            (b'{"jsonrpc":"2.0","id":1,"method":"server.info","params":[1]}', -32602),
            (b'{"jsonrpc":"2.0","id":1,"method":"session.authenticate","params":{"token":1}}', -32602),
            (b"[" * 100_000, -32600),
        ]
        with self.server.connect() as stranger:
            for line, code in cases:
                stranger.send(line + b"\n")
                self.assertEqual(stranger.receive()["error"]["code"], code, line[:40])
            self.assertIn("name", stranger.call("server.info"))

    def test_a_line_over_the_limit_is_answered_and_ends_the_connection(self):
        with self.server.connect() as stranger:
            try:
                stranger.send(b"x" * 10_000_000)
            except (BrokenPipeError, ConnectionResetError):
                pass
            self.assertEqual(stranger.receive()["error"]["code"], -32600)
            self.assertIsNone(stranger.receive())

    def test_what_closed_connections_left_behind_costs_nobody_his_turn(self):
        line = b'{"jsonrpc":"2.0","id":1,"method":"rpc.discover"}\n' * 2_000
        with self.server.connect("agent") as agent:
            for _ in range(40):
                flood = socket.create_connection(("127.0.0.1", self.server.port))
                flood.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                flood.sendall(line)
                flood.close()
            start = time.monotonic()
            agent.call("knowledge.search", query="parcel")
            self.assertLess(time.monotonic() - start, 5)

    def test_everything_sent_before_the_end_of_input_is_answered(self):
        with self.server.connect() as stranger:
            for number in range(500):
                stranger.stream.write(json.dumps({"jsonrpc": "2.0", "id": number, "method": "server.info"}).encode() + b"\n")
            stranger.stream.flush()
            stranger.socket.shutdown(socket.SHUT_WR)
            answers = [stranger.receive()["id"] for _ in range(500)]
            self.assertEqual(sorted(answers), list(range(500)))
            self.assertIsNone(stranger.receive())

    def test_an_import_of_another_process_is_found_within_a_second(self):
        with tempfile.NamedTemporaryFile("w", suffix=".xml") as file, self.server.connect("agent") as agent:
            file.write('<article xmlns="urn:frontline:knowledge:1" id="quokka"><title>Quokka care</title></article>')
            file.flush()
            self.assertEqual(agent.call("knowledge.search", query="quokka")["hits"], [])
            run("knowledge", "import", file.name, "--data", self.server.folder)
            deadline = time.monotonic() + 1.5
            hits = []
            while not hits and time.monotonic() < deadline:
                hits = agent.call("knowledge.search", query="quokka")["hits"]
            self.assertEqual([hit["article_id"] for hit in hits], ["quokka"])

    def test_a_unix_socket_and_the_command_line_speak_the_same(self):
        path = self.server.arguments[-1]
        with Connection(socket.AF_UNIX, path) as client:
            name = client.call("server.info")["name"]
        called = json.loads(run("call", "server.info", "--connect", f"unix:{path}").stdout)
        self.assertEqual(called["name"], name)
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)

    def test_exit_codes(self):
        address = f"127.0.0.1:{self.server.port}"
        self.assertEqual(run("call", "no.such", "--connect", address, check=False).returncode, 1)
        self.assertEqual(run("call", "server.info", "--connect", "127.0.0.1:1", check=False).returncode, 1)
        self.assertEqual(run("call", check=False).returncode, 2)
        self.assertEqual(run("nonsense", check=False).returncode, 2)
        self.assertEqual(run("call", "server.info", "{", "--connect", address, check=False).returncode, 2)
        self.assertEqual(run("--help").returncode, 0)

    def test_no_auth_is_refused_where_others_can_reach_it(self):
        done = run("serve", "--no-auth", "--listen", "0.0.0.0:0", "--data", tempfile.mkdtemp(), check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("0.0.0.0", done.stderr)

    def test_every_option_is_on_the_command_line(self):
        told = run("serve", "--help").stdout
        section = (ROOT / "README.md").read_text().split("## Options of `frontline serve`\n")[1].split("\n## ")[0]
        rows = [row.split("|") for row in section.splitlines() if row.startswith("| `--")]
        self.assertGreater(len(rows), 20)
        for row in rows:
            self.assertIn(row[1].strip().strip("`"), told)

    def test_an_unknown_key_in_the_file_is_refused(self):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write("lissten: [127.0.0.1:0]\n")
            file.flush()
            done = run("serve", "--config", file.name, "--data", tempfile.mkdtemp(), check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("lissten", done.stderr)


class ClosedPipes(unittest.TestCase):
    def test_a_reader_who_leaves_ends_a_command_quietly(self):
        with Server("--knowledge", ROOT / "knowledge", "--no-auth") as server:
            reading, writing = os.pipe()
            os.close(reading)
            done = subprocess.run(
                [binary(), "call", "knowledge.list", "--connect", f"127.0.0.1:{server.port}"],
                stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60)
            os.close(writing)
            self.assertEqual((done.returncode, done.stderr), (1, ""))


class Unprivileged(unittest.TestCase):
    def test_a_user_without_privileges_serves_and_calls(self):
        nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        if nobody and (shutil.which("setpriv") is None or subprocess.run(
                [*nobody, binary(), "--version"], capture_output=True).returncode != 0):
            self.skipTest("another user cannot run the program from its folder")
        folder = tempfile.mkdtemp(prefix="frontline-")
        if nobody:
            os.chown(folder, 65534, 65534)
        with Server(data=folder, prefix=nobody) as server:
            called = subprocess.run(
                [*nobody, binary(), "call", "server.info", "--connect", f"127.0.0.1:{server.port}"],
                capture_output=True, text=True, timeout=60)
            self.assertEqual(called.returncode, 0, called.stderr)
            with server.connect("agent") as agent:
                agent.call("knowledge.list")


class StandardStreams(unittest.TestCase):
    def serve(self, text):
        return subprocess.run(
            [binary(), "serve", "--stdio", "--no-auth", "--data", tempfile.mkdtemp()],
            input=text, capture_output=True, text=True, timeout=60, env=settings(),
        )

    def test_requests_from_a_pipe_are_answered_and_the_server_ends(self):
        done = self.serve('{"jsonrpc":"2.0","id":1,"method":"knowledge.list"}')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["result"], {"articles": []})

    def test_no_input_is_no_mistake(self):
        with open(os.devnull) as nothing:
            done = subprocess.run(
                [binary(), "serve", "--stdio", "--no-auth", "--data", tempfile.mkdtemp()],
                stdin=nothing, capture_output=True, text=True, timeout=60, env=settings(),
            )
        self.assertEqual((done.returncode, done.stdout), (0, ""))


class Drain(unittest.TestCase):
    def test_a_server_that_is_told_to_end_ends_with_success(self):
        with Server() as server, server.connect() as client:
            client.call("server.info")
            self.assertEqual(server.stop(signal.SIGTERM), 0)


if __name__ == "__main__":
    unittest.main()
