import Spelling

/// Finds the words that an unknown word may be a misspelling of.
struct SpellingGuesser {
    /// A word of the index similar to the one typed.
    struct Guess {
        var surface: String
        var term: String
        var distance: Int
        var count: Int
    }

    let reader: PartReader
    let tuning: SearchTuning

    /// The most likely words that are visible to the caller, ordered by edit distance and then by frequency.
    func guesses(_ surface: String, edits: Int) -> [Guess] {
        guard edits > 0, Self.canHaveTypos(surface) else { return [] }
        var found = candidates(surface, edits: edits)
        if found.isEmpty { found = withOtherBeginning(surface) }
        guard let nearest = found.values.map(\.distance).min() else { return [] }
        let weighed = found.values.filter { $0.distance == nearest }.map { ($0, likelihood($0, of: surface)) }
        let sorted = weighed.sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0.surface < $1.0.surface }.map(\.0)
        var result: [Guess] = []
        for guess in sorted.prefix(tuning.maximumGuesses * 4) where result.count < tuning.maximumGuesses {
            if reader.analyzer.isStopWord(guess.surface)
                || reader.isVisible(surface: guess.surface, term: reader.locate(guess.term))
            {
                result.append(guess)
            }
        }
        return result
    }

    /// The likelihood that a word was meant.
    ///
    /// Frequent words are more likely; letters are dropped, doubled or swapped more often than replaced; function words
    /// are short and rarely mistyped.
    private func likelihood(_ guess: Guess, of surface: String) -> Double {
        var likelihood = Double(guess.count).squareRoot()
        if guess.surface.utf8.count == surface.utf8.count, guess.surface.utf8.sorted() != surface.utf8.sorted() {
            likelihood *= tuning.replacedLetterFactor
        }
        return reader.analyzer.isStopWord(guess.surface) ? likelihood * tuning.functionWordFactor : likelihood
    }

    /// The number of edits tolerated in a word.
    func edits(for surface: String) -> Int {
        let length = surface.unicodeScalars.count
        return length >= tuning.twoEditsFrom ? 2 : length >= tuning.oneEditFrom ? 1 : 0
    }

    /// Whether a word may be corrected; numbers and codes never are.
    static func canHaveTypos(_ surface: String) -> Bool {
        !surface.utf8.contains { $0 >= 0x30 && $0 <= 0x39 } && surface.utf8.count <= WordAnalyzer.maximumWordBytes
    }

    private func candidates(_ surface: String, edits: Int) -> [String: Guess] {
        guard let first = surface.unicodeScalars.first else { return [:] }
        let wanted = Array(surface.unicodeScalars)
        let isASCII = surface.utf8.count == wanted.count
        let byteEdits = isASCII ? edits : edits * 3
        var text = surface
        let mask = text.withUTF8 { SurfaceMask.of($0) }
        let bytes = surface.utf8.count
        var result: [String: Guess] = [:]
        for view in reader.part.segments {
            let segment = view.segment
            for index in segment.surfaces.range(withPrefix: String(first))
            where SurfaceMask.mayMatch(mask, segment.surfaceMasks[index], edits: byteEdits) {
                let length = Int(segment.surfaces.offsets[index + 1] - segment.surfaces.offsets[index])
                guard abs(length - bytes) <= byteEdits else { continue }
                let candidate = segment.surfaces.string(index)
                let distance = EditDistance.between(wanted, Array(candidate.unicodeScalars), limit: edits)
                if let distance, distance > 0 { add(candidate, distance, index, segment, to: &result) }
            }
        }
        for word in reader.analyzer.stopWords where word.unicodeScalars.first == first && result[word] == nil {
            guard let distance = EditDistance.between(wanted, Array(word.unicodeScalars), limit: 1) else { continue }
            result[word] = Guess(surface: word, term: word, distance: distance, count: reader.part.liveCount / 20 + 1)
        }
        return result
    }

    private func add(
        _ candidate: String,
        _ distance: Int,
        _ index: Int,
        _ segment: Segment,
        to result: inout [String: Guess]
    ) {
        let term = segment.terms.string(Int(segment.surfaceTerms[index]))
        result[candidate, default: Guess(surface: candidate, term: term, distance: distance, count: 0)].count +=
            Int(segment.surfaceCounts[index])
    }

    /// Words that differ only in the first letter.
    ///
    /// People rarely get that wrong, so these are tried last.
    private func withOtherBeginning(_ surface: String) -> [String: Guess] {
        var variants: Set<String> = [String(surface.dropFirst())]
        var swapped = Array(surface)
        if swapped.count > 1 { swapped.swapAt(0, 1) }
        variants.insert(String(swapped))
        for letter in "abcdefghijklmnopqrstuvwxyz" {
            variants.insert(String(letter) + surface.dropFirst())
            variants.insert(String(letter) + surface)
        }
        variants.remove(surface)
        var result: [String: Guess] = [:]
        for view in reader.part.segments {
            for variant in variants.sorted() {
                guard let index = view.segment.surfaces.index(of: variant) else { continue }
                add(variant, 2, index, view.segment, to: &result)
            }
        }
        return result
    }

    /// The function word with an apostrophe that is one error away from a word, or `nil`.
    func contraction(near surface: String) -> String? {
        let wanted = Array(surface.unicodeScalars)
        let near = reader.analyzer.stopWords.filter { word in
            word.contains("'") && EditDistance.between(wanted, Array(word.unicodeScalars), limit: 1) == 1
        }
        return near.min()
    }

    /// Splits an unknown word into two known words; `nil` if that is not possible.
    func parts(_ surface: String) -> (String, String)? {
        let letters = Array(surface)
        guard letters.count >= 2 * tuning.minimumPartLength, Self.canHaveTypos(surface) else { return nil }
        let least = min(tuning.minimumPartCount, 1 + reader.part.liveCount / 1_000)
        var best: (parts: (String, String), count: Int)?
        for cut in tuning.minimumPartLength...letters.count - tuning.minimumPartLength {
            let left = String(letters[..<cut])
            let right = String(letters[cut...])
            let count = min(count(left), count(right))
            if count >= least, count > best?.count ?? 0 { best = ((left, right), count) }
        }
        return best?.parts
    }

    private func count(_ surface: String) -> Int {
        var total = 0
        for view in reader.part.segments {
            guard let index = view.segment.surfaces.index(of: surface) else { continue }
            total += Int(view.segment.surfaceCounts[index])
        }
        guard total > 0 else { return 0 }
        let term = reader.locate(reader.analyzer.forms(of: surface).term)
        return reader.isVisible(surface: surface, term: term) ? total : 0
    }
}
