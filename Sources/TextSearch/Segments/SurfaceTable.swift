/// Writes the surfaces of a segment in order: words as written, with their terms and how often they occur.
struct SurfaceTableWriter {
    private let table = StringTableWriter()
    private let terms = SectionBuffer()
    private let counts = SectionBuffer()
    private let masks = SectionBuffer()

    /// Adds a surface; surfaces ascend by bytes, then by term.
    func append(_ surface: UnsafeBufferPointer<UInt8>, term: UInt32, count: UInt32) {
        table.append(surface)
        terms.append(term)
        counts.append(count)
        masks.append(SurfaceMask.of(surface))
    }

    /// Moves the finished buffers into `sections`.
    func finish(into sections: inout [SegmentSection: SectionBuffer]) {
        let finished: [SegmentSection: SectionBuffer] = [
            .surfaceOffsets: table.offsets, .surfaceBytes: table.bytes, .surfaceTerms: terms, .surfaceCounts: counts,
            .surfaceMasks: masks,
        ]
        sections.merge(finished) { $1 }
    }
}

/// A signature of a word's letters, to exclude most words of a dictionary before computing edit distances.
enum SurfaceMask {
    /// Computes the mask, with two bits per letter or digit: it occurs, it occurs at least twice.
    static func of(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var once: UInt64 = 0
        var twice: UInt64 = 0
        for byte in word {
            let bit: UInt64 = 1 << UInt64(byte & 31)
            twice |= once & bit
            once |= bit
        }
        return once << 32 | twice
    }

    /// Whether words with these masks may be within `edits` of each other; false is always correct.
    @inline(__always)
    static func mayMatch(_ left: UInt64, _ right: UInt64, edits: Int) -> Bool {
        (left & ~right).nonzeroBitCount <= edits && (right & ~left).nonzeroBitCount <= edits
    }
}
