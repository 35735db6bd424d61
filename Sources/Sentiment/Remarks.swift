import PhraseMatching

/// What an utterance says as a whole and the sum of its words misses, found with phrases of one language.
///
/// *Sarcasm*: "Brilliant, another week without a fridge" praises nothing. It takes a word of praise that is a remark of its
/// own (it begins a sentence or part of one, and ends there or runs into the plight), and a plight elsewhere in the
/// utterance. What tells of a solution takes it back. What is sarcastic without a plight is not noticed.
///
/// *Plain mistakes*: "You sent me the wrong colour" states what happened. Unless other words are negative as well, it is
/// not scored as if somebody were furious.
package struct Remarks: Sendable {
    /// What a phrase stands for.
    private enum Part: Int {
        case praise, plight, mistake
    }

    /// Longer texts are reports, in which both occur in earnest.
    private static let longestText = 400
    /// Sarcasm as negative as this needs no correction.
    private static let bound = -0.3
    /// The least strength of corrected sarcasm.
    private static let strength = 0.4
    /// How negative a mistake is that is told plainly, and what other words may add.
    private static let plainness = -0.45
    private static let temper = -0.35

    private let matcher: PhraseMatcher

    /// Reads the phrases of a language: lines of patterns under the headings `praise`, `plight`, `unless` (a plight that is
    /// over) and `mistake`.
    ///
    /// - Throws: `PhraseError` for a pattern that is none.
    package init(_ source: String) throws {
        var lists: [Substring: [String]] = [:]
        var heading: Substring = ""
        for line in source.split(whereSeparator: \.isNewline) where line.first != "#" {
            if line.first == " " {
                lists[heading, default: []].append(String(line.drop { $0 == " " }))
            } else {
                heading = line
            }
        }
        let unless = (lists["unless"] ?? []).map { PhraseRule.Exception($0, place: .anywhere) }
        matcher = try PhraseMatcher([
            PhraseRule(patterns: lists["praise"] ?? []), PhraseRule(patterns: lists["plight"] ?? [], unless: unless),
            PhraseRule(patterns: lists["mistake"] ?? []),
        ])
    }

    /// The score of the text as a whole; nil where the words say it all.
    ///
    /// - Parameters:
    ///   - score: what the words say.
    ///   - text: the utterance.
    ///   - isPraise: whether one of them may be praise.
    /// - Returns: the corrected score.
    func corrected(_ score: SentimentScore, _ text: String, isPraise: Bool) -> SentimentScore? {
        guard text.utf8.count <= Self.longestText else { return nil }
        if score.score < Self.plainness { return plain(score, matcher.matches(in: text)) }
        guard isPraise, score.score > Self.bound else { return nil }
        let matches = matcher.matches(in: text)
        let plights = matches.filter { $0.rule == Part.plight.rawValue }
        guard let plight = plights.first,
            let praise = matches.first(where: { match in
                match.rule == Part.praise.rawValue && stands(match, in: text, before: plights)
            })
        else { return nil }
        let strength = max(Self.strength, abs(score.score))
        return SentimentScore(
            score: -strength,
            because: [
                SentimentScore.Reason(text: plight.text, weight: -strength / 2),
                SentimentScore.Reason(text: praise.text, weight: -strength / 2),
            ]
        )
    }

    /// The score of a mistake that is told plainly.
    private func plain(_ score: SentimentScore, _ matches: [PhraseMatch]) -> SentimentScore? {
        guard let mistake = matches.first(where: { $0.rule == Part.mistake.rawValue }) else { return nil }
        let others = score.because.filter { !mistake.text.contains($0.text) && !$0.text.contains(mistake.text) }
        guard others.reduce(0, { $0 + min(0, $1.weight) }) > Self.temper else { return nil }
        let share = Self.plainness / score.score
        let because = score.because.map { SentimentScore.Reason(text: $0.text, weight: $0.weight * share) }
        return SentimentScore(score: Self.plainness, because: because)
    }

    /// Whether praise is a remark of its own.
    private func stands(_ praise: PhraseMatch, in text: String, before plights: [PhraseMatch]) -> Bool {
        let start = text.unicodeScalars.index(text.startIndex, offsetBy: praise.range.lowerBound)
        let end = text.unicodeScalars.index(text.startIndex, offsetBy: praise.range.upperBound)
        let before = text.unicodeScalars[..<start].last { !$0.properties.isWhitespace }
        let after = text.unicodeScalars[end...].first { !$0.properties.isWhitespace }
        let runsOn = plights.contains { plight in
            guard plight.range.lowerBound >= praise.range.upperBound else { return false }
            let next = text.unicodeScalars.index(text.startIndex, offsetBy: plight.range.lowerBound)
            return text.unicodeScalars[end..<next].allSatisfy(\.properties.isWhitespace)
        }
        return isBreak(before) && (isBreak(after) || runsOn)
    }

    private func isBreak(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { ".,;:!?-–—…()\"“”\n".unicodeScalars.contains($0) } ?? true
    }
}
