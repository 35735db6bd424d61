import Sentiment
import Testing
import Vocabulary

@Suite struct SentimentScorerTests {
    private func score(_ text: String) throws -> SentimentScore {
        try #require(SentimentModel.scorer(for: "en")).score(text)
    }

    @Test(arguments: [
        "this is the third time i call and nobody called me back", "I am still waiting for my refund",
        "worst customer service ever", "my order has not arrived", "you sent me the wrong item again",
        "i have been on hold for an hour", "I want to speak to a manager", "the technician never came",
        "you are not listening to me", "not happy at all", "it doesn't work", "it doesn’t work anymore", "SO ANGRY 😡",
        "thanks for nothing", "this is a joke :(", "the app was good but now it keeps crashing",
    ])
    func `complaints are negative, with or without emotional words`(_ text: String) throws {
        let result = try score(text)
        #expect(result.score < -0.1 && result.label < .neutral, "\(result)")
    }

    @Test(arguments: [
        "thank you so much you have been really helpful", "great service", "it works perfectly now", "I love it!!! 😍",
        "not bad at all", "no problems at all", "you made my day :)", "fast delivery, very happy",
        "at first it was terrible but now i love it", "highly recommend",
    ])
    func `praise is positive`(_ text: String) throws {
        let result = try score(text)
        #expect(result.score > 0.1 && result.label > .neutral, "\(result)")
    }

    @Test(arguments: ["", "   ", "....", "12345 67", "@someone", "https://example.com/bad", "退款", "\u{0}"])
    func `texts without sentiment are neutral`(_ text: String) throws {
        #expect(try score(text).label == .neutral)
    }

    @Test(arguments: [
        ("good", "very good"), ("this is good", "this is GOOD"), ("it is great", "it is great!!!"),
        ("it is not good", "it is good"),
        ("good but terrible", "terrible but good"), ("bad :(", "bad"), ("so disappointed 😡", "so disappointed"),
        ("i am angry", "i am slightly angry"), ("sooooo bad", "bad"),
    ])
    func `emphasis, negation and contrast move the score the right way`(_ lower: String, _ higher: String) throws {
        #expect(try score(lower).score < score(higher).score)
    }

    @Test func `apostrophes and case of a word make no difference`() throws {
        #expect(try score("i can't recommend it").score == score("I cant recommend it").score)
        #expect(try score("i can’t recommend it").score == score("i can't recommend it").score)
    }

    @Test func `reasons are words of the utterance, the strongest first`() throws {
        let text = "Hello, the delivery was awful and late, but Anna was lovely"
        let result = try score(text)
        #expect(!result.because.isEmpty && result.because.count <= 5)
        #expect(result.because.allSatisfy { text.contains($0.text) })
        let strengths = result.because.map { abs($0.weight) }
        #expect(strengths == strengths.sorted(by: >))
        #expect(result.because.contains { $0.text.contains("awful") && $0.weight < 0 })
        #expect(result.because.contains { $0.text.contains("lovely") && $0.weight > 0 })
    }

    @Test(arguments: [
        ("en", true), ("en-US", true), ("EN_gb", true), ("de", false), ("", false), ("eng", false), ("fr-en", false),
    ])
    func `only a language with a model has a scorer`(_ locale: String, _ isThere: Bool) {
        #expect((SentimentModel.scorer(for: locale) != nil) == isThere)
    }

    @Test(arguments: [
        (-1.0, SentimentLabel.veryNegative), (-0.65, .veryNegative), (-0.64, .negative), (-0.29, .slightlyNegative),
        (-0.05, .slightlyNegative), (-0.049, .neutral), (0, .neutral), (0.05, .slightlyPositive), (0.3, .positive),
        (0.9, .veryPositive),
    ])
    func `labels follow the score`(_ score: Double, _ label: SentimentLabel) {
        #expect(SentimentLabel(score: score) == label)
    }

    private static let names = NeutralNames(["Ohmstead Plus", "Plus", "toaster"])

    @Test(arguments: [
        "I want to cancel Plus, I'm not using it", "I want to cancel PLUS", "I'd like to cancel Ohmstead Plus please",
        "cancel plus",
    ])
    func `the name of a product is not positive`(_ text: String) throws {
        let scorer = try #require(SentimentModel.scorer(for: "en"))
        #expect(scorer.score(text, names: Self.names).score < 0.05, "\(scorer.score(text, names: Self.names))")
        #expect(scorer.score(text, names: Self.names).score < scorer.score(text).score)
    }

    @Test func `names are neutral in any position, and other words are not`() throws {
        let scorer = try #require(SentimentModel.scorer(for: "en"))
        #expect(scorer.score("Plus", names: Self.names).label == .neutral)
        #expect(scorer.score("Ohmstead Plus toaster", names: Self.names).label == .neutral)
        #expect(scorer.score("great service", names: Self.names) == scorer.score("great service"))
        #expect(scorer.score("Ohmstead", names: .none) == scorer.score("Ohmstead", names: Self.names))
    }

    @Test(arguments: [
        "wrong colour toaster", "You sent me the wrong colour toaster.", "I received the wrong colour toaster",
    ])
    func `a plain mistake is moderately negative`(_ text: String) throws {
        let scorer = try #require(SentimentModel.scorer(for: "en"))
        let label = scorer.score(text, names: Self.names).label
        #expect(label == .slightlyNegative || label == .negative, "\(scorer.score(text, names: Self.names))")
    }

    @Test(arguments: [
        "brilliant, another week without a fridge. Thanks a lot",
        "brilliant another week without a fridge thanks a lot",
        "Still no fridge. Fantastic service, really.", "Oh wonderful, it's broken again.",
        "Great, so I took the day off work and nobody came.", "Thanks a lot. Third time this month.",
        "Well done, charged twice again", "Perfect. Another week of waiting.", "lovely, still no heating",
    ])
    func `praise next to a problem is not praise`(_ text: String) throws {
        let result = try score(text)
        #expect(result.score <= -0.3 && result.because.allSatisfy { $0.weight < 0 }, "\(result)")
    }

    @Test(arguments: [
        "brilliant, thanks a lot", "Great, it works now after another week",
        "Thanks a lot for fixing it again so quickly",
        "Fantastic service, I was never without a fridge for a day",

        "Thank you so much, it arrived today", "perfect, another one for my sister please",
        "It is still great after another year", "wonderful, no more waiting then",
    ])
    func `sincere praise stays praise`(_ text: String) throws {
        let result = try score(text)
        #expect(result.score > 0.05, "\(result)")
    }
}
