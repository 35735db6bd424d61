import Dispatch
import PostgresStorage
import Storage
import TestStores
import Testing

/// Several nodes on one database.
@Suite(.enabled(if: PostgresServer.isInstalled, PostgresServer.absenceComment), .timeLimit(.minutes(2)))
struct NodeTests {
    @Test func `nodes that check before they insert never both do`() async throws {
        let nodes = try Nodes()
        let stores = try (0..<3).map { _ in try nodes.node() }
        let limit: Int64 = 100
        try await withThrowingTaskGroup { group in
            for number in 0..<300 {
                let store = stores[number % stores.count]
                group.addTask {
                    try await store.write { transaction in
                        let count = try transaction.first("SELECT count(*) AS count FROM things") {
                            try $0.integer("count")
                        }
                        guard let count, count < limit else { return false }
                        try transaction.execute("INSERT INTO things (id) VALUES ($1)", [.integer(count)])
                        return true
                    }
                }
            }
            var granted: Int64 = 0
            for try await isGranted in group where isGranted { granted += 1 }
            #expect(granted == limit)
        }
        #expect(try nodes.ids() == Array(0..<Int(limit)))
    }

    @Test func `a counter that all nodes take from has no gap and gives no number twice`() async throws {
        struct Refused: Error {}
        let nodes = try Nodes()
        let stores = try (0..<3).map { _ in try nodes.node() }
        let taken = await withTaskGroup(of: Int64?.self) { group in
            for number in 0..<300 {
                let store = stores[number % stores.count]
                group.addTask {
                    try? await store.write { transaction in
                        let value = try Store.next("things", in: transaction)
                        if number.isMultiple(of: 7) { throw Refused() }
                        return value
                    }
                }
            }
            return await group.reduce(into: [Int64]()) { all, value in if let value { all.append(value) } }
        }
        #expect(taken.sorted() == Array(1...Int64(taken.count)))
        #expect(taken.count == 300 - 43)
    }

    @Test func `nodes that start together migrate once`() async throws {
        let nodes = try Nodes()
        try await withThrowingTaskGroup { group in
            for number in 0..<6 {
                group.addTask { try await nodes.node().insert(number) }
            }
            try await group.waitForAll()
        }
        #expect(try nodes.ids() == Array(0..<6))
        // One more: the driver's own.
        let count = Store.ownMigrations.count + Nodes.migrations.count + 1
        #expect(try nodes.sql("SELECT count(*), count(DISTINCT name) FROM frontline_migrations") == "\(count)|\(count)")
    }

    @Test func `a transaction that changes nothing takes no number`() async throws {
        let nodes = try Nodes()
        let store = try nodes.node()
        try await store.insert(1)
        let (before, mark) = (try nodes.commits(), store.commitMark)
        try await store.write { transaction in
            try transaction.execute("UPDATE things SET name = 'x' WHERE id = 77")
            _ = try transaction.first("SELECT id FROM things") { try $0.integer("id") }
        }
        #expect(try nodes.commits() == before)
        #expect(store.commitMark == mark)
        try await store.insert(2)
        #expect(try nodes.commits() == before + 1)
        #expect(store.commitMark != mark)
    }

    @Test func `a commit of one node is heard of by another, which looks at its logs`() async throws {
        let nodes = try Nodes()
        let (writer, reader) = (try nodes.node(), try nodes.node())
        var news = reader.commits(to: "things").makeAsyncIterator()
        let mark = reader.commitMark
        try await writer.write { transaction in
            try transaction.execute("INSERT INTO things (id) VALUES (1)")
            transaction.announce("things")
        }
        #expect(await news.next() != nil)
        #expect(reader.commitMark != mark)
        #expect(reader.commitMark == writer.commitMark)
    }

    @Test func `a node that stands still in a transaction holds up the others only for so long`() async throws {
        let nodes = try Nodes()
        let frozen = try nodes.node { $0.pauseLimit = .milliseconds(300) }
        let other = try nodes.node()
        let (isHeld, hold) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        async let held: Void = frozen.write { transaction in
            try transaction.execute("INSERT INTO things (id) VALUES (1)")
            isHeld.signal()
            hold.wait()
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                isHeld.wait()
                continuation.resume()
            }
        }
        // The frozen node has the lock: this one is granted it when the database has ended that transaction.
        try await other.insert(2)
        #expect(try nodes.ids() == [2])
        // What it does after it wakes is lost; then its body is run again, and is not held up any more.
        hold.signal()
        hold.signal()
        try await held
        #expect(try nodes.ids() == [1, 2])
    }
}

extension PostgresServer {
    static var absenceComment: Comment { Comment(rawValue: absence) }
}
