import CSentimentModel

/// A trained model of one language: ratings of words, weights of features, and the calibration of scores.
///
/// The score of an utterance is a weighted sum of its features (known words, inverted by negation, pairs and triples of
/// words, letter sequences of unknown words, punctuation) and of a summary of its words' ratings, mapped to -1…1.
/// `MODEL_CARD.md` documents the origin of the weights.
///
/// ## Topics
/// - ``scorer(for:)``
/// - ``SentimentScore``
package struct SentimentModel: Sendable {
    /// The mapping of the weighted sum, which estimates a rating from -4 to 4, to a score.
    package struct Calibration: Sendable, Equatable {
        /// Subtracted from the sum.
        package var offset: Float
        /// The distance of the sum from zero up to which the score is neutral (below 0.05).
        package var deadZone: Float
        /// The same for an utterance without rated words, whose other features are less reliable.
        package var quietZone: Float
        /// The factor by which both are larger for an utterance with a question mark, which usually is a request.
        package var questionFactor: Float
        /// The slope outside the neutral zone.
        package var gain: Float

        package init(
            offset: Float = 0,
            deadZone: Float = 0.1,
            quietZone: Float = 0.35,
            questionFactor: Float = 2.3,
            gain: Float = 0.4
        ) {
            self.offset = offset
            self.deadZone = deadZone
            self.quietZone = quietZone
            self.questionFactor = questionFactor
            self.gain = gain
        }
    }

    /// The ratings and roles of words.
    package let lexicon: Lexicon
    /// The features known to the model.
    package let features: FingerprintTable
    /// The weight of the feature in each slot, in steps of its kind's scale.
    package let weights: [Int8]
    /// The value of one step of each kind of feature.
    package let scales: [Float]
    /// The weights of the summary's values.
    package let summaryWeights: [Float]
    /// The mapping of the sum to a score.
    package let calibration: Calibration

    /// Creates a model from its parts; `weights` has one weight for each slot of `features`.
    package init(
        lexicon: Lexicon,
        features: FingerprintTable,
        weights: [Int8],
        scales: [Float],
        summaryWeights: [Float],
        calibration: Calibration
    ) {
        precondition(weights.count == features.fingerprints.count && scales.count == FeatureKind.allCases.count)
        precondition(summaryWeights.count == Utterance.summaryCount)
        self.lexicon = lexicon
        self.features = features
        self.weights = weights
        self.scales = scales
        self.summaryWeights = summaryWeights
        self.calibration = calibration
    }

    /// The scorer for a locale such as "en", "en-US" or "en_GB"; nil if there is no model for its language.
    ///
    /// The caller then reports "unsupported", since scores are not guessed across languages. The first call reads the
    /// model.
    package static func scorer(for locale: String) -> SentimentScorer? {
        isEnglish(locale) ? english : nil
    }

    static func isEnglish(_ locale: String) -> Bool { locale.prefix { $0 != "-" && $0 != "_" }.lowercased() == "en" }

    private static let english: SentimentScorer? = {
        let bytes = UnsafeRawBufferPointer(
            start: frontline_sentiment_model_en(),
            count: frontline_sentiment_model_en_size()
        )
        let phrases = UnsafeRawBufferPointer(
            start: frontline_sentiment_remarks_en(),
            count: frontline_sentiment_remarks_en_size()
        )
        do {
            let remarks = try Remarks(String(decoding: phrases, as: UTF8.self))
            return SentimentScorer(try SentimentModel(bytes), remarks: remarks)
        } catch {
            preconditionFailure("the built-in model of English is broken: \(error)")
        }
    }()
}
