/// Turns a query into slots of weighted alternatives for one language part.
struct QueryPlanner {
    let reader: PartReader
    let tuning: SearchTuning
    let query: SearchQuery
    let synonyms: SynonymTable

    /// The plan of a query.
    func plan(_ parsed: ParsedQuery) -> QueryPlan {
        var plan = QueryPlan()
        plan.phrases = parsed.phrases.map(pattern)
        let content = Self.content(of: parsed.words)
        let unfinished = query.prefix && parsed.endsInWord ? parsed.words.last { $0.parts == 1 } : nil
        for word in content { add(word, isUnfinished: word.ordinal == unfinished?.ordinal, to: &plan) }
        if let unfinished, unfinished.forms.isStopWord, !content.contains(where: { $0.ordinal == unfinished.ordinal }) {
            add(unfinished, isUnfinished: true, to: &plan)
        }
        weigh(&plan)
        return plan
    }

    /// The words that rank: function words only where there is nothing else.
    private static func content(of words: [QueryWord]) -> [QueryWord] {
        let content = words.filter { !$0.forms.isStopWord }
        return content.isEmpty ? words : content
    }

    private func pattern(_ words: [QueryWord]) -> PhrasePattern {
        let first = words[0].ordinal
        return PhrasePattern(
            terms: words.map { reader.locate($0.forms.term) }, distances: words.map { $0.ordinal - first })
    }

    private func add(_ word: QueryWord, isUnfinished: Bool, to plan: inout QueryPlan) {
        if !isUnfinished, let known = plan.slots.firstIndex(where: { $0.alternatives.first?.terms[0].text == word.forms.term }) {
            plan.slots[known].frequency += 1
            return
        }
        var alternatives: [Alternative] = []
        let own = reader.locate(word.forms.term)
        if own.documentFrequency > 0 {
            let weight = WeightScale.weight(reader.inverseFrequency(own.documentFrequency))
            alternatives.append(Alternative(terms: [own], kind: .word, shown: word.forms.surface, weight: weight))
        }
        if isUnfinished { alternatives += Completer(reader: reader, tuning: tuning).alternatives(word) }
        guard !alternatives.isEmpty else { return }
        plan.slots.append(Slot(typed: word.typed, ordinal: word.ordinal, frequency: 1, alternatives: alternatives))
    }

    /// Counts repeated words and keeps the most telling slots.
    private func weigh(_ plan: inout QueryPlan) {
        for index in plan.slots.indices where plan.slots[index].frequency > 1 {
            let frequency = Float(plan.slots[index].frequency)
            let saturation = tuning.querySaturation
            let factor = frequency * (saturation + 1) / (frequency + saturation)
            for alternative in plan.slots[index].alternatives.indices {
                let weight = Float(plan.slots[index].alternatives[alternative].weight) * factor
                plan.slots[index].alternatives[alternative].weight = UInt32(min(65_535, weight.rounded()))
            }
        }
        guard plan.slots.count > tuning.maximumQueryWords else { return }
        let kept = plan.slots.sorted { ($0.weight, $1.ordinal) > ($1.weight, $0.ordinal) }
        plan.slots = kept.prefix(tuning.maximumQueryWords).sorted { $0.ordinal < $1.ordinal }
    }
}
