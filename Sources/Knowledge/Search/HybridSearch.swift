import TextSearch
import Vocabulary

/// One search by words and meaning, or by meaning alone.
///
/// Candidates are the best articles by words, the nearest by meaning, and those that were used after similar words
/// (``PrecedentIndex``). Each has how well its words fit (``WordRanking``) and how near its meaning is (``MeaningIndex``), and
/// ``RankFusion`` joins them. How many candidates
/// there are does not depend on where a page begins, so that pages follow each other. After the candidates come the
/// others that words find, in their order.
struct HybridSearch {
    /// The articles by words that are candidates.
    private static let wordDepth = 100
    /// The passages by meaning of which the articles are candidates: of about a hundred.
    private static let passageDepth = 400

    private let index: KnowledgeIndex
    private let meaning: MeaningIndex
    private let query: KnowledgeQuery
    private let wanted: SearchQuery
    private let audiences: Set<ArticleAudience>
    private let now: Int64
    private let rules: LearningRules
    /// What the caller may see of the passages.
    private let filter: SearchFilter

    init(
        _ index: KnowledgeIndex,
        _ meaning: MeaningIndex,
        _ query: KnowledgeQuery,
        _ wanted: SearchQuery,
        _ visibility: ArticleVisibility,
        now: Int64
    ) {
        (self.index, self.meaning, self.query, self.wanted) = (index, meaning, query, wanted)
        (audiences, self.now, rules) = (visibility.audiences, now, index.learningRules)
        filter = MeaningIndex.filter(wanted.filter, locale: query.locale)
    }

    /// How near the meaning of an article is to that of the query.
    private struct Nearness {
        /// The mean over the parts of the query.
        let similarity: Double
        /// Where the passage stands that is nearest to a part.
        let place: FieldRange
    }

    private struct Ranked {
        let place: Int
        let score: RankFusion.Score
        let nearness: Nearness?
        var use: UseEvidence?
    }

    private var isByMeaningAlone: Bool { query.mode == .meaning }

    /// The results in the language of the query.
    ///
    /// - Returns: nil if there are none, or meaning takes no part; then the search goes by words alone.
    func run() -> KnowledgeResults? {
        let limit = min(max(0, query.limit), 1_000)
        let offset = min(max(0, query.offset), 10_000)
        let depth = isByMeaningAlone ? 0 : Self.wordDepth
        guard var words = index.index.ranking(wanted, depth: isByMeaningAlone ? 0 : max(depth, offset + limit)) else {
            return isByMeaningAlone ? KnowledgeResults(hits: [], corrections: []) : nil
        }
        if words.isExact, !isByMeaningAlone { return nil }
        let texts = QueryText.parts(
            of: query.text,
            corrections: isByMeaningAlone ? [] : corrections(words),
            isUnfinished: query.prefix
        )
        guard !texts.isEmpty || isByMeaningAlone else { return nil }
        let passages = isByMeaningAlone ? max(Self.passageDepth, 4 * limit) : Self.passageDepth
        let vectors = texts.map(meaning.vector)
        let uses = uses(after: vectors, &words)
        let nearness = nearness(vectors, &words, used: uses.keys, depth: depth, passages: passages)
        let ranked = isByMeaningAlone ? byMeaning(nearness, uses, words) : fused(nearness, uses, words, depth: depth)
        let page = ranked.dropFirst(offset).prefix(limit)
        guard !page.isEmpty || offset > 0 || isByMeaningAlone else { return nil }
        return KnowledgeResults(
            hits: page.compactMap { hit($0, words) },
            corrections: isByMeaningAlone ? [] : words.corrections
        )
    }

    /// The corrections of words that the model does not know either.
    private func corrections(_ words: WordRanking) -> [(String, String)] {
        words.corrections.filter { !meaning.encoder.knows($0.from) }.map { ($0.from, $0.to) }
    }

    /// The evidence for articles that were used after similar words, by their places among the articles that words find.
    private func uses(after vectors: [[Float]], _ words: inout WordRanking) -> [Int: UseEvidence] {
        guard let precedents = index.precedents else { return [:] }
        let evidence = precedents.evidence(after: vectors, filter: filter, audiences: audiences, now: now)
        var result: [Int: UseEvidence] = [:]
        for (key, evidence) in evidence.sorted(by: { $0.key < $1.key }) {
            if let place = words.add(key) { result[place] = evidence }
        }
        return result
    }

    /// How near the candidates are, by their places among the articles that words find.
    private func nearness(
        _ vectors: [[Float]],
        _ words: inout WordRanking,
        used: some Sequence<Int>,
        depth: Int,
        passages: Int
    ) -> [Int: Nearness] {
        let nearest = vectors.map { meaning.nearest(to: $0, filter: filter, count: passages) }
        var candidates = Set(words.candidates.prefix(depth).map(\.key))
        candidates.formUnion(nearest.joined().map(\.key))
        candidates.formUnion(used.map { words.candidates[$0].key })
        var sums: [String: (sum: Double, best: MeaningIndex.Match, parts: Int)] = [:]
        for (vector, found) in zip(vectors, nearest) {
            let missing = candidates.subtracting(found.map(\.key))
            for match in found + meaning.similarities(to: vector, of: Array(missing), filter: filter) {
                let known = sums[match.key]
                let best = known.map { $0.best.similarity >= match.similarity ? $0.best : match } ?? match
                sums[match.key] = ((known?.sum ?? 0) + Double(match.similarity), best, (known?.parts ?? 0) + 1)
            }
        }
        var result: [Int: Nearness] = [:]
        // An article that changes meanwhile can be missing for some parts. The index of words has the last word on what may
        // be seen.
        for (key, entry) in sums.sorted(by: { $0.key < $1.key }) where entry.parts == vectors.count {
            guard let place = words.add(key) else { continue }
            result[place] = Nearness(similarity: entry.sum / Double(entry.parts), place: entry.best.place)
        }
        return result
    }

    /// The articles with a passage that has anything in common with the query, nearest first.
    private func byMeaning(
        _ nearness: [Int: Nearness],
        _ uses: [Int: UseEvidence],
        _ words: WordRanking
    ) -> [Ranked] {
        let ranked = nearness.compactMap { place, near -> Ranked? in
            guard near.similarity > 0 else { return nil }
            let lift = rules.similarityLift * (uses[place]?.strength ?? 0)
            return Ranked(
                place: place,
                score: .init(words: 0, meaning: near.similarity, use: lift),
                nearness: near,
                use: uses[place]
            )
        }
        return sorted(ranked, words)
    }

    private func fused(
        _ nearness: [Int: Nearness],
        _ uses: [Int: UseEvidence],
        _ words: WordRanking,
        depth: Int
    ) -> [Ranked] {
        let candidates = Set(0..<min(depth, words.count)).union(nearness.keys).union(uses.keys)
        let fusion = RankFusion(bestWords: words.candidates.reduce(0) { max($0, $1.score) })
        let ranked = candidates.compactMap { place -> Ranked? in
            let candidate = words.candidates[place]
            let evidence = RankFusion.Evidence(
                words: candidate.score,
                similarity: nearness[place]?.similarity,
                lacksIdentifier: candidate.lacksIdentifier,
                use: rules.searchLift * (uses[place]?.strength ?? 0)
            )
            return fusion.score(evidence).map {
                Ranked(place: place, score: $0, nearness: nearness[place], use: uses[place])
            }
        }
        let first = sorted(ranked, words)
        let least = first.last?.score.total ?? .infinity
        let rest = (min(depth, words.count)..<words.count).filter { !candidates.contains($0) }.compactMap { place in
            fusion.score(.init(words: words.candidates[place].score, similarity: nil)).map { score in
                Ranked(place: place, score: .init(words: min(score.words, least), meaning: 0), nearness: nil)
            }
        }
        return first + rest
    }

    private func sorted(_ ranked: [Ranked], _ words: WordRanking) -> [Ranked] {
        ranked.sorted { left, right in
            if left.score.total != right.score.total { return left.score.total > right.score.total }
            return words.candidates[left.place].key < words.candidates[right.place].key
        }
    }

    private func hit(_ ranked: Ranked, _ words: WordRanking) -> KnowledgeHit? {
        let candidate = words.candidates[ranked.place]
        guard let key = ArticleKey(text: candidate.key), let content = index.content(of: candidate.key) else {
            return nil
        }
        let place = ranked.nearness?.place
        let isByMeaning = ranked.score.meaning > ranked.score.words
        let isText = place?.field == .body || place?.field == .summary
        return KnowledgeHit(
            id: key.id,
            version: content.version,
            hit: words.hit(
                ranked.place,
                score: ranked.score.total,
                snippetOf: isByMeaning && isText ? place : nil
            ),
            similarity: ranked.nearness?.similarity,
            passage: wanted.snippets ? place.map { Self.shown(words.text(of: ranked.place, in: $0)) } : nil,
            shares: .init(
                wordScore: isByMeaningAlone ? 0 : candidate.score,
                words: ranked.score.words,
                meaning: ranked.score.meaning,
                use: ranked.score.use
            ),
            use: ranked.score.use > 0 ? ranked.use : nil
        )
    }

    /// A passage on one line; lines of the text, and keywords, become parts of it.
    private static func shown(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
