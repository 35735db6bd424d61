import Access
package import AuditTrail
package import Storage
package import Versioning
package import Vocabulary

/// Reads, imports, publishes, retires and restores articles; every change is a new version in the chain.
///
/// ## Topics
/// - ``article(_:version:locales:isLocaleBinding:visibility:now:)``
/// - ``list(_:visibility:now:)``
/// - ``setStatus(_:of:reason:by:now:)``
/// - ``restore(_:version:reason:by:now:)``
package struct KnowledgeBase: Sendable {
    let store: Store

    package init(store: Store) { self.store = store }

    /// The migrations that create this module's tables.
    package static let migrations =
        ArticleTable.migrations + LearningTables.migrations + PassageTable.migrations
        + PrecedentTable.migrations

    /// An article that the caller may see.
    ///
    /// - Parameters:
    ///   - id: the article.
    ///   - version: an earlier version; nil for the version in force.
    ///   - locales: the languages to try in order.
    ///   - isLocaleBinding: whether only `locales` are accepted; otherwise any other language of the article is the
    ///     last resort.
    ///   - visibility: what the caller may see.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the article.
    /// - Throws: ``KnowledgeError`` `notFound`, also when the caller may not see the article.
    package func article(
        _ id: String,
        version: Int64? = nil,
        locales: [String],
        isLocaleBinding: Bool = false,
        visibility: ArticleVisibility,
        now: Int64
    ) async throws -> StoredArticle {
        try await store.read { transaction in
            let known = try ArticleTable.locales(of: id, in: transaction)
            let others = isLocaleBinding ? [] : known.filter { !locales.contains($0) }
            for locale in locales.filter(known.contains) + others {
                let key = ArticleKey(id: id, locale: locale)
                guard let current = try ArticleTable.article(key, in: transaction),
                    visibility.includes(current.article, now: now)
                else { continue }
                guard let version, version != current.version else { return current }
                let earlier = try ArticleTable.article(key, version: version, in: transaction)
                guard let earlier, visibility.includes(earlier.article, now: now) else {
                    throw KnowledgeError(.notFound, "the article “\(id)” has no version \(version)")
                }
                return earlier
            }
            throw KnowledgeError(.notFound, "there is no article “\(id)”")
        }
    }

    /// Every version of an article, newest first.
    ///
    /// - Throws: ``KnowledgeError`` `notFound`.
    package func history(of key: ArticleKey, visibility: ArticleVisibility, now: Int64) async throws -> [Version] {
        try await store.read { transaction in
            guard let current = try ArticleTable.article(key, in: transaction),
                visibility.includes(current.article, now: now)
            else { throw KnowledgeError(.notFound, "there is no article “\(key.id)” in “\(key.locale)”") }
            return try ArticleTable.chain.history(of: key.text, in: transaction)
        }
    }

    /// Changes an article's status, for example to publish or retire it.
    ///
    /// - Throws: ``KnowledgeError`` `notFound`; `conflict` when it already has that status.
    package func setStatus(
        _ status: ArticleStatus,
        of key: ArticleKey,
        reason: String?,
        by actor: AuditActor,
        now: Int64
    ) async throws -> StoredArticle {
        try await change(key, action: status == .published ? "publish" : "retire", reason: reason, by: actor, now: now)
        {
            article,
            _ in
            guard article.status != status else {
                throw KnowledgeError(.conflict, "the article “\(key.id)” is already \(status.rawValue)")
            }
            article.status = status
        }
    }

    /// Writes a new version with the content of an earlier one, and returns the article to that version's source.
    ///
    /// - Throws: ``KnowledgeError`` `notFound`; `conflict` when that content is already in force.
    package func restore(
        _ key: ArticleKey,
        version: Int64,
        reason: String,
        by actor: AuditActor,
        now: Int64
    ) async throws -> StoredArticle {
        try await change(key, action: "restore", details: "version \(version)", reason: reason, by: actor, now: now) {
            article,
            transaction in
            guard let earlier = try ArticleTable.article(key, version: version, in: transaction) else {
                throw KnowledgeError(.notFound, "the article “\(key.id)” has no version \(version)")
            }
            guard earlier.article != article else {
                throw KnowledgeError(.conflict, "version \(version) has the content that is in force")
            }
            article = earlier.article
        }
    }

    /// Loads an article, changes it with `edit`, and writes the result as a new version.
    private func change(
        _ key: ArticleKey,
        action: String,
        details: String? = nil,
        reason: String?,
        by actor: AuditActor,
        now: Int64,
        _ edit: @Sendable @escaping (inout Article, WriteTransaction) throws -> Void
    ) async throws -> StoredArticle {
        try await store.write { transaction in
            guard let state = try ArticleTable.state(of: key, in: transaction),
                let current = try ArticleTable.article(key, in: transaction)
            else { throw KnowledgeError(.notFound, "there is no article “\(key.id)” in “\(key.locale)”") }
            var article = current.article
            try edit(&article, transaction)
            let note = [details, reason].compactMap(\.self).joined(separator: ": ")
            let (version, sha256) = try ArticleTable.write(
                article,
                content: article.canonicalXML,
                imported: state.importedSHA256,
                by: actor.name,
                at: now,
                note: note.isEmpty ? nil : note,
                after: state,
                in: transaction
            )
            try Store.recordChanges(topic: ArticleTable.topic, keys: [key.text], in: transaction)
            let event = AuditEvent(
                actor: actor,
                action: "knowledge.\(action)",
                target: key.text,
                before: current.sha256,
                after: sha256,
                details: details,
                text: reason
            )
            try AuditLog.append([event], at: now, in: transaction)
            return StoredArticle(article: article, version: version, sha256: sha256, updatedAt: now)
        }
    }
}
