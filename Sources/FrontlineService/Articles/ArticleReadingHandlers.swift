import Access
import FrontlineProtocol
import JSONRPC
import Knowledge
import TextSearch
import Vocabulary

struct KnowledgeSearchHandler: MethodHandler {
    typealias Method = KnowledgeSearch
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let start = Monotonic.nanoseconds()
        let limit = params.limit ?? 10
        let offset = try params.cursor.offset()
        let query = KnowledgeQuery(
            text: params.query,
            locale: params.locale ?? caller.locale,
            tags: params.tags ?? [],
            limit: limit + 1,
            offset: offset,
            prefix: params.prefix ?? false,
            fuzzy: params.fuzzy ?? true,
            explain: params.explain ?? false,
            mode: params.mode
        )
        let results = try services.index.search(query, visibility: caller.visibility, now: caller.now)
        let queryID = QueryID.make(services.randomness)
        services.searchLog.note(
            SearchLog.Entry(
                queryID: queryID,
                at: caller.now,
                locale: query.locale,
                query: params.query,
                hits: results.hits.count,
                subject: caller.principal.subject,
                teams: caller.principal.teams,
                conversationID: params.conversationId
            )
        )
        let corrections = results.corrections.map { Method.Correction(from: $0.from, to: $0.to) }
        return Method.Result(
            queryId: queryID,
            hits: results.hits.prefix(limit).map(hit),
            corrections: corrections.isEmpty ? nil : corrections,
            nextCursor: results.hits.count > limit ? Cursor(Int64(offset + limit)) : nil,
            fallbackLocale: results.fellBackToLocale,
            tookMs: Monotonic.milliseconds(since: start)
        )
    }

    private func hit(_ found: KnowledgeHit) -> Method.Hit {
        let hit = found.hit
        return Method.Hit(
            articleId: found.id,
            version: Int(found.version),
            locale: hit.locale,
            title: hit.title.text,
            snippet: hit.snippet.text,
            highlights: highlights(hit.title, .title) + highlights(hit.snippet, .snippet),
            score: hit.score,
            matched: hit.matched,
            similarity: found.similarity,
            passage: found.passage,
            explanation: hit.explanation.map { text($0, found) }
        )
    }

    private func highlights(_ text: HighlightedText, _ field: Method.Highlight.Field) -> [Method.Highlight] {
        text.highlights.map { Method.Highlight(field: field, start: $0.start, length: $0.length) }
    }

    /// One line per part, such as `word refund: 4.213`.
    ///
    /// Where meaning took part, first what words add to the score, indented what their own score consists of, then what meaning
    /// and use after similar words add.
    private func text(_ explanation: SearchExplanation, _ found: KnowledgeHit) -> String {
        let parts = explanation.parts.map { "\($0.kind) \($0.text): \(rounded($0.score))" }
        guard let shares = found.shares else { return parts.joined(separator: "\n") }
        var lines = ["words \(rounded(shares.wordScore)): \(rounded(shares.words))"]
        lines += parts.map { "  \($0)" }
        let similarity = found.similarity.map { "similarity \(rounded($0))" } ?? "not embedded"
        lines.append("meaning \(similarity): \(rounded(shares.meaning))")
        if let use = found.use {
            lines.append("used \(use.times) times after words like these: \(rounded(shares.use))")
        }
        return lines.joined(separator: "\n")
    }

    private func rounded(_ score: Double) -> Double { (score * 1_000).rounded() / 1_000 }
}

extension KnowledgeSearch.Result: MeteredResult {
    func count(in meter: CapabilityMeter) {
        meter.count(.searches, [("outcome", hits.isEmpty ? "nothing" : "found")])
    }
}

/// Generates ids of searches, which are random so that one reveals nothing about others.
enum QueryID {
    static func make(_ source: RandomSource) -> String { "qry_" + String(source.next(), radix: 36) }
}

struct KnowledgeSuggestHandler: MethodHandler {
    typealias Method = KnowledgeSuggest
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async -> Method.Result {
        let texts = services.index.complete(
            params.prefix,
            locale: params.locale ?? caller.locale,
            limit: params.limit ?? 10,
            visibility: caller.visibility,
            now: caller.now
        )
        return Method.Result(completions: texts.map(Method.Completion.init(text:)))
    }
}

struct KnowledgeGetHandler: MethodHandler {
    typealias Method = KnowledgeGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let stored = try await services.knowledge.article(
            params.articleId,
            version: params.version.map(Int64.init),
            locales: params.locale.map { [$0] } ?? [caller.locale, "en"],
            isLocaleBinding: params.locale != nil,
            visibility: caller.visibility,
            now: caller.now
        )
        let article = stored.article
        return Method.Result(
            articleId: article.id,
            version: Int(stored.version),
            locale: article.locale,
            status: article.status,
            audience: article.audience,
            restrict: article.restrict.map(\.description),
            title: article.title,
            summary: article.summary,
            keywords: article.keywords,
            asked: article.asked,
            tags: article.tags,
            sections: article.sections.map { section in
                Method.Section(
                    kind: section.kind.rawValue,
                    title: section.title,
                    html: section.html,
                    text: section.text
                )
            },
            validFrom: article.validFrom.map(Timestamp.init(microseconds:)),
            validUntil: article.validUntil.map(Timestamp.init(microseconds:)),
            source: article.source,
            updatedAt: Timestamp(microseconds: stored.updatedAt),
            sha256: stored.sha256
        )
    }
}

struct KnowledgeListHandler: MethodHandler {
    typealias Method = KnowledgeList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let filter = ArticleFilter(
            status: params.status,
            tags: params.tags ?? [],
            locale: params.locale,
            expiringBefore: params.expiringBefore?.microseconds,
            unusedSince: params.unusedSince?.microseconds,
            after: params.cursor?.position,
            limit: params.limit ?? 50
        )
        let (articles, isComplete) = try await services.knowledge.list(
            filter,
            visibility: caller.visibility,
            now: caller.now
        )
        return Method.Result(
            articles: articles.map(listing),
            nextCursor: isComplete ? nil : articles.last.map { Cursor($0.number) }
        )
    }

    private func listing(_ article: ArticleListing) -> Method.Article {
        Method.Article(
            articleId: article.key.id,
            version: Int(article.version),
            locale: article.key.locale,
            title: article.title,
            status: article.status,
            updatedAt: Timestamp(microseconds: article.updatedAt),
            uses: Int(article.uses),
            validFrom: article.validFrom.map(Timestamp.init(microseconds:)),
            validUntil: article.validUntil.map(Timestamp.init(microseconds:))
        )
    }
}

extension CapabilityMeter.Figure {
    static let searches = Self("frontline_searches_total")
}
