"""Attacks through the web server: pages of other sites, broken frames, requests that are understood in two ways, lost clients."""
import gzip
import json
import time
import zlib

from attacks.target import attack, fresh, hold, refused
from attacks.transport import resident_megabytes
from frontline_process import Server, run
from web_client import BINARY, CLOSE, PING, PONG, PROTOCOL, TEXT, Response, Socket, Web, frame, handshake, request, web_port


def revoke(server, subject):
    rows = run("token", "list", "--json", "--data", server.folder).stdout.splitlines()
    run("token", "revoke", "--data", server.folder, next(row["id"] for row in map(json.loads, rows) if row["subject"] == subject))


@attack("a page of another site opens a WebSocket or posts a call, with or without an origin of its own making")
def page_of_another_site(target):
    port = target.web
    own = f"http://127.0.0.1:{port}"
    for origin in ("https://evil.example", "null", own + ".evil.example", own.replace("http", "https"), "http://localhost:1", own + "/"):
        with Web(port) as page:
            page.send(handshake(port, origin=origin))
            hold(Response(page.stream).status == 403, f"a page of {origin} opened a WebSocket")
        with Web(port) as page:
            hold(page.post(request(1, "server.info"), Origin=origin).status == 403, f"a page of {origin} made a call")
    for site in ("cross-site", "same-site", "none"):
        with Web(port) as page:
            hold(page.post(request(1, "server.info"), Sec_Fetch_Site=site).status == 403, f"a call from {site} was taken")
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        with Web(port) as page:
            answer = page.ask("POST", "/rpc", request(1, "server.info"), Content_Type=kind)
            hold(answer.status == 415, f"a form sent as {kind} is a call")
    with Web(port) as page:
        answer = page.ask("OPTIONS", "/rpc", Origin="https://evil.example", Access_Control_Request_Method="POST")
        hold("access-control-allow-origin" not in answer.headers, "other sites are allowed to call")
    with Socket(port, origin=own) as page:
        page.call("server.info")


@attack("a page makes its own name resolve to this machine, and calls a server without authentication")
def rebinding(target):
    with Server("--no-auth", "--web", "127.0.0.1:0") as server:
        port = web_port(server)
        for name in (f"evil.example:{port}", "evil.example", f"127.0.0.1.evil.example:{port}", "127.0.0.1:1", ""):
            with Web(port) as page:
                answer = page.post(request(1, "knowledge.list"), host=name or " ")
                hold(answer.status in (400, 421) and b"result" not in answer.body, f"served as “{name}”")
            with Web(port) as page:
                page.send(handshake(port, host=name or " ", origin=f"http://{name}"))
                hold(Response(page.stream).status in (400, 421), f"a WebSocket was opened as “{name}”")
        with Web(port) as own:
            hold("result" in own.post(request(1, "knowledge.list")).json, "the own name is refused")


@attack("work requested by one identity over WebSocket is done in the name of the next one")
def two_identities_over_websocket(target):
    first = target.server.token("agent", subject=fresh("doer"), team="delivery")
    second = target.server.token("agent", subject=fresh("successor"), team="delivery")
    with Socket(target.web, token=first) as owner, Socket(target.web, token=second) as other, Socket(target.web) as page:
        frames = [frame(TEXT, request(0, "session.authenticate", token=first))]
        for number in range(40):
            frames.append(frame(TEXT, request(100 + number, "knowledge.search", query=f"my parcel is late {number} " * 8, explain=True)))
            frames.append(frame(TEXT, request(200 + number, "conversation.open", channel="chat")))
        frames.append(frame(TEXT, request(1, "session.authenticate", token=second)))
        page.send(b"".join(frames))
        answers = [page.message() for _ in frames]
        by_id = {answer["id"]: answer for answer in answers}
        hold("result" in by_id[0] and "result" in by_id[1], "the tokens were not accepted")
        for number in range(40):
            conversation = by_id[200 + number]["result"]["conversation_id"]
            owner.call("conversation.get", conversation_id=conversation)
            refused(lambda: other.call("conversation.get", conversation_id=conversation), 1003)
        hold(answers[-1]["id"] == 1, "the next identity was signed in before the work was done")


@attack("calls about one contact overtake each other over WebSocket")
def order_over_websocket(target):
    with Socket(target.web, token=target.server.token("agent", subject=fresh("anna"), team="delivery")) as page:
        conversation = page.call("conversation.open", channel="chat")["conversation_id"]
        said = [f"utterance number {number}" for number in range(60)]
        page.send(b"".join(frame(TEXT, request(10 + number, "conversation.observe", conversation_id=conversation, speaker="agent", text=text))
                           for number, text in enumerate(said)))
        for _ in said:
            hold("result" in page.message(), "an utterance was refused")
        turns = page.call("conversation.get", conversation_id=conversation)["turns"]
        hold([turn["text"] for turn in turns] == said, "the turns are in another order")


@attack("calls of several people over one connection of HTTP have the caller of another call")
def identities_over_http(target):
    tokens = [target.server.token("agent", subject=fresh("agent"), team="delivery") for _ in range(4)]
    people = [Socket(target.web, token=token) for token in tokens]
    with Web(target.web) as proxy:
        for number in range(40):
            who = number % 5
            body = request(number, "conversation.open", channel="chat").encode()
            proof = f"Authorization: Bearer {tokens[who]}\r\n" if who < 4 else ""
            proxy.send(f"POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:{target.web}\r\nContent-Type: application/json\r\n{proof}"
                       f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        for number in range(40):
            who = number % 5
            answer = Response(proxy.stream).json
            hold(answer["id"] == number, "the responses are in another order")
            if who == 4:
                hold(answer["error"]["code"] == 1001, "a call without a token has the caller of the call before")
                continue
            conversation = answer["result"]["conversation_id"]
            people[who].call("conversation.get", conversation_id=conversation)
            refused(lambda: people[who - 1].call("conversation.get", conversation_id=conversation), 1003)
    for person in people:
        person.close()


@attack("a WebSocket stays open after its token was revoked or has expired")
def revoked_websocket(target):
    with Server("--web", "127.0.0.1:0") as server:
        port, seconds = web_port(server), []
        token = server.token("supervisor", subject="leaver", team="delivery")
        kept = server.token("supervisor", subject="stayer", team="delivery")
        with Socket(port, token=token) as leaver, Socket(port, token=kept) as stayer:
            leaver.call("alerts.subscribe")
            start = time.monotonic()
            revoke(server, "leaver")
            code = leaver.end()
            hold(code == 1008, f"ended with {code}")
            seconds.append(time.monotonic() - start)
            stayer.call("alerts.list")
        with Web(port) as caller:
            hold(caller.post(request(1, "alerts.list"), token=token).status == 401, "the token still counts for calls")
        return f"closed with 1008 after {seconds[0]:.1f} s"


@attack("tokens are guessed over HTTP at full speed")
def guessing_over_http(target):
    with Server("--web", "127.0.0.1:0") as server, Web(web_port(server)) as stranger:
        start = time.monotonic()
        statuses = {stranger.post(request(1, "server.info"), token=f"fl_{number}").status for number in range(112)}
        took = time.monotonic() - start
        hold(statuses <= {401, 429}, f"answered with {statuses}")
        hold(took > 0.9, f"112 guesses in {took:.2f} s")
        with server.connect() as other:
            refused(lambda: other.call("session.authenticate", token="fl_x"), 1001, 1005)
        return f"112 guesses in {took:.1f} s"


@attack("a token in the address is taken, and stays in the logs of proxies and browsers")
def token_in_the_address(target):
    token = target.server.token("agent", subject=fresh("anna"))
    for path in (f"/rpc?token={token}", f"/rpc?access_token={token}", f"/rpc/{token}"):
        with Web(target.web) as page:
            answer = page.ask("POST", path, request(1, "knowledge.list"), Content_Type="application/json")
            hold(answer.status in (400, 404), f"{path[:12]} is answered with {answer.status}")
    with Web(target.web) as page:
        page.send(handshake(target.web, path=f"/ws?token={token}"))
        hold(Response(page.stream).status == 400, "a WebSocket takes it")
    # Pages cannot set headers of a WebSocket, so that tokens are often sent as cookies or as names of subprotocols, which end up in logs too.
    for name in ("token", "access_token", "session", "Authorization"):
        with Web(target.web) as page:
            answer = page.post(request(1, "knowledge.list"), Cookie=f"{name}={token}")
            hold(answer.json["error"]["code"] == 1001, f"the cookie {name} is taken for a token")
    for protocol in (f"{PROTOCOL}, {token}", f"{token}, {PROTOCOL}"):
        with Socket(target.web, protocol=protocol) as page:
            hold(page.opening.headers["sec-websocket-protocol"] == PROTOCOL, "the token is agreed on as a subprotocol")
            refused(lambda: page.call("knowledge.list"), 1001)
    hold(token not in "".join(target.server.log), "the server's log has it")


@attack("one request is understood as two: two lengths, length and chunks, folded lines, spaces, null bytes")
def smuggling(target):
    second = f"POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:{target.web}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"
    start = f"POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:{target.web}\r\nContent-Type: application/json\r\n"
    for rest in ("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                 "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}", "Content-Length: 2, 2\r\n\r\n{}", "Content-Length: +2\r\n\r\n{}",
                 "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                 "Transfer-Encoding:\tchunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                 "X: y\r\n Content-Length: 2\r\n\r\n{}", "Content-Length: 2\r\nX\0: y\r\n\r\n{}", "Content-Length\r\n: 2\r\n\r\n{}"):
        with Web(target.web) as page:
            page.send((start + rest + second).encode())
            answer = Response(page.stream)
            hold(answer.status in (400, 501), f"{rest[:40]!r} is answered with {answer.status}")
            hold(page.is_closed(), f"{rest[:40]!r}: what follows is answered too")


@attack("frames that the protocol forbids are taken: binary, compressed, without a mask, in endless pieces, not UTF-8")
def forbidden_frames(target):
    call = request(1, "server.info")
    cases = [("binary", frame(BINARY, call), 1003), ("compressed", frame(TEXT, call, first=0x40), 1002),
             ("another extension", frame(TEXT, call, first=0x10), 1002), ("unmasked", frame(TEXT, call, mask=False), 1002),
             ("a fragmented ping", frame(PING, b"x", final=False), 1002), ("a long ping", frame(PING, b"x" * 126), 1002),
             ("an unknown frame", frame(3, call), 1002), ("a continuation of nothing", frame(0, call), 1002),
             ("not UTF-8", frame(TEXT, b'{"a":"\xff"}'), 1007), ("a code never sent", frame(CLOSE, b"\x03\xed"), 1002),
             ("a message within another", frame(TEXT, "{", final=False) + frame(TEXT, call), 1002),
             ("a compressed piece", frame(TEXT, "{", final=False) + frame(0, "}", first=0x40), 1002),
             ("a binary beginning", frame(BINARY, "{", final=False), 1003),
             ("pieces over the limit", frame(TEXT, b" " * 700_000, final=False) + frame(0, b" " * 700_000, final=False), 1009),
             ("2 MiB", frame(TEXT, b" " * (2 << 20)), 1009), ("a frame of 2^62 bytes", b"\x81\xff" + (1 << 62).to_bytes(8, "big") + b"\0" * 4, 1009),
             ("endless pieces", frame(TEXT, b"", final=False) + frame(0, b"", final=False) * 5_000, 1009)]
    for name, data, code in cases:
        with Socket(target.web) as page:
            try:
                page.send(data)
            except OSError:
                pass
            ended = page.end()
            hold(ended == code, f"{name}: ended with {ended}")
    with Socket(target.web) as page:
        page.send(b"".join(frame(TEXT if place == 0 else 0, bytes([byte]), final=place == len(call) - 1) + frame(PING, b"x" * 125)
                           for place, byte in enumerate(call.encode())))
        hold("result" in page.message(), "a message in pieces with pings between them is not understood")
    with Socket(target.web, extensions="permessage-deflate") as page:
        hold("sec-websocket-extensions" not in page.opening.headers, "compression is agreed on")


@attack("a small compressed message unpacks to a gigabyte: as a body, in chunks, in a frame")
def compressed_bombs(target):
    zeros = b" " * (1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = b"".join(packer.compress(zeros) for _ in range(512)) + packer.flush()
    body = gzip.compress(zeros * 128, 9)
    before = resident_megabytes(target.server)
    for coding in ("gzip", "deflate", "br", "gzip, identity", "x-gzip"):
        with Web(target.web) as page:
            answer = page.ask("POST", "/rpc", body, Content_Type="application/json", Content_Encoding=coding)
            hold(answer.status == 415, f"a body in {coding} is answered with {answer.status}")
    with Web(target.web) as page:
        chunk = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
        page.send(f"POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:{target.web}\r\nContent-Type: application/json\r\nTransfer-Encoding: gzip, chunked\r\n\r\n".encode() + chunk)
        hold(Response(page.stream).status == 501, "a compressed transfer is taken")
    with Web(target.web) as page:
        answer = page.ask("POST", "/rpc", body, Content_Type="application/json")
        hold(answer.json["error"]["code"] == -32700, "a body is unpacked that does not say that it is compressed")
    for offer in ("permessage-deflate", "permessage-deflate; client_max_window_bits; server_no_context_takeover", "x-webkit-deflate-frame"):
        with Socket(target.web, extensions=offer) as page:
            page.send(frame(TEXT, raw, first=0x40))
            hold(page.end() == 1002, f"a compressed frame is taken after {offer}")
    grown = resident_megabytes(target.server) - before
    hold(grown < 60, f"{grown:.0f} MB were taken")
    return f"{len(raw) + len(body):,} bytes sent, {max(grown, 0):.0f} MB taken"


def growth(server, port, before, pages):
    """How much memory clients without a token have taken, while an honest one is served; then they are closed."""
    grown = resident_megabytes(server) - before
    with Socket(port) as honest:
        honest.call("server.health")
    for page in pages:
        page.close()
    hold(grown < 150, f"{grown:.0f} MB for {len(pages)} clients without a token")
    return f"{grown:.0f} MB"


@attack("messages in pieces that never end, over many connections, exhaust the memory")
def unfinished_messages(target):
    with Server("--web", "127.0.0.1:0", "--buffer-limit", "32") as server:
        port, before = web_port(server), resident_megabytes(server)
        pages = []
        for _ in range(200):
            try:
                pages.append(Socket(port))
                pages[-1].send(frame(TEXT, b" " * 900_000, final=False))
            except OSError:
                pass
        return growth(server, port, before, pages)


@attack("answers over WebSocket and HTTP that nobody reads exhaust the memory")
def unread_over_the_web(target):
    with Server("--web", "127.0.0.1:0", "--buffer-limit", "32") as server:
        port, before, deaf = web_port(server), resident_megabytes(server), []
        batch = json.dumps([{"jsonrpc": "2.0", "id": n, "method": "rpc.discover"} for n in range(100)])
        post = (f"POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(batch)}\r\n\r\n{batch}").encode()
        for number in range(100):
            page = Socket(port) if number % 2 else Web(port)
            page.socket.settimeout(0.2)
            try:
                page.send((frame(TEXT, batch) if number % 2 else post) * 4)
            except OSError:
                pass
            deaf.append(page)
        time.sleep(1)
        return growth(server, port, before, deaf)


@attack("heads and bodies that come byte by byte hold every connection")
def slow_requests(target):
    with Server("--web", "127.0.0.1:0", "--maximum-connections", "40", "--authentication-timeout", "2") as server:
        port = web_port(server)
        slow = [Web(port) for _ in range(40)]
        for page in slow[::2]:
            page.send(b"POST /rpc HTTP/1.1\r\nHo")
        for page in slow[1::2]:
            page.send(f"POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{{".encode())
        start, open_ = time.monotonic(), list(slow)
        while open_ and time.monotonic() - start < 8:
            time.sleep(0.5)
            for page in list(open_):
                try:
                    page.send(b"x")
                except OSError:
                    open_.remove(page)
        seconds = time.monotonic() - start
        for page in slow:
            page.close()
        hold(not open_, f"{len(open_)} of 40 are open after {seconds:.0f} s")
        with Web(port) as honest:
            hold(honest.ask("GET", "/health").status == 200, "an ordinary client is not served")
        return f"all were closed within {seconds:.1f} s"


@attack("clients that are gone without having closed stay subscribed for ever")
def half_open(target):
    # Nothing distinguishes a client that answers no ping from one whose cable was cut.
    with Server("--web", "127.0.0.1:0") as server:
        token = server.token("supervisor", subject="sofia", team="delivery")
        with Socket(web_port(server), token=token, timeout=70) as gone:
            gone.call("alerts.subscribe")
            start, pings = time.monotonic(), 0
            while (heard := gone.hear()) is not None:
                pings += heard[0] == PING
            seconds = time.monotonic() - start
        hold(pings == 1 and seconds < 65, f"{pings} pings, closed after {seconds:.0f} s")
        return f"closed after {seconds:.0f} s"


@attack("a page that never signs in keeps its WebSocket for ever, because its browser answers pings")
def silent_page(target):
    with Server("--web", "127.0.0.1:0", "--authentication-timeout", "25") as server, Socket(web_port(server), timeout=70) as page:
        start, pings = time.monotonic(), 0
        while pings < 3 and (heard := page.hear()) is not None:
            pings += heard[0] == PING
            page.send(frame(PONG, heard[1]))
        seconds = time.monotonic() - start
        hold(pings < 3, f"open after {seconds:.0f} s")
        return f"closed after {seconds:.0f} s"


@attack("a subscription is made over HTTP, where nobody could receive it")
def subscription_over_http(target):
    with Web(target.web) as caller:
        token = target.server.token("supervisor", subject=fresh("chief"), team="delivery")
        for method in ("alerts.subscribe", "work.subscribe", "conversation.subscribe"):
            answer = caller.post(request(1, method), token=token).json
            hold("error" in answer, f"{method} is answered with {answer}")


@attack("the figures are read over the web without a role")
def figures_without_a_role(target):
    for token, status in ((None, 401), (target.server.token("agent", subject=fresh("anna")), 403), (target.server.token("operations", subject=fresh("olga")), 200)):
        with Web(target.web) as page:
            answer = page.ask("GET", "/metrics", head=[("Authorization", f"Bearer {token}")] if token else ())
            hold(answer.status == status, f"answered with {answer.status}, not {status}")
            hold((b"rpc_requests_total" in answer.body) == (status == 200), "the figures are shown")


@attack("one address opens an unlimited number of WebSockets without a token")
def strangers_over_websocket(target):
    with Server("--web", "127.0.0.1:0", "--unauthenticated-per-address", "8") as server:
        port = web_port(server)
        pages = []
        for _ in range(30):
            try:
                pages.append(Socket(port, source="127.0.0.2"))
            except ConnectionError as error:
                hold("503" in str(error), f"refused with {error}")
        hold(len(pages) <= 8, f"{len(pages)} connections are open")
        with Socket(port) as other:
            other.call("server.info")
        for page in pages:
            page.close()


@attack("public methods are called over HTTP without a token and without a limit")
def public_flood_over_http(target):
    batch = json.dumps([json.loads(request(number, "server.info")) for number in range(100)])
    with Web(target.web, source="127.0.0.4", timeout=30) as stranger:
        limited = sum(stranger.post(batch).body.count(b'"code":1005') for _ in range(120))
    hold(limited > 0, "all were answered")
    with Web(target.web) as other:
        hold("result" in other.post(request(1, "server.info")).json, "others are limited too")
    return f"{limited} of 12,000 limited"
