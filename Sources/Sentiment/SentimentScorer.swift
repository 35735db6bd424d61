import Glibc
import Vocabulary

/// Scores utterances with a model; immutable and safe to share.
package struct SentimentScorer: Sendable {
    private let model: SentimentModel
    private let remarks: Remarks?
    /// The rating from which a word may be sarcastic praise.
    private static let praise: Float = 0.7
    private static let maximumReasons = 5
    /// How much wider the neutral zone is below zero where meaning alone speaks: to the encoder many a plain request resembles a
    /// complaint about the same thing.
    private static let restraint: Float = 1.7

    /// Creates a scorer; `remarks` corrects scores of words and must be in the model's language.
    package init(_ model: SentimentModel, remarks: Remarks? = nil) {
        self.model = model
        self.remarks = remarks
    }

    /// Scores `text`, which may be a chat message or a part of a transcript without punctuation.
    ///
    /// Takes a few microseconds, and allocates memory only for the reasons. An empty text is neutral. Of a text longer
    /// than 16 KiB or 1,024 words only the start counts. Words of `names` are treated as words without sentiment.
    ///
    /// With what the meaning of the text says (``SentimentHeads/estimate(_:)``) the score is a blend of both. The reasons name
    /// words all the same, with what these add to the score by words.
    package func score(
        _ text: String,
        names: NeutralNames = .none,
        meaning: SentimentHeads.Estimate? = nil
    ) -> SentimentScore {
        let (score, isPraise) = reading(text, names) { utterance, contributions in
            let (sum, lexicon) = sum(utterance, contributions)
            let zone = neutralZone(utterance)
            let spoken = bend(sum, zone: zone)
            // Symbols and digits mean nothing to the encoder's head, whatever vector they have.
            let meaning = utterance.wordCount > 0 ? meaning : nil
            let score = meaning.map { bend($0.blended(sum, lexicon), utterance, zone: zone) } ?? spoken
            let isPraise = utterance.tokens.contains { $0.valence >= Self.praise }
            var because = reasons(utterance, contributions, sum: sum, score: spoken)
            if meaning != nil, let reason = missingReason(utterance, contributions, because, score: score) {
                because = because.prefix(Self.maximumReasons - 1) + [reason]
                because.sort { abs($0.weight) > abs($1.weight) }
            }
            return (SentimentScore(score: score, because: because), isPraise)
        }
        return remarks?.corrected(score, text, isPraise: isPraise) ?? score
    }

    /// The weighted sum behind the score, which estimates a rating from -4 to 4; for training and calibration.
    ///
    /// With it comes VADER's normalised sum of the words' ratings, from -1 to 1.
    package func rating(_ text: String) -> (sum: Float, lexicon: Float) {
        reading(text, .none) { utterance, contributions in sum(utterance, contributions) }
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

    private func sum(
        _ utterance: Utterance,
        _ contributions: UnsafeMutableBufferPointer<Float>
    ) -> (sum: Float, lexicon: Float) {
        guard utterance.wordCount > 0 else { return (0, 0) }
        let hashed = model.features.fingerprints.withUnsafeBufferPointer { fingerprints in
            model.weights.withUnsafeBufferPointer { weights in
                model.scales.withUnsafeBufferPointer { scales in
                    var sink = WeightSink(fingerprints, weights, scales, contributions, scale: utterance.scale)
                    utterance.features(into: &sink)
                    return sink.sum
                }
            }
        }
        let (rated, lexicon) = withUnsafeTemporaryAllocation(of: Float.self, capacity: Utterance.summaryCount) {
            utterance.summary(into: $0)
            return (zip($0, model.summaryWeights).reduce(0) { $0 + $1.0 * $1.1 }, $0[0])
        }
        share(rated, utterance, contributions)
        return (hashed + rated - model.calibration.offset, lexicon)
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

    /// The same for a sum that is blended with the meaning.
    private func bend(_ sum: Float, _ utterance: Utterance, zone: Float) -> Double {
        bend(sum, zone: sum < 0 && !utterance.hasRatings ? zone * Self.restraint : zone)
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
        let strongest = found.filter { abs($0.weight) >= bound }.sorted { abs($0.weight) > abs($1.weight) }.prefix(
            Self.maximumReasons
        )
        return strongest.map {
            SentimentScore.Reason(text: utterance.text($0.first, $0.last), weight: Double($0.weight) * ratio)
        }
    }

    /// The word that speaks most for a score towards which no reason points; nil if there is one, or no such word.
    ///
    /// The meaning can decide where each word by itself is too weak to be a reason.
    private func missingReason(
        _ utterance: Utterance,
        _ contributions: UnsafeMutableBufferPointer<Float>,
        _ because: [SentimentScore.Reason],
        score: Double
    ) -> SentimentScore.Reason? {
        let side: Float = score < 0 ? -1 : 1
        guard abs(score) >= SentimentLabel.neutralBound,
            !because.contains(where: { $0.weight * Double(side) > 0 }),
            let index = utterance.tokens.indices.max(by: { side * contributions[$0] < side * contributions[$1] }),
            side * contributions[index] > 0
        else { return nil }
        let weight = Double(contributions[index]) * 0.25
        return SentimentScore.Reason(text: utterance.text(index, index), weight: weight)
    }
}

extension SentimentHeads.Estimate {
    /// The rating by words and meaning together.
    ///
    /// - Parameters:
    ///   - words: the sum of the words.
    ///   - lexicon: VADER's normalised sum of ratings, which is 0 without rated words.
    /// - Returns: a rating from about -4 to 4.
    package func blended(_ words: Float, _ lexicon: Float) -> Float {
        blend.words * words + blend.lexicon * lexicon + blend.meaning * rating
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
