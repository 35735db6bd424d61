/// A decision table over packed values: each column is a look-up that gives the set of rows that pass.
package final class PackedTable: PackedNode {
    /// A column whose cells test something.
    ///
    /// Values are cut into classes that no cell tells apart, each with a number and a set of rows: the known texts, which
    /// come first, then all other texts, false, true and null at the numbers given, and for each ordered kind the
    /// regions below, at and above its points, in ascending order from a base on.
    package final class Column {
        /// What is tested.
        fileprivate let input: PackedNode
        /// For each known text its class; other texts are of the class `otherText`.
        fileprivate var texts: [Int32] = []
        fileprivate let otherText: Int
        fileprivate let falseClass: Int
        fileprivate let trueClass: Int
        fileprivate let nullClass: Int
        fileprivate let numbers: [PackedValue]
        fileprivate let numberBase: Int
        fileprivate let days: [Int64]
        fileprivate let dayBase: Int
        fileprivate let nanoseconds: [Int64]
        fileprivate let nanosecondBase: Int
        /// The sets, one after the other, each of as many words as the rows take.
        fileprivate let sets: [UInt64]

        package init(
            input: PackedNode,
            otherText: Int,
            falseClass: Int,
            trueClass: Int,
            nullClass: Int,
            numbers: (points: [PackedValue], base: Int),
            days: (points: [Int64], base: Int),
            nanoseconds: (points: [Int64], base: Int),
            sets: [UInt64]
        ) {
            self.input = input
            self.otherText = otherText
            self.falseClass = falseClass
            self.trueClass = trueClass
            self.nullClass = nullClass
            (self.numbers, numberBase) = numbers
            (self.days, dayBase) = days
            (self.nanoseconds, nanosecondBase) = nanoseconds
            self.sets = sets
        }

        /// The number of a value's class.
        @inline(__always)
        fileprivate func place(of value: PackedValue) throws(PackedBailout) -> Int {
            switch value.kind {
            case .symbol: return Int(texts[Int(value.payload)])
            case .bytes: return otherText
            case .boolean: return value.payload != 0 ? trueClass : falseClass
            case .null: return nullClass
            case .number:
                for point in numbers.indices {
                    let order = try PackedNumber.compare(value, numbers[point])
                    if order <= 0 { return numberBase + 2 * point + (order < 0 ? 0 : 1) }
                }
                return numberBase + 2 * numbers.count
            case .date: return dayBase + Self.region(of: value.payload, days)
            case .duration: return nanosecondBase + Self.region(of: value.payload, nanoseconds)
            case .moment, .list, .context, .rope, .numeral: throw PackedBailout()
            }
        }

        /// The number of the region in which a count lies, by ascending points.
        private static func region(of count: Int64, _ points: [Int64]) -> Int {
            for (place, point) in points.enumerated() where count <= point {
                return 2 * place + (count < point ? 0 : 1)
            }
            return 2 * points.count
        }

        /// Evaluates the input and leaves the rows that pass.
        @inline(__always)
        fileprivate func filter(
            _ matching: UnsafeMutablePointer<UInt64>,
            _ stride: Int,
            _ memory: PackedMemory
        ) throws(PackedBailout) {
            let start = try place(of: input.evaluate(memory)) * stride
            sets.withUnsafeBufferPointer { sets in
                for word in 0..<stride { matching[word] &= sets[start + word] }
            }
        }
    }

    /// What is made of the rows that match.
    package enum Answer: Sendable {
        /// The result of the only one; two are an error.
        case only
        /// The result of the first one.
        case first
        /// The results of all, in a list.
        case all
    }

    private let columns: [Column]
    /// The columns once more, to be gone through without counting references.
    private let references: UnsafeMutablePointer<Unmanaged<Column>>
    /// Inputs whose cells test nothing; they are evaluated for what may go wrong.
    private let idle: PackedNodes
    /// For each row its result.
    private let results: PackedNodes
    private let answer: Answer
    /// By which matches are noted.
    private let number: Int32
    /// Words of a set.
    private let stride: Int
    private let matching: UnsafeMutablePointer<UInt64>

    /// Makes a table; without a row that matches the answer is null.
    ///
    /// - Parameters:
    ///   - number: The table's number in ``PackedMemory/matches``.
    ///   - columns: The columns that test something.
    ///   - idle: The inputs of the other columns.
    ///   - results: For each row its result.
    ///   - answer: What is made of the rows that match.
    package init(number: Int32, columns: [Column], idle: [PackedNode], results: [PackedNode], answer: Answer) {
        self.number = number
        self.columns = columns
        references = .allocate(capacity: max(1, columns.count))
        for (index, column) in columns.enumerated() {
            (references + index).initialize(to: .passUnretained(column))
        }
        self.idle = PackedNodes(idle)
        self.results = PackedNodes(results)
        self.answer = answer
        stride = (results.count + 63) / 64
        matching = .allocate(capacity: max(1, stride))
    }

    deinit {
        references.deallocate()
        idle.deallocate()
        results.deallocate()
        matching.deallocate()
    }

    /// Tells each column the classes of the known texts, once all are known.
    package func finish(_ texts: (_ column: Int) -> [Int32]) {
        for column in columns.indices { columns[column].texts = texts(column) }
    }

    package override func evaluate(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        for index in 0..<idle.count { _ = try idle.evaluate(index, memory) }
        for word in 0..<stride { matching[word] = ~0 }
        if results.count & 63 != 0 { matching[stride - 1] = 1 << UInt64(results.count & 63) &- 1 }
        for index in 0..<columns.count {
            // The column lives as long as `columns`.
            try references[index]._withUnsafeGuaranteedRef { column in
                Result { () throws(PackedBailout) in try column.filter(matching, stride, memory) }
            }
            .get()
        }
        switch answer {
        case .only: return try only(memory)
        case .first:
            guard let row = next(from: 0) else { return .null }
            return try result(of: row, memory)
        case .all: return try all(memory)
        }
    }

    /// The first matching row from a place on.
    @inline(__always)
    private func next(from start: Int) -> Int? {
        var word = start >> 6
        guard word < stride else { return nil }
        var bits = matching[word] & ~0 << UInt64(start & 63)
        while bits == 0 {
            word += 1
            guard word < stride else { return nil }
            bits = matching[word]
        }
        return word << 6 + bits.trailingZeroBitCount
    }

    private func only(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        guard let row = next(from: 0) else { return .null }
        guard next(from: row + 1) == nil else { throw PackedBailout() }
        return try result(of: row, memory)
    }

    /// The result of the only row that counts.
    @inline(__always)
    private func result(of row: Int, _ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        try memory.charge(1)
        let value = try results.evaluate(row, memory)
        // Afterwards, because tables within the result are told of first.
        memory.note(PackedMatch(table: number, row: Int32(row)))
        return value
    }

    private func all(_ memory: PackedMemory) throws(PackedBailout) -> PackedValue {
        var count = 0
        for word in 0..<stride { count += matching[word].nonzeroBitCount }
        guard count > 0 else { return .null }
        try memory.charge(count)
        let place = try memory.allocate(count)
        var (end, row) = (place, next(from: 0))
        // A result never evaluates the table that it stands in.
        while let matched = row {
            memory.put(try results.evaluate(matched, memory), at: end)
            end += 1
            row = next(from: matched + 1)
        }
        noteAll(memory)
        return try memory.list(at: place, count: count)
    }

    private func noteAll(_ memory: PackedMemory) {
        guard memory.notesMatches else { return }
        var row = next(from: 0)
        while let matched = row {
            memory.note(PackedMatch(table: number, row: Int32(matched)))
            row = next(from: matched + 1)
        }
    }
}
