import Digests
package import TextSearch

/// A piece of an article that is encoded on its own, so that an article is found by any one thing that it says.
package struct Passage: Sendable, Hashable {
    /// What a passage consists of.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case title
        /// The title and the summary.
        case summary
        case keywords
        /// One phrase of what customers say.
        case asked
        /// A piece of a section, with the title before it.
        case section
    }

    package let kind: Kind
    /// What is encoded.
    package let text: String
    /// Where it stands in the searchable form of the article, without the title that is put before it.
    package let place: FieldRange

    /// The SHA-256 of the text, in hexadecimal.
    var sha256: String { Bytes.hexadecimal(SHA256.digest(of: text)) }
}

extension Article {
    /// The largest number of passages of an article; what follows in a longer one is found by its words alone.
    package static let maximumPassages = 64
    private static let maximumAskedPassages = 32

    /// The passages of the article: its title, its title with the summary, its keywords, each phrase that customers say,
    /// and its sections in pieces of about 100 words that begin and end with a sentence.
    ///
    /// They are a function of the article alone, in that order, each text once and ``maximumPassages`` at most.
    ///
    /// Cost: proportional to the text; some 10 µs for 100 words.
    package var passages: [Passage] {
        var list = PassageList()
        list.add(.title, [title], FieldRange(.title, start: 0, length: title.utf8.count))
        if let summary {
            list.add(.summary, [title, summary], FieldRange(.summary, start: 0, length: summary.utf8.count))
        }
        if !keywords.isEmpty {
            let length = keywords.joined(separator: "\n").utf8.count
            list.add(.keywords, [keywords.joined(separator: ", ")], FieldRange(.keywords, start: 0, length: length))
        }
        var start = 0
        for phrase in asked.prefix(Self.maximumAskedPassages) {
            list.add(.asked, [phrase], FieldRange(.asked, start: start, length: phrase.utf8.count))
            start += phrase.utf8.count + 1
        }
        start = 0
        for section in sections where !list.isFull {
            let bytes = Array(section.text.utf8)
            for piece in PassageCutter.pieces(of: bytes) {
                list.add(
                    .section,
                    [title, section.title, String(decoding: bytes[piece], as: UTF8.self)],
                    FieldRange(.body, start: start + piece.lowerBound, length: piece.count)
                )
            }
            start += bytes.count + 1
        }
        return list.passages
    }
}

/// Passages as they are collected: each text once, and no more than an article may have.
private struct PassageList {
    private(set) var passages: [Passage] = []
    private var texts: Set<String> = []

    var isFull: Bool { passages.count >= Article.maximumPassages }

    /// Adds a passage of several parts, with white space collapsed.
    mutating func add(_ kind: Passage.Kind, _ parts: [String?], _ place: FieldRange) {
        let text = Self.collapsed(parts.compactMap(\.self).joined(separator: " "))
        guard !isFull, !text.isEmpty, texts.insert(text).inserted else { return }
        passages.append(Passage(kind: kind, text: text, place: place))
    }

    private static func collapsed(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if byte > 0x20 {
                bytes.append(byte)
            } else if let last = bytes.last, last != 0x20 {
                bytes.append(0x20)
            }
        }
        if bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Cuts a text into pieces of whole sentences.
enum PassageCutter {
    /// Words of a piece on average.
    static let words = 100
    /// Words of a sentence at most; longer ones are cut between words.
    static let longest = 150
    /// Bytes of a sentence at most, for texts without spaces.
    static let bytes = 1_500

    private struct Sentence {
        let range: Range<Int>
        let words: Int
    }

    /// The pieces of a UTF-8 text in their order: as many as give each about ``words`` words, or `limit`, of nearly the
    /// same length.
    ///
    /// They begin and end with a word, and together contain every word once.
    static func pieces(of text: [UInt8], atMost limit: Int = .max) -> [Range<Int>] {
        let sentences = sentences(text)
        let total = sentences.reduce(0) { $0 + $1.words }
        guard total > 0 else { return [] }
        let count = min(limit, max(1, (total + words / 2) / words))
        var pieces: [Range<Int>] = []
        var current: Range<Int>?
        var before = 0
        for sentence in sentences {
            // A sentence belongs to the piece in which its middle is: (before + half) / total > pieces / count.
            if let piece = current, (2 * before + sentence.words) * count > 2 * total * (pieces.count + 1) {
                pieces.append(piece)
                current = nil
            }
            current = (current?.lowerBound ?? sentence.range.lowerBound)..<sentence.range.upperBound
            before += sentence.words
        }
        if let current { pieces.append(current) }
        return pieces
    }

    /// The sentences of a text, of which long ones are cut.
    ///
    /// A sentence ends with a line, or with a full stop, question or exclamation mark before a space. That an abbreviation
    /// ends one too does no harm: sentences are only where a text may be cut.
    private static func sentences(_ text: [UInt8]) -> [Sentence] {
        var result: [Sentence] = []
        var start: Int?
        // The end of the last word, and the words since the start.
        var (end, count) = (0, 0)
        func finish() {
            if let first = start { result.append(Sentence(range: first..<end, words: count)) }
            (start, count) = (nil, 0)
        }
        var position = 0
        while position < text.count {
            guard !isSpace(text[position]) else {
                if text[position] == UInt8(ascii: "\n") { finish() }
                position += 1
                continue
            }
            let first = position
            while position < text.count, position - first < bytes, !isSpace(text[position]) { position += 1 }
            // A word that is too long is cut between characters.
            while position < text.count, position - first > 4, text[position] & 0xC0 == 0x80 { position -= 1 }
            if let begun = start, count == longest || position - begun > bytes { finish() }
            if start == nil { start = first }
            (end, count) = (position, count + 1)
            if endsSentence(text[first..<position]) { finish() }
        }
        finish()
        return result
    }

    /// Whether a word ends with a full stop, question or exclamation mark, also before closing quotes and brackets.
    private static func endsSentence(_ word: ArraySlice<UInt8>) -> Bool {
        let closing: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]")]
        guard let last = word.last(where: { !closing.contains($0) }) else { return false }
        return last == UInt8(ascii: ".") || last == UInt8(ascii: "?") || last == UInt8(ascii: "!")
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }
}
