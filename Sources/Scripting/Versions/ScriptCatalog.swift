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
/// - ``publish(_:note:to:file:republication:by:now:)``
/// - ``rollOut(_:version:to:by:now:)``
/// - ``rollBack(to:reason:by:now:in:)``
package final class ScriptCatalog: Sendable {
    private struct Key: Hashable {
        let id: String
        let version: Int64
    }

    /// Looks up whether the article with an id can be shown.
    package typealias Articles = @Sendable (_ id: String) async -> ScriptArticleStanding

    /// The number of compiled versions kept.
    private static let maximumCompiled = 512
    static let chain = VersionChain(kind: "script")
    static let rollout = Rollout(kind: "script")

    let store: Store
    let policies: PolicyStore
    /// What finds answers in the words of customers.
    package let extractors: ExtractorStore
    /// Looks up articles that scripts name; nil if articles are not checked.
    let articles: Articles?
    /// The versions in force, by script.
    private let inForce: VersionedCache<OnlyKey, [String: [RolloutEntry]]>
    private let compiled = Mutex<[Key: PublishedScript]>([:])

    package init(store: Store, policies: PolicyStore, articles: Articles? = nil) {
        self.store = store
        self.policies = policies
        self.articles = articles
        extractors = ExtractorStore(store: store)
        inForce = VersionedCache(of: Self.rollout.topic, in: store)
    }

    /// The scripts available to a caller, sorted by id.
    package func list(for principal: Principal) async throws -> [ScriptListing] {
        var listings: [ScriptListing] = []
        for (id, entries) in try await entries().sorted(by: { $0.key < $1.key }) {
            guard let number = Self.version(of: id, among: entries, for: principal) else { continue }
            listings.append(ScriptListing(try await version(number, of: id)))
        }
        return listings
    }

    /// All scripts in force, sorted by id, each in its newest version in force.
    package func scripts() async throws -> [ScriptListing] {
        var listings: [ScriptListing] = []
        for (id, entries) in try await entries().sorted(by: { $0.key < $1.key }) {
            if let top = entries.first { listings.append(ScriptListing(try await version(top.version, of: id))) }
        }
        return listings
    }

    /// Every version in force, for whomever, sorted by script; the top one of each script first.
    package func versionsInForce() async throws -> [ScriptListing] {
        var listings: [ScriptListing] = []
        for (id, entries) in try await entries().sorted(by: { $0.key < $1.key }) {
            for entry in entries { listings.append(ScriptListing(try await version(entry.version, of: id))) }
        }
        return listings
    }

    /// A number that increases with every publication, rollout and rollback.
    package func revision() async throws -> Int64 {
        try await store.revisions()[Self.rollout.topic]
    }

    /// A version of a script; for nil, the one in force for the caller.
    ///
    /// - Throws: ``ScriptError`` `notFound`; the store's error.
    package func script(
        _ id: String,
        version: Int64? = nil,
        for principal: Principal
    ) async throws -> PublishedScript {
        if let version { return try await self.version(version, of: id) }
        guard let entries = try await entries()[id], let version = Self.version(of: id, among: entries, for: principal)
        else { throw ScriptError(.notFound, "there is no script “\(id)”", argument: "script_id") }
        return try await self.version(version, of: id)
    }

    /// The version of a script that a caller gets; nil if there is none.
    private static func version(of id: String, among entries: [RolloutEntry], for principal: Principal) -> Int64? {
        rollout.version(for: principal.subject, teams: principal.teams, of: id, among: entries)
    }

    /// Every version in force, by script.
    func entries() async throws -> [String: [RolloutEntry]] {
        try await inForce.value { transaction, _ in try Self.rollout.entries(in: transaction) }
    }

    /// A compiled version.
    func version(_ number: Int64, of id: String, argument: String = "version") async throws -> PublishedScript {
        let key = Key(id: id, version: number)
        if let known = compiled.withLock({ $0[key] }) { return known }
        guard let script = try await store.read({ [self] in try read(key, in: $0) }) else {
            throw ScriptError(.notFound, "the script “\(id)” has no version \(number)", argument: argument)
        }
        return script
    }

    /// The same inside a transaction; nil where there is no such version that can be read.
    func version(_ number: Int64, of id: String, in transaction: some SQLReading) throws -> PublishedScript? {
        let key = Key(id: id, version: number)
        return try compiled.withLock { $0[key] } ?? read(key, in: transaction)
    }

    /// Reads and compiles a version, and keeps it; nil where there is none that can be read.
    private func read(_ key: Key, in transaction: some SQLReading) throws -> PublishedScript? {
        let stored = try Self.chain.content(of: key.id, version: key.version, in: transaction)
        guard let stored, let definition = ScriptReader.read(stored.content, file: key.id).definition else {
            return nil
        }
        let script = PublishedScript(
            version: key.version,
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

    /// The library from which the engine gets scripts for a session of this caller: the versions in force, and those that the
    /// session has met already (`versions`, by script).
    ///
    /// A version that cannot be read counts as absent: the engine then refuses the call, and nothing is written. Nothing is
    /// read if all of them are compiled.
    func library(for principal: Principal, keeping versions: [String: Int64] = [:]) async throws -> ScriptLibrary {
        let entries = try await entries()
        let wanted = Self.keys(entries, versions)
        let known = compiled.withLock { $0 }
        if wanted.allSatisfy({ known[$0] != nil }) { return Self.library(known, entries, for: principal) }
        return try await store.read { [self] in try library(wanted, entries, for: principal, in: $0) }
    }

    /// The same inside a transaction.
    func library(
        for principal: Principal,
        keeping versions: [String: Int64],
        in transaction: some SQLReading
    ) throws -> ScriptLibrary {
        let entries = try inForce.current() ?? Self.rollout.entries(in: transaction)
        return try library(Self.keys(entries, versions), entries, for: principal, in: transaction)
    }

    private func library(
        _ wanted: Set<Key>,
        _ entries: [String: [RolloutEntry]],
        for principal: Principal,
        in transaction: some SQLReading
    ) throws -> ScriptLibrary {
        var scripts = compiled.withLock { $0 }
        for key in wanted where scripts[key] == nil { scripts[key] = try read(key, in: transaction) }
        return Self.library(scripts, entries, for: principal)
    }

    private static func library(
        _ scripts: [Key: PublishedScript],
        _ entries: [String: [RolloutEntry]],
        for principal: Principal
    ) -> ScriptLibrary {
        ScriptLibrary(
            current: { id in version(of: id, among: entries[id] ?? [], for: principal) },
            definition: { id, version in scripts[Key(id: id, version: version)]?.definition }
        )
    }

    private static func keys(_ entries: [String: [RolloutEntry]], _ versions: [String: Int64]) -> Set<Key> {
        var keys = Set(versions.map { Key(id: $0.key, version: $0.value) })
        for (id, entries) in entries {
            for entry in entries { keys.insert(Key(id: id, version: entry.version)) }
        }
        return keys
    }
}

extension ScriptListing {
    fileprivate init(_ script: PublishedScript) {
        let definition = script.definition
        self.init(
            id: definition.id,
            version: script.version,
            title: definition.title,
            locale: definition.locale,
            tags: definition.tags,
            examples: definition.examples,
            knowledge: definition.steps.flatMap(\.knowledge).reduce(into: []) { known, article in
                if !known.contains(article) { known.append(article) }
            }
        )
    }
}
