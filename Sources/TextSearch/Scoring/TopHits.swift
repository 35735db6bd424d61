/// A scored document, by its index in a segment.
struct ScoredDocument {
    var score: UInt32
    var segment: Int32
    var document: UInt32
}

/// The best documents so far, by descending score and ascending key; a heap with the worst on top.
struct TopHits {
    private let capacity: Int
    private let segments: [SegmentView]
    private var heap: [ScoredDocument] = []
    private var floor: UInt32 = 1

    init(capacity: Int, segments: [SegmentView]) {
        self.capacity = capacity
        self.segments = segments
        heap.reserveCapacity(min(capacity, 4_096))
    }

    /// The smallest score that can still enter.
    var threshold: UInt32 { heap.count < capacity ? floor : max(floor, heap[0].score) }

    /// The number of documents wanted.
    var wanted: Int { capacity }

    /// Raises the threshold to a score that at least `wanted` documents are known to reach.
    mutating func raiseFloor(to score: UInt32) { floor = max(floor, score) }

    /// Offers a document.
    @inline(__always)
    mutating func offer(_ candidate: ScoredDocument) {
        if heap.count < capacity {
            heap.append(candidate)
            siftUp()
        } else if precedes(candidate, heap[0]) {
            heap[0] = candidate
            siftDown()
        }
    }

    /// The hits, best first.
    func sorted() -> [ScoredDocument] { heap.sorted(by: precedes) }

    private func precedes(_ left: ScoredDocument, _ right: ScoredDocument) -> Bool {
        if left.score != right.score { return left.score > right.score }
        if left.segment == right.segment { return left.document < right.document }
        let leftKey = segments[Int(left.segment)].segment.keys[Int(left.document)]
        return compareBytes(leftKey, segments[Int(right.segment)].segment.keys[Int(right.document)]) < 0
    }

    private mutating func siftUp() {
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard precedes(heap[parent], heap[child]) else { return }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var worst = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && precedes(heap[worst], heap[child])
            {
                worst = child
            }
            if worst == parent { return }
            heap.swapAt(worst, parent)
            parent = worst
        }
    }
}
