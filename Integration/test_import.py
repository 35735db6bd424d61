"""Imports through the command line: reports, bad files, pruning, a process that is killed halfway."""
import json
import os
import signal
import subprocess
import tempfile
import unittest

from frontline_process import Server, binary, has_test_data, needs_folder, run, test_data

HEAD = '<articles xmlns="urn:frontline:knowledge:1">'


def articles(numbers, word="word"):
    body = "".join(
        f'<article id="a{n}"><title>Title {n}</title><section kind="body"><p>{word} {n} {"text " * 50}</p></section></article>\n'
        for n in numbers
    )
    return HEAD + body + "</articles>"


class Importing(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="frontline-")
        self.addCleanup(self.folder.cleanup)
        self.data = os.path.join(self.folder.name, "data")

    def write(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def imported(self, *arguments, check=True):
        done = run("knowledge", "import", *arguments, "--data", self.data, check=check)
        return json.loads(done.stdout)

    def test_a_second_import_changes_nothing(self):
        path = self.write("a.xml", articles(range(50)))
        self.assertEqual(self.imported(path)["created"], 50)
        again = self.imported(path)
        self.assertEqual((again["unchanged"], again["created"], again["updated"]), (50, 0, 0))

    def test_good_files_are_taken_beside_bad_ones(self):
        self.write("good.xml", articles(range(3)))
        self.write("broken.xml", HEAD + '<article id="x"><title>T</title>')
        self.write("login.xml", "<!DOCTYPE html><html><head><title>Log in</title></head><body><br></body></html>")
        report = self.imported(self.folder.name)
        self.assertEqual(report["created"], 3)
        self.assertEqual(sorted(os.path.basename(f["file"]) for f in report["failures"]), ["broken.xml", "login.xml"])
        self.assertTrue(all(failure["error"] for failure in report["failures"]))

    def test_an_import_that_took_nothing_has_failed(self):
        path = self.write("login.xml", "<html><body>Log in</body></html>")
        self.assertEqual(run("knowledge", "import", path, "--data", self.data, check=False).returncode, 1)

    def test_a_folder_on_the_command_line_goes_before_a_server_in_the_environment(self):
        path = self.write("a.xml", articles([1]))
        elsewhere = {"FRONTLINE_CONNECT": "127.0.0.1:1"}
        done = run("knowledge", "import", path, "--data", self.data, env=elsewhere)
        self.assertEqual(json.loads(done.stdout)["created"], 1)
        both = run("knowledge", "import", path, "--data", self.data, "--connect", "127.0.0.1:1", check=False)
        self.assertEqual(both.returncode, 2)

    def test_a_pipe_in_the_folder_is_passed_over(self):
        self.write("a.xml", articles([1]))
        os.mkfifo(os.path.join(self.folder.name, "b.xml"))
        self.assertEqual(self.imported(self.folder.name)["created"], 1)

    def test_mappings_in_the_folder_are_used(self):
        os.mkdir(os.path.join(self.folder.name, "mappings"))
        self.write("mappings/mine.yaml", """name: mine
matches: {element: [faqs], namespace: ""}
record: [faq]
fields:
  id: "@no"
  title: q
  sections:
    - {kind: body, content: a, format: text}
""")
        self.write("f.xml", "<faqs><faq no='1'><q>Why?</q><a>Because.</a></faq></faqs>")
        self.assertEqual(self.imported(self.folder.name)["created"], 1)

    def test_an_unknown_mapping_is_a_mistake_of_the_call(self):
        path = self.write("a.xml", articles([1]))
        done = run("knowledge", "import", path, "--mapping", "nonsense", "--data", self.data, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("medquad", done.stderr)

    def test_pruning_retires_what_is_gone_and_refuses_to_take_too_much(self):
        path = self.write("a.xml", articles(range(40)))
        self.imported(path, "--source", "web")
        self.write("a.xml", articles(range(38)))
        self.assertEqual(self.imported(path, "--source", "web", "--prune")["retired"], 2)
        self.write("a.xml", articles(range(10)))
        refused = run("knowledge", "import", path, "--source", "web", "--prune", "--data", self.data, check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertEqual(json.loads(refused.stdout)["unchanged"], 10)
        self.assertEqual(self.imported(path, "--source", "web", "--prune", "--force")["retired"], 28)

    def test_an_import_that_was_killed_is_completed_by_running_it_again(self):
        path = self.write("a.xml", articles(range(20_000)))
        for delay in (0.3, 0.6, 1.0):
            process = subprocess.Popen(
                [binary(), "knowledge", "import", path, "--data", self.data],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(delay)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
        report = self.imported(path)
        self.assertEqual(report["created"] + report["unchanged"], 20_000)
        self.assertEqual(report["updated"], 0)
        verified = json.loads(run("audit", "verify", "--data", self.data).stdout)
        self.assertTrue(verified["ok"])
        self.assertEqual(verified["entries"], 20_000)

    def test_another_source_takes_nothing_over_unless_asked(self):
        path = self.write("a.xml", articles(range(3)))
        self.imported(path, "--source", "web")
        self.write("a.xml", articles(range(2), word="other"))
        report = self.imported(path, "--source", "desk", check=False)
        self.assertEqual((report["updated"], report["failed"]), (0, 2))
        self.assertEqual([(f["record"], f["line"]) for f in report["failures"]], [("a0", 1), ("a1", 2)])
        self.assertIn("--adopt", report["failures"][0]["error"])
        self.assertEqual(self.imported(path, "--source", "desk", "--adopt")["updated"], 2)

    def test_what_follows_a_broken_tag_is_read_and_what_was_lost_is_told(self):
        lines = articles(range(100)).splitlines()
        lines[40] = '<article id="a40"><title>Broken<b></title></article>'
        lines[70] = '<article id="a70"><title>Never closed</title>'
        path = self.write("a.xml", "\n".join(lines))
        done = run("knowledge", "import", path, "--data", self.data)
        report = json.loads(done.stdout)
        self.assertEqual((report["created"], report["failed"], report["read"]), (98, 2, 100))
        self.assertEqual([f["record"] for f in report["failures"]], ["a40", "a70"])
        self.assertEqual([os.path.basename(f["file"]) for f in report["failures"]], ["a.xml", "a.xml"])
        self.assertEqual(report["failures"][0]["line"], 41)
        self.assertIn("2 records were not taken", done.stderr)
        refused = run("knowledge", "import", path, "--prune", "--data", self.data, check=False)
        self.assertEqual(refused.returncode, 1)

    def test_a_truncated_file_says_so(self):
        path = self.write("a.xml", articles(range(10))[:-300])
        done = run("knowledge", "import", path, "--data", self.data)
        report = json.loads(done.stdout)
        self.assertEqual((report["created"], report["failed"]), (9, 1))
        self.assertIn("was not taken", done.stderr)

    def test_mappings_of_a_folder_are_used_wherever_the_documents_are(self):
        os.mkdir(os.path.join(self.folder.name, "elsewhere"))
        self.write("elsewhere/mine.yaml", """name: mine
matches: {element: [faqs], namespace: ""}
record: [faq]
fields:
  id: "@no"
  title: q
  asked: asked
""")
        path = self.write("f.xml", "<faqs><faq no='1'><q>Why?</q><asked>tell me why</asked></faq></faqs>")
        folder = os.path.join(self.folder.name, "elsewhere")
        self.assertEqual(self.imported(path, "--mappings", folder)["created"], 1)
        found = json.loads(run("knowledge", "search", "tell me why", "--json", "--data", self.data).stdout)
        self.assertEqual([hit["article_id"] for hit in found["hits"]], ["1"])

    def test_pruning_over_a_connection_goes_by_every_batch(self):
        with Server() as server:
            token = server.token("knowledge_manager")
            connect = ["--connect", f"127.0.0.1:{server.port}", "--token", token, "--source", "web"]

            def remote(*arguments, check=True):
                done = run("knowledge", "import", *arguments, *connect, check=check)
                return done, json.loads(done.stdout)

            path = self.write("a.xml", articles(range(450)))
            self.assertEqual(remote(path)[1]["created"], 450)
            self.write("a.xml", articles(range(430)))
            self.assertEqual(remote(path, "--prune", "--dry-run")[1]["retired"], 20)
            self.assertEqual(remote(path, "--prune")[1]["retired"], 20)
            self.write("a.xml", articles(range(10)))
            refused, report = remote(path, "--prune", check=False)
            self.assertEqual((refused.returncode, report["retired"]), (1, 0))
            self.assertIn("more than a tenth", report["refusal"])
            self.write("a.xml", articles(range(430)).replace('id="a400"', 'id=""'))
            self.assertEqual(remote(path, "--prune")[1]["retired"], 1)
            self.assertEqual(remote(path, "--prune", "--force")[1]["retired"], 0)

    def test_hostile_files_are_refused_or_harmless(self):
        if not has_test_data():
            self.skipTest("the public test data is absent")
        hostile = test_data("xml", "hostile-libxml2-recurse")
        report = self.imported(str(hostile), check=False)
        self.assertEqual(report["created"], 0)
        self.assertGreater(report["failed"], 0)

    @needs_folder
    def test_a_backup_is_restored_with_everything(self):
        self.imported(self.write("a.xml", articles(range(5), word="quokka")))
        copy = os.path.join(self.folder.name, "copy.backup")
        run("backup", copy, "--data", self.data)
        other = os.path.join(self.folder.name, "other")
        run("restore", copy, "--data", other)
        found = json.loads(run("knowledge", "search", "quokka", "--json", "--data", other).stdout)
        self.assertEqual(len(found["hits"]), 5)
        self.assertEqual(run("restore", copy, "--data", other, check=False).returncode, 1)


if __name__ == "__main__":
    unittest.main()
