import Access
import Alerts
import AuditTrail
import Foundation
import Policies
import Storage
import TestStores
import Texts
import Versioning
import Vocabulary

/// A desk with a store of its own and a clock that only a test moves.
final class AlertWorld {
    let store: Store
    let policies: PolicyStore
    let desk: AlertDesk
    var now: Int64 = 1_795_000_000_000_000

    static let supervisor = Principal(subject: "sue", roles: [.supervisor], attributes: ["team": .one("*")])

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("alerts-\(UUID().uuidString)")
        store = try Store(
            testing: folder,
            migrations: AuditLog.migrations + VersionChain.migrations + Rollout.migrations + AlertDesk.migrations
        )
        policies = PolicyStore(store: store)
        desk = AlertDesk(store: store, policies: policies, texts: TextCatalog(store: store))
    }

    func advance(seconds: Int) { now += Int64(seconds) * 1_000_000 }

    /// Publishes a policy whose decision `alert` is this expression.
    func publish(_ expression: String) async throws {
        _ = try await policies.publish("alerts", source: Self.model(expression), by: "olga", now: now)
    }

    static func model(_ expression: String) -> String {
        let text = expression.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        return """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">
            <inputData id="t" name="turn"><variable name="turn"/></inputData>
            <inputData id="c" name="conversation"><variable name="conversation"/></inputData>
            <inputData id="u" name="unmet"><variable name="unmet"/></inputData>
            <decision id="a" name="alert"><variable name="alert"/>
            <informationRequirement id="r1"><requiredInput href="#t"/></informationRequirement>
            <informationRequirement id="r2"><requiredInput href="#c"/></informationRequirement>
            <informationRequirement id="r3"><requiredInput href="#u"/></informationRequirement>
            <literalExpression><text>\(text)</text></literalExpression></decision></definitions>
            """
    }

    /// Observes a turn of a conversation in a transaction of its own.
    @discardableResult
    func observe(
        _ text: String,
        _ speaker: Speaker = .customer,
        in conversation: String = "c1",
        agent: String = "anna",
        teams: [String] = ["delivery"],
        customer: String? = nil,
        score: Double? = nil,
        mood: Double? = nil,
        trend: Double? = nil,
        unmet: Double? = nil,
        summary: String? = nil,
        locale: String? = nil
    ) async throws -> Observation {
        let rules = try await desk.rules()
        let facts = ContactFacts(
            conversationID: conversation,
            channel: "chat",
            mood: mood,
            trend: trend,
            unmet: unmet,
            customerID: customer,
            agent: agent,
            teams: teams,
            summary: summary,
            locale: locale
        )
        return try store.writeNow { transaction in
            let decision = rules.decide(
                TurnFacts(speaker: speaker, text: text, score: score),
                of: facts,
                past: try desk.past(of: conversation, in: transaction),
                now: now
            )
            let alerts = try desk.write(decision, of: facts, now: now, in: transaction)
            return Observation(
                signals: decision.signals,
                alerts: alerts,
                failure: decision.failure,
                input: decision.input
            )
        }
    }

    /// What a turn led to.
    struct Observation {
        let signals: [Signal]
        let alerts: [Alert]
        let failure: String?
        let input: JSONObject
    }

    @discardableResult
    func raise(
        _ kind: String = "help",
        about conversation: String = "c1",
        teams: [String] = ["delivery"],
        group: String? = nil,
        escalateAfter seconds: Int? = nil,
        reason: String = "Somebody needs a hand."
    ) throws -> Alert {
        let request = AlertRequest(
            kind: kind,
            subject: Alert.Subject(.conversation, conversation),
            conversationID: conversation,
            agent: "anna",
            teams: teams,
            reason: reason,
            group: group,
            escalateAfterSeconds: seconds
        )
        return try store.writeNow { try desk.raise(request, now: now, in: $0) }
    }

    func end(_ conversation: String = "c1") throws {
        try store.writeNow { try desk.endContact(conversation, now: now, in: $0) }
    }

    func acknowledge(
        _ selection: AlertSelection,
        note: String? = nil,
        by principal: Principal = supervisor
    ) throws -> [Alert] {
        try store.writeNow { try desk.acknowledge(selection, note: note, by: principal, now: now, in: $0) }
    }

    func resolve(_ selection: AlertSelection, outcome: AlertOutcome) throws -> [Alert] {
        try store.writeNow {
            try desk.resolve(selection, outcome: outcome, note: nil, by: Self.supervisor, now: now, in: $0)
        }
    }

    func snooze(_ selection: AlertSelection, until: Int64) throws -> [Alert] {
        try store.writeNow { try desk.snooze(selection, until: until, by: Self.supervisor, now: now, in: $0) }
    }

    /// Publishes the policy of alerts of the samples, and some signals of the kinds that it knows.
    func publishSamples() async throws {
        let rules = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("rules/alerts.dmn")
        _ = try await desk.signals.publish(Self.someSignals, note: nil, by: "olga", now: now)
        _ = try await policies.publish(
            "alerts",
            source: String(contentsOf: rules, encoding: .utf8),
            by: "olga",
            now: now
        )
    }

    /// Few, for every test compiles them.
    private static let someSignals = """
        signals:
          - {kind: legal_threat, patterns: [i will sue you, zum anwalt]}
          - {kind: regulator, patterns: [ombudsman]}
          - {kind: outage, patterns: [is your site down, your website is down]}
          - {kind: supervisor_request, patterns: [get me your manager]}
          - {kind: repeated_contact, patterns: [zum dritten mal]}
          - {kind: safety, severity: critical, patterns: [smoke coming out]}
          - {kind: vulnerability, sensitive: true, need: need.bereavement, patterns: [passed away, i have cancer]}
          - {kind: bereavement, sensitive: true, need: need.bereavement, patterns: [passed away]}
        """

    /// What the log says, as `event kind count`.
    func log() async throws -> [String] {
        try await desk.events(after: 0, limit: 10_000).map { "\($0.event.rawValue) \($0.alert.kind) \($0.alert.count)" }
    }
}
