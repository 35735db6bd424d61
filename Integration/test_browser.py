"""The ES module in a real Chromium: calls, errors, subscriptions, and what it does when a server or a connection fails.

The quick part; `test_browser_faults.py` has restarts and long streams.
"""
import json
import time
import unittest

from browser import ScriptedServer
from browser_cases import NUMBERED, ScriptedPage, ServedPage, until
from frontline_process import run


class WithServer(ServedPage):
    def test_it_signs_in_calls_and_tells_errors_apart(self):
        self.start(url=self.url, token=self.agent, client="test")
        self.assertEqual(self.page.evaluate("desk.ready()")["subject"], "anna")
        self.assertEqual(len(self.call("knowledge.search", {"query": "my parcel is late", "limit": 3})["result"]["hits"]), 3)
        missing = self.call("knowledge.get", {"article_id": "no-such-article"})
        self.assertEqual((missing["code"], missing["name"]), (1003, "not_found"))
        wrong = self.call("knowledge.search", {"query": "a", "limit": 0})
        self.assertEqual((wrong["code"], wrong["path"]), (-32602, "params.limit"))
        self.assertEqual(self.call("policy.list")["name"], "forbidden")
        self.assertEqual(self.call("knowledge.search", {"query": "x" * 2_000_000})["name"], "too_long")
        self.assertEqual(self.page.evaluate("states"), ["ready"])
        self.assertEqual(self.page.complaints, [])

    def test_a_thousand_calls_are_under_way(self):
        self.start(url=self.url, token=self.agent)
        found = self.page.evaluate("""async () => {
          const calls = Array.from({ length: 1000 }, (_, number) =>
            desk.call("knowledge.get", { article_id: `none-${number}` }).then(() => false, (error) => error.message.includes(`none-${number}`)));
          return (await Promise.all(calls)).filter(Boolean).length;
        }""")
        self.assertEqual(found, 1_000)
        self.assertEqual(self.page.evaluate("states"), ["ready"])

    def test_events_go_on_after_the_connection_was_cut(self):
        self.start(url=self.url, token=self.agent)
        self.follow("conversation", mine=True, after="0")
        with self.server.connect("agent", subject="anna", team="delivery", tier="1") as desk:
            conversation = desk.call("conversation.open", channel="chat")["conversation_id"]
            for number in range(30):
                if number % 10 == 5:
                    self.proxy.cut()
                desk.call("conversation.observe", conversation_id=conversation, speaker="agent", text=f"utterance {number}")
            desk.call("conversation.close", conversation_id=conversation)
        got = until(self.page, "events.at(-1)?.event === 'closed' && events")
        self.assertEqual([event["data"]["turn"] for event in got if event["event"] == "turn"], list(range(1, 31)))
        cursors = [int(event["cursor"]) for event in got]
        self.assertEqual(cursors, sorted(set(cursors)))
        self.assertEqual(self.page.evaluate("stream.cursor"), got[-1]["cursor"])
        self.assertIn("away", self.page.evaluate("states"))
        self.page.evaluate("stream.close()")
        self.assertEqual(until(self.page, "events.at(-1) === 'end' && 'end'"), "end")

    def test_a_revoked_token_signs_out(self):
        self.start(url=self.url, token=self.server.token("supervisor", subject="leaver", team="delivery"))
        self.follow("alerts")
        self.page.evaluate("desk.ready()")
        rows = map(json.loads, run("token", "list", "--json", "--data", self.server.folder).stdout.splitlines())
        run("token", "revoke", "--data", self.server.folder, next(row["id"] for row in rows if row["subject"] == "leaver"))
        until(self.page, "signedOut")
        self.assertEqual(self.page.evaluate("[desk.state, events.at(-1)]"), ["closed", "closed"])
        self.start(url=self.url, token="nonsense")
        until(self.page, "signedOut")
        refused = self.call("knowledge.list")
        self.assertEqual((refused["name"], refused["outcome"]), ("closed", "none"))

    def test_without_a_token_public_methods_are_answered_and_the_rest_signs_out(self):
        self.start(url=self.url)
        self.assertIsNone(self.page.evaluate("desk.ready()"))
        self.assertEqual(self.call("server.info")["result"]["name"], "frontline")
        self.assertEqual(self.call("knowledge.list")["name"], "unauthenticated")
        self.assertEqual(self.page.evaluate("[desk.state, typeof signedOut]"), ["closed", "string"])

    def test_the_example_page_searches_and_shows_alerts(self):
        with self.server.connect("agent", subject="anna", team="delivery", tier="1") as desk:
            desk.call("alerts.raise", conversation_id=desk.call("conversation.open", channel="chat")["conversation_id"], note="help")
        self.page.get_by_label("Server").fill(self.url)
        self.page.get_by_label("Token").fill(self.chief)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("button", name="Search").click()
        self.page.get_by_text("Refund for a late delivery").first.wait_for(timeout=10_000)
        self.page.locator("#alerts li").first.wait_for(timeout=10_000)
        self.assertEqual(self.page.get_by_role("status").text_content(), "ready")
        self.assertEqual(self.page.complaints, [])


class WithScript(ScriptedPage):
    def test_answers_in_any_order_reach_their_calls(self):
        def answer(request):
            held.append(request)
            return [] if len(held) < 20 else [self.result(each, {"number": each["params"]["number"]}) for each in reversed(held)]

        held = []
        self.scripted(answer)
        self.assertEqual(self.page.evaluate(NUMBERED), list(range(20)))

    def test_what_has_a_key_is_repeated_after_a_lost_connection_and_the_rest_is_told(self):
        def answer(request):
            if request["method"] == "hang.up" and server.requests.count(request) == 1 and not hung:
                hung.append(request)
                raise ScriptedServer.Hangup
            return [self.result(request, {"done": request["params"]})] if hung else []

        hung, given = [], {"idempotency_key": "k-1"}
        server = self.scripted(answer)
        outcomes = self.page.evaluate("""async () => {
          const told = (promise) => promise.then((result) => ["done", result.done], (error) => [error.name, error.outcome]);
          const calls = [["a", { x: 1 }, { key: "k-1" }], ["conversation.observe", { turn_id: "t" }], ["conversation.observe", {}],
            ["read", {}, { repeat: true }], ["write", {}], ["hang.up", {}]];
          return Promise.all(calls.map((call) => told(desk.call(...call))));
        }""")
        self.assertEqual(outcomes, [
            ["done", {"x": 1, **given}], ["done", {"turn_id": "t"}], ["connection_lost", "unknown"], ["done", {}], ["connection_lost", "unknown"],
            ["connection_lost", "unknown"]])
        methods = [request["method"] for request in server.requests if request["method"] != "session.authenticate"]
        self.assertEqual(methods[6:], ["a", "conversation.observe", "read"])

    def test_a_call_ends_with_its_time_or_its_signal(self):
        self.scripted(lambda request: [])
        late = self.call("some.method", timeout=100)
        self.assertEqual((late["name"], late["outcome"]), ("timeout", "unknown"))
        self.assertEqual(self.page.evaluate("""async () => {
          const control = new AbortController();
          const call = desk.call("some.method", {}, { signal: control.signal });
          control.abort("enough");
          return call.catch((reason) => reason);
        }"""), "enough")
        self.start(url="ws://127.0.0.1:9/ws", queue=2)
        waiting = self.page.evaluate("""async () => {
          const told = (promise) => promise.catch((error) => [error.name, error.outcome]);
          const first = [1, 2, 3].map(() => told(desk.call("some.method", {}, { timeout: 300 })));
          return Promise.all(first);
        }""")
        self.assertEqual(waiting, [["timeout", "none"], ["timeout", "none"], ["too_many", "none"]])
        closed = self.page.evaluate("""async () => {
          const call = desk.call("some.method").catch((error) => [error.name, error.outcome]);
          desk.close();
          return call;
        }""")
        self.assertEqual(closed, ["closed", "none"])

    def test_a_message_that_the_server_closes_for_is_not_repeated(self):
        def answer(request):
            raise ScriptedServer.Hangup(1009)

        server = self.scripted(answer)
        lost = self.call("some.method", key="k")
        self.assertEqual((lost["name"], lost["outcome"]), ("connection_lost", "unknown"))
        until(self.page, "desk.state === 'ready'")
        self.assertEqual([request["method"] for request in server.requests].count("some.method"), 1)

    def test_a_subscriber_that_is_too_slow_or_reads_nothing_misses_nothing(self):
        def answer(request):
            family, _, kind = request["method"].partition(".")
            if kind == "unsubscribe":
                return [self.result(request)]
            begins.append(request["params"].get("after"))
            name, after = f"s-{len(begins)}", int(begins[-1] or 0)
            events = [{"jsonrpc": "2.0", "method": f"{family}.event", "params": {"subscription_id": name, "cursor": str(n), "event": "raised"}}
                      for n in range(max(after - 1, 1), 31)]
            lagging = {"jsonrpc": "2.0", "method": f"{family}.lagging", "params": {"subscription_id": name, "cursor": str(after + 5)}}
            begun = self.result(request, {"subscription_id": name, "cursor": str(after)})
            return [begun, *events[:7], lagging] if len(begins) == 1 else [begun, *events]

        begins = []
        self.scripted(answer, queue=8)
        self.page.evaluate("globalThis.stream = desk.subscribe('alerts', { after: '0' })")
        until(self.page, "stream.position === '8'")
        cursors = self.page.evaluate("(async () => { const all = []; for await (const event of stream) if (all.push(event.cursor) === 30) return all; })()")
        self.assertEqual(cursors, [str(number) for number in range(1, 31)])
        self.assertEqual(begins[:3], ["0", "7", "8"])

    def test_busy_servers_are_asked_again_and_refusals_are_final(self):
        def answer(request):
            kinds.append(request["method"])
            if len(kinds) == 1:
                return [{"jsonrpc": "2.0", "id": request["id"], "error": {"code": 1006, "message": "busy", "data": {"code": "busy", "retry_after_ms": 50}}}]
            if request["method"] == "work.subscribe":
                return [{"jsonrpc": "2.0", "id": request["id"], "error": {"code": 1002, "message": "not you", "data": {"code": "forbidden"}}}]
            begun = self.result(request, {"subscription_id": "s", "cursor": "9", "lost_after": "4"})
            return [begun, {"jsonrpc": "2.0", "method": "alerts.event", "params": {"subscription_id": "s", "cursor": "10", "event": "raised"}},
                    {"jsonrpc": "2.0", "method": "server.notice", "params": {"text": "hello"}}]

        kinds = []
        self.scripted(answer)
        self.page.evaluate("""() => {
          globalThis.heard = [];
          desk.addEventListener("notification", ({ detail }) => heard.push(detail.method));
          desk.subscribe("alerts", { after: "7" }).addEventListener("event", ({ detail }) => heard.push([detail.event, detail.cursor]));
        }""")
        until(self.page, "heard.length === 3")
        self.assertEqual(self.page.evaluate("heard"), [["lost", "9"], ["raised", "10"], "server.notice"])
        self.follow("work")
        self.assertEqual(until(self.page, "events[0]"), "forbidden")
        self.assertEqual(kinds, ["alerts.subscribe", "alerts.subscribe", "work.subscribe"])

    def test_a_call_is_as_it_was_when_it_was_made(self):
        server = self.scripted(lambda request: [self.result(request)])
        told = self.page.evaluate("""async () => {
          const params = { text: "one" };
          const calls = [desk.call("a", params), desk.call("b", { wrong: 1n }), desk.call("c")];
          params.text = "two";
          return (await Promise.allSettled(calls)).map(({ status, reason }) => reason?.constructor.name ?? status);
        }""")
        self.assertEqual(told, ["fulfilled", "TypeError", "fulfilled"])
        self.assertEqual([(each["method"], each["params"]) for each in server.requests[1:]], [("a", {"text": "one"}), ("c", {})])

    def test_misspelt_options_and_tokens_in_addresses_are_refused(self):
        for options in ({"tocken": "t"}, {"url": "ws://127.0.0.1:9/ws?token=t"}, {"url": "ws://t@127.0.0.1:9/ws"}):
            with self.assertRaisesRegex(Exception, "TypeError"):
                self.start(**options)


if __name__ == "__main__":
    unittest.main()
