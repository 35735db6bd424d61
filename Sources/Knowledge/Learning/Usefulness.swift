import Foundation

/// How much an article's ranking follows from its use: bounded, slow to move, and blind to exposure.
///
/// Each subject has one vote a day for an article, for or against it, so neither one eager person nor a high rank that
/// shows an article often can push it up: what counts is the balance of votes, not how often it was seen. The factor
/// stays within 0.85 and 1.15 and needs about thirty net votes to come near a bound.
package enum Usefulness {
    /// The factor on the score for so many votes for and against; 1 without votes.
    package static func boost(votesFor: Int64, votesAgainst: Int64) -> Float {
        let balance = Double(votesFor) - 2 * Double(votesAgainst)
        return Float(1 + 0.15 * tanh(balance / 20))
    }

    /// The vote of a verdict: for, against, or none.
    static func vote(_ verdict: Verdict) -> Int64 {
        switch verdict {
        case .used, .helpful: 1
        case .notHelpful, .wrong, .outdated: -1
        case .shown, .opened: 0
        }
    }
}

/// What somebody says of an article, or did with it.
package enum Verdict: String, Sendable, Hashable, CaseIterable {
    case shown
    case opened
    case used
    case helpful
    case notHelpful = "not_helpful"
    case wrong
    case outdated

    /// Whether a knowledge manager should look at the article.
    package var isComplaint: Bool { self == .notHelpful || self == .wrong || self == .outdated }
}
