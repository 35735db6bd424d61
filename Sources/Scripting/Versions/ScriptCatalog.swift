package import Access
package import Policies
package import Storage
import Synchronization
import Versioning

/// Manages published versions of scripts and their rollout, and compiles each version once.
///
/// A publication, rollout or rollback applies to sessions started afterwards, in every process that shares the store. A
/// started session keeps its versions, and a version never changes.
///
/// ## Topics
/// - ``list(for:)``
/// - ``script(_:version:for:)``
/// - ``publish(_:note:to:file:by:now:)``
/// - ``rollOut(_:version:to:by:now:)``
/// - ``rollBack(_:to:reason:stoppingSessions:by:now:)``
package final class ScriptCatalog: Sendable {
    private struct Key: Hashable {
        let id: String
        let version: Int64
    }

    /// The number of compiled versions kept.
    private static let maximumCompiled = 512
    static let chain = VersionChain(kind: "script")
    static let rollout = Rollout(kind: "script")

    let store: Store
    let policies: PolicyStore
    /// Looks up articles that scripts name; nil if articles are not checked.
    let articles: ScriptSurroundings.Articles?
    /// The versions in force, by script.
    private let inForce: VersionedCache<OnlyKey, [String: [RolloutEntry]]>
    private let compiled = Mutex<[Key: PublishedScript]>([:])

    package init(store: Store, policies: PolicyStore, articles: ScriptSurroundings.Articles? = nil) {
        self.store = store
        self.policies = policies
        self.articles = articles
        inForce = VersionedCache(of: Self.rollout.topic, in: store)
    }

    /// The scripts available to a caller, sorted by id.
    package func list(for principal: Principal) throws -> [ScriptListing] {
        try entries().keys.sorted().compactMap { id in
            try versionInForce(of: id, for: principal).map { try listing(id, version: $0) }
        }
    }

    /// All scripts in force, sorted by id, each in its newest version in force.
    package func scripts() throws -> [ScriptListing] {
        try entries().sorted { $0.key < $1.key }.compactMap { id, entries in
            try entries.first.map { try listing(id, version: $0.version) }
        }
    }

    /// A number that increases with every publication, rollout and rollback.
    package func revision() throws -> Int64 {
        try store.revisions()[Self.rollout.topic]
    }

    private func listing(_ id: String, version number: Int64) throws -> ScriptListing {
        let definition = try version(number, of: id).definition
        return ScriptListing(
            id: id,
            version: number,
            title: definition.title,
            locale: definition.locale,
            tags: definition.tags,
            examples: definition.examples,
            knowledge: definition.steps.flatMap(\.knowledge).reduce(into: []) { known, article in
                if !known.contains(article) { known.append(article) }
            }
        )
    }

    /// A version of a script; for nil, the one in force for the caller.
    ///
    /// - Throws: ``ScriptError`` `notFound`; the store's error.
    package func script(_ id: String, version: Int64? = nil, for principal: Principal) throws -> PublishedScript {
        if let version { return try self.version(version, of: id) }
        guard let version = try versionInForce(of: id, for: principal) else {
            throw ScriptError(.notFound, "there is no script “\(id)”", argument: "script_id")
        }
        return try self.version(version, of: id)
    }

    /// The version of a script that a caller gets; nil if there is none.
    func versionInForce(of id: String, for principal: Principal) throws -> Int64? {
        Self.rollout.version(
            for: principal.subject,
            teams: principal.teams,
            of: id,
            among: try entries()[id] ?? []
        )
    }

    /// Every version in force, by script.
    func entries() throws -> [String: [RolloutEntry]] {
        try inForce.value { transaction, _ in try Self.rollout.entries(in: transaction) }
    }

    /// A compiled version.
    func version(_ number: Int64, of id: String, argument: String = "version") throws -> PublishedScript {
        let key = Key(id: id, version: number)
        if let known = compiled.withLock({ $0[key] }) { return known }
        let stored = try store.readNow { try Self.chain.content(of: id, version: number, in: $0) }
        guard let stored, let definition = ScriptReader.read(stored.content, file: id).definition else {
            throw ScriptError(.notFound, "the script “\(id)” has no version \(number)", argument: argument)
        }
        let script = PublishedScript(
            version: number,
            sha256: stored.sha256,
            source: stored.content,
            definition: definition
        )
        keep(script)
        return script
    }

    /// Caches a compiled version.
    func keep(_ script: PublishedScript) {
        compiled.withLock { compiled in
            if compiled.count >= Self.maximumCompiled { compiled = [:] }
            compiled[Key(id: script.definition.id, version: script.version)] = script
        }
    }

    /// The library from which the engine gets scripts for a session of this caller.
    ///
    /// What cannot be read counts as absent: the engine then refuses the call, and nothing is written.
    func library(for principal: Principal) -> ScriptLibrary {
        ScriptLibrary(
            current: { id in try? self.versionInForce(of: id, for: principal) },
            definition: { id, version in try? self.version(version, of: id).definition }
        )
    }
}
