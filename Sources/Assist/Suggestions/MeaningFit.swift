import Foundation

/// How well an article fits what the customer said, by meaning and words.
///
/// The constants were chosen on utterances written by people who had not seen the articles, on questions to other trades and on
/// small talk, and tested once on a half of them that had not been used. `README.md` in `Integration/suggestions` has the figures.
package struct MeaningFit: Sendable, Equatable {
    /// The weight of the words that occur in the article, in units of ``TopicCandidate/weight``.
    private static let words = 0.05
    /// The weight of the rivalry of remarks.
    private static let rivalry = 8.0
    /// What is added for an article named by the open step or by a step of the script that fits.
    private static let named = 0.09
    /// The fit of the best article from which articles are offered.
    package static let bar = 0.38
    /// How far the others may be behind the best one.
    private static let distance = 0.15
    private static let (intercept, slope) = (-3.1, 6.4)

    package let value: Double

    /// The fit of an article.
    ///
    /// - Parameters:
    ///   - similarity: the article's nearness to what was said.
    ///   - weight: the weight of the words that occur in it, 0 or more.
    ///   - rivalry: how much nearer remarks are that no article answers.
    ///   - isNamed: whether the script names the article.
    ///   - use: what its use after similar words adds, in units of similarity.
    package init(similarity: Double, weight: Double, rivalry: Double, isNamed: Bool = false, use: Double = 0) {
        value = similarity + Self.words * weight - Self.rivalry * rivalry + (isNamed ? Self.named : 0) + use
    }

    /// The chance that the article is right, if it is the best one, 0 to 1.
    package var probability: Double { 1 / (1 + exp(-(Self.intercept + Self.slope * value))) }

    /// The positions of the fits that can be offered, best first; equal ones in their order.
    package static func offered(_ fits: [MeaningFit]) -> [Int] {
        let sorted = fits.indices.sorted { (-fits[$0].value, $0) < (-fits[$1].value, $1) }
        guard let best = sorted.first, fits[best].value >= bar else { return [] }
        return Array(sorted.prefix { fits[$0].value >= fits[best].value - distance })
    }
}
