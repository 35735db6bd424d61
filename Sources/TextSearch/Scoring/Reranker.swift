/// A document with its final score.
struct RankedDocument {
    var segment: Int
    var document: UInt32
    var score: Double
    /// The document's matches with each slot, if they are known.
    var matches: [SlotMatch]?
    /// Whether the score contains what the positions of words add, and the boost of the document.
    var isExamined = false
    /// The addends other than words, for explanations.
    var parts: [SearchExplanation.Part]
}

/// Adjusts the scores of the best documents by the positions of the words in them.
///
/// Only the first `SearchTuning.rerankDepth` documents are examined. No addend is negative, and the others get the
/// smallest boost, so the reranked documents always stay before the rest and their order does not depend on the limit.
struct Reranker {
    let reader: PartReader
    let plan: QueryPlan
    let tuning: SearchTuning

    /// The documents in their final order.
    func rank(_ best: [ScoredDocument]) -> [RankedDocument] {
        let phrases = PhraseAgreement(plan: plan)
        var ranked = best.prefix(tuning.rerankDepth).map { rank($0, phrases) }
        ranked.sort(by: precedes)
        let least = Double(tuning.boostRange.lowerBound)
        ranked += best.dropFirst(tuning.rerankDepth).map { hit in
            RankedDocument(
                segment: Int(hit.segment),
                document: hit.document,
                score: WeightScale.score(hit.score) * least,
                parts: []
            )
        }
        return ranked
    }

    private func precedes(_ left: RankedDocument, _ right: RankedDocument) -> Bool {
        if left.score != right.score { return left.score > right.score }
        return compareBytes(key(left), key(right)) < 0
    }

    private func key(_ hit: RankedDocument) -> UnsafeBufferPointer<UInt8> {
        reader.part.segments[hit.segment].segment.keys[Int(hit.document)]
    }

    private func rank(_ hit: ScoredDocument, _ phrases: PhraseAgreement) -> RankedDocument {
        let view = reader.part.segments[Int(hit.segment)]
        let document = Int(hit.document)
        let matches = MatchFinder(slots: plan.slots).matches(hit.document, in: view, segment: Int(hit.segment))
        let words = WeightScale.score(hit.score)
        let near = proximity(matches)
        let phrase = phrases.best(matches, in: view, segment: Int(hit.segment), document)
        let heading = phrase.agreement * tuning.titleCoverageWeight
        let evidence = words + near + heading
        let boost = evidence * (Double(view.segment.boosts[document]) - 1)
        var parts: [SearchExplanation.Part] = []
        if near > 0 { parts.append(.init(kind: "proximity", text: "words near each other", score: near)) }
        if heading > 0 {
            let text = phrase.isAsked ? "words of what customers ask" : "words of the title"
            parts.append(.init(kind: phrase.isAsked ? "asked" : "title", text: text, score: heading))
        }
        if boost != 0 { parts.append(.init(kind: "boost", text: "use of the document", score: boost)) }
        return RankedDocument(
            segment: Int(hit.segment),
            document: hit.document,
            score: evidence + boost,
            isExamined: true,
            parts: parts
        )
    }

    /// The score added for neighbouring words of the query that are near each other in the document.
    ///
    /// Follows the sequential dependence model of Metzler and Croft (2005): ordered pairs count, pairs within a window
    /// count less; both are saturated and weighted by the less significant word.
    private func proximity(_ matches: [SlotMatch]) -> Double {
        var total = 0.0
        for (left, right) in zip(matches, matches.dropFirst()) {
            let distance = plan.slots[right.slot].ordinal - plan.slots[left.slot].ordinal
            guard distance > 0, distance <= tuning.proximityReach else { continue }
            let pairs = Self.pairs(left.positions, right.positions, distance, window: tuning.proximityWindow)
            guard pairs.near > 0 else { continue }
            let weight = min(weight(left), weight(right))
            total += weight * (tuning.orderedPairWeight * pairs.ordered / (pairs.ordered + 1))
            total += weight * (tuning.nearPairWeight * pairs.near / (pairs.near + 1))
        }
        return total
    }

    private func weight(_ match: SlotMatch) -> Double {
        Double(plan.slots[match.slot].alternatives[match.alternative].weight) / Double(WeightScale.unit)
    }

    /// How often `right` follows `left` at the given distance, and how often both occur within a window.
    private static func pairs(
        _ left: [UInt32],
        _ right: [UInt32],
        _ distance: Int,
        window: Int
    ) -> (ordered: Double, near: Double) {
        var ordered = 0
        var near = 0
        var start = 0
        for position in left {
            while start < right.count, Int(right[start]) < Int(position) - window { start += 1 }
            var index = start
            var isNear = false
            while index < right.count, Int(right[index]) <= Int(position) + window {
                isNear = true
                if Int(right[index]) - Int(position) == distance { ordered += 1 }
                index += 1
            }
            if isNear { near += 1 }
        }
        return (Double(ordered), Double(near))
    }
}
