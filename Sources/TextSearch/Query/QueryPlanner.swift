import Foundation

/// Turns a query into slots of weighted alternatives for one language part.
struct QueryPlanner {
    let reader: PartReader
    let tuning: SearchTuning
    let query: SearchQuery
    let synonyms: CompiledSynonyms?

    /// Plans a query.
    func plan(_ parsed: ParsedQuery) -> QueryPlan {
        var plan = QueryPlan()
        let length = parsed.words.count { $0.parts == 1 }
        if length <= tuning.maximumWordsAroundPhrases { plan.phrases = parsed.phrases.map(pattern) }
        let unfinished = query.prefix && parsed.endsInWord ? parsed.words.last { $0.parts == 1 } : nil
        let content = parsed.words.filter { !$0.forms.isStopWord || $0.ordinal == unfinished?.ordinal }
        let synonyms = usableSynonyms(of: parsed.words)
        // A word with synonyms is not a typing error, even if no document contains it.
        plan.understood = Set(synonyms.flatMap(\.finding.ordinals))
        var places: [String: Int] = [:]
        for word in content where places.count < tuning.maximumDistinctWords {
            add(word, isUnfinished: word.ordinal == unfinished?.ordinal, known: &places, to: &plan)
        }
        // Function words are used for ranking only if the query has no other words.
        if plan.slots.isEmpty, content.allSatisfy(\.forms.isStopWord) {
            for word in parsed.words.prefix(tuning.maximumDistinctWords) {
                add(word, isUnfinished: false, known: &places, to: &plan)
            }
        }
        add(synonyms, of: parsed.words, to: &plan)
        addJoinedNeighbours(to: &plan, words: content)
        plan.slots.sort { $0.ordinal < $1.ordinal }
        weigh(&plan)
        addFunctionWords(of: parsed.words, except: unfinished?.ordinal, to: &plan)
        return plan
    }

    private func pattern(_ words: [QueryWord]) -> PhrasePattern {
        let first = words[0].ordinal
        return PhrasePattern(
            terms: words.map { reader.locate($0.forms.term) },
            distances: words.map { $0.ordinal - first }
        )
    }

    /// Adds a word; `known` maps each term to its slot, or to −1 if it led to none.
    private func add(_ word: QueryWord, isUnfinished: Bool, known: inout [String: Int], to plan: inout QueryPlan) {
        if let slot = known[word.forms.term], !isUnfinished {
            if slot >= 0 { plan.slots[slot].frequency += 1 }
            return
        }
        let slots = plan.slots.count
        let mayGuess =
            query.fuzzy && plan.corrections.count < tuning.maximumCorrections && !plan.understood.contains(word.ordinal)
        addNew(word, isUnfinished: isUnfinished, mayGuess: mayGuess, to: &plan)
        known[word.forms.term] = plan.slots.count > slots ? slots : -1
    }

    private func addNew(_ word: QueryWord, isUnfinished: Bool, mayGuess: Bool, to plan: inout QueryPlan) {
        var alternatives = exact(word)
        if isUnfinished {
            let completions = Completer(reader: reader, tuning: tuning).alternatives(word)
            // A function word occurs in nearly every document, so it adds nothing to its own completions.
            alternatives = word.forms.isStopWord && !completions.isEmpty ? completions : alternatives + completions
        }
        if mayGuess, word.forms.surface.contains("'"), isMistypedContraction(word, &plan) { return }
        if alternatives.isEmpty, mayGuess { return guess(word, in: &plan) }
        if mayGuess, !isUnfinished, word.parts == 1, let own = alternatives.first, own.kind == .word {
            if readsOtherwise(word, own, &alternatives, &plan) { return }
        }
        append(alternatives, for: word, to: &plan)
    }

    private func append(_ alternatives: [Alternative], for word: QueryWord, to plan: inout QueryPlan) {
        guard !alternatives.isEmpty else { return }
        plan.slots.append(Slot(typed: word.typed, ordinal: word.ordinal, frequency: 1, alternatives: alternatives))
    }

    /// The word itself, and words that differ from it only by accents.
    func exact(_ word: QueryWord) -> [Alternative] {
        var terms = [word.forms.term]
        if reader.part.language != "en" { terms += reader.terms(ofSurface: word.forms.surface) }
        return terms.indices.filter { terms.firstIndex(of: terms[$0]) == $0 }.compactMap { index in
            let term = reader.locate(terms[index])
            guard reader.isVisible(term) else { return nil }
            return alternative(term, .word, word.forms.surface, 1)
        }
    }

    private func alternative(
        _ term: LocatedTerm,
        _ kind: Alternative.Kind,
        _ shown: String,
        _ factor: Float,
        frequency: Int? = nil
    ) -> Alternative {
        let weight = reader.inverseFrequency(frequency ?? term.documentFrequency) * factor
        return Alternative(terms: [term], kind: kind, shown: shown, weight: WeightScale.weight(weight))
    }

    /// Whether a word with an apostrophe is a mistyped function word (`do'nt`), which is then ignored in ranking.
    private func isMistypedContraction(_ word: QueryWord, _ plan: inout QueryPlan) -> Bool {
        let surface = word.forms.surface
        guard reader.count(ofSurface: surface) == 0,
            let meant = SpellingGuesser(reader: reader, tuning: tuning).contraction(near: surface)
        else { return false }
        plan.corrections.append(SearchCorrection(from: word.typed, to: meant))
        return true
    }

    /// Corrects an unknown word to a known one, or to two; joined words only to one.
    private func guess(_ word: QueryWord, in plan: inout QueryPlan) {
        let guesser = SpellingGuesser(reader: reader, tuning: tuning)
        let surface = word.forms.surface
        let near = guesser.guesses(surface, edits: min(1, guesser.edits(for: surface)))
        if near.first?.distance == 1 { return add(near, for: word, in: &plan) }
        guard word.parts == 1 else { return }
        if let parts = guesser.parts(surface) { return split(word, parts, in: &plan) }
        let far = guesser.guesses(surface, edits: guesser.edits(for: surface))
        add(far.isEmpty ? near : far, for: word, in: &plan)
    }

    private func add(_ guesses: [SpellingGuesser.Guess], for word: QueryWord, in plan: inout QueryPlan) {
        guard let best = guesses.first else { return }
        if word.parts == 1 { plan.corrections.append(SearchCorrection(from: word.typed, to: best.surface)) }
        if reader.analyzer.isStopWord(best.surface) { return }
        let factor = best.distance == 1 ? tuning.oneEditWeight : tuning.twoEditsWeight
        let frequency = reader.locate(best.term).documentFrequency
        var alternatives: [Alternative] = []
        let content = guesses.filter { !reader.analyzer.isStopWord($0.surface) }
        for guess in content where !alternatives.contains(where: { $0.terms[0].text == guess.term }) {
            let share = min(1, Float(guess.count) / Float(max(1, best.count)))
            let term = reader.locate(guess.term)
            alternatives.append(
                alternative(term, .typo, guess.surface, factor * share.squareRoot().squareRoot(), frequency: frequency)
            )
        }
        append(alternatives, for: word, to: &plan)
    }

    private func split(_ word: QueryWord, _ parts: (String, String), in plan: inout QueryPlan) {
        plan.corrections.append(SearchCorrection(from: word.typed, to: "\(parts.0) \(parts.1)"))
        for part in [parts.0, parts.1] {
            let forms = reader.analyzer.forms(of: part)
            guard !forms.isStopWord else { continue }
            append(
                [alternative(reader.locate(forms.term), .compound, part, tuning.compoundWeight)],
                for: word,
                to: &plan
            )
        }
    }

    /// Adds much more frequent words one edit away from a word whose stem is known, but whose spelling is very rare.
    ///
    /// - Returns: whether the word is taken for a function word, which is ignored in ranking.
    private func readsOtherwise(
        _ word: QueryWord,
        _ own: Alternative,
        _ alternatives: inout [Alternative],
        _ plan: inout QueryPlan
    ) -> Bool {
        let surface = word.forms.surface
        let guesser = SpellingGuesser(reader: reader, tuning: tuning)
        guard reader.part.liveCount >= tuning.rareWordRatio, guesser.edits(for: surface) > 0,
            reader.count(ofSurface: surface) <= tuning.rareWordFrequency
        else { return false }
        let isUnknown = reader.count(ofSurface: surface) == 0
        let ratio = isUnknown ? tuning.unwrittenWordRatio : tuning.rareWordRatio
        let least = ratio * max(1, own.terms[0].documentFrequency)
        let guesses = guesser.guesses(surface, edits: 1).filter {
            $0.distance == 1 && $0.count >= least && $0.term != own.terms[0].text
        }
        guard let best = guesses.first else { return false }
        if isUnknown { plan.corrections.append(SearchCorrection(from: word.typed, to: best.surface)) }
        if reader.analyzer.isStopWord(best.surface) { return isUnknown }
        let factor = isUnknown ? tuning.oneEditWeight : tuning.rareWordWeight
        alternatives.append(alternative(reader.locate(best.term), .typo, best.surface, factor))
        return false
    }

    /// Counts repeated words and keeps the slots with the largest weights.
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

/// The natural logarithm, defined once so that scores do not depend on the overload visible in a file.
func logarithm(_ value: Float) -> Float { Float(Foundation.log(Double(value))) }
