/// Measures how closely the title of a document, or one of its asked phrases, equals the query.
struct PhraseAgreement {
    private let plan: QueryPlan
    /// The total weight of all words of the query.
    private let queryWeight: Double

    init(plan: QueryPlan) {
        self.plan = plan
        let weight = (plan.slots + plan.functionWords).reduce(Float(0)) { $0 + Float($1.weight) / WeightScale.unit }
        queryWeight = Double(weight)
    }

    /// The agreement of the best matching phrase, and whether it is an asked phrase.
    ///
    /// The agreement is the product of three factors: the weight of the query's words in the phrase, without function
    /// words; the share of the phrase's words that are in the query; and the share of the query, by weight, that is in
    /// the phrase.
    ///
    /// - Parameters:
    ///   - matches: the document's matches with the words of the query.
    ///   - view: the segment that contains it.
    ///   - index: the index of the segment.
    ///   - document: its index in the segment.
    /// - Returns: the agreement in units of the score, 0 for none.
    func best(
        _ matches: [SlotMatch],
        in view: SegmentView,
        segment index: Int,
        _ document: Int
    ) -> (agreement: Double, isAsked: Bool) {
        let segment = view.segment
        let title = segment.positionRange(document, .title)
        let asked = segment.positionRange(document, .asked)
        let isTitle = matches.contains { Self.count($0, title) > 0 }
        let isAsked = !asked.isEmpty && matches.contains { Self.count($0, asked) > 0 }
        guard isTitle || isAsked else { return (0, false) }
        let companions = MatchFinder(slots: plan.functionWords).matches(UInt32(document), in: view, segment: index)
        let all = max(queryWeight, matches.reduce(0) { $0 + weight($1) })
        let ofTitle = isTitle ? agreement(title, matches, companions, all) : 0
        let phrases = isAsked ? segment.lineRanges(document, .asked) : []
        let ofAsked = phrases.map { agreement($0, matches, companions, all) }.max() ?? 0
        return ofAsked > ofTitle ? (ofAsked, true) : (ofTitle, false)
    }

    private func agreement(
        _ phrase: Range<Int>,
        _ matches: [SlotMatch],
        _ companions: [SlotMatch],
        _ all: Double
    ) -> Double {
        guard !phrase.isEmpty else { return 0 }
        var (weight, beside, covered) = (0.0, 0.0, 0)
        for match in matches {
            let inside = Self.count(match, phrase)
            if inside > 0 { weight += self.weight(match) }
            covered += inside
        }
        guard weight > 0 else { return 0 }
        for match in companions {
            let inside = Self.count(match, phrase)
            if inside > 0 { beside += Double(plan.functionWords[match.slot].weight) / Double(WeightScale.unit) }
            covered += inside
        }
        let ofPhrase = min(1, Double(covered) / Double(phrase.count))
        return weight * ofPhrase * ((weight + beside) / all)
    }

    /// The number of a match's positions, which ascend, within a range.
    private static func count(_ match: SlotMatch, _ range: Range<Int>) -> Int {
        var count = 0
        for position in match.positions {
            if position >= UInt32(range.upperBound) { break }
            if position >= UInt32(range.lowerBound) { count += 1 }
        }
        return count
    }

    private func weight(_ match: SlotMatch) -> Double {
        Double(plan.slots[match.slot].alternatives[match.alternative].weight) / Double(WeightScale.unit)
    }
}
