import PhraseMatching

/// Praise that is not meant: it stands by itself, and beside it stands what has gone wrong.
///
/// "Brilliant, another week without a fridge" praises nothing. The contrast is looked for with phrases: a word of praise
/// that is a remark of its own (it begins a sentence or part of one, and ends there or runs into the plight), and a plight
/// elsewhere in the utterance. What tells of a solution takes it back. Said in earnest such utterances hardly occur; what
/// is sarcastic without a plight is not noticed.
package struct Sarcasm: Sendable {
    /// What a phrase stands for.
    private enum Part: Int {
        case praise, plight
    }

    /// Longer texts are reports, in which both occur in earnest.
    private static let longestText = 400
    /// What is as negative as this needs no correction.
    private static let bound = -0.3
    /// The least strength of a corrected score.
    private static let strength = 0.4

    private let matcher: PhraseMatcher

    /// Reads the phrases of a language: lines of patterns under the headings `praise`, `plight` and `unless`.
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
        ])
    }

    /// The score of a text whose praise is not meant; nil when it is.
    func corrected(_ score: SentimentScore, _ text: String) -> SentimentScore? {
        guard score.score > Self.bound, text.utf8.count <= Self.longestText else { return nil }
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
