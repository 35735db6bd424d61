/// The documents of one language in the order of a query's words, for a caller that ranks them by more than words.
///
/// It works on one state of the index: every document that it names was visible to the caller in that state, and can be
/// shown by ``hit(_:score:snippetOf:)``, whatever has changed since.
///
/// ## Topics
/// - ``candidates``
/// - ``add(_:)``
/// - ``hit(_:score:snippetOf:)``, ``text(of:in:)``
package struct WordRanking {
    /// A document, and how well the words fit it.
    package struct Candidate: Sendable, Equatable {
        package let key: String
        /// The score of its words; 0 if none of them occurs in it.
        ///
        /// That of the best documents is the score of a search. The others have theirs without what the positions of words
        /// add, which a search lowers, because it lists them behind the best.
        package let score: Double
        /// Whether it lacks every identifier of the query, such as the code of an error, that any document contains.
        package let lacksIdentifier: Bool
    }

    private let reader: PartReader
    private let plan: QueryPlan
    private let tuning: SearchTuning
    private let query: SearchQuery
    /// The documents that contain the phrases of the query, by segment.
    private let filters: [DocumentFilter]
    private let identifiers: [Slot]
    /// Whether the query says nothing but identifiers.
    package let isExact: Bool
    private var documents: [RankedDocument]
    private var places: [String: Int]

    /// First the documents that words find, best first, then those added.
    package private(set) var candidates: [Candidate] = []
    /// How many of the ``candidates`` words have found.
    package let count: Int
    /// The words that were corrected.
    package var corrections: [SearchCorrection] { plan.corrections }

    init(
        reader: PartReader,
        plan: QueryPlan,
        words: [QueryWord],
        tuning: SearchTuning,
        query: SearchQuery,
        depth: Int
    ) {
        (self.reader, self.plan, self.tuning, self.query) = (reader, plan, tuning, query)
        let search = PartSearch(reader: reader, plan: plan, tuning: tuning)
        filters = reader.part.segments.enumerated().map { search.filter($0.offset, $0.element.segment) }
        let names = IdentifierWords(words, limit: tuning.maximumWordsAroundPhrases)
        isExact = names.areAll
        identifiers = plan.slots.filter { names.contains($0) }
        documents = Reranker(reader: reader, plan: plan, tuning: tuning)
            .rank(search.best(max(tuning.rerankDepth, depth)))
        places = [:]
        count = documents.count
        for (place, document) in documents.enumerated() {
            let candidate = candidate(document)
            places[candidate.key] = place
            candidates.append(candidate)
        }
    }

    private func candidate(_ document: RankedDocument) -> Candidate {
        let segment = reader.part.segments[document.segment].segment
        // Those that were not examined have the smallest boost in place of their own.
        let boost = Double(segment.boosts[Int(document.document)]) / Double(tuning.boostRange.lowerBound)
        return Candidate(
            key: segment.key(Int(document.document)),
            score: document.isExamined ? document.score : document.score * boost,
            lacksIdentifier: !identifiers.isEmpty
                && identifiers.allSatisfy { score($0, document.document, document.segment) == 0 }
        )
    }

    /// Adds a document that words did not find, or not among the best.
    ///
    /// Its score is what it would have behind the best: cost some microseconds.
    ///
    /// - Returns: its position in ``candidates``, which exists already for one that is there; nil if there is no such
    ///   document, the caller may not see it, or it lacks a phrase of the query.
    package mutating func add(_ key: String) -> Int? {
        if let place = places[key] { return place }
        for (index, view) in reader.part.segments.enumerated().reversed() {
            guard let document = view.segment.document(ofKey: key), view.removed?.contains(document) != true else {
                continue
            }
            guard filters[index].admits(document) else { return nil }
            var sum = plan.slots.reduce(0) { $0 + score($1, UInt32(document), index) }
            if sum > 0 {
                for slot in plan.functionWords.prefix(plan.rankedFunctionWords) {
                    sum += score(slot, UInt32(document), index)
                }
            }
            let total = WeightScale.score(sum) * Double(tuning.boostRange.lowerBound)
            let ranked = RankedDocument(segment: index, document: UInt32(document), score: total, parts: [])
            documents.append(ranked)
            candidates.append(candidate(ranked))
            places[key] = candidates.count - 1
            return candidates.count - 1
        }
        return nil
    }

    /// What a slot adds to the score of a document, as ``SegmentScorer`` computes it.
    private func score(_ slot: Slot, _ document: UInt32, _ index: Int) -> UInt32 {
        let segment = reader.part.segments[index].segment
        return slot.alternatives.reduce(0) { best, alternative in
            let impact: UInt8
            if alternative.terms.count > 1 {
                impact = alternative.phrases[index].posting(of: document) ?? 0
            } else {
                let term = alternative.terms[0].indices[index]
                guard term >= 0, let posting = segment.posting(ofTerm: term, document: document) else { return best }
                impact = segment.blocks.impacts[posting]
            }
            return max(best, alternative.weight * UInt32(impact))
        }
    }

    /// The hit of a candidate.
    ///
    /// - Parameters:
    ///   - place: its position in ``candidates``.
    ///   - score: its final score.
    ///   - piece: what the snippet is taken from; nil for where most words match.
    /// - Returns: the hit, with that score.
    package func hit(_ place: Int, score: Double, snippetOf piece: FieldRange?) -> SearchHit {
        var hit = HitMaker(reader: reader, plan: plan, query: query).hit(documents[place], snippetOf: piece)
        hit.score = score
        return hit
    }

    /// A piece of the text of a candidate, clipped to the field.
    package func text(of place: Int, in piece: FieldRange) -> String {
        let (index, document) = (documents[place].segment, Int(documents[place].document))
        let segment = reader.part.segments[index].segment
        let bytes = segment.text(document)
        return String(decoding: bytes[segment.bytes(of: piece, in: document)], as: UTF8.self)
    }
}

extension SearchIndex {
    /// The primary language of a locale, within which words are compared: `de` for `de-AT`; `und` if it has none.
    package static func language(of locale: String) -> String { Language.primary(of: locale) }

    /// Ranks the documents of the query's language, without those of any other.
    ///
    /// The order is that of ``search(_:)``; limit and offset do not count.
    ///
    /// - Parameters:
    ///   - query: the query, with a locale.
    ///   - depth: how many documents are wanted, at most 11,000.
    /// - Returns: the ranking; nil if there are no documents of the language.
    package func ranking(_ query: SearchQuery, depth: Int) -> WordRanking? {
        let snapshot = snapshot
        let language = Language.primary(of: query.locale ?? "")
        guard let part = snapshot.parts.first(where: { $0.language == language }) else { return nil }
        let analyzer = WordAnalyzer(language: language)
        let reader = PartReader(part: part, filter: query.filter, analyzer: analyzer)
        let planner = QueryPlanner(
            reader: reader,
            tuning: tuning,
            query: query,
            synonyms: snapshot.compiledSynonyms[language]
        )
        let parsed = ParsedQuery(query.text, analyzer: analyzer)
        return WordRanking(
            reader: reader,
            plan: planner.plan(parsed),
            words: parsed.words,
            tuning: tuning,
            query: query,
            depth: min(depth, 11_000)
        )
    }
}
