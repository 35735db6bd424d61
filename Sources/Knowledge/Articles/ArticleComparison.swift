import Storage
package import Vocabulary

/// One difference between two versions of an article.
package struct ArticleDifference: Sendable, Hashable {
    /// The part that changed: `title`, `tags` and so on, or a section by its kind and title.
    package let section: String
    package let kind: ChangeKind
    /// A description of the difference.
    package let text: String
}

/// Describes the difference between two versions of an article for readers of the article.
///
/// Sections are compared by their plain text (``Article/Section/text``), line by line. Of a changed line only the words
/// around the change are quoted.
enum ArticleComparison {
    /// The longest text quoted, in characters.
    private static let maximumQuote = 160
    /// The largest product of the two line counts for which sections are compared line by line.
    private static let maximumWork = 4_000_000
    /// Words quoted before and after a change.
    private static let context = 4

    /// All differences: first the metadata, then the sections in order.
    static func changes(from old: Article, to new: Article) -> [ArticleDifference] {
        facts(old, new) + lists(old, new) + sections(old.sections, new.sections)
    }

    // MARK: Metadata

    private static func facts(_ old: Article, _ new: Article) -> [ArticleDifference] {
        let time = { (moment: Int64?) in moment.map { ArticleTime.text(of: $0) } }
        let pairs: [(name: String, old: String?, new: String?)] = [
            ("title", old.title, new.title), ("summary", old.summary, new.summary),
            ("status", old.status.rawValue, new.status.rawValue),
            ("audience", old.audience.rawValue, new.audience.rawValue),
            ("valid_from", time(old.validFrom), time(new.validFrom)),
            ("valid_until", time(old.validUntil), time(new.validUntil)),
        ]
        return pairs.compactMap { name, old, new in
            switch (old, new) {
            case (let old?, let new?) where old != new:
                ArticleDifference(section: name, kind: .changed, text: change(old, new))
            case (nil, let new?): ArticleDifference(section: name, kind: .added, text: quoted(new))
            case (let old?, nil): ArticleDifference(section: name, kind: .removed, text: quoted(old))
            default: nil
            }
        }
    }

    private static func lists(_ old: Article, _ new: Article) -> [ArticleDifference] {
        let pairs = [
            ("keywords", old.keywords, new.keywords), ("tags", old.tags, new.tags),
            ("restrict", old.restrict.map(\.description), new.restrict.map(\.description)),
        ]
        return pairs.flatMap { name, old, new in
            let gone = old.filter { !new.contains($0) }
            let added = new.filter { !old.contains($0) }
            return [(ChangeKind.removed, gone), (.added, added)].compactMap {
                kind,
                values -> ArticleDifference? in
                guard !values.isEmpty else { return nil }
                let text = values.map(quoted).joined(separator: ", ")
                return ArticleDifference(section: name, kind: kind, text: text)
            }
        }
    }

    // MARK: Sections

    private static func sections(_ old: [Article.Section], _ new: [Article.Section]) -> [ArticleDifference] {
        let partners = partners(of: new, in: old)
        var differences: [ArticleDifference] = []
        for (position, section) in new.enumerated() {
            if let partner = partners[position] {
                differences += compare(old[partner], section)
            } else {
                differences.append(whole(section, .added))
            }
        }
        let kept = Set(partners.compactMap { $0 })
        differences += old.indices.filter { !kept.contains($0) }.map { whole(old[$0], .removed) }
        let order = partners.compactMap { $0 }
        if order != order.sorted() {
            let text = "the sections are in a different order"
            differences.append(ArticleDifference(section: "sections", kind: .changed, text: text))
        }
        return differences
    }

    /// Pairs each new section with the old one of the same kind and title, or else of the same kind.
    private static func partners(of new: [Article.Section], in old: [Article.Section]) -> [Int?] {
        var free = Array(old.indices)
        var partners = [Int?](repeating: nil, count: new.count)
        let take = { (position: Int, matches: (Article.Section) -> Bool) in
            guard partners[position] == nil, let place = free.firstIndex(where: { matches(old[$0]) }) else { return }
            partners[position] = free.remove(at: place)
        }
        for (position, section) in new.enumerated() {
            take(position) { $0.kind == section.kind && $0.title == section.title }
        }
        for (position, section) in new.enumerated() { take(position) { $0.kind == section.kind } }
        return partners
    }

    private static func compare(_ old: Article.Section, _ new: Article.Section) -> [ArticleDifference] {
        let name = name(of: new)
        var differences: [ArticleDifference] = []
        if old.title != new.title {
            let text = "its title: " + change(old.title ?? "", new.title ?? "")
            differences.append(ArticleDifference(section: name, kind: .changed, text: text))
        }
        if old.text == new.text {
            if old.html != new.html {
                let text = "its markup; the words are the same"
                differences.append(ArticleDifference(section: name, kind: .changed, text: text))
            }
            return differences
        }
        let (before, after) = (lines(old.text), lines(new.text))
        guard before.count * after.count <= maximumWork else {
            let text = "rewritten: \(before.count) lines became \(after.count)"
            return differences + [ArticleDifference(section: name, kind: .changed, text: text)]
        }
        return differences + compare(before, after, in: name)
    }

    /// Reports lines removed and added at the same place as one change.
    private static func compare(_ old: [String], _ new: [String], in name: String) -> [ArticleDifference] {
        let difference = new.difference(from: old)
        let removed = Set(difference.removals.map(offset))
        let inserted = Set(difference.insertions.map(offset))
        var differences: [ArticleDifference] = []
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            var (gone, come): ([String], [String]) = ([], [])
            while removed.contains(i) {
                gone.append(old[i])
                i += 1
            }
            while inserted.contains(j) {
                come.append(new[j])
                j += 1
            }
            for index in 0..<max(gone.count, come.count) {
                let (kind, text): (ChangeKind, String) =
                    if index >= gone.count {
                        (.added, quoted(come[index]))
                    } else if index >= come.count {
                        (.removed, quoted(gone[index]))
                    } else {
                        (.changed, change(gone[index], come[index]))
                    }
                differences.append(ArticleDifference(section: name, kind: kind, text: text))
            }
            i += 1
            j += 1
        }
        return differences
    }

    private static func offset(_ change: CollectionDifference<String>.Change) -> Int {
        switch change {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }

    private static func whole(_ section: Article.Section, _ kind: ChangeKind) -> ArticleDifference {
        ArticleDifference(section: name(of: section), kind: kind, text: quoted(section.text))
    }

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingSpaces }.filter { !$0.isEmpty }
    }

    private static func name(of section: Article.Section) -> String {
        section.kind.rawValue + (section.title.map { " “\($0)”" } ?? "")
    }

    // MARK: Words

    /// Quotes the old and the new text, leaving out the common words except for a few around the change.
    private static func change(_ old: String, _ new: String) -> String {
        let (before, after) = (old.split(separator: " "), new.split(separator: " "))
        let start = zip(before, after).prefix { $0 == $1 }.count
        let end = zip(before.dropFirst(start).reversed(), after.dropFirst(start).reversed()).prefix { $0 == $1 }.count
        return excerpt(before, start, end) + " became " + excerpt(after, start, end)
    }

    private static func excerpt(_ words: [Substring], _ start: Int, _ end: Int) -> String {
        let from = max(0, start - context)
        let to = min(words.count, words.count - end + context)
        let text = words[from..<to].joined(separator: " ")
        return quoted((from > 0 ? "… " : "") + text + (to < words.count ? " …" : ""))
    }

    private static func quoted(_ text: some StringProtocol) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " / ")
        return "“" + (line.count > maximumQuote ? line.prefix(maximumQuote) + "…" : line) + "”"
    }
}

extension Substring {
    /// The text without leading and trailing spaces.
    fileprivate var trimmingSpaces: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}

extension KnowledgeBase {
    /// Compares two versions of an article.
    ///
    /// - Throws: ``KnowledgeError`` `notFound` for an article or version that is absent or that the caller may not see.
    package func compare(
        _ key: ArticleKey,
        from: Int64,
        to: Int64,
        visibility: ArticleVisibility,
        now: Int64
    ) async throws -> [ArticleDifference] {
        try await store.read { transaction in
            guard let current = try ArticleTable.article(key, in: transaction),
                visibility.includes(current.article, now: now)
            else {
                throw KnowledgeError(
                    .notFound,
                    "there is no article “\(key.id)” in “\(key.locale)”",
                    argument: "article_id"
                )
            }
            let versions = try [("from", from), ("to", to)].map { argument, number in
                let stored = try ArticleTable.article(key, version: number, in: transaction)
                guard let stored, visibility.includes(stored.article, now: now) else {
                    throw KnowledgeError(
                        .notFound,
                        "the article “\(key.id)” has no version \(number)",
                        argument: argument
                    )
                }
                return stored.article
            }
            return ArticleComparison.changes(from: versions[0], to: versions[1])
        }
    }
}
