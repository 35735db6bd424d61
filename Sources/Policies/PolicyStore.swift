package import AuditTrail
import DMN
import Spelling
package import Storage
import Synchronization
package import Versioning

/// Decision models as published versions: read by name, published, rolled back, and kept compiled.
///
/// A publication is in force for the next evaluation, in every process that shares the store
/// (`Storage.VersionedCache`), at a cost of less than a microsecond.
///
/// ## Topics
/// - ``policy(_:version:)``
/// - ``publish(_:source:note:by:now:)``
/// - ``draft(_:source:)``
/// - ``rollback(_:to:reason:by:now:)``
package final class PolicyStore: Sendable {
    private struct Key: Hashable {
        let name: String
        let version: Int64
    }

    /// How many compiled versions are kept.
    private static let maximumCompiled = 256
    /// What is told of tables whatever its severity: a gap may be meant, but its author should know of it.
    private static let tableCodes: Set<Finding.Code> = [.gap, .overlap, .unreachableRule, .duplicateRule]
    private static let maximumSource = 16 << 20
    private static let policies = LiveChain(kind: "policy")
    private static let chain = policies.versions

    private let store: Store
    private let checks: [String: PolicyCheck]
    /// The numbers of the versions in force, by name.
    private let live: VersionedCache<OnlyKey, [String: Int64]>
    private let kept = Mutex<[Key: Policy]>([:])

    /// Policies of a store.
    ///
    /// `checks` says by a policy's name what else a model must be to be published under it.
    package init(store: Store, checks: [String: PolicyCheck] = [:]) {
        self.store = store
        self.checks = checks
        live = VersionedCache(of: Self.policies.topic, in: store)
    }

    /// The policy in force, or one of its versions.
    ///
    /// - Throws: ``PolicyError`` `notFound`; the store's error.
    package func policy(_ name: String, version: Int64? = nil) async throws -> Policy {
        let number = if let version { version } else { try await liveVersion(of: name) }
        let key = Key(name: name, version: number)
        if let known = kept.withLock({ $0[key] }) { return known }
        return try await store.read { [self] in try compile(key, in: $0) }
    }

    /// A version that is not at hand yet.
    private func compile(_ key: Key, in transaction: some SQLReading) throws -> Policy {
        let stored = try Self.chain.content(of: key.name, version: key.version, in: transaction)
        guard let stored else {
            let names = try Self.chain.liveVersions(in: transaction).map(\.id)
            throw names.contains(key.name)
                ? Self.unknown(key.name, version: key.version) : Self.unknown(key.name, among: names)
        }
        let model = try Self.compile(stored.content, name: key.name, in: transaction)
        let policy = Policy(name: key.name, version: key.version, sha256: stored.sha256, model: model)
        kept.withLock { kept in
            if kept.count >= Self.maximumCompiled { kept = [:] }
            kept[key] = policy
        }
        return policy
    }

    /// The policy in force as a transaction sees it.
    ///
    /// Inside a write transaction that is what will be in force when it commits, for nobody publishes meanwhile.
    ///
    /// - Throws: ``PolicyError`` `notFound`; the store's error.
    package func policy(_ name: String, in transaction: some SQLReading) throws -> Policy {
        guard let version = try Self.chain.live(name, in: transaction) else { throw Self.unknown(name) }
        let key = Key(name: name, version: version)
        if let known = kept.withLock({ $0[key] }) { return known }
        return try compile(key, in: transaction)
    }

    /// What ``policy(_:in:)`` asks about a policy that is compiled already.
    package static func question(of name: String) -> SQLQuestion { chain.question(ofLive: name) }

    private func liveVersion(of name: String) async throws -> Int64 {
        let known = try await liveVersions()
        guard let version = known[name] else { throw Self.unknown(name, among: known.keys.sorted()) }
        return version
    }

    /// The error for a name that no policy has, with the one that was probably meant.
    package static func unknown(_ name: String, among names: [String] = []) -> PolicyError {
        let question = NearestName.question(name, among: names)
        return PolicyError(.notFound, "there is no policy “\(name)”" + question, argument: "name")
    }

    private static func unknown(_ name: String, version: Int64) -> PolicyError {
        PolicyError(.notFound, "the policy “\(name)” has no version \(version)", argument: "version")
    }

    private func liveVersions() async throws -> [String: Int64] {
        try await live.value { transaction, _ in
            let rows = try Self.chain.liveVersions(in: transaction)
            return Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.version) })
        }
    }

    /// Every policy in force by its name, compiled; those that cannot be compiled any more are left out.
    package func compiled() async throws -> [String: Policy] {
        var policies: [String: Policy] = [:]
        for name in try await liveVersions().keys {
            do { policies[name] = try await policy(name) } catch is PolicyError { continue }
        }
        return policies
    }

    /// Every policy in force, in the order of names.
    package func list() async throws -> [PolicyListing] {
        try await store.read { [self] transaction in
            try Self.chain.liveVersions(in: transaction).map(\.id).sorted().map { name in
                let policy = try policy(name, in: transaction)
                return PolicyListing(
                    name: name,
                    version: policy.version,
                    sha256: policy.sha256,
                    decisions: policy.model.decisionNames
                )
            }
        }
    }

    /// Every version of a policy, newest first.
    ///
    /// - Throws: ``PolicyError`` `notFound`.
    package func versions(of name: String) async throws -> [VersionListing] {
        guard let listing = try await store.read({ try Self.policies.listing(of: name, in: $0) }) else {
            throw Self.unknown(name, among: try await liveVersions().keys.sorted())
        }
        return listing
    }

    /// A policy in force as it was written, or one of its versions.
    ///
    /// - Throws: ``PolicyError`` `notFound`.
    package func source(of name: String, version: Int64? = nil) async throws -> PolicySource {
        let live = try await liveVersion(of: name)
        let number = version ?? live
        let stored = try await store.read { try Self.chain.content(of: name, version: number, in: $0) }
        guard let stored else { throw Self.unknown(name, version: number) }
        // An old version may hold what is refused today; it can be read all the same.
        let model = try? DecisionModel.read(Array(stored.content.utf8), file: name + ".dmn").model
        return PolicySource(
            name: name,
            version: number,
            sha256: stored.sha256,
            isInForce: number == live,
            source: stored.content,
            decisions: model?.decisions.map(\.name) ?? []
        )
    }

    /// How a source stands that somebody wants to publish under a name.
    package func standing(of name: String, source: String) async throws -> Standing {
        let sha256 = ContentHash.sha256(source)
        return try await store.read { try Self.policies.standing(of: name, sha256: sha256, in: $0) }
    }

    /// Checks a model and puts it in force.
    ///
    /// The same source again, while it is in force, makes no new version.
    ///
    /// - Throws: ``PolicyError`` `invalid` for the name or size, `invalidModel` with what is wrong.
    package func publish(
        _ name: String,
        source: String,
        note: String? = nil,
        by actor: AuditActor,
        now: Int64
    ) async throws -> Publication {
        try await publish(draft(name, source: source), note: note, by: actor, now: now)
    }

    /// Checks a model as publishing it would, without putting it in force.
    ///
    /// - Throws: ``PolicyError`` `invalid` for the name or size, `invalidModel` with what is wrong.
    package func draft(_ name: String, source: String) async throws -> PolicyDraft {
        try Self.check(name: name)
        guard source.utf8.count <= Self.maximumSource else {
            throw PolicyError(.invalid, "a model has at most \(Self.maximumSource >> 20) MiB", argument: "source")
        }
        let model = try await store.read { try Self.compile(source, name: name, in: $0) }
        try check(model, name: name)
        let policy = Policy(name: name, version: 0, sha256: ContentHash.sha256(source), model: model)
        return PolicyDraft(policy: policy, source: source)
    }

    /// Puts a draft in force.
    ///
    /// The same source again, while it is in force, makes no new version.
    ///
    /// - Parameters:
    ///   - draft: the model.
    ///   - note: why; recorded.
    ///   - republication: what becomes of a source that was published before and is not in force.
    ///   - actor: who publishes it.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the version that has the source, and what was done.
    /// - Throws: the store's error.
    package func publish(
        _ draft: PolicyDraft,
        note: String?,
        republication: Republication = .allowed,
        by actor: AuditActor,
        now: Int64
    ) async throws -> Publication {
        let (name, model) = (draft.policy.name, draft.policy.model)
        let placement = try await store.write { transaction in
            try Self.policies.publish(
                draft.source,
                as: name,
                target: name,
                note: note,
                republication: republication,
                by: actor,
                now: now,
                in: transaction
            )
        }
        let policy = Policy(name: name, version: placement.version, sha256: placement.sha256, model: model)
        kept.withLock { $0[Key(name: name, version: placement.version)] = policy }
        let warnings = RuleCheck.findings(of: model).filter {
            $0.severity == .warning || Self.tableCodes.contains($0.code)
        }
        return Publication(policy: policy, warnings: warnings, placement: placement)
    }

    private func check(_ model: CompiledModel, name: String) throws {
        let errors = (checks[name]?(model) ?? []).filter { $0.severity == .error }
        guard errors.isEmpty else {
            throw PolicyError(
                .invalidModel,
                "the model is no policy “\(name)”",
                argument: "source",
                findings: errors
            )
        }
    }

    /// Puts an earlier version in force again and withdraws those that came after it.
    ///
    /// - Throws: ``PolicyError`` `notFound`; `conflict` when that version is in force.
    package func rollback(
        _ name: String,
        to version: Int64,
        reason: String,
        by actor: AuditActor,
        now: Int64
    ) async throws -> Policy {
        let policy = try await policy(name, version: version)
        try await store.write { transaction in
            let isDone = try Self.policies.rollBack(
                name,
                target: name,
                to: version,
                reason: reason,
                by: actor,
                now: now,
                in: transaction
            )
            guard isDone else {
                throw PolicyError(.conflict, "version \(version) of “\(name)” is in force", argument: "version")
            }
        }
        return policy
    }

    /// Compiles a model whose imports are other policies in force, found by their namespace.
    private static func compile(
        _ source: String,
        name: String,
        in transaction: some SQLReading
    ) throws -> CompiledModel {
        let model: CompiledModel
        do {
            model = try CompiledModel(Array(source.utf8), file: name + ".dmn") { wanted, importer in
                importedModel(wanted, importer: importer, in: transaction)
            }
        } catch {
            throw PolicyError(.invalidModel, "the model cannot be read", argument: "source", findings: error.findings)
        }
        guard model.isValid else {
            let errors = model.findings.filter { $0.severity == .error }
            throw PolicyError(.invalidModel, "the model has errors", argument: "source", findings: errors)
        }
        return model
    }

    private static func importedModel(
        _ wanted: ModelImport,
        importer: String,
        in transaction: some SQLReading
    ) -> ModelSource? {
        guard let live = try? chain.liveVersions(in: transaction) else { return nil }
        for (name, version) in live where name + ".dmn" != importer {
            guard let stored = try? chain.content(of: name, version: version, in: transaction),
                let (model, _) = try? DecisionModel.read(Array(stored.content.utf8), file: name + ".dmn"),
                model.namespace == wanted.namespace
            else { continue }
            return ModelSource(bytes: Array(stored.content.utf8), file: name + ".dmn")
        }
        return nil
    }

    private static func check(name: String) throws {
        guard !name.lowercased().hasSuffix(".dmn") else {
            throw PolicyError(.invalid, "a policy's name is that of its file without the extension", argument: "name")
        }
        let isAllowed = { (scalar: Unicode.Scalar) in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-_.".unicodeScalars.contains(scalar))
        }
        guard (1...100).contains(name.count), name.unicodeScalars.allSatisfy(isAllowed), name.first != "." else {
            throw PolicyError(
                .invalid,
                "a policy's name has 1 to 100 letters, digits, hyphens, underscores and dots",
                argument: "name"
            )
        }
    }
}
