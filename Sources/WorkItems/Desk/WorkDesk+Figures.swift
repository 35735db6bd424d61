package import Storage

/// What those who count read of items.
extension WorkDesk {
    /// An item as it is now; nil when there is none.
    package static func counted(_ id: String, in transaction: some SQLReading) throws -> WorkItem? {
        try WorkTable.item(id, in: transaction)
    }

    /// The ids of items; one counts when it was created.
    package static let recordKeys = RecordKeys(table: "work_items", time: "created_microseconds")
}
