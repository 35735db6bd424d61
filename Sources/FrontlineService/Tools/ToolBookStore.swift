package import AuditTrail
package import ModelContext
package import Storage
package import Versioning

/// An error of an operation on the published tools.
package struct ToolError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of error.
    package enum Code: Sendable, Hashable {
        /// The file has a mistake.
        case invalid
        /// There is no such version.
        case notFound
        /// The version is in force already.
        case conflict
    }

    package let code: Code
    /// What is wrong, worded for a person.
    package let message: String
    /// The argument at fault, under its name on the wire.
    package let argument: String?
    /// The mistake in the file, with its place.
    package let mistake: ToolBookError?

    init(_ code: Code, _ message: String, argument: String?, mistake: ToolBookError? = nil) {
        (self.code, self.message, self.argument, self.mistake) = (code, message, argument, mistake)
    }

    package var description: String { mistake?.description ?? message }
}

/// The tools of assistants as published versions.
///
/// Those of the program are in force until a file is published. A publication counts from the next request on, in every process
/// that shares the store.
package final class ToolBookStore: Sendable {
    /// The name under which the wire knows the tools.
    package static let name = "tools"

    private let source: LiveSource<ToolBook>

    package init(store: Store) { source = LiveSource(Self.name, in: store) { try Self.compiled($0) } }

    private static func compiled(_ source: String) throws(ToolError) -> ToolBook {
        do throws(ToolBookError) {
            return try ToolBook(yaml: source, file: name + ".yaml")
        } catch {
            throw ToolError(.invalid, "the file of tools has a mistake", argument: "source", mistake: error)
        }
    }

    /// The tools in force.
    ///
    /// - Throws: the store's error.
    package func book() async throws -> ToolBook { try await source.inForce()?.value ?? .builtIn }

    /// The published version in force with the names of its tools; nil before the first publication.
    package func current() async throws -> (version: Int64, sha256: String, names: [String])? {
        try await source.inForce().map { ($0.version, $0.sha256, $0.value.entries.map(\.name)) }
    }

    private static func unknown(version: Int64?) -> ToolError {
        let what = version.map { "the tools have no version \($0)" } ?? "no tools were published"
        return ToolError(.notFound, what, argument: version == nil ? "name" : "version")
    }

    /// The source in force, or of one of the versions, and the names of its tools.
    ///
    /// - Throws: ``ToolError`` `notFound`; the store's error.
    package func source(
        version: Int64?
    ) async throws -> (version: Int64, sha256: String, source: String, names: [String]) {
        guard let found = try await source.source(version: version) else { throw Self.unknown(version: version) }
        // An old version may have what is refused today; it can be read all the same.
        let names = (try? Self.compiled(found.source))?.entries.map(\.name) ?? []
        return (found.version, found.sha256, found.source, names)
    }

    /// Every version, newest first.
    ///
    /// - Throws: ``ToolError`` `notFound` before the first publication.
    package func versions() async throws -> [VersionListing] {
        guard let versions = try await source.versions() else { throw Self.unknown(version: nil) }
        return versions
    }

    /// The standing of a source that is to be published.
    package func standing(of source: String) async throws -> Standing { try await self.source.standing(of: source) }

    /// Checks a file and puts it in force; a source that is in force makes no new version.
    ///
    /// - Throws: ``ToolError`` `invalid` with the first mistake and its place; the store's error.
    package func publish(
        _ source: String,
        note: String?,
        republication: Republication = .allowed,
        by actor: AuditActor,
        now: Int64
    ) async throws -> LiveChain.Placement {
        try await self.source.publish(source, note: note, republication: republication, by: actor, now: now)
    }

    /// Puts an earlier version in force again and withdraws those that came after it.
    ///
    /// - Throws: ``ToolError`` `notFound`; `conflict` if that version is in force.
    package func rollback(
        to version: Int64,
        reason: String,
        by actor: AuditActor,
        now: Int64
    ) async throws -> (version: Int64, sha256: String) {
        switch try await source.rollBack(to: version, reason: reason, by: actor, now: now) {
        case .done(let sha256): return (version, sha256)
        case .unknown: throw Self.unknown(version: version)
        case .alreadyInForce:
            throw ToolError(.conflict, "version \(version) of the tools is in force", argument: "version")
        }
    }
}
