"""The calendar: checked, asked and published; its freezes hold for the wire, for commands and for a start."""
import datetime
import json
import pathlib
import tempfile
import unittest

from frontline_process import ROOT, RPCError, Server, run
from publication import article, model, script

HOURS = "time_zone: Europe/Dublin\nhours: {mon-fri: 09:00-17:30}\n"


def frozen(reason):
    """A calendar that freezes everything yesterday, today and tomorrow."""
    day = lambda offset: (datetime.date.today() + datetime.timedelta(days=offset)).isoformat()
    return HOURS + (f"freezes:\n  - {{from: {day(-1)}, to: {day(1)}, "
                    f"what: [policies, scripts, articles], reason: {reason}}}\n")


class Calendar(unittest.TestCase):
    def setUp(self):
        home = tempfile.TemporaryDirectory(prefix="frontline-")
        self.addCleanup(home.cleanup)
        self.base = pathlib.Path(home.name)
        self.rules = self.base / "rules"
        (self.rules / "scripts").mkdir(parents=True)
        self.knowledge = self.base / "knowledge"
        self.knowledge.mkdir()

    def fails(self, *arguments, status):
        """Runs a subcommand that ends with this exit code."""
        done = run(*arguments, check=False)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def file(self, text):
        path = self.base / "calendar.yaml"
        path.write_text(text)
        return path

    def test_the_sample_answers(self):
        sample = ROOT / "rules" / "calendar.yaml"
        self.assertIn("company: 72.0 hours a week, Europe/Berlin", run("calendar", "check", sample).stdout)
        open_ = run("calendar", "open", "--file", sample, "--at", "2026-12-24T12:00:00Z", "--team", "delivery", "--json")
        self.assertEqual(json.loads(open_.stdout), {
            "at": "2026-12-24T12:00:00Z", "open": True, "until": "2026-12-24T13:00:00Z", "peak": 1.8})
        frozen = run("calendar", "open", "--file", sample, "--at", "2025-11-29T12:00:00Z").stdout
        self.assertIn("frozen until 2025-12-01T23:00:00Z: policies, scripts: Black Friday weekend", frozen)
        due = run("calendar", "due", "4h", "--file", sample, "--after", "2026-12-24T10:00:00Z")
        self.assertEqual(due.stdout.strip(), "2026-12-28T08:00:00Z")

    def test_mistakes_are_reported_with_their_place(self):
        path = self.file("time_zone: Europe/Dublin\nhours: {mon: 9-17}\nholiday: 1\n")
        checked = self.fails("calendar", "check", path, status=1)
        self.assertIn(":2:14: “mon” in “hours” has “9-17”, expected a span", checked.stderr)
        self.assertIn(":3:1: unknown member “holiday”", checked.stderr)
        self.assertIn("calendar.yaml:3:1: error:", self.fails("rules", "check", path, status=1).stdout)
        self.fails("calendar", "due", "3d", "--file", path, status=2)
        self.fails("calendar", "open", "--data", self.base / "none", status=1)

    def test_a_freeze_holds_until_it_is_overridden(self):
        (self.rules / "m.dmn").write_text(model("m", 1))
        (self.rules / "scripts" / "hello.yaml").write_text(script("hello", 1))
        (self.knowledge / "a.xml").write_text(article("a", 1))
        (self.rules / "calendar.yaml").write_text(frozen("Black Friday"))
        server = Server("--rules", self.rules, "--knowledge", self.knowledge)
        self.addCleanup(server.stop)
        with server.connect("admin", subject="olga") as olga:
            # What comes with the calendar is published before it.
            self.assertEqual([p["name"] for p in olga.call("policy.list")["policies"]], ["calendar", "m"])
            self.assertEqual(len(olga.call("script.list")["scripts"]), 1)
            for method, members in (
                    ("policy.publish", {"name": "m", "source": model("m", 2)}),
                    ("script.publish", {"source": script("hello", 2)}),
                    ("script.rollout", {"script_id": "hello", "version": 1, "percent": 50}),
                    ("knowledge.import", {"xml": article("a", 2)})):
                with self.assertRaises(RPCError) as refused:
                    olga.call(method, **members)
                self.assertIn("Black Friday", str(refused.exception), method)
        data = ("--data", server.folder)
        (self.rules / "m.dmn").write_text(model("m", 2))
        (self.rules / "scripts" / "hello.yaml").write_text(script("hello", 2))
        (self.knowledge / "a.xml").write_text(article("a", 2))
        for command in (("rules", "publish", self.rules / "m.dmn"),
                        ("script", "publish", self.rules / "scripts" / "hello.yaml"),
                        ("knowledge", "import", self.knowledge / "a.xml")):
            self.assertIn("Black Friday", self.fails(*command, *data, status=1).stderr)
        server.stop()
        server.start()
        self.assertIn("Black Friday", "".join(server.log))
        with server.connect("admin", subject="olga") as olga:
            self.assertEqual(olga.call("policy.get", name="m")["version"], 1)
            self.assertEqual(olga.call("script.get", script_id="hello")["version"], 1)
            self.assertEqual(olga.call("knowledge.get", article_id="a")["version"], 1)
            olga.call("policy.publish", name="m", source=model("m", 3), note="urgent", force=True)
            olga.call("policy.rollback", name="m", version=1, reason="worse")
            overrides = olga.call("audit.list", action="freeze.override")["entries"]
            self.assertEqual([entry["target"] for entry in overrides], ["m"])
            wire = ("--connect", f"127.0.0.1:{server.port}", "--token", server.token("admin", subject="olga"))
            self.assertIn("Black Friday", self.fails("knowledge", "import", self.knowledge / "a.xml", *wire, status=1).stderr)
            run("knowledge", "import", self.knowledge / "a.xml", "--force", *wire)
            self.assertEqual(olga.call("knowledge.get", article_id="a")["version"], 2)
        run("script", "publish", self.rules / "scripts" / "hello.yaml", "--force", *data)
        run("rules", "publish", self.file(HOURS), "--force", *data)
        run("rules", "publish", self.rules / "m.dmn", *data)


if __name__ == "__main__":
    unittest.main()
