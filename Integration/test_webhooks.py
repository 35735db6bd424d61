"""Webhooks as other systems get them: signed, in order, at least once; with receivers that fail, hang, redirect, restart and lie."""
import base64
import json
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

from frontline_process import ROOT, Server, run
from webhook_receiver import OTHER, SECRET, Receiver, verified

try:
    from standardwebhooks.webhooks import Webhook, WebhookVerificationError
except ImportError:
    Webhook = None

WORK = """
kinds:
  quick: {title: Quick, team: service, clocks: none}
"""
ENTRY = """  {name}:
    url: {url}
    events: {events}
    teams: {teams}
    secrets: {secrets}
    allow_private: true
    timeouts: {{connect: 2s, total: 2s}}
    retry: {retry}
    breaker: {{failures: 3, pause: 1s, longest: 1s}}
{more}"""


class Webhooks(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="frontline-hooks-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        (self.folder / "work.yaml").write_text(WORK)
        self.secret = self.folder / "secret"
        self.secret.write_text(SECRET + "\n")
        self.entries = {}

    def receiver(self, answer=lambda receipt: 200, **options):
        receiver = Receiver(answer, **options)
        self.addCleanup(receiver.close)
        return receiver

    def hook(self, name, receiver, **members):
        """Adds a webhook to the file; `url`, `events`, `teams`, `secrets`, `retry` and `more` have defaults."""
        defaults = {"url": f"http://127.0.0.1:{receiver.port}/in" if receiver else None, "events": "[work.*]", "teams": "[service]",
                    "secrets": f"[{{file: {self.secret}}}]", "retry": "[1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s]", "more": ""}
        self.entries[name] = ENTRY.format(name=name, **{**defaults, **members})
        (self.folder / "webhooks.yaml").write_text("webhooks:\n" + "".join(self.entries.values()))

    def serve(self, *arguments, **options):
        self.server = Server("--rules", self.folder, *arguments, **options)
        self.addCleanup(self.server.__exit__)
        self.olga = self.connect("operations", subject="olga")
        self.anna = self.connect("agent", subject="anna", team="service")
        self.operations = self.server.token("operations", subject="olga")
        # A hook begins with what happens after the server has seen it.
        self.until(lambda: self.olga.call("webhook.list")["webhooks"] and all(
            hook["behind"] == 0 for hook in self.olga.call("webhook.list")["webhooks"]))
        time.sleep(0.5)

    def connect(self, *roles, **attributes):
        connection = self.server.connect(*roles, **attributes)
        self.addCleanup(connection.close)
        return connection

    def until(self, condition, seconds=30):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, "nothing has changed in time")
            time.sleep(0.05)

    def standing(self, name="crm"):
        return next(hook for hook in self.olga.call("webhook.list")["webhooks"] if hook["webhook"] == name)

    def item(self, *comments):
        """A new item of work with comments; two more events than comments."""
        item = self.anna.call("work.create", kind="quick")["work_id"]
        for text in comments:
            self.anna.call("work.comment", work_id=item, text=text)
        self.anna.call("work.cancel", work_id=item, reason="tried")
        return item

    def command(self, *arguments, check=True):
        return run("webhook", *arguments, "--connect", f"127.0.0.1:{self.server.port}", "--token", self.operations, check=check)

    def test_events_are_signed_and_say_what_the_feed_says(self):
        receiver = self.receiver()
        self.hook("crm", receiver)
        self.serve()
        item = self.item("ask eve@example.org")
        created, commented, cancelled = receiver.wait(3)
        self.assertEqual([receipt.event["type"] for receipt in (created, commented, cancelled)],
                         ["work.created", "work.commented", "work.cancelled"])
        self.assertEqual(created.event["subject"], f"work/{item}")
        self.assertEqual(created.event["data"]["item"]["work_id"], item)
        self.assertNotIn(b"eve@example.org", commented.body)
        self.assertEqual(created.headers["content-type"], "application/cloudevents+json; charset=utf-8")
        self.assertEqual(created.headers["webhook-id"], created.id)
        self.assertTrue(verified(created.headers, created.body))
        self.assertFalse(verified(created.headers, created.body + b" "))
        self.assertFalse(verified(created.headers, created.body, OTHER))
        # The page for receivers says how.
        names = {}
        exec(re.search(r"```python\n(.*?)```", (ROOT / "docs" / "webhooks.md").read_text(), re.S)[1], names)  # noqa: S102
        self.assertTrue(names["verify"](SECRET, created.headers, created.body))
        self.assertFalse(names["verify"](OTHER, created.headers, created.body))
        # Another system's library reads it as ours.
        if Webhook is None:
            self.skipTest("the package standardwebhooks is not installed")
        Webhook(SECRET).verify(created.body, created.headers)
        with self.assertRaises(WebhookVerificationError):
            Webhook(OTHER).verify(created.body, created.headers)

    @unittest.skipUnless(shutil.which("node"), "node is not installed")
    def test_the_page_for_receivers_is_right_in_javascript(self):
        receiver = self.receiver()
        self.hook("crm", receiver)
        self.serve()
        self.item()
        receipt = receiver.wait(1)[0]
        snippet = re.search(r"```js\n(.*?)```", (ROOT / "docs" / "webhooks.md").read_text(), re.S)[1]
        program = self.folder / "verify.mjs"
        program.write_text(snippet + """
const [headers, body] = [JSON.parse(process.argv[2]), Buffer.from(process.argv[3], "base64")];
console.log(process.argv.slice(4).map(secret => verify(secret, headers, body)).join(" "));
""")
        body = base64.b64encode(receipt.body).decode()
        said = subprocess.run(["node", program, json.dumps(receipt.headers), body, SECRET, OTHER], capture_output=True, text=True, check=True)
        self.assertEqual(said.stdout.split(), ["true", "false"])

    def test_secrets_are_exchanged_without_a_gap(self):
        receiver = self.receiver()
        self.hook("crm", receiver, secrets=f"[{{file: {self.secret}}}, {{env: FRONTLINE_WEBHOOK_OLD}}]")
        self.serve(prefix=("env", f"FRONTLINE_WEBHOOK_OLD={OTHER}"))
        self.item()
        receipt = receiver.wait(2)[0]
        self.assertTrue(verified(receipt.headers, receipt.body) and verified(receipt.headers, receipt.body, OTHER))
        # A file is read again for each event.
        self.secret.write_text(OTHER)
        self.item()
        receipt = receiver.wait(4)[3]
        self.assertFalse(verified(receipt.headers, receipt.body))
        # Without its secret nothing is sent, and nothing is lost.
        self.secret.unlink()
        self.item()
        self.until(lambda: "secret" in self.standing().get("problem", ""))
        self.assertEqual(len(receiver.receipts), 4)
        self.secret.write_text(SECRET)
        receiver.wait(6)

    def test_a_receiver_that_fails_gets_everything_in_order(self):
        fails = {"left": 4}

        def answer(receipt):
            fails["left"] -= 1
            return [500, 503, (302, {"Location": "http://127.0.0.1:1/"}), "reset", "half"][fails["left"] % 5] if fails["left"] >= 0 else 204

        receiver = self.receiver(answer)
        self.hook("crm", receiver)
        self.serve()
        self.item("one", "two", "three")
        self.until(lambda: self.standing()["delivered"] == 5)
        taken = [receipt.event["sequence"] for receipt in receiver.receipts][4:]
        self.assertEqual(taken, sorted(set(taken)))
        self.assertEqual(len({receipt.id for receipt in receiver.receipts}), 5)
        self.assertEqual({receipt.headers["webhook-id"] for receipt in receiver.receipts[:5]}, {receiver.receipts[0].id})

    def test_a_receiver_that_hangs_or_never_ends_holds_up_nobody(self):
        quick, slow = self.receiver(), self.receiver(lambda receipt: "hang")
        endless = self.receiver(lambda receipt: "endless")
        self.hook("crm", quick)
        self.hook("slow", slow)
        self.hook("endless", endless)
        self.serve()
        begun = time.monotonic()
        self.item()
        quick.wait(2, 5)
        endless.wait(2, 5)
        self.assertLess(time.monotonic() - begun, 2)
        self.until(lambda: self.standing("slow").get("problem") == "did not answer in time")
        slow.answer = lambda receipt: 200
        self.until(lambda: self.standing("slow")["delivered"] == 2)

    def test_a_redirect_is_a_failure(self):
        target = self.receiver()
        receiver = self.receiver(lambda receipt: (307, {"Location": f"http://127.0.0.1:{target.port}/in"}))
        self.hook("crm", receiver, retry="[1s]")
        self.serve()
        self.item()
        self.until(lambda: self.standing()["failed"] >= 1)
        self.assertEqual(target.receipts, [])
        rows = self.olga.call("webhook.deliveries", webhook="crm", state="failed")["deliveries"]
        self.assertEqual((rows[-1]["status"], rows[-1]["attempts"]), (307, 2))
        receiver.answer = lambda receipt: 200
        self.assertIn("sent again", self.command("replay", "crm", "--failed").stdout)
        self.until(lambda: self.standing()["waiting"] == 0)
        self.assertIn("delivered", self.command("deliveries", "--webhook", "crm").stdout)

    def test_a_receiver_that_is_gone_comes_back_by_a_test(self):
        receiver = self.receiver(lambda receipt: 410)
        self.hook("crm", receiver)
        self.serve()
        self.item("one")
        self.until(lambda: self.standing()["state"] == "stopped")
        self.assertIn("stopped", self.command("list").stdout)
        refused = self.command("test", "crm", check=False)
        self.assertEqual((refused.returncode, "410" in refused.stderr), (1, True))
        count = len(receiver.receipts)
        receiver.answer = lambda receipt: 200
        self.assertIn("took it", self.command("test", "crm").stdout)
        self.until(lambda: self.standing()["delivered"] == 3)
        self.assertEqual(receiver.receipts[count].event["type"], "webhook.test")

    def test_a_receiver_that_restarts_loses_nothing(self):
        receiver = self.receiver()
        self.hook("crm", receiver)
        self.serve()
        self.item()
        receiver.wait(2)
        receiver.close()
        self.item("one", "two")
        self.until(lambda: self.standing().get("problem") == "cannot be connected to")
        again = self.receiver(port=receiver.port)
        sequences = [receipt.event["sequence"] for receipt in again.wait(4)]
        self.assertEqual(sequences, sorted(sequences))

    def test_a_server_that_is_killed_loses_nothing(self):
        receiver = self.receiver(lambda receipt: 500)
        self.hook("crm", receiver, retry="[" + ", ".join(["1s"] * 30) + "]")
        self.serve()
        for _ in range(5):
            self.item("one", "two")
        receiver.wait(1)
        self.server.stop(signal.SIGKILL)
        receiver.answer = lambda receipt: 200
        count = len(receiver.receipts)
        self.server.start()
        receiver.wait(20, of=lambda receipt: receipt in receiver.receipts[count:])
        by_subject = {}
        for receipt in receiver.receipts[count:]:
            by_subject.setdefault(receipt.event["subject"], []).append(receipt.event["sequence"])
        self.assertEqual(len(by_subject), 5)
        for sequences in by_subject.values():
            self.assertEqual(sequences, sorted(sequences))

    def test_teams_see_their_own(self):
        service, billing = self.receiver(), self.receiver()
        self.hook("service", service)
        self.hook("billing", billing, teams="[billing]")
        self.serve()
        self.item()
        service.wait(2)
        self.assertEqual(billing.receipts, [])

    def test_names_that_lead_to_this_machine_are_refused(self):
        receiver = self.receiver()
        self.hook("crm", receiver)
        self.serve()
        text = "webhooks:\n  own: {url: 'https://%s:%d/', events: [work.*], teams: [service], secrets: [{file: %s}]}\n"
        self.olga.call("policy.publish", name="webhooks", source=text % (socket.gethostname(), receiver.port, self.secret))
        addresses = {entry[4][0] for entry in socket.getaddrinfo(socket.gethostname(), None)}
        if not all(address.startswith(("127.", "10.", "172.", "192.168.", "169.254.", "::1", "fe80", "fd")) for address in addresses):
            self.skipTest("this machine has a public address")
        answer = self.olga.call("webhook.test", webhook="own")
        self.assertEqual((answer["delivered"], answer["problem"]), (False, "is at a private address, which is not allowed"))
        self.assertEqual(receiver.receipts, [])

    def test_certificates_are_verified(self):
        key, certificate = self.folder / "key.pem", self.folder / "own.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
                        "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate], check=True, stderr=subprocess.DEVNULL)
        receiver = self.receiver(tls=(certificate, key))
        url = f"https://127.0.0.1:{receiver.port}/"
        self.hook("trusted", None, url=url, more=f"    ca: {certificate}\n")
        self.hook("unknown", None, url=url)
        self.serve()
        self.assertTrue(self.olga.call("webhook.test", webhook="trusted")["delivered"])
        answer = self.olga.call("webhook.test", webhook="unknown")
        self.assertEqual((answer["delivered"], answer["problem"]), (False, "has no certificate that can be trusted"))

    def test_the_answer_of_a_proxy_is_not_that_of_the_receiver(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        asked = []

        def proxy():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                asked.append(connection.recv(4096))
                connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                connection.close()

        threading.Thread(target=proxy, daemon=True).start()
        self.hook("crm", None, url="https://crm.example.com/")
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.serve(prefix=("env", "-u", "no_proxy", "-u", "NO_PROXY", f"https_proxy={address}"))
        answer = self.olga.call("webhook.test", webhook="crm")
        self.assertTrue(asked[0].startswith(b"CONNECT crm.example.com:443 "), asked)
        self.assertFalse(answer["delivered"], answer)
        self.assertNotIn("status", answer)

    def test_the_sample_file_tells_nobody_and_mistakes_have_their_place(self):
        self.assertIn("0 webhooks", run("webhook", "check", ROOT / "rules" / "webhooks.yaml").stderr)
        wrong = self.folder / "wrong.yaml"
        wrong.write_text("webhooks:\n  crm:\n    url: http://crm.example.com/\n    events: [alert.rised]\n    teams: [a]\n    secrets: [s]\n")
        found = run("webhook", "check", wrong, check=False)
        self.assertEqual(found.returncode, 1)
        for place in ("wrong.yaml:3:10: ", "wrong.yaml:4:14: ", "wrong.yaml:6:15: "):
            self.assertIn(place, found.stdout)
        self.assertIn("alert.raised", found.stdout)
        secrets = {run("webhook", "secret").stdout.strip() for _ in range(3)}
        self.assertTrue(len(secrets) == 3 and all(secret.startswith("whsec_") and len(secret) == 50 for secret in secrets))


if __name__ == "__main__":
    unittest.main()
