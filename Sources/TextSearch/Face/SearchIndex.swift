import Synchronization

/// An in-memory full-text index that can be searched while it changes.
///
/// Writers run one at a time. A reader takes the current snapshot and works on it without locks, so searches never wait
/// for changes, merges or saving. A search that starts after `apply` has returned sees its changes.
///
/// ## Topics
/// - Changing: ``apply(_:sequence:)``, ``maintain()``, ``setSynonyms(_:)``, ``setCompletionPhrases(_:)``
/// - Searching: ``search(_:)``, ``complete(_:limit:filter:locale:)``, ``topics(_:choose:)``
/// - Persistence: ``save(to:)``, ``load(from:tuning:synonyms:)``
package final class SearchIndex: Sendable {
    /// The constants of ranking.
    package let tuning: SearchTuning
    private let current: Mutex<IndexSnapshot>
    /// Serialises writers; the value is the set of segments that `maintain()` is merging.
    private let writing = Mutex<Set<ObjectIdentifier>>([])

    /// Creates an empty index.
    package convenience init(tuning: SearchTuning = .standard, synonyms: SynonymTable = SynonymTable()) {
        self.init(snapshot: IndexSnapshot(synonyms: synonyms), tuning: tuning)
    }

    init(snapshot: IndexSnapshot, tuning: SearchTuning) {
        self.tuning = tuning
        current = Mutex(snapshot)
    }

    /// The current snapshot.
    var snapshot: IndexSnapshot { current.withLock { $0 } }

    /// The number of documents that can be found.
    package var count: Int { snapshot.count }

    /// The sequence given with the last change.
    package var sequence: Int64 { snapshot.sequence }

    /// The size of the index.
    package var statistics: SearchStatistics {
        let snapshot = snapshot
        var result = SearchStatistics()
        for part in snapshot.parts {
            result.languages[part.language] = part.liveCount
            result.referenceLengths[part.language] = part.reference
            result.documents += part.liveCount
            for view in part.segments {
                result.removed += view.removed?.count ?? 0
                result.segments += 1
                result.terms += view.segment.terms.count
                result.postings += view.segment.blocks.impacts.count
                result.bytes += view.segment.byteCount
            }
        }
        return result
    }

    /// Applies changes in order and sets `sequence`; of several changes to one key the last counts.
    ///
    /// Cost: about 0.1 ms per document plus merging; batches of at least 1,000 documents are the most efficient.
    package func apply(_ changes: [SearchChange], sequence: Int64) {
        change { snapshot, busy in
            snapshot.sequence = sequence
            ChangeApplier(tuning: tuning, busy: busy).apply(changes, to: &snapshot)
            snapshot.compileSynonyms(anew: false)
        }
    }

    /// Performs one maintenance task: merging segments, reclaiming removed documents, or adjusting to new mean lengths.
    ///
    /// Call it after changes until it returns false, in the background: with 100,000 documents it may take several
    /// seconds. Neither readers nor other writers wait for it. While one call is running, others return false.
    @discardableResult
    package func maintain() -> Bool {
        let planned = writing.withLock { busy -> MergePlan? in
            guard busy.isEmpty else { return nil }
            let plan = snapshot.parts.lazy.compactMap(\.maintenance).first
            busy = plan?.segments ?? []
            return plan
        }
        guard let planned else { return false }
        let merged = planned.carriedOut(tuning: tuning)
        change { snapshot, busy in
            busy = []
            guard let index = snapshot.parts.firstIndex(where: { $0.language == planned.language }) else { return }
            snapshot.parts[index].install(merged, of: planned, tuning: tuning) {
                WordAnalyzer(language: planned.language)
            }
        }
        return true
    }

    /// Replaces the synonyms; searches that start later use them.
    package func setSynonyms(_ table: SynonymTable) {
        change { snapshot, _ in
            snapshot.synonyms = table
            snapshot.compileSynonyms(anew: true)
        }
    }

    /// Replaces the phrases offered as completions; the 10,000 with the largest weights are kept.
    package func setCompletionPhrases(_ phrases: [CompletionPhrase]) {
        let sorted = phrases.sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.text < $1.text }
        change { snapshot, _ in snapshot.phrases = Array(sorted.prefix(10_000)) }
    }

    private func change(_ body: (inout IndexSnapshot, inout Set<ObjectIdentifier>) -> Void) {
        writing.withLock { busy in
            var next = snapshot
            body(&next, &busy)
            current.withLock { $0 = next }
        }
    }
}
