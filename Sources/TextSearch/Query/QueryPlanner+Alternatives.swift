extension QueryPlanner {
    /// The synonyms of words of the query that occur in visible documents.
    func usableSynonyms(of words: [QueryWord]) -> [(finding: SynonymFinder.Finding, alternative: Alternative)] {
        guard let synonyms else { return [] }
        return SynonymFinder.findings(in: words, table: synonyms).compactMap { finding in
            alternative(finding).map { (finding, $0) }
        }
    }

    /// Adds synonyms as alternatives of the word with the largest weight that they replace.
    func add(
        _ synonyms: [(finding: SynonymFinder.Finding, alternative: Alternative)],
        of words: [QueryWord],
        to plan: inout QueryPlan
    ) {
        for (finding, alternative) in synonyms {
            let covered = plan.slots.indices.filter { finding.ordinals.contains(plan.slots[$0].ordinal) }
            if let best = covered.max(by: { plan.slots[$0].weight < plan.slots[$1].weight }) {
                plan.slots[best].alternatives.append(alternative)
            } else {
                let typed = words.filter { finding.ordinals.contains($0.ordinal) && $0.parts == 1 }.map(\.typed)
                let ordinal = finding.ordinals.lowerBound
                plan.slots.append(
                    Slot(
                        typed: typed.joined(separator: " "),
                        ordinal: ordinal,
                        frequency: 1,
                        alternatives: [alternative]
                    )
                )
            }
        }
    }

    private func alternative(_ finding: SynonymFinder.Finding) -> Alternative? {
        let terms = finding.words.map { reader.locate($0.forms.term) }
        let shown = finding.words.map(\.forms.surface).joined(separator: " ")
        let factor = Float(finding.weight)
        guard terms.allSatisfy({ $0.documentFrequency > 0 }) else { return nil }
        if terms.count == 1 {
            guard reader.isVisible(terms[0]) else { return nil }
            let weight = WeightScale.weight(reader.inverseFrequency(terms[0].documentFrequency) * factor)
            return Alternative(terms: terms, kind: .synonym, shown: shown, weight: weight)
        }
        let first = finding.words[0].ordinal
        let distances = finding.words.map { $0.ordinal - first }
        let lists = reader.part.segments.indices.map { phraseList(terms, distances, segment: $0) }
        let frequency = lists.reduce(0) { $0 + $1.count }
        guard frequency > 0 else { return nil }
        let weight = WeightScale.weight(reader.inverseFrequency(frequency) * factor)
        return Alternative(
            terms: terms,
            distances: distances,
            phrases: lists,
            kind: .synonym,
            shown: shown,
            weight: weight
        )
    }

    /// The documents of a segment that contain a phrase, each with the impact of its least significant word there.
    private func phraseList(_ terms: [LocatedTerm], _ distances: [Int], segment index: Int) -> PhraseList {
        let segment = reader.part.segments[index].segment
        let indices = terms.map { $0.indices[index] }
        let found = PhraseMatcher.documents(indices, distances, in: segment, filter: reader.filters[index])
        return PhraseList(
            found.map { document in
                let impacts = indices.compactMap { term in
                    segment.posting(ofTerm: term, document: document).map { segment.blocks.impacts[$0] }
                }
                return (document, impacts.min() ?? 1)
            }
        )
    }

    /// Adds `chargeback` where the query says `charge back`, if documents usually use that spelling.
    func addJoinedNeighbours(to plan: inout QueryPlan, words: [QueryWord]) {
        let plain = words.filter { $0.parts == 1 }
        for (left, right) in zip(plain, plain.dropFirst()).prefix(tuning.maximumQueryWords) {
            guard right.ordinal == left.ordinal + 1, left.forms.surface.utf8.count >= tuning.minimumPartLength,
                right.forms.surface.utf8.count >= tuning.minimumPartLength
            else { continue }
            let forms = reader.analyzer.forms(of: left.forms.surface + right.forms.surface)
            let term = reader.locate(forms.term)
            let apart = [left, right].map { reader.locate($0.forms.term).documentFrequency }
            guard term.documentFrequency > apart[0] || term.documentFrequency > apart[1], reader.isVisible(term)
            else { continue }
            let weight = WeightScale.weight(2 * reader.inverseFrequency(term.documentFrequency) * tuning.compoundWeight)
            let alternative = Alternative(terms: [term], kind: .compound, shown: forms.surface, weight: weight)
            if let slot = plan.slots.firstIndex(where: { $0.ordinal == left.ordinal || $0.ordinal == right.ordinal }) {
                if !plan.slots[slot].alternatives.contains(where: { $0.terms[0].text == term.text }) {
                    plan.slots[slot].alternatives.append(alternative)
                }
            } else {
                plan.slots.append(
                    Slot(
                        typed: left.typed + " " + right.typed,
                        ordinal: left.ordinal,
                        frequency: 1,
                        alternatives: [alternative]
                    )
                )
            }
        }
    }
}
