import Alerts
package import AuditTrail
import BusinessCalendar
import DMN
import FrontlineProtocol
import Measures
import Policies
import Scripting
import SignIn
import Texts
import Versioning
import Webhooks
import WorkItems

/// Access to everything published under a policy name: decision models, signals, extractors, texts, measures, the
/// calendar, the kinds of work, the tools of assistants, the webhooks and the rules of sign-in.
///
/// Only this type decides which kind of content a name denotes.
package struct RuleShelf: Sendable {
    /// The kind of content that a name denotes.
    enum Kind {
        case model
        case signals
        case extractors
        case calendar
        case work
        case tools
        case webhooks
        case signIn
        case texts(locale: String)
        case measure(String)
    }

    let policies: PolicyStore
    let signals: SignalStore
    let extractors: ExtractorStore
    let calendar: CalendarStore
    let work: WorkKindStore
    let tools: ToolBookStore
    let webhooks: WebhookStore
    let signIn: SignInStore
    private let gate: ReleaseGate
    let texts: TextCatalog
    let measures: MeasureStore

    /// Creates access to the contents of a data folder.
    package init(_ folder: DataFolder) {
        policies = folder.policies
        signals = folder.alerts.signals
        extractors = folder.scripts.extractors
        calendar = folder.calendar
        work = folder.work.kinds
        tools = folder.tools
        webhooks = folder.webhooks
        signIn = folder.signInRules
        gate = ReleaseGate(folder)
        texts = folder.texts
        measures = folder.measures.measures
    }

    init(_ services: Services) {
        policies = services.policies
        signals = services.alerts.signals
        extractors = services.scripts.extractors
        calendar = services.calendar
        work = services.work.kinds
        tools = services.tools
        webhooks = services.webhooks.hooks
        signIn = services.signIn.rules
        gate = ReleaseGate(services)
        texts = services.texts
        measures = services.measures.measures
    }

    static func kind(of name: String) -> Kind {
        if name == SignalStore.name { return .signals }
        if name == ExtractorStore.name { return .extractors }
        if name == CalendarStore.name { return .calendar }
        if name == WorkKindStore.name { return .work }
        if name == ToolBookStore.name { return .tools }
        if name == WebhookStore.name { return .webhooks }
        if name == SignInStore.name { return .signIn }
        if let measure = MeasureStore.measure(ofPolicy: name) { return .measure(measure) }
        return TextCatalog.locale(ofPolicy: name).map(Kind.texts) ?? .model
    }

    /// Whether only an admin may put something in force under a name: what decides who holds which role would let its keepers give
    /// themselves any.
    static func isForAdministrators(_ name: String) -> Bool { name == SignInStore.name }

    // MARK: Publishing

    /// Checks a source, runs its test cases, and publishes it.
    ///
    /// A model with failing cases is published only if forced; the note of its version then says so. During a freeze of
    /// the calendar, what is not in force already is published only if forced.
    ///
    /// - Throws: `PolicyError`, `SignalError`, `ScriptError`, `CalendarError`, `TextError` or `MeasureError` with all
    ///   mistakes and their places; `CalendarError` `frozen`; the store's error.
    package func publish(_ wanted: RuleSubmission, by actor: AuditActor, now: Int64) async throws -> RulePublication {
        let kind = Self.kind(of: wanted.name)
        if case .inForce = try await standing(of: wanted.name, source: wanted.source) {
            // Nothing is released.
        } else {
            try await gate.pass(
                .policies,
                of: wanted.name,
                isForced: wanted.isForced,
                reason: wanted.note,
                by: actor,
                now: now
            )
        }
        if case .model = kind { return try await publishModel(wanted, by: actor, now: now) }
        guard wanted.tests.isEmpty else {
            throw PolicyError(.invalid, "only decision models have test cases", argument: "tests")
        }
        let (source, note, republication) = (wanted.source, wanted.note, wanted.republication)
        let placement =
            switch kind {
            case .texts(let locale):
                try await texts.publish(
                    locale,
                    source: source,
                    note: note,
                    republication: republication,
                    by: actor,
                    now: now
                )
            case .measure(let measure):
                try await measures.publish(
                    measure,
                    source: source,
                    note: note,
                    republication: republication,
                    by: actor,
                    now: now
                )
            case .extractors:
                try await extractors.publish(source, note: note, republication: republication, by: actor, now: now)
            case .calendar:
                try await calendar.publish(source, note: note, republication: republication, by: actor, now: now)
            case .work:
                try await work.publish(source, note: note, republication: republication, by: actor, now: now)
            case .tools:
                try await tools.publish(source, note: note, republication: republication, by: actor, now: now)
            case .webhooks:
                try await webhooks.publish(source, note: note, republication: republication, by: actor, now: now)
            case .signIn:
                try await signIn.publish(source, note: note, republication: republication, by: actor, now: now)
            case .signals, .model:
                try await signals.publish(source, note: note, republication: republication, by: actor, now: now)
            }
        return Self.publication(wanted, placement, warnings: [], cases: nil)
    }

    private func publishModel(
        _ wanted: RuleSubmission,
        by actor: AuditActor,
        now: Int64
    ) async throws -> RulePublication {
        let draft = try await policies.draft(wanted.name, source: wanted.source)
        let verdict = RuleTestVerdict(RuleTests.run(wanted.tests, on: draft.policy.model))
        if let sentence = verdict.sentence, !wanted.isForced {
            throw PolicyError(
                .failingCases,
                sentence + "; nothing was published",
                argument: "tests",
                findings: verdict.failures
            )
        }
        let done = try await policies.publish(
            draft,
            note: Self.note(wanted.note, verdict),
            republication: wanted.republication,
            by: actor,
            now: now
        )
        return Self.publication(
            wanted,
            done.placement,
            warnings: (done.warnings + verdict.failures).map(\.description),
            cases: verdict.counts
        )
    }

    private static func publication(
        _ wanted: RuleSubmission,
        _ placement: LiveChain.Placement,
        warnings: [String],
        cases: PolicyPublish.Cases?
    ) -> RulePublication {
        var warnings = warnings
        if placement.isNew, case .earlier(let earlier, _) = placement.standing, earlier.isWithdrawn {
            warnings.insert("this brings back \(earlier.text)", at: 0)
        }
        let result = PolicyPublish.Result(
            name: wanted.name,
            version: Int(placement.version),
            sha256: placement.sha256,
            warnings: warnings,
            cases: cases
        )
        return RulePublication(result: result, standing: placement.standing, isNew: placement.isNew)
    }

    /// The note of a version, which must show that it was published despite failing test cases.
    private static func note(_ note: String?, _ verdict: RuleTestVerdict) -> String? {
        guard let sentence = verdict.sentence else { return note }
        return "published by force, " + sentence + (note.map { ": " + $0 } ?? "")
    }

    /// The standing of a source that is to be published under a name.
    func standing(of name: String, source: String) async throws -> Standing {
        switch Self.kind(of: name) {
        case .model: try await policies.standing(of: name, source: source)
        case .signals: try await signals.standing(of: source)
        case .extractors: try await extractors.standing(of: source)
        case .calendar: try await calendar.standing(of: source)
        case .work: try await work.standing(of: source)
        case .tools: try await tools.standing(of: source)
        case .webhooks: try await webhooks.standing(of: source)
        case .signIn: try await signIn.standing(of: source)
        case .texts(let locale): try await texts.standing(of: locale, source: source)
        case .measure(let measure): try await measures.standing(of: measure, source: source)
        }
    }

    /// Puts an earlier version into force again.
    ///
    /// - Throws: `PolicyError`, `AlertError`, `ScriptError`, `CalendarError`, `TextError` or `MeasureError`: if it is not
    ///   found or already in force.
    func rollback(
        _ name: String,
        to version: Int64,
        reason: String,
        by actor: AuditActor,
        now: Int64
    ) async throws -> PolicyRollback.Result {
        let (number, sha256): (Int64, String)
        switch Self.kind(of: name) {
        case .model:
            let policy = try await policies.rollback(name, to: version, reason: reason, by: actor, now: now)
            (number, sha256) = (policy.version, policy.sha256)
        case .signals:
            let done = try await signals.rollback(to: version, reason: reason, by: actor, now: now)
            (number, sha256) = (done.version, done.sha256)
        case .extractors:
            let done = try await extractors.rollback(to: version, reason: reason, by: actor, now: now)
            (number, sha256) = (done.version, done.sha256)
        case .calendar:
            (number, sha256) = try await calendar.rollback(to: version, reason: reason, by: actor, now: now)
        case .work:
            (number, sha256) = try await work.rollback(to: version, reason: reason, by: actor, now: now)
        case .tools:
            (number, sha256) = try await tools.rollback(to: version, reason: reason, by: actor, now: now)
        case .webhooks:
            (number, sha256) = try await webhooks.rollback(to: version, reason: reason, by: actor, now: now)
        case .signIn:
            (number, sha256) = try await signIn.rollback(to: version, reason: reason, by: actor, now: now)
        case .texts(let locale):
            let done = try await texts.rollback(locale, to: version, reason: reason, by: actor, now: now)
            (number, sha256) = (done.version, done.sha256)
        case .measure(let measure):
            (number, sha256) = try await measures.rollback(
                measure,
                to: version,
                reason: reason,
                by: actor,
                now: now
            )
        }
        return PolicyRollback.Result(name: name, version: Int(number), sha256: sha256)
    }
}
