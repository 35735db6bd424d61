/// The plan for a topic in one language part.
struct TopicPlan {
    /// The weighted words that occur in some document.
    var plan = QueryPlan()
    /// The slot of each significant word, by its term.
    var slots: [String: Int] = [:]
    /// How much each slot's word was mentioned; 1 for one mention in the newest passage.
    var mentions: [Double] = []
    /// Whether the newest passage contains the word of each slot.
    var isFresh: [Bool] = []
    /// The sum of the weights of all significant words, including those in no document.
    var mass = 0.0
    /// The sum of mentions of all significant words.
    var extent = 0.0
    /// The words of the newest passage that are compared with asked phrases.
    var newest: [QueryWord] = []
}

/// Reduces passages of talk to their most significant words.
struct TopicPlanner {
    let planner: QueryPlanner
    let tuning: SearchTuning

    private struct Mention {
        var word: QueryWord
        var weight: Double
        var isFresh = false
    }

    /// Plans the comparison with the newest passages.
    func plan(_ passages: [TopicQuery.Passage]) -> TopicPlan {
        let (words, mentions) = mentions(in: passages.suffix(tuning.maximumTopicPassages))
        let synonyms = planner.usableSynonyms(of: words)
        let rarest = Double(planner.reader.inverseFrequency(0))
        var weighed = mentions.map { mention -> (weight: Double, mention: Mention, slot: Slot?) in
            guard let slot = slot(mention, synonyms) else { return (rarest * mention.weight, mention, nil) }
            return (Double(slot.weight) / Double(WeightScale.unit), mention, slot)
        }
        weighed.sort { $0.weight > $1.weight }
        var result = TopicPlan()
        result.newest = newest(of: passages)
        for entry in weighed.prefix(tuning.maximumTopicWords) {
            result.mass += entry.weight
            result.extent += entry.mention.weight
            guard let slot = entry.slot else { continue }
            result.slots[entry.mention.word.forms.term] = result.plan.slots.count
            result.plan.slots.append(slot)
            result.mentions.append(entry.mention.weight)
            result.isFresh.append(entry.mention.isFresh)
        }
        return result
    }

    /// The plain words of the newest passage; for a long one only its end.
    private func newest(of passages: [TopicQuery.Passage]) -> [QueryWord] {
        guard let last = passages.last else { return [] }
        let words = ParsedQuery.words(of: last.text, planner.reader.analyzer).filter { $0.parts == 1 }
        return Array(words.suffix(tuning.maximumAskedWords))
    }

    /// All words, for finding synonyms of phrases, and the distinct significant words in order of appearance.
    private func mentions(in passages: ArraySlice<TopicQuery.Passage>) -> (words: [QueryWord], mentions: [Mention]) {
        var (words, mentions): ([QueryWord], [Mention]) = ([], [])
        var places: [String: Int] = [:]
        let analyzer = planner.reader.analyzer
        for (number, passage) in passages.enumerated() {
            let said = ParsedQuery.words(of: passage.text, analyzer, from: (words.last?.ordinal ?? -2) + 2)
                .filter { $0.parts == 1 }
            words += said
            for word in said where word.isTelling {
                let place = places[word.forms.term] ?? mentions.count
                if place == mentions.count { mentions.append(Mention(word: word, weight: 0)) }
                places[word.forms.term] = place
                mentions[place].word = word
                mentions[place].weight = min(tuning.maximumMention, mentions[place].weight + passage.weight)
                mentions[place].isFresh = number == passages.count - 1
            }
        }
        return (words, mentions)
    }

    /// The slot of a word; `nil` if no document contains it.
    private func slot(
        _ mention: Mention,
        _ synonyms: [(finding: SynonymFinder.Finding, alternative: Alternative)]
    ) -> Slot? {
        var alternatives = planner.exact(mention.word)
        for (finding, alternative) in synonyms where finding.ordinals.contains(mention.word.ordinal) {
            alternatives.append(alternative)
        }
        guard !alternatives.isEmpty else { return nil }
        for index in alternatives.indices {
            let weight = Double(alternatives[index].weight) * mention.weight
            alternatives[index].weight = UInt32(max(1, min(65_535, weight.rounded())))
        }
        let word = mention.word
        return Slot(typed: word.typed, ordinal: word.ordinal, frequency: 1, alternatives: alternatives)
    }
}

extension QueryWord {
    /// Whether the word can carry information about the topic.
    var isTelling: Bool {
        parts == 1 && !forms.isStopWord && forms.surface.utf8.count > 1 && !SmallTalk.words.contains(forms.surface)
            && !forms.surface.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E }
    }
}
