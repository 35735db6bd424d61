package import AuditTrail
package import Storage

extension KnowledgeBase {
    /// Compares the version in force of every article, and the columns derived from it, with the content hash last
    /// recorded in the audit log.
    package static func verifyRows(in transaction: some SQLReading) throws -> AuditRowCheck {
        var check = AuditRowCheck(kind: "article")
        var hashes: [String: String] = [:]
        try AuditLog.forEachLatest(ofModule: "knowledge", in: transaction) { hashes[$0.event.target] = $0.event.after }
        try transaction.forEach(
            """
            SELECT a.id, a.locale, a.sha256, v.sha256 AS version_sha256, v.content, a.source, a.status, a.audience,
                a.restrictions, a.title, a.valid_from_microseconds, a.valid_until_microseconds
            FROM articles a LEFT JOIN versions v
            ON v.kind = 'article' AND v.id = a.locale || '/' || a.id AND v.version = a.version ORDER BY a.id, a.locale
            """
        ) { row in
            let key = ArticleKey(id: try row.text("id"), locale: try row.text("locale"))
            check.note(key.text, try problem(row, key, known: hashes.removeValue(forKey: key.text)))
        }
        for key in hashes.keys.sorted() { check.note(key, "it is gone") }
        return check
    }

    private static func problem(_ row: SQLRow, _ key: ArticleKey, known: String?) throws -> String? {
        guard let known else { return "the log does not tell of it" }
        guard try row.text("sha256") == known else { return "what is in force is not what the log last put in force" }
        guard try row.optionalText("version_sha256") == known, let content = try row.optionalText("content"),
            let article = try? Article(canonicalXML: content, source: row.text("source"))
        else { return "the version in force is gone or another one" }
        let columns: [String?] = [
            key.id, key.locale, try row.optionalText("status"), try row.optionalText("audience"),
            try row.optionalText("restrictions"), try row.optionalText("title"),
            try row.optionalInteger("valid_from_microseconds").map(String.init),
            try row.optionalInteger("valid_until_microseconds").map(String.init),
        ]
        let expected: [String?] = [
            article.id, article.locale, article.status.rawValue, article.audience.rawValue,
            article.restrict.map(\.description).joined(separator: " "), article.title,
            article.validFrom.map { String($0) }, article.validUntil.map { String($0) },
        ]
        return columns == expected ? nil : "it is listed otherwise than its content says"
    }
}
