package import AuditTrail
package import Storage
package import Versioning
import Vocabulary

/// The rules of sign-in as published versions: read, published, rolled back, and kept compiled.
///
/// A publication is in force for the next sign-in, in every process that shares the store. Sessions that have begun stay as they are.
///
/// ## Topics
/// - ``book()``
/// - ``publish(_:note:republication:by:now:)``
/// - ``rollback(to:reason:by:now:)``
package final class SignInStore: Sendable {
    /// The name under which the wire knows the file.
    package static let name = "sign-in"

    private let source: LiveSource<SignInBook>

    package init(store: Store) {
        source = LiveSource(Self.name, in: store) { try SignInBook(yaml: $0, file: Self.name + ".yaml") }
    }

    /// The rules in force, with the number of their version; 0 before the first publication.
    ///
    /// - Throws: the store's error.
    package func book() async throws -> (version: Int64, rules: SignInBook) {
        try await source.inForce().map { ($0.version, $0.value) } ?? (0, .empty)
    }

    /// The version in force with the roles that they give; nil before the first publication.
    package func current() async throws -> (version: Int64, sha256: String, names: [String])? {
        try await source.inForce().map { ($0.version, $0.sha256, $0.value.roleNames) }
    }

    /// The source in force, or of one of the versions, and the roles that it gives.
    ///
    /// - Throws: ``SignInError`` `notFound`; the store's error.
    package func source(
        version: Int64?
    ) async throws -> (version: Int64, sha256: String, source: String, names: [String]) {
        guard let found = try await source.source(version: version) else { throw Self.unknown(version: version) }
        // An old version may have what is refused today; it can be read all the same.
        let names = (try? SignInBook(yaml: found.source, file: "").roleNames) ?? []
        return (found.version, found.sha256, found.source, names)
    }

    /// Every version, newest first.
    ///
    /// - Throws: ``SignInError`` `notFound` before the first publication.
    package func versions() async throws -> [VersionListing] {
        guard let versions = try await source.versions() else { throw Self.unknown(version: nil) }
        return versions
    }

    private static func unknown(version: Int64?) -> SignInError {
        let what = version.map { "the rules of sign-in have no version \($0)" } ?? "no rules of sign-in were published"
        return SignInError(.notFound, what, argument: version == nil ? "name" : "version")
    }

    /// How a source stands that somebody wants to publish.
    package func standing(of source: String) async throws -> Standing { try await self.source.standing(of: source) }

    /// Checks a file and puts it in force; a source that is in force makes no new version.
    ///
    /// - Parameters:
    ///   - source: the file's text.
    ///   - note: why; recorded.
    ///   - republication: what becomes of a source that was published before and is not in force.
    ///   - actor: who publishes it.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the version that has the source, and what was done.
    /// - Throws: ``SignInError`` `invalid` with every mistake and its place; the store's error.
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
    /// - Throws: ``SignInError`` `notFound`; `conflict` when that version is in force.
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
            throw SignInError(.conflict, "version \(version) of the rules of sign-in is in force", argument: "version")
        }
    }
}

extension SignInBook {
    /// The roles that somebody may have by these rules, sorted.
    fileprivate var roleNames: [String] { Set(roles.map(\.role.rawValue)).sorted() }
}
