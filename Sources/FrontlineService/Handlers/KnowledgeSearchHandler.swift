import FrontlineProtocol
import Knowledge
import TextSearch

struct KnowledgeSearchHandler: MethodHandler {
    typealias Method = KnowledgeSearch
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let start = Monotonic.nanoseconds()
        let limit = params.limit ?? 10
        let offset = try OffsetCursor.offset(params.cursor)
        let query = KnowledgeQuery(
            text: params.query,
            locale: params.locale ?? caller.locale,
            tags: params.tags ?? [],
            limit: limit + 1,
            offset: offset,
            prefix: params.prefix ?? false,
            fuzzy: params.fuzzy ?? true,
            explain: params.explain ?? false
        )
        let results = services.index.search(query, visibility: caller.visibility, now: caller.now)
        let queryID = QueryID.make()
        services.searchLog.note(
            SearchLog.Entry(
                queryID: queryID,
                at: caller.now,
                locale: query.locale,
                query: params.query,
                hits: results.hits.count,
                conversationID: params.conversationId
            )
        )
        let corrections = results.corrections.map { Method.Correction(from: $0.from, to: $0.to) }
        return Method.Result(
            queryId: queryID,
            hits: results.hits.prefix(limit).compactMap(hit),
            corrections: corrections.isEmpty ? nil : corrections,
            nextCursor: results.hits.count > limit ? OffsetCursor.text(offset + limit) : nil,
            fallbackLocale: results.fellBackToLocale,
            tookMs: Monotonic.milliseconds(since: start)
        )
    }

    private func hit(_ hit: SearchHit) -> Method.Hit? {
        guard let key = ArticleKey(text: hit.key), let version = services.index.version(of: hit.key) else { return nil }
        return Method.Hit(
            articleId: key.id,
            version: Int(version),
            locale: hit.locale,
            title: hit.title.text,
            snippet: hit.snippet.text,
            highlights: highlights(hit.title, .title) + highlights(hit.snippet, .snippet),
            score: hit.score,
            matched: hit.matched,
            explanation: hit.explanation.map(text)
        )
    }

    private func highlights(_ text: HighlightedText, _ field: Method.Highlight.Field) -> [Method.Highlight] {
        text.highlights.map { Method.Highlight(field: field, start: $0.start, length: $0.length) }
    }

    /// One line a part, such as `word refund: 4.213`.
    private func text(_ explanation: SearchExplanation) -> String {
        explanation.parts
            .map { part in "\(part.kind) \(part.text): \((part.score * 1_000).rounded() / 1_000)" }
            .joined(separator: "\n")
    }
}

/// The names of searches: random, so that they tell nothing of each other.
enum QueryID {
    static func make() -> String { "qry_" + String(UInt64.random(in: .min ... .max), radix: 36) }
}

/// A cursor over ranked results: how many to leave out.
enum OffsetCursor {
    static func text(_ offset: Int) -> String { String(offset) }

    static func offset(_ cursor: String?) throws -> Int {
        guard let cursor else { return 0 }
        guard let offset = Int(cursor), (0...10_000).contains(offset) else {
            throw KnowledgeError(.invalid, "the cursor is not one of this method", argument: "cursor")
        }
        return offset
    }
}
