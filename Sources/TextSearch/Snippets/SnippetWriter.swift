/// Writes a passage: white space is collapsed, truncated ends are marked with "…", and highlights are counted in
/// scalars.
struct SnippetWriter {
    private var bytes: [UInt8] = []
    private var scalars = 0
    private var highlights: [TextRange] = []
    private var pendingSpace = false

    private static let ellipsis = Array("…".utf8)

    init(cutsStart: Bool, expectedBytes: Int) {
        bytes.reserveCapacity(expectedBytes + 6)
        if cutsStart {
            bytes += Self.ellipsis
            scalars = 1
        }
    }

    /// Appends a range of a text; `marks` must ascend and lie within it.
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
        var index = range.lowerBound
        while index < range.upperBound {
            guard !Self.isSpace(text[index]) else {
                pendingSpace = true
                index += 1
                continue
            }
            flushSpace()
            let start = index
            var continuations = 0
            while index < range.upperBound {
                let byte = text[index]
                if Self.isSpace(byte), !Self.isSingleSpace(text, index, range.upperBound) { break }
                if byte & 0xC0 == 0x80 { continuations += 1 }
                index += 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
            scalars += index - start - continuations
        }
    }

    @inline(__always)
    private static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x7F }

    /// Whether a space can be copied as it is, because a word follows in the same range.
    @inline(__always)
    private static func isSingleSpace(_ text: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int) -> Bool {
        text[index] == 0x20 && index + 1 < end && !isSpace(text[index + 1])
    }

    private mutating func flushSpace() {
        if pendingSpace, !bytes.isEmpty {
            bytes.append(0x20)
            scalars += 1
        }
        pendingSpace = false
    }

    /// Finishes the passage.
    consuming func finish(cutsEnd: Bool) -> HighlightedText {
        if cutsEnd { bytes += Self.ellipsis }
        return HighlightedText(text: String(decoding: bytes, as: UTF8.self), highlights: highlights)
    }
}
