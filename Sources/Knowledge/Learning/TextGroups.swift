import VectorIndex
package import Vocabulary

/// A text that is grouped with others like it.
package struct GroupedText: Sendable, Hashable {
    package let text: String
    package let locale: String
    /// Its words without stop words.
    let words: Set<String>

    /// Takes a text as it is.
    package init(_ text: String, locale: String) { self.init(text, locale: locale, words: SearchWords.key(of: text)) }

    /// Takes a text with its words, as ``SearchWords/key(of:)`` makes them.
    init(_ text: String, locale: String, words: String) {
        (self.text, self.locale) = (text, locale)
        self.words = Set(words.split(separator: " ").map(String.init))
    }
}

/// Texts that belong together.
package struct TextGroup: Sendable, Hashable {
    /// The largest number of examples.
    private static let maximumExamples = 5

    /// The positions of its members among the texts, in ascending order.
    package let members: [Int]
    /// What names it first, then others, each in another wording.
    package let examples: [String]
    /// The words that all of its members have.
    package let terms: [String]
    package let grouping: TextGrouping

    init(members: [Int], candidates: [String], terms: Set<String>, grouping: TextGrouping) {
        self.members = members.sorted()
        var (seen, different): (Set<String>, [String]) = ([], [])
        for candidate in candidates where different.count < Self.maximumExamples {
            if seen.insert(Self.wording(candidate)).inserted { different.append(candidate) }
        }
        examples = different
        self.terms = terms.sorted()
        self.grouping = grouping
    }

    /// What of a text is not case, white space or punctuation.
    private static func wording(_ text: String) -> String {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    }
}

/// Groups texts by meaning where a model understands them, and by words otherwise.
package enum TextGroups {
    /// The cosine from which two texts mean about the same; `Integration/groups/README.md` says how it was chosen.
    package static let bar: Float = 0.6
    /// The largest number of different texts that are grouped by meaning; those that come later are left out.
    static let maximumTexts = 10_000

    /// Groups texts.
    ///
    /// By meaning the groups and their names are the same whatever the order of the texts. All texts in the model's languages
    /// are grouped in one way: if too many of them have no vectors yet, by words.
    ///
    /// Cost: by meaning, one comparison for each pair of different texts, on a background thread; just under a
    /// second for 10,000.
    ///
    /// - Parameters:
    ///   - texts: the texts, the newest first.
    ///   - vectors: their vectors; nil without a model.
    ///   - bar: the cosine from which two texts mean about the same.
    ///   - limit: how many different texts are grouped by meaning.
    /// - Returns: the groups, in no particular order.
    package static func groups(
        of texts: [GroupedText],
        by vectors: GroupingVectors?,
        bar: Float = bar,
        atMost limit: Int = maximumTexts
    ) async -> [TextGroup] {
        guard let vectors else { return byWords(texts, Array(texts.indices)) }
        let understood = texts.indices.filter { vectors.understands(texts[$0].locale) }
        let others = texts.indices.filter { !vectors.understands(texts[$0].locale) }
        guard let groups = await byMeaning(texts, understood, vectors, bar, limit) else {
            return byWords(texts, Array(texts.indices))
        }
        return groups + byWords(texts, others)
    }

    /// Nil if vectors are missing.
    private static func byMeaning(
        _ texts: [GroupedText],
        _ places: [Int],
        _ vectors: GroupingVectors,
        _ bar: Float,
        _ limit: Int
    ) async -> [TextGroup]? {
        var placesOfText: [String: [Int]] = [:]
        for place in places {
            let text = texts[place].text
            guard placesOfText[text] != nil || placesOfText.count < limit else { continue }
            placesOfText[text, default: []].append(place)
        }
        // In an order that does not depend on when they were said.
        let different = placesOfText.keys.sorted()
        guard let found = await vectors.vectors(of: different) else { return nil }
        let weights = different.map { placesOfText[$0]?.count ?? 0 }
        let groups = await vectors.run { VectorGroups(found, weights: weights, bar: bar).groups }
        return groups.map { group in
            let members = group.members.flatMap { placesOfText[different[$0]] ?? [] }
            let shared = members.dropFirst().reduce(texts[members[0]].words) { $0.intersection(texts[$1].words) }
            return TextGroup(
                members: members,
                candidates: group.members.map { different[$0] },
                terms: shared,
                grouping: .meaning
            )
        }
    }

    private static func byWords(_ texts: [GroupedText], _ places: [Int]) -> [TextGroup] {
        var groups = WordGroups()
        for place in places { groups.add(place, texts[place].words) }
        return zip(groups.members, groups.shared).map { members, shared in
            var counts: [String: Int] = [:]
            for place in members { counts[texts[place].text, default: 0] += 1 }
            // The most frequent first, and of equally frequent ones the newest, which the group began with.
            let sorted = members.sorted { (counts[texts[$1].text] ?? 0, $0) < (counts[texts[$0].text] ?? 0, $1) }
            return TextGroup(
                members: members,
                candidates: sorted.map { texts[$0].text },
                terms: shared,
                grouping: .words
            )
        }
    }
}

/// Groups texts that share most of their words, in the order given.
private struct WordGroups {
    private(set) var members: [[Int]] = []
    /// The words that all members of each group have.
    private(set) var shared: [Set<String>] = []
    private var groupsOfWord: [String: [Int]] = [:]

    mutating func add(_ text: Int, _ words: Set<String>) {
        if let group = group(for: words) {
            members[group].append(text)
            shared[group].formIntersection(words)
        } else {
            for word in words { groupsOfWord[word, default: []].append(members.count) }
            members.append([text])
            shared.append(words)
        }
    }

    /// The first group whose shared words overlap with these by at least half.
    private func group(for candidate: Set<String>) -> Int? {
        let near = Set(candidate.flatMap { groupsOfWord[$0] ?? [] })
        return near.sorted().first { group in
            let common = shared[group].intersection(candidate).count
            return common > 0 && 2 * common >= shared[group].union(candidate).count
        }
    }
}
