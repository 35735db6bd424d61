import PostgresStorage
import Storage
import TestStores
import Testing

/// Databases that go back to an earlier time while nodes use them.
@Suite(.enabled(if: PostgresServer.isInstalled, PostgresServer.absenceComment), .timeLimit(.minutes(2)))
struct HistoryTests {
    private func take(_ store: Store) async throws -> Int64 {
        try await store.write { try Store.next("alert_events", in: $0) }
    }

    private func epoch(_ store: Store) async throws -> Store.Epoch {
        try #require(try await store.read { try Store.epoch(in: $0) })
    }

    /// Writes again after the connections were lost, as soon as the watch has found the database again.
    private func takeAtLast(_ store: Store) async throws -> Int64 {
        let end = ContinuousClock.now + .seconds(30)
        while true {
            do { return try await take(store) } catch let error as StorageError
                where error.code == .unavailable && .now < end
            {
                await Task.yield()
            }
        }
    }

    @Test func `a copy that takes the place of a database begins a history, in which no number is given again`()
        async throws
    {
        let nodes = try Nodes()
        let before = try nodes.node()
        for number in 1...3 { #expect(try await take(before) == Int64(number)) }
        let first = try await epoch(before)
        try before.close()
        // A copy of this moment, after which more is written.
        let copy = try nodes.server.makeDatabase("TEMPLATE \(nodes.database)")
        let stores = try (0..<2).map { _ in try nodes.node() }
        for number in 4...6 { #expect(try await take(stores[number % 2]) == Int64(number)) }
        #expect(try await epoch(stores[0]) == first)
        try nodes.server.sql("DROP DATABASE \(nodes.database) WITH (FORCE)", in: "postgres")
        try nodes.server.sql("ALTER DATABASE \(copy) RENAME TO \(nodes.database)", in: "postgres")
        // Whoever writes first begins it; the other one finds it.
        let new = try await takeAtLast(stores[0])
        #expect(new > 1_000_000)
        #expect(try await takeAtLast(stores[1]) == new + 1)
        let second = try await epoch(stores[1])
        #expect(second.name != first.name && second.number == first.number + 1)
        let gap = try await stores[1].read { try Store.gap(of: "alert_events", at: 5, in: $0) }
        #expect(gap == Store.Gap(lastCommon: 3, firstNew: new - 1))
        #expect(try nodes.commits() > 1_000_000)
        // It goes on for a node that starts.
        let third = try nodes.node()
        #expect(try await take(third) == new + 2)
        #expect(try await epoch(third) == second)
    }

    @Test func `a node that has seen a later commit notices that a database has gone back under the same name`()
        async throws
    {
        let nodes = try Nodes()
        let store = try nodes.node()
        for number in 1...5 { #expect(try await take(store) == Int64(number)) }
        let first = try await epoch(store)
        // As a snapshot of the disk does, which changes nothing else.
        try nodes.sql(
            "UPDATE store_head SET commits = commits - 2; UPDATE counters SET value = 3 WHERE name = 'alert_events'"
        )
        let new = try await take(store)
        #expect(new > 1_000_000)
        #expect(try await epoch(store).name != first.name)
        #expect(try await store.read { try Store.gap(of: "alert_events", at: 4, in: $0) }?.lastCommon == 3)
        #expect(try await take(store) == new + 1)
    }

    @Test func `a connection that is lost begins none`() async throws {
        let nodes = try Nodes()
        let store = try nodes.node()
        #expect(try await take(store) == 1)
        let first = try await epoch(store)
        try nodes.sql(
            """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """
        )
        #expect(try await takeAtLast(store) == 2)
        #expect(try await epoch(store) == first)
    }
}
