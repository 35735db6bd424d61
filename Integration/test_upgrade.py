"""Opens data folders of earlier programs, kept as SQL in `upgrade/`, and checks their content."""
import json
import os
import pathlib
import shutil
import sqlite3
import tempfile
import unittest

from frontline_process import RPCError, Server, needs_folder, run

KEPT = sorted((pathlib.Path(__file__).resolve().parent / "upgrade").glob("*.sql"))


def opened(path):
    """A data folder with the content of the file, and the token on its first line."""
    folder = tempfile.mkdtemp(prefix="frontline-")
    text = path.read_text(encoding="utf-8")
    database = sqlite3.connect(os.path.join(folder, "frontline.sqlite"))
    database.executescript(text)
    database.close()
    return folder, {name: token for _, name, token in (line.split() for line in text.splitlines()[:2] if line.startswith("-- "))}


@needs_folder
class Upgrade(unittest.TestCase):
    def test_everything_in_the_folder_is_there_and_the_new_program_works_on(self):
        self.assertTrue(KEPT)
        for path in KEPT:
            with self.subTest(path.name):
                folder, tokens = opened(path)
                self.addCleanup(shutil.rmtree, folder)
                before = json.loads(run("audit", "verify", "--data", folder).stdout)
                self.assertTrue(before["ok"])
                with Server(data=folder) as server:
                    self.everything_is_there(server, tokens["token"])
                    if "supervisor" in tokens:
                        self.contacts_are_there(server, tokens["supervisor"])
                    self.work_goes_on(server)
                    server.stop(15)
                after = json.loads(run("audit", "verify", "--data", folder).stdout)
                self.assertTrue(after["ok"])
                self.assertGreater(after["entries"], before["entries"])

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


if __name__ == "__main__":
    unittest.main()
