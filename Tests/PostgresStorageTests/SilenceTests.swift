import PostgresStorage
import Storage
import TestStores
import Testing

/// A database that is there and does not answer, as one whose machine is frozen.
@Suite(.enabled(if: PostgresServer.isInstalled, PostgresServer.absenceComment), .timeLimit(.minutes(2)))
struct SilenceTests {
    private static let limit = Duration.milliseconds(500)

    private func store(_ nodes: Nodes, _ proxy: LossyProxy) throws -> Store {
        try nodes.node {
            $0.address = "host=\(proxy.folder) user=postgres dbname=\(nodes.database)"
            $0.silenceLimit = Self.limit
        }
    }

    private func isRefused(_ error: any Error) -> Bool { (error as? StorageError)?.code == .unavailable }

    private func seconds(_ count: Double) -> Duration { .seconds(count) }

    @Test func `reads and writes under way end, what follows is refused at once, and all goes on afterwards`()
        async throws
    {
        let nodes = try Nodes()
        let proxy = try LossyProxy(to: nodes.server)
        let (store, other) = (try store(nodes, proxy), try nodes.node())
        var news = store.commits(to: "things").makeAsyncIterator()
        try await store.insert(1)
        proxy.freeze()
        let frozenAt = ContinuousClock.now
        await withTaskGroup { group in
            for number in 0..<8 {
                group.addTask {
                    await #expect {
                        if number.isMultiple(of: 2) {
                            try await store.insert(100 + number)
                        } else {
                            _ = try await store.read { try $0.rows("SELECT id FROM things") { _ in true } }
                        }
                    } throws: { isRefused($0) }
                }
            }
        }
        // Far less than the limits of statements, which are ten seconds and five minutes.
        #expect(.now - frozenAt < seconds(8))
        #expect(store.outage?.code == .unavailable)
        let askedAt = ContinuousClock.now
        await #expect { try await store.insert(2) } throws: { isRefused($0) }
        await #expect { _ = try await store.read { try Store.epoch(in: $0) } } throws: { isRefused($0) }
        #expect(throws: StorageError.self) { _ = try store.readNow { try Store.epoch(in: $0) } }
        #expect(.now - askedAt < .milliseconds(400))
        // Caches of a node that cannot ask know nothing.
        await #expect(throws: StorageError.self) { _ = try await store.revisions() }
        proxy.thaw()
        try await other.insert(3)
        // The watch sees it when it is answered again.
        while store.outage != nil { _ = await news.next() }
        try await store.insert(4)
        let ids = try nodes.ids()
        #expect(ids.filter { $0 < 100 } == [1, 3, 4])
    }

    @Test func `a statement that takes long is let go on while others are answered`() async throws {
        let nodes = try Nodes()
        let store = try nodes.node { $0.silenceLimit = .milliseconds(100) }
        let begun = ContinuousClock.now
        let isThere = try await store.read { transaction in
            try transaction.first("SELECT pg_sleep(1.5) IS NOT NULL AS done") { try $0.flag("done") }
        }
        #expect(isThere == true)
        #expect(.now - begun >= seconds(1.5))
    }

    @Test func `a reader waits for somebody who changes the tables only for so long`() async throws {
        let nodes = try Nodes()
        let store = try nodes.node { $0.writeLimit = .milliseconds(300) }
        let other = try nodes.node()
        try await other.write { transaction in
            try transaction.execute("LOCK TABLE things IN ACCESS EXCLUSIVE MODE")
            #expect {
                _ = try store.readNow { try $0.rows("SELECT id FROM things") { _ in true } }
            } throws: {
                ($0 as? StorageError)?.code == .busy
            }
        }
    }
}
