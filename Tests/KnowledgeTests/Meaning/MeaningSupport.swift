import Access
import AuditTrail
import Foundation
import Knowledge
import Storage
import TestStores
import Synchronization
import Versioning
import Vocabulary

/// An encoder that knows a few words of the same meaning, and otherwise takes each word for a meaning of its own.
///
/// A vector is the sum of pseudorandom directions, one for each meaning, and of a direction that all texts share.
final class SmallEncoder: Sendable {
    static let dimension = 384
    private static let meanings: [String: String] = [
        "package": "parcel", "box": "parcel", "delivery": "parcel", "money": "refund", "cash": "refund",
        "repay": "refund", "tardy": "late", "overdue": "late",
    ]

    private let texts = Mutex<[String]>([])
    private let queries = Mutex<[String]>([])
    private let known: Set<String>
    private let seed: UInt64
    private let identity: String

    init(identity: String = "small", seed: UInt64 = 1, known: Set<String> = []) {
        (self.identity, self.seed, self.known) = (identity, seed, known)
    }

    /// The queries that were encoded.
    var asked: [String] { queries.withLock { $0 } }

    /// The passages that were encoded.
    var encoded: [String] { texts.withLock { $0 } }

    func forget() { texts.withLock { $0 = [] } }

    var encoder: PassageEncoder {
        PassageEncoder(
            name: "small",
            identity: identity,
            dimension: Self.dimension,
            knowing: { [known] in known.contains($0) }
        ) { [self] texts, role in
            if role == .passage { self.texts.withLock { $0 += texts } } else { queries.withLock { $0 += texts } }
            return texts.map(vector)
        }
    }

    private func vector(_ text: String) -> [Float] {
        var sum = direction("", weight: 1)
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            let meaning = Self.meanings[String(word)] ?? String(word)
            for (place, value) in direction(meaning, weight: 2).enumerated() { sum[place] += value }
        }
        return sum
    }

    private func direction(_ text: String, weight: Float) -> [Float] {
        var state = text.utf8.reduce(seed &* 0x9E37_79B9_7F4A_7C15) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        return (0..<Self.dimension).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return weight * (Float(state >> 40) / Float(1 << 23) - 1)
        }
    }
}

/// Runs background work at once, on the calling thread.
struct InlineThreads: BackgroundThreads {
    let count: Int

    func run<T: Sendable>(_ body: @Sendable @escaping () -> T) async -> T { body() }
}

/// A store with articles, and an index with a small encoder that follows it.
final class MeaningDesk {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("meaning-\(UUID().uuidString)")
    let store: Store
    let knowledge: KnowledgeBase
    let small: SmallEncoder
    var index: KnowledgeIndex
    var now: Int64 = 1_795_000_000_000_000

    var path: String { folder.appendingPathComponent("search.index").path }

    init(_ small: SmallEncoder = SmallEncoder()) throws {
        let migrations = AuditLog.migrations + VersionChain.migrations + KnowledgeBase.migrations
        store = try Store(testing: folder, migrations: migrations)
        // A store in a database makes no folder.
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        knowledge = KnowledgeBase(store: store)
        self.small = small
        index = try KnowledgeIndex(store: store, savedPath: nil, encoder: small.encoder)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func put(_ articles: String) async throws {
        let xml = "<articles xmlns=\"urn:frontline:knowledge:1\">\n\(articles)</articles>"
        let request = ArticleImport(documents: [ImportDocument(bytes: Array(xml.utf8), name: "a.xml")], source: "local")
        let summary = try await knowledge.importArticles(request, by: "test", now: now)
        precondition(summary.failed == 0, "the test's articles are valid")
    }

    /// Imports articles, and embeds them.
    func publish(_ articles: String) async throws {
        try await put(articles)
        try await embed()
    }

    /// Follows the store and embeds what waits.
    func embed(threads: Int = 1) async throws {
        try await index.catchUp()
        while try await index.embedNext(on: InlineThreads(count: threads), now: now) {}
    }

    /// Opens another index over the same store, as a program that starts does.
    func reopen(saved: Bool = false, _ encoder: SmallEncoder? = nil) throws {
        index = try KnowledgeIndex(
            store: store,
            savedPath: saved ? path : nil,
            encoder: (encoder ?? small).encoder
        )
    }

    func found(
        _ text: String,
        _ mode: SearchMode? = nil,
        locale: String = "en",
        limit: Int = 10,
        offset: Int = 0,
        as roles: Set<Role> = [.agent],
        _ attributes: [String: AttributeValue] = [:]
    ) throws -> [KnowledgeHit] {
        let query = KnowledgeQuery(text: text, locale: locale, limit: limit, offset: offset, mode: mode)
        let principal = Principal(subject: "someone", roles: roles, attributes: attributes)
        return try index.search(query, visibility: ArticleVisibility(of: principal), now: now).hits
    }
}

/// A native article.
func article(
    _ id: String,
    _ title: String,
    _ body: String = "Text.",
    _ attributes: String = "",
    keywords: [String] = [],
    asked: [String] = []
) -> String {
    let words = keywords.isEmpty ? "" : "<keywords>\(keywords.map { "<keyword>\($0)</keyword>" }.joined())</keywords>"
    let phrases = asked.map { "<asked>\($0)</asked>" }.joined()
    return """
        <article id="\(id)" \(attributes)><title>\(title)</title>\(words)\(phrases)\
        <section kind="body"><p>\(body)</p></section></article>

        """
}
