import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Storage

/// Overwrites the slack of pages in the file of a store that is in use, a few at a time.
///
/// A page is overwritten only while the write lock is held and only where the write-ahead log does not have it: then the
/// file has its current content, nobody can begin to change it, and who reads it reads nothing of the slack. The file is
/// written through the handle of the database library, whose locks therefore stay. A commit follows, which tells
/// every connection to forget its copies, so that none writes old slack back. What the log does have is left for a later
/// call, after the log was moved.
struct PageScrubber {
    /// Pages that are looked at under one lock.
    private static let chunk: UInt32 = 512
    /// Numbers of pages beyond this could be taken for the head of a node.
    private static let maximumPages: UInt32 = 1 << 25

    private var next: UInt32 = 1
    private var waiting: Set<UInt32> = []
    private var log: WALPages?

    /// Whether every page was looked at, and overwritten where that was needed.
    private(set) var isDone = false

    /// Goes on with the pages that are left until the time is over.
    ///
    /// - Parameters:
    ///   - database: a connection of its own.
    ///   - path: the file.
    ///   - end: when to stop.
    ///   - aside: runs what it is given while no other connection of this process writes.
    /// - Throws: `DatabaseError` `SQLITE_BUSY` when the writer of another process does not end.
    mutating func run(
        on database: Database,
        path: String,
        until end: ContinuousClock.Instant,
        aside: (() throws -> Void) throws -> Void
    ) throws {
        let file = try DatabaseFile(database)
        guard file.pages < Self.maximumPages else {
            throw StorageError(code: .statement, message: "the store is too large for its slack to be overwritten")
        }
        if log == nil { log = WALPages(log: path + "-wal", pageSize: file.pageSize) }
        while next <= file.pages {
            guard ContinuousClock.now < end else { return }
            let last = min(next + Self.chunk - 1, file.pages)
            // Read before the lock, so that nobody waits for the device.
            file.readAhead(next...last)
            try aside { try scrub(Array(next...last), of: file, database) }
            next = last + 1
        }
        let left = waiting.sorted()
        waiting = []
        for start in stride(from: 0, to: left.count, by: Int(Self.chunk)) {
            guard ContinuousClock.now < end else {
                waiting.formUnion(left[start...])
                return
            }
            let pages = Array(left[start..<min(start + Int(Self.chunk), left.count)])
            try aside { try scrub(pages, of: file, database) }
        }
        guard waiting.isEmpty else { return }
        try file.sync()
        isDone = true
    }

    private mutating func scrub(_ pages: [UInt32], of file: DatabaseFile, _ database: Database) throws {
        try database.inTransaction(.immediate) {
            guard let inLog = log?.numbers() else {
                throw StorageError(code: .cannotOpen, message: "the write-ahead log cannot be read")
            }
            var count = 0
            for page in pages {
                if inLog.contains(page) {
                    waiting.insert(page)
                } else if try file.scrub(page) {
                    count += 1
                }
            }
            guard count > 0 else { return .rollback }
            try database.execute(
                sql: """
                    INSERT INTO counters (name, value) VALUES ('scrubbed_pages', ?)
                    ON CONFLICT (name) DO UPDATE SET value = value + excluded.value
                    """,
                arguments: [count]
            )
            return .commit
        }
    }

    /// Overwrites the slack of every page of a database that nobody has open.
    static func scrub(closedFile path: String) throws {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError(code: .cannotOpen, message: "cannot open \(path)") }
        defer { close(descriptor) }
        var header = [UInt8](repeating: 0, count: 24)
        guard pread(descriptor, &header, header.count, 0) == header.count else { return }
        let size = Int(header[16]) << 8 | Int(header[17])
        var page = [UInt8](repeating: 0, count: size == 1 ? 65_536 : size)
        guard !page.isEmpty else { return }
        var number: UInt32 = 1
        while number < maximumPages,
            pread(descriptor, &page, page.count, off_t(number - 1) * off_t(page.count)) == page.count
        {
            let offset = off_t(number - 1) * off_t(page.count)
            let slack = page.withUnsafeBytes { DatabaseFile.slack(of: $0, number: number, reserved: Int(header[20])) }
            if let slack {
                let zeros = [UInt8](repeating: 0, count: slack.count)
                guard pwrite(descriptor, zeros, zeros.count, offset + off_t(slack.lowerBound)) == zeros.count else {
                    throw StorageError(code: .full, message: "cannot write \(path)")
                }
            }
            number += 1
        }
    }
}

/// The file beneath a connection, read and written through the library's own handle.
private struct DatabaseFile {
    let pageSize: Int
    private let handle: UnsafeMutablePointer<sqlite3_file>
    private let methods: sqlite3_io_methods
    private let reserved: Int

    init(_ database: Database) throws {
        pageSize = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 4_096
        var pointer: UnsafeMutablePointer<sqlite3_file>?
        let code = withUnsafeMutablePointer(to: &pointer) {
            sqlite3_file_control(database.sqliteConnection, "main", SQLITE_FCNTL_FILE_POINTER, $0)
        }
        guard code == SQLITE_OK, let handle = pointer, let methods = handle.pointee.pMethods else {
            throw StorageError(code: .cannotOpen, message: "the file of the store cannot be reached")
        }
        (self.handle, self.methods) = (handle, methods.pointee)
        var header = [UInt8](repeating: 0, count: 24)
        guard self.methods.xRead?(handle, &header, Int32(header.count), 0) == SQLITE_OK else {
            throw StorageError(code: .full, message: "the file of the store cannot be read")
        }
        reserved = Int(header[20])
    }

    /// How many pages the file has now.
    var pages: UInt32 {
        var size: Int64 = 0
        guard methods.xFileSize?(handle, &size) == SQLITE_OK else { return 0 }
        return UInt32(clamping: size / Int64(pageSize))
    }

    func readAhead(_ pages: ClosedRange<UInt32>) {
        let count = pages.count * pageSize
        withUnsafeTemporaryAllocation(byteCount: count, alignment: 16) { buffer in
            _ = methods.xRead?(handle, buffer.baseAddress, Int32(count), offset(of: pages.lowerBound))
        }
    }

    /// Overwrites the slack of a page; whether there was anything in it.
    func scrub(_ page: UInt32) throws -> Bool {
        try withUnsafeTemporaryAllocation(byteCount: pageSize, alignment: 16) { buffer in
            guard methods.xRead?(handle, buffer.baseAddress, Int32(pageSize), offset(of: page)) == SQLITE_OK else {
                throw StorageError(code: .full, message: "a page of the store cannot be read")
            }
            guard let slack = Self.slack(of: UnsafeRawBufferPointer(buffer), number: page, reserved: reserved) else {
                return false
            }
            let zeros = UnsafeMutableRawBufferPointer(rebasing: buffer[slack])
            zeros.initializeMemory(as: UInt8.self, repeating: 0)
            let place = offset(of: page) + Int64(slack.lowerBound)
            let code = methods.xWrite?(handle, zeros.baseAddress, Int32(zeros.count), place)
            guard code == SQLITE_OK else { throw StorageError(code: .full, message: "a page cannot be written") }
            return true
        }
    }

    /// The slack of a page, where there is anything but zeros in it.
    static func slack(of page: UnsafeRawBufferPointer, number: UInt32, reserved: Int) -> Range<Int>? {
        guard let range = PageSlack.range(of: page, number: number, reserved: reserved),
            page[range].contains(where: { $0 != 0 })
        else { return nil }
        return range
    }

    func sync() throws {
        guard methods.xSync?(handle, SQLITE_SYNC_NORMAL) == SQLITE_OK else {
            throw StorageError(code: .full, message: "the store cannot be written to the device")
        }
    }

    private func offset(of page: UInt32) -> Int64 { Int64(page - 1) * Int64(pageSize) }
}
