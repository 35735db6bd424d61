/// The replacement of `fn:replace`: text with `$n` for groups, `\$` and `\\` for themselves.
struct Replacement {
    private enum Part {
        case text([Unicode.Scalar])
        case group(Int)
    }

    private var parts: [Part] = []

    /// Reads a replacement for a pattern; with the flag `q` it is taken as it is.
    init(_ text: String, for pattern: Pattern) throws(PatternError) {
        let scalars = Array(text.unicodeScalars)
        if pattern.isLiteral {
            parts = [.text(scalars)]
            return
        }
        var literal: [Unicode.Scalar] = []
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            if scalar == "\\" {
                guard index < scalars.count, scalars[index] == "\\" || scalars[index] == "$" else {
                    throw PatternError(message: "a backslash in the replacement must stand before '$' or '\\'")
                }
                literal.append(scalars[index])
                index += 1
            } else if scalar == "$" {
                guard index < scalars.count, var number = scalars[index].decimalDigit else {
                    throw PatternError(message: "'$' in the replacement must stand before a digit")
                }
                index += 1
                while index < scalars.count, let digit = scalars[index].decimalDigit,
                    number * 10 + digit <= pattern.groupCount
                {
                    number = number * 10 + digit
                    index += 1
                }
                parts.append(.text(literal))
                literal = []
                parts.append(.group(number))
            } else {
                literal.append(scalar)
            }
        }
        parts.append(.text(literal))
    }

    /// Adds the replacement of a match; a group that took no part, or does not exist, is empty.
    func append(_ match: PatternMatcher.Match, of text: [Unicode.Scalar], to result: inout [Unicode.Scalar]) {
        for part in parts {
            switch part {
            case .text(let scalars): result += scalars
            case .group(let number):
                if number < match.groups.count, let range = match.groups[number] { result += text[range] }
            }
        }
    }
}
