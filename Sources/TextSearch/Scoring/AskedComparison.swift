/// Finds the asked phrase of a document, or the question in its title, that best matches the newest passage.
///
/// The phrase and the talk are aligned word by word (local alignment after Smith and Waterman, 1981): words of the
/// phrase said in the same order add to the score, function words and small talk less than others, and every word in
/// between subtracts from it. A phrase without any significant word in the passage does not match.
struct AskedComparison {
    private let tuning: SearchTuning
    /// The distinct words of the newest passage; function words with the term used in titles and asked phrases.
    private let words: [Word]
    /// The newest passage as indices into `words`.
    private let talk: [Int]

    private struct Word {
        var term: LocatedTerm
        /// Its slot in the plan of the topic, which has its alternatives.
        var slot: Int?
        var isTelling: Bool
    }

    init(reader: PartReader, topic: TopicPlan, tuning: SearchTuning) {
        self.tuning = tuning
        var words: [Word] = []
        var talk: [Int] = []
        var known: [String: Int] = [:]
        for word in topic.newest {
            let term = word.forms.isStopWord ? FunctionTerm.of(word.forms.surface) : word.forms.term
            if known[term] == nil {
                known[term] = words.count
                let slot = topic.slots[word.forms.term]
                words.append(Word(term: reader.locate(term), slot: slot, isTelling: word.isTelling))
            }
            if let number = known[term] { talk.append(number) }
        }
        self.words = words
        self.talk = talk
    }

    /// The asked phrase, or the question of the title, that matches best, and how well, 0 to 1; `nil` if none matches.
    func best(
        _ document: Int,
        _ matches: [SlotMatch],
        in segment: Segment,
        segment index: Int
    ) -> (phrase: String, share: Double)? {
        let asked = segment.positionRange(document, .asked)
        let questions = segment.titleQuestions(document)
        guard !talk.isEmpty, !asked.isEmpty || !questions.isEmpty else { return nil }
        // Titles come first in a document, asked phrases soon after, so only these positions are read.
        let said = numbers(0..<asked.upperBound, UInt32(document), matches, segment, index)
        var best: (phrase: String, share: Double)?
        for (line, range) in segment.lineRanges(document, .asked).enumerated() {
            let share = share(Array(said[range]))
            if share > best?.share ?? 0 { best = (segment.line(line, of: .asked, document), share) }
        }
        for question in questions {
            let share = share(Array(said[question.positions]))
            if share > best?.share ?? 0 { best = (question.text, share) }
        }
        return best
    }

    /// For each position of a range, the index in `words` of the word there, or `nil`.
    private func numbers(
        _ range: Range<Int>,
        _ document: UInt32,
        _ matches: [SlotMatch],
        _ segment: Segment,
        _ index: Int
    ) -> [Int?] {
        var result = [Int?](repeating: nil, count: range.count)
        func note(_ positions: [UInt32], _ number: Int) {
            for position in positions where range.contains(Int(position)) {
                result[Int(position) - range.lowerBound] = number
            }
        }
        for (number, word) in words.enumerated() {
            let term = word.term.indices[index]
            if term >= 0, let posting = segment.posting(ofTerm: term, document: document) {
                var positions: [UInt32] = []
                segment.readPositions(posting, into: &positions, limit: MatchFinder.maximumPositions)
                note(positions, number)
            }
            for match in matches where match.slot == word.slot { note(match.positions, number) }
        }
        return result
    }

    /// How completely the talk contains a phrase, in order and close together.
    private func share(_ phrase: [Int?]) -> Double {
        let weights = phrase.map { number in
            number.map { words[$0].isTelling ? 1 : tuning.askedFunctionWeight } ?? 1
        }
        let all = weights.reduce(0, +)
        guard all > 0, phrase.contains(where: { $0.map { words[$0].isTelling } == true }) else { return 0 }
        var above = [(score: Double, isTelling: Bool)](repeating: (0, false), count: talk.count + 1)
        var best = 0.0
        for (place, number) in phrase.enumerated() {
            var row = above
            row[0] = (0, false)
            for column in talk.indices {
                var cell: (score: Double, isTelling: Bool) = (0, false)
                for near in [above[column + 1], row[column]] where near.score - tuning.askedGap > cell.score {
                    cell = (near.score - tuning.askedGap, near.isTelling)
                }
                if let number, number == talk[column] {
                    let score = above[column].score + weights[place]
                    if score > cell.score {
                        cell = (score, (above[column].score > 0 && above[column].isTelling) || words[number].isTelling)
                    }
                }
                row[column + 1] = cell
                if cell.isTelling { best = max(best, cell.score) }
            }
            above = row
        }
        return min(1, best / all)
    }
}
