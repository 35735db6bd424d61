import Synchronization

/// A full-text index in memory that answers while it changes.
///
/// Writers are served one at a time; a reader takes the current snapshot and works on it without locks, so searches
/// never wait for changes, merges or saving. A search that starts after `apply` has returned sees the change.
///
/// ## Topics
/// - Changing: ``apply(_:sequence:)``, ``maintain()``, ``setSynonyms(_:)``, ``setCompletionPhrases(_:)``
/// - Asking: ``search(_:)``, ``complete(_:limit:filter:locale:)``, ``topics(_:choose:)``
/// - Keeping: ``save(to:)``, ``load(from:tuning:synonyms:)``
package final class SearchIndex: Sendable {
    /// The constants of ranking.
    package let tuning: SearchTuning
    private let current: Mutex<IndexSnapshot>
    /// Held by one writer at a time; the value names the segments that `maintain()` is merging meanwhile.
    private let writing = Mutex<Set<ObjectIdentifier>>([])

    /// Creates an empty index.
    package convenience init(tuning: SearchTuning = .standard, synonyms: SynonymTable = SynonymTable()) {
        self.init(snapshot: IndexSnapshot(synonyms: synonyms), tuning: tuning)
    }

    init(snapshot: IndexSnapshot, tuning: SearchTuning) {
        self.tuning = tuning
        current = Mutex(snapshot)
    }

    /// What a reader works on.
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

    /// Applies changes in order and takes over `sequence`; of several changes to one key the last counts.
    ///
    /// Cost: about 0.1 ms a document and some for merging; batches of 1,000 documents and more are the cheapest.
    package func apply(_ changes: [SearchChange], sequence: Int64) {
        change { snapshot, busy in
            snapshot.sequence = sequence
            ChangeApplier(tuning: tuning, busy: busy).apply(changes, to: &snapshot)
            snapshot.compileSynonyms(anew: false)
        }
    }

    /// Does one piece of housekeeping: merging segments, reclaiming removed documents, adjusting to new mean lengths.
    ///
    /// Call it after changes until it returns false, from a thread that may work for some seconds at 100,000
    /// documents; neither readers nor other writers wait for it. While one call works, others return false.
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

    /// Replaces the phrases offered as completions; at most 10,000 are kept, the heaviest.
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
