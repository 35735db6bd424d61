"""Attacks through webhooks: where they are sent, what they tell, and receivers that misbehave."""
import pathlib
import socket
import tempfile
import time

from attacks.target import attack, fresh, hold, refused
from frontline_process import Server
from webhook_receiver import SECRET, Receiver

ENTRY = "webhooks:\n"
HOOK = ("  {name}: {{url: '{url}', events: [{events}], teams: ['{team}'], secrets: [{secret}], allow_private: {private}, "
        "timeouts: {{connect: 1s, total: 2s}}, retry: [1s, 1s]}}\n")


def secret_file():
    path = pathlib.Path(tempfile.mkdtemp(prefix="frontline-attack-")) / "secret"
    path.write_text(SECRET)
    return path


def hook(name, url, private="true", events="alert.*", team="*", secret=None):
    return HOOK.format(name=name, url=url, private=private, events=events, team=team, secret=secret or f"{{file: {secret_file()}}}")


def publish(connection, *hooks):
    return connection.call("policy.publish", name="webhooks", source=ENTRY + "".join(hooks))


def ask_for_help(server, team="delivery", note="please"):
    with server.connect("agent", subject=fresh("agent"), team=team) as agent:
        contact = agent.call("conversation.open", channel="chat")["conversation_id"]
        agent.call("conversation.observe", conversation_id=contact, speaker="customer", text="I am Eve Adler and I say sesame")
        agent.call("alerts.raise", conversation_id=contact, note=note)


@attack("a webhook is aimed at this machine, its network, the metadata of a cloud, or something other than HTTP")
def private_addresses(target):
    with Server() as server, server.connect("operations", subject="olga") as olga:
        hosts = ["127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "172.16.0.1",
                 "192.168.1.1", "169.254.169.254", "[fd00:ec2::254]", "[fe80::1]", "100.64.0.1", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "a.localhost", "nas.local"]
        for host in hosts:
            refused(lambda: publish(olga, hook("own", f"https://{host}/", private="false")), -32602)
        for url in ("http://crm.example.com/", "file:///etc/passwd", "gopher://crm.example.com/", "https://me:pw@crm.example.com/", "https://"):
            refused(lambda: publish(olga, hook("own", url, private="false")), -32602)
        # A name says nothing before it is looked up: what counts is the address that is connected to.
        listener = socket.create_server(("", 0))
        listener.settimeout(0.2)
        publish(olga, hook("own", f"https://{socket.gethostname()}:{listener.getsockname()[1]}/", private="false"))
        answer = olga.call("webhook.test", webhook="own")
        hold(not answer["delivered"] and "status" not in answer, "the test was answered")
        try:
            listener.accept()
            hold(False, "a name led to this machine")
        except TimeoutError:
            pass
        listener.close()
        return f"{len(hosts)} addresses"


@attack("a receiver redirects a webhook into the network of the server")
def redirected(target):
    inside = Receiver()
    outside = Receiver(lambda receipt: (307, {"Location": f"http://127.0.0.1:{inside.port}/admin"}))
    with Server() as server, server.connect("operations", subject="olga") as olga:
        publish(olga, hook("crm", f"http://127.0.0.1:{outside.port}/"))
        answer = olga.call("webhook.test", webhook="crm")
        hold(answer == {**answer, "delivered": False, "status": 307}, f"a redirect is taken for an arrival: {answer}")
        hold(len(outside.receipts) == 1 and not inside.receipts, "the redirect was followed")
    inside.close()
    outside.close()


@attack("a webhook is told of other teams, or of what customers say")
def other_teams(target):
    receiver = Receiver()
    with Server() as server, server.connect("operations", subject="olga") as olga:
        publish(olga, hook("crm", f"http://127.0.0.1:{receiver.port}/", events="alert.*, conversation.*, resolution.*, work.*", team="delivery"))
        time.sleep(1)
        ask_for_help(server, "billing")
        ask_for_help(server, "delivery", "write to eve@example.org, card 4111 1111 1111 1111")
        receiver.wait(1)
        time.sleep(1)
        text = b"\n".join(receipt.body for receipt in receiver.receipts)
        hold(b"billing" not in text, "an event of another team was sent")
        for words in (b"sesame", b"eve@example.org", b"4111"):
            hold(words not in text, f"{words.decode()} was sent")
        refused(lambda: publish(olga, hook("crm", "https://crm.example.com/", events="turn.*")), -32602)
        refused(lambda: publish(olga, hook("crm", "https://crm.example.com/", events="conversation.turn")), -32602)
    receiver.close()


@attack("a secret is read from the published file, or a file of the machine through a webhook")
def secrets(target):
    receiver = Receiver()
    with Server() as server, server.connect("operations", subject="olga") as olga:
        url = f"http://127.0.0.1:{receiver.port}/"
        for place in (SECRET, "{env: PATH}", "{env: HOME}", "{env: FRONTLINE_TOKEN}", "{file: secret}", "{file: ../secret}"):
            refused(lambda: publish(olga, hook("crm", url, secret=place)), -32602)
        for path in ("/etc/passwd", "/dev/zero", "/proc/self/environ", "/nothing", "/tmp"):
            publish(olga, hook("crm", url, secret=f"{{file: {path}}}"))
            answer = olga.call("webhook.test", webhook="crm")
            hold(not answer["delivered"] and "root" not in str(answer), f"{path} signs or is told: {answer}")
        hold(not receiver.receipts, "something was sent without a secret")
        publish(olga, hook("crm", url))
        hold(olga.call("webhook.test", webhook="crm")["delivered"], "the secret of the tests signs nothing")
        shown = str(olga.call("webhook.list")) + str(olga.call("policy.get", name="webhooks")) + "".join(server.log)
        hold(SECRET not in shown, "the secret is shown")
    receiver.close()


@attack("receivers that hang, answer without end or ask for years of patience hold up other receivers and the server")
def slow_receivers(target):
    bad = [Receiver(lambda receipt: "hang"), Receiver(lambda receipt: "endless"), Receiver(lambda receipt: "half"),
           Receiver(lambda receipt: (503, {"Retry-After": "999999999"})), Receiver(lambda receipt: "reset")]
    good = Receiver()
    with Server() as server, server.connect("operations", subject="olga") as olga:
        hooks = [hook(f"bad-{number}", f"http://127.0.0.1:{receiver.port}/") for number, receiver in enumerate(bad)]
        publish(olga, *hooks, hook("good", f"http://127.0.0.1:{good.port}/"))
        time.sleep(1)
        slowest = 0
        for _ in range(10):
            begun = time.monotonic()
            ask_for_help(server)
            good.wait(1, of=lambda receipt, begun=begun: receipt.event["type"] == "alert.raised")
            good.receipts.clear()
            slowest = max(slowest, time.monotonic() - begun)
        hold(slowest < 3, f"an event took {slowest:.1f} s")
        patient = next(row for row in olga.call("webhook.list")["webhooks"] if row["webhook"] == "bad-3")
        hold(patient["resumes_at"] < time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 86_460)), "a receiver chose a pause of years")
    for receiver in [*bad, good]:
        receiver.close()
    return f"slowest event {slowest:.2f} s, with its call"
