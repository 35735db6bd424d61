/// The postings of one term, or of one phrase, in one segment, read forward.
struct PostingList {
    let blocks: BlockArrays
    /// The current block.
    var block: Int
    /// The end of the blocks (exclusive).
    let endBlock: Int
    /// The weight of an impact of 1.
    let weight: UInt32
    /// The largest impact.
    let maximum: UInt8

    /// Returns an upper bound of the scores of documents in `low..<high`, and the number of blocks that may contain
    /// such documents; moves to the first of these blocks.
    @inline(__always)
    mutating func bound(from low: UInt32, to high: UInt32) -> (score: UInt32, blocks: Int) {
        while block + 1 < endBlock, blocks.bases[block + 1] <= low { block += 1 }
        var maximum: UInt8 = 0
        var index = block
        while index < endBlock, blocks.bases[index] < high {
            maximum = max(maximum, blocks.maxima[index])
            index += 1
        }
        return (weight &* UInt32(maximum), index - block)
    }

    /// The number of postings.
    var count: Int { Int(blocks.starts[endBlock] - blocks.starts[block]) }

    /// A score that at least `wanted` documents reach from this list alone, or 0 if there are fewer.
    func scoreReached(by wanted: Int, filter: DocumentFilter) -> UInt32 {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 256) { counts in
            counts.initialize(repeating: 0)
            for block in block..<endBlock {
                let base = Int(blocks.bases[block])
                for posting in Int(blocks.starts[block])..<Int(blocks.starts[block + 1])
                where filter.admits(base + Int(blocks.offsets[posting])) {
                    counts[Int(blocks.impacts[posting])] &+= 1
                }
            }
            var found = 0
            for impact in stride(from: 255, to: 0, by: -1) {
                found += Int(counts[impact])
                if found >= wanted { return weight &* UInt32(impact) }
            }
            return 0
        }
    }

    /// The score of a document, 0 if it is not listed; calls must ask for ascending documents.
    @inline(__always)
    mutating func score(of document: UInt32) -> UInt32 {
        while block + 1 < endBlock, blocks.bases[block + 1] <= document { block += 1 }
        guard block < endBlock, let posting = blocks.posting(document, block: block) else { return 0 }
        return weight &* UInt32(blocks.impacts[posting])
    }

    /// Calls `body` with the window index and the score of each document in `low..<high`.
    @inline(__always)
    func each(from low: UInt32, to high: UInt32, _ body: (Int, UInt32) -> Void) {
        var index = block
        while index < endBlock, blocks.bases[index] < high {
            eachInBlock(index, from: low, to: high, body)
            index += 1
        }
    }

    @inline(__always)
    private func eachInBlock(_ index: Int, from low: UInt32, to high: UInt32, _ body: (Int, UInt32) -> Void) {
        var posting = Int(blocks.starts[index])
        var end = Int(blocks.starts[index + 1])
        let base = Int(blocks.bases[index])
        if base < Int(low) { posting = firstPosting(notBelow: Int(low) - base, posting, end) }
        if base + Int(blocks.offsets[end - 1]) >= Int(high) {
            end = firstPosting(notBelow: Int(high) - base, posting, end)
        }
        let shift = base - Int(low)
        while posting < end {
            body(shift &+ Int(blocks.offsets[posting]), weight &* UInt32(blocks.impacts[posting]))
            posting &+= 1
        }
    }

    private func firstPosting(notBelow distance: Int, _ start: Int, _ end: Int) -> Int {
        var low = start
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if Int(blocks.offsets[middle]) < distance { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
