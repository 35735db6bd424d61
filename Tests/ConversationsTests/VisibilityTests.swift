import Access
import Conversations
import Testing
import Vocabulary

@Suite struct VisibilityTests {
    /// Callers of every kind.
    private static let callers = [
        Room.caller("anna"), Room.caller("ben", team: "billing"), Room.caller("lena", [.supervisor], team: "billing"),
        Room.caller("max", [.supervisor], team: "*"), Room.caller("paul", [.auditor]),
        Room.caller("crm", [.integration]),
        Room.caller("root", [.admin]), Room.caller("karl", [.knowledgeManager, .operations]),
        Room.caller("anna", [.agent, .auditor]),
    ]

    @Test func `a list shows exactly what may be seen one by one, in pages of any size`() async throws {
        let room = try Room(teams: ["ben": ["billing"], "carl": ["delivery", "billing"]])
        let crm = Room.caller("crm", [.integration])
        for (index, agent) in ["anna", "ben", "carl", nil, "anna", "dora", "ben"].enumerated() {
            try await room.open("c\(index)", by: crm, agent: agent)
        }
        let waiting = Transfer(conversationID: "c0", team: "billing", reason: "r")
        try await room.conversations.transfer(waiting, by: crm, now: 1)
        for caller in Self.callers {
            let visibility = ConversationVisibility(of: caller)
            let expected = try (0..<7).compactMap { index -> String? in
                let found = try #require(try room.conversation("c\(index)"))
                return visibility.includes(found) ? found.id : nil
            }
            for limit in [1, 3, 10] {
                var (ids, after): ([String], Int64?) = ([], nil)
                while true {
                    let filter = ConversationFilter(after: after, limit: limit)
                    let (page, isComplete) = try await room.conversations.list(filter, visibility: visibility)
                    ids += page.map(\.id)
                    after = page.last?.number
                    if isComplete { break }
                }
                #expect(ids == expected, "\(caller.subject)")
            }
        }
    }

    @Test func `what each role sees and changes`() async throws {
        let room = try Room(teams: ["ben": ["billing"]])
        let conversation = try await room.open("c", by: Room.caller("crm", [.integration]), agent: "ben")
        let seen = Self.callers.map { ConversationVisibility(of: $0).includes(conversation) }
        let changed = Self.callers.map { ConversationVisibility(of: $0).mayChange(conversation) }
        #expect(seen == [false, true, true, true, true, true, true, false, true])
        #expect(changed == [false, true, true, true, false, true, true, false, false])
    }

    @Test func `filters narrow a list`() async throws {
        let room = try Room(teams: ["ben": ["billing"]])
        let crm = Room.caller("crm", [.integration])
        try await room.open("a", by: crm, agent: "anna", customer: "k1", now: 10)
        try await room.open("b", by: crm, agent: "ben", customer: "k2", now: 20)
        try await room.conversations.update("b", ProfileChange(externalIDs: ["crm": "x7"]), by: crm, now: 30)
        try await room.conversations.close("a", disposition: nil, by: crm, now: 30)
        let filters = [
            ConversationFilter(agent: "ben"), ConversationFilter(team: "billing"), ConversationFilter(customerID: "k2"),
            ConversationFilter(externalID: "x7"), ConversationFilter(isOpen: true), ConversationFilter(since: 15),
        ]
        for filter in filters {
            let found = try await room.conversations.list(filter, visibility: ConversationVisibility(of: crm))
                .conversations
            #expect(found.map(\.id) == ["b"])
        }
    }

    @Test func `an integration that asks on behalf of an agent sees what that agent leads`() async throws {
        let room = try Room()
        let crm = Room.caller("crm", [.integration])
        try await room.open("a", by: crm, agent: "anna")
        try await room.open("b", by: crm, agent: "ben")
        let visibility = try ConversationVisibility(of: crm, onBehalfOf: "ben")
        #expect(
            try await room.conversations.list(ConversationFilter(), visibility: visibility).conversations.map(\.id) == [
                "b"
            ]
        )
        #expect(
            performing: { try ConversationVisibility(of: Room.caller("anna"), onBehalfOf: "ben") },
            throws: isFailure(.forbidden)
        )
    }
}
