import Access
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

@Suite struct ConversationMethodTests {
    private static func fails(_ code: Int, _ path: String? = nil) -> (any Error) -> Bool {
        { ($0 as? RPCError)?.code == code && (path == nil || ($0 as? RPCError)?.path == path) }
    }

    @Test func `a conversation from its opening to its end`() async throws {
        let desk = try Desk()
        let anna = try await desk.connection("anna", [.agent], ["team": .one("delivery")])
        let opened = try await anna.call(
            ConversationOpen.self,
            .init(
                conversationId: "c1",
                channel: "phone",
                customer: ["id": "k1", "mail": "mia@example.org"],
                externalIds: ["crm": "77"],
                tags: ["late"]
            )
        )
        let id = opened.conversationId
        #expect(id.hasPrefix("cnv_"))
        try desk.say("where is my parcel, I have waited a week", in: id, score: -0.5)
        try desk.say("mail me at mia@example.org", in: id, score: -0.7)
        desk.advance(seconds: 90)
        let closing = ConversationClose.Params(
            conversationId: "c1",
            disposition: .init(code: "sent_again", resolved: true, note: "told her")
        )
        let closed = try await anna.call(ConversationClose.self, closing)
        #expect(closed.disposition?.code == "sent_again" && closed.summary?.contains("parcel") == true)
        let shown = try await anna.call(ConversationGet.self, .init(conversationId: "c1"))
        #expect(shown.status == .closed && shown.turns.count == 2 && shown.mood.negativeStreak == 2)
        #expect(shown.turns.map(\.label) == ["negative", "very_negative"])
        #expect(shown.participants == [.init(speaker: .customer, turns: 2)])
        #expect(shown.owners.map(\.agent) == ["anna"] && shown.teams == ["delivery"] && shown.team == "delivery")
        #expect(shown.externalIds == ["crm": "77"] && shown.tags == ["late"] && shown.customerId == "k1")
        let text = try JSONEncoding.encode(shown).description
        #expect(!text.contains("example.org"))
        let page = try await anna.call(ConversationGet.self, .init(conversationId: "c1", limit: 1))
        #expect(page.turns.count == 1 && page.nextCursor == Cursor(1) && page.turnCount == 2)
        let rest = try await anna.call(ConversationGet.self, .init(conversationId: "c1", cursor: page.nextCursor))
        #expect(rest.turns.map(\.turn) == [2] && rest.nextCursor == nil)
    }

    @Test func `only the owner, the team, auditors and integrations see a conversation`() async throws {
        let desk = try Desk()
        _ = try await desk.connection("anna", [.agent], ["team": .one("delivery")])
        try await desk.openContact("c1", channel: "phone")
        let sees: [(String, Role, String?, Bool)] = [
            ("ben", .agent, "delivery", false), ("lena", .supervisor, "delivery", true),
            ("max", .supervisor, "billing", false), ("olga", .supervisor, "*", true), ("otto", .supervisor, nil, false),
            ("paul", .auditor, nil, true),
            ("crm", .integration, nil, true), ("root", .admin, nil, true),
        ]
        for (subject, role, team, isSeen) in sees {
            let attributes: [String: AttributeValue] = team.map { ["team": .one($0)] } ?? [:]
            let connection = try await desk.connection(subject, [role], attributes)
            let listed = try await connection.call(ConversationList.self, .init()).conversations
            #expect(listed.map(\.conversationId) == (isSeen ? ["c1"] : []), "\(subject)")
            if isSeen {
                _ = try await connection.call(ConversationGet.self, .init(conversationId: "c1"))
            } else {
                await #expect(
                    performing: { _ = try await connection.call(ConversationGet.self, .init(conversationId: "c1")) },
                    throws: Self.fails(1003)
                )
            }
        }
    }

    @Test func `an integration opens a conversation for an agent, whose token determines the team`() async throws {
        let desk = try Desk()
        let anna = try await desk.connection("anna", [.agent], ["team": .many(["delivery", "vip"])])
        let crm = try await desk.connection("crm", [.integration])
        let opened = try await crm.call(ConversationOpen.self, .init(channel: "chat", agent: "anna"))
        let shown = try await anna.call(ConversationGet.self, .init(conversationId: opened.conversationId))
        #expect(shown.agent == "anna" && shown.teams == ["delivery", "vip"] && shown.owners[0].by == "crm")
        let mine = ConversationList.Params(onBehalfOf: "ben")
        #expect(try await crm.call(ConversationList.self, mine).conversations.isEmpty)
        await #expect(
            performing: { _ = try await anna.call(ConversationList.self, mine) },
            throws: Self.fails(1002)
        )
    }

    @Test(
        "what is not fit to be stored is refused by its path",
        arguments: [
            (["channel": ""], "params.channel"),
            (["channel": "a", "conversation_id": "a\u{0}"], "params.conversation_id"),
            (["channel": "a", "customer": "k"], "params.customer"),
            (["channel": "a", "customer": ["name": "Mia"]], "params.customer.id"),
            (["channel": "a", "tags": [""]], "params.tags[0]"),
            (["channel": "a", "external_ids": ["crm": ""]], "params.external_ids.crm"),
            (["channel": "a", "colour": "red"], "params.colour"),
        ] as [(JSON, String)]
    )
    func refused(params: JSON, path: String) async throws {
        let anna = try await Desk().connection()
        await #expect(
            performing: { _ = try await anna.call("conversation.open", params) },
            throws: Self.fails(-32602, path)
        )
    }

    @Test func `a desktop follows only its own conversations from a cursor`() async throws {
        let desk = try Desk()
        let anna = try await desk.connection("anna")
        _ = try await desk.connection("ben")
        for (agent, id) in [("anna", "a1"), ("ben", "b1"), ("anna", "a2")] {
            try await desk.openContact(id, agent: agent)
        }
        try desk.say("one", in: "a1", score: 0)
        let all = try await anna.call(ConversationSubscribe.self, .init(after: "0"))
        let one = try await anna.call(ConversationSubscribe.self, .init(conversationId: "a2", mine: true))
        #expect(all.cursor == Cursor(0) && one.cursor == Cursor(1))
        try desk.say("two", in: "b1", score: 0)
        try desk.say("three", in: "a2", score: 0)
        try await desk.server.pump()
        let notes = anna.notifications().map { $0["params"] ?? .null }
        let mine = notes.filter { $0["subscription_id"]?.string == all.subscriptionId }
        #expect(mine.compactMap { $0["cursor"]?.string } == ["1", "3"])
        #expect(mine.allSatisfy { $0["event"] == "turn" && $0["data"]?["turn"]?.int == 1 })
        let narrow = notes.filter { $0["subscription_id"]?.string == one.subscriptionId }
        #expect(narrow.compactMap { $0["conversation_id"]?.string } == ["a2"])
        _ = try await anna.call(ConversationUnsubscribe.self, .init(subscriptionId: all.subscriptionId))
        await #expect(
            performing: { _ = try await anna.call(ConversationSubscribe.self, .init(conversationId: "b1")) },
            throws: Self.fails(1003)
        )
    }

    @Test func `a transfer reaches the next agent with its note and summary`() async throws {
        let desk = try Desk()
        let anna = try await desk.connection("anna")
        let ben = try await desk.connection("ben", [.agent], ["team": .one("billing")])
        try await desk.openContact("c1")
        try desk.say("I was charged twice for the headphones", in: "c1", score: -0.6)
        let subscription = try await ben.call(ConversationSubscribe.self, .init(mine: true))
        let transfer = ConversationTransfer.Params(
            conversationId: "c1",
            to: .init(agent: "ben"),
            reason: "billing",
            note: "be kind"
        )
        let answer = try await anna.call(ConversationTransfer.self, transfer)
        #expect(answer.agent == "ben" && answer.team == "billing")
        try await desk.server.pump()
        let event = try #require(ben.notifications().first?["params"])
        #expect(event["event"] == "transferred" && event["data"]?["note"] == "be kind")
        #expect(event["data"]?["summary"]?.string?.contains("charged twice") == true)
        #expect(event["subscription_id"]?.string == subscription.subscriptionId)
        await #expect(
            performing: { _ = try await anna.call(ConversationGet.self, .init(conversationId: "c1")) },
            throws: Self.fails(1003)
        )
        await #expect(
            performing: {
                _ = try await ben.call("conversation.transfer", ["conversation_id": "c1", "to": [:], "reason": "r"])
            },
            throws: Self.fails(-32602, "params.to")
        )
    }

    @Test func `many clients that open the same conversation concurrently all get it`() async throws {
        let desk = try Desk()
        let crm = try await desk.connection("crm", [.integration])
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for client in 0..<40 {
                group.addTask {
                    let params = ConversationOpen.Params(conversationId: "c\(client % 4)", channel: "chat")
                    return try await crm.call(ConversationOpen.self, params).conversationId
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(ids == ["c0", "c1", "c2", "c3"])
        #expect(try await crm.call(ConversationList.self, .init()).conversations.count == 4)
    }
}
