import JSONRPC
import Testing

@Suite struct LineFramerTests {
    /// The slow and obvious way: the whole stream at once.
    private static func oracle(_ stream: [UInt8], limit: Int) -> (lines: [[UInt8]], isTooLong: Bool) {
        var lines: [[UInt8]] = []
        for part in stream.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            var line = Array(part)
            if line.last == UInt8(ascii: "\r") {
                line.removeLast()
            }
            if line.count > limit {
                return (lines, true)
            }
            if !line.isEmpty {
                lines.append(line)
            }
        }
        return (lines, false)
    }

    private static func frame(
        _ stream: [UInt8],
        limit: Int,
        _ random: inout SeededGenerator
    ) -> (lines: [[UInt8]], isTooLong: Bool) {
        var framer = LineFramer(limit: limit)
        var lines: [[UInt8]] = []
        var rest = stream[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...min(rest.count, 9), using: &random)
            framer.append(Array(rest.prefix(count)), to: &lines)
            #expect(framer.heldBytes <= limit + 1)
            rest = rest.dropFirst(count)
        }
        framer.finish(to: &lines)
        return (lines, framer.isTooLong)
    }

    @Test func chunksMakeNoDifference() {
        var random = SeededGenerator(seed: 7)
        let alphabet = Array("ab\r\n\nc".utf8)
        for _ in 0..<5_000 {
            let stream = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            let limit = Int.random(in: 1..<8, using: &random)
            let expected = Self.oracle(stream, limit: limit)
            let found = Self.frame(stream, limit: limit, &random)
            #expect(found.lines == expected.lines, "\(stream) \(limit)")
            #expect(found.isTooLong == expected.isTooLong, "\(stream) \(limit)")
        }
    }

    @Test func aLineMayBeAsLongAsTheLimit() {
        var framer = LineFramer(limit: 4)
        var lines: [[UInt8]] = []
        framer.append(Array("abcd\r\nabcd\n".utf8), to: &lines)
        #expect(lines.count == 2)
        framer.append(Array("abcde".utf8), to: &lines)
        #expect(framer.isTooLong)
        #expect(framer.heldBytes == 0)
    }

    @Test func nothingIsTakenAfterALineThatWasTooLong() {
        var framer = LineFramer(limit: 2)
        var lines: [[UInt8]] = []
        framer.append(Array("a\nbbb\nc\n".utf8), to: &lines)
        framer.append(Array("d\n".utf8), to: &lines)
        framer.finish(to: &lines)
        #expect(lines == [[UInt8(ascii: "a")]])
    }
}
