import Conversations
import Storage
import Testing
import Vocabulary

/// Card numbers that come in several turns.
@Suite struct ContinuedTurnTests {
    @Test func `both halves of a card said in two turns are taken out of all that is kept`() async throws {
        let room = try Room()
        try await room.open("c")
        try room.say("I want to pay, my card is 4111 1111", in: "c", turnID: "t1", score: -0.5)
        try room.say("go on", in: "c", speaker: .agent)
        try room.say("1111 1111, that is it", in: "c", turnID: "t2")
        let turns = try room.turns("c").map(\.text)
        #expect(turns == ["I want to pay, my card is [card]", "go on", "[card], that is it"])
        let summary = try #require(try room.conversation("c")?.summary)
        #expect(summary.concern == "I want to pay, my card is [card]" && summary.latest == "[card], that is it")
        let events = try await room.conversations.events(after: 0, limit: 10)
        #expect(events.map { $0.data["text"]?.string } == turns)
        let rows = try room.store.readNow { transaction in
            try transaction.rows(
                "SELECT text || answer AS text FROM turns UNION SELECT data AS text FROM conversation_events"
            ) {
                try $0.text("text")
            }
        }
        #expect(!rows.contains { $0.contains("1111") })
    }

    @Test func `a number in single groups, with others between, is put together`() async throws {
        let room = try Room()
        try await room.open("c")
        for text in ["4111", "1111", "1111"] {
            try room.say(text, in: "c")
            try room.say("mhm", in: "c", speaker: .agent)
        }
        try room.say("and 1111", in: "c")
        #expect(
            try room.turns("c").filter { $0.speaker == .customer }.map(\.text) == Array(repeating: "[card]", count: 3)
                + ["[card]"]
        )
    }

    @Test func `a repetition of either half is known`() async throws {
        let room = try Room()
        try await room.open("c")
        let first = try room.say("it is 4111 1111", in: "c", turnID: "t1")
        let second = try room.say("1111 1111", in: "c", turnID: "t2")
        #expect(first["text"] == "it is 4111 1111" && second["text"] == "[card]")
        #expect(try room.say("it is 4111 1111", in: "c", turnID: "t1")["text"] == "it is [card]")
        #expect(try room.say("1111 1111", in: "c", turnID: "t2") == second)
        #expect(performing: { try room.say("1111 1112", in: "c", turnID: "t2") }, throws: isFailure(.conflict))
        #expect(performing: { try room.say("it is 4222 1111", in: "c", turnID: "t1") }, throws: isFailure(.conflict))
    }

    @Test func `digits of others, and digits that are no card, stay`() async throws {
        let room = try Room()
        try await room.open("c")
        try room.say("it is 4111 1111", in: "c")
        try room.say("1111 1111", in: "c", speaker: .agent)
        try room.say("1111 1112", in: "c")
        #expect(try room.turns("c").map(\.text) == ["it is 4111 1111", "1111 1111", "1111 1112"])
    }
}
