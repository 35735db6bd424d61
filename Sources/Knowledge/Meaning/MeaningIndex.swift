import Synchronization
import TextSearch
import VectorIndex

/// The published articles by what they mean: a vector for each passage, and who may see it.
///
/// It follows the index of words. An article that changes or vanishes there is taken out at once, before the words change,
/// so that nobody finds what they may no longer see; and it is entered again when all of its passages have vectors, which
/// ``KnowledgeIndex/embedNext(on:encodes:now:)`` makes in the background. Until then it is found by its words.
///
/// Vectors are kept in the store by the hash of the text (``PassageTable``), so that a text is encoded once. What is in
/// memory can be saved (``save(to:)``) and is otherwise built from the store.
///
/// ## Topics
/// - ``progress``
/// - ``nearest(to:filter:count:)``, ``similarities(to:of:filter:)``
package final class MeaningIndex: Sendable {
    /// An article, and the passage of it that is nearest to a query.
    struct Match: Sendable, Hashable {
        /// Its ``ArticleKey/text``.
        let key: String
        /// The cosine of the angle between both vectors, from -1 to 1.
        let similarity: Float
        /// Where the passage stands.
        let place: FieldRange
    }

    /// How far the articles are embedded.
    package struct Progress: Sendable, Hashable {
        /// The passages of all published articles in the model's languages; an article that has not been looked at yet
        /// counts as one.
        package let passages: Int
        /// Those that are found by their meaning.
        package let embedded: Int
        /// Whether every article is.
        package let isComplete: Bool
    }

    struct State {
        var directory: PassageDirectory
        /// The articles that wait for their vectors.
        var queue = EmbeddingQueue()
        /// The numbers of passages that have gone, but whose vectors are still there.
        var obsolete: [UInt32] = []
    }

    package let encoder: PassageEncoder
    let vectors: VectorIndex
    let state: Mutex<State>
    private let queries = QueryVectors()
    /// Held while vectors change and while they are saved.
    let writing = Mutex(())
    let saved: Mutex<UInt64?>

    /// An empty index.
    package convenience init(encoder: PassageEncoder) {
        self.init(encoder, VectorIndex(dimension: encoder.dimension), PassageDirectory(), saved: nil)
    }

    init(_ encoder: PassageEncoder, _ vectors: VectorIndex, _ directory: PassageDirectory, saved: UInt64?) {
        self.encoder = encoder
        self.vectors = vectors
        state = Mutex(State(directory: directory))
        self.saved = Mutex(saved)
    }

    /// How far the articles are embedded.
    package var progress: Progress {
        state.withLock { state in
            Progress(
                passages: state.directory.count + state.queue.passages,
                embedded: state.directory.count,
                isComplete: state.queue.isEmpty
            )
        }
    }

    /// Whether the model understands texts in the language of a locale.
    func understands(_ locale: String) -> Bool { encoder.understands(locale) }

    /// The vector of a query, which costs some 2 ms unless the query was among the last thousand.
    package func vector(of query: String) -> [Float] { queries.vector(of: query, by: encoder) }

    /// The vector of one of the last thousand queries; nil for any other.
    func knownVector(of query: String) -> [Float]? { queries.known(query) }

    /// The filter of callers, for the articles of one language.
    static func filter(_ filter: SearchFilter, locale: String) -> SearchFilter {
        var result = filter
        result.clauses.append(.anyOf([languageLabel(locale)]))
        return result
    }

    static func languageLabel(_ locale: String) -> String { "language:\(SearchIndex.language(of: locale))" }

    /// The articles that the filter admits whose passages are nearest to a vector, nearest first, each with its nearest
    /// passage; articles at equal distance in the order of their keys.
    ///
    /// - Parameters:
    ///   - vector: of the encoder's dimension.
    ///   - filter: what the caller may see.
    ///   - count: the passages to find; several can be of one article.
    /// - Returns: one match an article.
    func nearest(to vector: [Float], filter: SearchFilter, count: Int) -> [Match] {
        let (members, change) = state.withLock { ($0.directory.members(of: filter), $0.directory.changes) }
        return articles(vectors.nearest(vector, count: count, filter: members), enteredUpTo: change)
    }

    /// The nearest passage of each of the articles that the filter admits, in no order; those without vectors are left out.
    ///
    func similarities(to vector: [Float], of keys: [String], filter: SearchFilter) -> [Match] {
        let (members, change) = state.withLock { state -> (IdentifierSet, UInt64) in
            let visible = state.directory.members(of: filter)
            return (state.directory.passages(of: keys, within: visible), state.directory.changes)
        }
        guard members.count > 0 else { return [] }
        return articles(
            vectors.exactNearest(vector, count: members.count, filter: members),
            enteredUpTo: change
        )
    }

    private func articles(_ matches: [VectorIndex.Match], enteredUpTo change: UInt64) -> [Match] {
        var result: [Match] = []
        var seen: Set<UInt32> = []
        state.withLock { state in
            for match in matches {
                // What was taken out meanwhile is not found any more; what was entered meanwhile is not found yet.
                guard let article = state.directory.owner(of: match.id, enteredUpTo: change),
                    seen.insert(article).inserted,
                    let key = state.directory.key(ofArticle: article), let row = state.directory.row(match.id)
                else { continue }
                result.append(Match(key: key, similarity: match.score, place: row.place))
            }
        }
        return result.sorted {
            $0.similarity != $1.similarity ? $0.similarity > $1.similarity : $0.key < $1.key
        }
    }
}

/// Following the index of words.
extension MeaningIndex {
    /// Learns the content of a published article; nil if there is none any more.
    ///
    /// If it is not what was entered, the article is taken out at once, and waits for its vectors.
    func follow(_ key: String, _ content: ArticleContent?) {
        state.withLock { state in
            if let content, state.directory.content(of: key) == content { return }
            state.obsolete += state.directory.remove(key)
            state.queue.remove(key)
            guard content != nil, let id = ArticleKey(text: key), understands(id.locale) else { return }
            state.queue.append(key, passages: nil)
        }
    }

    /// Compares with the content of all published articles, after loading.
    func reconcile(_ published: [String: ArticleContent]) {
        let (gone, new) = state.withLock { state in
            let waiting = state.queue
            let directory = state.directory
            let new = published.filter { !waiting.contains($0.key) && directory.content(of: $0.key) != $0.value }
            return (directory.keys.filter { published[$0] == nil }, new)
        }
        for key in gone { follow(key, nil) }
        for (key, content) in new.sorted(by: { $0.key < $1.key }) { follow(key, content) }
    }
}
