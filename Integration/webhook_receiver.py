"""Receives webhooks, for tests: verifies signatures without a library, and behaves as badly as a test wants.

As a program it is a receiver that can be killed: it writes what it gets to a file before it answers.

usage: webhook_receiver.py PORT RECEIPTS SECRET [--seed N] [--calm]
"""
import base64
import hashlib
import hmac
import http.server
import json
import os
import random
import socket
import ssl
import sys
import threading
import time

SECRET = "whsec_" + base64.b64encode(b"a secret of the tests, 32 bytes.").decode()
OTHER = "whsec_" + base64.b64encode(b"the other secret of these tests.").decode()


def verified(headers, body, secret=SECRET):
    """Whether one of the signatures is that of the secret, by the text of the standard."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    own = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    fresh = abs(time.time() - int(headers["webhook-timestamp"])) < 300
    return fresh and any(hmac.compare_digest(own, each) for each in headers["webhook-signature"].split())


class Receipt:
    def __init__(self, path, headers, body):
        self.path, self.headers, self.body = path, headers, body
        self.event = json.loads(body)

    @property
    def id(self):
        return self.event["id"]


class Receiver:
    """A server on a port of 127.0.0.1 whose answers are chosen by `answer(receipt)`.

    An answer is a status, a pair of a status and headers, or one of the words hang, reset, half, and endless.
    """

    def __init__(self, answer=lambda receipt: 200, port=0, tls=None):
        self.answer, self.receipts, self.changed = answer, [], threading.Condition()
        self.released = threading.Event()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receipt = Receipt(self.path, dict((name.lower(), value) for name, value in self.headers.items()), body)
                answer = receiver.answer(receipt)
                with receiver.changed:
                    receiver.receipts.append(receipt)
                    receiver.changed.notify_all()
                receiver.respond(self, answer)

            do_GET = do_POST

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_):
                pass  # The tests break connections on purpose.

        self.server = Server(("127.0.0.1", port), Handler)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def respond(self, handler, answer):
        if answer == "hang":
            self.released.wait(120)
            handler.close_connection = True
        elif answer == "reset":
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            handler.close_connection = True
        elif answer == "half":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n")
            handler.close_connection = True
        elif answer == "endless":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
            try:
                while not self.released.is_set():
                    handler.wfile.write(b"x" * 65536)
            except OSError:
                pass
            handler.close_connection = True
        else:
            status, headers = answer if isinstance(answer, tuple) else (answer, {})
            handler.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                handler.send_header(name, value)
            handler.end_headers()

    def wait(self, count, seconds=30, of=lambda receipt: True):
        """The receipts, once there are so many; fails if there are not in time."""
        with self.changed:
            here = lambda: [receipt for receipt in self.receipts if of(receipt)]
            if not self.changed.wait_for(lambda: len(here()) >= count, seconds):
                raise AssertionError(f"{len(here())} of {count} events have come")
            return here()

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


def serve(port, path, secret, dice, calm):
    """Writes each receipt before it is answered, and answers badly one time in three."""
    file = open(path, "a", encoding="utf-8")
    lock = threading.Lock()

    def answer(receipt):
        with lock:
            choice = "take" if calm or dice.random() < 0.66 else dice.choice(["fail", "move", "reset", "half", "slow", "busy", "lie"])
            taken = choice in ("take", "slow", "lie")
            line = {"id": receipt.id, "subject": receipt.event["subject"], "sequence": receipt.event["sequence"],
                    "taken": taken, "verified": verified(receipt.headers, receipt.body, secret)}
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())
        if choice == "slow":
            time.sleep(dice.uniform(0, 0.5))
        return {"take": 200, "slow": 200, "fail": 500, "move": (302, {"Location": "/elsewhere"}), "reset": "reset", "half": "half",
                "busy": (429, {"Retry-After": "1"}), "lie": 503}[choice]

    receiver = Receiver(answer, port)
    print(receiver.port, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    number = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 1
    serve(int(sys.argv[1]), sys.argv[2], sys.argv[3], random.Random(number), "--calm" in sys.argv)
