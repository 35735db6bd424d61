import Storage

extension ArticleTable {
    /// The source of a version; nil if the article has only ever had its current source.
    static func source(of key: ArticleKey, version: Int64, in transaction: some SQLReading) throws -> String? {
        try transaction.first(
            """
            SELECT source FROM article_sources WHERE id = $1 AND locale = $2 AND from_version <= $3
            ORDER BY from_version DESC LIMIT 1
            """,
            [.text(key.id), .text(key.locale), .integer(version)]
        ) { try $0.text("source") }
    }

    /// Records that an article belongs to another source from a version on; earlier versions keep theirs.
    static func noteSource(
        _ source: String,
        of key: ArticleKey,
        from version: Int64,
        after state: State,
        in transaction: WriteTransaction
    ) throws {
        guard source != state.source else { return }
        if try self.source(of: key, version: state.version, in: transaction) == nil {
            try note(state.source, of: key, from: 1, in: transaction)
        }
        try note(source, of: key, from: version, in: transaction)
    }

    private static func note(
        _ source: String,
        of key: ArticleKey,
        from version: Int64,
        in transaction: WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO article_sources (id, locale, from_version, source) VALUES ($1, $2, $3, $4)
            ON CONFLICT (id, locale, from_version) DO UPDATE SET source = excluded.source
            """,
            [.text(key.id), .text(key.locale), .integer(version), .text(source)]
        )
    }
}
