import Conversations
import Storage
import Testing
import Vocabulary

/// What is counted of turns.
@Suite struct TurnFigureTests {
    private func figures(_ name: String, in room: Room) throws -> TurnFigures? {
        let key = try #require(TurnKey(name))
        return try room.store.readNow { try ConversationStore.figures(of: key, in: $0) }
    }

    @Test(arguments: ["c1/3", "a/b/12", "/1"])
    func `a name of a turn is read and written`(text: String) throws {
        #expect(try #require(TurnKey(text)).description == text)
    }

    @Test(arguments: ["", "c1", "c1/", "c1/x", "c1/99999999999999999999"])
    func `anything else is none`(text: String) {
        #expect(TurnKey(text) == nil)
    }

    @Test(arguments: [1, 2, 3, 7, 100])
    func `every turn follows once, whatever the pages`(limit: Int) async throws {
        let room = try Room()
        let counts = ["a": 4, "a/1": 2, "b": 0, "c": 5]
        for (id, count) in counts.sorted(by: { $0.key > $1.key }) {
            try await room.open(id)
            for number in 0..<count { try room.say("Turn \(number)", in: id) }
        }
        let expected = counts.sorted { $0.key < $1.key }.flatMap { id, count in
            (0..<count).map { "\(id)/\($0 + 1)" }
        }
        let found = try room.store.readNow { transaction in
            var found: [TurnKey] = []
            // One page more than there can be.
            for _ in 0...expected.count {
                found += try ConversationStore.turns(after: found.last, limit: limit, in: transaction)
            }
            return found
        }
        #expect(found.map(\.description) == expected)
    }

    @Test func `turns arrive from the first moment of a period to before its last`() async throws {
        let room = try Room()
        try await room.open("a", now: 5)
        try await room.open("b", now: 20)
        for time in [10, 20, 30] as [Int64] { try room.say("At \(time)", in: "a", now: time) }
        try room.say("At 40", in: "b", now: 40)
        func arrived(_ from: Int64, _ to: Int64) throws -> [String] {
            try room.store.readNow { try ConversationStore.turns(arrivedFrom: from, to: to, in: $0) }.map(\.description)
        }
        #expect(try arrived(10, 30) == ["a/1", "a/2"])
        #expect(try arrived(20, 41) == ["a/2", "a/3", "b/1"])
        #expect(try arrived(41, 100) == [])
        let ids = ["a"]
        _ = try await room.store.write { try room.conversations.forget(ids, in: $0) }
        #expect(try arrived(0, 100) == ["b/1"])
    }

    @Test func `a turn belongs to whoever led the contact when it was said`() async throws {
        let room = try Room(teams: ["anna": ["delivery"], "ben": ["billing"]])
        try await room.open("a", by: Room.caller("anna", team: "delivery"), now: 1)
        try room.say("First", in: "a", by: Room.caller("anna", team: "delivery"), now: 10)
        try room.say("Second", in: "a", speaker: .agent, score: nil, by: Room.caller("anna", team: "delivery"), now: 20)
        let transfer = Transfer(conversationID: "a", agent: "ben", reason: "r")
        _ = try await room.conversations.transfer(transfer, by: Room.caller("anna", team: "delivery"), now: 20)
        try room.say("Third", in: "a", score: -0.5, unmet: 0.25, by: Room.caller("ben", team: "billing"), now: 30)
        let turns = try ["a/1", "a/2", "a/3"].compactMap { try figures($0, in: room) }
        try #require(turns.count == 3)
        #expect(turns.map(\.agent) == ["anna", "anna", "ben"])
        #expect(turns.map(\.teams) == [["delivery"], ["delivery"], ["billing"]])
        #expect(turns.map(\.previous?.speaker) == [nil, .customer, .agent])
        #expect(turns.map(\.previous?.arrivedAt) == [nil, 10, 20] && turns.map(\.arrivedAt) == [10, 20, 30])
        #expect(turns[2].score == -0.5 && turns[2].unmet == 0.25 && turns[1].score == nil)
        #expect(turns.allSatisfy { $0.channel == "phone" })
        #expect(try figures("a/4", in: room) == nil)
    }

    @Test func `a new wording marks its turn and the next one`() async throws {
        let room = try Room()
        try await room.open("a")
        for name in ["t1", "t2", "t3"] { try room.say("Turn \(name)", in: "a", turnID: name) }
        func marked() throws -> [String] {
            try room.store.readNow { try Store.outdated(RecordKind.turns.rawValue, limit: 10, in: $0) }
        }
        let all = try marked()
        #expect(all == ["a/1", "a/2", "a/3"])
        try await room.store.write { try Store.settle(all, topic: RecordKind.turns.rawValue, in: $0) }
        try room.say("Another", in: "a", turnID: "t4", replaces: "t1")
        #expect(try marked() == ["a/1", "a/2"])
        try room.say("Another", in: "a", turnID: "t5", replaces: "t3")
        #expect(try marked() == ["a/1", "a/2", "a/3"])
    }
}
