import Access
package import FrontlineProtocol
import JSONRPC
package import Knowledge
import TextSearch
import Versioning

struct KnowledgeCompareHandler: MethodHandler {
    typealias Method = KnowledgeCompare
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let key = ArticleKey(id: params.articleId, locale: params.locale ?? "en")
        let changes = try services.knowledge.compare(
            key,
            from: Int64(params.from),
            to: Int64(params.to),
            visibility: caller.visibility,
            now: caller.now
        )
        return Method.Result(changes: changes.map(Method.Change.init))
    }
}

extension KnowledgeCompare.Change {
    init(_ change: ArticleDifference) {
        let kind: KnowledgeCompare.Kind =
            switch change.kind {
            case .added: .added
            case .removed: .removed
            case .changed: .changed
            }
        self.init(section: change.section, kind: kind, text: change.text)
    }
}

struct KnowledgeFeedbackHandler: MethodHandler {
    typealias Method = KnowledgeFeedback
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try services.knowledge.give(
            ArticleFeedback(
                verdict: verdict(params.verdict),
                queryID: params.queryId,
                conversationID: params.conversationId,
                comment: params.comment
            ),
            on: params.articleId,
            locales: params.locale.map { [$0] } ?? [caller.locale, "en"],
            by: caller.principal.subject,
            visibility: caller.visibility,
            now: caller.now
        )
        return Method.Result()
    }

    private func verdict(_ verdict: Method.Verdict) -> Verdict {
        switch verdict {
        case .shown: .shown
        case .opened: .opened
        case .used: .used
        case .helpful: .helpful
        case .notHelpful: .notHelpful
        case .wrong: .wrong
        case .outdated: .outdated
        }
    }
}

struct KnowledgeGapsHandler: MethodHandler {
    typealias Method = KnowledgeGaps
    /// 30 days, in microseconds.
    private static let standardPeriod: Int64 = 30 * 86_400_000_000
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try services.searchLog.flush()
        let since = params.since?.microseconds ?? caller.now - Self.standardPeriod
        let gaps = try services.knowledge.gaps(since: since, limit: params.limit ?? 20)
        return Method.Result(
            gaps: gaps.map { gap in
                Method.Gap(
                    example: gap.example,
                    queries: gap.queries,
                    zeroResults: gap.zeroResults,
                    noUse: gap.noUse,
                    lastAt: Timestamp(microseconds: gap.lastAt),
                    terms: gap.terms
                )
            }
        )
    }
}

struct KnowledgeGetHandler: MethodHandler {
    typealias Method = KnowledgeGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let stored = try services.knowledge.article(
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
            status: ArticleStatus(article.status),
            audience: ArticleAudience(article.audience),
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

extension ArticleStatus {
    /// The state as the wire names it.
    init(_ status: Article.Status) {
        switch status {
        case .draft: self = .draft
        case .published: self = .published
        case .retired: self = .retired
        }
    }

    /// The state as the module names it.
    var status: Article.Status {
        switch self {
        case .draft: .draft
        case .published: .published
        case .retired: .retired
        }
    }
}

extension ArticleAudience {
    /// The audience as the wire names it.
    init(_ audience: Article.Audience) {
        switch audience {
        case .agent: self = .agent
        case .supervisor: self = .supervisor
        case .knowledgeManager: self = .knowledgeManager
        }
    }
}

struct KnowledgeHistoryHandler: MethodHandler {
    typealias Method = KnowledgeHistory
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let key = ArticleKey(id: params.articleId, locale: params.locale ?? "en")
        let versions = try services.knowledge.history(of: key, visibility: caller.visibility, now: caller.now)
        return Method.Result(versions: versions.map(VersionEntry.init))
    }
}

extension VersionEntry {
    /// A version as the wire shows it.
    init(_ version: Version) {
        self.init(
            version: Int(version.number),
            sha256: version.sha256,
            at: Timestamp(microseconds: version.at),
            by: version.by,
            note: version.note
        )
    }
}

struct KnowledgeImportHandler: MethodHandler {
    typealias Method = KnowledgeImport
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let start = Monotonic.nanoseconds()
        let bytes = Array(Self.withoutDeclaration(params.xml).utf8)
        let document = ImportDocument(bytes: bytes, name: "xml")
        var request = ArticleImport(documents: [document], source: params.source ?? "local")
        request.library = services.mappings.library
        request.mapping = try params.mapping.map(mapping)
        request.isDryRun = params.dryRun ?? false
        request.expectedVersion = params.expectedVersion.map(Int64.init)
        request.adopts = params.adopt ?? false
        request.prunes = params.prune ?? false
        request.isForced = params.force ?? false
        let part = params.importId.map { id in
            ImportShelf.Part(
                subject: caller.principal.subject,
                importID: id,
                number: params.part ?? 1,
                source: request.source
            )
        }
        if let part { request.heldBefore = try services.imports.held(before: part, now: caller.now) }
        for id in params.held ?? [] { request.heldBefore.insertFailed(id) }
        let summary = try await services.knowledge.importArticles(
            request,
            by: caller.principal.auditActor,
            now: caller.now
        )
        if let part {
            var held = request.heldBefore
            held.formUnion(summary.held)
            try services.imports.keep(held, of: part, isLast: request.prunes, now: caller.now)
        }
        try services.index.catchUp()
        return ImportReport(summary, source: request.source, seconds: Monotonic.milliseconds(since: start) / 1_000)
    }

    /// A string is Unicode already, whatever encoding its XML declaration names; the declaration becomes spaces, so that
    /// lines and columns stay.
    private static func withoutDeclaration(_ xml: String) -> String {
        guard xml.hasPrefix("<?xml "), let end = xml.firstRange(of: "?>") else { return xml }
        return xml[..<end.upperBound].map { $0.isNewline ? "\n" : " " }.joined() + xml[end.upperBound...]
    }

    /// A mapping by its name only: a caller never names files of the server.
    private func mapping(_ name: String) throws -> Mapping {
        let known = services.mappings.library.mappings
        guard let mapping = known.first(where: { $0.name == name }) else {
            let names = known.map(\.name).sorted().joined(separator: ", ")
            throw KnowledgeError(.invalid, "one of the mappings \(names)", argument: "mapping")
        }
        return mapping
    }
}

extension ImportReport {
    /// The report of an import that took some time.
    package init(_ summary: ImportSummary, source: String, seconds: Double) {
        self.init(source: source)
        read = summary.read
        created = summary.created
        updated = summary.updated
        unchanged = summary.unchanged
        retired = summary.retired
        failed = summary.failed
        skipped = summary.skipped
        reduced = summary.reduced
        refusal = summary.refusal
        failures = summary.failures.map { failure in
            Failure(
                record: failure.record,
                file: failure.file,
                line: failure.line == 0 ? nil : failure.line,
                error: "\(failure.error)"
            )
        }
        self.seconds = (seconds * 1_000).rounded() / 1_000
        let megabytes = Double(summary.bytes) / 1_000_000
        megabytesPerSecond = seconds > 0 ? (megabytes / seconds * 100).rounded() / 100 : 0
    }
}

struct KnowledgeIssuesHandler: MethodHandler {
    typealias Method = KnowledgeIssues
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let limit = params.limit ?? 50
        let offset = try OffsetCursor.offset(params.cursor)
        let found = try services.knowledge.issues(
            isOpen: params.status != .resolved,
            offset: offset,
            limit: limit + 1
        )
        return Method.Result(
            issues: found.prefix(limit).map(issue),
            nextCursor: found.count > limit ? OffsetCursor.text(offset + limit) : nil
        )
    }

    private func issue(_ issue: ArticleIssue) -> Method.Issue {
        Method.Issue(
            issueId: issue.id,
            articleId: issue.key.id,
            locale: issue.key.locale,
            verdict: KnowledgeFeedback.Verdict(issue.verdict),
            status: issue.isOpen ? .open : .resolved,
            reports: Int(issue.reports),
            comments: issue.comments,
            openedAt: Timestamp(microseconds: issue.openedAt),
            lastAt: Timestamp(microseconds: issue.lastAt),
            outcome: issue.outcome,
            resolvedBy: issue.resolvedBy
        )
    }
}

extension KnowledgeFeedback.Verdict {
    /// The verdict as the wire names it.
    init(_ verdict: Verdict) {
        switch verdict {
        case .shown: self = .shown
        case .opened: self = .opened
        case .used: self = .used
        case .helpful: self = .helpful
        case .notHelpful: self = .notHelpful
        case .wrong: self = .wrong
        case .outdated: self = .outdated
        }
    }
}

struct KnowledgeListHandler: MethodHandler {
    typealias Method = KnowledgeList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let filter = ArticleFilter(
            status: params.status?.status,
            tags: params.tags ?? [],
            locale: params.locale,
            expiringBefore: params.expiringBefore?.microseconds,
            unusedSince: params.unusedSince?.microseconds,
            after: try params.cursor.map(number),
            limit: params.limit ?? 50
        )
        let (articles, isComplete) = try services.knowledge.list(
            filter,
            visibility: caller.visibility,
            now: caller.now
        )
        return Method.Result(
            articles: articles.map(listing),
            nextCursor: isComplete ? nil : articles.last.map { String($0.number) }
        )
    }

    private func number(_ cursor: String) throws -> Int64 {
        guard let number = Int64(cursor), number >= 0 else {
            throw KnowledgeError(.invalid, "the cursor is not one of this method", argument: "cursor")
        }
        return number
    }

    private func listing(_ article: ArticleListing) -> Method.Article {
        Method.Article(
            articleId: article.key.id,
            version: Int(article.version),
            locale: article.key.locale,
            title: article.title,
            status: ArticleStatus(article.status),
            updatedAt: Timestamp(microseconds: article.updatedAt),
            uses: Int(article.uses),
            validFrom: article.validFrom.map(Timestamp.init(microseconds:)),
            validUntil: article.validUntil.map(Timestamp.init(microseconds:))
        )
    }
}

struct KnowledgePublishHandler: MethodHandler {
    typealias Method = KnowledgePublish
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let stored = try services.knowledge.setStatus(
            .published,
            of: ArticleKey(id: params.articleId, locale: params.locale ?? "en"),
            reason: params.note,
            by: caller.principal.auditActor,
            now: caller.now
        )
        try services.index.catchUp()
        return ArticleChange(stored)
    }
}

extension ArticleChange {
    /// The article as it is now.
    init(_ stored: StoredArticle) {
        self.init(
            articleId: stored.article.id,
            locale: stored.article.locale,
            version: Int(stored.version),
            status: ArticleStatus(stored.article.status)
        )
    }
}

struct KnowledgeResolveIssueHandler: MethodHandler {
    typealias Method = KnowledgeResolveIssue
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try services.knowledge.resolveIssue(
            params.issueId,
            outcome: params.outcome,
            by: caller.principal.auditActor,
            now: caller.now
        )
        return Method.Result()
    }
}

struct KnowledgeRestoreHandler: MethodHandler {
    typealias Method = KnowledgeRestore
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let stored = try services.knowledge.restore(
            ArticleKey(id: params.articleId, locale: params.locale ?? "en"),
            version: Int64(params.version),
            reason: params.reason,
            by: caller.principal.auditActor,
            now: caller.now
        )
        try services.index.catchUp()
        return ArticleChange(stored)
    }
}

struct KnowledgeRetireHandler: MethodHandler {
    typealias Method = KnowledgeRetire
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let stored = try services.knowledge.setStatus(
            .retired,
            of: ArticleKey(id: params.articleId, locale: params.locale ?? "en"),
            reason: params.reason,
            by: caller.principal.auditActor,
            now: caller.now
        )
        try services.index.catchUp()
        return ArticleChange(stored)
    }
}

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
