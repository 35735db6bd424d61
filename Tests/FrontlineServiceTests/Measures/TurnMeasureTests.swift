import Access
import Foundation
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Measures
import Storage
import Testing
import Vocabulary

/// Measures over turns: who said what counts, never what was said.
@Suite struct TurnMeasureTests {
    /// 2026-11-18T11:06:40Z, when the clock of a desk begins.
    private static let start: Int64 = 1_795_000_000_000_000

    private let desk: Desk
    private let operations: InProcessServer.Connection
    private let anna: InProcessServer.Connection
    private let ben: InProcessServer.Connection

    init() async throws {
        desk = try Desk()
        operations = try await desk.connection("olga", [.operations])
        let signals = Desk.repository.appendingPathComponent("rules/signals.yaml")
        let source = try String(contentsOf: signals, encoding: .utf8)
        _ = try await operations.call(PolicyPublish.self, .init(name: "signals", source: source))
        anna = try await desk.connection("anna", [.agent], ["team": .one("delivery")])
        ben = try await desk.connection("ben", [.agent], ["team": .one("billing")])
        try await desk.openContact("c1")
    }

    /// Publishes a count of the turns for which a condition holds.
    private func publish(_ name: String, where condition: String) async throws {
        let source = """
            title: \(name)
            population: turns
            where: >-
              \(condition)
            statistic: count
            groups: [agent, team, channel, speaker]
            unit: turns
            owner: Test
            """
        _ = try await operations.call(PolicyPublish.self, .init(name: "measures." + name, source: source))
    }

    @discardableResult
    private func say(
        _ text: String,
        by speaker: Speaker = .customer,
        turn: String? = nil,
        replaces: String? = nil,
        locale: String? = nil,
        after seconds: Int64 = 10,
        to agent: InProcessServer.Connection? = nil
    ) async throws -> ConversationObserve.Result {
        desk.advance(seconds: seconds)
        let params = ConversationObserve.Params(
            conversationId: "c1",
            speaker: speaker,
            text: text,
            turnId: turn,
            replaces: replaces,
            locale: locale
        )
        return try await (agent ?? anna).call(ConversationObserve.self, params)
    }

    /// The rows of a measure as `key: n`.
    private func rows(_ measure: String, by: String? = nil, as caller: Role = .auditor) async throws -> [String] {
        let name = caller == .agent ? "anna" : "reader"
        let reader = try await desk.connection(name, [caller], ["team": .one("delivery")])
        let params = MeasuresValues.Params(
            measure: measure,
            from: .time(Timestamp(microseconds: Self.start)),
            to: .time(Timestamp(microseconds: Self.start + 2 * 86_400_000_000)),
            by: by
        )
        return try await reader.call(MeasuresValues.self, params).rows.map { "\($0.key): \($0.n)" }
    }

    private func expectNoDifference() async throws {
        let day = try await desk.folder.measures.measures.days().day(of: Self.start)
        #expect(try await desk.folder.measures.recount(day, isCheck: true) == [])
    }

    private static let facts: [(condition: String, turns: Int)] = [
        ("speaker = \"customer\"", 2), ("position > 1", 3), ("is_scored", 2),
        ("score < 0 and label != \"positive\"", 1),
        ("position = 1 and mood < 0", 1), ("locale = \"en\"", 1), ("unmet = null", 4),
        ("list contains(signal_kinds, \"threat_to_leave\") and signals > 0", 1), ("suggestions = 0", 4),
        ("actions >= 0 and alerts >= 0", 4), ("previous_speaker = null and seconds_since_previous = null", 1),
        ("speaker = \"agent\" and previous_speaker = \"customer\" and seconds_since_previous = 30", 1),
        ("agent = \"anna\" and list contains(teams, \"delivery\") and channel = \"chat\"", 4),
        ("hour = 11 and weekday = \"wednesday\"", 4),
    ]

    @Test(arguments: [true, false])
    func `each fact is that of the turn, counted as it comes or afterwards`(isPublishedBefore: Bool) async throws {
        func publishAll() async throws {
            for (place, fact) in Self.facts.enumerated() { try await publish("f\(place)", where: fact.condition) }
        }
        if isPublishedBefore { try await publishAll() }
        try await say("This is terrible, I want to cancel my contract!")
        try await say("I am sorry, let me look", by: .agent, after: 30)
        try await say("I see the order", by: .agent)
        try await say("Wonderful, thank you so much", locale: "en", after: 60)
        if !isPublishedBefore { try await publishAll() }
        for (place, fact) in Self.facts.enumerated() {
            #expect(try await rows("f\(place)") == ["all: \(fact.turns)"], "\(fact.condition)")
        }
        try await expectNoDifference()
    }

    @Test func `a turn counts for whoever led the contact then`() async throws {
        try await publish("all_turns", where: "position >= 1")
        try await say("Where is my parcel?")
        try await say("Somebody else knows", by: .agent)
        #expect(try await rows("all_turns", by: "agent") == ["anna: 2"])
        let transfer = ConversationTransfer.Params(conversationId: "c1", to: .init(agent: "ben"), reason: "billing")
        desk.advance(seconds: 5)
        _ = try await anna.call(ConversationTransfer.self, transfer)
        try await say("I have it here", by: .agent, to: ben)
        #expect(try await rows("all_turns", by: "agent") == ["anna: 2", "ben: 1"])
        #expect(try await rows("all_turns", by: "team") == ["billing: 1", "delivery: 2"])
        #expect(try await rows("all_turns", by: "speaker") == ["agent: 2", "customer: 1"])
        #expect(try await rows("all_turns", as: .agent) == ["all: 2"])
        try await expectNoDifference()
    }

    @Test func `a new wording counts in the place of the earlier one`() async throws {
        try await publish("unhappy", where: "score < 0")
        try await publish("answers", where: "speaker = \"agent\" and previous_speaker = \"customer\"")
        try await publish("all_turns", where: "position >= 1")
        try await say("This is terrible, I hate it", turn: "t1")
        try await say("I am sorry", by: .agent, turn: "t2")
        #expect(try await rows("unhappy") == ["all: 1"])
        #expect(try await rows("answers") == ["all: 1"])
        try await say("This is wonderful, I love it", turn: "t3", replaces: "t1")
        #expect(try await rows("unhappy") == ["all: 0"])
        // The recogniser had taken the agent for the customer.
        try await say("This is wonderful, I love it", by: .agent, turn: "t4", replaces: "t3")
        #expect(try await rows("answers") == ["all: 0"])
        #expect(try await rows("all_turns", by: "speaker") == ["agent: 2"])
        try await expectNoDifference()
    }

    @Test func `sensitive signals are counted neither before nor after the contact ends`() async throws {
        try await publish("signalled", where: "signals > 0 or list contains(signal_kinds, \"vulnerability\")")
        let answer = try await say("My mother is terminally ill. Please send the new kettle")
        #expect(answer.signals.contains { $0.kind == "vulnerability" })
        #expect(try await rows("signalled") == ["all: 0"])
        _ = try await anna.call(ConversationClose.self, .init(conversationId: "c1"))
        #expect(try await rows("signalled") == ["all: 0"])
        try await expectNoDifference()
    }

    @Test func `what was counted stays when the transcript goes, and the contacts behind it are named`() async throws {
        try await publish("all_turns", where: "position >= 1")
        try await say("Where is my parcel?")
        try await say("On its way", by: .agent)
        #expect(try await rows("all_turns") == ["all: 2"])
        let auditor = try await desk.connection("audrey", [.auditor])
        let question = MeasuresExplain.Params(measure: "all_turns", key: "speaker=agent", at: .day("2026-11-18"))
        let contacts = try await auditor.call(MeasuresExplain.self, question).contacts
        #expect(contacts.map(\.conversationId) == ["c1"] && contacts.map(\.recordId) == ["c1/2"])
        _ = try await anna.call(ConversationClose.self, .init(conversationId: "c1"))
        desk.advance(seconds: 86_400)
        #expect(try await desk.server.deleteTranscripts(olderThanDays: 0) == 1)
        #expect(try await rows("all_turns", by: "speaker") == ["agent: 1", "customer: 1"])
        try await expectNoDifference()
    }

    @Test func `what no measure counts leaves nothing behind`() async throws {
        try await say("Where is my parcel?")
        try await desk.folder.measures.catchUp()
        let left = try await desk.folder.store.read { transaction in
            try ["outdated", "measure_records"].map { table in
                try transaction.first("SELECT count(*) AS n FROM \(table)") { try $0.integer("n") } ?? 0
            }
        }
        #expect(left == [0, 0])
    }
}
