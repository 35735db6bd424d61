package import HTTPFetch

/// One import: what is read, how, and for which source.
package struct ArticleImport: Sendable {
    /// The documents, read one after the other.
    package var documents: [ImportDocument]
    /// The source the articles belong to; an address is named without what authenticates at it.
    package let source: String
    /// The mapping for every document; nil lets the root element decide.
    package var mapping: Mapping?
    /// The mappings to choose from.
    package var library = MappingLibrary.builtIn
    /// Whether records whose content was published before under their id are left as they are, though another version is
    /// in force: what people have restored, retired or imported since stays.
    package var leavesPublished = false
    /// Whether articles of other sources that have the id of a record are taken over; else such a record fails.
    package var adopts = false
    /// Whether to only report what would be done.
    package var isDryRun = false
    /// Whether articles of the source that the documents no longer hold are retired.
    package var prunes = false
    /// What earlier parts of the same import have held; pruning leaves it alone.
    package var heldBefore = HeldArticles()
    /// Whether pruning may retire more than a tenth of the source.
    package var isForced = false
    /// For a single article: its version as the caller knows it, 0 for a new one.
    package var expectedVersion: Int64?

    package init(documents: [ImportDocument], source: String = "local") {
        self.documents = documents
        self.source = HTTPFetcher.withoutSecrets(source)
    }
}

/// A document of an import, opened when its turn comes.
package struct ImportDocument: Sendable {
    /// What reports call it.
    package let name: String
    /// Makes it readable, fetching it where it is not on this machine; `close` is called when it was read.
    let open: @Sendable () throws -> (input: ArticleInput, close: @Sendable () -> Void)

    /// A document in memory.
    package init(bytes: [UInt8], name: String) {
        self.name = name
        open = { (.bytes(bytes, name: name), {}) }
    }

    /// A file, or an address that is fetched into a temporary file.
    package init(_ item: ImportItem, fetcher: HTTPFetcher = HTTPFetcher()) {
        name = item.name
        open = { try ImportSource.open(item, fetcher: fetcher) }
    }

    /// A file, or an address, which may lie on this machine or in a private network only where that is allowed.
    package init(_ item: ImportItem, allowingPrivateAddresses: Bool) {
        var options = HTTPFetcher.Options()
        options.allowsPrivateAddresses = allowingPrivateAddresses
        self.init(item, fetcher: HTTPFetcher(options: options))
    }
}

/// What an import did.
package struct ImportSummary: Sendable, Equatable {
    package var read = 0
    package var created = 0
    package var updated = 0
    package var unchanged = 0
    package var retired = 0
    package var failed = 0
    package var skipped = 0
    /// The first failures, at most ``maximumFailures``.
    package var failures: [ImportFailure] = []
    package var reduced: [String: Int] = [:]
    package var bytes = 0
    /// What the documents hold.
    package var held = HeldArticles()
    /// Why nothing was pruned, when it was asked for and refused.
    package var refusal: String?

    /// How many failures are told one by one.
    package static let maximumFailures = 1_000

    package init() {}

    /// Counts a failure.
    package mutating func fail(_ failure: ImportFailure) {
        failed += 1
        if failures.count < Self.maximumFailures { failures.append(failure) }
    }

    mutating func add(_ outcome: ImportOutcome) {
        created += outcome.created
        updated += outcome.updated
        unchanged += outcome.unchanged
        for failure in outcome.failures { fail(failure) }
    }
}
