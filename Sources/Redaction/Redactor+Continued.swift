/// Values that begin in one text and end in the next, such as a card number dictated in two utterances.
extension Redactor {
    /// A redacted text, and the earlier texts that contain the beginning of a value that ends in it.
    package struct Continuation: Sendable, Equatable {
        package let text: RedactedText
        /// The new forms of earlier texts, by index; unchanged texts are absent.
        package let earlier: [Int: RedactedText]
    }

    /// Whether a text begins with digits, as numerals or words, which may end a number begun in an earlier text.
    ///
    /// Few texts do, so that earlier texts rarely have to be fetched.
    package static func mayContinue(_ text: String) -> Bool {
        let codes = FoldedText(String(text.unicodeScalars.prefix(edge))).codes
        guard let start = codes.firstIndex(where: { $0.isWord || $0 == FoldedText.masked }) else { return false }
        return isNumber(codes, at: start)
            || NumberWords.connectiveEnd(codes, at: start).map { isNumber(codes, at: $0 + 1) } ?? false
    }

    /// Redacts a text of the person who said the `earlier` texts, oldest first, each of which is already redacted.
    ///
    /// A card number that begins in the last of them, and may continue over several that contain only digits, is
    /// replaced in all texts.
    package func redact(_ text: String, after earlier: [String]) -> Continuation {
        let alone = redact(text)
        guard kinds.contains(.card), Self.mayContinue(text), let last = earlier.last, Self.endsWithDigits(last) else {
            return Continuation(text: alone, earlier: [:])
        }
        var (joined, pieces) = ("", [(start: Int, cut: Int)]())
        var length = 0
        for piece in earlier + [text] {
            let isLast = pieces.count == earlier.count
            let scalars = piece.unicodeScalars
            let kept = isLast ? scalars.prefix(Self.reach) : scalars.suffix(Self.reach)
            pieces.append((length, isLast ? 0 : scalars.count - kept.count))
            joined.unicodeScalars.append(contentsOf: kept)
            joined.unicodeScalars.append("\n")
            length += kept.count + 1
        }
        let border = pieces[earlier.count].start
        let spans = Redactor(kinds: [.card]).redact(joined).spans
        guard let card = spans.first(where: { $0.range.lowerBound < border && $0.range.upperBound > border }) else {
            return Continuation(text: alone, earlier: [:])
        }
        var found: [Int: RedactedText] = [:]
        for (index, piece) in pieces.enumerated() {
            let end = index + 1 < pieces.count ? pieces[index + 1].start - 1 : length - 1
            let part = card.range.clamped(to: piece.start..<end)
            guard !part.isEmpty else { continue }
            let range = (part.lowerBound - piece.start + piece.cut)..<(part.upperBound - piece.start + piece.cut)
            let span = RedactedText.Span(kind: .card, range: range)
            let others = index == earlier.count ? alone.spans.filter { !$0.range.overlaps(range) } : []
            let spans = ([span] + others).sorted { $0.range.lowerBound < $1.range.lowerBound }
            found[index] = RedactedText(original: index == earlier.count ? text : earlier[index], spans: spans)
        }
        return Continuation(text: found.removeValue(forKey: earlier.count) ?? alone, earlier: found)
    }

    /// The number of scalars examined at the end of a text: enough for a card number in words.
    private static let reach = 240
    /// The number of scalars examined to see whether a text begins or ends with digits.
    private static let edge = 40

    /// Whether a text ends with digits.
    private static func endsWithDigits(_ text: String) -> Bool {
        let codes = FoldedText(String(text.unicodeScalars.suffix(edge))).codes
        guard let last = codes.lastIndex(where: { $0.isWord || $0 == FoldedText.masked }) else { return false }
        var start = last
        while start > 0, codes[start - 1].isWord { start -= 1 }
        return codes[last].isDigit || NumberWords.read(codes, at: start) != nil
    }

    private static func isNumber(_ codes: [UInt8], at index: Int) -> Bool {
        index < codes.count && (codes[index].isDigit || NumberWords.read(codes, at: index) != nil)
    }
}
