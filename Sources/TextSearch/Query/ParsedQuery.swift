/// A parsed query: its words, and the phrases in quotes.
struct ParsedQuery {
    /// All words, including quoted ones.
    private(set) var words: [QueryWord] = []
    /// The words of each phrase in quotes, without joined words.
    private(set) var phrases: [[QueryWord]] = []
    /// Whether the text ends in a word outside quotes, which may then be unfinished.
    private(set) var endsInWord = false

    /// The number of bytes after which text is ignored.
    static let maximumBytes = 1 << 16
    /// The number of words after which text is ignored.
    static let maximumWords = 4_096
    /// The number of phrases after which quoted words are treated as plain words.
    static let maximumPhrases = 4

    /// Parses a text with the analyser of a language.
    init(_ text: String, analyzer: WordAnalyzer) {
        var ordinal = 0
        for piece in Self.pieces(of: text) {
            let found = Self.words(of: piece.text, analyzer, from: ordinal)
            ordinal += found.count { $0.parts == 1 } + 1
            words += found
            let plain = found.filter { $0.parts == 1 }
            if piece.isQuoted, !plain.isEmpty, phrases.count < Self.maximumPhrases { phrases.append(plain) }
            if !piece.text.isEmpty { endsInWord = !piece.isQuoted && Self.endsInWord(piece.text) }
        }
        if words.count > Self.maximumWords { words.removeSubrange(Self.maximumWords...) }
    }

    /// The words of a text; a joined word follows its parts.
    static func words(of text: String, _ analyzer: WordAnalyzer, from first: Int = 0) -> [QueryWord] {
        var text = text
        var result: [QueryWord] = []
        text.withUTF8 { bytes in
            _ = DocumentWords.each(in: bytes) { word in
                guard result.count < maximumWords else { return }
                let typed = String(decoding: word.bytes, as: UTF8.self)
                let forms = analyzer.forms(of: word.bytes)
                result.append(QueryWord(typed: typed, forms: forms, ordinal: first + word.ordinal, parts: word.parts))
            }
        }
        return result
    }

    private static func endsInWord(_ text: String) -> Bool {
        guard let last = text.unicodeScalars.last else { return false }
        return ScalarClass.of(last.value) != ScalarClass.separator
    }

    private static let quotes: Set<Unicode.Scalar> = ["\"", "“", "”", "„", "«", "»"]

    /// The text cut at quotes; an unclosed quote counts as a space.
    private static func pieces(of text: String) -> [(text: String, isQuoted: Bool)] {
        var pieces: [(text: String, isQuoted: Bool)] = [("", false)]
        for scalar in String(decoding: text.utf8.prefix(maximumBytes), as: UTF8.self).unicodeScalars {
            if quotes.contains(scalar) {
                pieces.append(("", pieces.count % 2 == 1))
            } else {
                pieces[pieces.count - 1].text.unicodeScalars.append(scalar)
            }
        }
        if pieces.count % 2 == 0 { pieces[pieces.count - 1].isQuoted = false }
        return pieces
    }
}
