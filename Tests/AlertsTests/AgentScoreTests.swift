import Alerts
import Storage
import Testing
import Texts
import Vocabulary

/// Scores of others than customers among the evidence of alerts, as an earlier program kept them.
@Suite struct AgentScoreTests {
    private let world: AlertWorld

    /// An alert in the conversation of each kind of speaker; the agent's was asked for again by somebody.
    init() async throws {
        world = try AlertWorld()
        try await world.publish(#"[{kind: "mood", severity: "warning", reason: "It goes wrong."}]"#)
        for speaker in Speaker.allCases {
            try await world.observe("so it is", speaker, in: speaker.rawValue, score: -0.4, mood: -0.5)
        }
        try world.raise("mood", about: Speaker.agent.rawValue, reason: "She asks again.")
    }

    /// The alerts as they are and as the log has them, by conversation.
    private func alerts() async throws -> [String: [Alert]] {
        let log = try await world.desk.events(after: 0, limit: 100).map(\.alert)
        let kept = try world.store.readNow { transaction in
            try Speaker.allCases.flatMap { try world.desk.alerts(ofConversation: $0.rawValue, in: transaction) }
        }
        return Dictionary(grouping: kept + log, by: \.subject.id)
    }

    /// Takes the scores out, two alerts at a time; returns where each step ended.
    private func upgrade() throws -> [Int64] {
        var places: [Int64] = []
        while let last = try world.store.writeNow({
            try world.desk.removeAgentScores(after: places.last ?? 0, limit: 2, in: $0)
        }) {
            places.append(last)
        }
        return places
    }

    private static func isScore(_ reason: String) -> Bool { reason.hasSuffix("turn -0.4") }

    @Test func `they are taken out of alerts and log, and those of customers are kept`() async throws {
        let before = try await alerts()
        #expect(before.count == 5 && before.values.joined().allSatisfy { $0.because.count(where: Self.isScore) == 1 })
        #expect(try upgrade() == [2, 4, 5])
        let after = try await alerts()
        for (conversation, alerts) in before {
            let isKept = conversation == Speaker.customer.rawValue
            let expected = alerts.map { $0.because.filter { isKept || !Self.isScore($0) } }
            #expect(after[conversation]?.map(\.because) == expected, "\(conversation)")
        }
        #expect(after[Speaker.agent.rawValue]?.first?.because.last == "She asks again.")
    }

    @Test func `what is left can still be told in every language`() async throws {
        _ = try upgrade()
        for alert in try await alerts().values.joined() {
            #expect(alert.because(in: .builtIn("en")) == alert.because)
        }
    }

    @Test func `a second time changes nothing`() async throws {
        _ = try upgrade()
        let once = try await alerts()
        #expect(try upgrade() == [2, 4, 5])
        #expect(try await alerts() == once)
    }
}
