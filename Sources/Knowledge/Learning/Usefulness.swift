import Foundation
package import Vocabulary

/// How use influences an article's ranking: within bounds, slowly, and independently of exposure.
///
/// Each subject has one vote a day for an article, for or against it, so neither one person's many votes nor frequent
/// display at a high rank can push it up: only the balance of votes counts, not how often the article was seen. The
/// factor stays within 0.85 and 1.15 and needs about thirty net votes to come near a bound.
package enum Usefulness {
    /// The factor for the score of an article with these votes; 1 without votes.
    package static func boost(votesFor: Int64, votesAgainst: Int64) -> Float {
        let balance = Double(votesFor) - 2 * Double(votesAgainst)
        return Float(1 + 0.15 * tanh(balance / 20))
    }

    /// The vote of a verdict: for, against, or none.
    static func vote(_ verdict: ArticleVerdict) -> Int64 {
        switch verdict {
        case .used, .helpful: 1
        case .notHelpful, .wrong, .outdated: -1
        case .shown, .opened: 0
        }
    }
}

extension ArticleVerdict {
    /// Whether a knowledge manager should review the article.
    package var isComplaint: Bool { self == .notHelpful || self == .wrong || self == .outdated }
}
