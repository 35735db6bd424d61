/// A turn of a customer with what came before it, as the head for unmet needs sees it.
///
/// That a need is not met shows less in one turn than in the course: the customer asks again in other words, or the agent's
/// answer was a refusal, or had nothing to do with the question.
package struct TurnInContext: Sendable, Hashable {
    /// The number of earlier turns of the customer that count.
    package static let window = 2
    /// The number of values of ``figures``.
    package static let figureCount = 8

    /// The turn.
    package var turn: MeaningVector
    /// The customer's turns before it, newest first; only the first ``window`` count.
    package var earlier: [MeaningVector]
    /// What the agent said last before it; nil if the agent has said nothing since the customer's turn before.
    package var answer: MeaningVector?
    /// The score of the turn by its words alone, from -1 to 1.
    package var score: Double

    /// Creates a turn with what came before it.
    package init(_ turn: MeaningVector, earlier: [MeaningVector] = [], answer: MeaningVector? = nil, score: Double) {
        (self.turn, self.earlier, self.answer, self.score) = (turn, earlier, answer, score)
    }

    /// Values that compare the turn with the others.
    ///
    /// In this order: a constant; whether there is an earlier turn, and the cosine to the nearest of them (asking again); whether
    /// there is an answer, its cosine to the turn, and its cosine to what was asked (an answer about something else); the score
    /// below and above zero.
    package var figures: [Float] {
        let before = earlier.prefix(Self.window)
        let again = before.map { turn.cosine($0) }.max()
        let score = score.isFinite ? Float(max(-1, min(1, score))) : 0
        return [
            1, again == nil ? 0 : 1, again ?? 0, answer == nil ? 0 : 1, answer.map { turn.cosine($0) } ?? 0,
            answer.flatMap { answer in before.first.map { answer.cosine($0) } } ?? 0, min(0, score), max(0, score),
        ]
    }
}
