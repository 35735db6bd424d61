import Foundation
import Sentiment

/// Fits the heads to the vectors of an encoder.
struct HeadBuilder: Sendable {
    /// The settings of a fit.
    struct Settings {
        var ratingPenalty: Float = 3
        var unmetPenalty: Float = 2
        /// The share of unmet needs among the weighted examples; in contacts it is smaller, in the written dialogues larger.
        var unmetShare: Float = 0.25
    }

    let vectors: SentenceVectors
    var settings = Settings()

    /// Fits both heads.
    ///
    /// - Parameters:
    ///   - rows: the rated rows.
    ///   - own: the project's own phrases as rows.
    ///   - parts: what words and meaning say about each row, each by a model trained without the row's whole set.
    ///   - examples: the dialogues.
    ///   - scorer: the model of the words.
    /// - Returns: the heads for the encoder of the vectors.
    func build(
        _ rows: [LabelledRow],
        own: [LabelledRow],
        parts: [BlendParts],
        examples: [OwnDialogues.Example],
        scorer: SentimentScorer
    ) -> SentimentHeads {
        SentimentHeads(
            encoder: vectors.encoder,
            dimension: vectors.dimension,
            ratingWeights: ratingWeights(rows + own),
            blend: blend(parts, rows),
            unmetWeights: unmetWeights(examples, scorer: scorer)
        )
    }

    // MARK: Rating

    /// The weights of the rating head: of each coordinate, and a constant.
    func ratingWeights(_ rows: [LabelledRow]) -> [Float] {
        var matrix = SparseMatrix()
        for row in rows { matrix.appendRow(dense(vectors[row.text].coordinates + [1])) }
        return RidgeSolver.solve(
            matrix,
            targets: rows.map(\.rating),
            weights: rows.map(\.weight),
            columnCount: vectors.dimension + 1,
            penalty: settings.ratingPenalty,
            iterations: 200
        )
    }

    /// The factors of the blend that fit ratings of rows best which neither side was trained on.
    func blend(_ parts: [BlendParts], _ rows: [LabelledRow]) -> SentimentHeads.Blend {
        var matrix = SparseMatrix()
        for part in parts { matrix.appendRow(dense([part.words, part.lexicon, part.meaning])) }
        let factors = RidgeSolver.solve(
            matrix,
            targets: rows.map(\.rating),
            weights: rows.map(\.weight),
            columnCount: 3,
            penalty: 1,
            iterations: 50
        )
        return SentimentHeads.Blend(words: factors[0], lexicon: factors[1], meaning: factors[2])
    }

    // MARK: Unmet

    /// The weights of the unmet head.
    func unmetWeights(_ examples: [OwnDialogues.Example], scorer: SentimentScorer) -> [Float] {
        let dimension = vectors.dimension
        var matrix = SparseMatrix()
        for example in examples {
            let turn = turn(example, scorer: scorer)
            let answer = turn.answer?.coordinates ?? Array(repeating: 0, count: dimension)
            matrix.appendRow(dense(turn.turn.coordinates + answer + turn.figures))
        }
        let unmet = examples.reduce(0) { $0 + $1.target }
        let share = settings.unmetShare
        let weightOfMet = unmet * (1 - share) / share / max(1, Float(examples.count) - unmet)
        return LogisticSolver.solve(
            matrix,
            targets: examples.map(\.target),
            weights: examples.map { $0.target < 0.5 ? weightOfMet : 1 },
            columnCount: 2 * dimension + TurnInContext.figureCount,
            penalty: settings.unmetPenalty
        )
    }

    /// An example as the head sees it.
    func turn(_ example: OwnDialogues.Example, scorer: SentimentScorer) -> TurnInContext {
        TurnInContext(
            vectors[example.turn],
            earlier: example.earlier.map { vectors[$0] },
            answer: example.answer.map { vectors[$0] },
            score: scorer.score(example.turn).score
        )
    }

    private func dense(_ values: [Float]) -> [(column: Int32, value: Float)] {
        values.enumerated().filter { $0.element != 0 }.map { (Int32($0.offset), $0.element) }
    }
}

/// What each side says about an utterance.
struct BlendParts: Sendable {
    /// The sum of the words and VADER's normalised sum of their ratings.
    var words: Float
    var lexicon: Float
    /// The estimate from the meaning.
    var meaning: Float
}
