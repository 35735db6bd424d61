"""Stores: their places, checks and copies; servers on PostgreSQL: passwords, kills of servers, restarts of the database, and what is frozen."""
import json
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest

from frontline_process import ROOT, RPCError, Server, binary, cluster, has_postgres, run, settings

ARTICLE = """<article xmlns="urn:frontline:knowledge:1" id="{0}"><title>Gateway {0}</title>
  <section kind="body"><p>The gateway {0} blinks.</p></section></article>"""


def address():
    """The address of a new database."""
    return cluster().address(f"store-{len(cluster().databases)}")


class Places(unittest.TestCase):
    """Where a store is, without a database server."""

    def test_a_store_in_a_folder_is_named_and_checked(self):
        with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
            missing = run("store", "check", "--data", folder, check=False, env={"FRONTLINE_STORE": ""})
            self.assertEqual(missing.returncode, 1)
            with Server(data=folder + "/data", store=f"sqlite:{folder}/store") as server:
                info = server.connect().call("server.info")
                self.assertEqual(info["store"], "sqlite")
                self.assertTrue(info["node"] and info["epoch"])
            self.assertTrue(pathlib.Path(folder, "store", "frontline.sqlite").exists())
            self.assertFalse(pathlib.Path(folder, "data", "frontline.sqlite").exists())
            report = json.loads(run("store", "check", "--store", f"sqlite:{folder}/store", "--json").stdout)
            self.assertTrue(report["ok"])
            self.assertEqual([check["name"] for check in report["checks"]], ["file", "integrity"])

    def test_an_address_that_cannot_be_read_is_refused_without_its_password(self):
        for wrong in ("postgres://anna:geheim@[half/database", "host=here password=geheim nothing=x", "mysql://anna:geheim@here/db",
                      "postgres://anna:geheim@x@here/database"):
            for command in (("token", "list", "--store", wrong), ("serve", "--store", wrong)):
                done = run(*command, check=False)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertNotIn("geheim", done.stderr)
                self.assertIn("store", done.stderr)


@unittest.skipUnless(has_postgres(), "no PostgreSQL server is installed")
class Database(unittest.TestCase):
    def test_a_server_and_the_commands_use_the_database_and_nobody_sees_the_password(self):
        secret = "geheim-4711"
        where = f"{address()} password={secret}"
        name = where.split("dbname=")[1].split()[0]
        uri = f"postgres://postgres:{secret}@/{name}?host={cluster().folder}"
        with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
            with Server("--store", uri, "--log-level", "trace", data=folder, store=where) as server:
                shown = pathlib.Path(f"/proc/{server.process.pid}/cmdline").read_bytes()
                self.assertIn(b"postgres:***", shown)
                self.assertNotIn(secret.encode(), shown)
                with server.connect("knowledge_manager", "admin") as client:
                    info = client.call("server.info")
                    self.assertEqual(info["store"], "postgresql")
                    self.assertNotIn(secret, json.dumps(info))
                    client.call("knowledge.import", xml=ARTICLE.format("a1"))
                    self.assertEqual(client.call("server.health")["status"], "ok")
                self.assertIn("tester", run("token", "list", "--store", where).stdout)
                found = run("knowledge", "search", "gateway", "--json", "--store", where, "--data", folder).stdout
                self.assertEqual(json.loads(found)["hits"][0]["article_id"], "a1")
                self.assertTrue(json.loads(run("audit", "verify", "--store", where).stdout)["ok"])
                self.assertEqual(server.stop(), 0)
            self.assertNotIn(secret, "".join(server.log))
            self.assertFalse(pathlib.Path(folder, "frontline.sqlite").exists())
            # Another database behind the same folder has other articles.
            with Server(data=folder, store=address()) as server, server.connect("knowledge_manager") as client:
                self.assertEqual(client.call("knowledge.search", query="gateway")["hits"], [])
                self.assertNotEqual(client.call("server.info")["epoch"], info["epoch"])

    def test_a_check_tells_what_is_fit_and_changes_nothing(self):
        where = address()
        report = json.loads(run("store", "check", "--store", where, "--json").stdout)
        self.assertEqual((report["store"], report["ok"]), ("postgresql", True))
        verdicts = {check["name"]: check["verdict"] for check in report["checks"]}
        self.assertEqual(verdicts["version"], "fit")
        self.assertEqual(verdicts["fsync"], "doubtful")
        self.assertIn("no store yet", {check["name"]: check["found"] for check in report["checks"]}["schema"])
        empty = run("calendar", "open", "--store", where, check=False)
        self.assertEqual(empty.returncode, 1)
        self.assertIn("there is no store in postgresql://postgres@", empty.stderr)
        database = where.split("dbname=")[1]
        self.assertEqual(cluster().sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database), "0")
        run("token", "list", "--store", where)
        self.assertIn("schema: current", run("store", "check", "--store", where).stdout)
        cluster().sql(f"ALTER DATABASE {database} SET synchronous_commit = off")
        unfit = run("store", "check", "--store", where, check=False)
        self.assertEqual(unfit.returncode, 1)
        self.assertIn("unfit: synchronous_commit is off", unfit.stdout)
        refused = run("token", "list", "--store", where, check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("synchronous_commit is off", refused.stderr)

    def test_what_only_a_folder_has_says_what_to_use_instead(self):
        where = address()
        run("token", "list", "--store", where)
        with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
            done = run("backup", f"{folder}/copy", "--store", where, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn("pg_dump", done.stderr)
            done = run("demo", "history", "--store", where, "--data", folder, check=False)
            self.assertEqual(done.returncode, 2)
        done = run("token", "list", "--store", "postgres://nobody@127.0.0.1:1/none", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("127.0.0.1", done.stderr)


def copy(source, target, check=True):
    """The report of a copy."""
    done = run("store", "copy", "--from", source, "--to", target, "--json", check=check)
    return json.loads(done.stdout) if check else done


class Copies(unittest.TestCase):
    """A store that is used, copied while its server runs."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="frontline-")
        cls.store = f"sqlite:{cls.folder}/store"
        with Server("--rules", ROOT / "rules", "--knowledge", ROOT / "knowledge", data=f"{cls.folder}/data", store=cls.store) as server:
            cls.token = server.token("agent", "supervisor", subject="anna", tier="2", team="delivery")
            with server.connect() as client:
                client.call("session.authenticate", token=cls.token)
                cls.contact = client.call("conversation.open", channel="chat", customer={"id": "c-1"})["conversation_id"]
                for number, text in enumerate(["My parcel is late, this is the third time!", "Żółć 漢字 👩‍👩‍👧 'quoted' \\ \"\\N\""]):
                    client.call("conversation.observe", conversation_id=cls.contact, speaker="customer", text=text, turn_id=f"t{number}")
                client.call("alerts.raise", conversation_id=cls.contact, note="Please.")
                cls.turns = client.call("conversation.get", conversation_id=cls.contact)["turns"]
                cls.epoch = client.call("server.info")["epoch"]
            cls.live = copy(cls.store, f"sqlite:{cls.folder}/live")
            server.stop(15)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def new_folder(self):
        return f"sqlite:{tempfile.mkdtemp(prefix='copy-', dir=self.folder)}/store"

    def other_store(self, *statements):
        """A store of its own with the same content, changed by other hands."""
        folder = tempfile.mkdtemp(dir=self.folder)
        shutil.copy(f"{self.folder}/live/frontline.sqlite", folder)
        database = sqlite3.connect(f"{folder}/frontline.sqlite")
        for statement in statements:
            database.execute(statement)
        database.commit()
        database.close()
        return f"sqlite:{folder}"

    def everything_is_there(self, store, report):
        """A server goes on with a copy, and its log of changes is sound."""
        verified = json.loads(run("audit", "verify", "--store", store, "--head", report["audit_head"]).stdout)
        self.assertTrue(verified["ok"])
        self.assertEqual(verified["entries"], report["audit_entries"])
        with Server(data=tempfile.mkdtemp(dir=self.folder), store=store) as server, server.connect() as client:
            client.call("session.authenticate", token=self.token)
            self.assertEqual(client.call("conversation.get", conversation_id=self.contact)["turns"], self.turns)
            self.assertTrue(client.call("knowledge.search", query="late parcel")["hits"])
            self.assertEqual([alert["kind"] for alert in client.call("alerts.list", kinds=["help"])["alerts"]], ["help"])
            client.call("conversation.observe", conversation_id=self.contact, speaker="customer", text="Thanks.", turn_id="t9")
            self.assertEqual(len(client.call("conversation.get", conversation_id=self.contact)["turns"]), len(self.turns) + 1)
            self.assertNotEqual(client.call("server.info")["epoch"].split(".")[0], self.epoch.split(".")[0])
        self.assertTrue(json.loads(run("audit", "verify", "--store", store).stdout)["ok"])

    def test_a_store_in_a_folder_is_copied_and_served(self):
        target = self.new_folder()
        report = copy(self.store, target)
        self.assertTrue(report["ok"])
        self.assertFalse(report["source_changed"])
        self.assertTrue(all(table["equal"] and table["hash"] == table["copy_hash"] for table in report["tables"]))
        rows = {table["table"]: table["rows"] for table in report["tables"]}
        self.assertEqual((rows["turns"], report["rows"]), (2, sum(rows.values())))
        self.assertEqual([path.name for path in pathlib.Path(target.split(":")[1]).iterdir()], ["frontline.sqlite"])
        self.everything_is_there(target, report)
        # A second copy into it is refused and changes nothing.
        refused = copy(self.store, target, check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("exists already", refused.stderr)
        shown = run("store", "copy", "--from", self.store, "--to", self.new_folder()).stdout
        self.assertIn("turns: 2 rows, equal", shown)

    def test_a_server_that_writes_meanwhile_is_noticed(self):
        self.assertTrue(self.live["ok"])
        source = self.other_store()
        with Server(data=f"{self.folder}/live-data", store=source) as server:
            token = server.token("agent", subject="otto", tier="1", team="delivery")
            over, calls = threading.Event(), []

            def write():
                with server.connect() as client:
                    client.call("session.authenticate", token=token)
                    while not over.is_set():
                        calls.append(client.call("conversation.open", channel="chat")["conversation_id"])

            writer = threading.Thread(target=write)
            writer.start()
            try:
                target = self.new_folder()
                done = run("store", "copy", "--from", source, "--to", target, "--json")
            finally:
                over.set()
                writer.join()
            report = json.loads(done.stdout)
            self.assertTrue(report["ok"] and report["source_changed"])
            self.assertIn("was written to meanwhile", done.stderr)
            self.assertTrue(json.loads(run("audit", "verify", "--store", target, "--head", report["audit_head"]).stdout)["ok"])
        self.assertTrue(calls)

    def test_what_cannot_be_copied_is_told(self):
        for source, target, code, words in (
                (f"sqlite:{self.folder}/nothing", self.new_folder(), 1, "there is no store"),
                (self.store, self.store, 1, "into itself"),
                ("postgres://anna:geheim@[half/database", self.new_folder(), 2, "address"),
                (self.store, "mysql://anna:geheim@here/db", 2, "address"),
        ):
            done = copy(source, target, check=False)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertIn(words, done.stderr)
            self.assertNotIn("geheim", done.stderr)

    def test_a_store_of_another_version_is_refused(self):
        for change, words in (
                ("DELETE FROM grdb_migrations WHERE identifier = 'duties-1'", "older version"),
                ("INSERT INTO grdb_migrations VALUES ('later-9')", "newer version"),
        ):
            done = copy(self.other_store(change), self.new_folder(), check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn(words, done.stderr)

    @unittest.skipUnless(has_postgres(), "no PostgreSQL server is installed")
    def test_a_store_goes_into_a_database_and_back(self):
        where, further = address(), address()
        report = copy(self.store, where)
        back = self.new_folder()
        returned = copy(where, back)
        again = copy(where, further)

        def hashes(report):
            # Each copy is noted in the log of its source, and begins a history that counts on from another number.
            own = {"audit_entries", "audit_head", "audit_texts", "counters", "topics", "epochs", "epoch_gaps"}
            return {t["table"]: t["copy_hash"] for t in report["tables"] if t["table"] not in own}

        self.assertEqual(hashes(report), hashes(returned))
        self.assertEqual(hashes(report), hashes(again))
        self.everything_is_there(further, again)
        self.everything_is_there(back, returned)
        refused = copy(self.store, where, check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("has been used", refused.stderr)
        # A database whose tables a command has made, but which nobody has used, is taken.
        fresh = address()
        run("token", "list", "--store", fresh)
        self.assertTrue(copy(self.store, fresh)["ok"])

    @unittest.skipUnless(has_postgres(), "no PostgreSQL server is installed")
    def test_a_text_that_a_database_cannot_keep_is_named(self):
        source = self.other_store("UPDATE turns SET text = CAST(x'610062' AS TEXT) WHERE number = 2")
        where = address()
        done = copy(source, where, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("turns.text of the row with", done.stderr)
        self.assertIn("number 2", done.stderr)
        self.assertIn("NUL", done.stderr)
        self.assertTrue(copy(self.store, where)["ok"])

    def kill_in_the_middle(self, target, ready):
        """Kills a copy of some hundred thousand rows once `ready` says that it writes, and begins it anew."""
        source = self.other_store("""WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
            INSERT INTO counters (name, value) SELECT 'count-' || i, i FROM n""")
        process = subprocess.Popen(
            [binary(), "store", "copy", "--from", source, "--to", target], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            env=settings())
        end = time.monotonic() + 60
        while not ready():
            self.assertIsNone(process.poll())
            self.assertLess(time.monotonic(), end)
            time.sleep(0.001)
        process.kill()
        process.communicate()
        self.assertEqual(process.returncode, -signal.SIGKILL)
        report = copy(source, target)
        self.assertTrue(report["ok"])
        self.assertGreaterEqual({table["table"]: table["rows"] for table in report["tables"]}["counters"], 300_000)

    def test_a_killed_copy_into_a_folder_leaves_no_store_and_is_begun_anew(self):
        target = pathlib.Path(self.new_folder().split(":")[1])

        def is_writing():
            return any(path.stat().st_size > 2_000_000 for path in target.glob("copying-*/frontline.sqlite"))

        self.kill_in_the_middle(f"sqlite:{target}", is_writing)
        self.assertEqual([path.name for path in target.iterdir()], ["frontline.sqlite"])

    @unittest.skipUnless(has_postgres(), "no PostgreSQL server is installed")
    def test_a_killed_copy_into_a_database_leaves_nothing_and_is_begun_anew(self):
        where = address()
        name = where.split("dbname=")[1]

        def is_writing():
            return cluster().sql("SELECT count(*) FROM pg_stat_progress_copy WHERE datname = '%s' AND tuples_processed > 10000" % name) == "1"

        self.kill_in_the_middle(where, is_writing)


class Writer(threading.Thread):
    """Imports articles and requests grants one after another, and notes what became of each."""

    def __init__(self, world, number):
        super().__init__()
        (self.world, self.number) = (world, number)
        # By key: "ok" with the answer, or "open" where no answer has come or it is not known.
        self.outcomes = {}
        self.refused = 0

    def run(self):
        client, count = None, 0
        while not self.world.over.is_set():
            key = f"w{self.number}-{count}"
            try:
                if client is None:
                    client = self.world.server.connect()
                    client.call("session.authenticate", token=self.world.token)
                self.outcomes.setdefault(key, ("open", None))
                answer = client.call(
                    "resolution.request", idempotency_key=key, action="refund", reason="late_delivery",
                    customer_id=f"k{key}", reference={"type": "order", "id": f"o{key}"}, amount={"amount": "5.00", "currency": "EUR"})
                self.outcomes[key] = ("ok", answer["resolution_id"])
                count += 1
            except RPCError as error:
                # The same key again: at most one of the calls may have an effect.
                self.refused += 1
                if error.code not in (1007, 1006):
                    self.world.trouble.append(f"{key}: {error}")
                    count += 1
                self.world.over.wait(0.05)
            except (OSError, ValueError):
                client = None
                self.world.over.wait(0.05)


class World:
    """A server on a database, and clients that write."""

    def __init__(self, server, clients):
        self.server, self.over, self.trouble = server, threading.Event(), []
        self.token = server.token("agent", subject="anna", tier="1", team="delivery")
        self.writers = [Writer(self, number) for number in range(clients)]

    def __enter__(self):
        for writer in self.writers:
            writer.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for writer in self.writers:
            writer.join()

    def acknowledged(self):
        return sum(outcome == "ok" for writer in self.writers for outcome, _ in list(writer.outcomes.values()))

    def wait(self, more, seconds=60):
        """Waits until that many more calls have been acknowledged."""
        (goal, end) = (self.acknowledged() + more, time.monotonic() + seconds)
        while self.acknowledged() < goal:
            if time.monotonic() > end:
                raise AssertionError(f"only {self.acknowledged()} of {goal} calls were acknowledged; " + "".join(self.server.log[-20:]))
            time.sleep(0.02)


@unittest.skipUnless(has_postgres(), "no PostgreSQL server is installed")
class Faults(unittest.TestCase):
    def compare(self, world, where):
        """Nothing that was acknowledged is lost, nothing is there twice."""
        self.assertEqual(world.trouble, [])
        database = where.split("dbname=")[1]
        rows = cluster().sql("SELECT idempotency_key, resolution_id FROM resolutions", database).splitlines()
        stored = [tuple(row.split("|")) for row in rows]
        keys = [key for key, _ in stored]
        self.assertEqual(len(keys), len(set(keys)))
        # Keys are stored as hashes: what was answered is there, once, and there is no more than was asked for.
        known = {number for _, number in stored}
        outcomes = [outcome for writer in world.writers for outcome in writer.outcomes.values()]
        answered = [number for state, number in outcomes if state == "ok"]
        self.assertEqual(len(answered), len(set(answered)))
        self.assertLessEqual(set(answered), known)
        self.assertLessEqual(len(stored), len(outcomes))
        self.assertTrue(json.loads(run("audit", "verify", "--store", where).stdout)["ok"])

    def is_refused(self, client, within):
        """What must be durable is answered `unavailable` in so many seconds."""
        began = time.monotonic()
        with self.assertRaises(RPCError) as caught:
            client.call("conversation.open", channel="chat")
        self.assertEqual(caught.exception.code, 1007)
        self.assertLess(time.monotonic() - began, within)

    def sign_in(self, server, token):
        client = server.connect()
        self.addCleanup(client.close)
        client.call("session.authenticate", token=token)
        return client

    def until_it_fails(self, client, method, patience=10):
        """Makes a call again and again, for so many seconds; raises with its failure."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            client.call(method)
            time.sleep(0.05)

    def test_a_killed_server_loses_and_doubles_nothing(self):
        where = address()
        with Server("--rules", ROOT / "rules", store=where) as server:
            with World(server, 8) as world:
                for _ in range(3):
                    world.wait(100)
                    server.stop(signal.SIGKILL)
                    server.start()
                world.wait(50)
            self.compare(world, where)

    def test_a_database_that_is_away_is_told_at_once_and_comes_back(self):
        where = address()
        with Server("--rules", ROOT / "rules", "--knowledge", ROOT / "knowledge", store=where) as server:
            known, revoked, fresh = (server.token("agent", subject=subject) for subject in ("otto", "rita", "nora"))
            revoked_id = json.loads(run("token", "list", "--json", "--store", where).stdout.splitlines()[1])["id"]
            with server.connect("agent", "admin", subject="olga") as client:
                client.call("knowledge.search", query="parcel")
                self.sign_in(server, known)
                signed_in = self.sign_in(server, revoked)
                run("token", "revoke", revoked_id, "--store", where)
                with self.assertRaises(RPCError):
                    self.until_it_fails(signed_in, "script.list")
                # Servers look at tokens once a second.
                time.sleep(1.5)
                with World(server, 4) as world:
                    world.wait(50)
                    cluster().control("stop", "-m", "immediate")
                    try:
                        self.is_refused(client, within=2)
                        # Who was here before may connect again and read from memory; nobody else may.
                        again = self.sign_in(server, known)
                        self.assertTrue(again.call("knowledge.search", query="parcel")["hits"])
                        self.is_refused(again, within=2)
                        for token in (revoked, fresh):
                            with self.assertRaises(RPCError) as caught:
                                self.sign_in(server, token)
                            self.assertEqual(caught.exception.code, 1007)
                        self.assertEqual(client.call("server.health")["status"], "degraded")
                        # Longer than what is known of other nodes may be relied upon.
                        time.sleep(1.5)
                        self.assertTrue(client.call("knowledge.search", query="parcel")["hits"])
                        with self.assertRaises(RPCError) as caught:
                            client.call("knowledge.get", article_id="late-delivery-refund")
                        self.assertEqual(caught.exception.code, 1007)
                        self.assertEqual(client.call("server.info")["store"], "postgresql")
                    finally:
                        cluster().control("start")
                    world.wait(50)
                self.compare(world, where)
                self.assertEqual(client.call("server.health")["status"], "ok")

    def test_a_frozen_database_counts_as_gone_and_is_logged_once(self):
        where = address()
        with Server("--rules", ROOT / "rules", "--knowledge", ROOT / "knowledge", store=where) as server:
            with server.connect("agent", "admin", subject="olga") as client:
                client.call("knowledge.search", query="parcel")
                with World(server, 4) as world:
                    world.wait(50)
                    lines = len(server.log)
                    cluster().signal(signal.SIGSTOP)
                    try:
                        self.is_refused(client, within=16)
                        # From then on nobody waits for an answer.
                        for _ in range(20):
                            self.is_refused(client, within=1)
                        self.assertTrue(client.call("knowledge.search", query="parcel")["hits"])
                        self.assertEqual(client.call("server.health")["status"], "degraded")
                        # Timers have failed several times meanwhile.
                        time.sleep(3)
                    finally:
                        cluster().signal(signal.SIGCONT)
                    world.wait(50)
                    said = "".join(server.log[lines:])
                    self.assertEqual(said.count("nothing is written until it does"), 1, said)
                    self.assertEqual(said.count("the database answers again"), 1, said)
                    self.assertLess(len(server.log) - lines, 6, said)
                self.compare(world, where)


@unittest.skipUnless(has_postgres(), "no PostgreSQL server is installed")
class Nodes(unittest.TestCase):
    """Two servers on one database."""

    @classmethod
    def setUpClass(cls):
        cls.where = address()
        cls.one = Server("--rules", ROOT / "rules", store=cls.where)
        cls.two = Server("--rules", ROOT / "rules", store=cls.where)

    @classmethod
    def tearDownClass(cls):
        cls.one.stop(signal.SIGKILL)
        cls.two.stop(signal.SIGKILL)

    def within(self, seconds, attempt):
        """The first answer that counts, and how long it took."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            answer = attempt()
            if answer:
                return answer, time.monotonic() - began
            time.sleep(0.01)
        self.fail(f"not within {seconds} s")

    def test_they_have_names_of_their_own_and_one_history(self):
        infos = [server.connect().call("server.info") for server in (self.one, self.two)]
        self.assertEqual(infos[0]["epoch"], infos[1]["epoch"])
        self.assertNotEqual(infos[0]["node"], infos[1]["node"])

    def test_those_who_look_after_them_see_all_of_them(self):
        with self.one.connect("operations") as client:
            nodes = self.within(5, lambda: (lambda found: found if len(found) > 1 else None)(client.call("server.info")["nodes"]))[0]
            names = {server.connect().call("server.info")["node"] for server in (self.one, self.two)}
            self.assertLessEqual(names, {node["node"] for node in nodes})
            text = client.call("server.metrics")["text"]
            self.assertIn(f'node="{client.call("server.info")["node"]}"', text)
        self.assertNotIn("nodes", self.one.connect().call("server.info"))

    def test_a_server_that_is_frozen_loses_its_duty_and_does_no_harm_when_it_wakes(self):
        database = self.where.split("dbname=")[1]

        def holder():
            return cluster().sql("SELECT node FROM duties WHERE name = 'timers'", database)

        servers = {server.connect().call("server.info")["node"]: server for server in (self.one, self.two)}
        before = self.within(10, lambda: holder() if holder() in servers else None)[0]
        frozen, other = servers[before], next(server for name, server in servers.items() if name != before)
        frozen.process.send_signal(signal.SIGSTOP)
        try:
            after = self.within(20, lambda: holder() if holder() != before else None)[0]
            with other.connect("agent", subject="frozen") as client:
                client.call("conversation.open", channel="chat")
        finally:
            frozen.process.send_signal(signal.SIGCONT)
        with frozen.connect("agent", subject="woken") as client:
            client.call("conversation.open", channel="chat")
        for _ in range(20):
            self.assertEqual(holder(), after)
            time.sleep(0.1)
        self.assertTrue(json.loads(run("audit", "verify", "--store", self.where).stdout)["ok"])

    def test_a_server_with_older_files_overrules_nobody(self):
        where = address()
        with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
            for name in ("old", "new"):
                shutil.copytree(ROOT / "rules", f"{folder}/{name}")
            changed = pathlib.Path(folder, "new", "signals.yaml")
            changed.write_text(changed.read_text() + "\n# Changed.\n")

            def in_force(server):
                with server.connect("operations") as client:
                    return [row["version"] for row in client.call("policy.versions", name="signals")["versions"] if row["in_force"]]

            with Server("--rules", f"{folder}/old", store=where) as first:
                self.assertEqual(in_force(first), [1])
                with Server("--rules", f"{folder}/new", store=where) as second:
                    self.within(2, lambda: in_force(first) == [2])
                    first.stop()
                    first.start()
                    self.assertEqual(in_force(first), [2])
                    self.assertEqual(in_force(second), [2])

    def test_a_token_that_is_revoked_on_one_counts_no_more_on_the_other(self):
        with self.two.connect("agent", subject="leaver") as client:
            client.call("knowledge.search", query="parcel")
            tokens = [json.loads(line) for line in run("token", "list", "--json", "--store", self.where).stdout.splitlines()]
            run("token", "revoke", next(t["id"] for t in tokens if t["subject"] == "leaver"), "--store", self.where)

            def is_refused():
                try:
                    client.call("knowledge.search", query="parcel")
                except RPCError as error:
                    return error.code == 1001

            self.within(1, is_refused)

    def test_an_article_that_is_imported_on_one_is_found_on_the_other(self):
        with self.one.connect("knowledge_manager") as keeper, self.two.connect("agent") as agent:
            keeper.call("knowledge.import", xml=ARTICLE.format("quokka"))
            self.within(1.5, lambda: agent.call("knowledge.search", query="quokka")["hits"])

    def test_alerts_reach_the_subscribers_of_both_once_and_in_the_same_order(self):
        watchers = [server.connect("supervisor", subject=f"lea{n}", team="*") for n, server in enumerate((self.one, self.two))]
        agents = [server.connect("agent", subject=f"ben{n}", team="delivery") for n, server in enumerate((self.one, self.two))]
        starts = [watcher.call("alerts.subscribe")["cursor"] for watcher in watchers]
        self.assertEqual(starts[0], starts[1])
        for turn in range(6):
            agent = agents[turn % 2]
            name = agent.call("conversation.open", channel="chat")["conversation_id"]
            agent.call("conversation.observe", conversation_id=name, speaker="customer", text="I want to speak to your supervisor right now!")
        seen = []
        for watcher in watchers:
            events = []
            while len({event["alert"]["alert_id"] for event in events}) < 6:
                message = watcher.receive()
                if message.get("method") == "alerts.event":
                    events.append(message["params"])
            seen.append([event["cursor"] for event in events])
        shorter = min(map(len, seen))
        self.assertEqual(seen[0][:shorter], seen[1][:shorter])
        self.assertEqual(len(set(seen[0])), len(seen[0]))
        for client in watchers + agents:
            client.close()

    def test_a_limit_holds_over_both(self):
        clients = [server.connect("agent", subject="carl", tier="1", team="delivery") for server in (self.one, self.two)]
        approved = []

        def spend(client, number):
            for count in range(40):
                answer = client.call(
                    "resolution.request", idempotency_key=f"c{number}-{count}", action="refund", reason="late_delivery", customer_id="carla",
                    reference={"type": "order", "id": f"o{number}-{count}"}, amount={"amount": "5.00", "currency": "EUR"})
                approved.append(answer["status"])

        threads = [threading.Thread(target=spend, args=(client, number)) for number, client in enumerate(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(approved), 80)
        both = sum(status == "approved" for status in approved)
        # As many as one server alone grants.
        alone = 0
        with Server("--rules", ROOT / "rules", store=address()) as server, server.connect("agent", subject="carl", tier="1", team="delivery") as client:
            for count in range(80):
                alone += client.call(
                    "resolution.request", idempotency_key=f"c{count}", action="refund", reason="late_delivery", customer_id="carla",
                    reference={"type": "order", "id": f"o{count}"}, amount={"amount": "5.00", "currency": "EUR"})["status"] == "approved"
        self.assertEqual(both, alone)
        self.assertGreater(alone, 0)
        self.assertLess(alone, 80)


if __name__ == "__main__":
    unittest.main()
