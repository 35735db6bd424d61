import Foundation
import PostgresStorage
import Storage
import Synchronization
import TestStores
import Testing

/// A database of a test's own, and the nodes that share it.
struct Nodes {
    static let migrations = [
        Migration("things-1", ["CREATE TABLE things (id BIGINT NOT NULL PRIMARY KEY, name TEXT)"])
    ]

    let server: PostgresServer
    let database: String

    init(_ options: String = "") throws {
        server = try PostgresServer.shared()
        database = try server.makeDatabase(options)
    }

    /// A further node.
    func node(_ change: (inout PostgresSettings) -> Void = { _ in }) throws -> Store {
        var settings = PostgresSettings(address: server.address(of: database))
        settings.freshness = .zero
        change(&settings)
        return try Store(postgres: settings, migrations: Self.migrations)
    }

    @discardableResult
    func sql(_ statements: String) throws -> String { try server.sql(statements, in: database) }

    /// The number of the last commit.
    func commits() throws -> Int { try #require(Int(sql("SELECT commits FROM store_head"))) }

    func ids() throws -> [Int] {
        try sql("SELECT id FROM things ORDER BY id").split(separator: "\n").compactMap { Int($0) }
    }
}

extension Store {
    func insert(_ id: Int) async throws {
        try await write { _ = try $0.execute("INSERT INTO things (id) VALUES ($1)", [.integer(Int64(id))]) }
    }
}

/// Passes bytes between a node and the server, and loses the answer to a commit when it is told to.
final class LossyProxy: Sendable {
    private struct State {
        /// The next answer to a commit is lost.
        var isArmed = false
        /// Nobody is let in any more after that.
        var isShutAfterwards = false
        var isShut = false
        /// Nothing is passed on.
        var isFrozen = false
    }

    let folder: String
    private let target: String
    private let listener: Int32
    private let state = Mutex(State())

    init(to server: PostgresServer) throws {
        target = server.socket
        // Short, as the path of a socket may be.
        folder = "/tmp/p\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        listener = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let path = "\(folder)/.s.PGSQL.5432"
        let listener = listener
        let isBound = Self.withAddress(path) { bind(listener, $0, $1) } == 0 && listen(listener, 64) == 0
        try #require(isBound)
        let thread = Thread { [weak self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0, let self else { return }
                Thread { self.serve(client) }.start()
            }
        }
        thread.start()
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Loses the answer to the next commit, and with `shut` everything after it.
    func loseCommit(shut: Bool = false) {
        state.withLock { ($0.isArmed, $0.isShutAfterwards) = (true, shut) }
    }

    /// Passes nothing on until ``thaw()``, and lets nobody in; connections stay.
    func freeze() { state.withLock { $0.isFrozen = true } }

    func thaw() { state.withLock { $0.isFrozen = false } }

    /// Waits on the thread of a connection, which nothing else does anything on.
    private func waitWhileFrozen() {
        while state.withLock({ $0.isFrozen }) { usleep(5_000) }
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private func serve(_ client: Int32) {
        defer { close(client) }
        waitWhileFrozen()
        if state.withLock({ $0.isShut }) { return }
        let server = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(server) }
        guard Self.withAddress(target, { connect(server, $0, $1) }) == 0 else { return }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var isLosing = false
        while true {
            var both = [
                pollfd(fd: client, events: Int16(POLLIN), revents: 0),
                pollfd(fd: server, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&both, 2, -1) > 0 else { return }
            waitWhileFrozen()
            if both[0].revents != 0 {
                let count = read(client, &buffer, buffer.count)
                guard count > 0, write(server, buffer, count) == count else { return }
                let isCommit = Data(buffer[..<count]).range(of: Data("store_head SET".utf8)) != nil
                isLosing = isLosing || isCommit && takeArmed()
            }
            if both[1].revents != 0 {
                let count = read(server, &buffer, buffer.count)
                // The server has committed once it answers.
                guard count > 0, !isLosing, write(client, buffer, count) == count else { return }
            }
        }
    }

    private func takeArmed() -> Bool {
        state.withLock { state in
            defer { if state.isArmed { (state.isArmed, state.isShut) = (false, state.isShutAfterwards) } }
            return state.isArmed
        }
    }
}
