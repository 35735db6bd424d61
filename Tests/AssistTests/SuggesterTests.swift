import Access
import Assist
import Foundation
import Knowledge
import Testing
import TextSearch
import Texts

@Suite struct SuggesterTests {
    private static func talk(_ turns: String...) -> Talk {
        var talk = Talk()
        for turn in turns { talk.hear(turn) }
        return talk
    }

    private func suggestions(
        _ talk: Talk,
        history: SuggestionHistory = SuggestionHistory(),
        named: Set<String> = [],
        locale: String = "en",
        visibility: ArticleVisibility = SampleArticles.agent
    ) throws -> [Suggestion] {
        let suggester = Suggester(index: try SampleArticles.index.get())
        return suggester.suggestions(
            for: talk,
            locale: locale,
            history: history,
            named: named,
            visibility: visibility,
            texts: .english,
            now: SampleArticles.now
        )
    }

    @Test(
        "what a customer of the retailer says brings the article that helps",
        arguments: [
            ("The battery of my tablet is swollen.", "battery-swelling-safety"),
            ("You charged me twice for the same order.", "duplicate-charge"),
            ("My refrigerator is not cooling anymore, all the food is warm.", "fridge-not-cooling"),
            ("The parcel locker does not accept my code.", "locker-collection"),
            ("I want to cancel my Plus membership.", "cancel-subscription-retention"),
        ]
    )
    func fitting(text: String, article: String) throws {
        let found = try suggestions(Self.talk(text))
        #expect(found.first?.articleID == article)
        #expect(found.allSatisfy { $0.score >= 0.5 && $0.score <= 1 && !$0.because.isEmpty && !$0.snippet.isEmpty })
    }

    @Test(
        "nothing is suggested when nothing fits",
        arguments: [
            "How do I top up with Apple Pay?", "What is the exchange rate for euros at an ATM abroad?",
            "I forgot my passcode.", "Hello, good morning.", "My name is Anna Berger.", "", "🙂",
            "Yes please, go ahead.",
            "Can you recommend a restaurant in Dublin?",
        ]
    )
    func nothing(text: String) throws {
        #expect(try suggestions(Self.talk(text)).isEmpty)
    }

    @Test("an article is not suggested twice, unless its fit has grown considerably")
    func repetition() throws {
        var history = SuggestionHistory()
        let first = try #require(try suggestions(Self.talk("The battery of my tablet is swollen.")).first)
        history.fits[first.articleID] = first.fit
        let again = Self.talk("The battery of my tablet is swollen.", "It is the battery, it is swollen.")
        #expect(try !suggestions(again, history: history).contains { $0.articleID == first.articleID })
        history.fits[first.articleID] = first.fit / 2
        #expect(try suggestions(again, history: history).contains { $0.articleID == first.articleID })
        history.dismissed = [first.articleID]
        #expect(try !suggestions(again, history: history).contains { $0.articleID == first.articleID })
    }

    @Test("a turn without significant words brings no suggestion, whatever was said before")
    func quietTurn() throws {
        #expect(try suggestions(Self.talk("The battery of my tablet is swollen.", "Yes please.")).isEmpty)
    }

    @Test("an article named by the script's step scores higher, with an explanation")
    func namedByStep() throws {
        let talk = Self.talk("I want to cancel my Plus membership.")
        let plain = try #require(try suggestions(talk).first)
        let named = try #require(try suggestions(talk, named: [plain.articleID]).first)
        #expect(named.articleID == plain.articleID)
        #expect(named.score > plain.score || plain.score == 1)
        #expect(named.because.contains("script"))
    }

    @Test("German talk brings German articles, and a language without articles brings none")
    func languages() throws {
        let german = try suggestions(Self.talk("Der Akku ist aufgebläht und wird heiß"), locale: "de")
        #expect(german.first?.articleID == "battery-swelling-safety")
        #expect(german.first?.locale == "de")
        #expect(try suggestions(Self.talk("La batterie est gonflée"), locale: "fr").isEmpty)
    }

    @Test("articles that the caller may not see are never suggested", arguments: 1...20 as ClosedRange<UInt64>)
    func visibility(seed: UInt64) throws {
        let words = """
            refund parcel lost approve settlement limits incident declare investigation release blocked orders carrier
            claims evidence recovery chargeback review returns patterns customer signature goodwill desk lead tier order
            """.split(whereSeparator: \.isWhitespace).map(String.init)
        var random = SplitMix(state: seed)
        let hidden = try SampleArticles.hidden()
        #expect(hidden.count >= 3)
        for _ in 0..<10 {
            let text = (0..<6).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
            let found = try suggestions(Self.talk(text))
            #expect(found == (try suggestions(Self.talk(text))), "the same talk brings the same suggestions")
            #expect(found.allSatisfy { !hidden.contains($0.articleID) })
        }
    }

    @Test("only the last turns count, and placeholders of redacted values are ignored")
    func window() {
        var talk = Talk()
        for number in 0..<1_000 { talk.hear("turn \(number) with [card] in it") }
        #expect(talk.turns.count == Talk.window)
        #expect(talk.turns.last == "turn 999 with   in it")
        #expect(talk.passages.last?.weight == 1)
    }
}

/// A small generator whose sequence depends only on its seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
