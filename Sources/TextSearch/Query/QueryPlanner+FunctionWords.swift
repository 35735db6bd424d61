extension QueryPlanner {
    /// Adds the function words of a short query, which distinguish titles and asked phrases.
    ///
    /// Their combined weight is at most `SearchTuning.functionWordShare` of an average word of the query, and decreases
    /// with the number of other words. So they order the documents found by other words and never outweigh one of
    /// these.
    func addFunctionWords(of said: [QueryWord], except unfinished: Int?, to plan: inout QueryPlan) {
        guard !plan.slots.isEmpty, plan.slots.count <= tuning.maximumWordsBesideFunctionWords else { return }
        var known: Set<String> = []
        var found: [(word: QueryWord, term: LocatedTerm, weight: Float)] = []
        for word in said where word.parts == 1 && word.forms.isStopWord && word.ordinal != unfinished {
            guard found.count < tuning.maximumFunctionWords else { break }
            guard known.insert(word.forms.surface).inserted else { continue }
            let term = reader.locate(FunctionTerm.of(word.forms.surface))
            guard reader.isVisible(term) else { continue }
            found.append((word, term, reader.inverseFrequency(term.documentFrequency)))
        }
        let all = found.reduce(0) { $0 + $1.weight }
        guard all > 0 else { return }
        let words = Float(plan.slots.count)
        let average = plan.slots.reduce(0) { $0 + Float($1.weight) } / words / WeightScale.unit
        let factor = min(1, tuning.functionWordShare * average / words / all)
        found.sort { $0.weight > $1.weight }
        plan.rankedFunctionWords = min(found.count, tuning.rankedFunctionWords)
        plan.functionWords = found.map { entry in
            let alternative = Alternative(
                terms: [entry.term],
                kind: .word,
                shown: entry.word.typed,
                weight: WeightScale.weight(entry.weight * factor)
            )
            return Slot(
                typed: entry.word.typed,
                ordinal: entry.word.ordinal,
                frequency: 1,
                alternatives: [alternative]
            )
        }
    }
}
