/// An immutable part of the index: documents sorted by key, with the data to find and show them.
///
/// The contents are buffers of trivial values, one per `SegmentSection`, which are written to a file and read back
/// unchanged.
final class Segment: @unchecked Sendable {
    // Unchecked, because the buffers are never written after a segment is created, and pointers into them are valid as
    // long as the segment, which owns them.
    let buffers: [SectionBuffer]

    let keys: ByteStrings
    let localeIndex: UnsafeBufferPointer<UInt16>
    let locales: ByteStrings
    let textStarts: UnsafeBufferPointer<UInt64>
    let text: UnsafeBufferPointer<UInt8>
    let fieldBytes: UnsafeBufferPointer<UInt32>
    let fieldTokens: UnsafeBufferPointer<UInt32>
    let anchorStarts: UnsafeBufferPointer<UInt32>
    let anchors: UnsafeBufferPointer<UInt32>
    let boosts: UnsafeBufferPointer<Float>
    let validity: UnsafeBufferPointer<Int64>
    /// The documents with limited validity.
    let limitedDocuments: [UInt32]
    let labels: ByteStrings
    let labelCounts: UnsafeBufferPointer<UInt32>
    let labelStarts: UnsafeBufferPointer<UInt32>
    let labelLists: UnsafeBufferPointer<UInt32>
    let labelBits: UnsafeBufferPointer<UInt64>
    let terms: ByteStrings
    let termPostings: UnsafeBufferPointer<UInt32>
    let termBlocks: UnsafeBufferPointer<UInt32>
    let termMaxima: UnsafeBufferPointer<UInt8>
    let blocks: BlockArrays
    let positionSkips: UnsafeBufferPointer<UInt32>
    let positions: UnsafeBufferPointer<UInt8>
    let surfaces: ByteStrings
    let surfaceTerms: UnsafeBufferPointer<UInt32>
    let surfaceCounts: UnsafeBufferPointer<UInt32>
    let surfaceMasks: UnsafeBufferPointer<UInt64>

    /// Creates a segment from one buffer per section, in the order of the sections.
    init(buffers: [SectionBuffer]) {
        self.buffers = buffers
        func values<Value: BitwiseCopyable>(_ section: SegmentSection, _ type: Value.Type) -> UnsafeBufferPointer<Value>
        {
            buffers[section.rawValue].values(of: type)
        }
        func strings(_ offsets: SegmentSection, _ bytes: SegmentSection) -> ByteStrings {
            ByteStrings(offsets: values(offsets, UInt32.self), bytes: values(bytes, UInt8.self))
        }
        keys = strings(.keyOffsets, .keyBytes)
        localeIndex = values(.localeIndex, UInt16.self)
        locales = strings(.localeOffsets, .localeBytes)
        textStarts = values(.textStarts, UInt64.self)
        text = values(.text, UInt8.self)
        fieldBytes = values(.fieldBytes, UInt32.self)
        fieldTokens = values(.fieldTokens, UInt32.self)
        anchorStarts = values(.anchorStarts, UInt32.self)
        anchors = values(.anchors, UInt32.self)
        boosts = values(.boosts, Float.self)
        validity = values(.validity, Int64.self)
        limitedDocuments = Self.limitedDocuments(validity)
        labels = strings(.labelOffsets, .labelBytes)
        labelCounts = values(.labelCounts, UInt32.self)
        labelStarts = values(.labelStarts, UInt32.self)
        labelLists = values(.labelLists, UInt32.self)
        labelBits = values(.labelBits, UInt64.self)
        terms = strings(.termOffsets, .termBytes)
        termPostings = values(.termPostings, UInt32.self)
        termBlocks = values(.termBlocks, UInt32.self)
        termMaxima = values(.termMaxima, UInt8.self)
        blocks = BlockArrays(
            bases: values(.blockBases, UInt32.self),
            starts: values(.blockStarts, UInt32.self),
            maxima: values(.blockMaxima, UInt8.self),
            offsets: values(.documentOffsets, UInt16.self),
            impacts: values(.impacts, UInt8.self)
        )
        positionSkips = values(.positionSkips, UInt32.self)
        positions = values(.positions, UInt8.self)
        surfaces = strings(.surfaceOffsets, .surfaceBytes)
        surfaceTerms = values(.surfaceTerms, UInt32.self)
        surfaceCounts = values(.surfaceCounts, UInt32.self)
        surfaceMasks = values(.surfaceMasks, UInt64.self)
    }

    /// The number of documents, including removed ones.
    var documentCount: Int { localeIndex.count }

    /// The memory used, in bytes.
    var byteCount: Int { buffers.reduce(0) { $0 + $1.byteCount } }

    /// The number of documents with a term, including removed ones.
    @inline(__always)
    func documentFrequency(_ term: Int) -> Int { Int(termPostings[term + 1] - termPostings[term]) }
}

/// Postings in blocks of at most 128: a base document, 16-bit distances from it, impacts and the block's largest impact.
struct BlockArrays {
    let bases: UnsafeBufferPointer<UInt32>
    let starts: UnsafeBufferPointer<UInt32>
    let maxima: UnsafeBufferPointer<UInt8>
    let offsets: UnsafeBufferPointer<UInt16>
    let impacts: UnsafeBufferPointer<UInt8>

    /// The largest number of postings in a block.
    static let size = 128
}

extension Segment {
    /// Whether a label on `count` of `documents` documents is stored as bits rather than as a list.
    static func storesBits(count: Int, documents: Int) -> Bool { count * 32 >= documents }

    /// Sets the bits of the documents that have a label.
    func unite(label: String, into bits: UnsafeMutableBufferPointer<UInt64>) {
        guard let index = labels.index(of: label) else { return }
        let count = Int(labelCounts[index])
        let start = Int(labelStarts[index])
        if Self.storesBits(count: count, documents: documentCount) {
            for word in 0..<bits.count { bits[word] |= labelBits[start + word] }
        } else {
            for entry in start..<start + count {
                let document = Int(labelLists[entry])
                bits[document >> 6] |= 1 << UInt64(document & 63)
            }
        }
    }

    /// The documents that have a label, ascending.
    func documents(ofLabel index: Int) -> [UInt32] {
        let count = Int(labelCounts[index])
        let start = Int(labelStarts[index])
        guard Self.storesBits(count: count, documents: documentCount) else {
            return Array(labelLists[start..<start + count])
        }
        var result: [UInt32] = []
        result.reserveCapacity(count)
        for word in 0..<(documentCount + 63) / 64 {
            var bits = labelBits[start + word]
            while bits != 0 {
                result.append(UInt32(word * 64 + bits.trailingZeroBitCount))
                bits &= bits - 1
            }
        }
        return result
    }
}
