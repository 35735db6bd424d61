"""A full disk: calls that cannot be stored are refused, reading continues, and everything works again once there is room.

The server's data folder is a small file system in memory, mounted in a separate namespace of the server, which needs no
privilege if users may create namespaces; otherwise the run is skipped.
"""
import pathlib
import shutil
import signal
import subprocess
import tempfile

from harness import ROOT, RPCError, Server, report, say

MEGABYTES = 48
ROOM = 12
MOUNT = ["unshare", "--user", "--map-root-user", "--mount", "bash", "-c",
         f'mount -t tmpfs -o size={MEGABYTES}m none "$0" && exec "$@"']


def fill(keeper, agent):
    """Writes until both kinds of calls are refused; returns what was acknowledged and the codes of the refusals."""
    articles, turns, codes = {}, [], {}
    refusals = 0
    for number in range(20_000):
        xml = (f'<article xmlns="urn:frontline:knowledge:1" id="full-{number}"><title>Full {number}</title>'
               f'<section kind="body"><p>{"word " * 4_000}{number}</p></section></article>')
        try:
            outcome = keeper.call("knowledge.import", xml=xml)
            if outcome["created"]:
                articles[f"full-{number}"] = xml
            else:
                refusals += 1
                codes["failed in the report"] = codes.get("failed in the report", 0) + 1
        except RPCError as error:
            refusals += 1
            codes[error.code] = codes.get(error.code, 0) + 1
        turn = {"turn_id": f"t{number}", "speaker": "customer", "text": f"Utterance number {number}."}
        try:
            agent.call("conversation.observe", conversation_id="full", **turn)
            turns.append(turn)
        except RPCError as error:
            refusals += 1
            codes[error.code] = codes.get(error.code, 0) + 1
        if refusals > 60:
            break
    return articles, turns, codes


def disk():
    if shutil.which("unshare") is None or subprocess.run(
            [*MOUNT, tempfile.mkdtemp(prefix="frontline-"), "true"], capture_output=True).returncode != 0:
        say("    skipped: this user may not mount a file system in a name space of his own")
        return True
    folder = tempfile.mkdtemp(prefix="frontline-")
    server = Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules", "--no-auth", data=folder, prefix=[*MOUNT, folder])
    wrong = []
    try:
        filler = pathlib.Path(f"/proc/{server.process.pid}/root{folder}/filler")
        with open(filler, "wb") as file:
            file.write(bytes((MEGABYTES - ROOM) << 20))
        with server.connect() as keeper, server.connect() as agent:
            agent.call("conversation.open", conversation_id="full", channel="chat")
            articles, turns, codes = fill(keeper, agent)
            if set(codes) - {1007, "failed in the report"} or not codes:
                wrong.append(f"refusals: {codes}")
            if not agent.call("knowledge.search", query="parcel is late")["hits"]:
                wrong.append("searches find nothing on a full disk")
            health = agent.call("server.health")["status"]
            filler.unlink()
            agent.call("conversation.observe", conversation_id="full", turn_id="after", speaker="customer", text="Better now.")
            held = {turn["turn_id"] for turn in agent.call("conversation.get", conversation_id="full")["turns"] if "turn_id" in turn}
            lost = [turn for turn in turns if turn["turn_id"] not in held]
            lost += [name for name, xml in articles.items() if keeper.call("knowledge.import", xml=xml)["unchanged"] != 1]
            if lost:
                wrong.append(f"{len(lost)} acknowledged calls were lost")
            if not keeper.call("audit.verify")["ok"]:
                wrong.append("the audit chain is broken")
        report("disk", acknowledged={"articles": len(articles), "turns": len(turns)}, refused=codes, health_when_full=health, wrong=wrong)
        return not wrong
    finally:
        server.stop(signal.SIGTERM)
        shutil.rmtree(folder, ignore_errors=True)
