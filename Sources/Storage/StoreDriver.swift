package import Foundation

/// What a database has to do to be a store.
///
/// The modules of the product see ``Store`` and its transactions only. A driver is called once a transaction, once a statement and
/// once an answer, never once a column: it hands each row over as ``SQLCell`` values, which ``SQLRow`` reads without asking it.
///
/// Errors of the database leave a driver as ``StorageError``; what a body throws passes unchanged.
package protocol StoreDriver: Sendable {
    /// Which database it is.
    var engine: StoreEngine { get }

    /// The files of the store, where they are this program's to look after; nil where a database server does so.
    var files: (any StoreFiles)? { get }

    /// The threads that read, for tasks whose reads then need no other thread.
    var executor: any TaskExecutor { get }

    /// Those who wait for commits.
    var listeners: CommitListeners { get }

    /// What was found to be damaged.
    var damage: DamageRecord { get }

    /// See ``Store/read(_:)``.
    func read<T: Sendable>(_ body: @Sendable @escaping (ReadTransaction) throws -> T) async throws -> T

    /// See ``Store/readNow(_:)``.
    func readNow<T>(_ body: (ReadTransaction) throws -> T) throws -> T

    /// See ``Store/write(durability:_:)``.
    func write<T: Sendable>(
        durability: Store.Durability,
        _ body: @Sendable @escaping (WriteTransaction) throws -> T
    ) async throws -> T

    /// See ``Store/writeNow(durability:_:)``.
    func writeNow<T>(durability: Store.Durability, _ body: (WriteTransaction) throws -> T) throws -> T

    /// Which commit is the last one known; nil once the store is closed.
    ///
    /// Asked often: it must not wait, nor run a statement.
    var mark: CommitMark? { get }

    /// The revisions of topics, if they are known without a statement.
    var knownRevisions: TopicRevisions? { get }

    /// The revisions of topics as a transaction sees them, which may be kept for ``knownRevisions``.
    func revisions(in transaction: ReadTransaction) throws -> TopicRevisions

    /// Why the database cannot be asked now; nil while it can, and where it is in files of this machine.
    var outage: StorageError? { get }

    /// The clock of the database, where that is not this machine's.
    var time: StoreTime? { get }

    /// Ends the threads and closes every connection; calls after it fail as `cannotOpen`.
    func close() throws
}

/// The databases that can be a store, by the names that the protocol has for them.
package enum StoreEngine: String, Sendable {
    case sqlite
    case postgresql
}

/// The last commit that is known, as a number that differs from that of every other.
package struct CommitMark: Hashable, Sendable {
    package let checksum: UInt64
    /// Increases by one with every commit and wraps around.
    package let commits: UInt32

    package init(checksum: UInt64, commits: UInt32) { (self.checksum, self.commits) = (checksum, commits) }
}

/// The files of a store that no database server looks after, and what has to be done with them.
///
/// Whoever needs one of these asks for ``Store/files`` and does without where there are none: the operator of a database server
/// backs up, checks and cleans by the server's own means.
package protocol StoreFiles: Sendable {
    /// The folder that holds the database.
    var folder: URL { get }

    /// Bytes left on the device of the data folder; the largest number where that is not known.
    var freeBytes: Int64 { get }

    /// How many bytes the file has.
    var fileBytes: Int64 { get }

    /// Writes a complete, checked copy of the store to `path` while readers and the writer go on.
    ///
    /// The copy is one file for its owner only, with nothing in it that was deleted.
    ///
    /// - Throws: ``StorageError``: `cannotOpen` when there is anything at the path; `corrupt` when the store is damaged.
    func backup(to path: String) throws

    /// Moves the write-ahead log into the database file, where no reader of any process needs it; for the end of a long
    /// import.
    func checkpoint() async throws

    /// Lets bodies share transactions and commits wait for no device until ``endBulk()``, and gives the writer more memory.
    ///
    /// Until then every body runs on the calling thread, and a read sees what was written before it although it is not committed yet;
    /// other processes see it later. A body that throws is still undone alone.
    ///
    /// Only for a store that is made anew if that is broken off: what has not been committed is lost when the process ends, and a loss
    /// of power before the end can damage the file.
    ///
    /// - Throws: ``StorageError``.
    func beginBulk() throws

    /// Commits what was written since ``beginBulk()`` and moves it to the device; from then on commits are as
    /// durable, and the writer has as much memory, as ever.
    ///
    /// - Throws: ``StorageError``; `cannotOpen` when the device does not take it.
    func endBulk() async throws

    /// Takes the moving of the write-ahead log off the commits, where it holds up every thousandth page's writer, and
    /// hands it to the caller.
    ///
    /// - Throws: ``StorageError`` when no further connection can be opened.
    func takeOverCheckpoints() throws -> Checkpointer

    /// Goes on with taking what was deleted out of the files; nobody is waited for.
    ///
    /// - Parameter time: how long at most.
    /// - Returns: whether nothing is left; else a reader holds the log, or the time was not enough.
    /// - Throws: ``StorageError``.
    @discardableResult
    func eraseFromFiles(within time: Duration) async throws -> Bool

    /// Whether something that was deleted may still stand in a file.
    func isErasurePending() async throws -> Bool

    /// Reads the whole file once; what contradicts itself in it, nothing for a sound one.
    func findDamage() async throws -> [String]
}

/// Moves the write-ahead log into the database beside the writer, which goes on meanwhile.
package struct Checkpointer: Sendable {
    private let move: @Sendable () async throws -> Void

    package init(_ move: @escaping @Sendable () async throws -> Void) { self.move = move }

    /// Moves what is committed and no reader needs; to be called a few times a second.
    ///
    /// Nobody is waited for: what another checkpoint or a reader holds is moved the next time.
    ///
    /// - Throws: ``StorageError``.
    package func run() async throws { try await move() }
}
