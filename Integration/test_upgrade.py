"""Opens stores of earlier programs, kept as SQL in `upgrade/`, and checks their content; runs servers of two versions on one database."""
import json
import os
import pathlib
import shutil
import sqlite3
import tempfile
import unittest

from frontline_process import RPCError, Server, cluster, has_postgres, needs_folder, run

KEPT = sorted((pathlib.Path(__file__).resolve().parent / "upgrade").glob("*.sql"))


def opened(path):
    """A data folder with the content of the file, and the token on its first line."""
    folder = tempfile.mkdtemp(prefix="frontline-")
    text = path.read_text(encoding="utf-8")
    database = sqlite3.connect(os.path.join(folder, "frontline.sqlite"))
    database.executescript(text)
    database.close()
    return folder, {name: token for _, name, token in (line.split() for line in text.splitlines()[:2] if line.startswith("-- "))}


class Content:
    """What is in a store of an earlier program, asked of a server of this one."""

    def is_served(self, tokens, **place):
        """Everything is there, and work goes on."""
        with Server(**place) as server:
            self.everything_is_there(server, tokens["token"])
            if "supervisor" in tokens:
                self.contacts_are_there(server, tokens["supervisor"])
            self.work_goes_on(server)
            server.stop(15)

    def everything_is_there(self, server, token):
        with server.connect() as berta:
            self.assertEqual(berta.call("session.authenticate", token=token)["subject"], "berta")
            hits = berta.call("knowledge.search", query="late parcel")["hits"]
            self.assertEqual([(hit["article_id"], hit["version"]) for hit in hits], [("late-parcel", 2)])
            with self.assertRaises(RPCError):
                berta.call("knowledge.get", article_id="dead-pixel")
        with server.connect("knowledge_manager") as karl:
            self.assertEqual(len(karl.call("knowledge.history", article_id="late-parcel")["versions"]), 2)
            self.assertEqual(karl.call("knowledge.get", article_id="old-fee")["status"], "retired")
            self.assertEqual(len(karl.call("knowledge.issues")["issues"]), 1)
            self.assertIn("quokka", json.dumps(karl.call("knowledge.gaps")))
            self.assertEqual([a["uses"] for a in karl.call("knowledge.list")["articles"] if a["article_id"] == "late-parcel"], [1])
        with server.connect("operations") as olga:
            half = olga.call("policy.evaluate", name="half", decision="half", input={"amount": 9})
            self.assertEqual(str(half["result"]), "4.5")
            self.assertEqual(len(olga.call("policy.versions", name="half")["versions"]), 2)

    def contacts_are_there(self, server, token):
        """A supervisor without a team still sees everything, and an id that an agent chose earlier stays the same."""
        self.assertTrue(any("team=*" in line for line in server.log), server.log)
        with server.connect() as sofia:
            self.assertEqual(sofia.call("session.authenticate", token=token)["attributes"], {"team": "*"})
            shown = sofia.call("conversation.get", conversation_id="call-1")
            self.assertEqual((shown["agent"], len(shown["turns"])), ("anna", 2))
            self.assertEqual([a["count"] for a in sofia.call("alerts.list", kinds=["help"])["alerts"]], [1])
        with server.connect("agent", subject="anna", team="north") as anna:
            self.assertEqual(anna.call("conversation.open", conversation_id="call-1", channel="voice")["conversation_id"], "call-1")
            turn = anna.call(
                "conversation.observe", conversation_id="call-1", speaker="customer", text="My parcel came.", turn_id="t2", replaces="t1")
            self.assertEqual(turn["turn"], 2)
        with server.connect("agent", subject="otto", team="north") as otto:
            opened = otto.call("conversation.open", conversation_id="call-1", channel="voice")["conversation_id"]
            self.assertNotEqual(opened, "call-1")

    def work_goes_on(self, server):
        with server.connect("knowledge_manager") as karl:
            karl.call("knowledge.restore", article_id="late-parcel", version=1, reason="the form is back")
            self.assertEqual(karl.call("knowledge.get", article_id="late-parcel")["version"], 3)
        with server.connect("agent", tier="1", team="north") as anna:
            try:
                opened = anna.call("conversation.open", channel="chat")
            except RPCError as error:
                self.assertEqual(error.code, -32601)
                return
            answer = anna.call(
                "conversation.observe", speaker="customer", text="My parcel is late.", turn_id="t1", **opened)
            self.assertEqual(answer["sentiment"]["status"], "scored")


@needs_folder
class Upgrade(Content, unittest.TestCase):
    def test_everything_in_the_folder_is_there_and_the_new_program_works_on(self):
        self.assertTrue(KEPT)
        for path in KEPT:
            with self.subTest(path.name):
                folder, tokens = opened(path)
                self.addCleanup(shutil.rmtree, folder)
                before = json.loads(run("audit", "verify", "--data", folder).stdout)
                self.assertTrue(before["ok"])
                self.is_served(tokens, data=folder)
                after = json.loads(run("audit", "verify", "--data", folder).stdout)
                self.assertTrue(after["ok"])
                self.assertGreater(after["entries"], before["entries"])


def new_database():
    """The address and the name of a new database."""
    where = cluster().address(f"upgrade-{len(cluster().databases)}")
    return where, where.split("dbname=")[1]


def literal(value):
    """A value as PostgreSQL writes it."""
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else repr(value)


def moved(folder, database):
    """Puts the tables of a folder into a database as they are, with the steps that their program had made."""
    source = sqlite3.connect(f"{folder}/frontline.sqlite")
    made = source.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC").fetchall()
    statements = [sql for _, name, sql in made if name != "grdb_migrations"]
    for kind, name, _ in made:
        if kind == "table" and name != "grdb_migrations":
            statements += [f"INSERT INTO {name} VALUES ({', '.join(map(literal, row))})" for row in source.execute(f"SELECT * FROM {name}")]
    statements.append("CREATE TABLE frontline_migrations (name TEXT NOT NULL PRIMARY KEY, number BIGINT NOT NULL, lives_with BIGINT)")
    for number, (name,) in enumerate(source.execute("SELECT identifier FROM grdb_migrations ORDER BY rowid").fetchall()):
        statements.append(f"INSERT INTO frontline_migrations VALUES ('{name}', {number}, NULL)")
    source.close()
    cluster().sql("SET standard_conforming_strings = on; BEGIN; " + "; ".join(statements) + "; COMMIT", database)


@unittest.skipUnless(has_postgres(), "no PostgreSQL server is installed")
class UpgradeOfDatabases(Content, unittest.TestCase):
    def test_the_first_schema_in_a_database_is_brought_up_to_date_and_served(self):
        for path in KEPT:
            with self.subTest(path.name):
                folder, tokens = opened(path)
                self.addCleanup(shutil.rmtree, folder)
                where, database = new_database()
                moved(folder, database)
                self.assertIn("schema: older", run("store", "check", "--store", where).stdout)
                self.is_served(tokens, store=where)
                self.assertIn("schema: current", run("store", "check", "--store", where).stdout)
                self.assertTrue(json.loads(run("audit", "verify", "--store", where).stdout)["ok"])

    def test_a_folder_of_an_earlier_program_is_copied_once_it_is_up_to_date(self):
        for path in KEPT:
            with self.subTest(path.name):
                folder, tokens = opened(path)
                self.addCleanup(shutil.rmtree, folder)
                where, _ = new_database()
                refused = run("store", "copy", "--from", f"sqlite:{folder}", "--to", where, check=False)
                self.assertEqual(refused.returncode, 1)
                self.assertIn("older version", refused.stderr)
                run("token", "list", "--data", folder, env={"FRONTLINE_STORE": f"sqlite:{folder}"})
                self.assertTrue(json.loads(run("store", "copy", "--from", f"sqlite:{folder}", "--to", where, "--json").stdout)["ok"])
                self.is_served(tokens, store=where)
                self.assertTrue(json.loads(run("audit", "verify", "--store", where).stdout)["ok"])

    def test_a_server_works_beside_a_newer_one_that_only_adds(self):
        """The newer one is played: what it does to the database is all that an older one sees of it."""
        where, database = new_database()
        with Server(store=where) as server:
            opens = self.writing(server)
            opens()
            cluster().sql(
                "ALTER TABLE turns ADD COLUMN later TEXT; "
                "INSERT INTO frontline_migrations (name, number, lives_with) VALUES ('later-1', 900, 1)", database)
            opens()
            self.assertIn("can work beside the newer one", run("store", "check", "--store", where).stdout)
            # Also after a restart, and when its sessions have to be opened again.
            server.stop(15)
            server.start()
            opens = self.writing(server)
            opens()
            # Then one comes whose step no older server lives with: whoever connects anew is refused.
            cluster().sql("INSERT INTO frontline_migrations (name, number) VALUES ('later-2', 901)", database)
            cluster().sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                f"WHERE datname = '{database}' AND application_name LIKE 'frontline schema %'")
            with self.assertRaises(RPCError) as caught:
                for _ in range(20):
                    opens()
            self.assertEqual(caught.exception.code, 1007)
            server.stop(15)
            refused = run("token", "list", "--store", where, check=False)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("newer version", refused.stderr)

    def test_a_newer_program_waits_for_servers_that_could_not_live_with_its_tables(self):
        where, database = new_database()
        with Server(store=where) as server:
            # As if this program were the newer one: one of its steps is not made yet.
            cluster().sql("DELETE FROM frontline_migrations WHERE name = 'duties-1'; DROP TABLE duties", database)
            refused = run("token", "list", "--store", where, check=False)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("stop all of them", refused.stderr)
            self.assertIn("this machine", refused.stderr)
            server.stop(15)
        run("token", "list", "--store", where)
        self.assertIn("schema: current", run("store", "check", "--store", where).stdout)

    def writing(self, server):
        """A call that writes."""
        client = server.connect("agent", subject="anna", tier="1", team="north")
        self.addCleanup(client.close)
        return lambda: client.call("conversation.open", channel="chat")


if __name__ == "__main__":
    unittest.main()
