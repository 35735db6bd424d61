/// The working memory for scoring one segment, as unmanaged memory so that the loops do not touch reference counts.
final class ScorerScratch {
    let lists: UnsafeMutableBufferPointer<PostingList>
    /// The index of the first list of each slot, followed by the number of lists.
    let starts: UnsafeMutableBufferPointer<Int>
    let bounds: UnsafeMutableBufferPointer<UInt32>
    let sizes: UnsafeMutableBufferPointer<Int>
    let order: UnsafeMutableBufferPointer<Int>
    let sums: UnsafeMutableBufferPointer<UInt32>
    let bests: UnsafeMutableBufferPointer<UInt32>

    /// Allocates memory for slots, none of them empty, companions after them, and windows of `windowSize` documents.
    init(slots main: [[PostingList]], companions: [[PostingList]], windowSize: Int) {
        let slots = main + companions
        lists = .allocate(capacity: slots.reduce(0) { $0 + $1.count })
        starts = .allocate(capacity: slots.count + 1)
        bounds = .allocate(capacity: slots.count)
        sizes = .allocate(capacity: slots.count)
        order = .allocate(capacity: main.count)
        sums = .allocate(capacity: windowSize)
        bests = .allocate(capacity: windowSize)
        _ = lists.initialize(from: slots.joined())
        starts.initialize(repeating: 0)
        for (index, slot) in slots.enumerated() { starts[index + 1] = starts[index] + slot.count }
        bounds.initialize(repeating: 0)
        sizes.initialize(repeating: 0)
        _ = order.initialize(from: main.indices)
        sums.initialize(repeating: 0)
        bests.initialize(repeating: 0)
    }

    deinit {
        lists.deallocate()
        starts.deallocate()
        bounds.deallocate()
        sizes.deallocate()
        order.deallocate()
        sums.deallocate()
        bests.deallocate()
    }
}
