"""What tests of the ES module have in common: a page with a client, and the server that it talks to."""
import atexit
import functools
import time
import unittest

from browser import Browser, Proxy, ScriptedServer, missing
from frontline_process import ROOT, Server
from web_client import web_port

START = """async (options) => {
  const { connect } = await import("/frontline.js");
  globalThis.desk?.close();
  globalThis.states = [];
  globalThis.signedOut = undefined;
  globalThis.desk = connect(options);
  desk.addEventListener("state", ({ detail }) => states.push(detail.state));
  desk.addEventListener("signed-out", ({ detail }) => (globalThis.signedOut = detail.reason));
}"""
# An error as JSON, since errors do not leave a page whole.
TRY = """async ([method, params, options]) => {
  try {
    return { result: await desk.call(method, params, options) };
  } catch ({ code, name, message, path, expected, retryAfter, details, outcome }) {
    return { code, name, message, path, expected, retryAfter, details, outcome };
  }
}"""
FOLLOW = """([name, params]) => {
  globalThis.events = [];
  globalThis.stream = desk.subscribe(name, params);
  (async () => { for await (const event of stream) events.push(event); events.push("end"); })().catch((error) => events.push(error.name));
}"""
# Twenty calls at once; the numbers that their answers have.
NUMBERED = "Promise.all(Array.from({ length: 20 }, (_, number) => desk.call('some.method', { number }))).then((all) => all.map((each) => each.number))"


def until(page, condition, seconds=10):
    """Waits until an expression of the page is true, and returns its value."""
    deadline = time.monotonic() + seconds
    while not (value := page.evaluate(condition)):
        if time.monotonic() > deadline:
            raise AssertionError(f"after {seconds} s {condition} is {value!r}; states {page.evaluate('states')}")
        time.sleep(0.02)
    return value


@functools.cache
def browser():
    """The one browser of this process; ended with it."""
    started = Browser()
    atexit.register(started.close)
    return started


class InBrowser(unittest.TestCase):
    """Tests with a page, which is opened anew for each."""

    @classmethod
    def setUpClass(cls):
        if missing():
            raise unittest.SkipTest(missing())
        cls.browser = browser()
        cls.page = cls.browser.page()

    def setUp(self):
        self.page.reload()
        self.page.complaints.clear()

    def start(self, **options):
        self.page.evaluate(START, options)

    def call(self, method, params=None, **options):
        return self.page.evaluate(TRY, [method, params or {}, options])

    def follow(self, stream, **params):
        self.page.evaluate(FOLLOW, [stream, params])


class ServedPage(InBrowser):
    """Tests with a real server behind a proxy."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The names and the origin are those that the page and the proxy have.
        cls.proxy = Proxy(0)
        cls.addClassCleanup(cls.proxy.close)
        cls.server = Server(
            "--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules", "--web", "127.0.0.1:0", "--web-hosts", "127.0.0.1",
            "--web-hosts", f"127.0.0.1:{cls.proxy.port}", "--web-origins", cls.browser.pages.origin)
        cls.addClassCleanup(cls.server.stop)
        cls.proxy.port_behind = web_port(cls.server)
        cls.agent = cls.server.token("agent", subject="anna", team="delivery", tier="1")
        cls.chief = cls.server.token("supervisor", subject="sofia", team="delivery", tier="2")

    def setUp(self):
        super().setUp()
        self.url = f"ws://127.0.0.1:{self.proxy.port}/ws"


class ScriptedPage(InBrowser):
    """Tests with a server that answers as they say."""

    def scripted(self, answer, **options):
        server = ScriptedServer(lambda request: self.common(request) or answer(request))
        self.addCleanup(server.close)
        self.start(url=server.url, token="t", **options)
        return server

    @staticmethod
    def result(request, value=None):
        return {"jsonrpc": "2.0", "id": request["id"], "result": value or {}}

    def common(self, request):
        if request["method"] == "session.authenticate":
            return [self.result(request, {"subject": "anna", "roles": [], "attributes": {}})]
        return [self.result(request)] if request["method"] == "server.info" else None
