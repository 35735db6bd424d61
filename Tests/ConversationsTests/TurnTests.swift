import Access
import Conversations
import Storage
import Synchronization
import Testing
import Vocabulary

@Suite struct TurnTests {
    @Test func `turns are numbered in the order of arrival and stored redacted`() async throws {
        let room = try Room()
        try await room.open("c")
        try room.say("my card is 4111 1111 1111 1111", in: "c", score: -0.2)
        try room.say("thanks", in: "c", speaker: .agent, score: 0.5)
        let turns = try room.turns("c")
        #expect(turns.map(\.number) == [1, 2] && turns.map(\.speaker) == [.customer, .agent])
        #expect(turns[0].text == "my card is [card]" && turns[0].score == -0.2)
        let conversation = try #require(try room.conversation("c"))
        #expect(conversation.turns == 2 && conversation.mood.customerTurns == 1 && conversation.mood.agentTurns == 1)
    }

    @Test func `an unmet need is stored with its turn, and counts again when a turn is replaced`() async throws {
        let (room, other) = (try Room(), try Room())
        for room in [room, other] { try await room.open("c") }
        try room.say("thanks", in: "c", turnID: "t1", unmet: 0.1)
        try room.say("that is not it", in: "c", turnID: "t2", unmet: 0.9)
        try room.say("no thanks", in: "c", turnID: "t1", replaces: "t1", unmet: 0.8)
        try other.say("no thanks", in: "c", unmet: 0.8)
        try other.say("that is not it", in: "c", unmet: 0.9)
        #expect(try room.turns("c").map(\.unmet) == [0.8, 0.9])
        let (replaced, plain) = (try room.conversation("c")?.mood, try other.conversation("c")?.mood)
        #expect(replaced?.unmet != nil && replaced?.unmet == plain?.unmet)
        try room.say("certainly", in: "c", speaker: .agent, unmet: 0.9)
        #expect(try room.turns("c").last?.unmet == nil)
    }

    @Test func `a repeated turn answers the first answer, with another text it is a conflict`() async throws {
        let room = try Room()
        try await room.open("c")
        let first = try room.say("where is it", in: "c", turnID: "t1", score: -0.5)
        #expect(try room.say("where is it", in: "c", turnID: "t1", score: 0.9) == first)
        #expect(try room.turns("c").count == 1)
        #expect(performing: { try room.say("where is he", in: "c", turnID: "t1") }, throws: isFailure(.conflict))
        #expect(
            performing: { try room.say("where is it", in: "c", speaker: .agent, turnID: "t1") },
            throws: isFailure(.conflict)
        )
        try await room.conversations.close("c", disposition: nil, by: Room.caller("anna"), now: 5)
        #expect(try room.say("where is it", in: "c", turnID: "t1") == first)
        #expect(performing: { try room.say("and now", in: "c", turnID: "t2") }, throws: isFailure(.conflict))
    }

    @Test func `texts that differ in what is redacted are told apart`() async throws {
        let room = try Room()
        try await room.open("c")
        try room.say("my card is 4111 1111 1111 1111", in: "c", turnID: "t1")
        #expect(
            performing: { try room.say("my card is 5500 0000 0000 0004", in: "c", turnID: "t1") },
            throws: isFailure(.conflict)
        )
    }

    @Test(
        "a text that says nothing or goes on for too long is refused",
        arguments: ["", " \n\t ", "\u{0}\u{1}", String(repeating: "a", count: 16_001), "\u{3000}"]
    )
    func refused(text: String) {
        let draft = TurnDraft(conversationID: "c", speaker: .customer, text: text)
        #expect(
            performing: { try PreparedTurn(draft) },
            throws: { ($0 as? ConversationError)?.argument == "text" && isFailure(.invalid)($0) }
        )
    }

    @Test(
        "mixed scripts, emoji and binary rubbish are text like any other",
        arguments: ["Привет, где my 荷物?", "😡😡😡", "a\u{0}b\u{7f}c\u{9f}", "e\u{301}\u{200d}\u{202e}", "\u{10FFFF}"]
    )
    func accepted(text: String) async throws {
        let room = try Room()
        try await room.open("c")
        try room.say(text, in: "c")
        let stored = try room.turns("c")[0].text
        #expect(!stored.isEmpty && !stored.unicodeScalars.contains { $0.value < 32 || $0.value == 127 })
    }

    @Test func `any bytes at all are stored and read again or refused`() async throws {
        let room = try Room()
        try await room.open("c")
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<200 {
            let bytes = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            guard (try? room.say(text, in: "c")) != nil else { continue }
            let conversation = try #require(try room.conversation("c"))
            let last = try #require(try room.turns("c").last)
            #expect(last.number == min(conversation.turns, 1_000) && !last.text.contains("\u{0}"))
        }
    }

    @Test func `names with control characters or without end are refused by their place`() {
        for (draft, argument) in [
            (TurnDraft(conversationID: "c", speaker: .bot, text: "a", turnID: ""), "turn_id"),
            (TurnDraft(conversationID: "c", speaker: .bot, text: "a", turnID: "a\nb"), "turn_id"),
            (TurnDraft(conversationID: "c", speaker: .bot, text: "a", speakerID: "\u{0}"), "speaker_id"),
            (
                TurnDraft(conversationID: "c", speaker: .bot, text: "a", locale: .init(repeating: "e", count: 201)),
                "locale"
            ),
        ] {
            #expect(
                performing: { try PreparedTurn(draft) },
                throws: { ($0 as? ConversationError)?.argument == argument }
            )
        }
    }

    @Test func `only an integration speaks on behalf of others, and it is recorded`() async throws {
        let room = try Room()
        try await room.open("c")
        let draft = TurnDraft(conversationID: "c", speaker: .agent, text: "hello", onBehalfOf: "anna")
        let prepared = try PreparedTurn(draft)
        func observe(_ caller: Principal) throws {
            try room.store.writeNow { transaction in
                guard
                    case .fresh(let turn) = try room.conversations.begin(prepared, by: caller, now: 0, in: transaction)
                else { return }
                try room.conversations.finish(turn.scored(nil), answer: [:], now: 0, in: transaction)
            }
        }
        try observe(Room.caller("transcriber", [.integration]))
        #expect(try room.turns("c")[0].onBehalfOf == "anna")
        let other = Room.caller("lena", [.supervisor], team: "*")
        #expect(performing: { try observe(other) }, throws: isFailure(.forbidden))
    }

    @Test func `the last turn of a long conversation runs the same statements as the second`() async throws {
        let count = Mutex(0)
        // Without the lock of a database server, which the driver takes.
        let room = try Room(observer: { sql in if !sql.contains("store_head") { count.withLock { $0 += 1 } } })
        try await room.open("c")
        var costs: [Int] = []
        for number in 1...600 {
            count.withLock { $0 = 0 }
            try room.say("where is my parcel", in: "c", turnID: "t\(number)", score: -0.3)
            costs.append(count.withLock { $0 })
        }
        #expect(Set(costs.dropFirst()).count == 1 && (costs.last ?? 0) <= 10)
        let row = try room.store.readNow { transaction in
            try transaction.first("SELECT length(mood) + length(summary) + length(profile) AS size FROM conversations")
            {
                try $0.integer("size")
            }
        }
        #expect((row ?? 0) < 1_500)
    }

    @Test func `turns of many senders at once get every number once`() async throws {
        let room = try Room()
        try await room.open("c")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sender in 0..<8 {
                group.addTask {
                    for turn in 0..<25 { try room.say("words", in: "c", turnID: "\(sender % 4)-\(turn)", score: -0.1) }
                }
            }
            try await group.waitForAll()
        }
        let turns = try room.turns("c")
        #expect(turns.map(\.number) == Array(1...100) && Set(turns.compactMap(\.turnID)).count == 100)
        #expect(try room.conversation("c")?.mood.customerTurns == 100)
        #expect(try await room.conversations.events(after: 0, limit: 1_000).map(\.cursor) == Array(1...100))
    }
}
