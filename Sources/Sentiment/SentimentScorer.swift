import Glibc
import Vocabulary

/// Scores utterances with a model; immutable and safe to share.
package struct SentimentScorer: Sendable {
    private let model: SentimentModel
    private let remarks: Remarks?
    /// The rating from which a word may be sarcastic praise.
    private static let praise: Float = 0.7

    /// Creates a scorer; `remarks` corrects scores of words and must be in the model's language.
    package init(_ model: SentimentModel, remarks: Remarks? = nil) {
        self.model = model
        self.remarks = remarks
    }

    /// Scores `text`, which may be a chat message or a part of a transcript without punctuation.
    ///
    /// Takes a few microseconds, and allocates memory only for the reasons. An empty text is neutral. Of a text longer
    /// than 16 KiB or 1,024 words only the start counts. Words of `names` are treated as words without sentiment.
    package func score(_ text: String, names: NeutralNames = .none) -> SentimentScore {
        let (score, isPraise) = reading(text, names) { utterance, contributions in
            let sum = sum(utterance, contributions)
            let score = bend(sum, zone: neutralZone(utterance))
            let isPraise = utterance.tokens.contains { $0.valence >= Self.praise }
            return (
                SentimentScore(score: score, because: reasons(utterance, contributions, sum: sum, score: score)),
                isPraise
            )
        }
        return remarks?.corrected(score, text, isPraise: isPraise) ?? score
    }

    /// The weighted sum behind the score, which estimates a rating from -4 to 4; for training and calibration.
    package func rating(_ text: String) -> Double {
        reading(text, .none) { utterance, contributions in Double(sum(utterance, contributions)) }
    }

    private func reading<Result>(
        _ text: String,
        _ names: NeutralNames,
        _ body: (Utterance, UnsafeMutableBufferPointer<Float>) -> Result
    ) -> Result {
        let features = model.features
        return Utterance.withTokens(of: text, lexicon: model.lexicon, names: names) { hash in
            features.find(FeatureKind.word.key(hash)) != nil
        } _: { utterance in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: utterance.tokens.count + 1) { contributions in
                contributions.initialize(repeating: 0)
                return body(utterance, contributions)
            }
        }
    }

    private func sum(_ utterance: Utterance, _ contributions: UnsafeMutableBufferPointer<Float>) -> Float {
        guard utterance.wordCount > 0 else { return 0 }
        let hashed = model.features.fingerprints.withUnsafeBufferPointer { fingerprints in
            model.weights.withUnsafeBufferPointer { weights in
                model.scales.withUnsafeBufferPointer { scales in
                    var sink = WeightSink(fingerprints, weights, scales, contributions, scale: utterance.scale)
                    utterance.features(into: &sink)
                    return sink.sum
                }
            }
        }
        let rated = withUnsafeTemporaryAllocation(of: Float.self, capacity: Utterance.summaryCount) { figures in
            utterance.summary(into: figures)
            return zip(figures, model.summaryWeights).reduce(0) { $0 + $1.0 * $1.1 }
        }
        share(rated, utterance, contributions)
        return hashed + rated - model.calibration.offset
    }

    /// Distributes the contribution of the ratings over the rated words, in proportion to their ratings.
    private func share(_ rated: Float, _ utterance: Utterance, _ contributions: UnsafeMutableBufferPointer<Float>) {
        let sum = utterance.tokens.reduce(Float(0)) { $0 + $1.valence }
        let slope = sum * rated > 0 ? min(max(rated / sum, 0.15), 0.6) : 0.15
        for index in utterance.tokens.indices { contributions[index] += slope * utterance.tokens[index].valence }
    }

    /// The distance of the sum from zero up to which an utterance is neutral.
    private func neutralZone(_ utterance: Utterance) -> Float {
        let zone = utterance.hasRatings ? model.calibration.deadZone : model.calibration.quietZone
        return max(zone * (utterance.hasQuestion ? model.calibration.questionFactor : 1), 0.001)
    }

    /// Maps the sum to -1…1, with a flat zone around zero that stays below the neutral bound.
    private func bend(_ sum: Float, zone: Float) -> Double {
        let calibration = model.calibration
        let strength = abs(sum)
        let bound = Float(SentimentLabel.neutralBound)
        let bent =
            strength < zone
            ? bound * 0.999 * strength / zone
            : bound + (1 - bound) * tanh(calibration.gain * (strength - zone))
        return Double(sum < 0 ? -bent : bent)
    }

    /// The five strongest sequences of words that move the score in the same direction.
    private func reasons(
        _ utterance: Utterance,
        _ contributions: UnsafeMutableBufferPointer<Float>,
        sum: Float,
        score: Double
    ) -> [SentimentScore.Reason] {
        let ratio = abs(sum) > 0.05 ? min(abs(score / Double(sum)), 0.5) : 0.25
        var found: [(first: Int, last: Int, weight: Float)] = []
        for index in utterance.tokens.indices where abs(contributions[index]) >= 0.1 {
            if let last = found.last, last.last == index - 1, last.weight * contributions[index] > 0,
                index - last.first < 4
            {
                found[found.count - 1] = (last.first, index, last.weight + contributions[index])
            } else {
                found.append((index, index, contributions[index]))
            }
        }
        let bound = max(0.2, 0.2 * (found.map { abs($0.weight) }.max() ?? 0))
        let strongest = found.filter { abs($0.weight) >= bound }.sorted { abs($0.weight) > abs($1.weight) }.prefix(5)
        return strongest.map {
            SentimentScore.Reason(text: utterance.text($0.first, $0.last), weight: Double($0.weight) * ratio)
        }
    }
}

/// Adds up the weights of features, and the contribution of each word.
private struct WeightSink: FeatureSink {
    private let fingerprints: UnsafeBufferPointer<UInt16>
    private let weights: UnsafeBufferPointer<Int8>
    private let scales: UnsafeBufferPointer<Float>
    private let contributions: UnsafeMutableBufferPointer<Float>
    private let scale: Float
    private(set) var sum: Float = 0

    init(
        _ fingerprints: UnsafeBufferPointer<UInt16>,
        _ weights: UnsafeBufferPointer<Int8>,
        _ scales: UnsafeBufferPointer<Float>,
        _ contributions: UnsafeMutableBufferPointer<Float>,
        scale: Float
    ) {
        self.fingerprints = fingerprints
        self.weights = weights
        self.scales = scales
        self.contributions = contributions
        self.scale = scale
    }

    @inline(__always)
    mutating func add(_ kind: FeatureKind, key: UInt64, value: Float, first: Int, last: Int) {
        guard let slot = FingerprintTable.find(key, in: fingerprints) else { return }
        let amount = Float(weights[slot]) * scales[kind.rawValue] * value * scale
        sum += amount
        let share = last == first ? amount : amount / Float(last &- first &+ 1)
        for index in first...last { contributions[index] += share }
    }
}
