/// A set of row numbers.
struct RowBits: Hashable {
    /// The rows, 64 to a word.
    private(set) var words: [UInt64]

    /// An empty set, or one with all rows.
    init(rows: Int, full: Bool = false) {
        words = Array(repeating: full ? ~0 : 0, count: (rows + 63) / 64)
        if full, rows % 64 != 0, !words.isEmpty {
            words[words.count - 1] = 1 << UInt64(rows % 64) - 1
        }
    }

    /// The words of one of several sets.
    init(_ sets: RowSets, _ set: Int) {
        words = Array(UnsafeBufferPointer(start: sets.start(of: set), count: sets.stride))
    }

    /// Whether no row is in the set.
    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// The rows, ascending.
    var rows: [Int] {
        var result: [Int] = []
        for (index, word) in words.enumerated() {
            var bits = word
            while bits != 0 {
                result.append(index << 6 + bits.trailingZeroBitCount)
                bits &= bits - 1
            }
        }
        return result
    }

    /// Adds a row.
    mutating func insert(_ row: Int) {
        words[row >> 6] |= 1 << UInt64(row & 63)
    }

    /// Keeps the rows before one.
    mutating func keep(below row: Int) {
        for index in words.indices where index << 6 + 63 >= row {
            words[index] = index << 6 >= row ? 0 : words[index] & (1 << UInt64(row & 63) - 1)
        }
    }

    /// Takes rows away.
    mutating func subtract(_ other: RowBits) {
        for index in words.indices {
            words[index] &= ~other.words[index]
        }
    }

    /// Adds the rows of another set.
    mutating func formUnion(_ other: RowBits) {
        for index in words.indices {
            words[index] |= other.words[index]
        }
    }

    /// Whether a row is in the set.
    func contains(_ row: Int) -> Bool {
        words[row >> 6] >> UInt64(row & 63) & 1 != 0
    }

    /// Whether a row is in both.
    func meets(_ other: RowBits) -> Bool {
        for index in words.indices where words[index] & other.words[index] != 0 {
            return true
        }
        return false
    }

    /// Keeps the rows that are in one of several sets too.
    func intersection(_ sets: RowSets, _ set: Int) -> RowBits {
        var result = self
        let other = sets.start(of: set)
        for index in words.indices {
            result.words[index] &= other[index]
        }
        return result
    }

    /// Keeps the rows that are in another set too.
    mutating func formIntersection(_ other: RowBits) {
        for index in words.indices {
            words[index] &= other.words[index]
        }
    }

    /// Adds the rows of one of several sets.
    mutating func formUnion(_ sets: RowSets, _ set: Int) {
        let other = sets.start(of: set)
        for index in words.indices {
            words[index] |= other[index]
        }
    }

    /// Keeps the rows that are in one of several sets too.
    mutating func formIntersection(_ sets: RowSets, _ set: Int) {
        let other = sets.start(of: set)
        for index in words.indices {
            words[index] &= other[index]
        }
    }
}
