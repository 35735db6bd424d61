/// Every constant of ranking and forgiveness, in one place.
package struct SearchTuning: Sendable, Equatable {
    /// Weights of title, keywords, summary, headings and body in BM25F.
    package var fieldWeights: [Float] = [2.0, 2.0, 1.0, 1.0, 1.0]
    /// Length normalisation of each field in BM25F, 0 (none) to 1 (full).
    package var fieldLengthNormalisation: [Float] = [0.4, 0.4, 0.4, 0.4, 0.4]
    /// The saturation of term frequency in BM25F.
    package var saturation: Float = 0.9
    /// The range boosts are clamped to.
    package var boostRange: ClosedRange<Float> = 0.8...1.25
    /// The number of distinct words of a query that are ranked by; the most telling are kept.
    package var maximumQueryWords = 64

    /// The values the project ships with.
    package static let standard = SearchTuning()
}
