import Access
import Alerts
import AuditTrail
import Storage
import Testing
import Vocabulary

@Suite struct AlertDeskTests {
    private let world: AlertWorld

    init() throws { world = try AlertWorld() }

    private let always = #"[{kind: "mood", severity: "warning", reason: "Mood " + string(turn.score)}]"#

    @Test func `a policy that raises on every turn makes one alert and few events`() async throws {
        try await world.publish(always)
        for turn in 0..<1_000 { try await world.observe("turn \(turn)", score: -0.5) }
        let alerts = try world.store.readNow { try world.desk.alerts(ofConversation: "c1", in: $0) }
        #expect(alerts.map(\.count) == [1_000])
        #expect(try await world.log().count < 20)
        #expect(alerts[0].reason == "Mood -0.5")
    }

    @Test func `events are numbered from one without gaps`() async throws {
        try await world.publish(always)
        for turn in 0..<20 {
            try await world.observe("a", in: "c\(turn % 7)", score: -1)
            if turn % 5 == 4 { try world.end("c\(turn % 7)") }
        }
        let events = try await world.desk.events(after: 0, limit: 1_000)
        #expect(events.map(\.cursor) == Array(1...Int64(events.count)))
        #expect(try await world.desk.head() == Int64(events.count))
        #expect(events.allSatisfy { $0.alert.cursor == $0.cursor })
    }

    @Test func `a transaction that fails leaves no gap`() async throws {
        struct Failure: Error {}
        try world.raise()
        #expect(throws: Failure.self) {
            try world.store.writeNow { transaction in
                let request = AlertRequest(kind: "k", subject: Alert.Subject(.resolution, "r"), reason: "r")
                _ = try world.desk.raise(request, now: world.now, in: transaction)
                throw Failure()
            }
        }
        try world.raise("other")
        #expect(try await world.desk.events(after: 0, limit: 10).map(\.cursor) == [1, 2])
    }

    @Test(arguments: [
        "1 / 0", "date(\"x\").year", "\"text\"", "[{severity: \"critical\"}]", "turn.score + conversation",
    ])
    func `a policy that fails loses no turn`(expression: String) async throws {
        _ = try await world.desk.signals.publish(
            "signals: [{kind: safety, severity: critical, patterns: [smoke]}, {kind: mild, patterns: [smoke]}]",
            note: nil,
            by: "olga",
            now: world.now
        )
        try await world.publish(expression)
        let observation = try await world.observe("there is smoke")
        #expect(observation.signals.map(\.kind) == ["safety", "mild"])
        #expect(observation.failure != nil)
    }

    @Test func `without a policy, signals that matter by themselves still raise`() async throws {
        _ = try await world.desk.signals.publish(
            "signals: [{kind: safety, severity: critical, patterns: [smoke]}, {kind: mild, patterns: [smoke]}]",
            note: nil,
            by: "olga",
            now: world.now
        )
        let observation = try await world.observe("there is smoke")
        #expect(observation.alerts.map(\.kind) == ["safety"])
        #expect(observation.alerts[0].because.first == "safety: “smoke”")
    }

    @Test func `an alert that nobody looks at escalates once, also when the time passed unseen`() async throws {
        try world.raise(escalateAfter: 60)
        #expect(try await world.desk.elapse(to: world.now) == 0)
        world.advance(seconds: 3_600)
        #expect(try await world.desk.elapse(to: world.now) == 1)
        #expect(try await world.desk.elapse(to: world.now) == 0)
        #expect(try await world.log() == ["raised help 1", "escalated help 1"])
        #expect(try await world.desk.events(after: 1, limit: 1)[0].alert.severity == .critical)
    }

    @Test func `what was acknowledged does not escalate`() async throws {
        let alert = try world.raise(escalateAfter: 60)
        _ = try world.acknowledge(.ids([alert.id]))
        world.advance(seconds: 61)
        #expect(try await world.desk.elapse(to: world.now) == 0)
    }

    @Test func `acting twice is acting once`() async throws {
        let alert = try world.raise()
        for _ in 0..<2 {
            let after = try world.acknowledge(
                .ids([alert.id, alert.id]),
                note: "I see",
            )
            #expect(after.map(\.status) == [.acknowledged])
        }
        for _ in 0..<2 {
            let after = try world.resolve(
                .ids([alert.id]),
                outcome: .helped
            )
            #expect(after.map(\.outcome) == [.helped])
        }
        #expect(throws: AlertError.self) {
            try world.resolve(
                .ids([alert.id]),
                outcome: .noAction
            )
        }
        #expect(try await world.log() == ["raised help 1", "acknowledged help 1", "resolved help 1"])
    }

    @Test func `a snoozed alert is quiet, then comes back, and escalates later`() async throws {
        let alert = try world.raise(escalateAfter: 60)
        _ = try world.snooze(
            .ids([alert.id]),
            until: world.now + 600_000_000
        )
        try world.raise()
        world.advance(seconds: 599)
        #expect(try await world.desk.elapse(to: world.now) == 0)
        world.advance(seconds: 1)
        try await world.desk.elapse(to: world.now)
        world.advance(seconds: 60)
        try await world.desk.elapse(to: world.now)
        #expect(try await world.log() == ["raised help 1", "snoozed help 1", "updated help 2", "escalated help 2"])
    }

    @Test func `at the end of the contact what is live expires, and can still be given an outcome`() async throws {
        let alert = try world.raise()
        try world.end()
        #expect(try await world.desk.alert(alert.id, for: AlertWorld.supervisor).status == .expired)
        _ = try world.resolve(
            .ids([alert.id]),
            outcome: .noAction
        )
        #expect(try await world.log() == ["raised help 1", "expired help 1", "resolved help 1"])
    }

    @Test func `an alert of a contact that nobody ends expires after a day without news`() async throws {
        try world.raise()
        world.advance(seconds: 86_400)
        #expect(try await world.desk.elapse(to: world.now) == 1)
        #expect(try await world.log().last == "expired help 1")
    }

    @Test func `many alerts of a group become one surge, and the members are muted`() async throws {
        for contact in 0..<20 { try world.raise("outage", about: "c\(contact)", group: "shop", escalateAfter: 60) }
        let events = try await world.desk.events(after: 0, limit: 100)
        let heard = events.filter { !$0.alert.isMuted }
        #expect(heard.filter { $0.alert.kind == "outage" }.count == 4)
        #expect(heard.filter { $0.alert.kind == "surge" && $0.event == .raised }.count == 1)
        #expect(events.map(\.cursor) == Array(1...Int64(events.count)))
        world.advance(seconds: 61)
        #expect(try await world.desk.elapse(to: world.now) == 0)
    }

    @Test func `a surge goes on while contacts come, and ends when they stop`() async throws {
        for contact in 0..<6 { try world.raise("outage", about: "c\(contact)", group: "shop") }
        for minute in 0..<30 {
            world.advance(seconds: 60)
            if minute % 4 == 0 { try world.raise("outage", about: "d\(minute)", group: "shop") }
            try await world.desk.elapse(to: world.now)
        }
        let surge = {
            try await world.desk.list(AlertFilter(limit: 100), for: AlertWorld.supervisor).alerts.filter {
                $0.kind == "surge"
            }
        }
        #expect(try await surge().map(\.status) == [.open])
        for _ in 0..<16 {
            world.advance(seconds: 60)
            try await world.desk.elapse(to: world.now)
        }
        #expect(try await surge().map(\.status) == [.expired])
    }

    @Test func `a group is dealt with at once`() throws {
        for contact in 0..<8 { try world.raise("outage", about: "c\(contact)", group: "shop") }
        let after = try world.resolve(
            .group("shop"),
            outcome: .helped
        )
        #expect(after.count == 9 && after.allSatisfy { $0.status == .resolved })
        #expect(
            try world.resolve(
                .group("shop"),
                outcome: .helped
            ) == []
        )
        #expect(throws: AlertError.self) {
            try world.resolve(
                .group("other"),
                outcome: .helped
            )
        }
    }

    @Test func `a supervisor sees the alerts of the team alone, and may not touch others`() async throws {
        let mine = try world.raise(about: "c1", teams: ["delivery"])
        let other = try world.raise(about: "c2", teams: ["billing"])
        let lead = Principal(subject: "leo", roles: [.supervisor], attributes: ["team": .many(["delivery", "vip"])])
        #expect(try await world.desk.list(AlertFilter(limit: 10), for: lead).alerts.map(\.id) == [mine.id])
        await #expect(throws: AlertError.self) { try await world.desk.alert(other.id, for: lead) }
        #expect(throws: AlertError.self) {
            try world.acknowledge(.ids([mine.id, other.id]), by: lead)
        }
        let both = Principal(subject: "leo", roles: [.supervisor, .auditor], attributes: lead.attributes)
        #expect(try await world.desk.alert(other.id, for: both).id == other.id)
        #expect(throws: AlertError.self) { try world.acknowledge(.ids([other.id]), by: both) }
        #expect(try await world.log() == ["raised help 1", "raised help 1"])
        let agent = Principal(subject: "anna", roles: [.agent])
        #expect(try await world.desk.list(AlertFilter(limit: 10), for: agent).alerts.count == 2)
        let stranger = Principal(subject: "ben", roles: [.agent])
        #expect(try await world.desk.list(AlertFilter(limit: 10), for: stranger).alerts.isEmpty)
    }

    @Test func `alerts follow the conversation to its next owner`() async throws {
        try world.raise()
        try world.store.writeNow {
            try world.desk.moveContact("c1", agent: "ben", teams: ["billing"], now: world.now, in: $0)
        }
        let lead = Principal(subject: "leo", roles: [.supervisor], attributes: ["team": .one("billing")])
        #expect(try await world.desk.list(AlertFilter(limit: 10), for: lead).alerts.map(\.agent) == ["ben"])
    }

    @Test func `personal data is taken out of what is kept`() throws {
        let request = AlertRequest(
            kind: "help",
            subject: Alert.Subject(.conversation, "c"),
            reason: "mail me at jane.doe@example.org",
            because: ["card 4111 1111 1111 1111"]
        )
        let alert = try world.store.writeNow { try world.desk.raise(request, now: world.now, in: $0) }
        #expect(!alert.reason.contains("example.org") && !alert.because[0].contains("1111"))
    }

    @Test func `an erased customer leaves numbers and kinds alone behind`() async throws {
        try await world.publish(always)
        try await world.observe("my name is Jane", customer: "jane", score: -1)
        try await world.observe("it is Jane again", customer: "jane", score: -1)
        let erased = try world.store.writeNow { try world.desk.erase(customer: "jane", now: world.now, in: $0) }
        #expect(erased.counts == ["alerts": 1, "alert_events": 2])
        let events = try await world.desk.events(after: 0, limit: 10)
        #expect(events.map(\.cursor) == [1, 2, 3] && events.last?.event == .expired)
        #expect(events.allSatisfy { $0.alert.customer == nil && $0.alert.summary == nil && $0.alert.because.isEmpty })
        #expect(try world.store.readNow { try world.desk.export(customer: "jane", in: $0) } == [])
    }

    @Test func `a decided resolution ends its alert`() async throws {
        let subject = Alert.Subject(.resolution, "r1")
        try world.store.writeNow { transaction in
            let request = AlertRequest(
                kind: "approval",
                subject: subject,
                teams: ["delivery"],
                reason: "EUR 80.00 waits."
            )
            _ = try world.desk.raise(request, now: world.now, in: transaction)
            try world.desk.settle(subject, outcome: .helped, by: "sue", now: world.now, in: transaction)
        }
        #expect(try await world.log() == ["raised approval 1", "resolved approval 1"])
    }

    @Test("what a repeat says is kept beside what was said first")
    func repeats() throws {
        try world.raise()
        let again = try world.raise(reason: "The customer is about to leave.")
        #expect(again.reason == "Somebody needs a hand.")
        #expect(again.because.contains("The customer is about to leave."))
        #expect(try world.raise(reason: "The customer is about to leave.").because == again.because)
    }

    @Test(
        "an event or an alert that is not known as it is stored is corrupt and named",
        arguments: [
            ("UPDATE alert_events SET event = 'odd'", "“odd”"),
            (#"UPDATE alert_events SET content = replace(content, '"open"', '"odd"')"#, "content.status"),
        ]
    )
    func unknown(statement: String, named: String) async throws {
        _ = try world.raise()
        _ = try world.store.writeNow { try $0.execute(statement) }
        await #expect(
            performing: { _ = try await world.desk.events(after: 0, limit: 10) },
            throws: { error in
                guard let error = error as? StorageError else { return false }
                return error.code == .corrupt && error.message.contains(named)
            }
        )
    }
}
