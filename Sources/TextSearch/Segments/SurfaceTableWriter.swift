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
