/// Builds a segment from documents: tokenises each once, then sorts the words by term.
final class SegmentBuilder {
    private let words: WordTable
    private let tuning: SearchTuning
    private var terms = Occurrences()
    private var surfaces = Occurrences()
    private let tokenTerms = SectionBuffer(byteCapacity: 1 << 16)
    private let tokenPositions = SectionBuffer(byteCapacity: 1 << 16)
    private var documentEnds: [Int] = []

    /// Creates a builder that shares a table of known words with other builders.
    init(words: WordTable, tuning: SearchTuning) {
        self.words = words
        self.tuning = tuning
    }

    /// Builds the segment of documents that are sorted by key and distinct; `averages` computes the mean lengths for
    /// normalisation.
    func build(_ documents: ArraySlice<SearchDocument>, averages: ([Float]) -> [Float]) -> Segment {
        let textBytes = documents.reduce(0) { $0 + $1.body.utf8.count + $1.title.utf8.count }
        let table = DocumentTableWriter(expectedTextBytes: textBytes + textBytes / 8)
        for document in documents { add(document, to: table) }
        let lengths = table.fieldTokens.values(of: UInt32.self)
        let model = ImpactModel(averages: averages(Self.means(lengths)), tuning: tuning)
        let tokens = tokenTerms.byteCount / 4
        let postings = PostingsWriter(
            model: model,
            fieldTokens: lengths,
            expectedPostings: tokens * 2 / 3,
            expectedPositions: tokens * 2
        )
        let ranks = writePostings(to: postings)
        var sections: [SegmentSection: SectionBuffer] = [:]
        writeSurfaces(ranks, into: &sections)
        postings.finish(into: &sections)
        table.finish(into: &sections)
        return Segment(buffers: SegmentSection.allCases.compactMap { sections[$0] })
    }

    /// The mean number of words of each field.
    static func means(_ lengths: UnsafeBufferPointer<UInt32>) -> [Float] {
        var sums = [Double](repeating: 0, count: Segment.fieldCount)
        for index in lengths.indices { sums[index % Segment.fieldCount] += Double(lengths[index]) }
        let documents = max(1, lengths.count / Segment.fieldCount)
        return sums.map { Float($0 / Double(documents)) }
    }

    private func add(_ document: SearchDocument, to table: DocumentTableWriter) {
        var key = document.key
        let boost = document.boost.isNaN ? 1 : document.boost
        key.withUTF8 {
            table.begin(
                key: $0,
                locale: document.locale,
                boost: min(max(boost, tuning.boostRange.lowerBound), tuning.boostRange.upperBound),
                from: document.validFrom ?? .min,
                until: document.validUntil ?? .max
            )
        }
        var position = 0
        var byte = 0
        for field in SearchField.allCases {
            var text = document.text(field)
            text.withUTF8 { bytes in
                let place = (field: field, position: position, byte: byte)
                let count = addWords(of: bytes, at: place, to: table)
                table.append(field: bytes, tokens: UInt32(count))
                position += count
                byte += bytes.count
            }
        }
        for label in document.labels { table.append(label: label) }
        table.end()
        documentEnds.append(tokenTerms.byteCount / 4)
    }

    private func addWords(
        of text: UnsafeBufferPointer<UInt8>,
        at first: (field: SearchField, position: Int, byte: Int),
        to table: DocumentTableWriter
    ) -> Int {
        let isPhrase = FunctionTerm.fields.contains(first.field)
        return DocumentWords.each(in: text) { word in
            let position = first.position + word.ordinal
            if word.parts == 1, position % Segment.anchorDistance == 0 {
                table.append(anchor: UInt32(first.byte + word.start))
            }
            let entry = word.withBytes { words.entry($0) }
            tokenTerms.append(terms.count(entry.term))
            tokenPositions.append(UInt32(position))
            _ = surfaces.count(entry.surface)
            if isPhrase, word.parts == 1, entry.functionTerm != WordTable.noTerm {
                tokenTerms.append(terms.count(entry.functionTerm))
                tokenPositions.append(UInt32(position))
            }
        }
    }

    /// Writes all postings and returns the rank of each local term in the sorted order.
    private func writePostings(to writer: PostingsWriter) -> [UInt32] {
        let names = terms.numbers.map { words.terms[Int($0)] }
        let order = names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
        var starts = [Int](repeating: 0, count: order.count)
        var ranks = [UInt32](repeating: 0, count: order.count)
        var next = 0
        for (rank, term) in order.enumerated() {
            starts[term] = next
            ranks[term] = UInt32(rank)
            next += Int(terms.counts[term])
        }
        let sorted = sortedByTerm(starts: &starts)
        var index = 0
        for term in order {
            let end = index + Int(terms.counts[term])
            writeTerm(names[term], sorted, index..<end, to: writer)
            index = end
        }
        return ranks
    }

    /// The document and position of every token, grouped by term.
    private func sortedByTerm(starts: inout [Int]) -> (documents: SectionBuffer, positions: SectionBuffer) {
        let terms = tokenTerms.values(of: UInt32.self)
        let positions = tokenPositions.values(of: UInt32.self)
        let documentRun = SectionBuffer(byteCapacity: terms.count * 4)
        let positionRun = SectionBuffer(byteCapacity: terms.count * 4)
        let documents = documentRun.appendUninitialized(byteCount: terms.count * 4).bindMemory(to: UInt32.self)
        let places = positionRun.appendUninitialized(byteCount: terms.count * 4).bindMemory(to: UInt32.self)
        var token = 0
        starts.withUnsafeMutableBufferPointer { starts in
            for (document, end) in documentEnds.enumerated() {
                while token < end {
                    let term = Int(terms[token])
                    documents[starts[term]] = UInt32(document)
                    places[starts[term]] = positions[token]
                    starts[term] += 1
                    token += 1
                }
            }
        }
        return (documentRun, positionRun)
    }

    private func writeTerm(
        _ name: String,
        _ sorted: (documents: SectionBuffer, positions: SectionBuffer),
        _ range: Range<Int>,
        to writer: PostingsWriter
    ) {
        let documents = sorted.documents.values(of: UInt32.self)
        let positions = sorted.positions.values(of: UInt32.self)
        var start = range.lowerBound
        while start < range.upperBound {
            let document = documents[start]
            var end = start + 1
            while end < range.upperBound, documents[end] == document { end += 1 }
            writer.append(document: document, positions: UnsafeBufferPointer(rebasing: positions[start..<end]))
            start = end
        }
        var name = name
        name.withUTF8 { writer.endTerm($0) }
    }

    private func writeSurfaces(_ ranks: [UInt32], into sections: inout [SegmentSection: SectionBuffer]) {
        let writer = SurfaceTableWriter()
        let known = surfaces.numbers.map { words.surfaces[Int($0)] }
        let order = known.indices.sorted { left, right in
            if known[left].text == known[right].text { return rank(known[left], ranks) < rank(known[right], ranks) }
            return known[left].text.utf8.lexicographicallyPrecedes(known[right].text.utf8)
        }
        for index in order {
            var text = known[index].text
            text.withUTF8 { writer.append($0, term: rank(known[index], ranks), count: surfaces.counts[index]) }
        }
        writer.finish(into: &sections)
    }

    private func rank(_ surface: WordTable.Surface, _ ranks: [UInt32]) -> UInt32 {
        ranks[Int(terms.local(surface.term))]
    }
}

extension SearchDocument {
    /// The text of a field.
    func text(_ field: SearchField) -> String {
        switch field {
        case .title: title
        case .keywords: keywords
        case .asked: asked
        case .summary: summary
        case .headings: headings
        case .body: body
        }
    }
}

/// Counts how often numbered items occur in one segment, and assigns local numbers from 0 to those that do.
struct Occurrences {
    /// The numbers of the items that occur, in order of appearance.
    private(set) var numbers: [UInt32] = []
    /// How often each of them occurs.
    private(set) var counts: [UInt32] = []
    private var locals: [UInt32] = []

    private static let unseen = UInt32.max

    /// Counts an occurrence and returns the item's local number.
    @inline(__always)
    mutating func count(_ number: UInt32) -> UInt32 {
        let index = Int(number)
        if index >= locals.count {
            locals += Array(repeating: Self.unseen, count: max(1_024, index + 1 - locals.count))
        }
        if locals[index] == Self.unseen {
            locals[index] = UInt32(numbers.count)
            numbers.append(number)
            counts.append(0)
        }
        counts[Int(locals[index])] += 1
        return locals[index]
    }

    /// The local number of an item that has been counted.
    func local(_ number: UInt32) -> UInt32 { locals[Int(number)] }
}
