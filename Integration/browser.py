"""A page in a real Chromium for tests, the server that it comes from, and what stands between it and Frontline.

Needs the Debian package `chromium` and the Python packages `playwright` and `websockets`, which `make clients browser` installs;
`missing()` says what is not there.
"""
import http.server
import json
import pathlib
import shutil
import socket
import threading

from web_client import PROTOCOL

try:
    from playwright.sync_api import sync_playwright
    from websockets.exceptions import ConnectionClosed
    from websockets.sync.server import serve
except ImportError:
    sync_playwright = ConnectionClosed = serve = None

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MODULE = pathlib.Path(__file__).resolve().parent / "clients" / "browser"
# Stricter than pages need: anything that the module evaluated, injected or loaded from elsewhere would be refused.
POLICY = "default-src 'none'; script-src 'self'; connect-src ws://127.0.0.1:*; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"


def missing():
    """Why there is no browser to test with; None if there is one."""
    if CHROMIUM is None:
        return "chromium is not installed: make browser"
    return "playwright or websockets is not installed: make clients" if sync_playwright is None else None


class PageServer:
    """Serves the folder of the module under a strict policy, as the origin of the page."""

    def __init__(self, folder=MODULE):
        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *arguments):
                super().__init__(*arguments, directory=folder)

            def end_headers(self):
                self.send_header("Content-Security-Policy", POLICY)
                self.send_header("X-Content-Type-Options", "nosniff")
                super().end_headers()

            def log_message(self, *_):
                """Says nothing among the results of tests."""

            extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Browser:
    """Chromium without a window; `page()` opens the example page in a context of its own."""

    def __init__(self):
        self.driver = sync_playwright().start()
        self.browser = self.driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        self.pages = PageServer()

    def page(self):
        page = self.browser.new_context().new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"{self.pages.origin}/example.html")
        return page

    def close(self):
        self.browser.close()
        self.driver.stop()
        self.pages.close()


class Proxy:
    """Passes bytes on between a page and a server, until it is told to cut connections or to hold everything back."""

    def __init__(self, port):
        self.port_behind = port
        self.pairs = []
        self.lock = threading.Lock()
        self.flows = threading.Event()
        self.flows.set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.accepted = 0
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                front, _ = self.listener.accept()
            except OSError:
                return
            self.accepted += 1
            try:
                back = socket.create_connection(("127.0.0.1", self.port_behind), timeout=5)
            except OSError:
                front.close()
                continue
            back.settimeout(None)
            with self.lock:
                self.pairs.append((front, back))
            for start, end in ((front, back), (back, front)):
                threading.Thread(target=self.carry, args=(start, end), daemon=True).start()

    def carry(self, start, end):
        try:
            while data := start.recv(1 << 16):
                self.flows.wait()
                end.sendall(data)
        except OSError:
            pass
        for side in (start, end):
            try:
                side.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        """Ends every connection at once."""
        with self.lock:
            pairs, self.pairs = self.pairs, []
        for side in (side for pair in pairs for side in pair):
            try:
                side.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            side.close()

    def close(self):
        self.listener.close()
        self.flows.set()
        self.cut()


class ScriptedServer:
    """A server of WebSocket that answers as a test says, for what is rare with a real one.

    `answer` is called with each request and returns the messages to send; it may raise `Hangup`.
    """

    class Hangup(Exception):
        """The connection is to end, with a code."""

        def __init__(self, code=1011):
            super().__init__(code)
            self.code = code

    def __init__(self, answer):
        self.answer = answer
        self.requests = []
        self.connection = None
        self.server = serve(self.talk, "127.0.0.1", 0, subprotocols=[PROTOCOL])
        self.url = f"ws://127.0.0.1:{self.server.socket.getsockname()[1]}/ws"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def send(self, messages):
        """Sends messages on the newest connection, from any thread."""
        for message in messages:
            self.connection.send(json.dumps(message))

    def talk(self, connection):
        self.connection = connection
        try:
            for text in connection:
                request = json.loads(text)
                if request["method"] != "server.info":
                    self.requests.append(request)
                self.send(self.answer(request))
        except self.Hangup as end:
            connection.close(end.code, "as scripted")
        except ConnectionClosed:
            """The page has gone."""

    def close(self):
        self.server.shutdown()
