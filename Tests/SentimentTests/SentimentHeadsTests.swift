import Foundation
import Sentiment
import Testing
import Vocabulary

@Suite struct MeaningVectorTests {
    @Test(arguments: [[], [0, 0, 0], [1, .nan], [.infinity, 0]] as [[Float]])
    func `what has no direction is no vector`(values: [Float]) { #expect(MeaningVector(values) == nil) }

    @Test func `cosines are those of the vectors, up to rounding`() throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            let (left, right) = (Self.random(&generator), Self.random(&generator))
            func product(_ a: [Float], _ b: [Float]) -> Double {
                zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            }
            let exact = product(left, right) / (product(left, left) * product(right, right)).squareRoot()
            let (one, other) = (try #require(MeaningVector(left)), try #require(MeaningVector(right)))
            #expect(abs(Double(one.cosine(other)) - exact) < 0.01)
        }
    }

    @Test func `a vector has length 1 and is nearest to itself`() throws {
        var generator = SeededGenerator(seed: 6)
        let vector = try #require(MeaningVector(Self.random(&generator)))
        #expect(abs(vector.cosine(vector) - 1) < 1e-4)
        #expect(abs(vector.coordinates.reduce(0) { $0 + $1 * $1 } - 1) < 1e-4)
        let other = try #require(MeaningVector([1, 2]))
        #expect(vector.cosine(other) == 0)
    }

    static func random(_ generator: inout SeededGenerator, count: Int = 48) -> [Float] {
        (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
    }
}

@Suite struct SentimentHeadsTests {
    private static let dimension = 6

    private static func heads(
        rating: [Float] = [1, 0, 0, 0, 0, 0, 0.5],
        blend: SentimentHeads.Blend = .init(words: 0.5, lexicon: 0.25, meaning: 0.5),
        unmet: [Float] = Array(repeating: 0, count: 2 * dimension + TurnInContext.figureCount)
    ) -> SentimentHeads {
        SentimentHeads(
            encoder: String(repeating: "a1", count: 32),
            dimension: dimension,
            ratingWeights: rating,
            blend: blend,
            unmetWeights: unmet
        )
    }

    private static func vector(_ values: Float...) throws -> MeaningVector { try #require(MeaningVector(values)) }

    @Test func `encoded heads are read again, and damaged ones are refused`() throws {
        var generator = SeededGenerator(seed: 8)
        let heads = Self.heads(unmet: MeaningVectorTests.random(&generator, count: 2 * 6 + TurnInContext.figureCount))
        let bytes = heads.encoded()
        let read = try bytes.withUnsafeBytes { try SentimentHeads($0) }
        #expect(read == heads)
        for length in [0, 3, 12, 70, 90, bytes.count - 1] {
            #expect(throws: SentimentError.self) { try bytes[..<length].withUnsafeBytes { try SentimentHeads($0) } }
        }
        #expect(throws: SentimentError.self) { try (bytes + [0]).withUnsafeBytes { try SentimentHeads($0) } }
        for round in 0..<300 {
            var damaged = bytes
            damaged[round % bytes.count] = UInt8.random(in: 0...255, using: &generator)
            guard let read = damaged.withUnsafeBytes({ try? SentimentHeads($0) }) else { continue }
            let turn = TurnInContext(
                try Self.vector(1, 2, 3, 4, 5, 6),
                answer: try Self.vector(6, 5, 4, 3, 2, 1),
                score: 0
            )
            #expect(read.unmet(turn).map { (0...1).contains($0) } ?? true)
            #expect(read.estimate(turn.turn).map { abs($0.rating) <= 4 } ?? true)
        }
    }

    @Test func `the heads in the program belong to one encoder and one language`() {
        #expect(SentimentHeads.heads(for: "en", encoder: "another") == nil)
        #expect(SentimentHeads.heads(for: "de", encoder: "") == nil)
    }

    @Test func `a vector of another dimension is not measured`() throws {
        let heads = Self.heads()
        let (fitting, other) = (try Self.vector(1, 0, 0, 0, 0, 0), try Self.vector(1, 0))
        #expect(heads.estimate(other) == nil)
        #expect(heads.unmet(TurnInContext(other, score: 0)) == nil)
        #expect(heads.unmet(TurnInContext(fitting, answer: other, score: 0)) == nil)
        #expect(heads.unmet(TurnInContext(fitting, earlier: [other], score: 0)) == 0.5)
    }

    @Test func `the estimate is the weighted sum, and unmet its logistic function`() throws {
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<100 {
            let (rating, unmet) = (
                MeaningVectorTests.random(&generator, count: 7),
                MeaningVectorTests.random(&generator, count: 12 + TurnInContext.figureCount)
            )
            let heads = Self.heads(rating: rating, unmet: unmet)
            let vectors = try (0..<4).map { _ in
                try #require(MeaningVector(MeaningVectorTests.random(&generator, count: 6)))
            }
            let estimate = try #require(heads.estimate(vectors[0])).rating
            let sum = zip(vectors[0].coordinates, rating).reduce(rating[6]) { $0 + $1.0 * $1.1 }
            #expect(abs(estimate - sum) < 1e-3)
            let turn = TurnInContext(vectors[0], earlier: [vectors[1], vectors[2]], answer: vectors[3], score: 0.3)
            let inputs = vectors[0].coordinates + vectors[3].coordinates + turn.figures
            let logit = zip(inputs, unmet).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            let found = try #require(heads.unmet(turn))
            #expect(abs(found - 1 / (1 + exp(-logit))) < 1e-3)
        }
    }

    @Test func `weights beyond all numbers measure nothing`() throws {
        let huge = Self.heads(
            rating: Array(repeating: .greatestFiniteMagnitude, count: 7),
            unmet: Array(repeating: .greatestFiniteMagnitude, count: 12 + TurnInContext.figureCount)
        )
        let vector = try Self.vector(1, 1, 1, 1, 1, 1)
        #expect(huge.estimate(vector) == nil)
        #expect(huge.unmet(TurnInContext(vector, score: 1)) == nil)
    }

    @Test func `figures compare the turn with what came before`() throws {
        let (east, north) = (try Self.vector(1, 0), try Self.vector(0, 1))
        #expect(TurnInContext(east, score: -0.5).figures == [1, 0, 0, 0, 0, 0, -0.5, 0])
        let again = TurnInContext(east, earlier: [north, east], answer: north, score: 0.5).figures
        let expected: [Float] = [1, 1, 1, 1, 0, 1, 0, 0.5]
        #expect(zip(again, expected).allSatisfy { abs($0 - $1) < 0.01 })
        // Only the last turns count.
        #expect(TurnInContext(east, earlier: [north, north, east], score: 0).figures[2] < 0.01)
        let unscored = TurnInContext(east, score: .nan).figures
        #expect(!unscored.contains { !$0.isFinite })
    }
}

/// Scores that blend words with meaning.
@Suite struct BlendedScoreTests {
    private let scorer: SentimentScorer

    init() throws { scorer = try #require(SentimentModel.scorer(for: "en")) }

    /// An estimate of this rating that counts as much as the words.
    private func estimate(_ rating: Float) throws -> SentimentHeads.Estimate {
        let heads = SentimentHeads(
            encoder: "",
            dimension: 1,
            ratingWeights: [0, rating],
            blend: .init(words: 0.5, lexicon: 0, meaning: 0.5),
            unmetWeights: Array(repeating: 0, count: 2 + TurnInContext.figureCount)
        )
        let vector = try #require(MeaningVector([1]))
        return try #require(heads.estimate(vector))
    }

    @Test(arguments: ["the delivery was late", "great, thanks", "it is what it is"])
    func `a higher estimate gives a higher score`(text: String) throws {
        let scores = try [-3, -1, 0, 1, 3].map { scorer.score(text, meaning: try estimate($0)).score }
        #expect(scores == scores.sorted() && scores[0] < scores[4])
    }

    @Test func `reasons name words of the text, also when meaning decides`() throws {
        let text = "the parcel went back to the sender again"
        let result = scorer.score(text, meaning: try estimate(-3.5))
        #expect(result.score < -0.2 && result.because.contains { $0.weight < 0 })
        #expect(result.because.allSatisfy { text.contains($0.text) })
        let praise = "the parcel was awful"
        let words = scorer.score(praise).because
        let blended = scorer.score(praise, meaning: try estimate(-2)).because
        #expect(Array(blended.prefix(words.count)) == words)
    }

    @Test func `meaning alone needs more to make a request negative than to make it positive`() throws {
        let text = "the parcel to Norway"
        let (below, above) = (try estimate(-0.9), try estimate(0.9))
        #expect(scorer.score(text, meaning: below).label == .neutral)
        #expect(scorer.score(text, meaning: above).label > .neutral)
        let worse = try estimate(-2.5)
        #expect(scorer.score(text, meaning: worse).label < .neutral)
    }

    @Test(arguments: ["", "   ", "....", "@someone", "\u{0}"])
    func `texts without words are neutral whatever their vector`(text: String) throws {
        for rating: Float in [-4, 4] {
            let result = scorer.score(text, meaning: try estimate(rating))
            #expect(result.label == .neutral)
        }
    }

    @Test func `any text with any estimate gives a score within bounds, and at most five reasons`() throws {
        var generator = SeededGenerator(seed: 12)
        let pieces = [
            "good", "bad", " ", "not ", "very ", "!", "?", "but ", "😡", "the ", "parcel ", "é", "n't", "wait",
        ]
        for _ in 0..<1_000 {
            let count = Int.random(in: 0...20, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let result = scorer.score(text, meaning: try estimate(.random(in: -6...6, using: &generator)))
            #expect(result.score.isFinite && abs(result.score) <= 1 && result.because.count <= 5)
            #expect(result.label == SentimentLabel(score: result.score))
            let strengths = result.because.map { abs($0.weight) }
            #expect(strengths == strengths.sorted(by: >))
        }
    }
}
