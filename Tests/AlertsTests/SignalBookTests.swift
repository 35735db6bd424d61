import Alerts
import AuditTrail
import Testing
import Versioning
import Vocabulary

@Suite struct SignalBookTests {
    private let yaml = """
        signals:
          - kind: threat_to_leave
            patterns:
              - (cancel*|end) * (contract|account)
            unless_before: [(not|never) going to]
          - kind: agent_promise
            speaker: agent
            severity: info
            patterns: ["I will call you back"]
          - kind: safety
            speaker: any
            patterns: [smoke]
        required:
          - name: recording
            text: the recording notice
            patterns: [(call|conversation) is recorded]
            within_agent_turns: 2
        """

    @Test(
        arguments: [
            ("I want to cancel my contract", Speaker.customer, ["threat_to_leave"]),
            ("i WANT to cancél this damn contract now", .customer, ["threat_to_leave"]),
            ("I am not going to cancel my contract", .customer, []),
            ("I want to cancel my contract", .agent, []),
            ("i'll call you back", .agent, ["agent_promise"]),
            ("i'll call you back", .customer, []),
            ("there is smoke", .bot, ["safety"]),
            ("smoke and I will cancel the account and end my account", .customer, ["safety", "threat_to_leave"]),
            ("", .customer, []),
        ]
    )
    func `phrases are found for their speaker`(text: String, speaker: Speaker, kinds: [String]) throws {
        let book = try SignalBook(yaml: yaml, file: "signals.yaml")
        #expect(book.signals(in: text, speaker: speaker).map(\.kind) == kinds)
    }

    @Test(
        arguments: [
            ("signals:\n  - kind: a\n", "2:5", "“patterns” is missing"),
            ("signals:\n  - kind: a\n    patterns: []\n", "3:15", "at least one pattern"),
            ("signals:\n  - kind: a\n    patern: [x]\n", "3:5", "unknown key “patern”"),
            ("signals:\n  - kind: a\n    patterns: [ok, (x, y]\n", "3:20", "pattern \"(x\""),
            ("signals:\n  - kind: A b\n    patterns: [x]\n", "2:11", "a kind is expected"),
            ("signals:\n  - kind: a\n    speaker: boss\n    patterns: [x]\n", "3:14", "“boss” is not one of"),
            ("required:\n  - name: a\n    patterns: [x]\n", "2:5", "until when"),
            ("signals: [", "2:1", "this is not YAML"),
            ("signals: 7", "1:10", "a list is expected"),
            ("signal: []", "1:1", "unknown key"),
        ]
    )
    func `a mistake is told with its line and column`(yaml: String, place: String, message: String) {
        let error = #expect(throws: SignalError.self) { try SignalBook(yaml: yaml, file: "f.yaml") }
        #expect(error?.findings.first?.description.hasPrefix("f.yaml:\(place)") == true, "\(error?.description ?? "")")
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test func `all mistakes are told at once`() {
        let yaml = "signals:\n  - {kind: a, patterns: [(]}\n  - {kind: b, patterns: [')']}\n"
        let error = #expect(throws: SignalError.self) { try SignalBook(yaml: yaml, file: "f.yaml") }
        #expect(error?.findings.count == 2)
    }

    @Test func `noise instead of a file is refused and never crashes`() {
        var random = SplitMix(state: 7)
        let alphabet = Array("signals: -[]{}\n  kind patterns(|)*?\"'#&!\u{0}é")
        for _ in 0..<500 {
            let text = String(
                (0..<Int.random(in: 0...60, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? " " }
            )
            _ = try? SignalBook(yaml: "signals:\n" + text, file: "f.yaml")
        }
    }

    @Test func `what must be said and is not is told once, in time`() async throws {
        let world = try AlertWorld()
        _ = try await world.desk.signals.publish(yaml, note: nil, by: "olga", now: 0)
        #expect(try await world.observe("hello there", .agent).signals.isEmpty)
        #expect(try await world.observe("hello", .customer).signals.isEmpty)
        let late = try await world.observe("how can I help", .agent).signals
        #expect(late == [Signal(kind: "required_phrase_not_said", text: "the recording notice")])
        #expect(try await world.observe("anything else", .agent).signals.isEmpty)
        _ = try await world.observe("this call is recorded", .agent, in: "c2")
        #expect(try await world.observe("how can I help", .agent, in: "c2").signals.isEmpty)
        #expect(try await world.observe("anything else", .agent, in: "c2").signals.isEmpty)
    }

    @Test func `versions are kept, taken back, and in force at once everywhere`() async throws {
        let world = try AlertWorld()
        let signals = world.desk.signals
        #expect(try await signals.book().kinds.isEmpty)
        #expect(
            try await signals.publish("signals: [{kind: a, patterns: [x]}]", note: nil, by: "o", now: 1).version == 1
        )
        #expect(
            try await signals.publish("signals: [{kind: a, patterns: [x]}]", note: nil, by: "o", now: 2).version == 1
        )
        #expect(
            try await signals.publish("signals: [{kind: b, patterns: [x]}]", note: nil, by: "o", now: 3).version == 2
        )
        let elsewhere = SignalStore(store: world.store)
        #expect(try await elsewhere.book().kinds == ["b"])
        #expect(try await signals.rollback(to: 1, reason: "noisy", by: "o", now: 4).version == 1)
        #expect(try await elsewhere.book().kinds == ["a"])
        #expect(try await signals.versions().map(\.version.number) == [2, 1])
        await #expect(throws: AlertError.self) { try await signals.rollback(to: 1, reason: "again", by: "o", now: 5) }
        await #expect(throws: AlertError.self) { try await signals.rollback(to: 9, reason: "none", by: "o", now: 5) }
    }
}
