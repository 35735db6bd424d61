"""Servers on PostgreSQL: passwords, checks, what only a folder has, kills of servers, restarts of the database, and what is frozen."""
import json
import pathlib
import shutil
import signal
import tempfile
import threading
import time
import unittest

from frontline_process import ROOT, RPCError, Server, cluster, has_postgres, run

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
            with server.connect("agent", "admin", subject="olga") as client:
                client.call("knowledge.search", query="parcel")
                with World(server, 4) as world:
                    world.wait(50)
                    cluster().control("stop", "-m", "immediate")
                    try:
                        began = time.monotonic()
                        with self.assertRaises(RPCError) as caught:
                            client.call("conversation.open", channel="chat")
                        self.assertEqual(caught.exception.code, 1007)
                        self.assertLess(time.monotonic() - began, 2)
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
                        began = time.monotonic()
                        with self.assertRaises(RPCError) as caught:
                            client.call("conversation.open", channel="chat")
                        self.assertEqual(caught.exception.code, 1007)
                        self.assertLess(time.monotonic() - began, 16)
                        # From then on nobody waits for an answer.
                        for _ in range(20):
                            began = time.monotonic()
                            with self.assertRaises(RPCError) as caught:
                                client.call("conversation.open", channel="chat")
                            self.assertEqual(caught.exception.code, 1007)
                            self.assertLess(time.monotonic() - began, 1)
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
