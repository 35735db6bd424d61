/// What the documents of an import hold, by which pruning knows what is gone.
package struct HeldArticles: Sendable, Equatable {
    /// The articles that were read, by ``ArticleKey/text``.
    private var keys: Set<String> = []
    /// The ids of records that failed; they count in every language, for their own is not known.
    package private(set) var failedIDs: Set<String> = []
    /// Whether something could not be read, so that more may be there than is known.
    package var isIncomplete = false

    /// Nothing is held.
    package init() {}

    /// How many articles and failed records are known.
    package var count: Int { keys.count + failedIDs.count }

    /// Takes note of an article; false when it was known.
    package mutating func insert(_ key: ArticleKey) -> Bool { keys.insert(key.text).inserted }

    /// Takes note of a record that failed.
    package mutating func insertFailed(_ id: String) { failedIDs.insert(id) }

    /// Takes in what another part of the import holds.
    package mutating func formUnion(_ other: HeldArticles) {
        keys.formUnion(other.keys)
        failedIDs.formUnion(other.failedIDs)
        isIncomplete = isIncomplete || other.isIncomplete
    }

    /// Whether an article is among them.
    package func contains(_ key: ArticleKey) -> Bool { keys.contains(key.text) || failedIDs.contains(key.id) }
}
