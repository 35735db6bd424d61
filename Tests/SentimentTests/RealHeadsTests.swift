import SampleModels
import SentenceEncoder
import Sentiment
import Testing
import Vocabulary

/// The heads in the program with the model for which they were trained.
@Suite(.enabled(if: RealModel.folder != nil, "FRONTLINE_MODELS names no folder with all-MiniLM-L6-v2"))
struct RealHeadsTests {
    private static let model: (encoder: SentenceEncoder, heads: SentimentHeads)? = {
        guard let folder = RealModel.folder, let encoder = try? SentenceEncoder(folder: folder),
            let heads = SentimentHeads.heads(for: "en-GB", encoder: encoder.identity)
        else { return nil }
        return (encoder, heads)
    }()
    private let encoder: SentenceEncoder
    private let heads: SentimentHeads
    private let scorer: SentimentScorer

    init() throws {
        (encoder, heads) = try #require(Self.model, "the heads belong to this model")
        scorer = try #require(SentimentModel.scorer(for: "en"))
    }

    private func vector(_ text: String) throws -> MeaningVector {
        try #require(MeaningVector(encoder.encode(text, as: .query).vector))
    }

    private func score(_ text: String) throws -> Double {
        scorer.score(text, meaning: heads.estimate(try vector(text))).score
    }

    private func unmet(_ text: String, after answer: String? = nil, earlier: String...) throws -> Double {
        let turn = TurnInContext(
            try vector(text),
            earlier: try earlier.map(vector),
            answer: try answer.map(vector),
            score: scorer.score(text).score
        )
        return try #require(heads.unmet(turn))
    }

    @Test(arguments: [
        "I'd like to order a second key for the bike lock", "what is the weight limit for a parcel to Norway",
        "can I have the invoice in English", "it's the one on the left",
        "we arrive on the 3rd and leave on the 7th", "which documents do I need for the mortgage",
        "I have a question about my tariff", "please change my email address", "does the kettle come in white",
        "could you tell me when the shop opens on Sunday", "two adults and one child",
    ])
    func `plain requests are not negative`(text: String) throws {
        let score = try score(text)
        #expect(score > -SentimentLabel.neutralBound, "\(score)")
    }

    @Test(arguments: [
        ("this is getting worse every time I call you", "thanks, that call was a pleasure"),
        ("nobody has been in touch since March", "I'd recommend your bank to anybody"),
    ])
    func `meaning and words agree on complaints and praise`(complaint: String, praise: String) throws {
        #expect(try score(complaint) < -0.1)
        #expect(try score(praise) > 0.1)
    }

    @Test func `a polite customer who has to ask again is told from one who is served`() throws {
        let ask = "I'd like a receipt for the chair I bought in May"
        let again = try unmet(
            "could I please have the receipt for that chair",
            after: "Our chairs have a warranty of two years.",
            earlier: ask
        )
        let thanks = try unmet("lovely, thank you", after: "I have just sent you the receipt.", earlier: ask)
        let first = try unmet(ask)
        #expect(again > 0.6 && thanks < 0.2 && first < 0.2, "\(again) \(thanks) \(first)")
    }
}
