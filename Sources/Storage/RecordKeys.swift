/// The ids of the records of one kind, for those who draw figures from them.
///
/// ``Store/markOutdated(_:_:in:)`` says which records have changed; this says which ones there are. Both questions cost a range
/// of an index, so the table has one on each column.
package struct RecordKeys: Sendable {
    private let id: StaticString
    private let following: String
    private let between: String

    /// Describes the table of a kind of record.
    ///
    /// - Parameters:
    ///   - table: its name.
    ///   - id: the column of the id, a text.
    ///   - time: the column of the time at which a record counts, in microseconds since 1970.
    package init(table: StaticString, id: StaticString = "id", time: StaticString) {
        self.id = id
        following = "SELECT \(id) FROM \(table) WHERE \(id) > $1 ORDER BY \(id) LIMIT $2"
        between = "SELECT \(id) FROM \(table) WHERE \(time) >= $1 AND \(time) < $2 ORDER BY \(id)"
    }

    /// The ids after one, in the order of ids; the empty text is before all of them.
    package func ids(after known: String, limit: Int, in transaction: some SQLReading) throws -> [String] {
        try transaction.rows(following, [.text(known), .integer(Int64(limit))]) { try $0.text(id) }
    }

    /// The ids of the records that count from one time to before another, in microseconds since 1970.
    package func ids(from: Int64, to: Int64, in transaction: some SQLReading) throws -> [String] {
        try transaction.rows(between, [.integer(from), .integer(to)]) { try $0.text(id) }
    }
}
