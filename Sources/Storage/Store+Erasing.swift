/// The wish that what was deleted leaves the files of the store as well.
///
/// It is a counter, so a wish outlives the process that had it.
extension Store {
    /// The counter of wishes.
    package static let erasuresWanted = "file_erasures_wanted"
    /// The counter of those that were fulfilled.
    package static let erasuresDone = "file_erasures_done"

    /// Notes in a transaction that what it deletes has to leave the files of the store as well: the write-ahead log, and the
    /// places in pages where the database does not overwrite it.
    ///
    /// Whoever calls this sees to it that ``StoreFiles/eraseFromFiles(within:)`` is called after the commit. Where a database
    /// server keeps the files, nothing is noted: its operator decides when deleted rows leave them.
    package static func requestErasureFromFiles(in transaction: WriteTransaction) throws {
        guard transaction.connection.runner.keepsFiles else { return }
        _ = try next(erasuresWanted, in: transaction)
    }
}
