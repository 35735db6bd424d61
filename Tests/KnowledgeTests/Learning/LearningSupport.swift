import Access
import Knowledge
import Storage
import Vocabulary

extension MeaningDesk {
    static let day: Int64 = 86_400_000_000

    /// Somebody who uses articles or searches.
    static func principal(
        _ subject: String,
        _ roles: Set<Role> = [.agent],
        _ attributes: [String: AttributeValue] = [:]
    ) -> Principal {
        Principal(subject: subject, roles: roles, attributes: attributes)
    }

    /// Gives feedback on an article after words of a customer, and encodes them.
    func use(
        _ id: String,
        after words: String,
        by user: Principal,
        _ verdict: ArticleVerdict = .used,
        conversation: String? = nil,
        locale: String = "en"
    ) async throws {
        try await note(id, after: words, by: user, verdict, conversation: conversation, locale: locale)
        try await learn()
    }

    /// The same without encoding.
    func note(
        _ id: String,
        after words: String,
        by user: Principal,
        _ verdict: ArticleVerdict = .used,
        conversation: String? = nil,
        locale: String = "en"
    ) async throws {
        let said = PrecedentDraft.Said(words, locale: locale)
        let feedback = ArticleFeedback(
            verdict: verdict,
            conversationID: conversation,
            precedent: index.precedent(after: [said], by: user)
        )
        let now = now
        try await store.write(durability: .process) { transaction in
            // Without the vote, which would move the article by itself.
            try KnowledgeBase.learn(
                from: feedback,
                on: ArticleKey(id: id, locale: "en"),
                now: now,
                in: transaction
            )
        }
    }

    /// Follows the store and encodes the words that wait.
    func learn() async throws {
        try await index.catchUp()
        while try await index.learnNext(on: InlineThreads(count: 1)) {}
    }

    /// The neighbours of words, as somebody sees them.
    func neighbours(
        of words: String,
        as roles: Set<Role> = [.knowledgeManager],
        limit: Int = 100
    ) async throws -> [NeighbouringWords] {
        try await index.neighbours(
            of: words,
            limit: limit,
            locale: "en",
            visibility: ArticleVisibility(of: Self.principal("someone", roles)),
            now: now
        )
    }

    /// The columns of all precedents as texts.
    func stored() async throws -> [String] {
        try await store.read { transaction in
            try transaction.rows(
                "SELECT person, text, article_id, uses, opens FROM precedents ORDER BY precedent_id"
            ) {
                "\(try $0.text("text")) \(try $0.text("article_id")) \(try $0.integer("uses")) \(try $0.integer("opens"))"
            }
        }
    }
}
