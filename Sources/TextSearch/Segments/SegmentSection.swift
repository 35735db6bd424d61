/// The buffers of which a segment consists; raw values give their order in the file.
enum SegmentSection: Int, CaseIterable {
    // Documents, sorted by key.
    case keyOffsets, keyBytes
    case localeIndex, localeOffsets, localeBytes
    case textStarts, text, fieldBytes, fieldTokens
    case anchorStarts, anchors
    case boosts, validity
    // Labels, sorted; their documents as lists, or as bits if there are many.
    case labelOffsets, labelBytes, labelCounts, labelStarts, labelLists, labelBits
    // Terms, sorted, with their postings in blocks.
    case termOffsets, termBytes, termPostings, termBlocks, termMaxima
    case blockBases, blockStarts, blockMaxima
    case documentOffsets, impacts, positionSkips, positions
    // Surfaces, sorted: the words as written, each with its term.
    case surfaceOffsets, surfaceBytes, surfaceTerms, surfaceCounts, surfaceMasks
}
