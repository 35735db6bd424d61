import Access
import Conversations
import Storage
import Testing
import Vocabulary

@Suite struct ForgettingTests {
    private func room() async throws -> Room {
        let room = try Room()
        try await room.open("c", customer: "k1", now: 1)
        try room.say("my name is Mia and it is late", in: "c", score: -0.6, now: 2)
        try await room.conversations.close(
            "c",
            disposition: Disposition(code: "done", note: "she was kind"),
            by: Room.caller("anna"),
            now: 3
        )
        return room
    }

    @Test func `what was said and who said it are gone, the facts stay`() async throws {
        let room = try await room()
        let count = try room.store.writeNow { try room.conversations.forget(["c"], in: $0) }
        #expect(count.conversations == 1 && count.turns == 1 && count.events == 2)
        let after = try #require(try room.conversation("c"))
        #expect(after.customer == nil && after.summary.text == nil && after.disposition == Disposition(code: "done"))
        #expect(after.isForgotten && after.turns == 1 && after.mood.now < 0 && after.agent == "anna")
        #expect(try room.turns("c").isEmpty)
        #expect(try room.store.readNow { try room.conversations.conversationIDs(ofCustomer: "k1", in: $0) }.isEmpty)
        let again = try room.store.writeNow { try room.conversations.forget(["c", "unknown"], in: $0) }
        #expect(again == ConversationStore.Forgotten())
    }

    @Test func `events go with their transcript, and an old cursor goes on from what is left`() async throws {
        let room = try await room()
        try await room.open("d", now: 4)
        try room.say("hello", in: "d", now: 5)
        try room.store.writeNow { _ = try room.conversations.forget(["c"], in: $0) }
        #expect(try await room.conversations.events(after: 0, limit: 10).map(\.cursor) == [3])
        #expect(try await room.conversations.oldestCursor() == 3)
        #expect(try await room.conversations.head() == 3)
        try room.store.writeNow { _ = try room.conversations.forget(["d"], in: $0) }
        #expect(try await room.conversations.oldestCursor() == 4)
        #expect(try await room.conversations.head() == 3)
    }

    @Test func `only conversations without news since a time are quiet`() async throws {
        let room = try await room()
        try await room.open("d", now: 4)
        func quiet(_ time: Int64) throws -> [String] {
            try room.store.readNow { try room.conversations.quietConversations(since: time, limit: 10, in: $0) }
        }
        #expect(try quiet(3) == [] && quiet(4) == ["c"] && quiet(5) == ["c", "d"])
        try room.store.writeNow { _ = try room.conversations.forget(["c"], in: $0) }
        #expect(try quiet(5) == ["d"])
    }

    @Test func `an open conversation that was forgotten goes on and can be forgotten again`() async throws {
        let room = try Room()
        try await room.open("c", customer: "k1")
        try room.say("one", in: "c", turnID: "t1")
        try room.store.writeNow { _ = try room.conversations.forget(["c"], in: $0) }
        try room.say("two", in: "c", turnID: "t1")
        #expect(try room.turns("c").map(\.number) == [2])
        let count = try room.store.writeNow { try room.conversations.forget(["c"], in: $0) }
        #expect(count.conversations == 1 && count.turns == 1)
    }

    @Test func `an export holds every turn, note and fact of the conversations asked for`() async throws {
        let room = try await room()
        let export = try room.store.readNow { try room.conversations.export(["c", "unknown"], in: $0) }
        #expect(export[0]?["customer"]?["stated"]?["name"] == "Mia" && export[1] == nil)
        #expect(export[0]?["turns"]?[0]?["text"]?.string?.contains("late") == true)
        #expect(export[0]?["disposition"]?["note"] == "she was kind")
    }
}
