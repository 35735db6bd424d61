import Synchronization
import TextSearch
import VectorIndex

/// What the newest turns of a talk mean, as vectors.
package struct TalkMeaning: Sendable {
    /// The newest turn.
    package let newest: [Float]
    /// The newest turn with the one before it; nil for the first turn.
    package let joined: [Float]?

    /// What a similarity that needs the turn before loses, because what was said before has been answered before.
    package static let earlier = 0.05

    /// Encodes the newest of some turns, and the two newest together; nil without a turn.
    ///
    /// Cost: some 2 ms a turn of ten words, twice.
    package init?(_ turns: [String], _ encoder: PassageEncoder) {
        self.init(encoder.encode(Self.texts(of: turns), as: .query))
    }

    /// Takes the vectors of ``texts(of:)``; nil without any.
    package init?(_ vectors: [[Float]]) {
        guard let newest = vectors.first else { return nil }
        (self.newest, joined) = (newest, vectors.count > 1 ? vectors[1] : nil)
    }

    /// The texts to encode of some turns: the newest, and the two newest together; none without a turn.
    package static func texts(of turns: [String]) -> [String] {
        guard let last = turns.last else { return [] }
        return turns.count > 1 ? [last, turns[turns.count - 2] + " " + last] : [last]
    }
}

/// An article and how near its meaning is to what was said.
package struct NearArticle: Sendable, Hashable {
    package let id: String
    /// Its ``ArticleKey/text``.
    package let key: String
    /// The mean cosine of its three nearest passages, of which the nearest has the largest weight.
    package let similarity: Double
    /// The same for the newest turn alone.
    package let newest: Double
    /// Where its nearest passage is.
    let place: FieldRange
}

/// An article as it is shown to the agent.
package struct ShownArticle: Sendable, Hashable {
    package let article: NearArticle
    package let locale: String
    package let title: String
    /// The nearest passage.
    package let passage: String
    /// Whether the passage is a phrase that customers say.
    package let isAsked: Bool
}

extension MeaningIndex {
    /// The weights of an article's nearest passages: more than one should be near, because one may be by chance.
    private static let weights = [3.0, 2, 1]
    /// The nearest passages whose articles are compared.
    private static let passages = 64

    /// An article and how near it is to a vector.
    struct Closeness {
        let key: String
        let similarity: Double
        let place: FieldRange
    }

    /// The nearest articles that the filter admits, and `others`, by their three nearest passages; nearest first.
    ///
    /// Cost: one search, and a fraction of it for the articles' other passages.
    func closeness(to vector: [Float], of others: [String] = [], filter: SearchFilter) -> [Closeness] {
        let (visible, change) = state.withLock { ($0.directory.members(of: filter), $0.directory.changes) }
        let nearest = vectors.nearest(vector, count: Self.passages, filter: visible)
        let members = state.withLock { state in
            var keys = Set(others)
            for match in nearest {
                if let owner = state.directory.owner(of: match.id, enteredUpTo: change),
                    let key = state.directory.key(ofArticle: owner)
                {
                    keys.insert(key)
                }
            }
            return state.directory.passages(of: keys, within: visible)
        }
        guard members.count > 0 else { return [] }
        let matches = vectors.exactNearest(vector, count: members.count, filter: members)
        var found: [UInt32: (cosines: [Double], place: FieldRange)] = [:]
        let articles = state.withLock { state in
            for match in matches {
                guard let owner = state.directory.owner(of: match.id, enteredUpTo: change),
                    let row = state.directory.row(match.id)
                else { continue }
                found[owner, default: ([], row.place)].cosines.append(Double(match.score))
            }
            return found.compactMap { number, value in
                state.directory.key(ofArticle: number).map {
                    Closeness(key: $0, similarity: Self.similarity(value.cosines), place: value.place)
                }
            }
        }
        return articles.sorted { ($0.similarity, $1.key) > ($1.similarity, $0.key) }
    }

    /// The mean of the first three cosines, which descend, weighted 3 : 2 : 1.
    package static func similarity(_ cosines: [Double]) -> Double {
        let pairs = zip(weights, cosines)
        return pairs.reduce(0) { $0 + $1.0 * $1.1 } / pairs.reduce(0) { $0 + $1.0 }
    }
}

extension KnowledgeIndex {
    /// The share of passages with vectors from which talk is compared by meaning.
    private static let sufficient = 0.9

    /// The model with which talk in a language can be compared with the articles; nil if there is none, or too many articles
    /// still wait for their vectors.
    package func encoder(for locale: String) -> PassageEncoder? {
        guard let meaning, meaning.understands(locale) else { return nil }
        let progress = meaning.progress
        return Double(progress.embedded) >= Self.sufficient * Double(progress.passages) ? meaning.encoder : nil
    }

    /// The model for what is said in a language, however many articles still wait for their vectors; nil without one.
    package func model(for locale: String) -> PassageEncoder? {
        meaning.flatMap { $0.understands(locale) ? $0.encoder : nil }
    }

    /// The articles that are nearest to what was said, and some others, nearest first.
    ///
    /// An article is as near as the newest turn, or as that turn with the one before it less a deduction, because what was said
    /// before has been answered before.
    ///
    /// - Parameters:
    ///   - talk: what was said.
    ///   - others: keys of articles that are compared too.
    ///   - locale: the language; articles in other languages are ignored.
    ///   - visibility: what the caller may see.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the articles; empty without a model.
    package func near(
        _ talk: TalkMeaning,
        others: [String],
        locale: String,
        visibility: ArticleVisibility,
        now: Int64
    ) -> [NearArticle] {
        guard let meaning else { return [] }
        let wanted = passageFilter(visibility, locale: locale, now: now)
        let joined = talk.joined.map { meaning.closeness(to: $0, of: others, filter: wanted) } ?? []
        let before = Dictionary(uniqueKeysWithValues: joined.map { ($0.key, $0) })
        let newest = meaning.closeness(to: talk.newest, of: others + joined.map(\.key), filter: wanted)
        let articles = newest.compactMap { article -> NearArticle? in
            guard let key = ArticleKey(text: article.key) else { return nil }
            var (similarity, place) = (article.similarity, article.place)
            if let earlier = before[article.key], earlier.similarity - TalkMeaning.earlier > similarity {
                (similarity, place) = (earlier.similarity - TalkMeaning.earlier, earlier.place)
            }
            return NearArticle(
                id: key.id,
                key: article.key,
                similarity: similarity,
                newest: article.similarity,
                place: place
            )
        }
        return articles.sorted { ($0.similarity, $1.key) > ($1.similarity, $0.key) }
    }

    /// How near the nearest visible article is to a vector; 0 without one.
    package func nearness(
        to vector: [Float],
        locale: String,
        visibility: ArticleVisibility,
        now: Int64
    ) -> Double {
        let wanted = passageFilter(visibility, locale: locale, now: now)
        return meaning?.closeness(to: vector, filter: wanted).first?.similarity ?? 0
    }

    /// The title and the nearest passage of each article, without those that have vanished meanwhile.
    package func shown(
        _ articles: [NearArticle],
        locale: String,
        visibility: ArticleVisibility,
        now: Int64
    ) -> [ShownArticle] {
        let query = SearchQuery("", locale: locale, limit: 0, filter: filter(visibility, tags: [], now: now))
        guard var ranking = index.ranking(query, depth: 0) else { return [] }
        return articles.compactMap { article in
            guard let place = ranking.add(article.key) else { return nil }
            let hit = ranking.hit(place, score: article.similarity, snippetOf: article.place)
            return ShownArticle(
                article: article,
                locale: hit.locale,
                title: hit.title.text,
                passage: ranking.text(of: place, in: article.place),
                isAsked: article.place.field == .asked
            )
        }
    }

    /// What a caller may see of the passages of one language.
    func passageFilter(_ visibility: ArticleVisibility, locale: String, now: Int64) -> SearchFilter {
        MeaningIndex.filter(filter(visibility, tags: [], now: now), locale: locale)
    }

    /// A text that is the same for callers who may see the same articles.
    package func scope(of visibility: ArticleVisibility) -> String { "\(filter(visibility, tags: [], now: 0).clauses)" }

    /// A number that changes whenever articles get other vectors.
    package var meaningChanges: UInt64 { meaning?.state.withLock { $0.directory.changes } ?? 0 }
}
