"""Attacks on articles: records of other sources, hidden articles, private addresses, malformed documents."""
import contextlib
import http.server
import json
import os
import tempfile
import threading

from attacks.target import attack, fresh, hold, refused
from frontline_process import run

HEAD = '<articles xmlns="urn:frontline:knowledge:1">'


def article(name, title="Title", attributes="", body="words"):
    return f'<article id="{name}" {attributes}><title>{title}</title><section kind="body"><p>{body}</p></section></article>'


def imported(keeper, *articles, **params):
    return keeper.call("knowledge.import", xml=HEAD + "".join(articles) + "</articles>", **params)


@contextlib.contextmanager
def website(answer):
    """An HTTP server on a loopback address; `answer` receives the path and returns status, headers and body."""
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            status, headers, body = answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1], seen
    finally:
        server.shutdown()
        server.server_close()


@attack("an import under another source replaces a restricted article and drops its restriction")
def drop_a_restriction(target):
    name = fresh("secret")
    with target.connect("knowledge_manager") as keeper, target.connect("agent", subject=fresh("anna")) as anna:
        imported(keeper, article(name, "Quokka handling", 'restrict="team:vip"'), source="vip-desk")
        for adopt in (False, True):
            report = imported(keeper, article(name, "Quokka handling, public"), source="public-feed", adopt=adopt)
            hold(report["failed"] == 1 and report["updated"] == 0, f"imported with adopt {adopt}: {report}")
        refused(lambda: anna.call("knowledge.get", article_id=name), 1003)
        kept = keeper.call("knowledge.get", article_id=name)
        hold((kept["source"], kept["restrict"]) == ("vip-desk", ["team:vip"]), f"now {kept['source']} {kept['restrict']}")


@attack("an import under another source widens the audience of an article for supervisors")
def widen_an_audience(target):
    name = fresh("notes")
    with target.connect("knowledge_manager") as keeper, target.connect("agent", subject=fresh("anna")) as anna:
        imported(keeper, article(name, "Notes", 'audience="supervisor"'), source="leads")
        report = imported(keeper, article(name, "Notes"), source="feed", adopt=True)
        hold(report["failed"] == 1, f"taken: {report}")
        refused(lambda: anna.call("knowledge.get", article_id=name), 1003)


@attack("pruning one source retires an article of another source after a restore")
def prune_a_strangers_article(target):
    name, mine, other = fresh("shared"), fresh("mine"), fresh("other")
    with target.connect("knowledge_manager") as keeper:
        imported(keeper, article(name, "First"), source=mine)
        imported(keeper, article(name, "Second"), source=other, adopt=True)
        keeper.call("knowledge.restore", article_id=name, version=1, reason="the first was right")
        imported(keeper, source=other, prune=True, force=True)
        hold(keeper.call("knowledge.get", article_id=name)["status"] == "published", "the other source retired it")


@attack("an import part that the server does not remember prunes all other articles")
def prune_by_a_forgotten_import(target):
    source = fresh("feed")
    names = [fresh("a") for _ in range(5)]
    with target.connect("knowledge_manager") as keeper:
        imported(keeper, *[article(name) for name in names], source=source)
        refused(lambda: imported(keeper, article(names[0]), source=source, prune=True, force=True,
                                 import_id=fresh("run"), part=2), 1004)
        found = keeper.call("knowledge.get", article_id=names[4])
        hold(found["status"] == "published", "an article of the forgotten part was retired")


@attack("an import address points to this machine: by number, by name, in other notations")
def fetch_from_this_machine(target):
    secret = HEAD + article("inside", "Inside") + "</articles>"
    with website(lambda path: (200, {"Content-Type": "text/xml"}, secret.encode())) as (port, seen), \
            tempfile.TemporaryDirectory() as folder:
        hosts = ["127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"]
        done = run("knowledge", "import", *[f"http://{host}:{port}/{n}.xml" for n, host in enumerate(hosts)],
                   "--data", folder, check=False)
        report = json.loads(done.stdout)
        hold(not seen, f"fetched {seen}")
        hold(report["created"] == 0 and report["failed"] == len(hosts), f"imported: {report}")


@attack("the password in an address appears in the report, the error, the audit log or the source")
def read_a_password(target):
    with website(lambda path: (404, {}, b"no")) as (port, _), tempfile.TemporaryDirectory() as folder:
        address = f"http://keeper:Gh3im@127.0.0.1:{port}/feed.xml?page=1&api_key=Gh3im"
        report = os.path.join(folder, "report.json")
        failed = run("knowledge", "import", address, "--data", folder, "--report", report, "--source", address,
                     "--allow-private-addresses", check=False)
        shown = failed.stdout + failed.stderr + open(report, encoding="utf-8").read()
        hold("Gh3im" not in shown, "the report of a failure shows the password")
        hold("/feed.xml?page=1" in shown, "the report does not name the document")
    document = HEAD + article("plain", "Plain") + "</articles>"
    with website(lambda path: (200, {}, document.encode())) as (port, _), tempfile.TemporaryDirectory() as folder:
        address = f"http://keeper:Gh3im@127.0.0.1:{port}/feed.xml"
        run("knowledge", "import", address, "--data", folder, "--source", address, "--allow-private-addresses")
        log = run("audit", "export", "--data", folder).stdout
        hold("plain" in log and "Gh3im" not in log, "the audit log shows the password")
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), "rb") as file:
                hold(b"Gh3im" not in file.read(), f"{name} contains the password")


@attack("the records after a broken record are lost")
def hide_records_behind_a_break(target):
    before, lost, after = fresh("before"), fresh("lost"), fresh("after")
    with target.connect("knowledge_manager") as keeper:
        report = keeper.call("knowledge.import", xml=HEAD + article(before)
                             + f'<article id="{lost}"><title>T</titel></article>' + article(after) + "</articles>")
        hold(report["created"] == 2 and report["failed"] == 1, f"{report}")
        hold(report["failures"][0]["record"] == lost, "the report does not name the record")
        keeper.call("knowledge.get", article_id=after)


@attack("a document with an error in every record keeps the server busy")
def break_at_every_record(target):
    with target.connect("knowledge_manager") as keeper:
        broken = HEAD + '<article id="x"><a></b></article>' * 25_000 + "</articles>"
        report = keeper.call("knowledge.import", xml=broken, dry_run=True)
        hold(report["created"] == 0 and report["failed"] > 900, f"{report['failed']} failures")
        hold(report["seconds"] < 20, f"it took {report['seconds']} s")
        return f"{report['seconds']} s"
