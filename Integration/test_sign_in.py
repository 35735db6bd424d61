"""Sign-in by an OpenID provider of others (Django OAuth Toolkit), driven as a browser does it; and by links."""
import base64
import hashlib
import json
import pathlib
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
import urllib.request

from cookie_browser import Browser
from frontline_process import ROOT, RPCError, Server, binary, run, settings
from web_client import Socket, Web, request

try:
    import jwcrypto  # noqa: F401
    import oauth2_provider  # noqa: F401
except ImportError:
    oauth2_provider = None

PASSWORD, CLIENT, SECRET = "correct horse", "frontline", "a secret & more"
SESSION, ATTEMPT = "__Host-frontline", "__Host-frontline-sign-in"
# What no honest provider would give for a code, by the names of identity_provider.py.
FORGED = ["none", "None", "hmac", "unsigned", "signature", "claims", "stranger", "embedded", "unknown", "critical", "logout",
          "audience", "issuer", "expired", "future", "early"]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Provider:
    """The provider as a process of its own."""

    def __init__(self, callback, after, port=None):
        self.port = port or free_port()
        self.issuer = f"http://127.0.0.1:{self.port}/o"
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "Integration" / "identity_provider.py", str(self.port), tempfile.mkdtemp(prefix="provider-"),
             callback, after], stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline().strip() != "ready":
            raise AssertionError("the provider did not start")

    def control(self, **wanted):
        body = json.dumps(wanted).encode()
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/control", body, 30) as answer:
            return json.load(answer)

    def forged(self, kind, token):
        return self.control(kind=kind, token=token)["token"]

    def sign_in(self, browser, page, name, until=None):
        """Fills in the form of the provider."""
        return browser.submit(page, until, username=name, password=PASSWORD)

    def token(self, name, callback):
        """The token of somebody, got as another program with the client's secret would get it."""
        verifier = secrets.token_urlsafe(40)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        query = urllib.parse.urlencode({
            "response_type": "code", "client_id": CLIENT, "redirect_uri": callback, "scope": "openid profile groups",
            "state": "s", "nonce": "n", "code_challenge": challenge, "code_challenge_method": "S256"})
        browser = Browser()
        login = browser.visit(f"{self.issuer}/authorize/?{query}")
        back = self.sign_in(browser, login, name, until=callback)
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)["code"][0]
        form = urllib.parse.urlencode({
            "grant_type": "authorization_code", "code": code, "redirect_uri": callback, "code_verifier": verifier,
            "client_id": CLIENT, "client_secret": SECRET})
        with urllib.request.urlopen(f"{self.issuer}/token/", form.encode(), 30) as answer:
            return json.load(answer)["id_token"]

    def stop(self):
        self.process.kill()
        self.process.wait(30)
        self.process.stdout.close()


def sign_in_arguments(port, issuer, secret):
    return ("--rules", ROOT / "rules", "--web", f"127.0.0.1:{port}", "--oidc-issuer", issuer, "--oidc-client-id", CLIENT,
            "--oidc-client-secret-file", secret)


def secret_file():
    path = pathlib.Path(tempfile.mkdtemp(prefix="secret-")) / "secret"
    path.write_text(SECRET + "\n")
    return path


@unittest.skipUnless(oauth2_provider, "the OpenID provider is not installed: make clients")
class SignIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.port = free_port()
        cls.site = f"http://127.0.0.1:{cls.port}"
        cls.callback = cls.site + "/sign-in/callback"
        cls.provider = Provider(cls.callback, cls.site + "/")
        cls.server = Server(*sign_in_arguments(cls.port, cls.provider.issuer, secret_file()))

    @classmethod
    def tearDownClass(cls):
        log = "".join(cls.server.log)
        code = cls.server.stop()
        cls.provider.stop()
        assert code == 0, log
        # No secret of anybody is in the log.
        for text in (SECRET, "eyJ", "fs_", "fk_", "code="):
            assert text not in log, f"{text} is in the log"

    def setUp(self):
        self.provider.control()

    def sign_in(self, name="anna", path="/sign-in"):
        """A browser in which somebody has signed in, and the page where that ended."""
        browser = Browser()
        login = browser.visit(self.site + path)
        self.assertIn("<form", login.body)
        return browser, self.provider.sign_in(browser, login, name)

    def call(self, browser, method, **params):
        answer = browser.post(self.site + "/rpc", request(1, method, **params))
        body = json.loads(answer.body)
        if "error" in body:
            raise RPCError(body["error"])
        return body["result"]

    def assert_unknown(self, browser):
        self.assertEqual(browser.post(self.site + "/rpc", request(1, "policy.list")).status, 401)

    # The way of an honest person

    def test_a_browser_signs_in_and_out(self):
        browser, page = self.sign_in("anna", "/sign-in?return_to=/health")
        self.assertEqual((page.status, page.address), (200, self.site + "/health"))
        value, attributes = browser.cookies[f"127.0.0.1:{self.port}"][SESSION]
        self.assertEqual(attributes, {"path": "/", "secure": "secure", "httponly": "httponly", "samesite": "strict"})
        self.assertIsNone(browser.cookie(self.site, ATTEMPT))
        self.assertTrue(self.call(browser, "knowledge.list")["articles"] is not None)
        origin = {"origin": self.site, "cookie": f"{SESSION}={value}"}
        with Socket(self.port, **origin) as first, Socket(self.port, **origin) as second:
            opened = first.call("conversation.open", channel="chat")
            self.assertTrue(second.call("conversation.get", conversation_id=opened["conversation_id"]))
            answer = browser.post(self.site + "/sign-out", "{}")
            said = json.loads(answer.body)
            self.assertEqual((answer.status, said["signed_out"]), (200, True))
            self.assertTrue(said["end_session"].startswith(self.provider.issuer + "/logout/?client_id=frontline&"))
            self.assertEqual([first.end(), second.end()], [1008, 1008])
        self.assertIsNone(browser.cookie(self.site, SESSION))
        stolen = Browser()
        stolen.cookies[f"127.0.0.1:{self.port}"] = {SESSION: (value, {})}
        self.assert_unknown(stolen)

    def test_roles_and_attributes_come_from_the_provider(self):
        expected = {"anna": (["agent"], {"team": "delivery", "tier": "1"}), "sofia": (["supervisor"], {"team": "delivery", "tier": "2"})}
        for name, (roles, attributes) in expected.items():
            token = self.provider.token(name, self.callback)
            with self.server.connect() as connection:
                who = connection.call("session.authenticate", token=token)
                self.assertEqual((who["subject"], who["roles"], who["attributes"]), (name, roles, attributes))
                self.assertLess(abs(expiry(who["expires_at"]) - expiry_of(token) - 60), 2)
        nobody, page = self.sign_in("nobody")
        self.assertEqual(page.status, 403)
        self.assertIn("holds no role here", page.body)
        self.assertIsNone(nobody.cookie(self.site, SESSION))

    def test_bearers_of_tokens_are_callers_everywhere(self):
        token = self.provider.token("anna", self.callback)
        with Web(self.port) as page:
            self.assertEqual(page.post(request(1, "knowledge.list"), token=token).status, 200)
            self.assertEqual(page.post(request(1, "policy.publish", name="x", source="y"), token=token).json["error"]["code"], 1002)
            tools = page.ask(
                "POST", "/mcp", json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
                    "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}),
                Content_Type="application/json", Authorization=f"Bearer {token}")
            self.assertEqual(tools.status, 200)
        with Socket(self.port, token=None) as client:
            self.assertEqual(client.call("session.authenticate", token=token)["subject"], "anna")
            self.assertEqual(client.call("session.sign_out"), {"ended": True})
            with self.assertRaises(RPCError) as refused:
                client.call("session.authenticate", token=token)
            self.assertEqual(refused.exception.code, 1001)
        time.sleep(1.1)  # The provider's times are whole seconds.
        with self.server.connect() as client:
            self.assertEqual(client.call("session.authenticate", token=self.provider.token("anna", self.callback))["subject"], "anna")

    def test_an_admin_sees_sessions_and_ends_them(self):
        browser, _ = self.sign_in("sofia")
        admin = self.server.connect("admin", subject="root")
        found = [one for one in admin.call("session.list", subject="sofia")["sessions"] if one["kind"] == "browser"]
        self.assertEqual((found[0]["roles"], found[0]["origin"]), (["supervisor"], self.provider.issuer))
        with Socket(self.port, origin=self.site, cookie=f"{SESSION}={browser.cookie(self.site, SESSION)}") as client:
            self.assertIsNotNone(client.call("alerts.list"))
            self.assertGreaterEqual(admin.call("session.revoke", subject="sofia", reason="left the company")["ended"], 1)
            self.assertEqual(client.end(), 1008)
        self.assert_unknown(browser)
        entries = admin.call("audit.list", action="session.revoke")["entries"]
        self.assertTrue(entries)
        self.assertTrue(admin.call("audit.verify")["ok"])
        with self.assertRaises(RPCError) as refused:
            self.server.connect("operations").call("session.revoke", subject="anna", reason="no")
        self.assertEqual(refused.exception.code, 1002)
        admin.close()

    def test_only_an_admin_publishes_the_rules_of_sign_in(self):
        source = "roles: [{claim: sub, has: \"1\", role: admin}]"
        with self.server.connect("operations", subject="olga") as client, self.assertRaises(RPCError) as refused:
            client.call("policy.publish", name="sign-in", source=source)
        self.assertEqual(refused.exception.code, 1002)

    def test_programs_are_told_where_tokens_come_from(self):
        with Web(self.port) as page:
            refused = page.ask("POST", "/mcp", "{}", Content_Type="application/json")
            where = f"{self.site}/.well-known/oauth-protected-resource/mcp"
            self.assertEqual((refused.status, refused.headers["www-authenticate"]),
                             (401, f'Bearer error="invalid_token", resource_metadata="{where}"'))
            said = page.ask("GET", "/.well-known/oauth-protected-resource/mcp").json
        self.assertEqual((said["resource"], said["authorization_servers"]), (self.site + "/mcp", [self.provider.issuer]))

    # What attackers do

    def test_tokens_that_no_honest_provider_gives_sign_nobody_in(self):
        for kind in [*FORGED, "nonce", "party"]:
            with self.subTest(kind):
                self.provider.control(forge=kind)
                browser, page = self.sign_in()
                self.assertEqual((page.status, browser.cookie(self.site, SESSION)), (403, None), page.body)
        self.provider.control(forge="good")
        browser, page = self.sign_in()
        self.assertEqual(page.status, 200)

    def test_tokens_that_no_honest_provider_gives_authenticate_nobody(self):
        good = self.provider.token("anna", self.callback)
        for kind in FORGED:
            with self.subTest(kind):
                forged = self.provider.forged(kind, good)
                with self.server.connect() as client, self.assertRaises(RPCError) as refused:
                    client.call("session.authenticate", token=forged)
                self.assertEqual(refused.exception.code, 1001)
                with Web(self.port) as page:
                    self.assertEqual(page.post(request(1, "server.info"), token=forged).status, 401)
        for text in (good + "A", good.replace(".", ".."), "a.b.c", "ey" + "A" * 100_000 + "..", good[:-1]):
            with self.server.connect() as client, self.assertRaises(RPCError) as refused:
                client.call("session.authenticate", token=text)
            self.assertEqual(refused.exception.code, 1001)

    def test_an_answer_counts_once_and_in_its_browser(self):
        browser = Browser()
        login = browser.visit(self.site + "/sign-in")
        back = self.provider.sign_in(browser, login, "anna", until=self.callback)
        other = Browser()
        self.assertEqual(other.visit(back, is_foreign=True).status, 400)
        other.visit(self.site + "/sign-in")
        self.assertEqual(other.visit(back, is_foreign=True).status, 400)
        # The attempt of somebody else does not use it up.
        kept = browser.cookies[f"127.0.0.1:{self.port}"][ATTEMPT]
        self.assertEqual(browser.visit(back, is_foreign=True).status, 200)
        browser.cookies[f"127.0.0.1:{self.port}"][ATTEMPT] = kept
        self.assertEqual(browser.visit(back, is_foreign=True).status, 400)
        # The code is used up at the provider, too: with the state of another sign-in it signs nobody in.
        begun = Browser()
        address = begun.visit(self.site + "/sign-in", until=self.provider.issuer)
        state = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["state"][0]
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)["code"][0]
        replayed = begun.visit(f"{self.callback}?{urllib.parse.urlencode({'code': code, 'state': state})}", is_foreign=True)
        self.assertEqual((replayed.status, begun.cookie(self.site, SESSION)), (403, None))

    def test_a_session_is_made_anew_for_each_sign_in(self):
        browser = Browser()
        browser.cookies[f"127.0.0.1:{self.port}"] = {SESSION: ("fs_chosen-by-somebody-else", {})}
        self.provider.sign_in(browser, browser.visit(self.site + "/sign-in"), "anna")
        self.assertNotEqual(browser.cookie(self.site, SESSION), "fs_chosen-by-somebody-else")

    def test_browsers_are_led_nowhere_else(self):
        for path in ("https://evil.example", "//evil.example", "/\\evil.example", "/%0d%0aSet-Cookie:x=1", "javascript:1", "%2F%2Fevil.example"):
            page = Browser().visit(f"{self.site}/sign-in?return_to={path}")
            self.assertEqual(page.status, 400, path)
        self.assertEqual(Browser().visit(f"{self.site}/sign-in?return_to=/&return_to=//evil.example").status, 400)

    def test_pages_of_others_do_nothing_with_the_cookie(self):
        browser, _ = self.sign_in()
        cookie = f"{SESSION}={browser.cookie(self.site, SESSION)}"
        call = request(1, "knowledge.list")
        own = {"Cookie": cookie, "Content_Type": "application/json"}
        for headers, status in (
                ({**own}, 403), ({**own, "Origin": "https://evil.example"}, 403), ({**own, "Origin": "null"}, 403),
                ({**own, "Origin": f"https://127.0.0.1:{self.port}"}, 403), ({**own, "Sec_Fetch_Site": "cross-site"}, 403),
                ({**own, "Sec_Fetch_Site": "same-site"}, 403), ({**own, "Sec_Fetch_Site": "none"}, 403),
                ({**own, "Origin": self.site, "Content_Type": "text/plain"}, 415),
                ({**own, "Origin": self.site, "Cookie": f"{cookie}; {SESSION}=fs_tossed"}, 200), ({**own, "Origin": self.site}, 200)):
            with Web(self.port) as page:
                answer = page.ask("POST", "/rpc", call, **headers)
            self.assertEqual(answer.status, status, headers)
            if "tossed" in headers["Cookie"]:
                self.assertEqual(answer.json["error"]["code"], 1001)
        for options in ({"cookie": cookie}, {"cookie": cookie, "origin": "https://evil.example"}):
            with self.assertRaises(ConnectionError) as refused:
                Socket(self.port, **options)
            self.assertIn("403", str(refused.exception))
        for headers in ({"Cookie": cookie}, {"Cookie": cookie, "Origin": "https://evil.example"}):
            with Web(self.port) as page:
                self.assertEqual(page.ask("POST", "/sign-out", "{}", Content_Type="application/json", **headers).status, 403)
        self.assertIsNotNone(self.call(browser, "knowledge.list"))

    def test_secrets_in_addresses_are_refused(self):
        token = self.provider.token("anna", self.callback)
        with Web(self.port) as page:
            self.assertEqual(page.ask("GET", f"/metrics?access_token={token[:200]}").status, 400)
            self.assertEqual(page.ask("POST", "/rpc?token=x", "{}", Content_Type="application/json").status, 400)

    # Keys, and a provider that is away

    def test_new_keys_are_found_when_they_are_used(self):
        before = self.provider.token("anna", self.callback)
        self.provider.control(rotate=True)
        after = self.provider.token("sofia", self.callback)
        deadline = time.monotonic() + 45
        while True:
            try:
                with self.server.connect() as client:
                    self.assertEqual(client.call("session.authenticate", token=after)["subject"], "sofia")
                break
            except RPCError as error:
                self.assertEqual(error.code, 1001)
                self.assertLess(time.monotonic(), deadline)
                time.sleep(1)
        with self.server.connect() as client, self.assertRaises(RPCError):
            client.call("session.authenticate", token=before)


def expiry(text):
    import datetime
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def expiry_of(token):
    return json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))["exp"]


@unittest.skipUnless(oauth2_provider, "the OpenID provider is not installed: make clients")
class AbsentProvider(unittest.TestCase):
    def test_a_server_starts_and_goes_on_without_its_provider(self):
        port, provider_port = free_port(), free_port()
        site = f"http://127.0.0.1:{port}"
        with Server(*sign_in_arguments(port, f"http://127.0.0.1:{provider_port}/o", secret_file())) as server:
            with server.connect("agent") as client:
                self.assertIsNotNone(client.call("knowledge.list"))
            page = Browser().visit(site + "/sign-in")
            self.assertEqual(page.status, 503)
            self.assertIn("cannot be asked", page.body)
            provider = Provider(site + "/sign-in/callback", site + "/", provider_port)
            deadline = time.monotonic() + 60
            browser = Browser()
            while (page := browser.visit(site + "/sign-in")).status == 503:
                self.assertLess(time.monotonic(), deadline)
                time.sleep(1)
            self.assertEqual(provider.sign_in(browser, page, "anna").status, 200)
            token = provider.token("anna", site + "/sign-in/callback")
            half = Browser()
            login = half.visit(site + "/sign-in")
            back = provider.sign_in(half, login, "anna", until=site + "/sign-in/callback")
            provider.stop()
            # Tokens and sessions count on; a code cannot be exchanged.
            with server.connect() as client:
                self.assertEqual(client.call("session.authenticate", token=token)["subject"], "anna")
            self.assertEqual(browser.post(site + "/rpc", request(1, "knowledge.list")).status, 200)
            self.assertEqual(half.visit(back, is_foreign=True).status, 503)


class Links(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.port = free_port()
        cls.site = f"http://127.0.0.1:{cls.port}"
        cls.server = Server("--web", f"127.0.0.1:{cls.port}")

    @classmethod
    def tearDownClass(cls):
        log = "".join(cls.server.log)
        assert cls.server.stop() == 0, log
        assert "fk_" not in log and "fs_" not in log

    def link(self, *more):
        made = run("token", "link", "--data", self.server.folder, "--subject", "anna", "--role", "agent", "--attribute", "team=delivery",
                   "--url", self.site, *more, env=self.server.store)
        return made.stdout.strip()

    def test_a_link_signs_in_once_by_the_button_of_its_page(self):
        address = self.link()
        page, secret = address.split("#")
        self.assertEqual(page, self.site + "/sign-in/link")
        browser = Browser()
        # Programs that look where links lead do not use it up.
        for _ in range(3):
            shown = browser.visit(page)
            self.assertEqual(shown.status, 200)
        self.assertIn("script-src 'self'", shown.headers["Content-Security-Policy"])
        self.assertEqual(shown.headers["Referrer-Policy"], "no-referrer")
        self.assertNotIn("unsafe", shown.headers["Content-Security-Policy"])
        self.assertIn("/sign-in/redeem", browser.visit(self.site + "/sign-in/link.js").body)
        self.assertIn("color-scheme", browser.visit(self.site + "/sign-in/style.css").body)
        foreign = browser.post(self.site + "/sign-in/redeem", json.dumps({"link": secret}), Origin="https://evil.example")
        self.assertEqual(foreign.status, 403)
        with Web(self.port) as raw:
            self.assertEqual(raw.ask("POST", "/sign-in/redeem", json.dumps({"link": secret}), Content_Type="application/json").status, 403)
        done = browser.post(self.site + "/sign-in/redeem", json.dumps({"link": secret}))
        self.assertEqual((done.status, json.loads(done.body)), (200, {"subject": "anna"}))
        self.assertEqual(browser.post(self.site + "/rpc", request(1, "knowledge.list")).status, 200)
        again = Browser().post(self.site + "/sign-in/redeem", json.dumps({"link": secret}))
        self.assertEqual((again.status, again.headers.get_all("Set-Cookie")), (401, None))
        with self.server.connect("auditor") as auditor:
            found = auditor.call("session.list", subject="anna")["sessions"][0]
            self.assertTrue(found["origin"].startswith("lnk_"))

    def test_a_link_counts_for_minutes(self):
        secret = self.link("--expires", "1s").split("#")[1]
        time.sleep(1.2)
        self.assertEqual(Browser().post(self.site + "/sign-in/redeem", json.dumps({"link": secret})).status, 401)
        refused = run("token", "link", "--data", self.server.folder, "--subject", "x", "--role", "agent", "--expires", "30d", check=False)
        self.assertEqual(refused.returncode, 64 if refused.returncode == 64 else 2, refused.stderr)

    def test_what_is_no_link_is_refused(self):
        for body in ("", "{}", "[]", '{"link": 1}', '{"link": "fk_x"}', '{"link": "' + "a" * 5_000 + '"}', '{"link": "a", "b": 1}'):
            answer = Browser().post(self.site + "/sign-in/redeem", body)
            self.assertIn(answer.status, (400, 401), body[:40])
            self.assertIsNone(answer.headers.get_all("Set-Cookie"))

    def test_without_a_provider_there_is_none_to_sign_in_by(self):
        for path in ("/sign-in", "/.well-known/oauth-protected-resource"):
            self.assertEqual(Browser().visit(self.site + path).status, 404)


class Options(unittest.TestCase):
    def refused(self, *arguments, **environment):
        done = subprocess.run(
            [binary(), "serve", "--data", tempfile.mkdtemp(prefix="options-"), "--listen", "127.0.0.1:0", *map(str, arguments)],
            capture_output=True, text=True, timeout=60, env=settings(**environment))
        self.assertNotEqual(done.returncode, 0)
        self.assertNotIn(SECRET, done.stderr)
        return done.stderr

    def test_what_does_not_fit_together_is_told_at_the_start(self):
        issuer = ("--oidc-issuer", "https://id.example.com")
        client = (*issuer, "--oidc-client-id", "frontline")
        self.assertIn("oidc-client-id", self.refused(*issuer))
        self.assertIn("oidc-issuer", self.refused("--oidc-client-id", "x"))
        self.assertIn("https", self.refused("--oidc-issuer", "http://id.example.com", "--oidc-client-id", "x"))
        self.assertIn("web-url", self.refused(*client, "--web", "0.0.0.0:0"))
        self.assertIn("web-url", self.refused("--web-url", "https://desk.example.com/path"))
        self.assertIn("cannot be read", self.refused(*client, "--oidc-client-secret-file", "/nothing"))
        self.assertIn("one place", self.refused(*client, "--oidc-client-secret-file", secret_file(), FRONTLINE_OIDC_CLIENT_SECRET=SECRET))
        self.assertIn("oidc-ca", self.refused(*client, "--oidc-ca", "/nothing"))


if __name__ == "__main__":
    unittest.main()
