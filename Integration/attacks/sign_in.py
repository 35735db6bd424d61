"""Attacks on sign-ins by browsers and by tokens of an issuer: other pages, chosen cookies, redirects, tokens that nobody signed."""
import base64
import contextlib
import http.server
import json
import socket
import threading
import time

from attacks.target import attack, fresh, hold, refused
from cookie_browser import Browser
from frontline_process import Server, run
from web_client import Socket, Web, request

SESSION = "__Host-frontline"
# The key of RFC 7515, appendix A.3; nobody here can sign with it.
KEY = {"kty": "EC", "crv": "P-256", "kid": "k1", "use": "sig", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
       "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}


@contextlib.contextmanager
def issuer():
    """An issuer that says who it is and has a key; gives its address and the paths that were asked for."""
    asked = []

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            own = f"http://127.0.0.1:{self.server.server_port}"
            document = {"issuer": own, "authorization_endpoint": own + "/a", "token_endpoint": own + "/t", "jwks_uri": own + "/keys"}
            body = json.dumps({"keys": [KEY]} if self.path == "/keys" else document).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def site():
    """A server with an issuer; gives the server, its port and what the issuer was asked for."""
    port = free_port()
    with issuer() as (address, asked):
        with Server("--web", f"127.0.0.1:{port}", "--oidc-issuer", address, "--oidc-client-id", "frontline",
                    "--shared-addresses", "none") as server:
            yield server, port, address, asked


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def token(address, signature="AAAA", **head):
    now = int(time.time())
    claims = {"iss": address, "sub": "admin", "aud": "frontline", "iat": now, "exp": now + 600}
    return f"{part({'alg': 'ES256', 'kid': 'k1', **head})}.{part(claims)}.{signature}"


def link(server, port, subject):
    return run("token", "link", "--data", server.folder, "--subject", subject, "--role", "agent", "--url", f"http://127.0.0.1:{port}",
               env=server.store).stdout.strip()


def signed_in(server, port):
    """A browser with a session, and its cookie."""
    browser, secret = Browser(), link(server, port, fresh("anna")).split("#")[1]
    done = browser.post(f"http://127.0.0.1:{port}/sign-in/redeem", json.dumps({"link": secret}))
    hold(done.status == 200, f"the link was refused: {done.body}")
    return browser, f"{SESSION}={browser.cookie(f'http://127.0.0.1:{port}', SESSION)}"


@attack("a page of another site makes calls, opens a WebSocket or signs out with the cookie of a session")
def foreign_page(target):
    with site() as (server, port, _, _):
        browser, cookie = signed_in(server, port)
        own = f"http://127.0.0.1:{port}"
        for more in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"},
                     {"Origin": own, "Sec_Fetch_Site": "same-site"}):
            for path in ("/rpc", "/mcp", "/sign-out"):
                with Web(port) as page:
                    answer = page.ask("POST", path, request(1, "knowledge.list"), Content_Type="application/json", Cookie=cookie, **more)
                hold(answer.status == 403, f"{path} took a request with {more}: {answer.status}")
        for origin in (None, "https://evil.example", own + ".evil.example"):
            refused_with = None
            try:
                Socket(port, origin=origin, cookie=cookie)
            except ConnectionError as error:
                refused_with = str(error)
            hold(refused_with and "403" in refused_with, f"a page of {origin} opened a WebSocket")
        for kind in ("text/plain", "application/x-www-form-urlencoded"):
            with Web(port) as page:
                hold(page.ask("POST", "/sign-out", "{}", Content_Type=kind, Cookie=cookie, Origin=own).status == 415, f"a form of {kind} signs out")
        hold(browser.post(own + "/rpc", request(1, "knowledge.list")).status == 200, "the session was ended")


@attack("a session is chosen for a browser before its user signs in, or put beside the user's own")
def fixation(target):
    with site() as (server, port, _, _):
        own = f"http://127.0.0.1:{port}"
        browser = Browser()
        browser.cookies[f"127.0.0.1:{port}"] = {SESSION: ("fs_chosen", {})}
        secret = link(server, port, fresh("anna")).split("#")[1]
        hold(browser.post(own + "/sign-in/redeem", json.dumps({"link": secret})).status == 200, "the link was refused")
        hold(browser.cookie(own, SESSION) != "fs_chosen", "the session has the secret that was chosen")
        _, mine = signed_in(server, port)
        _, theirs = signed_in(server, port)
        for cookie in (f"{mine}; {theirs}", f"{theirs}; {mine}", f"{mine}; {SESSION}=", f"{SESSION}=x; {mine}"):
            with Web(port) as page:
                answer = page.post(request(1, "knowledge.list"), Cookie=cookie, Origin=own)
            hold("result" not in answer.json, f"one of two sessions is chosen: {cookie}")
        with Web(port) as page:
            answer = page.ask("POST", "/sign-in/redeem", json.dumps({"link": link(server, port, "eve").split("#")[1]}),
                              Content_Type="application/json", Origin="https://evil.example")
        hold(answer.status == 403, "another page signs a browser in as somebody that it chooses")


@attack("a sign-in is made to lead to another site, or an answer is taken from another browser or twice")
def redirects(target):
    with site() as (server, port, address, _):
        own = f"http://127.0.0.1:{port}"
        for path in ("https://evil.example", "//evil.example", "/\\evil.example", "/%5cevil.example", "/%09/evil.example", "/%0d%0aLocation:%20//e", "%2f%2fe", "e"):
            page = Browser().visit(f"{own}/sign-in?return_to={path}", until=address)
            hold(not isinstance(page, str) and page.status == 400, f"a sign-in leads to {path}")
        first, second = Browser(), Browser()
        there = first.visit(own + "/sign-in", until=address)
        second.visit(own + "/sign-in", until=address)
        state = there.split("state=")[1].split("&")[0]
        back = f"{own}/sign-in/callback?code=c&state={state}"
        hold(second.visit(back, is_foreign=True).status == 400, "an answer counts in another browser")
        hold(Browser().visit(back, is_foreign=True).status == 400, "an answer counts without a cookie")
        kept = dict(first.cookies[f"127.0.0.1:{port}"])
        statuses = []
        for _ in range(2):
            first.cookies[f"127.0.0.1:{port}"] = dict(kept)
            statuses.append(first.visit(back, is_foreign=True).status)
        hold(statuses[1] == 400, f"an answer counts twice: {statuses}")


@attack("a link is used twice, by a program that only looks where it leads, or is found in a log")
def links(target):
    with site() as (server, port, _, _):
        own, address = f"http://127.0.0.1:{port}", link(server, port, fresh("anna"))
        page, secret = address.split("#")
        for method in ("GET", "HEAD"):
            with Web(port) as web:
                hold(web.ask(method, page.removeprefix(own)).status == 200, "the page is not shown")
        with Web(port) as web:
            hold(web.ask("GET", f"/sign-in/link?link={secret}").status == 400, "a link is taken from an address")
        answers = [Browser().post(own + "/sign-in/redeem", json.dumps({"link": secret})).status for _ in range(3)]
        hold(answers == [200, 401, 401], f"the link was answered with {answers}")
        hold(not any(secret in row for row in server.log), "the link is in the log")


@attack("a token that the issuer has not signed authenticates somebody: no signature, a secret, a key of its own, two headers")
def unsigned(target):
    with site() as (server, port, address, _):
        claims = token(address).split(".")[1]
        twice = base64.urlsafe_b64encode(b'{"alg":"none","alg":"ES256","kid":"k1"}').rstrip(b"=").decode()
        tokens = [token(address, "", alg=name) for name in ("none", "None", "nOnE", "")] + [
            token(address, alg="HS256"), token(address), token(address, ""), token(address, "A" * 86), token(address, jwk=KEY),
            token(address, jku="http://127.0.0.1:1/keys"), token(address, crit=["exp"]), token(address, typ="logout+jwt"),
            f"{twice}.{claims}.AAAA", token("http://127.0.0.1:1")]
        for text in tokens:
            with server.connect() as client:
                refused(lambda: client.call("session.authenticate", token=text), 1001, 1005)
            with Web(port) as page:
                hold(page.post(request(1, "server.info"), token=text).status in (401, 429), f"taken: {text}")


@attack("tokens that are huge, deep or full of numbers stop the server, and many names of keys have the issuer asked all the time")
def huge(target):
    with site() as (server, port, address, asked):
        deep = part([])[:0] + base64.urlsafe_b64encode(b"[" * 5_000 + b"]" * 5_000).rstrip(b"=").decode()
        for text in ("ey" + "A" * 900_000 + "..", token(address, "A" * 900_000), f"{part({'alg': 'ES256'})}.{deep}.AAAA",
                     token(address, kid="k" * 5_000), token(address, x=["9" * 1_000] * 3)):
            with server.connect() as client:
                refused(lambda: client.call("session.authenticate", token=text), 1001, 1005)
        before = len(asked)
        with server.connect() as client:
            for number in range(60):
                refused(lambda: client.call("session.authenticate", token=token(address, kid=f"k{number}", alg="ES256")), 1001, 1005)
        hold(len(asked) - before <= 4, f"the issuer was asked {len(asked) - before} times")
        return f"60 names of keys, {len(asked) - before} requests"


@attack("sign-ins are tried or begun at full speed from one address, and fill the store")
def flood(target):
    with site() as (server, port, address, _):
        own, begun = f"http://127.0.0.1:{port}", 0
        for _ in range(60):
            answer = Browser().visit(own + "/sign-in", until=address)
            begun += isinstance(answer, str)
        hold(begun <= 40, f"{begun} sign-ins were begun at once")
        start = time.monotonic()
        for number in range(112):
            answer = Browser().post(own + "/sign-in/redeem", json.dumps({"link": f"fk_{number}"}))
            hold(answer.status in (401, 429), f"a link was answered with {answer.status}")
        took = time.monotonic() - start
        hold(took > 0.9, f"112 guesses in {took:.2f} s")
        with server.connect("agent"):
            pass
        return f"{begun} sign-ins begun, 112 guesses in {took:.1f} s"
