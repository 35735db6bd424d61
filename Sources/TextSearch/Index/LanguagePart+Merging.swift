extension LanguagePart {
    /// Segments up to so many documents are merged at once when changes arrive.
    private static let smallDocuments = 4_096
    /// Up to so many documents the mean lengths are followed closely, which a second's work pays for.
    private static let middleDocuments = 32_768
    /// Merged segments stay below so many bytes of text, which keeps their offsets within 32 bits.
    private static let largestText = 1 << 30

    /// Whether the lengths have moved so far from the reference that the impacts should be computed anew.
    private func hasDrifted(by share: Float) -> Bool {
        guard liveCount > 0, !reference.isEmpty else { return false }
        return zip(means, reference).contains { mean, reference in
            abs(mean - reference) > share * max(mean, reference) && max(mean, reference) > 0.05
        }
    }

    /// Merges what is small enough to merge while a writer waits.
    mutating func mergeSmall(tuning: SearchTuning) {
        if liveCount <= Self.smallDocuments, hasDrifted(by: 0.1) { return recalibrate(tuning: tuning) }
        let small = segments.indices.filter { segments[$0].segment.documentCount <= Self.smallDocuments }
        if let group = Self.mergeable(small.map { ($0, segments[$0]) }, ratio: 2) { merge(group, tuning: tuning) }
    }

    /// Does one larger piece of merging; false when there is nothing to do.
    mutating func maintain(tuning: SearchTuning) -> Bool {
        if hasDrifted(by: liveCount <= Self.middleDocuments ? 0.01 : 0.1) {
            recalibrate(tuning: tuning)
            return true
        }
        if let group = Self.mergeable(segments.indices.map { ($0, segments[$0]) }, ratio: 4) {
            merge(group, tuning: tuning)
            return true
        }
        if let worn = segments.indices.first(where: { Self.isWorn(segments[$0]) }) {
            merge([worn], tuning: tuning)
            return true
        }
        return false
    }

    private static func isWorn(_ view: SegmentView) -> Bool {
        (view.removed?.count ?? 0) * 4 > view.segment.documentCount
    }

    /// The largest segment that those smaller than it amount to at least `1/ratio` of, with them.
    private static func mergeable(_ views: [(index: Int, view: SegmentView)], ratio: Int) -> [Int]? {
        let sorted = views.sorted { $0.view.liveCount > $1.view.liveCount }
        for first in sorted.indices.dropLast() {
            let group = sorted[first...]
            let tail = group.dropFirst().reduce(0) { $0 + max(1, $1.view.liveCount) }
            let text = group.reduce(0) { $0 + $1.view.segment.text.count }
            if tail * ratio >= sorted[first].view.liveCount, text < largestText { return group.map(\.index).sorted() }
        }
        return nil
    }

    private mutating func recalibrate(tuning: SearchTuning) {
        reference = means
        if segments.reduce(0, { $0 + $1.segment.text.count }) < Self.largestText {
            merge(Array(segments.indices), tuning: tuning)
        } else {
            for index in segments.indices { segments[index] = rewritten([segments[index]], tuning: tuning) }
            segments.removeAll { $0.segment.documentCount == 0 }
        }
    }

    private mutating func merge(_ group: [Int], tuning: SearchTuning) {
        if group.count == segments.count { reference = means }
        let merged = rewritten(group.map { segments[$0] }, tuning: tuning)
        for index in group.reversed() { segments.remove(at: index) }
        if merged.segment.documentCount > 0 { segments.insert(merged, at: min(group[0], segments.count)) }
    }

    private func rewritten(_ views: [SegmentView], tuning: SearchTuning) -> SegmentView {
        let model = ImpactModel(averages: reference, tuning: tuning)
        return SegmentView(segment: SegmentMerger(views, model: model).merge())
    }
}
