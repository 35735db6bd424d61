/// Selects the best matching passage of a document and highlights the matched words.
struct SnippetMaker {
    private let segment: Segment
    private let document: Int
    private let matches: [SlotMatch]
    private let weights: [UInt32]
    private var shown: Set<String> = []
    private var passages: [Range<UInt32>] = []

    /// Creates a maker for one document; `weights` are those of the matches.
    init(segment: Segment, document: Int, matches: [SlotMatch], weights: [UInt32]) {
        self.segment = segment
        self.document = document
        self.matches = matches
        self.weights = weights
    }

    /// The number of words of a snippet.
    static let length = 36

    /// The title with its highlights.
    mutating func title() -> HighlightedText {
        let end = UInt32(segment.positionRange(document, .title).count)
        let marked = Self.sortedDistinct(matches.flatMap { $0.positions.prefix { $0 < end } })
        passages.append(0..<end)
        return written(
            segment.byteRange(document, .title),
            segment.byteRanges(document, ofPositions: marked),
            false,
            false
        )
    }

    private static func sortedDistinct(_ positions: [UInt32]) -> [Int] {
        var result: [Int] = []
        for position in positions.sorted() where result.last != Int(position) { result.append(Int(position)) }
        return result
    }

    /// The best passage of body or summary, or the beginning of the document if neither matches.
    mutating func snippet() -> (text: HighlightedText, field: SearchField) {
        let fields: [SearchField] = [.summary, .body, .headings]
        var best: (field: SearchField, start: Int, gain: UInt64)?
        for field in fields {
            let window = bestWindow(segment.positionRange(document, field))
            if window.gain > best?.gain ?? 0 { best = (field, window.start, window.gain) }
        }
        if let best { return (passage(best.field, from: best.start), best.field) }
        let first = fields.first { !segment.positionRange(document, $0).isEmpty } ?? .body
        return (passage(first, from: segment.positionRange(document, first).lowerBound), first)
    }

    /// The best window of a piece of the document, or its beginning if none of its words matches.
    mutating func snippet(of piece: FieldRange) -> HighlightedText {
        let bytes = segment.bytes(of: piece, in: document)
        let positions = segment.positions(document, piece.field, in: bytes)
        let window = bestWindow(positions)
        return passage(piece.field, from: window.gain > 0 ? window.start : positions.lowerBound, of: positions, bytes)
    }

    /// The start of the window whose distinct slots have the largest total weight; the earliest if several are equal.
    private func bestWindow(_ range: Range<Int>) -> (start: Int, gain: UInt64) {
        var events: [(position: Int, match: Int)] = []
        for (index, match) in matches.enumerated() {
            for position in match.positions where range.contains(Int(position)) {
                events.append((Int(position), index))
            }
        }
        events.sort { ($0.position, $0.match) < ($1.position, $1.match) }
        var best: (start: Int, gain: UInt64) = (range.lowerBound, 0)
        var counts = [Int](repeating: 0, count: matches.count)
        var gain: UInt64 = 0
        var first = 0
        for event in events {
            counts[event.match] += 1
            gain += counts[event.match] == 1 ? UInt64(weights[event.match]) << 8 : 1
            while event.position - events[first].position >= Self.length - 6 {
                let left = events[first].match
                counts[left] -= 1
                gain -= counts[left] == 0 ? UInt64(weights[left]) << 8 : 1
                first += 1
            }
            if gain > best.gain { best = (events[first].position, gain) }
        }
        let end = max(range.lowerBound, range.upperBound - Self.length)
        return (min(max(range.lowerBound, best.start - 3), end), best.gain)
    }

    private mutating func passage(_ field: SearchField, from start: Int) -> HighlightedText {
        let positions = segment.positionRange(document, field)
        return passage(field, from: start, of: positions, segment.byteRange(document, field))
    }

    /// The words from a position on, as many as a snippet has, of a text with these positions and bytes.
    private mutating func passage(
        _ field: SearchField,
        from start: Int,
        of positions: Range<Int>,
        _ bytes: Range<Int>
    ) -> HighlightedText {
        guard !positions.isEmpty else { return HighlightedText() }
        let end = min(positions.upperBound, start + Self.length)
        let marked = matches.flatMap { $0.positions.filter { Int($0) >= start && Int($0) < end } }
        passages.append(UInt32(start)..<UInt32(end))
        let wanted = [start] + Self.sortedDistinct(marked) + [end - 1]
        let ranges = segment.byteRanges(document, ofPositions: wanted)
        let isFirst = start == positions.lowerBound
        let isLast = end == positions.upperBound
        let first = isFirst ? bytes.lowerBound : ranges[0].lowerBound
        let last = isLast ? bytes.upperBound : ranges[wanted.count - 1].upperBound
        return written(bounded(first..<last), Array(ranges[1..<wanted.count - 1]), !isFirst, !isLast)
    }

    /// Shortens a range so that a snippet never exceeds some thousand bytes, whatever is between its words.
    private func bounded(_ range: Range<Int>) -> Range<Int> {
        guard range.count > 4_096 else { return range }
        let bytes = segment.text(document)
        var end = range.lowerBound + 4_096
        while end > range.lowerBound, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return range.lowerBound..<end
    }

    private mutating func written(
        _ range: Range<Int>,
        _ marks: [Range<Int>],
        _ cutsStart: Bool,
        _ cutsEnd: Bool
    ) -> HighlightedText {
        let bytes = segment.text(document)
        let marks = marks.filter { range.lowerBound <= $0.lowerBound && $0.upperBound <= range.upperBound }
        var writer = SnippetWriter(cutsStart: cutsStart, expectedBytes: range.count)
        writer.append(bytes, range, marks: marks)
        for mark in marks { shown.insert(String(decoding: bytes[mark], as: UTF8.self).lowercased()) }
        return writer.finish(cutsEnd: cutsEnd)
    }

    /// The matched words in the document's spelling, lower case and sorted: those shown so far and the first of each
    /// slot.
    func matchedWords() -> [String] {
        let bytes = segment.text(document)
        var words = shown
        let elsewhere = matches.filter { match in
            !passages.contains { passage in match.positions.contains { passage.contains($0) } }
        }
        let firsts = Self.sortedDistinct(elsewhere.compactMap(\.positions.first))
        for range in segment.byteRanges(document, ofPositions: firsts) {
            words.insert(String(decoding: bytes[range], as: UTF8.self).lowercased())
        }
        return words.sorted()
    }
}
