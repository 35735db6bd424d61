/// The words of an utterance, as extractors read them: words, groups of digits and marks, each with its place.
struct Utterance: Sendable {
    /// One piece of the text; white space belongs to none.
    struct Token: Sendable {
        enum Kind: Sendable {
            case word, digits, mark
        }

        let kind: Kind
        /// The text; words are in lower case and without apostrophes.
        let text: String
        /// Its place, in Unicode scalars.
        let range: Range<Int>
    }

    /// The scalars after which the rest of an utterance is ignored.
    static let longest = 4_000

    let text: String
    let scalars: [Unicode.Scalar]
    let tokens: [Token]

    init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars.prefix(Self.longest))
        var tokens: [Token] = []
        var start = 0
        while start < scalars.count {
            let kind = Self.kind(scalars[start])
            guard let kind else {
                start += 1
                continue
            }
            var end = start + 1
            while kind != .mark, end < scalars.count,
                Self.kind(scalars[end]) == kind || Self.joins(scalars, at: end, kind)
            {
                end += 1
            }
            tokens.append(Token(kind: kind, text: Self.folded(scalars[start..<end]), range: start..<end))
            start = end
        }
        self.tokens = tokens
    }

    private static func kind(_ scalar: Unicode.Scalar) -> Token.Kind? {
        if isDigit(scalar) { return .digits }
        if scalar.properties.isAlphabetic { return .word }
        return scalar.properties.isWhitespace || scalar.value < 0x20 ? nil : .mark
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    /// Whether a scalar is an apostrophe or a combining mark inside a word.
    private static func joins(_ scalars: [Unicode.Scalar], at position: Int, _ kind: Token.Kind) -> Bool {
        guard kind == .word else { return false }
        if scalars[position].properties.canonicalCombiningClass != .notReordered { return true }
        return isApostrophe(scalars[position]) && position + 1 < scalars.count
            && scalars[position + 1].properties.isAlphabetic
    }

    private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { scalar == "'" || scalar == "’" }

    private static func folded(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars.filter { !isApostrophe($0) })).lowercased()
    }

    /// The words of a phrase in a list, folded like those of utterances.
    static func words(_ phrase: String) -> [String] { Utterance(phrase).tokens.map(\.text) }

    /// Whether two tokens stand side by side without white space.
    func areJoined(_ position: Int) -> Bool {
        position > 0 && position < tokens.count
            && tokens[position - 1].range.upperBound == tokens[position].range.lowerBound
    }

    /// The position behind a phrase that begins at a position; nil if it does not stand there.
    func end(of phrase: [String], at position: Int) -> Int? {
        guard !phrase.isEmpty, position + phrase.count <= tokens.count else { return nil }
        for (offset, word) in phrase.enumerated() where tokens[position + offset].text != word { return nil }
        return position + phrase.count
    }

    /// The position behind the longest of several phrases that begin at a position, with its value.
    func longest<Meaning>(of phrases: [([String], Meaning)], at position: Int) -> (meaning: Meaning, end: Int)? {
        var best: (meaning: Meaning, end: Int)?
        for (phrase, meaning) in phrases {
            guard let end = end(of: phrase, at: position), end > best?.end ?? 0 else { continue }
            best = (meaning, end)
        }
        return best
    }

    /// The scalars from the start of one token to the end of another.
    func range(from first: Int, to end: Int) -> Range<Int> {
        tokens[first].range.lowerBound..<tokens[end - 1].range.upperBound
    }
}
