import CSentimentModel

/// A trained model of one language: ratings of words, weights of features, and how they become a score.
///
/// The score of an utterance is a weighted sum of what it is made of (known words with negation turned around, pairs
/// and triples of words, letter stretches of unknown words, marks) and of a summary of its words' ratings, bent to
/// -1…1. `MODEL_CARD.md` tells where the weights come from.
///
/// ## Topics
/// - ``scorer(for:)``
/// - ``SentimentScore``
package struct SentimentModel: Sendable {
    /// How the weighted sum, which stands for a rating from -4 to 4, becomes a score.
    package struct Calibration: Sendable, Equatable {
        /// Subtracted from the sum.
        package var offset: Float
        /// Up to this distance from zero the sum says nothing: the score stays below 0.05.
        package var deadZone: Float
        /// The same for an utterance without a rated word, whose other features tell less.
        package var quietZone: Float
        /// How many times wider both are for an utterance with a question mark, which mostly asks for something.
        package var questionFactor: Float
        /// How steeply the rest rises.
        package var gain: Float

        /// Creates a calibration.
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

    /// Ratings and roles of words.
    package let lexicon: Lexicon
    /// The features the model knows.
    package let features: FingerprintTable
    /// The weight of the feature in each slot, in steps of its kind's scale.
    package let weights: [Int8]
    /// The value of one step of each kind of feature.
    package let scales: [Float]
    /// The weights of the summary's figures.
    package let summaryWeights: [Float]
    /// How the sum becomes a score.
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

    /// The scorer for a locale such as "en", "en-US" or "en_GB"; nil where there is no model for its language.
    ///
    /// The caller answers "unsupported" then: there is no guess across languages. The first call reads the model.
    package static func scorer(for locale: String) -> SentimentScorer? {
        let language = locale.prefix { $0 != "-" && $0 != "_" }.lowercased()
        return language == "en" ? english : nil
    }

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
