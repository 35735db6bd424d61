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
