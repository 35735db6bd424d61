internal import GRDB
internal import GRDBSQLite
import Synchronization

/// The head of the index of the write-ahead log: memory that all connections of all processes share, and that SQLite writes
/// at every commit.
///
/// It tells in nanoseconds whether anybody has committed, with no statement and no system call. Its form is documented
/// (<https://sqlite.org/walformat.html>, “The WAL-Index Header”): 48 bytes, twice, with the version of the form at 0, the
/// number of the last commit at 8 and at 40 a checksum over all that stands before.
final class WALIndex: Sendable {
    /// What the head said at one moment; another one whenever the log has changed.
    struct Mark: Hashable, Sendable {
        let checksum: UInt64
        /// Grows by one with every commit, and begins again after the largest number.
        let commits: UInt32
    }

    private static let (form, sizeOfMemory): (UInt32, CInt) = (3_007_000, 32_768)

    /// Shared memory, readable until the last connection of this process is closed; its owner forgets it before that.
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

    /// Finds the index through a connection that has read or written before.
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
            throw StorageError(code: .cannotOpen, message: "the index of the store's log has an unknown form")
        }
        self.memory = Mutex(memory)
    }

    /// What the head says now; nil once the store is closed.
    ///
    /// A commit that has returned in any process is in it. Read while another process commits, it may be one that no other
    /// look will find.
    var mark: Mark? {
        memory.withLock { memory in
            memory.map { Mark(checksum: $0.load64(at: 40), commits: $0.load32(at: 8)) }
        }
    }

    /// Forgets the memory, before the connections are closed.
    func close() { memory.withLock { $0 = nil } }
}
