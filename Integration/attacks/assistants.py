"""Attacks by assistants and through their doors: what is not offered, what is somebody else's, headers and messages that disagree."""
import base64
import json
import subprocess

from attacks.target import attack, fresh, hold
from frontline_process import ROOT, Server, binary, settings
from test_mcp import META, NEW, OLD, Assistant, Door, message
from web_client import web_port


def told(answer):
    """What an answer gives away: its result, unless it is an error of the protocol or of the tool."""
    if "error" in answer or answer.get("result", {}).get("isError"):
        return None
    return answer["result"]


@attack("an assistant calls a tool that it is not offered, or makes another name look like one that it is")
def unlisted_tools(target):
    agent = target.server.token("agent", subject=fresh("anna"), team="delivery", tier="1")
    with Door(target.web) as page:
        offered = {tool["name"] for tool in page.call(1, "tools/list", agent).json["result"]["tools"]}
        names = ["resolution.approve", "policy.publish", "script.publish", "knowledge.import", "customer.erase", "customer.export",
                 "session.authenticate", "rpc.discover", "server.metrics", "audit.list", "tool.list", "alerts.subscribe",
                 "knowledge.search ", " knowledge.search", "Knowledge.Search", "knowledge.search\u0000", "knowledge.search\n", "knowledge\uff0esearch",
                 "knowledge.sеarch", "../knowledge.search", "knowledge.search/../audit.list", "knowledge.*", "", "x" * 5_000]
        for name in names:
            hold(name not in offered, f"{name} is offered")
            body = message(2, "tools/call", name=name, arguments={})
            # The name is not fit for a header as it is.
            header = f"=?base64?{base64.b64encode(name.encode()).decode()}?="
            answer = page.say(body, agent, method="tools/call", name=header)
            hold(answer.status in (200, 400, 431), f"{name[:40]!r}: {answer.status}")
            if answer.status == 431:
                page = Door(target.web)
                continue
            hold(answer.json["error"]["code"] in (-32602, -32020), f"{name[:40]!r}: {answer.json}")
    return f"{len(names)} names"


@attack("an assistant is used to move money past the ledger: without a key, twice, in another currency, approved by itself")
def money_by_an_assistant(target):
    subject = fresh("anna")
    agent = target.server.token("agent", subject=subject, team="delivery", tier="1")
    chief = target.server.token("supervisor", subject=fresh("sofia"), team="delivery", tier="2")
    with Door(target.web) as page:
        def use(token, name, **arguments):
            return page.call(1, "tools/call", token, name=name, arguments=arguments).json

        order = {"type": "order", "id": fresh("OH")}
        grant = {"action": "refund", "reason": "late_delivery", "customer_id": fresh("c"), "reference": order}
        cheap, dear = ({"amount": amount, "currency": "EUR"} for amount in ("10.00", "400.00"))
        hold(told(use(agent, "resolution.request", amount=cheap, **grant)) is None, "a request without a key was decided")
        key = fresh("key")
        first = told(use(agent, "resolution.request", idempotency_key=key, amount=cheap, **grant))["structuredContent"]
        again = told(use(agent, "resolution.request", idempotency_key=key, amount=cheap, **grant))["structuredContent"]
        hold(first["resolution_id"] == again["resolution_id"], "one key moved money twice")
        hold(told(use(agent, "resolution.request", idempotency_key=key, amount=dear, **grant)) is None, "a key was used for another amount")
        pending = told(use(agent, "resolution.request", idempotency_key=fresh("key"), amount=dear, **grant))
        hold(pending["structuredContent"]["status"] != "approved", "beyond the authority of the agent")
        one = pending["structuredContent"]["resolution_id"]
        hold("error" in use(agent, "resolution.approve", resolution_id=one), "an agent approved its own request")
        own = told(use(chief, "resolution.request", idempotency_key=fresh("key"), amount={"amount": "2000.00", "currency": "EUR"},
                       **{**grant, "reference": {"type": "order", "id": fresh("OH")}}))
        if own and own["structuredContent"]["status"] == "pending":
            hold(told(use(chief, "resolution.approve", resolution_id=own["structuredContent"]["resolution_id"])) is None, "a supervisor approved its own request")


@attack("state of a request, a session or a cursor that somebody else was given, or that was made up, is accepted from an assistant")
def foreign_state(target):
    agent = target.server.token("agent", subject=fresh("anna"), team="delivery")
    other = target.server.token("agent", subject=fresh("ben"), team="returns")
    with Door(target.web) as page:
        for state in ("", "e30=", "eyJzdWJqZWN0Ijoic29maWEiLCJhcHByb3ZlZCI6dHJ1ZX0=", "x" * 10_000, 1, None, {}):
            for member in ("requestState", "inputResponses"):
                answer = page.call(1, "tools/call", agent, name="script.list", arguments={}, **{member: state}).json
                hold(answer.get("error", {}).get("code") == -32602, f"{member} {str(state)[:20]!r} was accepted: {str(answer)[:200]}")
        for cursor in ("-1", "x", "1e3", "9" * 30, "17; DROP TABLE articles", "../"):
            answer = page.call(2, "resources/list", agent, cursor=cursor).json
            hold(answer.get("error", {}).get("code") == -32602, f"the cursor {cursor!r} was accepted")
        answer = page.say(message(3, "tools/list", None), agent, version=OLD, MCP_Session_Id="1868a90c-0000")
        hold(answer.status == 404, f"a session was accepted: {answer.status}")
        contact = told(page.call(4, "tools/call", agent, name="conversation.open", arguments={"channel": "chat"}).json)["structuredContent"]["conversation_id"]
        session = told(page.call(5, "tools/call", agent, name="script.start", arguments={"script_id": "late-delivery", "conversation_id": contact}).json)
        session = session["structuredContent"]["session_id"]
        for name, arguments in (("conversation.get", {"conversation_id": contact}), ("script.state", {"session_id": session}),
                                ("script.advance", {"session_id": session, "revision": 1, "value": "yes"}),
                                ("conversation.observe", {"conversation_id": contact, "speaker": "customer", "text": "x"})):
            answer = page.call(6, "tools/call", other, name=name, arguments=arguments).json
            hold(told(answer) is None, f"{name} of somebody else is answered with {str(answer)[:200]}")


@attack("what stands in the headers of an assistant's message is checked, and something else is done")
def headers_that_disagree(target):
    agent = target.server.token("agent", subject=fresh("anna"))
    call = message(1, "tools/call", name="script.list", arguments={})
    with Door(target.web) as page:
        for version, method, name in ((NEW, "tools/list", None), (NEW, "tools/call", "knowledge.search"), (NEW, "tools/call", None), (NEW, None, "script.list"),
                                      (OLD, "tools/call", "script.list"), (None, "tools/call", "script.list"), (NEW, "tools/call", "=?base64?!?="),
                                      (NEW, "TOOLS/CALL", "script.list"), (NEW, "tools/call", "SCRIPT.LIST")):
            answer = page.say(call, agent, version=version, method=method, name=name)
            hold(answer.status == 400 and answer.json["error"]["code"] == -32020, f"{version} {method} {name}: {answer.status}")
        twice = page.ask("POST", "/mcp", json.dumps(call), Content_Type="application/json", Authorization=f"Bearer {agent}",
                         head=[("MCP-Protocol-Version", NEW), ("Mcp-Method", "tools/call"), ("Mcp-Name", "script.list"), ("Mcp-Name", "audit.list")])
        hold(twice.status == 400, "two names are accepted")
        body = json.dumps(call).replace('"name": "script.list"', '"name": "audit.list", "name": "script.list"')
        hold(told(page.say(body, agent, method="tools/call", name="script.list").json) is not None, "an honest call is refused")
        hold(page.say(body, agent, method="tools/call", name="audit.list").status == 400, "a repeated member is read in two ways")


@attack("a page of another site, another name of the server or a token in the address reaches the assistants' door")
def assistants_door_from_elsewhere(target):
    agent = target.server.token("agent", subject=fresh("anna"))
    listing = message(1, "tools/list")

    def refused(what, statuses, token=agent, **headers):
        # A request that is refused for its head ends the connection.
        with Door(target.web) as page:
            answer = page.say(listing, token, method="tools/list", **headers)
        hold(answer.status in statuses and b'"result"' not in answer.body, f"{what}: {answer.status}")

    for headers, status in (({"Origin": "https://evil.example"}, 403), ({"Origin": "null"}, 403), ({"Sec_Fetch_Site": "cross-site"}, 403),
                            ({"host": "evil.example:80"}, 421), ({"host": "evil.example"}, 421)):
        refused(headers, (status,), **headers)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "text/event-stream", ""):
        refused(kind, (415,), Content_Type=kind)
    for token in (None, "fl_wrong", agent[:-1]):
        refused("without a token that counts", (401, 429), token)
    for path in (f"/mcp?token={agent}", f"/mcp?access_token={agent}", f"/mcp/{agent}", "/mcp/", "/MCP", "//mcp", "/mcp#x"):
        with Door(target.web) as page:
            answer = page.ask("POST", path, json.dumps(listing), Content_Type="application/json", head=[("MCP-Protocol-Version", NEW), ("Mcp-Method", "tools/list")])
            hold(answer.status in (400, 404), f"{path[:12]} is answered with {answer.status}")
    with Door(target.web) as page:
        hold(page.say(listing, agent, method="tools/list").status == 200, "an honest message is refused")
    hold(agent not in "".join(target.server.log), "the server's log has the token")


@attack("a message of an assistant that is too long, too deep, in a batch or a bomb of numbers stops the server or is done in part")
def hostile_messages(target):
    with Server("--web", "127.0.0.1:0", "--line-limit", "100000") as server:
        agent = server.token("agent", subject="anna")
        deep = '{"a":' * 5_000 + "1" + "}" * 5_000
        call = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"knowledge.feedback","arguments":%s,"_meta":' + json.dumps(META) + "}}"
        bodies = [call % deep, call % ("[" * 5_000 + "]" * 5_000), "[" + call % "{}" + "]", call % ('{"n":' + "9" * 50_000 + "}"), call % '{"a":"\\ud800"}',
                  call % "{}" + call % "{}", "\ufeff" + call % "{}", call % '{"a":"\x00"}', "", " " * 90_000, "{" * 90_000, '"' * 90_000]
        for body in bodies:
            with Door(web_port(server)) as page:
                answer = page.say(body.encode("utf-8", "surrogatepass"), agent, method="tools/call", name="knowledge.feedback")
                hold(answer.status in (200, 400) and told(answer.json) is None, f"{body[:30]!r}: {answer.status} {answer.body[:100]}")
        with Door(web_port(server)) as page:
            hold(page.say("x" * 100_001, agent).status == 413, "a long body is read")
        with Door(web_port(server)) as page:
            hold(page.call(1, "tools/list", agent).status == 200, "an honest client is not served")
        with Assistant(FRONTLINE_CONNECT=f"127.0.0.1:{server.port}", FRONTLINE_TOKEN=agent) as page:
            for body in bodies[:8]:
                page.say(body.replace("\n", " ").encode("utf-8", "replace").decode())
                hold(told(page.hear()) is None, f"{body[:30]!r} was done")
            hold("result" in page.ask(2, "tools/list"), "the command answers no more")


@attack("an article or a script that is not for a role is read as a resource or a prompt")
def hidden_articles(target):
    subject = fresh("keeper")
    secret, restricted = fresh("secret"), fresh("vip")
    xml = (f'<articles xmlns="urn:frontline:knowledge:1"><article id="{secret}" audience="supervisor"><title>Margins {secret}</title><section kind="body"><p>{secret}</p></section></article>'
           f'<article id="{restricted}" restrict="team:vip"><title>Lounge {restricted}</title><section kind="body"><p>{restricted}</p></section></article></articles>')
    with target.connect("knowledge_manager", subject=subject) as keeper:
        keeper.call("knowledge.import", xml=xml, source=fresh("source"))
    agent = target.server.token("agent", subject=fresh("anna"), team="delivery")
    declared = fresh("helper")
    done = subprocess.run([binary(), "token", "create", "--data", target.server.folder, "--subject", declared, "--role", "agent", "--allow", "tool.list,script.list"],
                          capture_output=True, text=True, env=settings(**target.server.store), check=True)
    narrow = done.stdout.strip()
    with Door(target.web) as page:
        def everything(token):
            pages, cursor = "", {}
            while True:
                answer = page.call(1, "resources/list", token, **cursor).json["result"]
                pages += json.dumps(answer)
                if "nextCursor" not in answer:
                    return pages
                cursor = {"cursor": answer["nextCursor"]}

        for name in (secret, restricted):
            hold(name not in everything(agent), "it is listed")
            for uri in (f"frontline://articles/en/{name}", f"frontline://articles/en/%{ord(name[0]):02x}{name[1:]}", f"frontline://articles/en/{name}/", f"frontline://articles/en/./{name}"):
                answer = page.call(2, "resources/read", agent, uri=uri).json
                hold("error" in answer and "Margins" not in json.dumps(answer) and "Lounge" not in json.dumps(answer), f"{uri} is read")
            found = page.call(3, "tools/call", agent, name="knowledge.search", arguments={"query": name}).json
            hold(f'"article_id": "{name}"' not in json.dumps(found), "it is found")
        missing = page.call(4, "resources/read", agent, uri="frontline://articles/en/not-there").json["error"]
        hidden = page.call(4, "resources/read", agent, uri=f"frontline://articles/en/{secret}").json["error"]
        hold({**missing, "data": 0} == {**hidden, "data": 0}, "what is hidden differs from what is not there")
        hold(page.call(5, "resources/list", narrow).json["result"]["resources"] == [], "a token that may not list articles lists them")
        hold("error" in page.call(6, "prompts/get", narrow, name="late-delivery").json, "a token that may not read scripts gets one as a prompt")
        hold("error" in page.call(7, "tools/call", narrow, name="knowledge.search", arguments={"query": "x"}).json, "a token calls what it is not declared for")


@attack("an assistant goes on in the name of a token that was revoked or has expired")
def revoked_assistant(target):
    with Server("--web", "127.0.0.1:0", "--rules", ROOT / "rules") as server:
        token = server.token("agent", subject="leaver")
        with Assistant(FRONTLINE_CONNECT=f"127.0.0.1:{server.port}", FRONTLINE_TOKEN=token) as page, Door(web_port(server)) as post:
            hold("result" in page.ask(1, "tools/list"), "the token does not count")
            rows = subprocess.run([binary(), "token", "list", "--json", "--data", server.folder], capture_output=True, text=True, env=settings(**server.store)).stdout.splitlines()
            one = next(row["id"] for row in map(json.loads, rows) if row["subject"] == "leaver")
            subprocess.run([binary(), "token", "revoke", "--data", server.folder, one], capture_output=True, env=settings(**server.store), check=True)
            for number, method, params in ((2, "tools/list", {}), (3, "tools/call", {"name": "script.list", "arguments": {}}), (4, "resources/list", {}), (5, "prompts/get", {"name": "late-delivery"})):
                hold(page.ask(number, method, **params).get("error", {}).get("code") == 1001, f"{method} is answered over standard streams")
                hold(post.call(number, method, token, **params).status == 401, f"{method} is answered over HTTP")
