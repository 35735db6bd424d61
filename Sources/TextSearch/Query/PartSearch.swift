/// Answers a query in one language part.
struct PartSearch {
    let reader: PartReader
    let plan: QueryPlan
    let tuning: SearchTuning

    /// The best documents, ranked only by words, not by positions.
    func best(_ limit: Int) -> [ScoredDocument] {
        var hits = TopHits(capacity: limit, segments: reader.part.segments)
        for (index, view) in reader.part.segments.enumerated() {
            SegmentScorer.run(
                slots: plan.slots.map { lists($0, index, view.segment) },
                companions: plan.functionWords.prefix(plan.rankedFunctionWords).map { lists($0, index, view.segment) },
                segment: index,
                documentCount: view.segment.documentCount,
                filter: filter(index, view.segment),
                hits: &hits
            )
        }
        return hits.sorted()
    }

    /// The visible documents that contain every phrase of the query.
    func filter(_ index: Int, _ segment: Segment) -> DocumentFilter {
        plan.phrases.reduce(reader.filters[index]) { filter, phrase in
            let terms = phrase.terms.map { $0.indices[index] }
            let documents = PhraseMatcher.documents(terms, phrase.distances, in: segment, filter: filter)
            return DocumentFilter(filter, keeping: documents, of: segment.documentCount)
        }
    }

    private func lists(_ slot: Slot, _ index: Int, _ segment: Segment) -> [PostingList] {
        slot.alternatives.compactMap { alternative in
            if alternative.terms.count > 1 { return alternative.phrases[index].postings(weight: alternative.weight) }
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
            blocks: blocks,
            block: Int(termBlocks[term]),
            endBlock: Int(termBlocks[term + 1]),
            weight: weight,
            maximum: termMaxima[term]
        )
    }
}
