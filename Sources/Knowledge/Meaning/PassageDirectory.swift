package import TextSearch
import VectorIndex

/// Which passages there are, of which articles, and who may see them.
///
/// A passage has a number, under which its vector is in the index of vectors. A number is used again only after its vector
/// has been taken out there (``release(_:)``).
package struct PassageDirectory {
    /// An article with vectors for all of its passages.
    package struct Article: Sendable, Hashable {
        /// Its ``ArticleKey/text``.
        let key: String
        let content: ArticleContent
        let traits: PassageFilters.Traits
        /// The numbers of its passages.
        let passages: [UInt32]

        package init(key: String, content: ArticleContent, traits: PassageFilters.Traits, passages: [UInt32]) {
            (self.key, self.content, self.traits, self.passages) = (key, content, traits, passages)
        }
    }

    /// What is known of a passage.
    package struct Row: Sendable, Hashable {
        let place: FieldRange
        /// The beginning of the SHA-256 of its text.
        let hash: UInt64

        package init(place: FieldRange, hash: UInt64) { (self.place, self.hash) = (place, hash) }
    }

    private var articles: [Article?] = []
    private var freeArticles: [UInt32] = []
    private var numbers: [String: UInt32] = [:]
    private var rows: [Row?] = []
    private var owners: [UInt32] = []
    /// When each passage was entered, in changes of this directory.
    private var entered: [UInt64] = []
    private var freePassages: [UInt32] = []
    private(set) var filters = PassageFilters()
    /// The number of passages.
    private(set) var count = 0
    /// The number of changes.
    private(set) var changes: UInt64 = 0

    /// An empty directory.
    init() {}

    /// The articles that were saved, with numbers below `passages`; those of no article still have to be released.
    init(_ saved: [PassageFile.Entry], labels: [String], passages: Int) {
        for label in labels { _ = filters.number(of: label) }
        _ = allocate(passages)
        numbers.reserveCapacity(saved.count)
        for entry in saved { insert(entry.article, entry.rows) }
    }

    /// The articles in the order of their keys.
    var all: [Article] { articles.compactMap(\.self).sorted { $0.key < $1.key } }

    /// The keys of the articles, in no order.
    var keys: some Collection<String> { numbers.keys }

    /// The content with which an article was entered; nil if it was not.
    func content(of key: String) -> ArticleContent? { numbers[key].flatMap { articles[Int($0)]?.content } }

    /// An article by its key.
    func article(_ key: String) -> Article? { numbers[key].flatMap { articles[Int($0)] } }

    /// The passages of some articles that are in a set.
    func passages(of keys: some Sequence<String>, within visible: IdentifierSet) -> IdentifierSet {
        var members = IdentifierSet()
        for key in keys {
            guard let number = numbers[key], let passages = articles[Int(number)]?.passages else { continue }
            for passage in passages where visible.contains(passage) { members.insert(passage) }
        }
        return members
    }

    /// A passage by its number; nil if there is none.
    func row(_ passage: UInt32) -> Row? { Int(passage) < rows.count ? rows[Int(passage)] : nil }

    /// The hashes of all passages.
    var hashes: Set<UInt64> { Set(rows.lazy.compactMap { $0?.hash }) }

    /// Takes numbers for new passages, which belong to nobody until their article is entered.
    mutating func allocate(_ count: Int) -> [UInt32] {
        let reused = freePassages.suffix(count)
        freePassages.removeLast(reused.count)
        var result = Array(reused)
        while result.count < count {
            result.append(UInt32(rows.count))
            rows.append(nil)
            owners.append(0)
            entered.append(0)
        }
        return result
    }

    /// Gives numbers back that were taken; nothing has them any more.
    mutating func release(_ passages: [UInt32]) { freePassages += passages }

    /// The number of a label of articles.
    mutating func number(ofLabel label: String) -> UInt32 { filters.number(of: label) }

    /// Enters an article, of which there is none of this key, with its passages under the numbers that it says.
    mutating func insert(_ article: Article, _ passages: [Row]) {
        precondition(numbers[article.key] == nil && passages.count == article.passages.count, "an article is new")
        changes += 1
        let number = freeArticles.popLast() ?? UInt32(articles.count)
        if Int(number) == articles.count { articles.append(article) } else { articles[Int(number)] = article }
        numbers[article.key] = number
        for (passage, row) in zip(article.passages, passages) {
            rows[Int(passage)] = row
            owners[Int(passage)] = number
            entered[Int(passage)] = changes
        }
        count += passages.count
        filters.insert(article.passages, of: number, article.traits)
    }

    /// Takes an article out.
    ///
    /// - Returns: the numbers of its passages, which are to be released once their vectors are gone.
    mutating func remove(_ key: String) -> [UInt32] {
        guard let number = numbers.removeValue(forKey: key), let article = articles[Int(number)] else { return [] }
        changes += 1
        articles[Int(number)] = nil
        freeArticles.append(number)
        for passage in article.passages { rows[Int(passage)] = nil }
        count -= article.passages.count
        filters.remove(article.passages, of: number)
        return article.passages
    }

    /// The passages that a filter admits.
    mutating func members(of filter: SearchFilter) -> IdentifierSet {
        let articles = articles
        return filters.members(of: filter) {
            articles.compactMap { article in article.map { ($0.traits, $0.passages) } }
        }
    }

    /// The number of the article of a passage, unless it was entered after the change of a number: it was not in the sets
    /// made before.
    func owner(of passage: UInt32, enteredUpTo change: UInt64) -> UInt32? {
        guard row(passage) != nil, entered[Int(passage)] <= change else { return nil }
        return owners[Int(passage)]
    }

    /// The key of an article by its number.
    func key(ofArticle number: UInt32) -> String? { articles[Int(number)]?.key }
}

/// What identifies the content of an article, together with its key.
package struct ArticleContent: Sendable, Hashable {
    let version: Int64
    /// The SHA-256 of the content, in hexadecimal.
    let sha256: String

    package init(version: Int64, sha256: String) { (self.version, self.sha256) = (version, sha256) }
}
