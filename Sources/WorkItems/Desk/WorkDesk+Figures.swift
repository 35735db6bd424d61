package import Storage

/// What those who count read of items.
extension WorkDesk {
    /// An item as it is now; nil when there is none.
    package static func counted(_ id: String, in transaction: some SQLReading) throws -> WorkItem? {
        try WorkTable.item(id, in: transaction)
    }

    /// The ids of items after one, in the order of ids.
    package static func ids(after id: String, limit: Int, in transaction: some SQLReading) throws -> [String] {
        try transaction.rows(
            "SELECT id FROM work_items WHERE id > $1 ORDER BY id LIMIT $2",
            [.text(id), .integer(Int64(limit))]
        ) { try $0.text("id") }
    }

    /// The ids of the items created from one time to before another, in microseconds since 1970.
    package static func ids(createdFrom from: Int64, to: Int64, in transaction: some SQLReading) throws -> [String] {
        try transaction.rows(
            "SELECT id FROM work_items WHERE created_microseconds >= $1 AND created_microseconds < $2 ORDER BY id",
            [.integer(from), .integer(to)]
        ) { try $0.text("id") }
    }
}
