/// A new store that takes the rows of another: all of them or none.
///
/// Until ``publish()`` nobody else sees any of it, and when the process ends before that, however it ends, nothing is left that could
/// be taken for a store. It is used by one thread.
package protocol CopyTarget: AnyObject {
    /// A table as this database has it.
    func shape(of table: String) throws -> TableShape

    /// Why this database cannot keep a value, in words that follow the name of the column; nil if it can.
    func fault(in cell: SQLCell) -> String?

    /// Takes the rows that `rows` hands over; each is valid during its call only.
    ///
    /// - Throws: ``StorageError``, and what `rows` throws. The target can then only be given up.
    func load(_ table: TableShape, _ rows: (_ add: (UnsafeBufferPointer<SQLCell>) throws -> Void) throws -> Void) throws

    /// Makes what was put off until all rows are there, such as indexes.
    func complete() throws

    /// Reads what was taken.
    func read<T>(_ body: (ReadTransaction) throws -> T) throws -> T

    /// Writes further rows.
    func write<T>(_ body: (WriteTransaction) throws -> T) throws -> T

    /// Makes it a store that others can open; it is on the device afterwards.
    func publish() throws

    /// Leaves nothing of it; without effect after ``publish()``.
    func discard()
}
