import Alerts
package import AuditTrail
import BusinessCalendar
import DMN
import FrontlineProtocol
import Policies
import Scripting
import Texts
import Versioning

/// Access to everything published under a policy name: decision models, signals, extractors, texts and the calendar.
///
/// Only this type decides which kind of content a name denotes.
package struct RuleShelf: Sendable {
    /// The kind of content that a name denotes.
    private enum Kind {
        case model
        case signals
        case extractors
        case calendar
        case texts(locale: String)
    }

    private let policies: PolicyStore
    private let signals: SignalStore
    private let extractors: ExtractorStore
    private let calendar: CalendarStore
    private let texts: TextCatalog

    /// Creates access to the contents of a data folder.
    package init(_ folder: DataFolder) {
        policies = folder.policies
        signals = folder.alerts.signals
        extractors = folder.scripts.extractors
        calendar = folder.calendar
        texts = folder.texts
    }

    init(_ services: Services) {
        policies = services.policies
        signals = services.alerts.signals
        extractors = services.scripts.extractors
        calendar = services.calendar
        texts = services.texts
    }

    private static func kind(of name: String) -> Kind {
        if name == SignalStore.name { return .signals }
        if name == ExtractorStore.name { return .extractors }
        if name == CalendarStore.name { return .calendar }
        return TextCatalog.locale(ofPolicy: name).map(Kind.texts) ?? .model
    }

    // MARK: Publishing

    /// Checks a source, runs its test cases, and publishes it.
    ///
    /// A model with failing cases is published only if forced; the note of its version then says so.
    ///
    /// - Throws: `PolicyError`, `SignalError`, `ScriptError`, `CalendarError` or `TextError` with all mistakes and their places; the store's error.
    package func publish(_ wanted: RuleSubmission, by actor: AuditActor, now: Int64) async throws -> RulePublication {
        let kind = Self.kind(of: wanted.name)
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
            case .extractors:
                try await extractors.publish(source, note: note, republication: republication, by: actor, now: now)
            case .calendar:
                try await calendar.publish(source, note: note, republication: republication, by: actor, now: now)
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
        case .texts(let locale): try await texts.standing(of: locale, source: source)
        }
    }

    /// Puts an earlier version into force again.
    ///
    /// - Throws: `PolicyError`, `AlertError`, `ScriptError`, `CalendarError` or `TextError`: if it is not found or already in force.
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
        case .texts(let locale):
            let done = try await texts.rollback(locale, to: version, reason: reason, by: actor, now: now)
            (number, sha256) = (done.version, done.sha256)
        }
        return PolicyRollback.Result(name: name, version: Int(number), sha256: sha256)
    }

    // MARK: Reading

    /// The source of a version; nil for the version in force.
    ///
    /// - Throws: `PolicyError`, `AlertError`, `ScriptError`, `CalendarError` or `TextError` `notFound`.
    func source(of name: String, version: Int64?) async throws -> PolicySource {
        let (number, sha256, source, decisions): (Int64, String, String, [String])
        switch Self.kind(of: name) {
        case .model: return try await policies.source(of: name, version: version)
        case .signals:
            let (publication, text) = try await signals.source(version: version)
            (number, sha256, source, decisions) = (publication.version, publication.sha256, text, publication.kinds)
        case .extractors:
            let (publication, text) = try await extractors.source(version: version)
            (number, sha256, source, decisions) = (publication.version, publication.sha256, text, publication.names)
        case .calendar:
            (number, sha256, source) = try await calendar.source(version: version)
            decisions = []
        case .texts(let locale):
            (number, sha256, source) = try await texts.source(of: locale, version: version)
            decisions = []
        }
        let live = try await versions(of: name).first(where: \.isInForce)?.version.number
        return PolicySource(
            name: name,
            version: number,
            sha256: sha256,
            isInForce: live == number,
            source: source,
            decisions: decisions
        )
    }

    /// Describes the changes from one version to another.
    ///
    /// - Throws: `PolicyError`, `AlertError`, `ScriptError`, `CalendarError` or `TextError` `notFound`.
    func compare(_ name: String, from: Int64, to: Int64) async throws -> [String] {
        var sources: [String] = []
        for (argument, version) in [("from", from), ("to", to)] {
            do {
                sources.append(try await source(of: name, version: version).source)
            } catch let error as PolicyError where error.argument == "version" {
                throw PolicyError(error.code, error.message, argument: argument)
            } catch let error as AlertError where error.argument == "version" {
                throw AlertError(error.code, error.message, argument: argument)
            } catch let error as ScriptError where error.argument == "version" {
                throw ScriptError(error.code, error.message, argument: argument)
            } catch let error as TextError where error.argument == "version" {
                throw TextError(error.code, error.message, argument: argument)
            } catch let error as CalendarError where error.argument == "version" {
                throw CalendarError(error.code, error.message, argument: argument)
            }
        }
        guard case .model = Self.kind(of: name) else {
            return YAMLComparison.changes(from: sources[0], to: sources[1])
        }
        let models = try sources.map { try DecisionModel.read(Array($0.utf8), file: name + ".dmn").model }
        return ModelComparison.changes(from: models[0], to: models[1])
    }

    /// All versions, newest first.
    ///
    /// - Throws: `PolicyError`, `AlertError`, `ScriptError`, `CalendarError` or `TextError` `notFound`.
    func versions(of name: String) async throws -> [VersionListing] {
        switch Self.kind(of: name) {
        case .model: try await policies.versions(of: name)
        case .signals: try await signals.versions()
        case .extractors: try await extractors.versions()
        case .calendar: try await calendar.versions()
        case .texts(let locale): try await texts.versions(of: locale)
        }
    }

    /// Everything in force, sorted by name; signals list the kinds that they detect, extractors their names, the others nothing.
    func list() async throws -> [PolicyList.Policy] {
        var result = try await policies.list().map { policy in
            PolicyList.Policy(
                name: policy.name,
                version: Int(policy.version),
                sha256: policy.sha256,
                decisions: policy.decisions
            )
        }
        if let publication = try await signals.current() {
            result.append(
                PolicyList.Policy(
                    name: SignalStore.name,
                    version: Int(publication.version),
                    sha256: publication.sha256,
                    decisions: publication.kinds
                )
            )
        }
        if let publication = try await extractors.current() {
            result.append(
                PolicyList.Policy(
                    name: ExtractorStore.name,
                    version: Int(publication.version),
                    sha256: publication.sha256,
                    decisions: publication.names
                )
            )
        }
        if let (version, sha256) = try await calendar.current() {
            result.append(
                PolicyList.Policy(name: CalendarStore.name, version: Int(version), sha256: sha256, decisions: [])
            )
        }
        result += try await texts.list().map { publication in
            PolicyList.Policy(
                name: TextCatalog.prefix + publication.locale,
                version: Int(publication.version),
                sha256: publication.sha256,
                decisions: []
            )
        }
        return result.sorted { $0.name < $1.name }
    }
}
