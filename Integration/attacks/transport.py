"""Attacks on lines and connections, and the cost of unauthenticated clients."""
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import struct
import subprocess
import tempfile
import time

from attacks.target import attack, fresh, hold, refused
from frontline_process import Connection, Server, run


def line(number, method, **params):
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode() + b"\n"


def resident_megabytes(server):
    for row in pathlib.Path(f"/proc/{server.process.pid}/status").read_text().splitlines():
        if row.startswith("VmRSS"):
            return int(row.split()[1]) / 1024
    return 0.0


def processor_seconds(server):
    fields = pathlib.Path(f"/proc/{server.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def raw(server, source=None):
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=10, source_address=source and (source, 0))
    return connection


def deaf(server, data, count):
    """Opens clients that send `data` and read nothing; the server may have closed some of them."""
    clients = []
    for _ in range(count):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(10)
        client.connect(("127.0.0.1", server.port))
        client.setblocking(False)
        clients.append([client, data])
    deadline = time.monotonic() + 2
    while any(rest for _, rest in clients) and time.monotonic() < deadline:
        for entry in clients:
            client, rest = entry
            if not rest:
                continue
            try:
                entry[1] = rest[client.send(rest[:65536]):]
            except BlockingIOError:
                pass
            except OSError:
                entry[1] = b""
        time.sleep(0.01)
    return [client for client, _ in clients]


def growth(server, data, count, seconds=1.0):
    """The megabytes that clients cost which read nothing, and whether an ordinary client is served at the same time."""
    before = most = resident_megabytes(server)
    clients = deaf(server, data, count)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        most = max(most, resident_megabytes(server))
        time.sleep(0.05)
    with server.connect() as honest:
        hold(honest.call("server.health")["status"] == "ok", "an ordinary client is not served")
    for client in clients:
        client.close()
    return most - before


@attack("a method that needs a token is called without one")
def without_a_token(target):
    with target.connect() as stranger:
        refused(lambda: stranger.call("knowledge.search", query="refund"), 1001)
        hold(stranger.call("server.info")["protocol"] == "1", "the connection was closed")


@attack("batches of large public answers that nobody reads exhaust the memory")
def unread_batches(target):
    batch = json.dumps([{"jsonrpc": "2.0", "id": n, "method": "rpc.discover"} for n in range(100)]).encode() + b"\n"
    with Server() as server:
        megabytes = growth(server, batch * 4, 120)
        hold(megabytes < 150, f"{megabytes:.0f} MB for 120 clients without a token")
        return f"{megabytes:.0f} MB"


@attack("small public answers that nobody reads exhaust the memory")
def unread_answers(target):
    with Server("--buffer-limit", "32") as server:
        megabytes = growth(server, line(1, "server.info") * 4_000, 100)
        hold(megabytes < 130, f"{megabytes:.0f} MB for 100 clients without a token")
        return f"{megabytes:.0f} MB"


@attack("long requests with many small values exhaust the memory while they wait")
def heavy_requests(target):
    zeros = b"[" + b",".join([b"0"] * 250_000) + b"]"
    request = b'{"jsonrpc":"2.0","id":1,"method":"server.health","params":{"a":' + zeros + b"}}\n"
    with Server("--buffer-limit", "64") as server:
        megabytes = growth(server, request, 30)
        hold(megabytes < 200, f"{megabytes:.0f} MB for 30 clients without a token")
        return f"{megabytes:.0f} MB"


@attack("an agent's batches of whole conversations that nobody reads exhaust the memory")
def unread_conversations(target):
    with Server("--buffer-limit", "64") as server:
        token = server.token("agent", subject="anna", team="delivery")
        with server.connect("agent", subject="anna", team="delivery") as agent:
            conversation = agent.call("conversation.open", channel="chat")["conversation_id"]
            for number in range(60):
                agent.send(line(number, "conversation.observe", conversation_id=conversation, speaker="agent", text="word " * 1_500))
            for _ in range(60):
                agent.receive()
        calls = [{"jsonrpc": "2.0", "id": n, "method": "conversation.get", "params": {"conversation_id": conversation}} for n in range(100)]
        data = line(0, "session.authenticate", token=token) + (json.dumps(calls).encode() + b"\n") * 3
        megabytes = growth(server, data, 40, seconds=2.0)
        hold(megabytes < 350, f"{megabytes:.0f} MB for 40 clients with a token")
        return f"{megabytes:.0f} MB"


@attack("a browser posts a call to a server without authentication")
def post_of_a_browser(target):
    with Server("--no-auth") as server:
        admin = server.connect()
        body = line(1, "conversation.open", channel="chat", customer={"id": "victim"})
        head = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(body)
        with raw(server) as browser:
            browser.sendall(head + body)
            answer = b"".join(iter(lambda: browser.recv(65536), b""))
        hold(answer.startswith(b"HTTP/1.1 400 "), f"answered {answer[:80]!r}")
        hold(b'"result"' not in answer, "the call was carried out")
        hold(admin.call("conversation.list", customer_id="victim")["conversations"] == [], "the call was carried out")
        admin.close()


@attack("a program that does not speak JSON gets every line answered")
def foreign_protocol(target):
    with raw(target.server) as stranger:
        stranger.sendall(b"EHLO example.org\r\n" + line(1, "server.info"))
        answer = b"".join(iter(lambda: stranger.recv(65536), b""))
    hold(answer.count(b"\n") == 1 and b"-32700" in answer, f"answered {answer[:200]!r}")


@attack("every user of the machine is an admin although only the Unix socket was intended")
def other_users_without_a_token(target):
    path = tempfile.mktemp(suffix=".sock", prefix="frontline-")
    with Server("--no-auth", "--no-auth-scope", "socket", "--socket", path) as server:
        with server.connect() as stranger:
            refused(lambda: stranger.call("knowledge.list"), 1001)
        with Connection(socket.AF_UNIX, path) as owner:
            owner.call("knowledge.list")
        hold(not any("is an admin" in row for row in server.log), "the start prints a wrong warning")
    with Server("--no-auth") as server:
        hold(any("is an admin" in row for row in server.log), "the start does not say who is an admin")


@attack("silent connections take every slot")
def slots(target):
    with Server("--maximum-connections", "40") as server:
        token = server.token("agent")
        silent = [raw(server) for _ in range(40)]
        for client in silent[::2]:
            client.sendall(b'{"jsonrpc":"2.0","id":1,"met')
        time.sleep(2.1)
        for _ in range(5):
            with server.connect() as agent:
                agent.call("session.authenticate", token=token)
                agent.call("knowledge.list")
        for client in silent:
            client.close()


@attack("one address opens an unlimited number of connections without a token")
def strangers_of_an_address(target):
    with Server("--unauthenticated-per-address", "8") as server:
        first = [raw(server, "127.0.0.2") for _ in range(8)]
        # New connections are not closed.
        time.sleep(2.1)
        second = [raw(server, "127.0.0.2") for _ in range(8)]
        time.sleep(0.2)
        still = 0
        for client in first + second:
            client.setblocking(False)
            try:
                still += bool(client.recv(1))
            except BlockingIOError:
                still += 1
            except OSError:
                pass
        for client in first + second:
            client.close()
        hold(still <= 8, f"{still} connections are open")
        # Clients behind a proxy are not counted.
        many = [raw(server) for _ in range(20)]
        for client in many:
            client.sendall(line(1, "server.info"))
            hold(b"result" in client.recv(65536), "a proxy's clients are limited")
            client.close()


@attack("a server without free file descriptors spins, and its store cannot open files")
def out_of_files(target):
    if shutil.which("prlimit") is None:
        return "skipped: prlimit is missing"
    with Server(prefix=["prlimit", "--nofile=200:200"]) as server, server.connect("agent", "knowledge_manager") as keeper:
        clients = []
        for _ in range(400):
            try:
                clients.append(raw(server))
            except OSError:
                break
        article = '<article xmlns="urn:frontline:knowledge:1" id="a"><title>A</title></article>'
        hold(keeper.call("knowledge.import", xml=article)["created"] == 1, "the store does not work")
        hold(keeper.call("server.health")["status"] == "ok", "the store is degraded")
        time.sleep(0.5)
        used, start = processor_seconds(server), time.monotonic()
        time.sleep(0.7)
        share = (processor_seconds(server) - used) / (time.monotonic() - start)
        for client in clients:
            client.close()
        hold(share < 0.15, f"{share:.0%} of a processor while idle")
        time.sleep(0.3)
        with server.connect() as late:
            late.call("server.info")
        return f"{share:.0%} of a processor"


@attack("silent clients block the metrics")
def silent_metrics(target):
    with Server("--metrics-listen", "127.0.0.1:0") as server:
        row = next(row for row in server.log if "metrics" in row and "address=127.0.0.1:" in row)
        port = int(row.split("address=127.0.0.1:")[1].split()[0])
        silent = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(100)]
        for client in silent[::2]:
            client.sendall(b"GET /metrics HT")
        with socket.create_connection(("127.0.0.1", port), timeout=3) as scraper:
            scraper.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = scraper.recv(65536)
        hold(answer.startswith(b"HTTP/1.1 200"), f"answered {answer[:60]!r}")
        for client in silent:
            client.close()


@attack("public methods are called without a token and without a limit")
def public_flood(target):
    with raw(target.server, "127.0.0.3") as stranger:
        stranger.settimeout(20)
        stranger.sendall(line(1, "server.info") * 7_000)
        stranger.shutdown(socket.SHUT_WR)
        answers = b"".join(iter(lambda: stranger.recv(1 << 20), b"")).splitlines()
    limited = sum(b"1005" in answer for answer in answers)
    hold(len(answers) == 7_000, f"{len(answers)} answers to 7,000 calls")
    hold(limited > 0, "all were answered")
    with target.connect() as other:
        other.call("server.info")
    return f"{limited} of 7,000 limited"


@attack("requests of disconnected clients delay the shutdown")
def gone_at_the_end(target):
    server = Server("--drain-timeout", "30")
    try:
        token = server.token("knowledge_manager")
        articles = "".join(f'<article id="a{n}"><title>Article {n} about parcels</title><section kind="body"><p>{"words " * 40}</p></section></article>' for n in range(1_000))
        xml = f'<articles xmlns="urn:frontline:knowledge:1">{articles}</articles>'
        client = raw(server)
        client.sendall(line(0, "session.authenticate", token=token))
        client.recv(65536)
        for number in range(60):
            prefix = f'id="a{number}-'
            client.sendall(line(number, "knowledge.import", xml=xml.replace('id="a', prefix), source=f"s{number}"))
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
        time.sleep(0.2)
        start = time.monotonic()
        server.stop(signal.SIGTERM)
        seconds = time.monotonic() - start
        hold(seconds < 5, f"it took {seconds:.1f} s to end")
        return f"{seconds:.1f} s"
    finally:
        server.__exit__()


@attack("recorded TLS traffic is decrypted later with the server's key")
def without_forward_secrecy(target):
    if shutil.which("openssl") is None:
        return "skipped: openssl is missing"
    folder = pathlib.Path(tempfile.mkdtemp(prefix="frontline-"))
    certificate, key = folder / "c.pem", folder / "k.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True)
    with Server("--tls-certificate", certificate, "--tls-key", key) as server:
        def speaks(suite):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            context.maximum_version = ssl.TLSVersion.TLSv1_2
            context.set_ciphers(f"{suite}:@SECLEVEL=0")
            try:
                with raw(server) as plain, context.wrap_socket(plain) as secured:
                    secured.sendall(line(1, "server.info"))
                    return b"result" in secured.recv(65536)
            except OSError:
                return False

        for suite in ("AES128-GCM-SHA256", "AES256-SHA", "ECDHE-RSA-AES128-SHA"):
            hold(not speaks(suite), f"{suite} is accepted")
        hold(speaks("ECDHE-RSA-AES128-GCM-SHA256"), "a secure suite is not accepted")
    shutil.rmtree(folder)


@attack("a text sends control sequences to the terminal of whoever reads alerts and tokens")
def steering_texts(target):
    steering = "\u202e\u2066\u2028\u2029\u200f\u061c\u009b31m\u001b[2J\u0007\ufeff"
    subject = "eve\u202e\u2028\u009b1m"
    created = []
    server = target.server
    token = server.token("supervisor", subject=fresh("chief"), team="delivery")
    run("token", "create", "--data", server.folder, "--subject", subject, "--role", "agent", check=False)
    with target.connect("agent", subject=fresh("agent"), team="delivery") as agent:
        conversation = agent.call("conversation.open", channel="chat")["conversation_id"]
        agent.call("alerts.raise", conversation_id=conversation, note=f"help {steering} now")
    address = f"127.0.0.1:{server.port}"
    for arguments in (["alerts", "tail", "--after", "0"], ["alerts", "tail", "--after", "0", "--json"], ["call", "alerts.list"]):
        created.append(run(*arguments, "--connect", address, env={"FRONTLINE_TOKEN": token}).stdout)
    created.append(run("token", "list", "--data", server.folder).stdout)
    created.append(run("token", "list", "--json", "--data", server.folder).stdout)
    for text in created:
        hold(text, "nothing was printed")
        found = {f"U+{ord(c):04X}" for c in text if c in steering + subject and not c.isascii() or ord(c) < 32 and c not in "\n\t"}
        hold(not found, f"{sorted(found)} reached the terminal")
