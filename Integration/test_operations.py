"""What operators rely on: a log without personal data, backups under load, metrics for each capability."""
import json
import os
import re
import pathlib
import shutil
import tempfile
import threading
import time
import unittest

from frontline_process import ROOT, RPCError, Server, needs_folder, run

# Values that are redacted before they are stored; none of them belongs to a real person.
SECRETS = ["4111 1111 1111 1111", "4111111111111111", "DE89370400440532013000", "maria.planted@example.com", "219-09-9999"]
# Values that may be stored but must never be logged.
PRIVATE = ["Plantedname", "plantedquery", "plantedreason", "plantednote", "Plantedstreet 7"]


class PersonalData(unittest.TestCase):
    def test_neither_the_log_nor_the_figures_nor_the_store_keep_what_was_planted(self):
        with Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules", "--log-level", "trace") as server:
            self.plant(server)
            with server.connect("admin", subject="root") as root:
                figures = root.call("server.metrics")["text"]
            server.stop(15)
            log = "".join(server.log)
            self.assertIn("listening", log)
            for planted in SECRETS + PRIVATE:
                self.assertNotIn(planted, log)
                self.assertNotIn(planted, figures)
            held = b"".join(path.read_bytes() for path in pathlib.Path(server.folder).iterdir() if path.is_file())
            for planted in SECRETS:
                self.assertNotIn(planted.encode(), held, planted)

    def plant(self, server):
        """Sends these values wherever a call accepts text, in invalid calls as well."""
        everything = " ".join(SECRETS + PRIVATE)
        with server.connect("admin", subject="root", tier="3", team="delivery") as root:
            def attempt(method, **params):
                try:
                    return root.call(method, **params)
                except RPCError:
                    return {}

            query = attempt("knowledge.search", query=f"refund {everything}").get("query_id")
            attempt("knowledge.feedback", article_id="late-delivery-refund", query_id=query, verdict="wrong", comment=everything)
            attempt("knowledge.get", article_id=everything)
            attempt("knowledge.search", query=everything, **{everything: 1})
            attempt("no.such." + everything)
            attempt("session.authenticate", token=everything)
            attempt("conversation.open", conversation_id="c1", channel="voice", customer={"id": "k1", "name": "Plantedname", "note": everything})
            attempt("conversation.observe", conversation_id="c1", speaker="customer", text=f"I am furious! {everything}", turn_id="1")
            attempt("conversation.observe", conversation_id="c1", speaker="nobody", text=everything)
            attempt("alerts.raise", conversation_id="c1", note=everything)
            grant = attempt("resolution.request", idempotency_key="g1", action="refund", reason="late_delivery", conversation_id="c1",
                            amount={"amount": "500.00", "currency": "EUR"}, context={"note": everything})
            attempt("resolution.cancel", resolution_id=grant.get("resolution_id", ""), reason=everything)
            session = attempt("script.start", script_id="late-delivery", conversation_id="c1", session_id="s1")
            attempt("script.note", session_id="s1", text=everything)
            attempt("script.advance", session_id="s1", revision=session.get("revision", 1), value=everything)
            attempt("script.abandon", session_id="s1", reason=everything)
            attempt("sentiment.score", text=everything)
            attempt("conversation.close", conversation_id="c1", disposition={"code": "done", "note": everything})
            root.send(everything.encode() + b"\n")
            root.receive()


class Figures(unittest.TestCase):
    def test_each_capability_is_counted(self):
        with Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules") as server:
            with server.connect("agent", "admin", subject="anna", tier="1", team="delivery") as anna:
                anna.call("knowledge.search", query="parcel")
                anna.call("conversation.open", conversation_id="c1", channel="chat")
                anna.call("conversation.observe", conversation_id="c1", speaker="customer", text="I want to speak to your supervisor right now!")
                anna.call("resolution.request", idempotency_key="1", action="refund", reason="late_delivery", customer_id="k1",
                          reference={"type": "order", "id": "o1"}, amount={"amount": "5.00", "currency": "EUR"})
                wanted = {
                    'frontline_searches_total{outcome="found"} 1', 'frontline_resolutions_total{status="approved"} 1',
                    'frontline_turns_total{sentiment=', 'frontline_alert_events_total{event="raised",'}
                deadline = time.monotonic() + 10
                while wanted and time.monotonic() < deadline:
                    figures = anna.call("server.metrics")["text"]
                    wanted = {line for line in wanted if line not in figures}
                self.assertEqual(wanted, set())


@needs_folder
class Copies(unittest.TestCase):
    def test_a_copy_made_under_load_is_whole_and_holds_what_was_acknowledged_before(self):
        with Server() as server, tempfile.TemporaryDirectory(prefix="frontline-") as folder:
            taken, over = [], threading.Event()
            token = server.token("knowledge_manager")

            def write():
                with server.connect() as keeper:
                    keeper.call("session.authenticate", token=token)
                    while not over.is_set():
                        name = f"a{len(taken)}"
                        keeper.call("knowledge.import", xml=(
                            f'<article xmlns="urn:frontline:knowledge:1" id="{name}"><title>{name}</title>'
                            f'<section kind="body"><p>{"text " * 300}</p></section></article>'))
                        taken.append(name)

            thread = threading.Thread(target=write)
            thread.start()
            try:
                while len(taken) < 50:
                    over.wait(0.01)
                for number in range(3):
                    before = list(taken)
                    copy = os.path.join(folder, f"{number}.sqlite")
                    made = json.loads(run("backup", copy, "--json", "--data", server.folder).stdout)
                    self.assertEqual((made["file"], made["bytes"]), (copy, os.path.getsize(copy)))
                    restored = os.path.join(folder, str(number))
                    told = run("restore", copy, "--data", restored).stdout
                    self.assertRegex(told, rf"^{re.escape(restored)} holds the store of {re.escape(copy)}: [\d.]+ [KM]iB, as it was at ")
                    verified = json.loads(run("audit", "verify", "--data", restored).stdout)
                    self.assertTrue(verified["ok"])
                    self.assertGreaterEqual(verified["entries"], len(before))
                    for name in (before[0], before[-1]):
                        hits = json.loads(run("knowledge", "search", name, "--json", "--data", restored).stdout)["hits"]
                        self.assertIn(name, [hit["article_id"] for hit in hits])
            finally:
                over.set()
                thread.join(30)
            shutil.rmtree(server.folder, ignore_errors=True)


if __name__ == "__main__":
    unittest.main()
