package import HTTPFetch

/// One import: the documents to read, the options, and the source they belong to.
package struct ArticleImport: Sendable {
    /// The documents, read in this order.
    package var documents: [ImportDocument]
    /// The source the articles belong to; of an address, without its credentials.
    package let source: String
    /// The mapping for every document; nil chooses by the root element.
    package var mapping: Mapping?
    /// The mappings to choose from when ``mapping`` is nil.
    package var library = MappingLibrary.builtIn
    /// Whether to leave alone records whose content was published earlier under their id, even though another version
    /// is in force now.
    ///
    /// What people have restored, retired or imported since then is kept.
    package var leavesPublished = false
    /// Whether a record may take over an article of another source that has its id; otherwise the record fails.
    package var adopts = false
    /// Whether to report only what would be done.
    package var isDryRun = false
    /// Whether to retire articles of the source that the documents no longer contain.
    package var prunes = false
    /// The articles read by earlier parts of the same import, which pruning keeps.
    package var heldBefore = HeldArticles()
    /// Whether pruning may retire more than a tenth of the source.
    package var isForced = false
    /// For a single article, the version that the caller expects to replace; 0 for a new article.
    package var expectedVersion: Int64?

    package init(documents: [ImportDocument], source: String = "local") {
        self.documents = documents
        self.source = HTTPFetcher.withoutSecrets(source)
    }
}

/// A document of an import, opened when it is read.
package struct ImportDocument: Sendable {
    /// The document's name in reports.
    package let name: String
    /// Opens the document, downloading it if it is remote; `close` is called after it has been read.
    let open: @Sendable () throws -> (input: ArticleInput, close: @Sendable () -> Void)

    /// A document in memory.
    package init(bytes: [UInt8], name: String) {
        self.name = name
        open = { (.bytes(bytes, name: name), {}) }
    }

    /// A file, or an address that is downloaded to a temporary file.
    package init(_ item: ImportItem, fetcher: HTTPFetcher = HTTPFetcher()) {
        name = item.name
        open = { try ImportSource.open(item, fetcher: fetcher) }
    }

    /// A file or an address; addresses of this machine and of private networks only if allowed.
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
    /// The first failures in order, at most ``maximumFailures``.
    package var failures: [ImportFailure] = []
    package var reduced: [String: Int] = [:]
    package var bytes = 0
    /// The articles that the documents contain.
    package var held = HeldArticles()
    /// Why pruning was refused, if it was.
    package var refusal: String?

    /// The number of failures reported individually.
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
