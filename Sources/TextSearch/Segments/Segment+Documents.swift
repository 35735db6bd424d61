extension Segment {
    /// The number of fields of a document.
    static let fieldCount = SearchField.allCases.count
    /// The number of words between two anchors.
    static let anchorDistance = 32

    /// The document with a key, or `nil`; removed documents are found too.
    func document(ofKey key: String) -> Int? { keys.index(of: key) }

    /// The key of a document.
    func key(_ document: Int) -> String { keys.string(document) }

    /// The locale of a document.
    func locale(_ document: Int) -> String { locales.string(Int(localeIndex[document])) }

    /// The concatenated fields of a document.
    func text(_ document: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: text[Int(textStarts[document])..<Int(textStarts[document + 1])])
    }

    /// The bytes of one field of a document.
    func text(_ document: Int, _ field: SearchField) -> UnsafeBufferPointer<UInt8> {
        let range = byteRange(document, field)
        return UnsafeBufferPointer(rebasing: text(document)[range])
    }

    /// The byte range of a field within the text of its document.
    func byteRange(_ document: Int, _ field: SearchField) -> Range<Int> {
        var start = 0
        let first = document * Self.fieldCount
        for index in 0..<field.rawValue { start += Int(fieldBytes[first + index]) }
        return start..<start + Int(fieldBytes[first + field.rawValue])
    }

    /// The positions of the words of a field.
    func positionRange(_ document: Int, _ field: SearchField) -> Range<Int> {
        var start = 0
        let first = document * Self.fieldCount
        for index in 0..<field.rawValue { start += Int(fieldTokens[first + index]) }
        return start..<start + Int(fieldTokens[first + field.rawValue])
    }

    /// The positions of the questions in the title: its words up to each question mark.
    func titleQuestions(_ document: Int) -> [(positions: Range<Int>, text: String)] {
        let bytes = text(document, .title)
        var result: [(positions: Range<Int>, text: String)] = []
        var (start, first) = (0, 0)
        for (end, byte) in bytes.enumerated() where Self.endsSentence(byte) {
            let sentence = UnsafeBufferPointer(rebasing: bytes[start..<end])
            var scanner = TokenScanner(sentence)
            var next = first
            while scanner.next() != nil { next += 1 }
            if byte == UInt8(ascii: "?"), next > first {
                result.append((first..<next, String(decoding: sentence, as: UTF8.self)))
            }
            (start, first) = (end + 1, next)
        }
        return result
    }

    private static func endsSentence(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "?") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: ":")
    }

    /// A line of a field, by its index in ``lineRanges(_:_:)``.
    func line(_ number: Int, of field: SearchField, _ document: Int) -> String {
        let lines = text(document, field).split(separator: UInt8(ascii: "\n")).filter { line in
            var scanner = TokenScanner(UnsafeBufferPointer(rebasing: line))
            return scanner.next() != nil
        }
        return number < lines.count ? String(decoding: lines[number], as: UTF8.self) : ""
    }

    /// The positions of the words of each line of a field, without lines that have no words.
    func lineRanges(_ document: Int, _ field: SearchField) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = positionRange(document, field).lowerBound
        for line in text(document, field).split(separator: UInt8(ascii: "\n")) {
            var scanner = TokenScanner(UnsafeBufferPointer(rebasing: line))
            var end = start
            while scanner.next() != nil { end += 1 }
            if end > start { result.append(start..<end) }
            start = end
        }
        return result
    }

    /// The field a position belongs to.
    func field(ofPosition position: Int, in document: Int) -> SearchField {
        var end = 0
        let first = document * Self.fieldCount
        for field in SearchField.allCases {
            end += Int(fieldTokens[first + field.rawValue])
            if position < end { return field }
        }
        return .body
    }

    /// The distinct terms under which a document was indexed, derived from its text.
    func distinctTerms(_ document: Int, analyzer: WordAnalyzer) -> Set<String> {
        var result: Set<String> = []
        for field in SearchField.allCases {
            let isPhrase = FunctionTerm.fields.contains(field)
            DocumentWords.each(in: text(document, field)) { word in
                let forms = word.withBytes { analyzer.forms(of: $0) }
                result.insert(forms.term)
                if isPhrase, word.parts == 1, forms.isStopWord { result.insert(FunctionTerm.of(forms.surface)) }
            }
        }
        return result
    }

    /// The byte ranges of words within the text of a document; positions must ascend.
    func byteRanges(_ document: Int, ofPositions wanted: [Int]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        result.reserveCapacity(wanted.count)
        var walker = PositionWalker(segment: self, document: document)
        for position in wanted { result.append(walker.range(of: position)) }
        return result
    }
}

/// Finds words in a document's text by position, skipping ahead with anchors.
struct PositionWalker {
    private let segment: Segment
    private let document: Int
    private let bytes: UnsafeBufferPointer<UInt8>
    private var scanner: TokenScanner
    private var next = 0
    private var fieldEnd = 0
    private var fieldStart = 0
    private var last: (position: Int, range: Range<Int>) = (-1, 0..<0)

    init(segment: Segment, document: Int) {
        self.segment = segment
        self.document = document
        bytes = segment.text(document)
        scanner = TokenScanner(UnsafeBufferPointer(rebasing: bytes[..<0]))
    }

    /// The byte range of the word at a position; positions of successive calls must not descend.
    mutating func range(of position: Int) -> Range<Int> {
        if position == last.position { return last.range }
        let anchor = position / Segment.anchorDistance
        if position >= fieldEnd || anchor * Segment.anchorDistance > next { jump(to: position) }
        while next <= position, let token = scanner.next() {
            last = (next, fieldStart + token.start..<fieldStart + token.end)
            next += 1
        }
        return last.range
    }

    private mutating func jump(to position: Int) {
        let field = segment.field(ofPosition: position, in: document)
        let range = segment.byteRange(document, field)
        let positions = segment.positionRange(document, field)
        let slice = UnsafeBufferPointer(rebasing: bytes[range])
        fieldStart = range.lowerBound
        fieldEnd = positions.upperBound
        let anchor = position / Segment.anchorDistance
        if anchor * Segment.anchorDistance > positions.lowerBound {
            let byte = Int(segment.anchors[Int(segment.anchorStarts[document]) + anchor])
            scanner = TokenScanner(slice, from: byte - fieldStart)
            next = anchor * Segment.anchorDistance
        } else {
            scanner = TokenScanner(slice)
            next = positions.lowerBound
        }
    }
}
