"""Calls over HTTP and WebSocket as a browser or another program makes them; with the Python package websockets, if it is installed."""
import asyncio
import json
import shutil
import signal
import ssl
import subprocess
import tempfile
import unittest

from frontline_process import ROOT, Server, run
from web_client import PROTOCOL, Socket, Web, request, web_port

try:
    import websockets
except ImportError:
    websockets = None


class WebServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules", "--web", "127.0.0.1:0")
        cls.port = web_port(cls.server)
        cls.agent = cls.server.token("agent", subject="anna", team="delivery", tier="1")
        cls.chief = cls.server.token("supervisor", subject="sofia", team="delivery", tier="2")

    @classmethod
    def tearDownClass(cls):
        assert cls.server.stop() == 0

    def test_what_is_here(self):
        with Web(self.port) as page:
            home = page.ask("GET", "/")
            self.assertEqual(home.status, 200)
            self.assertIn(b"/ws", home.body)
            health = page.ask("GET", "/health")
            self.assertEqual((health.status, health.json["status"]), (200, "ok"))
            missing = page.ask("GET", "/nothing")
            self.assertEqual((missing.status, missing.json["status"]), (404, 404))
            wrong = page.ask("GET", "/rpc")
            self.assertEqual((wrong.status, wrong.headers["allow"]), (405, "POST"))
            for answer in (home, health, missing, wrong):
                self.assertEqual(answer.headers["x-content-type-options"], "nosniff")
                self.assertIn("frame-ancestors 'none'", answer.headers["content-security-policy"])

    def test_the_description_names_the_servers(self):
        with Web(self.port) as page:
            servers = page.post(request(1, "rpc.discover")).json["result"]["servers"]
        self.assertEqual([server["url"] for server in servers], ["tcp://127.0.0.1:0", "/ws", "/rpc"])

    def test_single_calls_and_batches(self):
        with Web(self.port) as page:
            found = page.post(request(1, "knowledge.search", query="my parcel is late"), token=self.agent)
            self.assertEqual((found.status, found.headers["content-type"]), (200, "application/json"))
            self.assertTrue(found.json["result"]["hits"])
            batch = [json.loads(request(n, "server.info")) for n in (1, 2)] + [{"jsonrpc": "2.0", "method": "server.info"}]
            self.assertEqual([answer["id"] for answer in page.post(json.dumps(batch)).json], [1, 2])
            nothing = page.post(json.dumps({"jsonrpc": "2.0", "method": "server.info"}))
            self.assertEqual((nothing.status, nothing.body), (204, b""))
            self.assertEqual(page.post(request(1, "knowledge.list")).json["error"]["code"], 1001)
            wrong = page.post(request(1, "knowledge.list"), token="fl_wrong")
            self.assertEqual((wrong.status, wrong.json["error"]["code"]), (401, 1001))
            self.assertTrue(wrong.headers["www-authenticate"].startswith("Bearer"))
            self.assertEqual(page.post("{").json["error"]["code"], -32700)
            self.assertEqual(page.post(request(1, "alerts.subscribe"), token=self.chief).json["error"]["code"], 1007)

    def test_an_alert_reaches_a_supervisor_over_websocket(self):
        with Socket(self.port, token=self.chief) as chief, Web(self.port) as page:
            subscribed = chief.call("alerts.subscribe")
            opened = page.post(request(1, "conversation.open", channel="chat"), token=self.agent).json["result"]
            page.post(request(2, "alerts.raise", conversation_id=opened["conversation_id"], note="please help"), token=self.agent)
            event = chief.message()
            self.assertEqual((event["method"], event["params"]["subscription_id"]), ("alerts.event", subscribed["subscription_id"]))

    def test_the_subprotocol_is_required(self):
        with self.assertRaisesRegex(ConnectionError, "400.*" + PROTOCOL):
            Socket(self.port, protocol="jsonrpc")
        with self.assertRaisesRegex(ConnectionError, "400"):
            Socket(self.port, protocol=None)

    def test_other_names_and_origins_are_those_that_are_listed(self):
        with Server("--web", "127.0.0.1:0", "--web-hosts", "desk.example.com", "--web-origins", "https://desk.example.com") as server:
            port = web_port(server)
            with Socket(port, host="desk.example.com", origin="https://desk.example.com") as page:
                page.call("server.info")
            with Web(port) as page:
                self.assertEqual(page.ask("GET", "/health").status, 421)
                self.assertEqual(page.ask("GET", "/health", host=f"desk.example.com:{port}").status, 200)
                refused = page.post(request(1, "server.info"), host="desk.example.com", Origin=f"http://127.0.0.1:{port}")
                self.assertEqual(refused.status, 403)

    def test_pages_and_calls_without_a_token_share_the_limit_of_an_address(self):
        with Server("--web", "127.0.0.1:0", "--public-rate-limit", "1") as server:
            with Web(web_port(server), source="127.0.0.2") as stranger:
                answers = [stranger.ask("GET", "/health") for _ in range(30)]
                limited = [answer for answer in answers if answer.status == 429]
                self.assertEqual({answer.status for answer in answers}, {200, 429})
                self.assertGreaterEqual(int(limited[0].headers["retry-after"]), 1)
                calls = [stranger.post(request(1, "server.info")).json.get("error", {}).get("code") for _ in range(10)]
                self.assertIn(1005, calls)
            with Web(web_port(server)) as other:
                self.assertEqual(other.ask("GET", "/health").status, 200)

    def test_the_end_of_the_server_is_told(self):
        with Server("--web", "127.0.0.1:0") as server, Socket(web_port(server)) as page:
            page.call("server.info")
            server.process.send_signal(signal.SIGTERM)
            self.assertEqual(page.end(), 1001)
            self.assertEqual(server.process.wait(15), 0)

    def test_a_revoked_token_ends_the_websocket(self):
        token = self.server.token("agent", subject="leaver")
        with Socket(self.port, token=token) as leaver, Socket(self.port, token=self.agent) as stayer:
            rows = run("token", "list", "--json", "--data", self.server.folder).stdout.splitlines()
            run("token", "revoke", "--data", self.server.folder, next(r["id"] for r in map(json.loads, rows) if r["subject"] == "leaver"))
            self.assertEqual(leaver.end(), 1008)
            stayer.call("knowledge.list")

    def test_without_authentication_both_are_admins_as_on_lines(self):
        with Server("--no-auth", "--web", "127.0.0.1:0") as server:
            with Socket(web_port(server)) as socket, Web(web_port(server)) as page:
                socket.call("audit.verify")
                self.assertIn("result", page.post(request(1, "audit.verify")).json)

    @unittest.skipIf(shutil.which("curl") is None, "curl is missing")
    def test_curl_makes_calls_small_and_large(self):
        for text in ("parcel", "parcel " * 20_000):
            body = request(1, "knowledge.suggest", text=text)
            done = subprocess.run(
                ["curl", "-sS", f"http://127.0.0.1:{self.port}/rpc", "-H", "Content-Type: application/json", "-H", f"Authorization: Bearer {self.agent}", "-d", "@-"],
                input=body, capture_output=True, text=True, timeout=60)
            self.assertEqual(json.loads(done.stdout)["id"], 1, done.stderr)


@unittest.skipIf(websockets is None, "websockets is not installed: pip install --target .build/python websockets")
class ForeignClient(unittest.TestCase):
    def connect(self, port, **options):
        return websockets.connect(f"ws://127.0.0.1:{port}/ws", subprotocols=[PROTOCOL], **options)

    def test_it_signs_in_pipelines_batches_and_closes(self):
        async def play(port, token):
            async with self.connect(port) as page:
                self.assertEqual(page.subprotocol, PROTOCOL)
                self.assertEqual(page.protocol.extensions, [])
                await page.send(request(0, "session.authenticate", token=token))
                for number in range(1, 101):
                    await page.send(request(number, "knowledge.search", query=f"parcel {number}"))
                answers = [json.loads(await page.recv()) for _ in range(101)]
                # Calls are carried out in order, and answered when they are done.
                by_id = {answer["id"]: answer for answer in answers}
                self.assertEqual(set(by_id), set(range(101)))
                self.assertEqual(by_id[0]["result"]["subject"], "anna")
                self.assertTrue(all("result" in answer for answer in answers))
                await page.send(f"[{request(1, 'server.info')}, {request(2, 'server.info')}]")
                self.assertEqual(len(json.loads(await page.recv())), 2)
                await page.send(["{\"jsonrpc\": \"2.0\", \"id\"", ": 7, \"method\": ", "\"server.info\"}"])
                self.assertEqual(json.loads(await page.recv())["id"], 7)
                await page.send(request(8, "rpc.discover"))
                self.assertGreater(len(await page.recv()), 100_000)
                await asyncio.wait_for(await page.ping(), 10)
            self.assertEqual(page.close_code, 1000)

        with Server("--knowledge", ROOT / "knowledge", "--web", "127.0.0.1:0") as server:
            asyncio.run(play(web_port(server), server.token("agent", subject="anna")))

    def test_it_is_told_why_a_connection_ends(self):
        async def ends(port, message):
            async with self.connect(port, max_size=None) as page:
                await page.send(message)
                with self.assertRaises(websockets.ConnectionClosed) as caught:
                    while True:
                        await page.recv()
                return caught.exception.rcvd.code

        with Server("--web", "127.0.0.1:0", "--line-limit", "2000") as server:
            self.assertEqual(asyncio.run(ends(web_port(server), b"binary")), 1003)
            self.assertEqual(asyncio.run(ends(web_port(server), " " * 2_001)), 1009)

    def test_it_works_over_tls(self):
        folder = tempfile.mkdtemp(prefix="frontline-")
        names = [f"{folder}/c.pem", f"{folder}/k.pem"]
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", names[0], "-keyout", names[1]], check=True, capture_output=True)

        async def play(port):
            context = ssl.create_default_context(cafile=names[0])
            async with websockets.connect(f"wss://localhost:{port}/ws", subprotocols=[PROTOCOL], ssl=context, origin=f"https://localhost:{port}") as page:
                await page.send(request(1, "server.info"))
                self.assertEqual(json.loads(await page.recv())["result"]["protocol"], "1")

        with Server("--web", "127.0.0.1:0", "--tls-certificate", names[0], "--tls-key", names[1]) as server:
            asyncio.run(play(web_port(server)))
        shutil.rmtree(folder)


if __name__ == "__main__":
    unittest.main()
