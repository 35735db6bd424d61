/// Finds the best documents of a segment for a disjunction of slots, where each slot counts the best of its lists.
///
/// Companions are slots that add to the score of documents found by other slots, but match no document on their own.
///
/// Documents are scored in windows. Within a window the block maxima bound the contribution of each slot. Slots that
/// together cannot lift a document into the result are looked up only for documents that the other slots have brought
/// close (MaxScore: Turtle and Flood 1995, with the block maxima of Ding and Suel 2011), and windows that cannot
/// contain a hit are skipped. Scores are whole numbers, so the result is exactly that of scoring every document.
struct SegmentScorer {
    /// The number of documents scored at a time: the accumulators fit into the L1 cache.
    static let windowSize = 4_096

    private let segment: Int32
    private let documentCount: UInt32
    private let allowed: UnsafePointer<UInt64>?
    private let lists: UnsafeMutableBufferPointer<PostingList>
    private let sums: UnsafeMutableBufferPointer<UInt32>
    private let bests: UnsafeMutableBufferPointer<UInt32>
    private let starts: UnsafeMutableBufferPointer<Int>
    private let bounds: UnsafeMutableBufferPointer<UInt32>
    private let sizes: UnsafeMutableBufferPointer<Int>
    private let order: UnsafeMutableBufferPointer<Int>
    /// The index of the first companion slot.
    private let firstCompanion: Int
    private var companionBound: UInt32 = 0
    private var candidates = SegmentScorer.windowSize
    private var optional = 0
    private var optionalBound: UInt32 = 0

    /// Scores the lists of each slot and offers the documents that the filter admits to `hits`.
    static func run(
        slots: [[PostingList]],
        companions: [[PostingList]] = [],
        segment: Int,
        documentCount: Int,
        filter: DocumentFilter,
        hits: inout TopHits
    ) {
        let present = slots.filter { !$0.isEmpty }
        guard !present.isEmpty, documentCount > 0 else { return }
        raiseFloor(of: &hits, present, filter)
        let scratch = ScorerScratch(
            slots: present,
            companions: companions.filter { !$0.isEmpty },
            windowSize: windowSize
        )
        func score(_ allowed: UnsafePointer<UInt64>?) {
            var scorer = SegmentScorer(
                segment: Int32(segment),
                documentCount: UInt32(documentCount),
                allowed: allowed,
                lists: scratch.lists,
                sums: scratch.sums,
                bests: scratch.bests,
                starts: scratch.starts,
                bounds: scratch.bounds,
                sizes: scratch.sizes,
                order: scratch.order,
                firstCompanion: present.count
            )
            scorer.scoreAll(&hits)
        }
        if let bits = filter.bits { bits.withUnsafeBufferPointer { score($0.baseAddress) } } else { score(nil) }
        withExtendedLifetime(scratch) {}
    }

    /// Derives a lower bound of the worst hit's score from the two lists with the largest weights, so that pruning
    /// starts immediately.
    private static func raiseFloor(of hits: inout TopHits, _ slots: [[PostingList]], _ filter: DocumentFilter) {
        let wanted = hits.wanted
        let heaviest = slots.joined().filter { $0.count >= wanted }.sorted { $0.weight > $1.weight }.prefix(2)
        for list in heaviest where list.weight &* UInt32(list.maximum) > hits.threshold {
            hits.raiseFloor(to: list.scoreReached(by: wanted, filter: filter))
        }
    }

    private mutating func scoreAll(_ hits: inout TopHits) {
        var low: UInt32 = 0
        while low < documentCount {
            let high = min(documentCount, low + UInt32(Self.windowSize))
            let total = updateBounds(low, high)
            if total > 0, total &+ companionBound >= hits.threshold {
                split(threshold: hits.threshold)
                for rank in optional..<order.count { accumulate(order[rank], low, high) }
                for slot in firstCompanion..<bounds.count { accompany(slot, low, high) }
                collect(low, high, &hits)
            }
            low = high
        }
    }

    @inline(__always)
    private func range(_ slot: Int) -> Range<Int> { starts[slot]..<starts[slot + 1] }

    /// Computes the largest score that slots can add to a document in a window, and separately that of companions.
    private mutating func updateBounds(_ low: UInt32, _ high: UInt32) -> UInt32 {
        var total: UInt32 = 0
        companionBound = 0
        for slot in bounds.indices {
            var bound: UInt32 = 0
            var size = 0
            for list in range(slot) {
                let (score, blocks) = lists[list].bound(from: low, to: high)
                bound = max(bound, score)
                size += blocks
            }
            bounds[slot] = bound
            sizes[slot] = size * BlockArrays.size
            if slot < firstCompanion { total &+= bound } else { companionBound &+= bound }
        }
        return total
    }

    /// Orders the slots by bound and finds how many of the smallest cannot produce a hit on their own.
    private mutating func split(threshold: UInt32) {
        for index in 1..<max(1, order.count) {
            var place = index
            while place > 0, bounds[order[place - 1]] > bounds[order[place]] {
                order.swapAt(place - 1, place)
                place -= 1
            }
        }
        var bound = companionBound
        var eligible = 0
        while eligible < order.count, bound &+ bounds[order[eligible]] < threshold {
            bound &+= bounds[order[eligible]]
            eligible += 1
        }
        optional = 0
        optionalBound = 0
        for rank in 0..<eligible
        where sizes[order[rank]] > candidates * Self.lookUpCost * range(order[rank]).count {
            order.swapAt(rank, optional)
            optionalBound &+= bounds[order[optional]]
            optional += 1
        }
        candidates = 0
    }

    /// The cost of looking up one document, in scores added.
    ///
    /// A slot is left to look-ups only if its list is longer than this cost for the number of candidates in the
    /// previous window.
    private static let lookUpCost = 64

    private func accumulate(_ slot: Int, _ low: UInt32, _ high: UInt32) {
        let range = range(slot)
        let sums = sums
        guard range.count > 1 else {
            lists[range.lowerBound].each(from: low, to: high) { index, score in sums[index] &+= score }
            return
        }
        let bests = bests
        for list in range {
            lists[list].each(from: low, to: high) { index, score in bests[index] = max(bests[index], score) }
        }
        for index in 0..<Self.windowSize {
            sums[index] &+= bests[index]
            bests[index] = 0
        }
    }

    /// Adds a companion's scores to documents that already have a score.
    private func accompany(_ slot: Int, _ low: UInt32, _ high: UInt32) {
        let sums = sums
        for list in range(slot) {
            lists[list].each(from: low, to: high) { index, score in
                if sums[index] > 0 { sums[index] &+= score }
            }
        }
    }

    private mutating func collect(_ low: UInt32, _ high: UInt32, _ hits: inout TopHits) {
        let sums = sums
        var need = needed(hits.threshold)
        var index = 0
        while index < Self.windowSize {
            let start = UnsafeMutableRawPointer(sums.baseAddress.unsafelyUnwrapped + index)
            if Self.reaches(need, start) {
                for lane in index..<index + 16 where sums[lane] >= need {
                    consider(low + UInt32(lane), sums[lane], &hits)
                    need = needed(hits.threshold)
                }
            }
            start.storeBytes(of: SIMD16<Int32>(repeating: 0), as: SIMD16<Int32>.self)
            index += 16
        }
    }

    /// Whether one of sixteen sums is at least `need`; all are below 2³¹, so the sign of the difference decides.
    @inline(__always)
    private static func reaches(_ need: UInt32, _ start: UnsafeMutableRawPointer) -> Bool {
        let sums = start.loadUnaligned(as: SIMD16<Int32>.self)
        let differences = SIMD16<Int32>(repeating: Int32(bitPattern: need) &- 1) &- sums
        let eight = differences.lowHalf | differences.highHalf
        let pairs = unsafeBitCast(eight.lowHalf | eight.highHalf, to: SIMD2<UInt64>.self)
        return (pairs[0] | pairs[1]) & 0x8000_0000_8000_0000 != 0
    }

    private func needed(_ threshold: UInt32) -> UInt32 {
        threshold > optionalBound ? max(1, threshold - optionalBound) : 1
    }

    @inline(__always)
    private mutating func consider(_ document: UInt32, _ sum: UInt32, _ hits: inout TopHits) {
        candidates += 1
        if let allowed, allowed[Int(document >> 6)] >> UInt64(document & 63) & 1 == 0 { return }
        var score = sum
        var remaining = optionalBound
        var rank = optional - 1
        let threshold = hits.threshold
        while rank >= 0 {
            guard score &+ remaining >= threshold else { return }
            let slot = order[rank]
            var best: UInt32 = 0
            for list in range(slot) { best = max(best, lists[list].score(of: document)) }
            score &+= best
            remaining &-= bounds[slot]
            rank -= 1
        }
        if score >= threshold { hits.offer(ScoredDocument(score: score, segment: segment, document: document)) }
    }
}
