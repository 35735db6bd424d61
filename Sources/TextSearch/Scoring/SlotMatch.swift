/// How and at which positions a document matches a slot.
struct SlotMatch {
    let slot: Int
    /// The best alternative of the slot in this document.
    let alternative: Int
    /// The score that the slot adds.
    let score: UInt32
    /// The positions of all alternatives, ascending; for phrases, of every word of them.
    let positions: [UInt32]
}

/// Reads a document's matches with each slot from the postings.
struct MatchFinder {
    let slots: [Slot]
    /// The largest number of positions of a term that are read.
    static let maximumPositions = 256

    /// The matches of a document, in the order of the slots.
    func matches(_ document: UInt32, in view: SegmentView, segment index: Int) -> [SlotMatch] {
        slots.indices.compactMap { match($0, document, view.segment, index) }
    }

    private func match(_ slot: Int, _ document: UInt32, _ segment: Segment, _ index: Int) -> SlotMatch? {
        var best: UInt32 = 0
        var chosen = 0
        var found = 0
        var positions: [UInt32] = []
        for (number, alternative) in slots[slot].alternatives.enumerated() {
            let score = add(alternative, document, segment, index, to: &positions)
            if score > 0 { found += 1 }
            if score > best {
                best = score
                chosen = number
            }
        }
        guard best > 0 else { return nil }
        if found > 1 || slots[slot].alternatives[chosen].terms.count > 1 { positions.sort() }
        return SlotMatch(slot: slot, alternative: chosen, score: best, positions: positions)
    }

    private func add(
        _ alternative: Alternative,
        _ document: UInt32,
        _ segment: Segment,
        _ index: Int,
        to positions: inout [UInt32]
    ) -> UInt32 {
        let terms = alternative.terms.map { $0.indices[index] }
        if terms.count == 1 {
            guard terms[0] >= 0, let posting = segment.posting(ofTerm: terms[0], document: document) else { return 0 }
            segment.readPositions(posting, into: &positions, limit: Self.maximumPositions)
            return alternative.weight * UInt32(segment.blocks.impacts[posting])
        }
        guard let posting = alternative.phrases[index].posting(of: document) else { return 0 }
        let starts = PhraseMatcher.positions(
            terms,
            alternative.distances,
            in: segment,
            document: document,
            limit: Self.maximumPositions
        )
        for start in starts { positions += alternative.distances.map { start + UInt32($0) } }
        return alternative.weight * UInt32(posting)
    }
}
