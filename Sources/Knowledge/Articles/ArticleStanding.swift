import Spelling
package import Storage
package import Vocabulary

/// Whether an article to which something refers can be shown, in any language.
package enum ArticleStanding: Sendable, Hashable {
    /// Published in at least one language, or there are no articles to compare with.
    case published
    /// It exists, but is published in no language.
    case unpublished(ArticleStatus)
    /// It does not exist; `nearest` is the most similar id, if one is similar enough.
    case unknown(nearest: String?)
}

/// The ids of all articles, for checking references to them.
package struct ArticleNames: Sendable {
    private var statuses: [String: Set<ArticleStatus>] = [:]

    package init() {}

    /// Collects the ids of the valid records of the documents.
    package init(reading request: ArticleImport) {
        var run = ImportRun(request: request)
        while let records = run.nextBatch() {
            for record in records { statuses[record.article.id, default: []].insert(record.article.status) }
        }
    }

    /// Whether the article with an id can be shown.
    package func standing(of id: String) -> ArticleStanding {
        guard let statuses = statuses[id] else {
            return self.statuses.isEmpty
                ? .published : .unknown(nearest: NearestName.of(id, among: self.statuses.keys.sorted()))
        }
        return ArticleStanding(statuses)
    }
}

extension ArticleStanding {
    fileprivate init(_ statuses: Set<ArticleStatus>) {
        self = statuses.contains(.published) ? .published : .unpublished(statuses.contains(.draft) ? .draft : .retired)
    }
}

extension KnowledgeBase {
    /// The largest number of ids compared with an unknown one.
    private static let maximumNames: Int64 = 200_000

    /// Whether the article with an id can be shown.
    ///
    /// Articles that only knowledge managers may see are never suggested as the nearest.
    package func standing(of id: String) async throws -> ArticleStanding {
        try await store.read { try Self.standing(of: id, in: $0) }
    }

    /// The same inside a transaction.
    package static func standing(of id: String, in transaction: some SQLReading) throws -> ArticleStanding {
        let statuses = try transaction.rows("SELECT status FROM articles WHERE id = $1", [.text(id)]) {
            try ArticleTable.status($0.text("status"))
        }
        guard statuses.isEmpty else { return ArticleStanding(Set(statuses)) }
        let names = try transaction.rows(
            "SELECT DISTINCT id FROM articles WHERE audience <> $1 ORDER BY id LIMIT $2",
            [.text(ArticleAudience.knowledgeManager.rawValue), .integer(maximumNames)]
        ) { try $0.text("id") }
        return names.isEmpty ? .published : .unknown(nearest: NearestName.of(id, among: names))
    }
}
