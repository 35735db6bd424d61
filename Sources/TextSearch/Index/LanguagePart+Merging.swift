extension LanguagePart {
    /// The largest number of documents in segments that are merged immediately when changes arrive.
    private static let smallDocuments = 4_096
    /// The largest number of documents for which mean lengths are followed closely; recomputing takes about a second.
    private static let middleDocuments = 32_768
    /// The largest size of a merged segment's text in bytes, which keeps offsets within 32 bits.
    private static let largestText = 1 << 30

    /// Whether mean lengths have drifted so far from the reference that impacts should be recomputed.
    private func hasDrifted(by share: Float) -> Bool {
        guard liveCount > 0, !reference.isEmpty else { return false }
        return zip(means, reference).contains { mean, reference in
            abs(mean - reference) > share * max(mean, reference) && max(mean, reference) > 0.05
        }
    }

    /// Merges segments small enough to merge while a writer waits, except those being merged elsewhere.
    mutating func mergeSmall(tuning: SearchTuning, except busy: Set<ObjectIdentifier>) {
        if busy.isEmpty, liveCount <= Self.smallDocuments, hasDrifted(by: 0.1) {
            return carryOut(recalibration, tuning: tuning)
        }
        let small = segments.filter {
            $0.segment.documentCount <= Self.smallDocuments && !busy.contains(ObjectIdentifier($0.segment))
        }
        if let group = Self.mergeable(small, ratio: 2) { carryOut(plan([group]), tuning: tuning) }
    }

    /// The next larger merge, or `nil` if none is due.
    var maintenance: MergePlan? {
        if hasDrifted(by: liveCount <= Self.middleDocuments ? 0.01 : 0.1) { return recalibration }
        if let group = Self.mergeable(segments, ratio: 4) { return plan([group]) }
        return segments.first(where: Self.isWorn).map { plan([[$0]]) }
    }

    private func plan(_ groups: [[SegmentView]]) -> MergePlan {
        let isWhole = groups.reduce(0) { $0 + $1.count } == segments.count
        return MergePlan(language: language, groups: groups, reference: isWhole ? means : reference)
    }

    /// A plan that rewrites all segments with the current mean lengths.
    private var recalibration: MergePlan {
        let text = segments.reduce(0) { $0 + $1.segment.text.count }
        return plan(text < Self.largestText ? [segments] : segments.map { [$0] })
    }

    private mutating func carryOut(_ plan: MergePlan, tuning: SearchTuning) {
        install(plan.carriedOut(tuning: tuning), of: plan, tuning: tuning) { WordAnalyzer(language: plan.language) }
    }

    /// Replaces the sources of merged segments, and removes from these the documents removed during the merge.
    mutating func install(
        _ merged: [Segment],
        of plan: MergePlan,
        tuning: SearchTuning,
        analyzer: () -> WordAnalyzer
    ) {
        let sources = Set(plan.groups.joined().map { ObjectIdentifier($0.segment) })
        let present = Set(segments.map { ObjectIdentifier($0.segment) })
        guard sources.isSubset(of: present) else { return }
        var views: [SegmentView] = []
        for (segment, group) in zip(merged, plan.groups) where segment.documentCount > 0 {
            var view = SegmentView(segment: segment)
            for source in group { follow(source, in: &view, analyzer: analyzer) }
            views.append(view)
        }
        var others = segments.filter { !sources.contains(ObjectIdentifier($0.segment)) }
        if plan.reference != reference {
            reference = plan.reference
            others = others.map { SegmentView(segment: self.plan([[$0]]).carriedOut(tuning: tuning)[0]) }
        }
        segments = views + others.filter { $0.segment.documentCount > 0 }
    }

    /// Removes from a merged segment the documents removed from one of its sources since the merge began.
    private func follow(_ source: SegmentView, in view: inout SegmentView, analyzer: () -> WordAnalyzer) {
        let now = segments.first { $0.segment === source.segment }?.removed
        guard let now, now.count > source.removed?.count ?? 0 else { return }
        for document in 0..<source.segment.documentCount
        where now.contains(document) && source.removed?.contains(document) != true {
            guard let place = view.segment.document(ofKey: source.segment.key(document)) else { continue }
            var removed = view.removed ?? RemovedDocuments(documents: view.segment.documentCount)
            removed.insert(place, of: view.segment, analyzer: analyzer())
            view.removed = removed
        }
    }

    private static func isWorn(_ view: SegmentView) -> Bool {
        (view.removed?.count ?? 0) * 4 > view.segment.documentCount
    }

    /// The largest segment whose smaller segments together have at least `1/ratio` of its size, with these segments.
    private static func mergeable(_ views: [SegmentView], ratio: Int) -> [SegmentView]? {
        let sorted = views.sorted { $0.liveCount > $1.liveCount }
        for first in sorted.indices.dropLast() {
            let group = sorted[first...]
            let tail = group.dropFirst().reduce(0) { $0 + max(1, $1.liveCount) }
            let text = group.reduce(0) { $0 + $1.segment.text.count }
            if tail * ratio >= sorted[first].liveCount, text < largestText { return Array(group) }
        }
        return nil
    }
}

/// Segments of one language to be merged, group by group; created and installed under the writer's lock, carried out
/// without it.
struct MergePlan: Sendable {
    let language: String
    /// The groups of segments, each to be merged into one.
    let groups: [[SegmentView]]
    /// The mean lengths with which to compute impacts.
    let reference: [Float]

    /// Performs the merge; returns the merged segments in the order of the groups.
    func carriedOut(tuning: SearchTuning) -> [Segment] {
        let model = ImpactModel(averages: reference, tuning: tuning)
        return groups.map { SegmentMerger($0, model: model).merge() }
    }

    /// The segments that other merges must not use until the plan is installed.
    var segments: Set<ObjectIdentifier> { Set(groups.joined().map { ObjectIdentifier($0.segment) }) }
}
