import Storage
import Synchronization
import TestStores
import Testing

/// Caches that are good while the revision of their topic stands, compared with reading anew.
@Suite struct VersionedCacheTests {
    private static let topics = ["fruit", "tools"]

    private static let migrations = [
        Migration(
            "things-1",
            ["CREATE TABLE things (topic TEXT NOT NULL, key TEXT NOT NULL, value BIGINT, PRIMARY KEY (topic, key))"]
        )
    ]

    private static func value(_ topic: String, _ key: String, in transaction: some SQLReading) throws -> Int64? {
        try transaction.first(
            "SELECT value FROM things WHERE topic = $1 AND key = $2",
            [.text(topic), .text(key)]
        ) { try $0.integer("value") }
    }

    private static func set(_ topic: String, _ key: String, _ value: Int64, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO things (topic, key, value) VALUES ($1, $2, $3)
            ON CONFLICT (topic, key) DO UPDATE SET value = excluded.value
            """,
            [.text(topic), .text(key), .integer(value)]
        )
        try Store.touch(topic, in: transaction)
    }

    @Test(arguments: TestEngine.all)
    func `what is cached is what would be read, whoever writes`(engine: TestEngine) async throws {
        struct Undone: Error {}
        var random = SystemRandomNumberGenerator()
        let place = try engine.place()
        let stores = try [place.open(Self.migrations), place.open(Self.migrations)]
        let caches = stores.map { store in
            Self.topics.reduce(into: [:]) { $0[$1] = VersionedCache<String, Int64?>(of: $1, in: store, limit: 3) }
        }
        for step in Int64(0)..<3_000 {
            let side = Int.random(in: 0...1, using: &random)
            let topic = Self.topics[Int.random(in: 0...1, using: &random)]
            let key = ["a", "b", "c", "d", "e"][Int.random(in: 0..<5, using: &random)]
            switch Int.random(in: 0..<10, using: &random) {
            case 0: try await stores[side].write(durability: .process) { try Self.set(topic, key, step, in: $0) }
            case 1:
                // A commit that leaves the topics alone.
                try await stores[side].write(durability: .process) { _ = try Store.next("other", in: $0) }
            case 2:
                try? await stores[side].write(durability: .process) { transaction in
                    try Self.set(topic, key, -step, in: transaction)
                    throw Undone()
                }
            default:
                let cached = try await caches[side][topic]?.value(for: key) { transaction, _ in
                    try Self.value(topic, key, in: transaction)
                }
                let plain = try await stores[1 - side].read { try Self.value(topic, key, in: $0) }
                #expect(cached == .some(plain), "step \(step)")
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a reader beside writers never goes back and ends with the last value`(engine: TestEngine) async throws {
        let place = try engine.place()
        let (store, other) = (try place.open(Self.migrations), try place.open(Self.migrations))
        let cache = VersionedCache<OnlyKey, Int64>(of: "fruit", in: store)
        let read = { @Sendable () async throws -> Int64 in
            try await cache.value { transaction, _ in try Self.value("fruit", "apple", in: transaction) ?? 0 }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in Int64(1)...200 {
                    try await other.write(durability: .process) { try Self.set("fruit", "apple", number, in: $0) }
                    #expect(try await read() == number)
                }
            }
            for _ in 0..<2 {
                group.addTask {
                    var last: Int64 = 0
                    while last < 200 {
                        let value = try await read()
                        #expect(value >= last)
                        last = value
                        await Task.yield()
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test(arguments: [TestEngine.sqlite])
    func `commits that leave the topic alone of another process cost all caches one statement together`(
        engine: TestEngine
    )
        async throws
    {
        let statements = Mutex(0)
        let place = try engine.place()
        let store = try place.open(Self.migrations) { _ in statements.withLock { $0 += 1 } }
        let writer = try place.open(Self.migrations)
        let caches = (0..<5).map { _ in VersionedCache<OnlyKey, Int64>(of: "fruit", in: store) }
        @Sendable func ask() async throws {
            for cache in caches {
                _ = try await cache.value { transaction, _ in try Self.value("fruit", "apple", in: transaction) ?? 0 }
            }
        }
        try await ask()
        statements.withLock { $0 = 0 }
        try await ask()
        #expect(statements.withLock { $0 } == 0)
        for _ in 0..<10 {
            try await writer.write(durability: .process) { _ = try Store.next("other", in: $0) }
            try await ask()
        }
        #expect(statements.withLock { $0 } == 10)
        try await writer.write(durability: .process) { try Self.set("fruit", "apple", 1, in: $0) }
        statements.withLock { $0 = 0 }
        try await ask()
        #expect(statements.withLock { $0 } == 1 + 2 * caches.count)
    }

    @Test(arguments: TestEngine.all)
    func `what is made anew may go by what it was`(engine: TestEngine) async throws {
        let store = try engine.place().open(Self.migrations)
        let cache = VersionedCache<OnlyKey, [Int64]>(of: "fruit", in: store)
        #expect(cache.last() == nil)
        for number in Int64(1)...3 {
            try await store.write(durability: .process) { try Self.set("fruit", "apple", number, in: $0) }
            _ = try await cache.value { transaction, last in
                (last ?? []) + [try Self.value("fruit", "apple", in: transaction) ?? 0]
            }
        }
        #expect(cache.last() == [1, 2, 3])
    }

    @Test(arguments: TestEngine.all)
    func `what cannot be made is not kept`(engine: TestEngine) async throws {
        struct Refused: Error {}
        let store = try engine.place().open(Self.migrations)
        let cache = VersionedCache<OnlyKey, Int64>(of: "fruit", in: store)
        await #expect(throws: Refused.self) { _ = try await cache.value { _, _ in throw Refused() } }
        #expect(try await cache.value { _, _ in 7 } == 7)
    }

    @Test(arguments: TestEngine.all)
    func `commits of its own cost a store no statement to know of`(engine: TestEngine) async throws {
        let statements = Mutex(0)
        let place = try engine.place()
        let store = try place.open(Self.migrations, freshness: .seconds(3_600)) { _ in statements.withLock { $0 += 1 } }
        let cache = VersionedCache<OnlyKey, Int64>(of: "fruit", in: store)
        let ask = { @Sendable () async throws -> Int64 in
            try await cache.value { transaction, _ in try Self.value("fruit", "apple", in: transaction) ?? 0 }
        }
        try await store.write(durability: .process) { try Self.set("fruit", "apple", 1, in: $0) }
        #expect(try await ask() == 1)
        for _ in 0..<10 {
            try await store.write(durability: .process) { _ = try Store.next("other", in: $0) }
            statements.withLock { $0 = 0 }
            #expect(cache.current() == 1, "known without asking")
            #expect(try await ask() == 1)
            #expect(statements.withLock { $0 } == 0)
        }
        try await store.write(durability: .process) { try Self.set("fruit", "apple", 2, in: $0) }
        #expect(cache.current() == nil, "it has to be made anew")
        #expect(try await ask() == 2)
    }

    @Test(arguments: TestEngine.all)
    func `a body that is undone beside others leaves no trace in the revisions`(engine: TestEngine) async throws {
        struct Undone: Error {}
        let store = try engine.place().open(Self.migrations)
        let cache = VersionedCache<OnlyKey, Int64>(of: "fruit", in: store)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in Int64(1)...100 {
                group.addTask {
                    try? await store.write(durability: .process) { transaction in
                        try Self.set("fruit", "apple", number, in: transaction)
                        if !number.isMultiple(of: 7) { throw Undone() }
                    }
                    let cached = try await cache.value { transaction, _ in
                        try Self.value("fruit", "apple", in: transaction) ?? 0
                    }
                    #expect(cached.isMultiple(of: 7))
                }
            }
            try await group.waitForAll()
        }
        let plain = try await store.read { try Self.value("fruit", "apple", in: $0) }
        let cached = try await cache.value { transaction, _ in try Self.value("fruit", "apple", in: transaction) ?? 0 }
        #expect(cached == plain)
    }
}
