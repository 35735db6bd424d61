/// The articles found in the documents of an import, from which pruning determines what is missing.
package struct HeldArticles: Sendable, Equatable {
    /// The articles read, by ``ArticleKey/text``.
    private var keys: Set<String> = []
    /// The ids of records that failed.
    ///
    /// They count for every language, because theirs is unknown.
    package private(set) var failedIDs: Set<String> = []
    /// Whether part of the documents could not be read, so that they may contain more articles.
    package var isIncomplete = false

    package init() {}

    /// The number of articles and failed records.
    package var count: Int { keys.count + failedIDs.count }

    /// Adds an article; returns false if it is already present.
    package mutating func insert(_ key: ArticleKey) -> Bool { keys.insert(key.text).inserted }

    /// Adds the id of a record that failed.
    package mutating func insertFailed(_ id: String) { failedIDs.insert(id) }

    /// Adds the contents of another part of the import.
    package mutating func formUnion(_ other: HeldArticles) {
        keys.formUnion(other.keys)
        failedIDs.formUnion(other.failedIDs)
        isIncomplete = isIncomplete || other.isIncomplete
    }

    /// Whether the documents contain the article, or a failed record with its id.
    package func contains(_ key: ArticleKey) -> Bool { keys.contains(key.text) || failedIDs.contains(key.id) }
}
