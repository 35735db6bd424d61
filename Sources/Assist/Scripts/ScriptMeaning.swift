package import Knowledge
import Synchronization
import TextSearch
import VectorIndex

/// A script that is near to what was said.
package struct NearScript: Sendable, Hashable {
    /// The id of the script.
    package let id: String
    /// The cosine of the angle to what is nearest, from −1 to 1.
    package let similarity: Double
    /// The example, or the title, that is nearest.
    package let text: String
    /// Whether that is an example.
    package let isExample: Bool
}

/// What the examples and titles of published scripts mean: a vector for each.
///
/// ``prepare(_:atMost:)`` follows the versions in force, in the background. A new version is found by its meaning once all
/// texts of all versions have vectors. Texts that stay the same are encoded once. A turn is compared with the versions that
/// its agent would get, and with no others, so a version that is out of force is not found from then on.
///
/// ## Topics
/// - ``prepare(_:atMost:)``
/// - ``near(_:among:)``
package final class ScriptMeaning: Sendable {
    /// The largest number of texts; scripts beyond it are found by their words alone.
    package static let capacity = 50_000

    private struct Version: Hashable {
        let id: String
        let number: Int64

        init(_ script: FindableScript) { (id, number) = (script.id, script.version) }
    }

    private struct Document: Sendable {
        let script: String
        let text: String
        let isExample: Bool
    }

    /// What turns are compared with; it never changes.
    private struct Snapshot: Sendable {
        let index: VectorIndex
        var documents: [Document] = []
        /// The numbers of the documents of each version.
        var numbers: [Version: Range<UInt32>] = [:]
    }

    private struct State {
        var snapshot: Snapshot
        /// Vectors by text.
        var vectors: [String: [Int8]] = [:]
    }

    package let encoder: PassageEncoder
    private let state: Mutex<State>

    /// Creates one without scripts.
    package init(encoder: PassageEncoder) {
        self.encoder = encoder
        state = Mutex(State(snapshot: Snapshot(index: VectorIndex(dimension: encoder.dimension))))
    }

    /// Follows the versions in force: encodes the next of their texts, and takes out what is no longer in force.
    ///
    /// To be called by one task at a time, on a background thread: some 2 ms a text, and a new index whenever something has
    /// changed.
    ///
    /// - Parameters:
    ///   - scripts: every version in force, for whomever.
    ///   - limit: how many texts to encode at most.
    /// - Returns: whether every script has its vectors.
    @discardableResult
    package func prepare(_ scripts: [FindableScript], atMost limit: Int = .max) -> Bool {
        let wanted = Self.documents(of: scripts.filter { $0.locale.map(encoder.understands) ?? true })
        let known = state.withLock { $0.vectors }
        var seen: Set<String> = []
        let missing = wanted.flatMap(\.documents).map(\.text).filter { known[$0] == nil && seen.insert($0).inserted }
        let texts = Array(missing.prefix(limit))
        // Like what customers say, because that is what they are compared with.
        let vectors = known.merging(zip(texts, encoder.quantized(texts, as: .query))) { _, new in new }
        guard texts.count == missing.count else {
            state.withLock { $0.vectors = vectors }
            return false
        }
        let snapshot = snapshot(wanted, vectors)
        let used = Set(wanted.lazy.flatMap(\.documents).map(\.text))
        state.withLock { $0 = State(snapshot: snapshot, vectors: vectors.filter { used.contains($0.key) }) }
        return true
    }

    /// The model for encoding a turn; nil if scripts must be found by words: when there are none with vectors, for another
    /// language, and for a turn without significant words.
    package func encoder(for talk: Talk, locale: String) -> PassageEncoder? {
        guard encoder.understands(locale), let newest = talk.turns.last,
            !SearchIndex.tellingStems(of: newest, locale: locale).isEmpty
        else { return nil }
        return state.withLock { $0.snapshot.documents.isEmpty } ? nil : encoder
    }

    /// Compares scripts with what was said.
    ///
    /// Cost: one search among the texts of all scripts; some 20 µs for 1,000 of them.
    ///
    /// - Parameters:
    ///   - talk: what was said.
    ///   - scripts: those to compare, of which all others are left out before anything is compared.
    /// - Returns: how near the scripts are, each by its nearest text, the nearest first.
    package func near(_ talk: TalkMeaning, among scripts: [FindableScript]) -> [NearScript] {
        let snapshot = state.withLock { $0.snapshot }
        var members = IdentifierSet()
        for script in scripts {
            for number in snapshot.numbers[Version(script)] ?? 0..<0 { members.insert(number) }
        }
        guard members.count > 0 else { return [] }
        var best: [String: NearScript] = [:]
        func add(_ vector: [Float], less deduction: Double) {
            for match in snapshot.index.nearest(vector, count: Self.compared, filter: members) {
                let document = snapshot.documents[Int(match.id)]
                let similarity = Double(match.score) - deduction
                guard similarity > best[document.script]?.similarity ?? -.infinity else { continue }
                best[document.script] = NearScript(
                    id: document.script,
                    similarity: similarity,
                    text: document.text,
                    isExample: document.isExample
                )
            }
        }
        add(talk.newest, less: 0)
        if let joined = talk.joined { add(joined, less: TalkMeaning.earlier) }
        return best.values.sorted { ($0.similarity, $1.id) > ($1.similarity, $0.id) }
    }

    /// The nearest texts whose scripts are compared.
    private static let compared = 32

    /// The texts of scripts in a fixed order, as many scripts as ``capacity`` allows.
    private static func documents(of scripts: [FindableScript]) -> [(version: Version, documents: [Document])] {
        var result: [(version: Version, documents: [Document])] = []
        var count = 0
        for script in scripts {
            let documents =
                [Document(script: script.id, text: script.title, isExample: false)]
                + script.examples.prefix(ScriptFinder.maximumExamples).map {
                    Document(script: script.id, text: $0, isExample: true)
                }
            count += documents.count
            guard count <= capacity else { break }
            result.append((Version(script), documents))
        }
        return result
    }

    private func snapshot(
        _ scripts: [(version: Version, documents: [Document])],
        _ vectors: [String: [Int8]]
    ) -> Snapshot {
        var snapshot = Snapshot(index: VectorIndex(dimension: encoder.dimension))
        var changes: [VectorIndex.Change] = []
        for (version, documents) in scripts {
            let start = UInt32(snapshot.documents.count)
            for document in documents {
                let vector = (vectors[document.text] ?? []).map(Float.init)
                changes.append(.insert(UInt32(snapshot.documents.count), vector))
                snapshot.documents.append(document)
            }
            snapshot.numbers[version] = start..<UInt32(snapshot.documents.count)
        }
        snapshot.index.apply(changes)
        return snapshot
    }
}
