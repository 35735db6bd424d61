/// Segments of one language to be merged, group by group; made and installed under the writer's lock, carried out without.
struct MergePlan: Sendable {
    /// The language of the part.
    let language: String
    /// What becomes one segment each.
    let groups: [[SegmentView]]
    /// The lengths to compute impacts with.
    let reference: [Float]

    /// The merged segments, in the order of the groups.
    func carriedOut(tuning: SearchTuning) -> [Segment] {
        let model = ImpactModel(averages: reference, tuning: tuning)
        return groups.map { SegmentMerger($0, model: model).merge() }
    }

    /// The segments that must stay until the plan is installed.
    var segments: Set<ObjectIdentifier> { Set(groups.joined().map { ObjectIdentifier($0.segment) }) }
}
