import Access
import Assist
import AuditTrail
import Foundation
import Knowledge
import Storage
import Synchronization
import TestStores
import Testing
import Texts
import Versioning
import Vocabulary

/// Suggestions by meaning, with an encoder that knows a handful of texts.
@Suite struct MeaningSuggestionTests {
    @Test func `the fit is that of the reference`() {
        func fit(_ similarity: Double, _ weight: Double, _ rivalry: Double) -> MeaningFit {
            MeaningFit(similarity: similarity, weight: weight, rivalry: rivalry)
        }
        let cases: [(MeaningFit, value: Double, probability: Double)] = [
            (fit(0.45, 0, 0), 0.45, 0.445221), (fit(0.4, 1.13, 0), 0.4565, 0.455518),
            (fit(0.38, 0.4, 0.09), -0.32, 0.005777), (fit(0.97, 1.6, 0), 1.05, 0.973916),
        ]
        for (fit, value, probability) in cases {
            #expect(abs(fit.value - value) < 1e-9)
            #expect(abs(fit.probability - probability) < 1e-6)
        }
        #expect(MeaningFit.offered([0.5, 0.2, 0.41, 0.36, 0.38].map { fit($0, 0, 0) }) == [0, 2, 4, 3])
        #expect(MeaningFit.offered([0.37, 0.3].map { fit($0, 0, 0) }).isEmpty)
        #expect(abs(MeaningIndex.similarity([0.5, 0.4, 0.2, 0.1]) - 0.416667) < 1e-6)
        #expect(abs(MeaningIndex.similarity([0.5, 0.2]) - 0.38) < 1e-9)
    }

    /// What texts mean, by their words: each topic is a direction of its own.
    private static let topics: [String: [Int]] = [
        "parcel": [1], "tracking": [1], "vanished": [1], "fridge": [2], "warm": [2], "weather": [3], "sunny": [3],
        "restricted": [4], "secret": [4],
    ]

    private static func vector(_ text: String) -> [Float] {
        var vector = [Float](repeating: 0, count: 16)
        vector[0] = 0.2
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
            for topic in topics[String(word)] ?? [] { vector[topic] += 1 }
        }
        return vector
    }

    private static let encoder = PassageEncoder(name: "topics", identity: "topics", dimension: 16) { texts, _ in
        texts.map(vector)
    }

    private struct Inline: BackgroundThreads {
        let count = 1

        func run<T: Sendable>(_ body: @Sendable @escaping () -> T) async -> T { body() }
    }

    private static func index() async throws -> KnowledgeIndex { try await desk().index }

    private static func desk() async throws -> (store: Store, index: KnowledgeIndex) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("meaning-\(UUID().uuidString)")
        let store = try Store(
            testing: folder,
            migrations: AuditLog.migrations + VersionChain.migrations + KnowledgeBase.migrations
        )
        func article(_ id: String, _ text: String, _ attributes: String = "") -> String {
            "<article id=\"\(id)\" \(attributes)><title>\(text)</title><section kind=\"body\"><p>\(text)</p></section></article>"
        }
        let xml = """
            <articles xmlns="urn:frontline:knowledge:1">\(article("tracking", "Reading the tracking"))\
            \(article("cooling", "Fridge"))\(article("hidden", "Restricted", "audience=\"supervisor\""))</articles>
            """
        let request = ArticleImport(documents: [ImportDocument(bytes: Array(xml.utf8), name: "a.xml")], source: "local")
        let summary = try await KnowledgeBase(store: store).importArticles(request, by: "test", now: SampleArticles.now)
        try #require(summary.failed == 0)
        let index = try KnowledgeIndex(store: store, savedPath: nil, encoder: encoder)
        while try await index.embedNext(on: Inline(), now: SampleArticles.now) {}
        return (store, index)
    }

    private static let remarks = Remarks("# comment\nsunny weather\nwarm fridge\nsecret")

    private func suggestions(
        _ turns: [String],
        _ index: KnowledgeIndex,
        history: SuggestionHistory = SuggestionHistory(),
        roles: Set<Role> = [.agent]
    ) throws -> [Suggestion] {
        let suggester = Suggester(index: index, remarks: Self.remarks)
        var talk = Talk()
        for turn in turns { talk.hear(turn) }
        suggester.prepare()
        let encoder = suggester.encoder(for: talk, locale: "en")
        return suggester.suggestions(
            for: talk,
            meaning: encoder.flatMap { TalkMeaning(talk.turns, $0) },
            locale: "en",
            history: history,
            visibility: ArticleVisibility(of: Principal(subject: "anna", roles: roles)),
            texts: .english,
            now: SampleArticles.now
        )
    }

    @Test func `an article is offered though none of its words was said, and says why`() async throws {
        let index = try await Self.index()
        let found = try suggestions(["It has vanished."], index)
        #expect(found.map(\.articleID) == ["tracking"])
        #expect(found.first?.because.contains("Reading the tracking") == true)
        #expect(found.allSatisfy { $0.score > 0.3 && $0.score <= 1 && $0.fit >= 1 })
    }

    @Test func `what is nearer to a remark brings nothing, unless the articles answer the remark`() async throws {
        let index = try await Self.index()
        #expect(try suggestions(["What sunny weather for my parcel!"], index).isEmpty)
        #expect(try suggestions(["The fridge is warm."], index).map(\.articleID) == ["cooling"])
    }

    @Test func `articles that the agent may not see neither appear nor silence a remark`() async throws {
        let index = try await Self.index()
        #expect(try suggestions(["It is a secret."], index).isEmpty)
        let supervisor = try suggestions(["It is a secret."], index, roles: [.agent, .supervisor])
        #expect(supervisor.map(\.articleID) == ["hidden"])
        // In this order too: what was computed for the supervisor is not used for the agent.
        #expect(try suggestions(["It is a secret."], index).isEmpty)
    }

    @Test func `what two people used after such words is offered before others, and says so`() async throws {
        let (store, index) = try await Self.desk()
        let words = "It is warm and it has vanished."
        #expect(try suggestions([words], index).map(\.articleID) == ["cooling", "tracking"])
        for subject in ["anna", "ben"] {
            let user = Principal(subject: subject, roles: [.agent])
            let draft = index.precedent(after: [.init("vanished, warm", locale: "en")], by: user)
            try await store.write { transaction in
                try KnowledgeBase.learn(
                    from: ArticleFeedback(verdict: .used, precedent: draft),
                    on: ArticleKey(id: "tracking", locale: "en"),
                    now: SampleArticles.now,
                    in: transaction
                )
            }
            try await index.catchUp()
            while try await index.learnNext(on: Inline()) {}
            let found = try suggestions([words], index)
            let isLifted = subject == "ben"
            #expect(found.map(\.articleID) == (isLifted ? ["tracking", "cooling"] : ["cooling", "tracking"]))
            let sentence = "used 2 times after words like these"
            #expect(found.map { $0.because.contains(sentence) } == [isLifted, false])
        }
        // What is not about the articles stays without suggestions.
        #expect(try suggestions(["What sunny weather for my parcel and my fridge!"], index).isEmpty)
    }

    @Test func `an article is not offered twice with the same fit, nor after it was dismissed`() async throws {
        let index = try await Self.index()
        let first = try #require(try suggestions(["It has vanished."], index).first)
        let history = SuggestionHistory(fits: [first.articleID: first.fit])
        #expect(try suggestions(["It has vanished."], index, history: history).isEmpty)
        #expect(
            try suggestions(["It has vanished."], index, history: SuggestionHistory(dismissed: ["tracking"])).isEmpty
        )
    }

    @Test func `turns without significant words and talk in other languages are not encoded`() async throws {
        let suggester = Suggester(index: try await Self.index(), remarks: Remarks("one\ntwo\nthree"))
        // A few at a time.
        #expect(
            [suggester.prepare(atMost: 2), suggester.prepare(atMost: 2), suggester.prepare(atMost: 2)] == [
                false, true, true,
            ]
        )
        func isEncoded(_ text: String, _ locale: String) -> Bool {
            var talk = Talk()
            talk.hear(text)
            return suggester.encoder(for: talk, locale: locale) != nil
        }
        #expect(isEncoded("It has vanished.", "en-GB"))
        #expect(!isEncoded("Yes please.", "en"))
        #expect(!isEncoded("Mein Paket ist weg.", "de"))
    }

    @Test func `time for encoding is used up, comes back, and is saved up to a bound`() {
        let clock = Mutex(UInt64(1_000_000_000))
        let budget = EncodingBudget(share: 0.5) { clock.withLock { $0 } }
        func spend(milliseconds: UInt64) -> Bool {
            budget.spend { clock.withLock { $0 += milliseconds * 1_000_000 } } != nil
        }
        func wait(milliseconds: UInt64) { clock.withLock { $0 += milliseconds * 1_000_000 } }
        #expect(spend(milliseconds: 200))
        // 125 ms were saved up, and half of the 200 came back meanwhile.
        #expect(spend(milliseconds: 400))
        wait(milliseconds: 100)
        #expect(!spend(milliseconds: 1))
        wait(milliseconds: 1_000)
        #expect(spend(milliseconds: 300))
        wait(milliseconds: 600_000)
        #expect(spend(milliseconds: 300))
        #expect(!spend(milliseconds: 1))
    }
}
