internal import GRDB
internal import GRDBSQLite
internal import Storage
import Synchronization

/// The header of the write-ahead log's index: memory shared by all connections of all processes, which SQLite writes at every
/// commit.
///
/// It shows within nanoseconds whether anyone has committed, without a statement or a system call. Its format is documented
/// (<https://sqlite.org/walformat.html>, “The WAL-Index Header”): 48 bytes, stored twice, with the version of the format at 0,
/// the number of the last commit at 8, and at 40 a checksum of what precedes it.
final class WALIndex: Sendable {
    private static let (form, sizeOfMemory): (UInt32, CInt) = (3_007_000, 32_768)

    /// Shared memory, readable until the last connection of this process closes; the owner drops it before that.
    ///
    /// Unchecked: the memory is only read, through atomics.
    private struct Memory: @unchecked Sendable {
        let start: UnsafeMutableRawPointer

        func load32(at offset: Int) -> UInt32 {
            (start + offset).assumingMemoryBound(to: Atomic<UInt32>.self).pointee.load(ordering: .acquiring)
        }

        func load64(at offset: Int) -> UInt64 {
            (start + offset).assumingMemoryBound(to: Atomic<UInt64>.self).pointee.load(ordering: .acquiring)
        }
    }

    private let memory: Mutex<Memory?>

    /// Finds the index through a connection that has read or written already.
    ///
    /// - Throws: ``StorageError`` `cannotOpen` when there is none in the known form.
    init(_ database: Database) throws {
        var pointer: UnsafeMutablePointer<sqlite3_file>?
        let code = withUnsafeMutablePointer(to: &pointer) {
            sqlite3_file_control(database.sqliteConnection, "main", SQLITE_FCNTL_FILE_POINTER, $0)
        }
        var start: UnsafeMutableRawPointer?
        guard code == SQLITE_OK, let handle = pointer, let map = handle.pointee.pMethods?.pointee.xShmMap,
            map(handle, 0, Self.sizeOfMemory, 0, &start) == SQLITE_OK, let start
        else { throw StorageError(code: .cannotOpen, message: "the index of the store's log cannot be reached") }
        let memory = Memory(start: start)
        guard memory.load32(at: 0) == Self.form else {
            throw StorageError(code: .cannotOpen, message: "the index of the store's log has an unknown format")
        }
        self.memory = Mutex(memory)
    }

    /// The current state of the header, which differs whenever the log has changed; nil once the store is closed.
    ///
    /// It reflects every commit that has returned in any process. A read during a commit of another process may yield a mark
    /// that never recurs, which only means that caches are read again.
    var mark: CommitMark? {
        memory.withLock { memory in
            memory.map { CommitMark(checksum: $0.load64(at: 40), commits: $0.load32(at: 8)) }
        }
    }

    /// Drops the memory; called before the connections are closed.
    func close() { memory.withLock { $0 = nil } }
}
