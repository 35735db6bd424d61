import PhraseMatching

/// Corrects the score of utterances whose meaning differs from the sum of their words, using phrases of one language.
///
/// *Sarcasm*: "Brilliant, another week without a fridge" is not praise. It requires a word of praise that forms a
/// separate remark (it begins a sentence or part of one, and ends there or leads into the problem), and a problem
/// elsewhere in the utterance. A phrase about a solution cancels it. Sarcasm without a problem is not detected.
///
/// *Plain mistakes*: "You sent me the wrong colour" states what happened. Unless other words are negative as well, it
/// is not scored as strongly negative.
package struct Remarks: Sendable {
    /// The role of a phrase.
    private enum Part: Int {
        case praise, plight, mistake
    }

    /// The largest text length for sarcasm; longer texts are reports, in which praise and problems are both meant
    /// literally.
    private static let maximumTextLength = 400
    /// The score at or below which sarcasm needs no correction.
    private static let bound = -0.3
    /// The smallest absolute score of corrected sarcasm.
    private static let strength = 0.4
    /// The score of a plainly stated mistake, and the limit of what other words add to it.
    private static let plainness = -0.45
    private static let temper = -0.35

    private let matcher: PhraseMatcher

    /// Reads the phrases of a language: lines of patterns under the headings `praise`, `plight`, `unless` (phrases
    /// about a problem that is solved) and `mistake`.
    ///
    /// - Throws: `PhraseError` for an invalid pattern.
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

    /// The corrected score of the text; nil if the score of its words needs no correction.
    ///
    /// - Parameters:
    ///   - score: the score from the words.
    ///   - text: the utterance.
    ///   - isPraise: whether one of the words may be praise.
    /// - Returns: the corrected score.
    func corrected(_ score: SentimentScore, _ text: String, isPraise: Bool) -> SentimentScore? {
        guard text.utf8.count <= Self.maximumTextLength else { return nil }
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

    /// The score of a mistake that is plainly stated.
    private func plain(_ score: SentimentScore, _ matches: [PhraseMatch]) -> SentimentScore? {
        guard let mistake = matches.first(where: { $0.rule == Part.mistake.rawValue }) else { return nil }
        let others = score.because.filter { !mistake.text.contains($0.text) && !$0.text.contains(mistake.text) }
        guard others.reduce(0, { $0 + min(0, $1.weight) }) > Self.temper else { return nil }
        let share = Self.plainness / score.score
        let because = score.because.map { SentimentScore.Reason(text: $0.text, weight: $0.weight * share) }
        return SentimentScore(score: Self.plainness, because: because)
    }

    /// Whether praise is a separate remark.
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
