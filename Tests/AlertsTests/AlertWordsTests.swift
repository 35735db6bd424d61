import Access
import Alerts
import Storage
import Testing
import Texts
import Vocabulary

/// What alerts say, and to whom in which language.
@Suite struct AlertWordsTests {
    private let world: AlertWorld
    private let german = TextSet.builtIn("de")

    init() async throws {
        world = try AlertWorld()
        try await world.publishSamples()
    }

    @Test(
        arguments: [
            ("I will sue you", "The customer is threatening legal action: “I will sue you”."),
            (
                "I'll report you to the ombudsman",
                "The customer wants to complain to a regulator or consumer body: “ombudsman”."
            ),
            ("is your site down?", "The customer can't use our website or app: “is your site down”."),
            ("get me your manager", "The customer is asking for a supervisor: “get me your manager”."),
        ]
    )
    func `an alert reads as a colleague would say it`(said: String, reason: String) async throws {
        #expect(try await world.observe(said).alerts.map(\.reason) == [reason])
    }

    @Test func `the same alert is read in the language of each reader`() async throws {
        let alert = try #require(try await world.observe("Ich gehe zum Anwalt", locale: "de").alerts.first)
        #expect(alert.reason == "Der Kunde droht mit rechtlichen Schritten: „zum Anwalt“.")
        #expect(alert.reason(in: nil) == alert.reason)
        #expect(alert.reason(in: TextSet.builtIn("en")) == "The customer is threatening legal action: “zum Anwalt”.")
        #expect(alert.because(in: german).first == "rechtliche Schritte: „zum Anwalt“")
    }

    @Test func `a polite customer whose need is not met is told once, with how likely that is`() async throws {
        #expect(try await world.observe("no, the other one please", score: 0, mood: 0.1, unmet: 0.6).alerts.isEmpty)
        let seen = try await world.observe("thanks, but that was not my question", score: 0.1, mood: 0.1, unmet: 0.82)
        let alert = try #require(seen.alerts.first)
        #expect(alert.kind == "unmet" && alert.severity == .info && alert.reason.contains("0.82"))
        #expect(alert.because(in: german).contains("Anliegen wahrscheinlich nicht erfüllt: 0,82"))
        #expect(try await world.observe("let us see", .agent, mood: 0.1, unmet: 0.82).alerts.isEmpty)
    }

    @Test(arguments: [(0.8127, 0.8127), (nil, JSON.null), (Double.nan, JSON.null)] as [(Double?, JSON)])
    func `the policy sees unmet, and null where it was not measured`(unmet: Double?, expected: JSON) async throws {
        #expect(try await world.observe("hello", unmet: unmet).input["unmet"] == expected)
    }

    @Test func `each alert of a turn names the rule that asked for it`() async throws {
        let seen = try await world.observe("get me your manager, or I will sue you")
        let rules = Dictionary(uniqueKeysWithValues: seen.alerts.map { ($0.kind, $0.because.last) })
        #expect(
            rules == [
                "legal_threat": "alerts: rule 5 (alert-legal): Why: Complaints process",
                "supervisor_request":
                    "alerts: rule 9 (alert-supervisor): Why: The customer is waiting for a supervisor",
            ]
        )
    }

    @Test func `without a score German contacts are still told`() async throws {
        let seen = try await world.observe("Ich rufe jetzt zum dritten Mal an", locale: "de")
        #expect(seen.alerts.map(\.kind) == ["repeated_contact"])
        #expect(seen.alerts.map(\.severity) == [.info])
    }

    @Test func `a reason of the policy's own words is kept as it is`() async throws {
        try await world.publish(#"[{kind: "mood", severity: "warning", reason: "Look here"}]"#)
        #expect(try await world.observe("hello").alerts.map(\.reason) == ["Look here"])
        try await world.publish(#"[{kind: "other", severity: "warning"}]"#)
        #expect(
            try await world.observe("hello", in: "c2").alerts.map(\.reason) == [
                TextSet.builtIn("en").text("alert.unnamed")
            ]
        )
    }

    @Test func `a contact that ended well does not escalate, unless it turns again`() async throws {
        try await world.observe("I will sue you", score: -0.6, mood: -0.4, trend: -0.2)
        try await world.observe("there is smoke coming out", score: -0.6, mood: -0.4, trend: -0.2)
        try await world.observe("oh that is perfect, thank you so much", score: 0.7, mood: 0, trend: 0.2)
        world.advance(seconds: 600)
        try await world.desk.elapse(to: world.now)
        #expect(try await world.log().filter { $0.hasPrefix("escalated") } == ["escalated safety 1"])
        try await world.observe("no, I will sue you after all", score: -0.6, mood: -0.3, trend: -0.1)
        world.advance(seconds: 600)
        try await world.desk.elapse(to: world.now)
        #expect(try await world.log().contains("escalated legal_threat 2"))
    }

    @Test func `a contact that is closed does not escalate`() async throws {
        try await world.observe("I will sue you", score: -0.6, mood: -0.4)
        try world.end()
        world.advance(seconds: 3_600)
        try await world.desk.elapse(to: world.now)
        #expect(try await !world.log().contains { $0.hasPrefix("escalated") })
    }

    private func surge() async throws -> Alert? {
        try await world.desk.list(AlertFilter(limit: 100), for: AlertWorld.supervisor).alerts.last {
            $0.kind == "surge"
        }
    }

    @Test func `a surge says how many contacts it has now, and which`() async throws {
        for contact in 0..<7 {
            try await world.observe("your website is down", in: "c\(contact)", agent: "a\(contact)")
        }
        var alert = try await #require(try surge())
        #expect(alert.reason == "7 contacts about an outage of our website or app in the last 15 minutes.")
        #expect(alert.count == 7)
        #expect(alert.contacts?.map(\.conversation) == (0..<7).reversed().map { "c\($0)" })
        #expect(
            alert.reason(in: german)
                == "7 Kontakte wegen einer Störung unserer Website oder App in den letzten 15 Minuten."
        )
        world.advance(seconds: 600)
        for contact in 7..<10 { try await world.observe("your website is down", in: "c\(contact)") }
        try await world.desk.elapse(to: world.now)
        world.advance(seconds: 360)
        try await world.desk.elapse(to: world.now)
        alert = try await #require(try surge())
        #expect(alert.count == 3 && alert.reason.hasPrefix("3 contacts"))
        #expect(alert.contacts?.map(\.conversation) == ["c9", "c8", "c7"])
    }

    @Test func `a supervisor is shown the contacts of the team alone`() throws {
        let lead = Principal(subject: "leo", roles: [.supervisor], attributes: ["team": .one("delivery")])
        let mine = SurgeContact(conversation: "c1", agent: "anna", teams: ["delivery"])
        let other = SurgeContact(conversation: "c2", agent: "ben", teams: ["billing"])
        let visibility = AlertVisibility(of: lead)
        #expect(visibility.includes(mine) && !visibility.includes(other))
        #expect(AlertVisibility(of: AlertWorld.supervisor).includes(other))
    }
}
