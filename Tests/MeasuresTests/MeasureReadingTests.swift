import Access
import Measures
import Testing
import Vocabulary

@Suite struct MeasureReadingTests {
    private func room(least: Int = 1, suppression: String = "complementary") async throws -> CountingRoom {
        let room = try CountingRoom()
        try await room.publish(
            "handle_time",
            "statistic: mean\nof: handle_seconds\nleast: \(least)\nsuppression: \(suppression)"
        )
        try await room.publish("secret", "statistic: count\naudience: supervisor")
        var number = 0
        func add(_ agent: String, _ teams: [String], _ count: Int) async throws {
            for _ in 0..<count {
                number += 1
                let record = CountingRoom.contact("c\(number)", seconds: Int64(number), agent: agent, teams: teams)
                try await room.put(record)
            }
        }
        try await add("anna", ["delivery"], 2)
        try await add("ben", ["billing"], 6)
        try await add("cleo", ["delivery", "billing"], 8)
        try await room.ledger.catchUp()
        return room
    }

    private static func principal(_ subject: String, _ roles: Set<Role>, _ team: String? = nil) -> Principal {
        Principal(subject: subject, roles: roles, attributes: team.map { ["team": .one($0)] } ?? [:])
    }

    @Test(
        "who sees which figures",
        arguments: [
            (principal("anna", [.agent], "delivery"), ["anna"]), (principal("nobody", [.agent], "delivery"), []),
            (principal("sue", [.supervisor], "delivery"), ["anna", "cleo"]),
            (principal("ben", [.supervisor], "delivery"), ["anna", "ben", "cleo"]),
            (principal("sue", [.supervisor]), []), (principal("sue", [.supervisor], "*"), ["anna", "ben", "cleo"]),
            (principal("audrey", [.auditor]), ["anna", "ben", "cleo"]),
            (principal("root", [.admin]), ["anna", "ben", "cleo"]), (principal("otto", [.operations]), []),
            (principal("pay", [.integration], "delivery"), []), (principal("karl", [.knowledgeManager]), []),
        ] as [(Principal, [String])]
    )
    func visibility(caller: Principal, agents: [String]) async throws {
        let rows = try await room().values("handle_time", by: "agent", as: caller)
        #expect(rows.map(\.key) == agents)
    }

    @Test func `a supervisor sees rows of the own teams alone, and agents no measure for supervisors`() async throws {
        let room = try await room()
        let sue = Self.principal("sue", [.supervisor], "delivery")
        #expect(try await room.values("handle_time", by: "team", as: sue).map(\.key) == ["delivery"])
        #expect(try await room.values("handle_time", as: sue).map(\.n) == [10])
        let secret = try #require(try await room.measures.book()["secret"]).definition
        #expect(MeasureVisibility(of: sue).includes(secret))
        for role in [Role.agent, .operations, .integration, .knowledgeManager] {
            #expect(!MeasureVisibility(of: Self.principal("x", [role], "delivery")).includes(secret))
        }
    }

    @Test func `a row of too few records is withheld, and the smallest other one with it`() async throws {
        let rows = try await room(least: 5).values("handle_time", by: "agent")
        #expect(rows.map(\.isSuppressed) == [true, true, false])
        #expect(rows.prefix(2).allSatisfy { $0.value == nil && $0.interval == nil && $0.n == 0 })
        #expect(rows.last?.value == 12.5 && rows.last?.n == 8)
        let alone = try await room(least: 5, suppression: "rows").values("handle_time", by: "agent")
        #expect(alone.map(\.isSuppressed) == [true, false, false])
    }

    @Test func `a filter that leaves out too few records tells nothing of them`() async throws {
        let room = try await room(least: 7)
        // All but the six of ben's: their mean would follow from this one and from that of everybody.
        #expect(try await room.values("handle_time", group: "team=delivery").map(\.isSuppressed) == [true])
        #expect(try await room.values("handle_time").map(\.isSuppressed) == [false])
    }

    @Test func `a mean has its interval, a share its own, a count none`() async throws {
        let room = try await room()
        let mean = try #require(try await room.values("handle_time").first)
        // 1 to 16: mean 8.5, standard deviation 4.761, t of 15 degrees 2.131.
        #expect(mean.value == 8.5)
        let interval = try #require(mean.interval)
        #expect(abs(interval.low - 5.963) < 0.001 && abs(interval.high - 11.037) < 0.001)
        #expect(try await room.values("secret").first?.interval == nil)
    }

    @Test(arguments: ["hour", "script", ""])
    func `rows by what is no group are refused`(by: String) async throws {
        let room = try await room()
        await #expect(throws: MeasureError.self) { try await room.values("handle_time", by: by) }
    }

    @Test(arguments: ["team", "script=x", "=x", ""])
    func `a filter that names no group is refused`(group: String) async throws {
        let room = try await room()
        await #expect(throws: MeasureError.self) { try await room.values("handle_time", group: group) }
    }

    @Test func `the records behind a row are those that the caller sees`() async throws {
        let room = try await room()
        let definition = try #require(try await room.measures.book()["handle_time"]).definition
        let question = try MeasureQuestion(definition, from: room.day(), to: room.day() + 1, by: "team")
        func ids(_ caller: Principal, limit: Int = 50) async throws -> (count: Int, hasMore: Bool) {
            let found = try await room.ledger.records(
                behind: "delivery",
                of: question,
                limit: limit,
                visibility: MeasureVisibility(of: caller)
            )
            return (found.records.count, found.hasMore)
        }
        #expect(try await ids(CountingRoom.auditor) == (10, false))
        #expect(try await ids(CountingRoom.auditor, limit: 4) == (4, true))
        #expect(try await ids(Self.principal("cleo", [.agent], "delivery")) == (8, false))
        #expect(try await ids(Self.principal("sue", [.supervisor], "returns")) == (0, false))
    }
}
