/// Answers a query in one language part.
struct PartSearch {
    let reader: PartReader
    let plan: QueryPlan
    let tuning: SearchTuning

    /// The best documents, ranked by words alone.
    func best(_ limit: Int) -> [ScoredDocument] {
        var hits = TopHits(capacity: limit, segments: reader.part.segments)
        for (index, view) in reader.part.segments.enumerated() {
            let slots = plan.slots.map { lists($0, index, view.segment) }
            SegmentScorer.run(
                slots: slots, segment: index, documentCount: view.segment.documentCount,
                filter: reader.filters[index], hits: &hits)
        }
        return hits.sorted()
    }

    private func lists(_ slot: Slot, _ index: Int, _ segment: Segment) -> [PostingList] {
        slot.alternatives.compactMap { alternative in
            let term = alternative.terms[0].indices[index]
            guard term >= 0 else { return nil }
            return segment.postings(ofTerm: term, weight: alternative.weight)
        }
    }
}

extension Segment {
    /// A reader of a term's postings.
    func postings(ofTerm term: Int, weight: UInt32) -> PostingList {
        PostingList(
            blocks: blocks, block: Int(termBlocks[term]), endBlock: Int(termBlocks[term + 1]), weight: weight,
            maximum: termMaxima[term])
    }
}
