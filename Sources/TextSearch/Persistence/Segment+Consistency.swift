extension Segment {
    /// Whether the lengths of all sections are consistent, so that no look-up can leave its section.
    var isConsistent: Bool {
        let documents = documentCount
        let terms = terms.count
        let postings = blocks.impacts.count
        let skips = (postings + Int(PostingsWriter.skipDistance) - 1) / Int(PostingsWriter.skipDistance)
        let counts: [(Int, Int)] = [
            (keys.count, documents), (textStarts.count, documents + 1), (boosts.count, documents),
            (fieldBytes.count, documents * Self.fieldCount), (fieldTokens.count, documents * Self.fieldCount),
            (anchorStarts.count, documents + 1), (validity.count, documents * 2), (labelCounts.count, labels.count),
            (labelStarts.count, labels.count), (termPostings.count, terms + 1), (termBlocks.count, terms + 1),
            (termMaxima.count, terms), (blocks.offsets.count, postings), (positionSkips.count, skips),
            (blocks.maxima.count, blocks.bases.count), (blocks.starts.count, blocks.bases.count + 1),
            (surfaceTerms.count, surfaces.count), (surfaceCounts.count, surfaces.count),
            (surfaceMasks.count, surfaces.count),
        ]
        let lasts: [(UInt64?, Int)] = [
            (keys.offsets.last.map(UInt64.init), keys.bytes.count), (textStarts.last, text.count),
            (anchorStarts.last.map(UInt64.init), anchors.count), (termPostings.last.map(UInt64.init), postings),
            (termBlocks.last.map(UInt64.init), blocks.bases.count), (blocks.starts.last.map(UInt64.init), postings),
            (self.terms.offsets.last.map(UInt64.init), self.terms.bytes.count),
            (surfaces.offsets.last.map(UInt64.init), surfaces.bytes.count),
            (labels.offsets.last.map(UInt64.init), labels.bytes.count),
            (locales.offsets.last.map(UInt64.init), locales.bytes.count),
        ]
        return counts.allSatisfy { $0.0 == $0.1 } && lasts.allSatisfy { $0.0 == UInt64($0.1) }
    }
}
