import Testing
import TextSearch

/// Everyday questions that consist of function words and one or two nouns.
@Suite struct EverydayQuestionTests {
    /// Many articles about orders; one answers where an order is, and one has an asked phrase with words that its text
    /// lacks.
    private static let index = {
        let index = SearchIndex()
        var documents = (0..<60).map { number in
            SearchDocument(
                key: "about-\(number)",
                locale: "en",
                title: "Order handling, case \(number)",
                keywords: "order\norders",
                body: "Order this order of the order where it is and my order, order number \(number). Order."
            )
        }
        documents.append(
            SearchDocument(
                key: "where-is-my-order",
                locale: "en",
                title: "Where is my order? Reading the tracking for the customer",
                body: "Open the parcel of the order."
            )
        )
        documents.append(
            SearchDocument(
                key: "complaint",
                locale: "en",
                title: "Handling a grievance",
                asked: "I want to make a formal complaint\nwhere can I complain",
                body: "Write it down and confirm it within a day."
            )
        )
        documents.append(
            SearchDocument(
                key: "wo-ist",
                locale: "de",
                title: "Wo ist meine Bestellung?",
                body: "Sendungsverfolgung öffnen."
            )
        )
        for number in 0..<20 {
            documents.append(
                SearchDocument(
                    key: "bestellung-\(number)",
                    locale: "de",
                    title: "Bestellung ändern \(number)",
                    keywords: "Bestellung",
                    body: "Die Bestellung ist eine Bestellung, wo meine Bestellung eine Bestellung ist."
                )
            )
        }
        index.apply(documents.map { .upsert($0) }, sequence: 1)
        return index
    }()

    private static func keys(_ text: String, locale: String = "en") -> [String] {
        index.search(SearchQuery(text, locale: locale, limit: 5)).hits.map(\.key)
    }

    @Test(arguments: [
        "Where is my order?", "where is my order", "where's my order? where is it", "so where is my order",
    ])
    func theTitleWithTheSameQuestionRanksFirst(question: String) {
        #expect(Self.keys(question).first == "where-is-my-order")
    }

    @Test func functionWordsWorkInOtherLanguages() {
        #expect(Self.keys("Wo ist meine Bestellung", locale: "de").first == "wo-ist")
    }

    @Test func anAskedPhraseFindsADocumentThatLacksItsWords() {
        #expect(Self.keys("I want to make a formal complaint") == ["complaint"])
        #expect(Self.keys("formal complaint") == ["complaint"])
    }

    @Test func functionWordsAloneDoNotMatchADocument() {
        #expect(Self.keys("where is my grievance") == ["complaint"])
        #expect(Self.keys("where is my quokka").isEmpty)
    }

    @Test func anotherNounIsNotOutweighed() {
        #expect(Self.keys("where is my number").first?.hasPrefix("about-") == true)
    }

    @Test func askedPhrasesAreNeverShown() throws {
        let hit = try #require(Self.index.search(SearchQuery("formal complaint", locale: "en")).hits.first)
        #expect(hit.title.text == "Handling a grievance")
        #expect(!hit.snippet.text.contains("formal"))
    }

    @Test func theExplanationNamesFunctionWordsAndPhrase() throws {
        var query = SearchQuery("where is my order", locale: "en")
        query.explain = true
        let hit = try #require(Self.index.search(query).hits.first)
        let explanation = try #require(hit.explanation)
        #expect(explanation.parts.map(\.text).contains("where"))
        #expect(explanation.parts.contains { $0.kind == "title" })
        #expect(abs(explanation.parts.reduce(0) { $0 + $1.score } - hit.score) < 1e-6)
    }

    @Test func talkThatContainsAnAskedPhraseMatchesIt() throws {
        func share(_ text: String) -> Double {
            var share = 0.0
            _ = Self.index.topics(TopicQuery([.init(text)], locale: "en")) { found in
                share = found.first { $0.key == "complaint" }?.askedShare ?? 0
                return []
            }
            return share
        }
        #expect(share("I want to make a formal complaint") == 1)
        #expect(share("Listen, I want to make a formal complaint about the driver.") == 1)
        #expect(share("I want to make a very formal complaint") > 0.8)
        #expect(share("a complaint that is formal, make it what I want to") < 0.5)
        #expect(share("I want to make a cake") < 0.6)
        #expect(share("My parcel is wet") == 0)
    }
}
