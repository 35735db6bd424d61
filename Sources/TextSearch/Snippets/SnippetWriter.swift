/// Writes a passage: white space collapsed, ends that were cut marked with "…", highlights counted in scalars.
struct SnippetWriter {
    private var bytes: [UInt8] = []
    private var scalars = 0
    private var highlights: [TextRange] = []
    private var pendingSpace = false

    private static let ellipsis = Array("…".utf8)

    init(cutsStart: Bool) {
        if cutsStart {
            bytes += Self.ellipsis
            scalars = 1
        }
    }

    /// Adds a range of a text; marks lie within it, ascending.
    mutating func append(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, marks: [Range<Int>]) {
        var index = range.lowerBound
        for mark in marks where mark.lowerBound >= index {
            copy(text, index..<mark.lowerBound)
            flushSpace()
            let start = scalars
            copy(text, mark)
            highlights.append(TextRange(start: start, length: scalars - start))
            index = mark.upperBound
        }
        copy(text, index..<range.upperBound)
    }

    private mutating func copy(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        for index in range {
            let byte = text[index]
            if byte <= 0x20 || byte == 0x7F {
                pendingSpace = true
                continue
            }
            flushSpace()
            bytes.append(byte)
            if byte & 0xC0 != 0x80 { scalars += 1 }
        }
    }

    private mutating func flushSpace() {
        if pendingSpace, !bytes.isEmpty {
            bytes.append(0x20)
            scalars += 1
        }
        pendingSpace = false
    }

    /// The text with its highlights.
    consuming func finish(cutsEnd: Bool) -> HighlightedText {
        if cutsEnd { bytes += Self.ellipsis }
        return HighlightedText(text: String(decoding: bytes, as: UTF8.self), highlights: highlights)
    }
}
