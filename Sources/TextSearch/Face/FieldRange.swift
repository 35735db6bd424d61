/// A piece of a field of a document, by its UTF-8 bytes.
package struct FieldRange: Sendable, Hashable {
    package let field: SearchField
    /// The first byte, from the beginning of the field.
    package let start: Int
    /// The number of bytes.
    package let length: Int

    package init(_ field: SearchField, start: Int, length: Int) {
        self.field = field
        self.start = start
        self.length = length
    }
}

extension Segment {
    /// The bytes of a piece within the text of its document: clipped to the field, and to whole characters.
    func bytes(of piece: FieldRange, in document: Int) -> Range<Int> {
        let field = byteRange(document, piece.field)
        let bytes = text(document)
        func clipped(_ position: Int) -> Int {
            var position = field.lowerBound + min(max(0, position), field.count)
            while position > field.lowerBound, position < field.upperBound, bytes[position] & 0xC0 == 0x80 {
                position -= 1
            }
            return position
        }
        let start = clipped(piece.start)
        return start..<max(start, clipped(piece.start + piece.length))
    }

    /// The positions of the words that begin in a range of bytes of a field.
    func positions(_ document: Int, _ field: SearchField, in range: Range<Int>) -> Range<Int> {
        let bytes = byteRange(document, field)
        let first = positionRange(document, field).lowerBound
        var scanner = TokenScanner(text(document, field))
        var (start, end) = (first, first)
        while let token = scanner.next(), bytes.lowerBound + token.start < range.upperBound {
            end += 1
            if bytes.lowerBound + token.start < range.lowerBound { start = end }
        }
        return start..<end
    }
}
