import Sentiment
import Testing
import Vocabulary

/// SplitMix64, so that a failing case can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

@Suite struct SentimentPropertyTests {
    private static let pieces = [
        "good", "bad", " ", "not ", "very ", "!", "?!", "...", "but ", "😡", "👍🏽", "❤️", ":)", ":'(", "</3", "<3", "@x",
        "http://a",
        "&amp;", "&", "'", "’", "sooooo", "ÀÉ", "ß", "日本", "\n", "\u{200D}", "1", "T_T", "xD", ">:(", "D:", "www.",
        "-_-", "é", "n't",
    ]

    @Test func `any text gives the same finite score within bounds, and reasons from the text`() throws {
        let scorer = try #require(SentimentModel.scorer(for: "en"))
        var generator = SeededGenerator(seed: 3)
        for round in 0..<3000 {
            let text: String
            if round % 3 == 0 {
                let bytes = (0..<Int.random(in: 0...150, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }
                text = String(decoding: bytes, as: UTF8.self)
            } else {
                text = (0..<Int.random(in: 0...25, using: &generator)).map { _ in
                    Self.pieces.randomElement(using: &generator) ?? ""
                }.joined()
            }
            let first = scorer.score(text)
            #expect(first == scorer.score(text))
            #expect(first.score.isFinite && abs(first.score) <= 1)
            #expect(first.label == SentimentLabel(score: first.score))
            #expect(first.because.allSatisfy { $0.weight.isFinite })
        }
    }

    @Test(arguments: ["a", "no ", "!", "😡", "é", "'", "a'", ":)", "@", "&amp;", "http://", "日"])
    func `a huge text is scored by its start`(_ unit: String) throws {
        let scorer = try #require(SentimentModel.scorer(for: "en"))
        #expect(abs(scorer.score(String(repeating: unit, count: 200_000)).score) <= 1)
    }

    @Test func `an encoded model can be read again, and damaged bytes are refused`() throws {
        let table = FingerprintTable(capacity: 3)
        let model = SentimentModel(
            lexicon: Lexicon([TextHash.hash("good"): .init(valence: 2, role: .none)]),
            features: table,
            weights: Array(repeating: 0, count: table.fingerprints.count),
            scales: FeatureKind.allCases.map { _ in 0.01 },
            summaryWeights: Array(repeating: 1, count: Utterance.summaryCount),
            calibration: .init()
        )
        let bytes = model.encoded()
        let copy = try bytes.withUnsafeBytes { try SentimentModel($0) }
        #expect(copy.encoded() == bytes)
        #expect(SentimentScorer(copy).score("good").score > 0)
        for length in [0, 3, 8, 24, 60, bytes.count - 1] {
            #expect(throws: SentimentError.self) { try bytes[..<length].withUnsafeBytes { try SentimentModel($0) } }
        }
        #expect(throws: SentimentError.self) { try (bytes + [0]).withUnsafeBytes { try SentimentModel($0) } }
        var generator = SeededGenerator(seed: 21)
        for _ in 0..<200 {
            var damaged = bytes
            damaged[Int.random(in: 0..<64, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            let read = damaged.withUnsafeBytes { try? SentimentModel($0) }
            if let read { #expect(SentimentScorer(read).score("good and bad").score <= 1) }
        }
    }
}
