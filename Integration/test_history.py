"""An invented history: written, read with the commands that it names, refused beside other data, and written anew."""
import json
import pathlib
import shutil
import tempfile
import unittest

from frontline_process import ROOT, Server, needs_folder, run

OPTIONS = ["--rules", ROOT / "rules", "--knowledge", ROOT / "knowledge", "--days", "6", "--contacts", "40", "--until", "2026-03-13"]


def history(data, *more, **options):
    return run("demo", "history", "--data", data, *OPTIONS, *more, **options)


@needs_folder
class History(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="frontline-history-"))
        cls.data = cls.folder / "data"
        cls.summary = json.loads(history(cls.data, "--json").stdout)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    def test_the_summary_says_what_was_written(self):
        written = self.summary["written"]
        self.assertEqual(written["contacts"], 40)
        self.assertEqual((self.summary["from"], self.summary["to"]), ("2026-03-08", "2026-03-13"))
        for name in ("turns", "sessions", "searches"):
            self.assertGreater(written[name], 0, name)
        self.assertEqual(self.summary["bytes"], (self.data / "frontline.sqlite").stat().st_size)

    def test_figures_are_read_from_the_folder(self):
        rows = json.loads(run("measures", "values", "contacts", "--data", self.data, "--from", "2026-03-08", "--to", "2026-03-14", "--json").stdout)
        self.assertEqual(rows["rows"][0]["value"], 40)

    def test_a_server_goes_on_with_it_and_says_that_it_is_demonstration_data(self):
        data = self.folder / "served"
        shutil.copytree(self.data, data)
        server = Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules", data=str(data))
        try:
            self.assertTrue(any("demonstration data" in line for line in server.log))
            with server.connect("supervisor", subject="you", team="*") as you:
                mark = you.call("server.info")["demonstration"]
                self.assertEqual((mark["company"], mark["contacts"], mark["complete"]), ("Ohmstead", 40, True))
                listed = you.call("conversation.list", limit=100)["conversations"]
                self.assertEqual(len(listed), 40)
                self.assertTrue(all(contact["status"] == "closed" for contact in listed))
            # The changed script stays in force, although the folder has the one before.
            with server.connect("operations", subject="olga") as olga:
                self.assertEqual({s["script_id"]: s["version"] for s in olga.call("script.list")["scripts"]}["billing-dispute"], 1)
            with server.connect("auditor", subject="audrey") as audrey:
                self.assertTrue(audrey.call("audit.verify")["ok"])
        finally:
            server.stop()

    def test_a_folder_with_a_history_is_refused_until_it_may_be_replaced(self):
        data = self.folder / "again"
        shutil.copytree(self.data, data)
        refused = history(data, check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("--replace", refused.stderr)
        text = history(data, "--replace").stdout
        self.assertIn("demonstration data", text)
        self.assertIn("frontline measures values handle_time", text)
        # The same options write the same history.
        self.assertIn(self.summary["written"]["fingerprint"], text)

    def test_a_folder_with_other_data_is_never_replaced(self):
        data = self.folder / "used"
        run("token", "create", "--data", data, "--subject", "anna", "--role", "agent")
        for more in ([], ["--replace"]):
            refused = history(data, *more, check=False)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("other data", refused.stderr)
        self.assertIn("anna", run("token", "list", "--data", data).stdout)

    def test_options_that_make_no_history_are_refused(self):
        for more in (["--days", "0"], ["--contacts", "0"], ["--until", "yesterday"], ["--until", "9999-01-01"], ["--seed", "-1"]):
            refused = history(self.folder / "none", *more, check=False)
            self.assertEqual(refused.returncode, 2, more)
        self.assertEqual(history(self.folder / "none", "--rules", self.folder / "nothing", check=False).returncode, 1)
        self.assertFalse((self.folder / "none").exists())


if __name__ == "__main__":
    unittest.main()
