package import Vocabulary

/// What a conversation has been about so far, in the customer's own words: a pure function of its turns.
///
/// Three quotations are kept: the first concern, the strongest complaint and the latest words. Texts are redacted before
/// they come here. The cost of a turn does not depend on how many there were.
package struct RunningSummary: Codable, Sendable, Hashable {
    private static let maximumQuotation = 160
    /// A first concern has at least this many words, unless it is a complaint: greetings have fewer.
    private static let wordsOfConcern = 5
    /// A complaint scores at most this.
    private static let complaintBound = -0.3

    /// What the customer came with.
    package internal(set) var concern: String?
    /// What the customer said in the worst moment.
    package internal(set) var strongest: String?
    private var strongestScore = 0.0
    /// What the customer said last.
    package internal(set) var latest: String?

    /// A conversation in which nothing was said yet.
    package init() {}

    /// Takes up a turn; only the customer's words are quoted.
    package mutating func observe(text: String, score: Double?, speaker: Speaker) {
        guard speaker == .customer else { return }
        let quotation = Self.quotation(of: text)
        guard !quotation.isEmpty else { return }
        latest = quotation
        let isComplaint = (score ?? 0) <= Self.complaintBound
        if concern == nil, isComplaint || Self.hasSubstance(quotation) { concern = quotation }
        if let score, isComplaint, score < strongestScore { (strongest, strongestScore) = (quotation, score) }
    }

    /// The summary in one short paragraph; nil before the customer has spoken.
    package var text: String? {
        guard let latest else { return nil }
        var parts: [String] = []
        if let concern { parts.append("Came with: “\(concern)”") }
        if let strongest, strongest != concern { parts.append("Worst moment: “\(strongest)”") }
        if latest != concern, latest != strongest { parts.append("Last: “\(latest)”") }
        return parts.joined(separator: " ")
    }

    private static func hasSubstance(_ text: String) -> Bool {
        text.split(separator: " ", maxSplits: wordsOfConcern).count >= wordsOfConcern
    }

    /// The beginning of a text on one line, cut between words.
    static func quotation(of text: String) -> String {
        let line = text.prefix(4 * maximumQuotation).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard line.count > maximumQuotation else { return line }
        let cut = line.prefix(maximumQuotation)
        let end = cut.lastIndex(of: " ") ?? cut.endIndex
        return cut[..<end] + "…"
    }
}
