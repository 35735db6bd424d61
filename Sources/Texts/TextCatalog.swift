package import AuditTrail
package import Storage
package import Versioning

/// Manages texts as published versions, with one chain for each language, and caches them compiled.
///
/// The built-in texts of a language are in force until a file of that language is published, and afterwards for keys
/// that it lacks; so texts added in a new release are available even if older files were published. A publication takes
/// effect with the next look-up, in every process that shares the store.
///
/// ## Topics
/// - ``texts(for:)``
/// - ``shelf()``
/// - ``publish(_:source:note:republication:by:now:)``
/// - ``rollback(_:to:reason:by:now:)``
package final class TextCatalog: Sendable {
    /// A published version of a language's texts.
    package struct Publication: Sendable, Hashable {
        package let locale: String
        /// The number of the version.
        package let version: Int64
        /// The SHA-256 hash of its source.
        package let sha256: String
        /// The keys of its texts.
        package let keys: [String]
    }

    /// The compiled texts in force.
    private struct InForce: Sendable {
        let shelf: TextShelf
        let publications: [String: Publication]
    }

    /// The prefix of a language in names on the wire: `texts.de`.
    package static let prefix = "texts."
    /// The fallback language.
    package static let defaultLocale = "en"
    private static let texts = LiveChain(kind: "texts")
    private static let chain = texts.versions

    private let store: Store
    private let builtIn: [String: TextBook]
    private let cache: VersionedCache<OnlyKey, InForce>

    /// Creates the catalog of a store, with fallback to the built-in texts.
    package init(store: Store, builtIn: [TextBook] = TextBook.builtIn) {
        self.store = store
        let builtIn = Dictionary(builtIn.map { ($0.locale, $0) }, uniquingKeysWith: { _, last in last })
        self.builtIn = builtIn
        cache = VersionedCache(of: Self.texts.topic, in: store)
    }

    /// The language in a policy name such as `texts.de`; nil for other names.
    package static func locale(ofPolicy name: String) -> String? {
        guard name.hasPrefix(prefix), name.count > prefix.count else { return nil }
        return TextBook.normalized(String(name.dropFirst(prefix.count)))
    }

    /// The texts for a reader: in the language, with fallback to the language without its region, then to English.
    ///
    /// - Parameter locale: a language such as `de` or `de-AT`; nil for English.
    /// - Returns: the texts.
    /// - Throws: the store's error.
    package func texts(for locale: String?) async throws -> TextSet { try await shelf().texts(for: locale) }

    /// The texts in force in all languages.
    ///
    /// - Throws: the store's error.
    package func shelf() async throws -> TextShelf { try await inForce().shelf }

    /// The texts of all languages as visible in a transaction.
    ///
    /// - Throws: the store's error.
    package func shelf(in transaction: some SQLReading) throws -> TextShelf {
        try (cache.current() ?? Self.current(after: cache.last(), over: builtIn, in: transaction)).shelf
    }

    private func inForce() async throws -> InForce {
        try await cache.value { [builtIn] in try Self.current(after: $1, over: builtIn, in: $0) }
    }

    /// The texts in force as visible in a transaction; versions in `known` are not compiled again.
    private static func current(
        after known: InForce?,
        over builtIn: [String: TextBook],
        in transaction: some SQLReading
    ) throws -> InForce {
        var books: [String: TextBook] = [:]
        var publications: [String: Publication] = [:]
        for (locale, version) in try chain.liveVersions(in: transaction) {
            if let known, let publication = known.publications[locale], publication.version == version {
                (books[locale], publications[locale]) = (known.shelf.published[locale], publication)
            } else if let stored = try chain.content(of: locale, version: version, in: transaction) {
                let book = try TextBook(yaml: stored.content, locale: locale, file: locale + ".yaml")
                books[locale] = book
                publications[locale] = Publication(
                    locale: locale,
                    version: version,
                    sha256: stored.sha256,
                    keys: book.keys
                )
            }
        }
        let shelf = TextShelf(published: books, builtIn: builtIn)
        return InForce(shelf: shelf, publications: publications)
    }

    /// One version of a language's texts.
    ///
    /// - Throws: ``TextError`` `notFound`; the store's error.
    package func publication(_ locale: String, version: Int64) async throws -> Publication {
        let locale = TextBook.normalized(locale)
        let stored = try await stored(locale, version: version).stored
        let book = try TextBook(yaml: stored.content, locale: locale, file: locale + ".yaml")
        return Publication(locale: locale, version: version, sha256: stored.sha256, keys: book.keys)
    }

    private func stored(
        _ locale: String,
        version: Int64?
    ) async throws -> (number: Int64, stored: (content: String, sha256: String)) {
        let (number, stored) = try await store.read { transaction in
            let number = try version ?? Self.chain.live(locale, in: transaction) ?? 0
            return (number, try Self.chain.content(of: locale, version: number, in: transaction))
        }
        guard let stored else {
            let what =
                version.map { "the texts “\(locale)” have no version \($0)" } ?? "no texts “\(locale)” were published"
            throw TextError(.notFound, what, argument: version == nil ? "name" : "version")
        }
        return (number, stored)
    }

    /// The source of a language's texts in force, or of a given version.
    ///
    /// - Throws: ``TextError`` `notFound`; the store's error.
    package func source(
        of locale: String,
        version: Int64?
    ) async throws -> (version: Int64, sha256: String, source: String) {
        let (number, stored) = try await stored(TextBook.normalized(locale), version: version)
        return (number, stored.sha256, stored.content)
    }

    /// The standing of a source that is to be published.
    package func standing(of locale: String, source: String) async throws -> Standing {
        let (locale, sha256) = (TextBook.normalized(locale), ContentHash.sha256(source))
        return try await store.read { try Self.texts.standing(of: locale, sha256: sha256, in: $0) }
    }

    /// The published versions in force, sorted by language.
    package func list() async throws -> [Publication] {
        try await inForce().publications.values.sorted { $0.locale < $1.locale }
    }

    /// All versions of a language's texts, newest first.
    ///
    /// - Throws: ``TextError`` `notFound` before the first publication.
    package func versions(of locale: String) async throws -> [VersionListing] {
        let locale = TextBook.normalized(locale)
        guard let listing = try await store.read({ try Self.texts.listing(of: locale, in: $0) }) else {
            throw TextError(.notFound, "no texts “\(locale)” were published", argument: "name")
        }
        return listing
    }

    /// Checks a file and publishes it; a source that is already in force makes no new version.
    ///
    /// - Parameters:
    ///   - locale: the language.
    ///   - source: the file's text.
    ///   - note: the reason, which is recorded.
    ///   - republication: how to treat a source that was published before and is not in force.
    ///   - actor: who publishes it.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the version with the source, and what was done.
    /// - Throws: ``TextError`` with all mistakes and their places; the store's error.
    package func publish(
        _ locale: String,
        source: String,
        note: String?,
        republication: Republication = .allowed,
        by actor: AuditActor,
        now: Int64
    ) async throws -> LiveChain.Placement {
        let locale = TextBook.normalized(locale)
        guard TextBook.isName(locale[...]), locale.utf8.count <= 35 else {
            throw TextError(.invalid, "a language is expected, such as “de” or “de-at”", argument: "name")
        }
        _ = try TextBook(yaml: source, locale: locale, file: locale + ".yaml")
        return try await store.write { transaction in
            try Self.texts.publish(
                source,
                as: locale,
                target: Self.prefix + locale,
                note: note,
                republication: republication,
                by: actor,
                now: now,
                in: transaction
            )
        }
    }

    /// Puts an earlier version into force again and withdraws the later ones.
    ///
    /// - Throws: ``TextError`` `notFound`; `conflict` if that version is already in force.
    package func rollback(
        _ locale: String,
        to version: Int64,
        reason: String,
        by actor: AuditActor,
        now: Int64
    ) async throws -> Publication {
        let publication = try await publication(locale, version: version)
        let locale = publication.locale
        try await store.write { transaction in
            let isDone = try Self.texts.rollBack(
                locale,
                target: Self.prefix + locale,
                to: version,
                reason: reason,
                by: actor,
                now: now,
                in: transaction
            )
            guard isDone else {
                throw TextError(
                    .conflict,
                    "version \(version) of the texts “\(locale)” is in force",
                    argument: "version"
                )
            }
        }
        return publication
    }
}
