/// Writes the terms of a segment with their postings: terms ascending, documents ascending within a term.
final class PostingsWriter {
    private let model: ImpactModel
    private let factors: [Float]
    private let fieldEnds: [UInt32]

    private let termOffsets = SectionBuffer()
    private let termBytes = SectionBuffer()
    private let termPostings = SectionBuffer()
    private let termBlocks = SectionBuffer()
    private let termMaxima = SectionBuffer()
    private let bases = SectionBuffer()
    private let starts = SectionBuffer()
    private let maxima = SectionBuffer()
    private let offsets: SectionBuffer
    private let impacts: SectionBuffer
    private let skips: SectionBuffer
    private let positions: SectionBuffer

    private var postingCount: UInt32 = 0
    private var blockCount: UInt32 = 0
    private var blockBase: UInt32 = 0
    private var blockSize = 0
    private var blockMaximum: UInt8 = 0
    private var termMaximum: UInt8 = 0
    private(set) var termCount: UInt32 = 0

    /// The number of postings between two skip entries, from which positions can be read.
    static let skipDistance: UInt32 = 8

    /// Creates a writer for documents with these field lengths (`Segment.fieldCount` numbers per document).
    init(model: ImpactModel, fieldTokens: UnsafeBufferPointer<UInt32>, expectedPostings: Int, expectedPositions: Int) {
        self.model = model
        let fields = Segment.fieldCount
        var factors: [Float] = []
        var ends: [UInt32] = []
        factors.reserveCapacity(fieldTokens.count)
        ends.reserveCapacity(fieldTokens.count)
        var scratch = [Float](repeating: 0, count: fields)
        for document in 0..<fieldTokens.count / fields {
            let lengths = UnsafeBufferPointer(rebasing: fieldTokens[document * fields..<(document + 1) * fields])
            model.fieldFactors(lengths: lengths, into: &scratch)
            factors += scratch
            var end: UInt32 = 0
            for length in lengths {
                end += length
                ends.append(end)
            }
        }
        self.factors = factors
        fieldEnds = ends
        offsets = SectionBuffer(byteCapacity: expectedPostings * 2)
        impacts = SectionBuffer(byteCapacity: expectedPostings)
        skips = SectionBuffer(byteCapacity: expectedPostings / 2)
        positions = SectionBuffer(byteCapacity: expectedPositions)
        termOffsets.append(UInt32(0))
        termPostings.append(UInt32(0))
        termBlocks.append(UInt32(0))
        starts.append(UInt32(0))
    }

    /// Adds a document to the current term; positions ascend and are not empty.
    @inline(__always)
    func append(document: UInt32, positions list: UnsafeBufferPointer<UInt32>) {
        if blockSize == BlockArrays.size || (blockSize > 0 && document - blockBase > 0xFFFF) { endBlock() }
        if blockSize == 0 { blockBase = document }
        let impact = model.impact(frequency(document, list))
        offsets.append(UInt16(truncatingIfNeeded: document - blockBase))
        impacts.append(impact)
        blockMaximum = max(blockMaximum, impact)
        blockSize += 1
        if postingCount % Self.skipDistance == 0 { skips.append(UInt32(truncatingIfNeeded: positions.byteCount)) }
        postingCount += 1
        var previous: UInt32 = 0
        let last = list.count - 1
        for index in 0...last {
            // A joined word has the position of its first part, so a position may be smaller than the one before; it is
            // then raised to that.
            let position = max(list[index], previous)
            positions.appendVariable((position - previous) << 1 | (index < last ? 1 : 0))
            previous = position
        }
    }

    @inline(__always)
    private func frequency(_ document: UInt32, _ list: UnsafeBufferPointer<UInt32>) -> Float {
        var total: Float = 0
        var index = Int(document) * Segment.fieldCount
        for position in list {
            while position >= fieldEnds[index] { index += 1 }
            total += factors[index]
        }
        return total
    }

    /// Ends the current term.
    func endTerm(_ term: UnsafeBufferPointer<UInt8>) {
        if blockSize > 0 { endBlock() }
        termBytes.append(contentsOf: UnsafeRawBufferPointer(term))
        termOffsets.append(UInt32(termBytes.byteCount))
        termPostings.append(postingCount)
        termBlocks.append(blockCount)
        termMaxima.append(termMaximum)
        termMaximum = 0
        termCount += 1
    }

    private func endBlock() {
        bases.append(blockBase)
        maxima.append(blockMaximum)
        starts.append(postingCount)
        blockCount += 1
        blockSize = 0
        termMaximum = max(termMaximum, blockMaximum)
        blockMaximum = 0
    }

    /// Moves the finished buffers into `sections`.
    func finish(into sections: inout [SegmentSection: SectionBuffer]) {
        let finished: [SegmentSection: SectionBuffer] = [
            .termOffsets: termOffsets, .termBytes: termBytes, .termPostings: termPostings, .termBlocks: termBlocks,
            .termMaxima: termMaxima, .blockBases: bases, .blockStarts: starts, .blockMaxima: maxima,
            .documentOffsets: offsets, .impacts: impacts, .positionSkips: skips, .positions: positions,
        ]
        sections.merge(finished) { $1 }
    }
}

/// The BM25F weight of a term in a document, quantised to eight bits.
///
/// Source: Zaragoza et al., "Microsoft Cambridge at TREC 13" (2004): field frequencies are normalised by field length,
/// weighted, added and then saturated. With eight bits, sums of scores are whole numbers, so every order of evaluation
/// gives the same total.
struct ImpactModel: Sendable, Equatable {
    /// The mean number of words of each field, by which lengths are normalised.
    var averages: [Float]
    var tuning: SearchTuning

    /// The factor of each field's frequency in a document with these field lengths.
    func fieldFactors(lengths: UnsafeBufferPointer<UInt32>, into factors: inout [Float]) {
        for field in 0..<Segment.fieldCount {
            let b = tuning.fieldLengthNormalisation[field]
            let relative = averages[field] > 0 ? Float(lengths[field]) / averages[field] : 1
            factors[field] = tuning.fieldWeights[field] / (1 - b + b * relative)
        }
    }

    /// The impact of a weighted frequency, 1 to 255.
    @inline(__always)
    func impact(_ frequency: Float) -> UInt8 {
        let value = frequency / (tuning.saturation + frequency)
        return UInt8(max(1, min(255, (value * 255).rounded())))
    }
}
