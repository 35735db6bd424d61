import Spelling
import Storage

/// How an article stands that something names, in whatever language it has.
package enum ArticleStanding: Sendable, Hashable {
    /// It is published in some language, or there are no articles to compare with.
    case published
    /// There is one, in no language published.
    case unpublished(Article.Status)
    /// There is none; the id that was probably meant, if any is near.
    case unknown(nearest: String?)
}

/// The ids of articles, to see whether something names one.
package struct ArticleNames: Sendable {
    private var statuses: [String: Set<Article.Status>] = [:]

    package init() {}

    /// The ids of the sound records of documents.
    package init(reading request: ArticleImport) {
        var run = ImportRun(request: request)
        while let records = run.nextBatch() {
            for record in records { statuses[record.article.id, default: []].insert(record.article.status) }
        }
    }

    /// How the article of an id stands.
    package func standing(of id: String) -> ArticleStanding {
        guard let statuses = statuses[id] else {
            return self.statuses.isEmpty
                ? .published : .unknown(nearest: NearestName.of(id, among: self.statuses.keys.sorted()))
        }
        return ArticleStanding(statuses)
    }
}

extension ArticleStanding {
    fileprivate init(_ statuses: Set<Article.Status>) {
        self = statuses.contains(.published) ? .published : .unpublished(statuses.contains(.draft) ? .draft : .retired)
    }
}

extension KnowledgeBase {
    /// The ids that are compared with one that nobody has.
    private static let maximumNames: Int64 = 200_000

    /// How the article of an id stands.
    ///
    /// Articles for knowledge managers alone are not suggested in place of another.
    package func standing(of id: String) throws -> ArticleStanding {
        try store.readNow { transaction in
            let statuses = try transaction.rows("SELECT status FROM articles WHERE id = $1", [.text(id)]) {
                try ArticleTable.status($0.text(0))
            }
            guard statuses.isEmpty else { return ArticleStanding(Set(statuses)) }
            let names = try transaction.rows(
                "SELECT DISTINCT id FROM articles WHERE audience <> $1 ORDER BY id LIMIT $2",
                [.text(Article.Audience.knowledgeManager.rawValue), .integer(Self.maximumNames)]
            ) { try $0.text(0) }
            return names.isEmpty ? .published : .unknown(nearest: NearestName.of(id, among: names))
        }
    }
}
