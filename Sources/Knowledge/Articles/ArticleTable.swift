import Storage
import Versioning

/// The SQL statements on articles.
///
/// The table `articles` holds the versions in force; the version chain holds the content of every version.
enum ArticleTable {
    static let chain = VersionChain(kind: "article")
    /// The topic of the change sequence that the search index follows; its keys are ``ArticleKey/text``.
    static let topic = "articles"

    static let migrations = [
        Migration(
            "knowledge-1",
            [
                """
                CREATE TABLE articles (
                    id TEXT NOT NULL,
                    locale TEXT NOT NULL,
                    number BIGINT NOT NULL,
                    version BIGINT NOT NULL,
                    sha256 TEXT NOT NULL,
                    imported_sha256 TEXT,
                    source TEXT NOT NULL,
                    status TEXT NOT NULL,
                    audience TEXT NOT NULL,
                    restrictions TEXT NOT NULL,
                    title TEXT NOT NULL,
                    valid_from_microseconds BIGINT,
                    valid_until_microseconds BIGINT,
                    updated_microseconds BIGINT NOT NULL,
                    PRIMARY KEY (id, locale)
                )
                """,
                "CREATE INDEX articles_by_source ON articles (source)",
                "CREATE INDEX articles_by_number ON articles (number)",
                """
                CREATE TABLE article_tags (
                    id TEXT NOT NULL,
                    locale TEXT NOT NULL,
                    tag TEXT NOT NULL,
                    PRIMARY KEY (tag, id, locale)
                )
                """,
                "CREATE INDEX article_tags_by_article ON article_tags (id, locale)",
                """
                CREATE TABLE article_uses (
                    id TEXT NOT NULL,
                    locale TEXT NOT NULL,
                    uses BIGINT NOT NULL,
                    last_microseconds BIGINT NOT NULL,
                    PRIMARY KEY (id, locale)
                )
                """,
            ]
        ),
        // The source of each version, for articles that have had several: one row for each change of source.
        Migration(
            "knowledge-4",
            [
                """
                CREATE TABLE article_sources (
                    id TEXT NOT NULL,
                    locale TEXT NOT NULL,
                    from_version BIGINT NOT NULL,
                    source TEXT NOT NULL,
                    PRIMARY KEY (id, locale, from_version)
                )
                """
            ]
        ),
    ]

    /// The state of an article in the store, with which an import compares a record.
    struct State {
        let version: Int64
        let sha256: String
        let importedSHA256: String?
        let source: String
        let status: Article.Status
        let audience: Article.Audience
        let restrict: [AttributeCondition]
    }

    static func state(of key: ArticleKey, in transaction: some SQLReading) throws -> State? {
        try transaction.first(
            """
            SELECT version, sha256, imported_sha256, source, status, audience, restrictions FROM articles
            WHERE id = $1 AND locale = $2
            """,
            [.text(key.id), .text(key.locale)]
        ) { row in
            State(
                version: try row.integer("version"),
                sha256: try row.text("sha256"),
                importedSHA256: try row.optionalText("imported_sha256"),
                source: try row.text("source"),
                status: try status(row.text("status")),
                audience: try audience(row.text("audience")),
                restrict: try AttributeCondition.parse(row.text("restrictions"))
            )
        }
    }

    /// Writes a new version and puts it in force; the caller then records the change.
    ///
    /// `imported` is the hash of the imported record, if there is one; `state` is the state before, nil for a new
    /// article.
    static func write(
        _ article: Article,
        content: String,
        imported: String?,
        by actor: String,
        at now: Int64,
        note: String?,
        after state: State?,
        in transaction: WriteTransaction
    ) throws -> (version: Int64, sha256: String) {
        let latest = state?.version ?? 0
        let key = ArticleKey(id: article.id, locale: article.locale)
        let (version, sha256) = try chain.append(
            content,
            to: key.text,
            by: actor,
            at: now,
            note: note,
            after: latest,
            in: transaction
        )
        // The position in lists, assigned once.
        let number = latest == 0 ? try Store.next("articles", in: transaction) : 0
        try transaction.execute(
            """
            INSERT INTO articles (id, locale, version, sha256, imported_sha256, source, status, audience, restrictions,
                title, valid_from_microseconds, valid_until_microseconds, updated_microseconds, number)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT (id, locale) DO UPDATE SET version = excluded.version, sha256 = excluded.sha256,
                imported_sha256 = excluded.imported_sha256, source = excluded.source, status = excluded.status,
                audience = excluded.audience, restrictions = excluded.restrictions, title = excluded.title,
                valid_from_microseconds = excluded.valid_from_microseconds,
                valid_until_microseconds = excluded.valid_until_microseconds,
                updated_microseconds = excluded.updated_microseconds
            """,
            [
                .text(key.id), .text(key.locale), .integer(version), .text(sha256), .optional(imported),
                .text(article.source), .text(article.status.rawValue), .text(article.audience.rawValue),
                .text(article.restrict.map(\.description).joined(separator: " ")), .text(article.title),
                .optional(article.validFrom), .optional(article.validUntil), .integer(now), .integer(number),
            ]
        )
        if let state { try noteSource(article.source, of: key, from: version, after: state, in: transaction) }
        try writeTags(of: article, isNew: version == 1, in: transaction)
        return (version, sha256)
    }

    private static func writeTags(of article: Article, isNew: Bool, in transaction: WriteTransaction) throws {
        if !isNew {
            try transaction.execute(
                "DELETE FROM article_tags WHERE id = $1 AND locale = $2",
                [.text(article.id), .text(article.locale)]
            )
        }
        for tag in article.tags {
            try transaction.execute(
                "INSERT INTO article_tags (id, locale, tag) VALUES ($1, $2, $3) ON CONFLICT (tag, id, locale) DO NOTHING",
                [.text(article.id), .text(article.locale), .text(tag)]
            )
        }
    }

    /// Records the hash of an imported record whose content is already in force, without a new version.
    static func noteImport(
        of key: ArticleKey,
        sha256: String,
        source: String,
        after state: State,
        in transaction: WriteTransaction
    ) throws {
        try noteSource(source, of: key, from: state.version, after: state, in: transaction)
        try transaction.execute(
            "UPDATE articles SET imported_sha256 = $3, source = $4 WHERE id = $1 AND locale = $2",
            [.text(key.id), .text(key.locale), .text(sha256), .text(source)]
        )
    }

    /// The article in force, or one of its earlier versions.
    static func article(
        _ key: ArticleKey,
        version: Int64? = nil,
        in transaction: some SQLReading
    ) throws -> StoredArticle? {
        guard let state = try state(of: key, in: transaction) else { return nil }
        let number = version ?? state.version
        let row = try transaction.first(
            """
            SELECT content, sha256, created_microseconds FROM versions
            WHERE kind = 'article' AND id = $1 AND version = $2
            """,
            [.text(key.text), .integer(number)]
        ) { (try $0.text("content"), try $0.text("sha256"), try $0.integer("created_microseconds")) }
        guard let (content, sha256, updatedAt) = row else { return nil }
        let source = number == state.version ? state.source : try source(of: key, version: number, in: transaction)
        let article = try Article(canonicalXML: content, source: source ?? state.source)
        return StoredArticle(article: article, version: number, sha256: sha256, updatedAt: updatedAt)
    }

    /// The keys of a source's articles that are not retired, sorted.
    static func keys(ofSource source: String, in transaction: some SQLReading) throws -> [ArticleKey] {
        try transaction.rows(
            "SELECT id, locale FROM articles WHERE source = $1 AND status <> 'retired' ORDER BY id, locale",
            [.text(source)]
        ) { ArticleKey(id: try $0.text("id"), locale: try $0.text("locale")) }
    }

    /// The languages in which an article exists, sorted.
    static func locales(of id: String, in transaction: some SQLReading) throws -> [String] {
        try transaction.rows(
            "SELECT locale FROM articles WHERE id = $1 ORDER BY locale",
            [.text(id)]
        ) { try $0.text("locale") }
    }

    private static func audience(_ text: String) throws -> Article.Audience {
        try Article.Audience(stored: text, as: "the audience of an article")
    }

    static func status(_ text: String) throws -> Article.Status {
        try Article.Status(stored: text, as: "the status of an article")
    }
}
