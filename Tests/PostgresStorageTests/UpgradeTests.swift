import PostgresStorage
import Storage
import TestStores
import Testing

/// Servers of several versions on one database.
@Suite(.enabled(if: PostgresServer.isInstalled, PostgresServer.absenceComment), .timeLimit(.minutes(2)))
struct UpgradeTests {
    private static let first = Nodes.migrations
    /// Adds a column that servers of the first generation leave empty.
    private static let second =
        first + [Migration("things-2", ["ALTER TABLE things ADD COLUMN title TEXT"], generation: 2, livesWith: 1)]
    /// Takes away what those of the second one no longer use.
    private static let third =
        second + [Migration("things-3", ["ALTER TABLE things DROP COLUMN name"], generation: 3, livesWith: 2)]
    /// Says nothing of older servers.
    private static let careless =
        third + [Migration("things-4", ["CREATE TABLE further (id BIGINT)"], generation: 4)]

    private let nodes: Nodes

    init() throws { nodes = try Nodes() }

    private func node(_ migrations: [Migration]) throws -> Store {
        try Store(postgres: PostgresSettings(address: nodes.server.address(of: nodes.database)), migrations: migrations)
    }

    private func isRefused(_ migrations: [Migration], _ code: StorageError.Code, _ words: String) throws {
        #expect { try node(migrations).close() } throws: { error in
            guard let error = error as? StorageError else { return false }
            return error.code == code && error.message.contains(words)
        }
    }

    @Test func `a server goes on beside newer ones that only add, and may start again`() async throws {
        let old = try node(Self.first)
        try await old.insert(1)
        let new = try node(Self.second)
        try await old.insert(2)
        try await new.write { try $0.execute("INSERT INTO things (id, title) VALUES (3, 'three')") }
        let again = try node(Self.first)
        try await again.insert(4)
        #expect(try nodes.ids() == [1, 2, 3, 4])
    }

    @Test func `what is taken away waits for the servers that use it`() async throws {
        let old = try node(Self.first)
        let new = try node(Self.second)
        try isRefused(Self.third, .cannotOpen, "older version")
        #expect(try nodes.sql("SELECT count(*) FROM frontline_migrations WHERE name = 'things-3'") == "0")
        try await old.insert(1)
        try old.close()
        try await gone(generation: 1)
        let newest = try node(Self.third)
        try await new.write { try $0.execute("INSERT INTO things (id, title) VALUES (2, 'two')") }
        try await newest.write { try $0.execute("INSERT INTO things (id, title) VALUES (3, 'three')") }
        try isRefused(Self.first, .newerSchema, "newer version")
        try node(Self.second).close()
        #expect(try nodes.ids() == [1, 2, 3])
    }

    @Test func `a step that says nothing of older servers waits for all of them`() async throws {
        let server = try node(Self.third)
        try isRefused(Self.careless, .cannotOpen, "stop all of them")
        try server.close()
        try await gone(generation: 3)
        try node(Self.careless).close()
        try isRefused(Self.third, .newerSchema, "newer version")
    }

    @Test func `a server that was cut off while tables changed writes nothing when it comes back`() async throws {
        let old = try node(Self.first)
        try await old.insert(1)
        // As after a freeze: its sessions have ended, and it does not know.
        try nodes.server.sql("ALTER DATABASE \(nodes.database) ALLOW_CONNECTIONS false", in: "postgres")
        try nodes.server.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(nodes.database)'",
            in: "postgres"
        )
        try await gone(generation: 1, asked: "postgres")
        try nodes.server.sql("ALTER DATABASE \(nodes.database) ALLOW_CONNECTIONS true", in: "postgres")
        try nodes.sql("INSERT INTO frontline_migrations (name, number) VALUES ('later', 99)")
        await #expect {
            // The first attempts meet the lost connection, until the database was heard of again.
            let end = ContinuousClock.now + .seconds(30)
            while ContinuousClock.now < end {
                do { try await old.insert(2) } catch let error as StorageError where error.code == .unavailable {}
            }
        } throws: { ($0 as? StorageError)?.code == .newerSchema }
        await #expect { _ = try await old.read { try $0.first("SELECT 1 AS one") { try $0.integer("one") } } } throws: {
            ($0 as? StorageError)?.code == .newerSchema
        }
        #expect(try nodes.ids() == [1])
    }

    @Test func `a check tells whether this version can work beside a newer one`() throws {
        let settings = PostgresSettings(address: nodes.server.address(of: nodes.database))
        func schema() throws -> StoreFinding? {
            try PostgresProbe.report(settings, migrations: Self.first).first { $0.name == "schema" }
        }
        try node(Self.second).close()
        #expect(try schema()?.found == "newer; this version can work beside the newer one")
        try nodes.sql("INSERT INTO frontline_migrations (name, number) VALUES ('later', 99)")
        #expect(try schema()?.verdict == .unfit)
    }

    /// Waits until the database has ended the sessions of a generation; it does so soon after they are closed.
    private func gone(generation: Int, asked database: String? = nil) async throws {
        for _ in 0..<1_000 {
            let count = try nodes.server.sql(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = '\(nodes.database)' AND application_name = 'frontline schema \(generation)'
                """,
                in: database ?? nodes.database
            )
            if count == "0" { return }
            await Task.yield()
        }
        Issue.record("the sessions are still open")
    }
}
