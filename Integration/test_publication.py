"""Publication: a start never undoes a person's change, and nothing that fails its cases is put in force automatically."""
import itertools
import json
import pathlib
import tempfile
import unittest

from frontline_process import ROOT, RPCError, Server, run
from publication import article, cases, model, script

WAYS = ("start", "command", "call")
FILES = ("same", "changed", "removed", "changed_back")
KINDS = {"p": ("live", "withdrawn"), "s": ("live", "partial", "withdrawn"), "a": ("live", "retired", "restored")}
TEXTS = {"p": model, "s": script, "a": article}


class RestartMatrix(unittest.TestCase):
    """Policies, scripts and articles, published by start, command line and call, in every state, with every change of their file.

    The first start publishes version 1 of each, the way under test version 2; then its state and its file change, and
    the server is restarted twice. All cells share one data folder, so that the whole matrix needs four starts.
    """

    @classmethod
    def setUpClass(cls):
        cls.home = tempfile.TemporaryDirectory(prefix="frontline-")
        base = pathlib.Path(cls.home.name)
        cls.rules, cls.knowledge = base / "rules", base / "knowledge"
        (cls.rules / "scripts").mkdir(parents=True)
        cls.knowledge.mkdir()
        cls.cells = [(kind, way, state, fate) for kind, states in KINDS.items() for way, state, fate in itertools.product(WAYS, states, FILES)]
        for cell in cls.cells:
            cls.write(cell, 1)
        server = Server("--rules", cls.rules, "--knowledge", cls.knowledge)
        cls.server = server
        cls.publish_second(server)
        with server.connect("admin", subject="olga") as olga:
            for cell in cls.cells:
                cls.bring_to_state(olga, cell)
        for cell in cls.cells:
            cls.change_file(cell)
        cls.outcomes = []
        for _ in range(2):
            server.stop()
            server.start()
            with server.connect("admin", subject="olga") as olga:
                cls.outcomes.append({cell: cls.standing(olga, cell) for cell in cls.cells})

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.home.cleanup()

    @staticmethod
    def name(cell):
        return "-".join(cell).replace("_", "-")

    @classmethod
    def path(cls, cell):
        name = cls.name(cell)
        return {"p": cls.rules / f"{name}.dmn", "s": cls.rules / "scripts" / f"{name}.yaml", "a": cls.knowledge / f"{name}.xml"}[cell[0]]

    @classmethod
    def write(cls, cell, number):
        cls.path(cell).write_text(TEXTS[cell[0]](cls.name(cell), number))

    @classmethod
    def publish_second(cls, server):
        """Publishes version 2 of each cell, after an edit of its file."""
        for cell in cls.cells:
            if cell[1] == "start":
                cls.write(cell, 2)
        server.stop()
        server.start()
        for cell in cls.cells:
            cls.write(cell, 2)
        of = lambda kind, way, partial=False: [c for c in cls.cells if c[:2] == (kind, way) and (c[2] == "partial") == partial]
        run("rules", "publish", *(cls.path(c) for c in of("p", "command")), "--data", server.folder)
        run("script", "publish", *(cls.path(c) for c in of("s", "command")), "--data", server.folder)
        run("script", "publish", *(cls.path(c) for c in of("s", "command", True)), "--percent", "10", "--data", server.folder)
        run("knowledge", "import", *(cls.path(c) for c in of("a", "command")), "--data", server.folder)
        with server.connect("admin", subject="olga") as olga:
            for cell in of("p", "call"):
                olga.call("policy.publish", name=cls.name(cell), source=model(cls.name(cell), 2))
            for cell in of("s", "call"):
                olga.call("script.publish", source=script(cls.name(cell), 2))
            for cell in of("s", "call", True):
                olga.call("script.publish", source=script(cls.name(cell), 2), rollout={"percent": 10})
            for cell in of("a", "call"):
                olga.call("knowledge.import", xml=article(cls.name(cell), 2))
            for cell in of("s", "start", True):
                olga.call("script.rollout", script_id=cls.name(cell), version=2, percent=10)

    @classmethod
    def bring_to_state(cls, olga, cell):
        kind, name = cell[0], cls.name(cell)
        if cell[2] == "withdrawn" and kind == "p":
            olga.call("policy.rollback", name=name, version=1, reason="mistyped")
        elif cell[2] == "withdrawn":
            olga.call("script.rollback", script_id=name, version=1, reason="mistyped")
        elif cell[2] == "retired":
            olga.call("knowledge.retire", article_id=name, reason="wrong")
        elif cell[2] == "restored":
            olga.call("knowledge.restore", article_id=name, version=1, reason="wrong")

    @classmethod
    def change_file(cls, cell):
        if cell[3] == "changed":
            cls.write(cell, 3)
        elif cell[3] == "changed_back":
            cls.write(cell, 1)
        elif cell[3] == "removed":
            cls.path(cell).unlink()

    @classmethod
    def standing(cls, olga, cell):
        """What is in force: the number in the content, and its state."""
        kind, name = cell[0], cls.name(cell)
        if kind == "p":
            answer = olga.call("policy.evaluate", name=name, decision="limit", input={"tier": "1"})
            rows = olga.call("policy.versions", name=name)["versions"]
            return answer["result"], "live", len(rows)
        if kind == "s":
            rows = olga.call("script.versions", script_id=name)["versions"]
            newest = rows[0]
            number = int(olga.call("script.get", script_id=name, version=newest["version"])["source"].split("Script ")[1].split()[0])
            if newest["status"] == "withdrawn":
                return 1, "withdrawn", len(rows)
            return number, newest["status"], len(rows)
        found = olga.call("knowledge.get", article_id=name)
        return int(found["title"].split()[1]), found["status"], len(olga.call("knowledge.history", article_id=name)["versions"])

    @staticmethod
    def expected(cell):
        kind, _, state, fate = cell
        if fate == "changed":
            published = "published" if kind == "a" else "live"
            return 3, published, 4 if state in ("retired", "restored") else 3
        if kind == "a":
            return {"live": (2, "published", 2), "retired": (2, "retired", 3), "restored": (1, "published", 3)}[state]
        if state == "withdrawn":
            return 1, "withdrawn" if kind == "s" else "live", 2
        return 2, state, 2

    def test_a_start_puts_in_force_only_what_was_never_published(self):
        self.assertEqual(len(self.cells), 24 + 36 + 36)
        for cell in self.cells:
            with self.subTest("-".join(cell)):
                self.assertEqual(self.outcomes[0][cell], self.expected(cell))

    def test_the_next_start_changes_nothing_more(self):
        self.assertEqual(self.outcomes[1], self.outcomes[0])

    def test_the_log_tells_what_was_left_as_it_is(self):
        log = "".join(self.server.log)
        self.assertIn("p-command-withdrawn-same.dmn", log)
        self.assertIn("which olga withdrew", log)
        self.assertNotIn("p-command-live-same.dmn", log)

    def test_versions_mark_the_one_in_force_and_who_withdrew_the_others(self):
        with self.server.connect("operations", subject="olga") as olga:
            rows = olga.call("policy.versions", name="p-command-withdrawn-same")["versions"]
        self.assertEqual([(row["version"], row["in_force"]) for row in rows], [(2, False), (1, True)])
        self.assertEqual((rows[0]["withdrawn"]["by"], rows[0]["withdrawn"]["reason"]), ("olga", "mistyped"))
        self.assertNotIn("withdrawn", rows[1])


class Signals(unittest.TestCase):
    def test_a_start_does_not_undo_a_rollback_of_the_signals(self):
        with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
            file = pathlib.Path(folder) / "signals.yaml"
            text = "signals:\n  - {kind: KIND, patterns: [broken]}\n"
            file.write_text(text.replace("KIND", "fault"))
            with Server("--rules", folder) as server:
                file.write_text(text.replace("KIND", "defect"))
                run("rules", "publish", file, "--data", server.folder)
                with server.connect("operations") as olga:
                    olga.call("policy.rollback", name="signals", version=1, reason="noisy")
                server.stop()
                server.start()
                with server.connect("operations") as olga:
                    self.assertEqual(olga.call("policy.get", name="signals")["decisions"], ["fault"])
                    self.assertEqual(olga.call("policy.compare", name="signals", **{"from": 1, "to": 2})["changes"],
                                     ["signals: defect was added: “kind: defect, patterns: broken”", "signals: fault was removed"])


class TestCases(unittest.TestCase):
    """The cases in tests/ beside a model decide whether it is published."""

    def setUp(self):
        self.home = tempfile.TemporaryDirectory(prefix="frontline-")
        self.rules = pathlib.Path(self.home.name) / "rules"
        (self.rules / "tests").mkdir(parents=True)
        self.data = str(pathlib.Path(self.home.name) / "data")
        self.file = self.rules / "limits.dmn"
        self.file.write_text(model("limits", 10))
        (self.rules / "tests" / "limits.xml").write_text(cases("limits", 10))

    def tearDown(self):
        self.home.cleanup()

    def publish(self, *options, check=True):
        return run("rules", "publish", self.rules, *options, check=check)

    def attempts(self, *where):
        self.assertEqual(json.loads(self.publish(*where).stdout)["cases"], {"cases": 2, "passed": 2, "failed": 0, "skipped": 0})
        self.file.write_text(model("limits", 12))
        refused = self.publish(*where, check=False)
        self.assertEqual((refused.returncode, refused.stdout), (1, ""))
        self.assertIn("limits.dmn: 1 of 2 test cases fails; nothing was published", refused.stderr)
        self.assertIn("tests/limits.xml:3: error: case tier-1 failed: 'limit': expected 10, got 12", refused.stderr)
        self.assertIn("decided by 'limit' rule 1 (first, line 2)", refused.stderr)
        self.assertIn("--force", refused.stderr)
        forced = json.loads(self.publish(*where, "--force", "--note", "urgent").stdout)
        self.assertEqual((forced["version"], forced["cases"]["failed"]), (2, 1))
        self.assertTrue(any("case tier-1 failed" in warning for warning in forced["warnings"]), forced)

    def test_on_a_data_folder(self):
        self.attempts("--data", self.data)

    def test_over_a_connection_and_the_version_says_that_it_was_forced(self):
        with Server() as server:
            token = server.token("operations", subject="olga")
            self.attempts("--connect", f"127.0.0.1:{server.port}", "--token", token)
            with server.connect("operations") as olga:
                newest = olga.call("policy.versions", name="limits")["versions"][0]
                self.assertEqual(newest["note"], "published by force, 1 of 2 test cases fails: urgent")

    def test_a_call_runs_the_cases_that_it_brings(self):
        with Server() as server, server.connect("operations") as olga:
            tests = [{"file": "limits.xml", "source": cases("limits", 10)}]
            with self.assertRaises(RPCError) as refused:
                olga.call("policy.publish", name="limits", source=model("limits", 12), tests=tests)
            self.assertEqual((refused.exception.code, refused.exception.data["path"]), (-32602, "params.tests"))
            self.assertEqual(len(refused.exception.data["details"]), 1)
            with self.assertRaises(RPCError):
                olga.call("policy.get", name="limits")
            done = olga.call("policy.publish", name="limits", source=model("limits", 12), tests=tests, force=True)
            self.assertEqual(done["version"], 1)

    def test_at_start_a_model_whose_cases_fail_is_reported_and_not_put_in_force(self):
        with Server("--rules", self.rules) as server:
            self.file.write_text(model("limits", 12))
            server.stop()
            server.start()
            with server.connect("operations") as olga:
                self.assertEqual(olga.call("policy.get", name="limits")["version"], 1)
            log = "".join(server.log)
            self.assertIn("1 of 2 test cases fails", log)
            self.assertIn("case tier-1 failed", log)

    def test_cases_that_cannot_be_read_count_as_failing(self):
        (self.rules / "tests" / "limits.xml").write_text(cases("limits", 10)[:-30])
        refused = self.publish("--data", self.data, check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("tests/limits.xml:", refused.stderr)

    def test_what_was_withdrawn_is_brought_back_with_a_warning(self):
        self.publish("--data", self.data)
        self.file.write_text(model("limits", 12))
        self.publish("--data", self.data, "--force")
        with Server(data=self.data) as server, server.connect("operations", subject="olga") as olga:
            olga.call("policy.rollback", name="limits", version=1, reason="too dear")
        again = self.publish("--data", self.data, "--force")
        self.assertIn("this brings back version 2, which olga withdrew at", again.stderr)
        self.assertIn("(too dear)", json.loads(again.stdout)["warnings"][0])

    def test_a_mistake_in_a_cell_is_told_with_line_and_cell(self):
        self.file.write_text(model("limits", "10 +"))
        with Server() as server:
            token = server.token("operations")
            for where in (("--data", self.data), ("--connect", f"127.0.0.1:{server.port}", "--token", token)):
                refused = self.publish(*where, check=False)
                self.assertEqual(refused.returncode, 1)
                self.assertRegex(refused.stderr, r"limits\.dmn:2: error: .*row 1, column 2 'limit'")


class CommandLine(unittest.TestCase):
    """Small commands around publication, and their error messages."""

    def test_signals_are_tried_on_what_is_said(self):
        file = ROOT / "rules" / "signals.yaml"
        done = run("signals", "test", "I want to speak to your supervisor", "thank you", "--file", file, "--json")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([line["text"] for line in lines], ["I want to speak to your supervisor", "thank you"])
        self.assertTrue(lines[0]["signals"] and all({"kind", "text"} <= set(signal) for signal in lines[0]["signals"]))
        self.assertEqual(lines[1]["signals"], [])
        words = run("signals", "test", "I", "want", "to", "speak", "to", "your", "supervisor", "--file", file)
        self.assertEqual(len([line for line in words.stdout.splitlines() if not line.startswith(" ")]), 1)
        with Server("--rules", ROOT / "rules") as server:
            where = ("--connect", f"127.0.0.1:{server.port}", "--token", server.token("operations"))
            for place in (where, ("--data", server.folder)):
                again = run("signals", "test", "I want to speak to your supervisor", "--json", *place)
                self.assertEqual(json.loads(again.stdout)["signals"], lines[0]["signals"])
        with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
            missing = run("signals", "test", "hello", "--data", f"{folder}/none", check=False)
            self.assertEqual(missing.returncode, 1)
            self.assertFalse(pathlib.Path(folder, "none").exists())

    def test_a_misspelt_article_in_a_script_is_noticed(self):
        with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
            base = pathlib.Path(folder)
            (base / "articles.xml").write_text(article("late-delivery-refund", 1))
            (base / "script.yaml").write_text(script("late", 1, ", knowledge: [late-delivry-refund, late-delivery-refund]"))
            wanted = "there is no article “late-delivry-refund”; did you mean “late-delivery-refund”?"
            self.assertNotIn(wanted, run("script", "check", base / "script.yaml").stdout)
            checked = run("script", "check", base / "script.yaml", "--knowledge", base / "articles.xml").stdout
            self.assertRegex(checked, r"script\.yaml:5:\d+: warning: step “greet”: " + wanted.replace("?", r"\?"))
            self.assertEqual(checked.count("warning"), 1)
            run("knowledge", "import", base / "articles.xml", "--data", base / "data")
            self.assertIn(wanted, run("script", "check", base / "script.yaml", "--data", base / "data").stdout)
            published = run("script", "publish", base / "script.yaml", "--data", base / "data")
            self.assertTrue(any(wanted in warning for warning in json.loads(published.stdout)["warnings"]))

    def test_the_samples_name_no_article_that_does_not_exist(self):
        checked = run("script", "check", ROOT / "rules" / "scripts", "--knowledge", ROOT / "knowledge" / "articles")
        self.assertNotIn("article", checked.stdout)

    def test_a_missing_file_is_told_alike_by_every_command(self):
        with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
            for command in (("rules", "publish"), ("rules", "simulate"), ("script", "publish")):
                done = run(*command, f"{folder}/none.dmn", "--data", f"{folder}/data", check=False)
                self.assertEqual(done.returncode, 2, command)
                self.assertIn(f"{folder}/none.dmn: there is no such file or folder", done.stderr)

    def test_no_error_names_the_inside_of_the_program(self):
        with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
            blocked = pathlib.Path(folder) / "file"
            blocked.write_text("x" * 4_096)
            attempts = [
                ("rules", "publish", ROOT / "rules" / "resolution.dmn", "--data", blocked),
                ("backup", f"{folder}/none/copy", "--data", blocked), ("restore", f"{folder}/none", "--data", f"{folder}/new"),
                ("restore", blocked, "--data", f"{folder}/new"), ("rules", "publish", blocked, "--data", f"{folder}/data"),
                ("signals", "test", "hello", "--file", f"{folder}/none"), ("knowledge", "import", f"{folder}/none", "--data", f"{folder}/data"),
                ("call", "server.info", "--connect", "nowhere.invalid:1"), ("call", "server.info", "--connect", "127.0.0.1:1", "--tls"),
                ("serve", "--data", f"{folder}/s", "--listen", "127.0.0.1:0", "--tls-certificate", blocked, "--tls-key", blocked),
            ]
            inside = ("cannotOpen", "NSCocoaErrorDomain", "NSPOSIXErrorDomain", "Error(", "TLSError", "SocketAddressError", "notFound", "UserInfo")
            for attempt in attempts:
                done = run(*attempt, check=False)
                self.assertNotEqual(done.returncode, 0, attempt)
                said = done.stdout + done.stderr
                self.assertTrue(said.strip(), attempt)
                for name in inside:
                    self.assertNotIn(name, said, attempt)


if __name__ == "__main__":
    unittest.main()
