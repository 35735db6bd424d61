import Access
import Alerts
import Storage
import Testing
import Vocabulary

/// The alerts of a conversation one of whose turns has another wording.
@Suite struct AlertRevisionTests {
    private let world: AlertWorld

    init() async throws {
        world = try AlertWorld()
        try await world.publish(
            """
            if turn.speaker = "agent" then [] else
            (if contains(turn.text, "sue") then [{kind: "legal", severity: "critical", reason: "sue", cooldown_seconds: 0}]
             else if contains(turn.text, "lawyer") then [{kind: "legal", severity: "warning", reason: "lawyer", cooldown_seconds: 0}]
             else if contains(turn.text, "bye") then [{kind: "leave", severity: "warning", reason: "bye", cooldown_seconds: 0}] else [])
            """
        )
    }

    private func facts(_ number: Int) -> ContactFacts {
        ContactFacts(conversationID: "c1", channel: "chat", turns: number, agent: "anna", teams: ["delivery"])
    }

    /// Observes turns ten seconds apart; the first word says who speaks.
    private func observe(_ turns: [String]) async throws {
        let rules = try await world.desk.rules()
        for (place, turn) in turns.enumerated() {
            try world.store.writeNow { transaction in
                let past = try world.desk.past(of: "c1", in: transaction)
                let decision = rules.decide(Self.turn(turn), of: facts(place + 1), past: past, now: world.now)
                _ = try world.desk.write(decision, of: facts(place + 1), now: world.now, in: transaction)
            }
            world.advance(seconds: 10)
        }
    }

    private static func turn(_ text: String) -> TurnFacts {
        TurnFacts(speaker: text.hasPrefix("agent") ? .agent : .customer, text: text)
    }

    /// Takes all turns again, one of them with other words.
    private func revise(
        _ turns: [String],
        _ number: Int,
        start: Int64,
        from first: Int = 1
    ) async throws -> (alerts: [Alert], changed: [Alert]) {
        let rules = try await world.desk.rules()
        return try world.store.writeNow { transaction in
            var revision = try world.desk.revise("c1", from: Int64(first), rules: rules, in: transaction)
            for (place, turn) in turns.enumerated() where place + 1 >= first {
                revision.add(
                    Self.turn(turn),
                    of: facts(place + 1),
                    at: start + Int64(place) * 10_000_000,
                    isRevised: place + 1 == number
                )
            }
            return try world.desk.conclude(revision, of: facts(turns.count), now: world.now, in: transaction)
        }
    }

    private func standing() throws -> [Alert] {
        try world.store.readNow { try world.desk.alerts(ofConversation: "c1", in: $0) }
    }

    @Test func `an alert that rests on words which were not said is withdrawn`() async throws {
        let start = world.now
        try await observe(["hello", "i will sue", "ok"])
        let id = try standing()[0].id
        let (alerts, changed) = try await revise(["hello", "i will see", "ok"], 2, start: start)
        #expect(
            alerts.isEmpty && changed.map(\.id) == [id] && changed[0].isWithdrawn == true
                && changed[0].status == .expired
        )
        #expect(try standing().isEmpty)
        #expect(try await world.log() == ["raised legal 1", "expired legal 1"])
    }

    @Test func `an alert that was missed is raised, in the place of its turn`() async throws {
        let start = world.now
        try await observe(["hello", "i will see", "ok"])
        let (alerts, changed) = try await revise(["hello", "i will sue", "ok"], 2, start: start)
        #expect(alerts.map(\.kind) == ["legal"] && changed == alerts && alerts[0].turn == 2 && alerts[0].count == 1)
        #expect(try standing() == alerts)
    }

    @Test func `an alert that stays is corrected: how severe it is, and how often it was asked for`() async throws {
        let start = world.now
        try await observe(["a lawyer", "i will sue", "my lawyer"])
        var alert = try standing()[0]
        #expect(alert.count == 3 && alert.severity == .critical && alert.reason == "sue" && alert.turn == 1)
        _ = try await revise(["a lawyer", "i will see", "my lawyer"], 2, start: start)
        alert = try standing()[0]
        #expect(alert.count == 2 && alert.severity == .warning && alert.reason == "lawyer" && alert.turn == 1)
        let (alerts, changed) = try await revise(["a lawyer", "i will sue", "my lawyer"], 2, start: start)
        #expect(alerts.map(\.id) == [alert.id] && changed.map(\.id) == [alert.id])
        alert = try standing()[0]
        #expect(alert.count == 3 && alert.severity == .critical && alert.reason == "sue")
        // The same words again change nothing.
        let again = try await revise(["a lawyer", "i will sue", "my lawyer"], 2, start: start)
        #expect(again.alerts == [alert] && again.changed.isEmpty)
    }

    @Test func `an alert moves to the turn that raises it now`() async throws {
        let start = world.now
        try await observe(["i will sue", "hello", "i will sue"])
        #expect(try standing().map(\.turn) == [1])
        _ = try await revise(["i will see", "hello", "i will sue"], 1, start: start)
        let alert = try standing()[0]
        #expect(alert.turn == 3 && alert.count == 1 && alert.isWithdrawn == nil)
    }

    @Test func `what people have done to an alert stays`() async throws {
        let start = world.now
        try await observe(["i will sue", "bye"])
        let (legal, leave) = (try standing()[0].id, try standing()[1].id)
        _ = try world.acknowledge(.ids([legal]))
        _ = try world.resolve(.ids([leave]), outcome: .helped)
        let (_, changed) = try await revise(["i will sue", "by and by"], 2, start: start)
        #expect(changed.isEmpty)
        #expect(try await world.desk.alert(leave, for: AlertWorld.supervisor).status == .resolved)
        #expect(try await world.desk.alert(legal, for: AlertWorld.supervisor).status == .acknowledged)
    }

    @Test func `an alert that others asked for as well is counted with them`() async throws {
        let start = world.now
        try await observe(["i will sue"])
        try world.raise("legal")
        try world.raise("legal")
        #expect(try standing()[0].count == 3)
        _ = try await revise(["a lawyer"], 1, start: start)
        #expect(try standing().map(\.count) == [3] && standing()[0].severity == .warning)
        try world.raise("help")
        _ = try await revise(["hello"], 1, start: start)
        #expect(try standing().map(\.kind) == ["help"] && standing()[0].count == 1)
    }

    @Test func `a long conversation is taken again from the eighth turn before`() async throws {
        let start = world.now
        var turns = (1...20).map { "turn \($0)" }
        (turns[3], turns[16], turns[18]) = ("a lawyer", "i will sue", "a lawyer")
        try await observe(turns)
        #expect(try standing().map(\.count) == [3])
        turns[16] = "i will see"
        _ = try await revise(turns, 17, start: start, from: 17)
        let alert = try standing()[0]
        #expect(alert.count == 2 && alert.severity == .warning && alert.turn == 4)
        // The kept states were brought along: the next replacement starts from them.
        turns[17] = "i will sue"
        _ = try await revise(turns, 18, start: start, from: 17)
        #expect(try standing().map(\.count) == [3] && standing()[0].severity == .critical)
        turns[4] = "i will sue"
        _ = try await revise(turns, 5, start: start)
        #expect(try standing().map(\.count) == [4])
        turns[18] = "fine"
        _ = try await revise(turns, 19, start: start, from: 17)
        #expect(try standing().map(\.count) == [3])
    }

    @Test func `an escalation that happened stays`() async throws {
        let start = world.now
        try await observe(["a lawyer"])
        world.advance(seconds: 400)
        #expect(try await world.desk.elapse(to: world.now) == 1)
        #expect(try standing()[0].severity == .critical)
        _ = try await revise(["my lawyer"], 1, start: start)
        #expect(try standing()[0].severity == .critical && standing()[0].isEscalated)
    }
}
