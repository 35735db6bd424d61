import Access
import Alerts
import Storage
import Testing
import Texts
import Vocabulary

/// Illness, deaths and debts: the need is kept and not the words, and for no longer than the contact.
@Suite struct SensitiveSignalTests {
    private let world: AlertWorld
    private let words = "my husband passed away and I have cancer"

    init() async throws {
        world = try AlertWorld()
        try await world.publishSamples()
    }

    private func alerts() throws -> [Alert] {
        try world.store.readNow { try world.desk.alerts(ofConversation: "c1", in: $0) }
    }

    private func everything() async throws -> String {
        let log = try await world.desk.events(after: 0, limit: 100).map { "\($0.alert)" }
        return (try alerts().map { "\($0)" } + log).joined()
    }

    @Test func `the need stands in the place of the words`() async throws {
        let seen = try await world.observe(words, customer: "k", score: -0.5, mood: -0.5, summary: words)
        let signal = try #require(seen.signals.first { $0.kind == "vulnerability" })
        #expect(signal.text == TextSet.builtIn("en").text("need.bereavement"))
        #expect(Set(seen.signals.map(\.kind)) == ["vulnerability", "bereavement"])
        let alert = try #require(seen.alerts.first { $0.kind == "vulnerability" })
        #expect(alert.reason.contains(signal.text) && alert.summary == nil)
        for word in ["cancer", "passed", "husband"] {
            #expect(!(try await everything()).contains(word))
            #expect(!"\(seen.signals) \(seen.input)".contains(word))
        }
    }

    @Test func `other alerts of the turn do not tell of it`() async throws {
        let seen = try await world.observe("\(words), I will sue you", score: -0.5, mood: -0.5)
        let legal = try #require(seen.alerts.first { $0.kind == "legal_threat" })
        #expect(!legal.because.joined().contains("bereavement") && !legal.because.joined().contains("care"))
    }

    @Test func `it ends with the contact, in the alert and in its log`() async throws {
        try await world.observe(words, customer: "k", score: -0.5, mood: -0.5)
        try await world.observe("I will sue you", customer: "k", score: -0.5, mood: -0.5)
        let withdrawn = try world.store.writeNow { try world.desk.endContact("c1", now: world.now, in: $0) }
        #expect(withdrawn.turns.map { Set($0.kinds) } == [["vulnerability", "bereavement"]])
        #expect(withdrawn.alerts.map(\.kind) == ["vulnerability"])
        let alert = try #require(try alerts().first { $0.kind == "vulnerability" })
        #expect(alert.status == .expired && alert.customer == nil && alert.because.isEmpty)
        #expect(!(try await everything()).contains("condolences"))
        #expect(try alerts().first { $0.kind == "legal_threat" }?.reason.contains("sue") == true)
    }

    @Test func `without news for a day it ends too`() async throws {
        try await world.observe(words, customer: "k", score: -0.5, mood: -0.5)
        world.advance(seconds: 3 * 86_400)
        try await world.desk.elapse(to: world.now)
        world.advance(seconds: 3 * 86_400)
        try await world.desk.elapse(to: world.now)
        #expect(try alerts().map(\.status) == [.expired])
        #expect(!(try await everything()).contains("condolences"))
    }

    @Test(
        arguments: [
            ("signals:\n  - {kind: a, sensitive: true, patterns: [x]}", "“need” is missing"),
            ("signals:\n  - {kind: a, need: n, patterns: [x]}", "“sensitive: true” is missing"),
            ("signals:\n  - {kind: a, sensitive: maybe, need: n, patterns: [x]}", "true or false"),
        ]
    )
    func `a sensitive list says what is needed`(yaml: String, message: String) {
        let error = #expect(throws: SignalError.self) { try SignalBook(yaml: yaml, file: "f.yaml") }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
}
