"""Runs the clients of `clients/` against a server and checks what their pages promise."""
import json
import os
import pathlib
import queue
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from frontline_process import ROOT, Server, run
from web_client import PROTOCOL, web_port

try:
    from websockets.exceptions import ConnectionClosed
    from websockets.sync.server import serve
except ImportError:
    serve = None

CLIENTS = pathlib.Path(__file__).resolve().parent / "clients"
sys.path.insert(0, str(CLIENTS / "python"))
import frontline_client
from frontline_client import Client


needs_websockets = unittest.skipIf(serve is None, "websockets is not installed: make clients")


class PythonClient(unittest.TestCase):
    @staticmethod
    def addressed(server):
        return f"127.0.0.1:{server.port}"

    @classmethod
    def setUpClass(cls):
        cls.server = Server(
            "--knowledge", ROOT / "knowledge", "--web", "127.0.0.1:0", "--socket", tempfile.mktemp(suffix=".sock", prefix="frontline-"))
        cls.address = cls.addressed(cls.server)
        cls.token = cls.server.token("agent")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def client(self, **options):
        client = Client(self.address, token=self.token, **options)
        self.addCleanup(client.close)
        return client

    def test_a_call_answers_its_result(self):
        hits = self.client(client="test").call("knowledge.search", query="parcel is late", limit=3)["hits"]
        self.assertEqual(len(hits), 3)

    def test_a_unix_socket_does_as_well(self):
        with Client(f"unix:{self.server.arguments[-1]}") as client:
            self.assertEqual(client.call("server.info")["protocol"], "1")

    def test_errors_are_exceptions_that_say_what_is_wrong(self):
        with self.assertRaises(frontline_client.Unauthenticated):
            Client(self.address).call("knowledge.search", query="a")
        with self.assertRaises(frontline_client.Unauthenticated):
            Client(self.address, token="nonsense").call("knowledge.search", query="a")
        client = self.client()
        with self.assertRaises(frontline_client.NotFound) as caught:
            client.call("knowledge.get", article_id="no-such-article")
        self.assertEqual(caught.exception.name, "not_found")
        with self.assertRaises(frontline_client.InvalidParams) as caught:
            client.call("knowledge.search", query="a", limit=0)
        self.assertEqual(caught.exception.path, "params.limit")
        with self.assertRaises(frontline_client.Forbidden):
            client.call("policy.list")
        with self.assertRaises(frontline_client.FrontlineError) as caught:
            client.call("no.such")
        self.assertEqual(caught.exception.code, -32601)

    def test_calls_are_pipelined(self):
        client = self.client()
        futures = [client.send("knowledge.search", query=f"parcel {number}", limit=1) for number in range(200)]
        self.assertEqual(len({future.result(30)["query_id"] for future in futures}), 200)

    def test_threads_share_a_client(self):
        client = self.client()
        wrong = []

        def work(number):
            for step in range(20):
                text = f"word{number}x{step}"
                # There are no completions for it, and the error of an unknown article names the requested id.
                try:
                    client.call("knowledge.get", article_id=text)
                except frontline_client.NotFound as error:
                    if text not in error.message:
                        wrong.append((text, error.message))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])

    def test_a_closed_client_refuses(self):
        client = self.client()
        client.call("server.info")
        client.close()
        with self.assertRaises(frontline_client.ConnectionLost):
            client.call("server.info")


@needs_websockets
class PythonClientOverWebSocket(PythonClient):
    @staticmethod
    def addressed(server):
        return f"ws://127.0.0.1:{web_port(server)}/ws"

    def test_tokens_in_addresses_are_refused(self):
        for address in (f"{self.address}?token=fl_1", "ws://fl_1@127.0.0.1:7412/ws"):
            with self.assertRaises(ValueError):
                Client(address)

    def test_what_is_no_websocket_is_told(self):
        with self.assertRaisesRegex(frontline_client.ConnectionLost, "404"):
            Client(self.address.replace("/ws", "/elsewhere")).call("server.info")


class WithoutThePackage(unittest.TestCase):
    def test_it_is_named(self):
        script = "import sys; sys.modules['websockets'] = None\nfrom frontline_client import Client\nClient('ws://127.0.0.1:9/ws').call('server.info')"
        done = subprocess.run([sys.executable, "-c", script], cwd=CLIENTS / "python", capture_output=True, text=True, timeout=60)
        self.assertIn("pip install websockets", done.stderr)


class Encrypted(unittest.TestCase):
    def test_tls_is_spoken_and_the_certificate_checked(self):
        if shutil.which("openssl") is None:
            self.skipTest("openssl is not installed")
        with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
            key, certificate = os.path.join(folder, "key.pem"), os.path.join(folder, "certificate.pem")
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-keyout", key, "-out", certificate,
                 "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
            with Server("--web", "127.0.0.1:0", "--tls-certificate", certificate, "--tls-key", key) as server:
                with Client(f"localhost:{server.port}", ca=certificate) as client:
                    self.assertEqual(client.call("server.info")["protocol"], "1")
                if serve:
                    with Client(f"wss://localhost:{web_port(server)}/ws", ca=certificate) as client:
                        self.assertEqual(client.call("server.info")["protocol"], "1")
                    with self.assertRaises(OSError), Client(f"wss://localhost:{web_port(server)}/ws") as client:
                        client.call("server.info")
                with self.assertRaises(OSError), Client(f"localhost:{server.port}", tls=True) as client:
                    client.call("server.info")
                with self.assertRaises((OSError, TimeoutError)), Client(f"localhost:{server.port}", timeout=5) as client:
                    client.call("server.info")


class LostConnections(unittest.TestCase):
    def test_the_next_call_connects_and_authenticates_again(self):
        with Server("--knowledge", ROOT / "knowledge", "--web", "127.0.0.1:0") as server:
            for address in [PythonClient.addressed(server)] + ([PythonClientOverWebSocket.addressed(server)] if serve else []):
                client = Client(address, token=server.token("agent"))
                self.addCleanup(client.close)
                client.call("knowledge.search", query="parcel")
                client._wire.messages.end()
                deadline = time.monotonic() + 5
                while not client._wire.is_lost and time.monotonic() < deadline:
                    time.sleep(0.01)
                self.assertTrue(client.call("knowledge.search", query="parcel")["hits"])

    def test_calls_under_way_are_told(self):
        with ScriptedServer() as server:
            client = Client(server.address, timeout=5)
            self.addCleanup(client.close)
            future = client.send("server.info")
            server.take()
            server.drop()
            with self.assertRaises(frontline_client.ConnectionLost):
                future.result(5)


class Subscriptions(unittest.TestCase):
    """Tests against a scripted server, for behaviour that is rare in a real one."""

    def scripted(self):
        return ScriptedServer()

    def setUp(self):
        self.server = self.scripted()
        self.addCleanup(self.server.close)
        self.client = Client(self.server.address, timeout=5)
        self.addCleanup(self.client.close)

    def subscribe(self, after="0"):
        done = []
        thread = threading.Thread(target=lambda: done.append(self.client.subscribe("alerts.subscribe", after=after)))
        thread.start()
        self.assertEqual(self.accept("one")["params"], {"after": after})
        thread.join(5)
        return done[0]

    def accept(self, identifier):
        request = self.server.take()
        self.assertEqual(request["method"], "alerts.subscribe")
        self.server.answer(request, {"subscription_id": identifier, "cursor": "0"})
        return request

    def event(self, identifier, cursor, kind="event"):
        self.server.say({"jsonrpc": "2.0", "method": f"alerts.{kind}", "params": {
            "subscription_id": identifier, "cursor": cursor, "event": "raised", "alert": {}}})

    def test_events_are_iterated_in_order_and_heartbeats_move_the_cursor(self):
        subscription = self.subscribe()
        for cursor in ("1", "2"):
            self.event("one", cursor)
            self.assertEqual(subscription.next(5)["cursor"], cursor)
        self.event("one", "9", kind="heartbeat")
        with self.assertRaises(TimeoutError):
            subscription.next(0.2)
        self.assertEqual(subscription.cursor, "9")

    def test_after_a_lost_connection_it_goes_on_from_its_cursor(self):
        subscription = self.subscribe()
        self.event("one", "1")
        self.event("one", "2")
        self.assertEqual(subscription.next(5)["cursor"], "1")
        self.assertEqual(subscription.next(5)["cursor"], "2")
        self.server.drop()
        taken = []
        thread = threading.Thread(target=lambda: taken.append(subscription.next(10)))
        thread.start()
        self.assertEqual(self.accept("two")["params"], {"after": "2"})
        self.event("one", "1")
        self.event("two", "3")
        thread.join(10)
        self.assertEqual([event["cursor"] for event in taken], ["3"])

    def test_a_subscriber_that_was_dropped_for_being_slow_subscribes_again(self):
        subscription = self.subscribe()
        self.event("one", "5", kind="lagging")
        thread = threading.Thread(target=lambda: subscription.next(10))
        thread.start()
        request = self.server.take()
        if request["method"] == "alerts.unsubscribe":
            self.server.answer(request, {})
            request = self.server.take()
        self.assertEqual((request["method"], request["params"]), ("alerts.subscribe", {"after": "5"}))
        self.server.answer(request, {"subscription_id": "two", "cursor": "5"})
        self.event("two", "6")
        thread.join(10)
        self.assertEqual(subscription.cursor, "6")

    def test_closing_ends_the_iteration(self):
        subscription = self.subscribe()
        self.event("one", "1")
        seen = []
        thread = threading.Thread(target=lambda: seen.extend(subscription))
        thread.start()
        deadline = time.monotonic() + 5
        while not seen and time.monotonic() < deadline:
            time.sleep(0.01)
        self.client.close()
        thread.join(5)
        self.assertFalse(thread.is_alive())
        self.assertEqual(len(seen), 1)


@needs_websockets
class SubscriptionsOverWebSocket(Subscriptions):
    def scripted(self):
        return ScriptedPage()


class ScriptedServer:
    """Sends what a test tells it to, over one connection at a time."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(10)
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.connection = self.stream = None

    def take(self):
        if self.connection is None:
            self.connection, _ = self.listener.accept()
            self.connection.settimeout(10)
            self.stream = self.connection.makefile("rwb")
        return json.loads(self.stream.readline())

    def say(self, message):
        self.stream.write(json.dumps(message).encode() + b"\n")
        self.stream.flush()

    def answer(self, request, result):
        self.say({"jsonrpc": "2.0", "id": request["id"], "result": result})

    def drop(self):
        if self.connection:
            self.stream.close()
            self.connection.close()
            self.connection = None

    def close(self):
        self.drop()
        self.listener.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class ScriptedPage:
    """The same over WebSocket."""

    def __init__(self):
        self.requests = queue.Queue()
        self.connection = None
        self.server = serve(self.talk, "127.0.0.1", 0, subprotocols=[PROTOCOL], close_timeout=1)
        self.address = f"ws://127.0.0.1:{self.server.socket.getsockname()[1]}/ws"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def talk(self, connection):
        self.connection = connection
        try:
            for text in connection:
                self.requests.put(json.loads(text))
        except ConnectionClosed:
            """The client has gone, or was dropped."""

    def take(self):
        return self.requests.get(timeout=10)

    def say(self, message):
        self.connection.send(json.dumps(message))

    answer = ScriptedServer.answer

    def drop(self):
        self.connection.socket.shutdown(socket.SHUT_RDWR)

    def close(self):
        self.server.shutdown()


class Examples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules", "--web", "127.0.0.1:0")
        cls.address = PythonClient.addressed(cls.server)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def example(self, *arguments, token, check=True):
        done = subprocess.run(
            [*map(str, arguments)], capture_output=True, text=True, timeout=60, env={**os.environ, "FRONTLINE_TOKEN": token})
        if check:
            self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def python(self, name, *arguments, address=None, **options):
        return self.example(sys.executable, CLIENTS / "python" / "examples" / name, address or self.address, *arguments, **options)

    def shell(self, name, *arguments, **options):
        for program in ("bash", "nc", "jq"):
            if shutil.which(program) is None:
                self.skipTest(f"{program} is not installed")
        return self.example(CLIENTS / "shell" / name, "127.0.0.1", self.server.port, *arguments, **options)

    def test_search_prints_the_articles(self):
        done = self.python("search.py", "parcel", "is", "late", token=self.server.token("agent"))
        self.assertIn("late-delivery-refund", done.stdout)

    @needs_websockets
    def test_examples_work_over_websocket(self):
        address = PythonClientOverWebSocket.addressed(self.server)
        done = self.python("search.py", "parcel", "is", "late", address=address, token=self.server.token("agent"))
        self.assertIn("late-delivery-refund", done.stdout)

    def test_any_method_is_called_from_the_shell(self):
        done = self.shell(
            "frontline.sh", "knowledge.search", '{"query": "parcel is late", "limit": 3}', token=self.server.token("agent"))
        self.assertIn("late-delivery-refund", [hit["article_id"] for hit in json.loads(done.stdout)["hits"]])

    def test_the_shell_says_what_the_server_refused(self):
        done = self.shell("frontline.sh", "policy.list", token=self.server.token("agent"), check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("forbidden", done.stderr)
        done = self.shell("frontline.sh", "server.info", token="nonsense", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("unauthenticated", done.stderr)

    def test_a_contact_is_transcribed_and_a_supervisor_sees_the_alert(self):
        methods = run("call", "rpc.discover", "--connect", self.address).stdout
        if "conversation.observe" not in methods or "alerts.subscribe" not in methods:
            self.skipTest("this server does not observe conversations")
        with tempfile.TemporaryDirectory() as folder:
            contact = pathlib.Path(folder, "contact-17.txt")
            contact.write_text(CONTACT, encoding="utf-8")
            cursor = pathlib.Path(folder, "cursor")
            agent = self.server.token("agent", subject="anna", tier="1", team="delivery")
            done = self.python("transcribe.py", contact, token=agent)
            self.assertIn("article:", done.stdout)
            self.assertIn("a supervisor was alerted", done.stdout)
            chief = self.server.token("supervisor", subject="sofia", team="delivery")
            done = self.python("watch_alerts.py", cursor, "1", token=chief)
            self.assertIn("raised", done.stdout)
            self.assertTrue(cursor.read_text(encoding="utf-8"))
            self.follow_from_the_shell(chief)

    def follow_from_the_shell(self, token):
        if shutil.which("jq") is None or shutil.which("bash") is None:
            return
        process = subprocess.Popen(
            [str(CLIENTS / "shell" / "watch_alerts.sh"), "127.0.0.1", str(self.server.port), "0"],
            stdout=subprocess.PIPE, text=True, env={**os.environ, "FRONTLINE_TOKEN": token}, start_new_session=True)
        try:
            self.assertIn("raised", process.stdout.readline())
        finally:
            os.killpg(process.pid, 15)
            process.wait(10)
            process.stdout.close()


CONTACT = """customer: Hello, my parcel is late, do I get money back?
agent: I am sorry about that. May I have the order number?
customer: OH-26-104233. I have called three times already and nobody ever helps me!
customer: This is a disgrace, the worst service I have ever had. I want to speak to your supervisor right now.
customer: I am furious. You have lied to me twice. I will call my lawyer and I want my money back.
"""


if __name__ == "__main__":
    unittest.main()
