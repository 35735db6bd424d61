"""Imports of Confluence exports and MediaWiki dumps: from files, folders and addresses, and over a connection."""
import functools
import http.server
import json
import os
import tempfile
import threading
import unittest
import zipfile

from frontline_process import Server, run, test_data
from import_load import confluence_objects, mediawiki_pages

WIKI = "http://www.mediawiki.org/xml/export-0.11/"


def dump(pages):
    return (
        f'<mediawiki xmlns="{WIKI}" version="0.11" xml:lang="en"><siteinfo><dbname>desk</dbname></siteinfo>\n'
        + "".join(pages) + "</mediawiki>"
    )


def entities(objects):
    return "<hibernate-generic>\n" + "".join(objects) + "</hibernate-generic>"


class Dialects(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="frontline-")
        self.addCleanup(self.folder.cleanup)
        self.data = os.path.join(self.folder.name, "data")

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def archive(self, name, files, packing=zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(self.path(name), "w", packing) as archive:
            for file, content in files.items():
                archive.writestr(file, content)
        return self.path(name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def imported(self, *arguments, check=True):
        return json.loads(run("knowledge", "import", *arguments, "--data", self.data, check=check).stdout)

    def test_an_export_is_read_from_its_archive_and_searched(self):
        path = self.archive("space.zip", {"attachments/1/1": b"\0" * 100_000, "entities.xml": entities(confluence_objects(300))})
        report = self.imported(path)
        self.assertEqual((report["created"], report["failed"]), (300, 0))
        again = self.imported(path)
        self.assertEqual((again["unchanged"], again["created"], again["updated"]), (300, 0, 0))
        found = json.loads(run("knowledge", "search", "restart gateway 17", "--json", "--data", self.data).stdout)
        self.assertTrue(found["hits"])
        self.assertTrue(found["hits"][0]["article_id"].startswith("confluence-"))

    def test_a_folder_takes_archives_beside_documents_and_reports_bad_ones(self):
        self.archive("a.zip", {"entities.xml": entities(confluence_objects(3))})
        self.archive("b.zip", {"photos/1.jpg": b"x"})
        self.write("c.xml", dump(mediawiki_pages(4)))
        whole = self.archive("d.zip", {"entities.xml": entities(confluence_objects(50))})
        with open(whole, "r+b") as file:
            file.truncate(os.path.getsize(whole) - 60)
        report = self.imported(self.folder.name)
        self.assertEqual((report["created"], report["failed"]), (7, 2))
        errors = {os.path.basename(failure["file"]): failure["error"] for failure in report["failures"]}
        self.assertIn("entities.xml", errors["b.zip"])
        self.assertIn("truncated", errors["d.zip"])
        self.assertEqual(sorted(os.listdir(self.folder.name)), ["a.zip", "b.zip", "c.xml", "d.zip", "data"])

    def test_a_bomb_is_refused_before_it_is_unpacked(self):
        path = self.path("bomb.zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("entities.xml", "w") as file:
            file.write(b"<hibernate-generic>")
            for _ in range(300):
                file.write(b" " * (1 << 20))
        report = self.imported(path, check=False)
        self.assertEqual((report["created"], report["failed"]), (0, 1))
        self.assertIn("times its size", report["failures"][0]["error"])

    def test_names_in_an_archive_are_no_paths(self):
        path = self.archive("a.zip", {"../entities.xml": "<hibernate-generic/>", "/entities.xml": "<hibernate-generic/>"})
        report = self.imported(path, check=False)
        self.assertIn("without entities.xml", report["failures"][0]["error"])
        self.assertEqual(sorted(os.listdir(self.folder.name)), ["a.zip", "data"])

    def test_the_dialect_can_be_named(self):
        path = self.archive("a.zip", {"entities.xml": entities(confluence_objects(3))})
        self.assertEqual(self.imported(path, "--mapping", "confluence")["created"], 3)
        dump_path = self.write("w.xml", dump(mediawiki_pages(3)))
        self.assertEqual(self.imported(dump_path, "--mapping", "mediawiki")["created"], 3)

    def test_a_redirect_is_what_a_page_is_asked_by(self):
        pages = mediawiki_pages(2) + [
            "<page><title>Modem blinks red</title><ns>0</ns><id>90</id><redirect title=\"Gateway 1\"/><revision><id>1</id>"
            "<timestamp>2020-01-01T00:00:00Z</timestamp><text>#REDIRECT [[Gateway 1]]</text></revision></page>"
        ]
        report = self.imported(self.write("w.xml", dump(pages)))
        self.assertEqual((report["created"], report["skipped"]), (2, 1))
        found = json.loads(run("knowledge", "search", "modem blinks red", "--json", "--data", self.data).stdout)
        self.assertEqual(found["hits"][0]["article_id"], "desk-1")

    def test_an_archive_is_read_from_an_address_and_over_a_connection(self):
        self.archive("space.zip", {"entities.xml": entities(confluence_objects(20))})
        quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
        web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(quiet, directory=self.folder.name))
        threading.Thread(target=web.serve_forever, daemon=True).start()
        self.addCleanup(web.server_close)
        self.addCleanup(web.shutdown)
        address = f"http://127.0.0.1:{web.server_port}/space.zip"
        with Server() as server:
            token = server.token("knowledge_manager")
            done = run(
                "knowledge", "import", address, "--allow-private-addresses", "--connect", f"127.0.0.1:{server.port}",
                "--token", token)
            self.assertEqual(json.loads(done.stdout)["created"], 20)
            with server.connect() as client:
                client.call("session.authenticate", token=token)
                report = client.call("knowledge.import", xml=dump(mediawiki_pages(2)), source="wiki")
                self.assertEqual(report["created"], 2)
                report = client.call("knowledge.import", xml=entities(confluence_objects(21)))
                self.assertEqual((report["created"], report["unchanged"]), (1, 20))

    def test_a_real_dump(self):
        folder = test_data("xml", "mediawiki")
        if folder is None:
            self.skipTest("the public test data is absent")
        report = self.imported(str(folder))
        self.assertEqual((report["created"], report["skipped"], report["failed"]), (1, 1, 0))


if __name__ == "__main__":
    unittest.main()
