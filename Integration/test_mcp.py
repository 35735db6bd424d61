"""Assistants: the Model Context Protocol over standard streams and HTTP, line by line, and with the Python package mcp if it is installed."""
import asyncio
import json
import shutil
import subprocess
import tempfile
import threading
import unittest

from frontline_process import ROOT, Server, binary, run, settings
from web_client import Web, web_port

try:
    import httpx2
    import mcp
    from mcp.client.stdio import StdioServerParameters
    from mcp.client.streamable_http import streamable_http_client
except ImportError:
    mcp = None

NEW, OLD = "2026-07-28", "2025-11-25"
PREFIX = "io.modelcontextprotocol/"
META = {PREFIX + "protocolVersion": NEW, PREFIX + "clientCapabilities": {}, PREFIX + "clientInfo": {"name": "test", "version": "1"}}
HANDSHAKE = {"protocolVersion": OLD, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
REFUND = {"action": "refund", "reason": "late_delivery", "reference": {"type": "order", "id": "OH-26-104233"}}


def message(number, method, meta=META, **params):
    """A request, in the newest revision unless `meta` is None."""
    if meta is not None:
        params["_meta"] = meta
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


class Assistant:
    """A program that has started `frontline mcp`."""

    def __init__(self, *arguments, **environment):
        self.process = subprocess.Popen(
            [binary(), "mcp", *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, env=settings(**environment))
        self.errors = []
        self.reader = threading.Thread(target=lambda: self.errors.extend(self.process.stderr), daemon=True)
        self.reader.start()

    def say(self, *messages):
        self.process.stdin.write("".join(json.dumps(each) + "\n" if not isinstance(each, str) else each + "\n" for each in messages))
        self.process.stdin.flush()

    def hear(self):
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def ask(self, number, method, meta=META, **params):
        self.say(message(number, method, meta, **params))
        answer = self.hear()
        assert answer and answer["id"] == number, answer
        return answer

    def end(self):
        """Ends the input; the exit code, and what was still written."""
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        rest = [json.loads(line) for line in self.process.stdout]
        code = self.process.wait(30)
        self.reader.join(10)
        return code, rest

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.reader.join(10)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except BrokenPipeError:
                pass


class Door(Web):
    """A connection that posts messages to /mcp."""

    def say(self, body, token=None, version=NEW, method=None, name=None, **headers):
        if token:
            headers["Authorization"] = f"Bearer {token}"
        pairs = [("MCP-Protocol-Version", version), ("Mcp-Method", method), ("Mcp-Name", name)]
        head = [(key, value) for key, value in pairs if value is not None]
        body = body if isinstance(body, (str, bytes)) else json.dumps(body)
        headers.setdefault("Content_Type", "application/json")
        return self.ask("POST", "/mcp", body, head=head, Accept="application/json, text/event-stream", **headers)

    def call(self, number, method, token=None, **params):
        """A request with all that belongs to it."""
        name = params.get("name", params.get("uri")) if method in ("tools/call", "resources/read", "prompts/get") else None
        return self.say(message(number, method, **params), token, method=method, name=name)


class AssistantServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="frontline-")
        cls.path = f"{cls.folder}/socket"
        cls.server = Server("--knowledge", ROOT / "knowledge", "--rules", ROOT / "rules", "--web", "127.0.0.1:0", "--socket", cls.path)
        cls.port = web_port(cls.server)
        cls.agent = cls.server.token("agent", subject="anna", team="delivery", tier="1")
        cls.chief = cls.server.token("supervisor", subject="sofia", team="delivery", tier="2")
        cls.auditor = cls.server.token("auditor", subject="otto")

    @classmethod
    def tearDownClass(cls):
        assert cls.server.stop() == 0
        shutil.rmtree(cls.folder)

    def assistant(self, token=None, **environment):
        return Assistant(FRONTLINE_CONNECT=f"unix:{self.path}", FRONTLINE_TOKEN=token or self.agent, **environment)


class StandardStreams(AssistantServer):
    def test_a_contact_in_the_newest_revision(self):
        with self.assistant() as page:
            found = page.ask("d", "server/discover")["result"]
            self.assertEqual((found["supportedVersions"][0], found["resultType"]), (NEW, "complete"))
            tools = {tool["name"]: tool for tool in page.ask(1, "tools/list")["result"]["tools"]}
            self.assertTrue(tools["knowledge.search"]["annotations"]["readOnlyHint"])
            self.assertTrue(tools["resolution.request"]["annotations"]["destructiveHint"])
            self.assertNotIn("resolution.approve", tools)

            def use(number, name, **arguments):
                return page.ask(number, "tools/call", name=name, arguments=arguments)["result"]

            contact = use(2, "conversation.open", channel="chat", customer={"id": "c-1"})["structuredContent"]["conversation_id"]
            observed = use(3, "conversation.observe", conversation_id=contact, speaker="customer", text="My parcel is late, I want my money back")
            self.assertEqual(json.loads(observed["content"][0]["text"]), observed["structuredContent"])
            hits = use(4, "knowledge.search", query="my parcel is late")["structuredContent"]["hits"]
            uri = f"frontline://articles/en/{hits[0]['article_id']}"
            self.assertIn(hits[0]["title"], page.ask(5, "resources/read", uri=uri)["result"]["contents"][0]["text"])
            state = use(6, "script.start", script_id="late-delivery", conversation_id=contact)["structuredContent"]
            self.assertEqual(state["status"], "active")
            stale = use(7, "script.advance", session_id=state["session_id"], revision=99, value="yes")
            self.assertTrue(stale["isError"])
            self.assertNotIn("structuredContent", stale)
            advice = use(8, "resolution.evaluate", amount={"amount": "20.00", "currency": "EUR"}, conversation_id=contact, **REFUND)
            granted = [use(n, "resolution.request", idempotency_key="k1", amount={"amount": "20.00", "currency": "EUR"}, conversation_id=contact, **REFUND) for n in (9, 10)]
            self.assertEqual(granted[0]["structuredContent"]["outcome"], advice["structuredContent"]["outcome"])
            self.assertEqual(granted[0], granted[1], "the same key moved money twice")
            other = use(11, "resolution.request", idempotency_key="k1", amount={"amount": "21.00", "currency": "EUR"}, conversation_id=contact, **REFUND)
            self.assertTrue(other["isError"])
            self.assertEqual(page.end(), (0, []))
            self.assertEqual(page.errors, [])

    def test_the_older_revision_begins_with_a_handshake(self):
        with self.assistant() as page:
            self.assertEqual(page.ask(1, "tools/list", meta=None)["error"]["code"], -32602)
            begun = page.ask(2, "initialize", meta=None, **HANDSHAKE)["result"]
            self.assertEqual((begun["protocolVersion"], begun["serverInfo"]["name"]), (OLD, "frontline"))
            page.say({"jsonrpc": "2.0", "method": "notifications/initialized"})
            self.assertEqual(page.ask(3, "ping", meta=None)["result"], {})
            self.assertNotIn("resultType", page.ask(4, "tools/list", meta=None)["result"])
            missing = page.ask(5, "resources/read", meta=None, uri="frontline://articles/en/nothing")
            self.assertEqual(missing["error"]["code"], -32002)
            self.assertEqual(page.ask(6, "resources/read", uri="frontline://articles/en/nothing")["error"]["code"], -32602)
            self.assertEqual(page.end(), (0, []))

    def test_many_requests_at_a_time_are_all_answered_after_the_input_has_ended(self):
        with self.assistant() as page:
            page.say(*[message(n, "tools/call", name="knowledge.search", arguments={"query": f"parcel {n}"}) for n in range(300)])
            code, answers = page.end()
            self.assertEqual((code, sorted(answer["id"] for answer in answers)), (0, list(range(300))))
            self.assertTrue(all(answer["result"]["isError"] is False for answer in answers))

    def test_what_is_no_message_is_refused_and_the_rest_goes_on(self):
        deep = '{"jsonrpc":"2.0","id":1,"method":"ping","params":' + '{"a":' * 100 + "1" + "}" * 101
        with self.assistant() as page:
            for text, code in (("nonsense", -32700), ("[]", -32600), (json.dumps([message(1, "ping")]), -32600), (deep, -32600),
                               ('{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600), ('{"jsonrpc":"2.0","id":1,"result":{}}', -32600)):
                page.say(text)
                answer = page.hear()
                self.assertEqual(answer["error"]["code"], code, text[:60])
                self.assertNotEqual(answer.get("id", 0), None)
            self.assertIn("result", page.ask(9, "tools/list"))
            try:
                page.say("x" * (2 << 20))
            except BrokenPipeError:
                pass
            code, rest = page.end()
            self.assertEqual((code, rest), (1, []))
            self.assertIn("longer than", "".join(page.errors))

    def test_a_wrong_token_and_a_missing_server_are_told_at_once(self):
        for environment in ({"FRONTLINE_TOKEN": "fl_wrong"}, {"FRONTLINE_TOKEN": ""}, {"FRONTLINE_CONNECT": f"unix:{self.folder}/none"}):
            done = run("mcp", check=False, env={"FRONTLINE_CONNECT": f"unix:{self.path}", "FRONTLINE_TOKEN": self.agent, **environment}, input="")
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertTrue(done.stderr.startswith("error: "), done.stderr)

    def test_it_connects_again_when_the_server_was_away(self):
        folder = tempfile.mkdtemp(prefix="frontline-")
        path = f"{folder}/socket"
        with Server("--socket", path) as server:
            token = server.token("agent", subject="anna")
            with Assistant(FRONTLINE_CONNECT=f"unix:{path}", FRONTLINE_TOKEN=token) as page:
                self.assertIn("result", page.ask(1, "tools/list"))
                server.stop()
                lost = page.ask(2, "tools/call", name="knowledge.list", arguments={})
                self.assertEqual(lost["error"]["code"], -32603)
                server.start()
                self.assertIn("result", page.ask(3, "tools/call", name="knowledge.list", arguments={}))
                self.assertEqual(page.end()[0], 0)
        shutil.rmtree(folder)

    def test_tools_are_those_of_the_role_and_of_the_published_file(self):
        names = {}
        for token in (self.agent, self.chief, self.auditor):
            with self.assistant(token) as page:
                names[token] = [tool["name"] for tool in page.ask(1, "tools/list")["result"]["tools"]]
        self.assertIn("resolution.approve", names[self.chief])
        self.assertNotIn("resolution.approve", names[self.agent])
        self.assertIn("conversation.get", names[self.auditor])
        self.assertFalse({"resolution.request", "script.start", "knowledge.feedback", "work.create"} & set(names[self.auditor]))
        with Server("--socket", f"{self.folder}/second") as server:
            operator = server.token("operations", subject="olga")
            changed = f"{self.folder}/tools.yaml"
            with open(changed, "w") as file:
                file.write("instructions: Only look.\nscript_prompt: \"{{title}}\"\ntools:\n  script.list: {name: scripts, title: Scripts, description: Lists scripts.}\n")
            self.assertEqual(run("rules", "check", changed).returncode, 0)
            link = {"FRONTLINE_CONNECT": f"unix:{self.folder}/second", "FRONTLINE_TOKEN": operator}
            run("rules", "publish", changed, env=link)
            with Assistant(**link) as page:
                self.assertEqual([tool["name"] for tool in page.ask(1, "tools/list")["result"]["tools"]], ["scripts"])
                self.assertEqual(page.ask(2, "server/discover")["result"]["instructions"], "Only look.")
                self.assertIn("result", page.ask(3, "tools/call", name="scripts", arguments={}))
                self.assertEqual(page.ask(4, "tools/call", name="script.list", arguments={})["error"]["code"], -32602)


class Posts(AssistantServer):
    """The scenarios of the public conformance suite that concern what is offered here, and what is particular to this server."""

    def test_every_request_says_its_version(self):
        incomplete = [{}, {"_meta": {}}, {"_meta": {PREFIX + "clientCapabilities": {}}}, {"_meta": {PREFIX + "protocolVersion": NEW}}]
        with Door(self.port) as page:
            for number, params in enumerate(incomplete):
                body = {"jsonrpc": "2.0", "id": 100 + number, "method": "server/discover", "params": params}
                answer = page.say(body, self.agent, method="server/discover")
                self.assertEqual((answer.status, answer.json["error"]["code"], answer.json["id"]), (400, -32602, 100 + number))
            nameless = {key: value for key, value in META.items() if not key.endswith("clientInfo")}
            self.assertEqual(page.say(message(1, "server/discover", nameless), self.agent, method="server/discover").status, 200)
            unknown = page.say(message(2, "server/discover", {**META, PREFIX + "protocolVersion": "v999.0.0"}), self.agent, version="v999.0.0", method="server/discover")
            self.assertEqual((unknown.status, unknown.json["error"]["code"]), (400, -32022))
            self.assertEqual(unknown.json["error"]["data"], {"supported": [NEW, OLD], "requested": "v999.0.0"})
            for said, header in (("v999.0.0", NEW), (NEW, OLD), (NEW, None)):
                other = page.say(message(3, "server/discover", {**META, PREFIX + "protocolVersion": said}), self.agent, version=header, method="server/discover")
                self.assertEqual((other.status, other.json["error"]["code"]), (400, -32020))

    def test_discovery_says_what_is_there(self):
        with Door(self.port) as page:
            found = page.call(1, "server/discover", self.agent).json["result"]
            self.assertEqual(found["_meta"][PREFIX + "serverInfo"]["name"], "frontline")
            for method, member in (("tools/list", "tools"), ("prompts/list", "prompts"), ("resources/list", "resources"), ("resources/templates/list", "resourceTemplates")):
                answer = page.call(2, method, self.agent).json["result"]
                self.assertTrue(answer[member], method)
                self.assertTrue(answer["ttlMs"] >= 0 and answer["cacheScope"] == "private" and answer["resultType"] == "complete")
                self.assertIn(member.removesuffix("Templates").rstrip("s"), " ".join(found["capabilities"]))
            names = [tool["name"] for tool in page.call(3, "tools/list", self.agent).json["result"]["tools"]]
            self.assertEqual(names, [tool["name"] for tool in page.call(4, "tools/list", self.agent).json["result"]["tools"]])

    def test_methods_that_are_not_there(self):
        with Door(self.port) as page:
            for method in ("initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "unknown/method", "subscriptions/listen"):
                answer = page.call(500, method, self.agent)
                self.assertEqual((answer.status, answer.json["error"]["code"], answer.json["id"]), (404, -32601, 500), method)
            for method in ("GET", "DELETE", "PUT", "OPTIONS", "HEAD"):
                answer = page.ask(method, "/mcp", Authorization=f"Bearer {self.agent}", Accept="text/event-stream")
                self.assertEqual((answer.status, answer.headers["allow"]), (405, "POST"))

    def test_headers_say_what_the_message_says(self):
        call = message(1, "tools/call", name="script.list", arguments={})
        listing = message(1, "tools/list")
        with Door(self.port) as page:
            for body, method, name, status in (
                    (listing, "prompts/list", None, 400), (listing, None, None, 400), (listing, "TOOLS/LIST", None, 400),
                    (listing, "tools/list", None, 200), (call, "tools/call", "wrong", 400), (call, "tools/call", None, 400),
                    (call, "tools/call", "script.list", 200), (call, "tools/call", "  script.list  ", 200),
                    (call, "tools/call", "=?base64?c2NyaXB0Lmxpc3Q=?=", 200), (call, "tools/call", "=?base64?c2NyaXB0Lmxpc3Q?=", 400),
                    (call, "tools/call", "=?base64?c2Ny!!!0Lmxpc3Q=?=", 400), (call, "tools/call", "c2NyaXB0Lmxpc3Q=", 400)):
                answer = page.say(body, self.agent, method=method, name=name)
                self.assertEqual(answer.status, status, (method, name))
                if status == 400:
                    self.assertEqual(answer.json["error"]["code"], -32020)
            for spelling in ("mcp-method", "MCP-METHOD"):
                answer = page.ask("POST", "/mcp", json.dumps(listing), head=[(spelling, "tools/list"), ("mcp-protocol-version", NEW)],
                                  Content_Type="application/json", Authorization=f"Bearer {self.agent}")
                self.assertEqual(answer.status, 200)

    def test_the_older_revision_without_sessions(self):
        with Door(self.port) as page:
            begun = page.say(message(1, "initialize", None, **HANDSHAKE), self.agent, version=None)
            self.assertEqual((begun.status, begun.json["result"]["protocolVersion"]), (200, OLD))
            self.assertNotIn("mcp-session-id", begun.headers)
            notice = page.say({"jsonrpc": "2.0", "method": "notifications/initialized"}, self.agent, version=OLD)
            self.assertEqual((notice.status, notice.body), (202, b""))
            self.assertTrue(page.say(message(2, "tools/list", None), self.agent, version=OLD).json["result"]["tools"])
            self.assertEqual(page.say(message(3, "nothing", None), self.agent, version=OLD).json["error"]["code"], -32601)
            session = page.say(message(4, "tools/list", None), self.agent, version=OLD, MCP_Session_Id="1868a90c")
            self.assertEqual(session.status, 404)
            self.assertEqual(page.say(message(5, "tools/list", None), self.agent, version=None).status, 400)
            self.assertEqual(page.say(message(6, "tools/list", None), self.agent, version="2024-11-05").status, 400)

    def test_each_message_has_the_caller_of_its_token(self):
        with Door(self.port) as page:
            for token, has_approval in ((self.agent, False), (self.chief, True), (self.agent, False)):
                names = [tool["name"] for tool in page.call(1, "tools/list", token).json["result"]["tools"]]
                self.assertEqual("resolution.approve" in names, has_approval)
            for token in (None, "fl_wrong"):
                refused = page.call(2, "server/discover", token)
                self.assertEqual((refused.status, refused.json["error"]["code"]), (401, 1001))
                self.assertTrue(refused.headers["www-authenticate"].startswith("Bearer"))

    def test_articles_come_in_pages(self):
        with Door(self.port) as page:
            seen, cursor, pages = [], {}, 0
            while True:
                answer = page.call(1, "resources/list", self.agent, **cursor).json["result"]
                pages += 1
                seen += [resource["uri"] for resource in answer["resources"]]
                if "nextCursor" not in answer:
                    break
                cursor = {"cursor": answer["nextCursor"]}
            self.assertEqual((len(seen), pages > 1), (len(set(seen)), True))
            read = page.call(2, "resources/read", self.agent, uri=seen[0])
            self.assertEqual(read.json["result"]["contents"][0]["uri"], seen[0])
            self.assertEqual(page.call(3, "resources/list", self.agent, cursor="x").json["error"]["code"], -32602)

    def test_a_server_without_authentication_takes_messages_without_a_token(self):
        with Server("--no-auth", "--web", "127.0.0.1:0") as server, Door(web_port(server)) as page:
            names = [tool["name"] for tool in page.call(1, "tools/list").json["result"]["tools"]]
            self.assertIn("resolution.approve", names)

    def test_messages_without_a_token_share_the_limit_of_an_address(self):
        with Server("--web", "127.0.0.1:0", "--public-rate-limit", "1") as server:
            with Door(web_port(server), source="127.0.0.2") as stranger:
                answers = [stranger.call(n, "tools/list") for n in range(30)]
            self.assertEqual({answer.status for answer in answers}, {401, 429})
            with Door(web_port(server)) as other:
                self.assertEqual(other.call(1, "tools/list", server.token("agent")).status, 200)

    def test_calls_count_for_the_rate_limit_of_the_subject(self):
        with Server("--web", "127.0.0.1:0", "--rate-limit", "5") as server:
            token = server.token("agent", subject="anna")
            with Door(web_port(server)) as page:
                answers = [page.call(n, "tools/call", token, name="script.list", arguments={}).json for n in range(30)]
        texts = json.dumps(answers)
        self.assertIn('"isError": false', texts)
        self.assertIn("1005", texts)


@unittest.skipIf(mcp is None, "mcp is not installed: python3 -m pip install --target .build/python mcp")
class ForeignClient(AssistantServer):
    MODES = {"auto": NEW, NEW: NEW, "legacy": OLD}

    def play(self, body, token=None):
        """Runs a body with a client in each mode and over both transports."""
        token = token or self.agent

        async def over_http(mode):
            async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=60) as web:
                transport = streamable_http_client(f"http://127.0.0.1:{self.port}/mcp", http_client=web)
                async with mcp.Client(transport, mode=mode) as client:
                    await body(client, mode)

        async def over_stdio(mode):
            parameters = StdioServerParameters(
                command=binary(), args=["mcp"], env={"FRONTLINE_CONNECT": f"unix:{self.path}", "FRONTLINE_TOKEN": token})
            async with mcp.Client(parameters, mode=mode) as client:
                await body(client, mode)

        for mode in self.MODES:
            for run_ in (over_stdio, over_http):
                with self.subTest(mode=mode, transport=run_.__name__):
                    asyncio.run(asyncio.wait_for(run_(mode), 120))

    def test_it_lists_reads_and_acts(self):
        async def contact(client, mode):
            self.assertEqual(client.protocol_version, self.MODES[mode])
            if mode != NEW:
                # A client that insists on a revision does not ask who answers.
                self.assertEqual(client.server_info.name, "frontline")
                self.assertIn("resolution.evaluate", client.instructions)
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            self.assertTrue(tools["knowledge.search"].annotations.read_only_hint)
            self.assertTrue(tools["resolution.request"].annotations.destructive_hint)

            async def use(name, **arguments):
                # The client checks each result against the schema of the tool.
                result = await client.call_tool(name, arguments)
                self.assertFalse(result.is_error, result.content)
                return result.structured_content

            contact = (await use("conversation.open", channel="chat", customer={"id": "c-2"}))["conversation_id"]
            await use("conversation.observe", conversation_id=contact, speaker="customer", text="Where is my parcel? I am really annoyed, card 4111 1111 1111 1111")
            self.assertNotIn("4111 1111", json.dumps(await use("conversation.get", conversation_id=contact)))
            await use("conversation.list", limit=5)
            hit = (await use("knowledge.search", query="parcel is late", explain=True))["hits"][0]
            await use("knowledge.get", article_id=hit["article_id"])
            await use("knowledge.list", limit=3)
            await use("knowledge.feedback", article_id=hit["article_id"], verdict="used", conversation_id=contact)
            await use("sentiment.score", text="This is awful")
            await use("script.list")
            state = await use("script.start", script_id="late-delivery", conversation_id=contact)
            await use("script.state", session_id=state["session_id"])
            await use("script.note", session_id=state["session_id"], text="by an assistant")
            await use("script.abandon", session_id=state["session_id"], reason="enough")
            money = {"amount": {"amount": "12.00", "currency": "EUR"}, "conversation_id": contact, **REFUND}
            await use("resolution.evaluate", **money)
            granted = await use("resolution.request", idempotency_key=contact, **money)
            await use("resolution.get", resolution_id=granted["resolution_id"])
            await use("resolution.list", limit=2)
            await use("alerts.raise", conversation_id=contact, note="please help")
            await use("alerts.list", limit=2)
            item = await use("work.create", kind="callback", links={"conversation_id": contact})
            await use("work.get", work_id=item["work_id"])
            await use("work.list", limit=2)
            await use("measures.list")
            await use("conversation.close", conversation_id=contact)
            wrong = await client.call_tool("knowledge.search", {"limit": 3})
            self.assertTrue(wrong.is_error)
            self.assertIn("query", wrong.content[0].text)
            with self.assertRaises(mcp.MCPError):
                await client.call_tool("customer.erase", {"customer_id": "c-2", "reason": "x"})

        self.play(contact)

    def test_it_reads_articles_and_takes_scripts_as_prompts(self):
        async def read(client, mode):
            page = await client.list_resources()
            text = (await client.read_resource(str(page.resources[0].uri))).contents[0].text
            self.assertIn(page.resources[0].title, text)
            self.assertEqual(len((await client.list_resource_templates()).resource_templates), 2)
            with self.assertRaises(mcp.MCPError):
                await client.read_resource("frontline://articles/en/nothing")
            prompts = {prompt.name: prompt for prompt in (await client.list_prompts()).prompts}
            prompt = await client.get_prompt("late-delivery", {"situation": "wants a refund"})
            self.assertIn("wants a refund", prompt.messages[0].content.text)
            self.assertIn("script: late-delivery", prompt.messages[1].content.resource.text)
            self.assertIn("damaged-goods", prompts)
            with self.assertRaises(mcp.MCPError):
                await client.get_prompt("nothing", {})

        self.play(read)

    def test_a_supervisor_has_other_tools_than_an_auditor(self):
        seen = []

        async def listing(client, mode):
            seen.append({tool.name for tool in (await client.list_tools()).tools})
            for name, arguments in (("report.summary", {"from": "2026-01-01T00:00:00Z", "to": "2027-01-01T00:00:00Z"}), ("alerts.list", {})):
                self.assertFalse((await client.call_tool(name, arguments)).is_error, name)

        self.play(listing, self.chief)
        self.play(listing, self.auditor)
        self.assertEqual(len(seen), 12)
        self.assertTrue({"resolution.approve", "alerts.acknowledge"} <= set.intersection(*seen[:6]) - set.union(*seen[6:]))


if __name__ == "__main__":
    unittest.main()
