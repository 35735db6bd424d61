/// Copies the tables of a store into a new one, of whatever database, and compares both.
///
/// Rows are handed on one at a time from the answer of the source to the target, so the memory does not depend on their number.
package struct StoreCopy {
    /// One table on both sides.
    package struct Table: Sendable, Hashable {
        package let name: String
        package let source: TableDigest
        package let copy: TableDigest

        package var isEqual: Bool { source == copy }
    }

    /// How far a copy is.
    package enum Progress: Sendable, Hashable {
        /// So many rows of all are copied.
        case copied(Int64, of: Int64)
        /// So many rows of both sides, of all, were read again and compared.
        case compared(Int64, of: Int64)
    }

    /// After how many rows progress is told.
    private static let step: Int64 = 10_000

    private let source: ReadTransaction
    private let target: any CopyTarget
    private let progress: (Progress) -> Void

    /// - Parameters:
    ///   - source: one consistent view of the store that is copied.
    ///   - target: a store without rows.
    ///   - progress: told every ten thousand rows.
    package init(
        from source: ReadTransaction,
        to target: any CopyTarget,
        progress: @escaping (Progress) -> Void = { _ in }
    ) {
        (self.source, self.target, self.progress) = (source, target, progress)
    }

    /// Copies tables and reads both sides anew.
    ///
    /// - Parameter tables: their names.
    /// - Returns: the counts and hashes of each, in the same order; whether they are equal is for the caller to see.
    /// - Throws: ``StorageError``: `unstorable` for a value that the target cannot keep and `corrupt` for one that is not of
    ///   its column's type, both with table, column and key.
    package func run(_ tables: [String]) throws -> [Table] {
        let shapes = try tables.map { try target.shape(of: $0) }
        let total = try shapes.reduce(0) { try $0 + Self.count($1, in: source) }
        var done: Int64 = 0
        for shape in shapes { try copy(shape, &done, of: total) }
        try target.complete()
        done = 0
        return try shapes.map { shape in
            let original = try digest(shape, in: source, &done, of: 2 * total)
            let copy = try target.read { try digest(shape, in: $0, &done, of: 2 * total) }
            return Table(name: shape.name, source: original, copy: copy)
        }
    }

    private static func count(_ shape: TableShape, in transaction: ReadTransaction) throws -> Int64 {
        try transaction.first("SELECT count(*) AS rows FROM \(shape.quotedName)") { try $0.integer("rows") } ?? 0
    }

    private func copy(_ shape: TableShape, _ done: inout Int64, of total: Int64) throws {
        try target.load(shape) { add in
            try rows(of: shape, in: source) { row in
                for index in row.indices {
                    guard let fault = target.fault(in: row[index]) else { continue }
                    throw shape.fault(fault, at: index, of: row, .unstorable)
                }
                try add(row)
                done += 1
                if done.isMultiple(of: Self.step) { progress(.copied(done, of: total)) }
            }
        }
    }

    private func digest(
        _ shape: TableShape,
        in transaction: ReadTransaction,
        _ done: inout Int64,
        of total: Int64
    ) throws -> TableDigest {
        var digest = TableDigest()
        try rows(of: shape, in: transaction) { row in
            digest.add(row)
            done += 1
            if done.isMultiple(of: Self.step) { progress(.compared(done, of: total)) }
        }
        return digest
    }

    /// All rows of a table, each value as its column holds it.
    private func rows(
        of shape: TableShape,
        in transaction: ReadTransaction,
        _ body: (UnsafeBufferPointer<SQLCell>) throws -> Void
    ) throws {
        let count = shape.columns.count
        try withUnsafeTemporaryAllocation(of: SQLCell.self, capacity: count) { fitted in
            try transaction.forEach(shape.selection) { row in
                let cells = row.values(count)
                for index in 0..<count {
                    fitted.initializeElement(at: index, to: try shape.fitted(cells[index], at: index, of: cells))
                }
                try body(UnsafeBufferPointer(fitted))
            }
        }
    }
}
