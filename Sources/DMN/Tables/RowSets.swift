/// A fixed number of sets of row numbers, each a row of bits in one block of memory.
///
/// Every set also knows the first and the last word that is not zero, so that an intersection of several sets
/// looks only at the words where all of them may have members.
///
/// The memory is written while a set is built and only read afterwards.
final class RowSets: @unchecked Sendable {
    // Sendable holds: `words` and `bounds` are written by the builder that owns the only reference, before the
    // object is handed to anybody else; `freeze` ends that phase and nothing writes afterwards.

    /// The rows a set can hold: 0 ..< rows.
    let rows: Int
    /// The number of sets.
    let count: Int
    /// Words of one set.
    let stride: Int
    private let words: UnsafeMutablePointer<UInt64>
    private let bounds: UnsafeMutablePointer<(first: Int32, end: Int32)>

    /// Makes empty sets; memory is `count * rows / 8` bytes.
    init(count: Int, rows: Int) {
        precondition(count >= 0 && rows >= 0 && rows < 1 << 30)
        self.rows = rows
        self.count = count
        stride = (rows + 63) / 64
        words = .allocate(capacity: max(1, count * stride))
        words.initialize(repeating: 0, count: max(1, count * stride))
        bounds = .allocate(capacity: max(1, count))
        bounds.initialize(repeating: (0, 0), count: max(1, count))
    }

    deinit {
        words.deallocate()
        bounds.deallocate()
    }

    /// The words of a set.
    func start(of set: Int) -> UnsafePointer<UInt64> {
        UnsafePointer(words + set * stride)
    }

    /// The words of all sets, one set after the other.
    var allWords: [UInt64] { Array(UnsafeBufferPointer(start: words, count: count * stride)) }

    /// The words of a set that may be other than zero.
    func range(of set: Int) -> (first: Int32, end: Int32) {
        bounds[set]
    }

    /// Adds a row to a set; only while building.
    func insert(_ row: Int, into set: Int) {
        precondition(row < rows && set < count)
        words[set * stride + row >> 6] |= 1 << UInt64(row & 63)
    }

    /// Takes a row away; only while building.
    func remove(_ row: Int, from set: Int) {
        precondition(row < rows && set < count)
        words[set * stride + row >> 6] &= ~(1 << UInt64(row & 63))
    }

    /// Adds all rows of one set to another; only while building.
    func formUnion(of set: Int, with other: Int) {
        let target = words + set * stride
        let source = words + other * stride
        for word in 0..<stride {
            target[word] |= source[word]
        }
    }

    /// Whether a row is in a set.
    func contains(_ row: Int, in set: Int) -> Bool {
        words[set * stride + row >> 6] >> UInt64(row & 63) & 1 != 0
    }

    /// Ends the building: notes where the words that are not zero stand.
    func freeze() {
        for set in 0..<count {
            let start = words + set * stride
            var first = 0
            while first < stride, start[first] == 0 { first += 1 }
            var end = stride
            while end > first, start[end - 1] == 0 { end -= 1 }
            bounds[set] = (Int32(first), Int32(end))
        }
    }
}
