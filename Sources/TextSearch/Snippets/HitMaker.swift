/// Creates hits from ranked documents.
struct HitMaker {
    let reader: PartReader
    let plan: QueryPlan
    let query: SearchQuery

    /// The hit of a ranked document; `piece` is where its snippet is taken from, nil for the best place.
    func hit(_ ranked: RankedDocument, snippetOf piece: FieldRange? = nil) -> SearchHit {
        let view = reader.part.segments[ranked.segment]
        let segment = view.segment
        let document = Int(ranked.document)
        var hit = SearchHit(
            key: segment.key(document),
            locale: segment.locale(document),
            score: ranked.score,
            matched: [],
            title: HighlightedText(),
            snippet: HighlightedText(),
            snippetField: .body
        )
        guard query.snippets || query.explain else { return hit }
        let matches =
            ranked.matches ?? MatchFinder(slots: plan.slots).matches(ranked.document, in: view, segment: ranked.segment)
        if query.snippets { show(matches, segment, document, piece, in: &hit) }
        if query.explain { hit.explanation = explanation(matches, ranked, view) }
        return hit
    }

    private func show(
        _ matches: [SlotMatch],
        _ segment: Segment,
        _ document: Int,
        _ piece: FieldRange?,
        in hit: inout SearchHit
    ) {
        var maker = SnippetMaker(
            segment: segment,
            document: document,
            matches: matches,
            weights: matches.map { plan.slots[$0.slot].alternatives[$0.alternative].weight }
        )
        hit.title = maker.title()
        if let piece {
            (hit.snippet, hit.snippetField) = (maker.snippet(of: piece), piece.field)
        } else {
            (hit.snippet, hit.snippetField) = maker.snippet()
        }
        hit.matched = maker.matchedWords()
    }

    private func explanation(
        _ matches: [SlotMatch],
        _ ranked: RankedDocument,
        _ view: SegmentView
    ) -> SearchExplanation {
        let words = matches.map { match in
            let slot = plan.slots[match.slot]
            let alternative = slot.alternatives[match.alternative]
            return SearchExplanation.Part(
                kind: alternative.kind.rawValue,
                text: alternative.shown == slot.typed ? slot.typed : "\(slot.typed) → \(alternative.shown)",
                score: WeightScale.score(match.score)
            )
        }
        let ranking = Array(plan.functionWords.prefix(plan.rankedFunctionWords))
        let companions = MatchFinder(slots: ranking).matches(ranked.document, in: view, segment: ranked.segment)
        let functions = companions.map { match in
            SearchExplanation.Part(kind: "word", text: ranking[match.slot].typed, score: WeightScale.score(match.score))
        }
        return SearchExplanation(parts: words + functions + ranked.parts)
    }
}
