"""The parts of an installation of several nodes: what the proxy does to messages, the tables of faults, the packaged files."""
import json
import pathlib
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "cluster"))
import balancer  # noqa: E402
import nemesis  # noqa: E402
import sizing  # noqa: E402
import wire  # noqa: E402
from database import PACKAGING, Pair  # noqa: E402
from frontline_process import ROOT, has_postgres, run  # noqa: E402
from node import RULES  # noqa: E402
from processes import free_ports, new_folder, program, until  # noqa: E402
from proxy import Proxy  # noqa: E402


def message(kind, body=b""):
    return kind + struct.pack("!I", len(body) + 4) + body


def has_haproxy():
    return shutil.which("haproxy", path="/usr/sbin:/usr/bin:/usr/local/sbin") is not None


class Messages(unittest.TestCase):
    start = struct.pack("!II", 8, 196_608)

    def test_a_stream_is_cut_into_messages_however_it_arrives(self):
        stream = self.start + message(b"Q", b"SELECT 1\0") + message(b"S") + message(b"X")
        for size in (1, 2, 3, 7, len(stream)):
            cutter, found = wire.Messages(is_client=True), []
            for index in range(0, len(stream), size):
                found += cutter.take(stream[index:index + size])
            self.assertEqual([kind for kind, _ in found], [b"", b"Q", b"S", b"X"], size)
            self.assertEqual(b"".join(whole for _, whole in found), stream)

    def test_nothing_is_changed_unless_asked_for(self):
        own = wire.Conversation(wire.Deafness())
        data = self.start + message(b"P", b"s1\0SELECT  1\n FOR UPDATE\0\0\0") + message(b"Q", b"LISTEN frontline_commits\0")
        self.assertEqual(own.to_server(data), data)
        answer = message(b"K", bytes(8)) + message(b"A", bytes(4) + b"frontline_commits\0\0") + self.row(5)
        self.assertEqual(own.to_client(answer), answer)

    def test_statements_are_replaced_and_their_length_with_them(self):
        own = wire.Conversation(wire.Deafness(), [("FOR UPDATE", ""), ("a = $1", "b = $1 + 1")])
        sent = own.to_server(self.start + message(b"P", b"s1\0SELECT x\n  WHERE a = $1 FOR UPDATE\0\0\0") + message(b"Q", b"SELECT 1\0"))
        self.assertEqual(sent, self.start + message(b"P", b"s1\0SELECT x WHERE b = $1 + 1 \0\0\0") + message(b"Q", b"SELECT 1\0"))

    def test_only_notices_are_lost_and_only_while_deaf(self):
        deafness = wire.Deafness()
        own = wire.Conversation(deafness)
        answer = message(b"A", bytes(4) + b"c\0\0") + self.row(5)
        deafness.is_on = True
        self.assertEqual(own.to_client(answer), self.row(5))
        deafness.is_on = False
        self.assertEqual(own.to_client(answer), answer)

    @staticmethod
    def row(value):
        return message(b"D", struct.pack("!HIQ", 1, 8, value))

    def test_trust_in_notices_sees_what_the_look_after_the_last_notice_saw(self):
        own = wire.Conversation(wire.Deafness(), (), wire.TrustInNotices())
        own.to_client(message(b"K", b"mine" + bytes(4)))
        # A connection that does not listen is left alone.
        self.assertEqual(own.to_client(self.row(3) + self.row(4)), self.row(3) + self.row(4))
        own.to_server(self.start + message(b"Q", b"LISTEN frontline_commits\0"))
        self.assertEqual(own.to_client(self.row(5) + self.row(6)), self.row(5) + self.row(5))
        self.assertEqual(own.to_client(self.notice(b"mine") + self.row(7)), self.notice(b"mine") + self.row(5))
        self.assertEqual(own.to_client(self.notice(b"they") + self.row(8) + self.row(9)), self.notice(b"they") + self.row(8) + self.row(8))

    def test_trust_in_notices_reads_events_for_a_while_after_a_notice(self):
        now = [0.0]
        trust = wire.TrustInNotices(lambda: now[0])
        listening, reading = (wire.Conversation(wire.Deafness(), (), trust) for _ in range(2))
        columns = (struct.pack("!Q", 7), b"raised", b"{}")
        event = message(b"D", struct.pack("!H", 3) + b"".join(struct.pack("!I", len(part)) + part for part in columns))
        self.assertEqual(reading.to_client(event + self.row(1)), self.row(1))
        listening.to_client(message(b"K", b"mine" + bytes(4)) + self.notice(b"they"))
        self.assertEqual(reading.to_client(event), event)
        now[0] = 1
        self.assertEqual(reading.to_client(event), b"")

    @staticmethod
    def notice(sender):
        return message(b"A", sender + b"frontline_commits\0\0")

    def test_what_the_mutants_replace_is_in_the_program(self):
        """A replacement that no longer fits would let every mutant survive, or rather be none."""
        sources = [" ".join(path.read_text().split()) for path in (ROOT / "Sources").rglob("*.swift")]
        for mutant in json.loads((nemesis.TABLE.parent / "mutants.json").read_text()):
            for old, _ in mutant.get("statements", ()):
                self.assertTrue(any(old in text for text in sources), f"{mutant['name']}: {old}")


class Passing(unittest.TestCase):
    """The proxy, between a client and an echo."""

    @classmethod
    def setUpClass(cls):
        cls.echo = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=cls.answer, daemon=True).start()
        cls.proxy = Proxy()
        [cls.port] = free_ports(1)
        cls.proxy.listen("own", cls.port, cls.echo.getsockname()[1])

    @classmethod
    def tearDownClass(cls):
        cls.proxy.close()
        cls.echo.close()

    def setUp(self):
        self.proxy.set("own", state="open", delay_ms=0, deaf=False)

    @classmethod
    def answer(cls):
        def one(connection):
            # What comes in as a start-up message goes back as one answer, so that both ends agree on messages.
            with connection:
                try:
                    while data := connection.recv(65536):
                        connection.sendall(message(b"D", data))
                except ConnectionError:
                    pass

        while True:
            try:
                connection, _ = cls.echo.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        self.addCleanup(connection.close)
        connection.sendall(Messages.start)
        return connection

    def test_it_passes_what_it_is_sent(self):
        self.assertEqual(self.connect().recv(100), message(b"D", Messages.start))

    def test_it_delays_each_direction(self):
        self.proxy.set("own", delay_ms=60)
        began = time.monotonic()
        self.connect().recv(100)
        self.assertGreater(time.monotonic() - began, 0.119)

    def test_a_silent_link_loses_nothing_and_closes_nothing(self):
        connection = self.connect()
        connection.recv(100)
        self.proxy.set("own", state="silent")
        connection.sendall(message(b"S"))
        connection.settimeout(0.3)
        with self.assertRaises(TimeoutError):
            connection.recv(100)
        late = self.connect()
        late.settimeout(0.3)
        with self.assertRaises(TimeoutError):
            late.recv(100)
        self.proxy.set("own", state="open")
        connection.settimeout(10)
        self.assertEqual(connection.recv(100), message(b"D", message(b"S")))
        late.settimeout(10)
        self.assertEqual(late.recv(100), message(b"D", Messages.start))

    def test_a_refused_link_closes_what_is_open_and_refuses_what_comes(self):
        connection = self.connect()
        connection.recv(100)
        self.proxy.set("own", state="refused")
        try:
            self.assertEqual(connection.recv(100), b"")
        except ConnectionError:
            pass
        with self.assertRaises(ConnectionRefusedError):
            self.connect()

    def test_a_server_that_refuses_is_refused_here_too_until_it_is_back(self):
        [port, target] = free_ports(2)
        self.proxy.listen("gone", port, target)
        with socket.create_connection(("127.0.0.1", port), timeout=10) as first:
            first.recv(100)
        with self.assertRaises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=10)
        with socket.create_server(("127.0.0.1", target)):
            until(10, "the proxy listens again", lambda: self.can_connect(port))

    @staticmethod
    def can_connect(port):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=10).close()
            return True
        except ConnectionRefusedError:
            return False


class Tables(unittest.TestCase):
    def test_every_step_of_a_fault_is_one_that_can_be_done(self):
        for fault in nemesis.table():
            self.assertEqual(set(fault), {"name", "what", "excused", "steps"})
            self.assertIn(fault["excused"], ("victim", "everybody", "nobody"))
            for verb, *_ in fault["steps"]:
                self.assertTrue(callable(getattr(nemesis.Nemesis, verb)), verb)

    def test_every_mutant_is_caught_by_rules_that_exist(self):
        names = {fault["name"] for fault in nemesis.table()}
        rules = set()
        for path in (nemesis.TABLE.parent / "checker").glob("*.py"):
            rules |= set(re.findall(r'(?:Violation\(\s*|rule = )"([a-z ]+)"', path.read_text()))
        mutants = json.loads((nemesis.TABLE.parent / "mutants.json").read_text())
        self.assertEqual(len(mutants), 4)
        for mutant in mutants:
            self.assertLessEqual(set(mutant["faults"]), names)
            self.assertTrue(mutant["caught_by"])
            self.assertLessEqual(set(mutant["caught_by"]), rules)

    def test_the_rules_of_the_runs_can_be_published(self):
        run("rules", "check", RULES)


class Packaged(unittest.TestCase):
    def test_the_configuration_of_haproxy_has_every_node_twice(self):
        text = balancer.configuration(1, [(11, 12), (21, 22), (31, 32)], "/tmp/control")
        for port, health in ((11, 12), (21, 22), (31, 32)):
            self.assertEqual(len(re.findall(rf"127\.0\.0\.1:{port} check", text)), 2)
            self.assertEqual(text.count(f"check port {health}"), 1)
        self.assertIn("bind 127.0.0.1:1\n", text)

    @unittest.skipUnless(has_haproxy(), "HAProxy is not installed")
    def test_haproxy_accepts_it(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "haproxy.cfg")
            path.write_text(balancer.configuration(4000, [(4001, 4002), (4003, 4004), (4005, 4006)], f"{folder}/control"))
            done = subprocess.run([program("haproxy"), "-c", "-f", path], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_unit_protects_as_the_one_of_a_single_node_does(self):
        def settings(path):
            lines = (ROOT / "packaging" / path).read_text().splitlines()
            return {line for line in lines if line and not line.startswith("#")}

        single, own = settings("frontline.service"), settings("cluster/frontline@.service")
        self.assertEqual(
            {line.split("=")[0] for line in single ^ own},
            {"Description", "Documentation", "After", "ExecStart", "EnvironmentFile", "StateDirectory", "RuntimeDirectory"})

    def test_the_options_of_a_node_exist(self):
        known = set(re.findall(r"(?m)^\| `--[a-z-]+` \| `([a-z-]+)` \|", (ROOT / "README.md").read_text()))
        keys = set(re.findall(r"(?m)^([a-z-]+):", (PACKAGING / "frontline.yaml").read_text()))
        self.assertGreater(len(keys), 5)
        self.assertLessEqual(keys, known)

    def test_both_servers_are_named_among_the_standbys(self):
        text = (PACKAGING / "postgresql.conf").read_text()
        self.assertIn("synchronous_standby_names = 'ANY 1 (db1, db2)'", text)
        for line in ("synchronous_commit = on", "fsync = on", "full_page_writes = on"):
            self.assertIn("\n" + line, text)


class Model(unittest.TestCase):
    """What the sizing predicts from measurements that are made up."""

    def rows(self, fixed, each):
        return [{"turns_a_commit": b, "hold_ms_a_commit": fixed + b * each, "node_ms_a_turn": 2, "database_ms_a_turn": 1} for b in (1, 2, 5, 9)]

    def test_it_finds_the_times_that_a_commit_and_a_turn_hold_the_lock(self):
        fixed, each = sizing.fit([(1, 3.0), (2, 4.0), (6, 8.0)])
        self.assertAlmostEqual(fixed, 2)
        self.assertAlmostEqual(each, 1)
        self.assertEqual(sizing.fit([(1, 3.0), (1.01, 5.0)]), (4.0, 0.0))
        self.assertEqual(sizing.fit([(1, 1.0), (3, 3.0)]), (0.0, 1.0))

    def test_more_turns_than_full_commits_carry_are_not_possible(self):
        model = sizing.prediction(self.rows(4.0, 0.5), turns_an_agent=0.1)
        self.assertEqual(model["limit_turns_a_second"], round(64 / (0.004 + 64 * 0.0005)))
        self.assertEqual([row["possible"] for row in model["agents"]], [row["agents"] * 0.1 < model["limit_turns_a_second"] for row in model["agents"]])
        self.assertTrue(any(row["possible"] for row in model["agents"]))
        self.assertEqual(model["agents"][-1]["node_processors"], 2.0)

    def test_the_share_of_the_lock_grows_to_all_of_the_time(self):
        model = sizing.prediction(self.rows(4.0, 0.05), turns_an_agent=0.1)
        shares = [row["lock_share"] for row in model["agents"]]
        self.assertEqual(shares, sorted(shares))
        self.assertAlmostEqual(shares[0], 10 * 0.00405, places=3)


@unittest.skipUnless(has_postgres(), "no PostgreSQL server is installed")
class Databases(unittest.TestCase):
    """The pair of servers, with the packaged settings and roles."""

    @classmethod
    def setUpClass(cls):
        cls.folder = new_folder()
        cls.pair = Pair(cls.folder)
        cls.pair.start()

    @classmethod
    def tearDownClass(cls):
        cls.pair.stop()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def as_user(self, user, statements):
        """What a role gets; raises what the server answers otherwise."""
        base = self.pair.primary
        done = subprocess.run(
            [str(base.programs / "psql"), "-h", str(base.folder), "-p", str(base.port), "-U", user, "-d", "frontline", "-qAtX",
             "-v", "ON_ERROR_STOP=1", "-c", statements], capture_output=True, text=True)
        if done.returncode:
            raise PermissionError(done.stderr)
        return done.stdout.strip()

    def test_roles_can_do_what_they_need_and_no_more(self):
        self.as_user("frontline", "CREATE TABLE own (number BIGINT)")
        self.as_user("frontline", "SELECT pg_walfile_name(pg_current_wal_lsn())")
        for user, statement in (
                ("frontline", "CREATE ROLE another"), ("frontline", "CREATE DATABASE another"),
                ("frontline", "ALTER SYSTEM SET fsync = off"), ("frontline", "COPY own TO '/tmp/own'"),
                ("frontline_monitor", "SELECT * FROM own"), ("frontline_monitor", "CREATE TABLE other (number BIGINT)"),
                ("frontline_replication", "SELECT 1")):
            with self.assertRaises(PermissionError, msg=statement):
                self.as_user(user, statement)
        self.assertEqual(self.as_user("frontline_monitor", "SELECT count(*) FROM pg_stat_replication"), "1")
        self.assertEqual(self.as_user("frontline", "SHOW lc_collate"), "C")

    def test_a_promoted_standby_has_every_commit_and_the_former_primary_comes_back(self):
        self.pair.sql("CREATE TABLE kept (number BIGINT);")
        for number in range(2):
            self.pair.sql(f"INSERT INTO kept VALUES ({number});")
            before = self.pair.primary.name
            self.pair.fail_over()
            self.assertNotEqual(self.pair.primary.name, before)
            self.assertEqual(self.pair.sql("SELECT count(*) FROM kept;"), [str(number + 1)])
            self.pair.rejoin()
            self.assertTrue(self.pair.has_synchronous_standby())


if __name__ == "__main__":
    unittest.main()
