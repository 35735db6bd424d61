import Foundation

/// Joins how well the words of an article fit a query with how near its meaning is, for all candidates of one query.
///
/// - Words: their score divided by the best one of the query, so that queries can be compared.
/// - Meaning: a logistic function of the cosine, which needs no such scale: below .3 the cosine of all-MiniLM-L6-v2 is
///   background, above .5 it is evidence. The best words and a certain meaning count the same.
/// - Use: what precedents say for the article, see ``PrecedentTally``, up to the lift of the rules.
/// - An article without the identifiers of the query, such as a code, keeps a quarter of its meaning and use.
///
/// The form and its constants were chosen among some ninety on every second topic of four judged collections (CACM, CISI,
/// tau2-banking and a part of SciFact) and compared on the others.
package struct RankFusion: Sendable {
    /// What is known of a candidate.
    package struct Evidence: Sendable {
        /// The score of its words; 0 if none of them occurs in it.
        let words: Double
        /// The cosine of its nearest passage; nil if it has no vectors.
        let similarity: Double?
        /// Whether the query has identifiers, and the article contains none of them.
        let lacksIdentifier: Bool
        /// What its use after similar words adds.
        let use: Double

        package init(words: Double, similarity: Double?, lacksIdentifier: Bool = false, use: Double = 0) {
            (self.words, self.similarity, self.lacksIdentifier) = (words, similarity, lacksIdentifier)
            self.use = use
        }
    }

    /// A candidate's score and what it consists of.
    package struct Score: Sendable, Hashable {
        /// From 0 to 1.
        package let words: Double
        /// From 0 to 1.
        package let meaning: Double
        /// From 0 to the lift of the rules, which is 1 at most.
        package let use: Double

        package var total: Double { words + meaning + use }

        package init(words: Double, meaning: Double, use: Double = 0) {
            (self.words, self.meaning, self.use) = (words, meaning, use)
        }
    }

    /// The cosine at which meaning counts half.
    private static let middle = 0.40
    /// How far from there it counts .73 and .27.
    private static let width = 0.10
    /// The share of its meaning that an article without the query's identifiers keeps.
    private static let shareWithoutIdentifier = 0.25
    /// The cosine from which an article is a hit without any of the words.
    private static let leastSimilarity = 0.30

    private let best: Double

    /// - Parameter bestWords: the score of the best words of the query; 0 if they find nothing.
    package init(bestWords: Double) { best = bestWords }

    /// The score of a candidate; nil if it is no hit.
    package func score(_ evidence: Evidence) -> Score? {
        let isNear = evidence.similarity ?? -1 >= Self.leastSimilarity
        guard evidence.words > 0 || isNear || evidence.use > 0 else { return nil }
        let meaning = evidence.similarity.map { 1 / (1 + exp((Self.middle - $0) / Self.width)) } ?? 0
        let share = evidence.lacksIdentifier ? Self.shareWithoutIdentifier : 1
        return Score(
            words: best > 0 ? min(1, evidence.words / best) : 0,
            meaning: share * meaning,
            use: share * evidence.use
        )
    }
}
