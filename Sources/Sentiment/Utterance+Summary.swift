#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension Utterance {
    /// The number of values in a summary.
    package static let summaryCount = 22

    /// Writes values that summarise the ratings of the words and the style of the utterance to `output`.
    ///
    /// The first is the sum of ratings normalised to -1…1 as in VADER (Hutto and Gilbert, 2014). The others are
    /// variants of it that are split, transformed or conditional, so that training can weight ratings differently in
    /// short texts, emphatic texts and questions.
    package func summary(into output: UnsafeMutableBufferPointer<Float>) {
        var (positive, negative, last, highest, lowest): (Float, Float, Float, Float, Float) = (0, 0, 0, 0, 0)
        for token in tokens where token.valence != 0 {
            if token.valence > 0 { positive += token.valence } else { negative -= token.valence }
            last = token.valence
            highest = max(highest, token.valence)
            lowest = min(lowest, token.valence)
        }
        let hasRatings = positive + negative > 0
        var sum = positive - negative
        let exclaimed = Float(min(exclamations, 4))
        if sum != 0 { sum += (sum > 0 ? 0.292 : -0.292) * exclaimed }
        let squeezed = squeeze(sum, 15)
        let length = Float(max(wordCount, 1))
        let total = positive + negative + 4
        let figures: (Float, Float, Float, Float, Float, Float, Float, Float) = (
            squeezed, positive / total, negative / total, sum / length.squareRoot() / 4, last / 8, highest / 8,
            lowest / 8,
            hasRatings ? 0 : 0.3
        )
        output[0] = figures.0
        output[1] = figures.1
        output[2] = figures.2
        output[3] = figures.3
        output[4] = figures.4
        output[5] = figures.5
        output[6] = figures.6
        output[7] = figures.7
        output[8] = squeeze(sum, 4)
        output[9] = squeeze(sum, 60)
        output[10] = squeezed * 2 / (1 + length / 8)
        output[11] = hasSymbols ? squeezed : 0
        output[12] = exclamations > 0 ? squeezed : 0
        output[13] = 0.2 * Float(min(exclamations, 3))
        output[14] = hasReferences ? squeezed : 0
        output[15] = hasQuestion ? squeezed : 0
        output[16] = 0.1 * log(length + 1)
        output[17] = hasCapitals ? squeezed : 0
        output[18] = hasRatings ? 0 : scale * 0.1
        output[19] = hasQuestion ? 0.2 : 0
        output[20] = positive > 0 && negative > 0 ? squeezed : 0
        output[21] = 0.15
    }

    private func squeeze(_ sum: Float, _ width: Float) -> Float { sum / (sum * sum + width).squareRoot() }
}
