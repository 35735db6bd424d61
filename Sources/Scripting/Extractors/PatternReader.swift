import FEEL

/// Finds codes that have a form, such as the number of an order.
struct PatternReader: Sendable {
    /// What is done with a match before it is a value.
    enum Normalisation: String, Sendable, CaseIterable {
        /// Capital letters.
        case upper
        /// Small letters.
        case lower
        /// Only letters and digits remain.
        case compact
        /// Only digits remain.
        case digits
    }

    /// The check digits of a code.
    enum Check: String, Sendable, CaseIterable {
        /// The last digit makes the sum of Luhn a multiple of 10 (ISO/IEC 7812-1, annex B).
        case luhn
        /// Letters count from 10, and the remainder by 97 is 1 (ISO/IEC 7064, MOD 97-10).
        case mod97
        /// The last digit makes the sum weighted by 3 and 1 a multiple of 10 (GS1, section 7.9).
        case gs1
    }

    /// The steps that one search of one utterance may take, about a millisecond.
    static let steps = 100_000
    private static let maximumMatches = 100

    let pattern: BoundedPattern
    /// How the groups are put together, as `OH-{1}`; nil for the first group, or the whole match without one.
    var form: String?
    var normalisations: [Normalisation] = []
    var check: Check?

    /// The codes, in the order of the text; those after the bound of steps are not found.
    ///
    /// A code is not part of a longer word: neither letters nor digits are next to it.
    func codes(in utterance: Utterance) -> [SaidValue] {
        let scalars = utterance.scalars
        var found: [SaidValue] = []
        var steps = Self.steps
        var position = 0
        while position < scalars.count, found.count < Self.maximumMatches,
            let match = pattern.firstMatch(in: scalars, from: position, steps: &steps)
        {
            position = match.range.lowerBound + 1
            guard !match.range.isEmpty, Self.isApart(match.range, in: scalars) else { continue }
            let text = normalised(written(match, scalars))
            guard !text.isEmpty, text.unicodeScalars.count <= ScriptLimits.answerLength,
                check.map({ Self.passes(text, $0) }) ?? true
            else { continue }
            found.append(SaidValue(value: .text(text), range: match.range))
            position = match.range.upperBound
        }
        return found
    }

    private static func isApart(_ range: Range<Int>, in scalars: [Unicode.Scalar]) -> Bool {
        let isWord = { (position: Int) in
            scalars.indices.contains(position)
                && (scalars[position].properties.isAlphabetic || Utterance.isDigit(scalars[position]))
        }
        return !(isWord(range.lowerBound - 1) && isWord(range.lowerBound))
            && !(isWord(range.upperBound - 1) && isWord(range.upperBound))
    }

    private func written(_ match: BoundedPattern.Match, _ scalars: [Unicode.Scalar]) -> String {
        let text = { (range: Range<Int>?) in range.map { String(String.UnicodeScalarView(scalars[$0])) } ?? "" }
        guard let form else { return text(match.groups.count > 1 ? match.groups[1] : match.range) }
        var result = form
        for (number, group) in match.groups.enumerated().dropFirst() {
            result = result.split(separator: "{\(number)}", omittingEmptySubsequences: false)
                .joined(separator: text(group))
        }
        return result
    }

    private func normalised(_ text: String) -> String {
        normalisations.reduce(text) { text, normalisation in
            switch normalisation {
            case .upper: text.uppercased()
            case .lower: text.lowercased()
            case .compact: text.filter { $0.isLetter || $0.isNumber }
            case .digits: text.filter { ("0"..."9").contains($0) }
            }
        }
    }

    /// Whether the check digits of a code are right; everything but letters and digits is ignored.
    static func passes(_ text: String, _ check: Check) -> Bool {
        let values = text.utf8.compactMap { byte -> Int? in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 48
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte) - 55
            case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte) - 87
            default: nil
            }
        }
        guard values.count > 1 else { return false }
        switch check {
        case .mod97: return values.reduce(0) { ($0 * ($1 > 9 ? 100 : 10) + $1) % 97 } == 1
        case .luhn, .gs1:
            guard values.allSatisfy({ $0 < 10 }) else { return false }
            let sum = values.reversed().enumerated().reduce(0) { sum, digit in
                guard digit.offset % 2 == 1 else { return sum + digit.element }
                guard check == .luhn else { return sum + digit.element * 3 }
                return sum + (digit.element < 5 ? digit.element * 2 : digit.element * 2 - 9)
            }
            return sum % 10 == 0
        }
    }
}
