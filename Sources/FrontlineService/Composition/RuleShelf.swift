import Alerts
package import AuditTrail
import DMN
package import FrontlineProtocol
import Policies
import Texts
import Versioning

/// Everything that is published under a policy's name: decision models, the signals and the texts.
///
/// The one place that knows which name is of which kind.
package struct RuleShelf: Sendable {
    private let policies: PolicyStore
    private let signals: SignalStore
    private let texts: TextCatalog

    /// What a data folder holds.
    package init(_ folder: DataFolder) {
        policies = folder.policies
        signals = folder.alerts.signals
        texts = folder.texts
    }

    init(_ services: Services) {
        policies = services.policies
        signals = services.alerts.signals
        texts = services.texts
    }

    /// Checks a source and puts it in force.
    ///
    /// - Throws: `PolicyError`, `SignalError` or `TextError` with what is wrong and where; the store's error.
    package func publish(
        _ name: String,
        source: String,
        note: String?,
        by actor: AuditActor,
        now: Int64
    ) throws -> PolicyPublish.Result {
        guard name != SignalStore.name else {
            let done = try signals.publish(source, note: note, by: actor, now: now)
            return PolicyPublish.Result(name: name, version: Int(done.version), sha256: done.sha256, warnings: [])
        }
        if let locale = TextCatalog.locale(ofPolicy: name) {
            let done = try texts.publish(locale, source: source, note: note, by: actor, now: now)
            return PolicyPublish.Result(name: name, version: Int(done.version), sha256: done.sha256, warnings: [])
        }
        let done = try policies.publish(name, source: source, note: note, by: actor, now: now)
        return PolicyPublish.Result(
            name: done.policy.name,
            version: Int(done.policy.version),
            sha256: done.policy.sha256,
            warnings: done.warnings.map(\.description)
        )
    }

    /// Puts an earlier version in force again.
    ///
    /// - Throws: `PolicyError`, `AlertError` or `TextError`: not found, or in force already.
    func rollback(
        _ name: String,
        to version: Int64,
        reason: String,
        by actor: AuditActor,
        now: Int64
    ) throws -> PolicyRollback.Result {
        guard name != SignalStore.name else {
            let done = try signals.rollback(to: version, reason: reason, by: actor, now: now)
            return PolicyRollback.Result(name: name, version: Int(done.version), sha256: done.sha256)
        }
        if let locale = TextCatalog.locale(ofPolicy: name) {
            let done = try texts.rollback(locale, to: version, reason: reason, by: actor, now: now)
            return PolicyRollback.Result(name: name, version: Int(done.version), sha256: done.sha256)
        }
        let policy = try policies.rollback(name, to: version, reason: reason, by: actor, now: now)
        return PolicyRollback.Result(name: policy.name, version: Int(policy.version), sha256: policy.sha256)
    }

    /// Every version, newest first, and the one in force.
    ///
    /// - Throws: `PolicyError`, `AlertError` or `TextError` `notFound`.
    func versions(of name: String) throws -> (versions: [Version], live: Int64) {
        if name == SignalStore.name { return try signals.versions() }
        if let locale = TextCatalog.locale(ofPolicy: name) { return try texts.versions(of: locale) }
        return try policies.versions(of: name)
    }

    /// What is in force, in the order of names; the signals show the kinds that they find, texts show nothing.
    func list() throws -> [PolicyList.Policy] {
        var result = try policies.list().map { policy in
            PolicyList.Policy(
                name: policy.name,
                version: Int(policy.version),
                sha256: policy.sha256,
                decisions: policy.decisions
            )
        }
        if let publication = try signals.current() {
            result.append(
                PolicyList.Policy(
                    name: SignalStore.name,
                    version: Int(publication.version),
                    sha256: publication.sha256,
                    decisions: publication.kinds
                )
            )
        }
        result += try texts.list().map { publication in
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
