import CSentimentModel
import Glibc

/// What the vectors of a sentence encoder add to the words of a language: two linear models, called heads.
///
/// The *rating* head estimates how an utterance feels from its meaning. ``SentimentScorer/score(_:names:meaning:)`` blends
/// it with the words' own sum. The *unmet* head estimates whether the customer's need is met, however friendly the words are. Both were
/// trained on the vectors of one encoder and are of no use with another, so they are bound to its identity.
/// `MODEL_CARD.md` documents the training.
///
/// ## Topics
/// - ``heads(for:encoder:)``
/// - ``estimate(_:)``
/// - ``unmet(_:)``
package struct SentimentHeads: Sendable, Equatable {
    /// How much words and meaning count in the rating of an utterance.
    package struct Blend: Sendable, Equatable {
        /// The factor of the sum of the words, of VADER's normalised sum of ratings, and of the meaning's estimate.
        package var words, lexicon, meaning: Float

        package init(words: Float, lexicon: Float, meaning: Float) {
            (self.words, self.lexicon, self.meaning) = (words, lexicon, meaning)
        }
    }

    /// The identity of the encoder on whose vectors they were trained, see `SentenceEncoder.identity`.
    package let encoder: String
    /// The number of coordinates of its vectors.
    package let dimension: Int
    /// The weight of each coordinate in the rating, and at last a constant.
    package let ratingWeights: [Float]
    package let blend: Blend
    /// The weights of the turn's coordinates, of the answer's coordinates, and of ``TurnInContext/figures``.
    package let unmetWeights: [Float]

    /// Creates heads from their weights.
    package init(
        encoder: String,
        dimension: Int,
        ratingWeights: [Float],
        blend: Blend,
        unmetWeights: [Float]
    ) {
        precondition(ratingWeights.count == Self.ratingCount(dimension), "a weight for each coordinate and a constant")
        precondition(unmetWeights.count == Self.unmetCount(dimension), "weights of both turns and of the figures")
        (self.encoder, self.dimension, self.blend) = (encoder, dimension, blend)
        (self.ratingWeights, self.unmetWeights) = (ratingWeights, unmetWeights)
    }

    static func ratingCount(_ dimension: Int) -> Int { dimension + 1 }
    static func unmetCount(_ dimension: Int) -> Int { 2 * dimension + TurnInContext.figureCount }

    /// The heads for a locale and an encoder; nil if there are none for the language, or if they were trained for another encoder.
    ///
    /// The first call reads them.
    package static func heads(for locale: String, encoder identity: String) -> SentimentHeads? {
        guard SentimentModel.isEnglish(locale), let english, english.encoder == identity else { return nil }
        return english
    }

    private static let english: SentimentHeads? = {
        let bytes = UnsafeRawBufferPointer(
            start: frontline_sentiment_heads_en(),
            count: frontline_sentiment_heads_en_size()
        )
        do {
            return try SentimentHeads(bytes)
        } catch {
            preconditionFailure("the built-in heads of English are broken: \(error)")
        }
    }()

    /// What the meaning of an utterance says about its rating.
    package struct Estimate: Sendable, Equatable {
        /// The rating, from -4 to 4.
        package let rating: Float
        let blend: Blend
    }

    /// The estimate from the meaning of an utterance; nil for a vector of another dimension.
    ///
    /// Cost: one multiplication for each coordinate.
    package func estimate(_ meaning: MeaningVector) -> Estimate? {
        guard meaning.dimension == dimension else { return nil }
        let sum = meaning.product(ratingWeights[..<dimension]) + ratingWeights[dimension]
        return sum.isFinite ? Estimate(rating: max(-4, min(4, sum)), blend: blend) : nil
    }

    /// How likely it is that the need of a customer's turn is not met, from 0 to 1; nil for vectors of another dimension.
    ///
    /// Cost: two multiplications for each coordinate, and at most four cosines.
    package func unmet(_ turn: TurnInContext) -> Double? {
        guard turn.turn.dimension == dimension, turn.answer?.dimension ?? dimension == dimension else { return nil }
        var sum = turn.turn.product(unmetWeights[..<dimension])
        if let answer = turn.answer { sum += answer.product(unmetWeights[dimension..<2 * dimension]) }
        for (figure, weight) in zip(turn.figures, unmetWeights[(2 * dimension)...]) { sum += figure * weight }
        return sum.isFinite ? 1 / (1 + exp(-Double(sum))) : nil
    }
}

/// The stored form: a header, the identity of the encoder, the blend and the weights; little endian.
extension SentimentHeads {
    private static let magic: UInt32 = 0x3148_5346
    private static let version: UInt32 = 1
    private static let identityLength = 64
    /// No encoder of the family has more coordinates.
    private static let maximumDimension = 4_096

    /// Encodes the heads.
    package func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        func append(_ value: UInt32) { withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) } }
        append(Self.magic)
        append(Self.version)
        append(UInt32(dimension))
        append(UInt32(TurnInContext.figureCount))
        let identity = Array(encoder.utf8.prefix(Self.identityLength))
        bytes += identity + Array(repeating: 0, count: Self.identityLength - identity.count)
        let factors = [blend.words, blend.lexicon, blend.meaning]
        for value in factors + ratingWeights + unmetWeights { append(value.bitPattern) }
        return bytes
    }

    /// Reads heads encoded by ``encoded()``.
    ///
    /// - Throws: ``SentimentError`` `malformedModel` if the format, the length or a value is wrong.
    package init(_ bytes: UnsafeRawBufferPointer) throws(SentimentError) {
        var reader = ModelReader(bytes)
        guard try reader.next(UInt32.self) == Self.magic, try reader.next(UInt32.self) == Self.version else {
            throw SentimentError(code: .malformedModel, message: "not the heads of a sentiment model of this version")
        }
        let dimension = Int(try reader.next(UInt32.self))
        let figures = Int(try reader.next(UInt32.self))
        guard (1...Self.maximumDimension).contains(dimension), figures == TurnInContext.figureCount else {
            throw SentimentError(code: .malformedModel, message: "the heads were trained for other figures")
        }
        let identity = try reader.array(UInt8.self, Self.identityLength).prefix { $0 != 0 }
        let blend = Blend(words: try reader.float(), lexicon: try reader.float(), meaning: try reader.float())
        let ratingWeights = try reader.floats(Self.ratingCount(dimension))
        let unmetWeights = try reader.floats(Self.unmetCount(dimension))
        guard reader.isAtEnd else {
            throw SentimentError(code: .malformedModel, message: "the heads have bytes after their end")
        }
        self.init(
            encoder: String(decoding: identity, as: UTF8.self),
            dimension: dimension,
            ratingWeights: ratingWeights,
            blend: blend,
            unmetWeights: unmetWeights
        )
    }
}
