import Foundation
import Storage
import TestStores
import Testing

/// Copies between every two kinds of databases.
@Suite struct CopyTests {
    struct Pair: Sendable, CustomStringConvertible {
        let from: TestEngine
        let to: TestEngine

        static let all = TestEngine.all.flatMap { from in TestEngine.all.map { Pair(from: from, to: $0) } }

        var description: String { "\(from) to \(to)" }
    }

    private static let migrations = [
        Migration(
            "things-1",
            [
                """
                CREATE TABLE things (
                    area TEXT NOT NULL,
                    id BIGINT NOT NULL,
                    "order" TEXT,
                    weight DOUBLE PRECISION,
                    picture BYTEA,
                    PRIMARY KEY (area, id)
                )
                """,
                "CREATE INDEX things_by_weight ON things (weight, id)",
                // A row that the migration makes comes from the source like any other.
                "INSERT INTO things (area, id) VALUES ('seed', 1)",
            ]
        ),
        Migration("things-2", ["ALTER TABLE things ADD COLUMN note TEXT", "CREATE TABLE keyless (value BIGINT)"]),
    ]
    private static let tables = ["counters", "changes", "topics", "outdated", "things", "keyless"]

    private static let texts = [
        "", " ", "plain", "'quoted' \"twice\" \\ \\N \\.", "line\nbreak\r\ttab", "\u{FEFF}mark", "e\u{301} é ß ΑΩ 漢字 👩‍👩‍👧",
        "\u{10FFFF}\u{1}\u{7F}",
        "$1 ?1 :name %s {0}", "NULL", "\\x00", String(repeating: "long ", count: 100_000),
    ]
    private static let numbers: [Double] = [
        0, -0.0, 1, -1.5, 0.1, 1e308, -1e-308, .leastNonzeroMagnitude, .infinity, -.infinity, Double(Int64.max),
    ]

    private func fill(_ store: Store) throws {
        try store.writeNow { transaction in
            for (index, text) in Self.texts.enumerated() {
                try transaction.execute(
                    """
                    INSERT INTO things (area, id, "order", weight, picture, note) VALUES ($1, $2, $3, $4, $5, $6)
                    """,
                    [
                        .text(text.prefix(8) + "-\(index)"), .integer(Int64(index)), .text(text),
                        .real(Self.numbers[index % Self.numbers.count]), .bytes((0..<UInt8(index * 20)).map { ~$0 }),
                        index.isMultiple(of: 2) ? .null : .text(text),
                    ]
                )
            }
            for value in [Int64.min, -1, 0, 1, .max, 7, 7] {
                try transaction.execute("INSERT INTO keyless (value) VALUES ($1)", [.integer(value)])
            }
            try Store.touch("things", in: transaction)
            try Store.recordChanges(topic: "things", keys: ["a", "b"], in: transaction)
            _ = try Store.next("numbers", count: 41, in: transaction)
            try Store.beginEpoch(now: 1, in: transaction)
        }
    }

    private func rows(of store: Store) throws -> [String] {
        try store.readNow { transaction in
            try transaction.rows("SELECT area, id, \"order\", weight, picture, note FROM things ORDER BY area, id") {
                row in
                let parts: [String] = [
                    try row.text("area"), String(try row.integer("id")),
                    try row.optionalText(named: "order") ?? "-", "\(try row.optionalReal("weight") ?? -7)",
                    try row.argument(named: "picture") == .null ? "-" : "\(try row.bytes("picture"))",
                    try row.optionalText("note") ?? "-",
                ]
                return parts.joined(separator: "|")
            }
        }
    }

    @Test(arguments: Pair.all) func `every row arrives as it is, and both sides have the same hashes`(
        pair: Pair
    ) throws {
        let (from, to) = (try pair.from.place(), try pair.to.place())
        let source = try from.open(Self.migrations)
        try fill(source)
        let target = try to.copyTarget(Self.migrations)
        let tables = try source.readNow { try StoreCopy(from: $0, to: target).run(Self.tables) }
        #expect(tables.map(\.name) == Self.tables)
        #expect(tables.map(\.isEqual) == tables.map { _ in true })
        #expect(tables.map(\.source.rows) == [2, 2, 2, 0, Int64(Self.texts.count) + 1, 7])
        try target.publish()
        let copy = try to.open(Self.migrations)
        // SQLite has one zero.
        let (copied, original) = (try rows(of: copy), try rows(of: source))
        let zeros = { (rows: [String]) in rows.map { $0.replacing("|-0.0|", with: "|0.0|") } }
        #expect(zeros(copied) == zeros(original))
        // What was counted goes on.
        #expect(try copy.writeNow { try Store.next("numbers", in: $0) } == 42)
        #expect(try copy.readNow { try Store.revision(of: "things", in: $0) } == 1)
        // The indexes are there.
        let found = try copy.readNow {
            try $0.rows("SELECT id FROM things WHERE weight = 1 ORDER BY id") { try $0.integer("id") }
        }
        #expect(found == [2])
    }

    @Test(arguments: TestEngine.all) func `a copy that is given up leaves no store with anything in it`(
        engine: TestEngine
    ) throws {
        struct Stop: Error {}
        let (from, to) = (try TestEngine.sqlite.place(), try engine.place())
        let source = try from.open(Self.migrations)
        try fill(source)
        for _ in 0..<2 {
            let target = try to.copyTarget(Self.migrations)
            #expect(throws: Stop.self) {
                try source.readNow { view in
                    let shape = try target.shape(of: "things")
                    try target.load(shape) { add in
                        try view.forEach("SELECT 1 AS one FROM keyless") { _ in throw Stop() }
                    }
                }
            }
            target.discard()
        }
        let rest = try to.open(Self.migrations)
        let count = try rest.readNow { try $0.first("SELECT count(*) AS n FROM keyless") { try $0.integer("n") } }
        #expect(count == 0)
        #expect(try to.leftovers().isEmpty)
    }

    @Test(arguments: TestEngine.all) func `a place with a store that was used is refused and stays as it is`(
        engine: TestEngine
    ) throws {
        let place = try engine.place()
        let store = try place.open(Self.migrations)
        try fill(store)
        let before = try rows(of: store)
        #expect { _ = try place.copyTarget(Self.migrations) } throws: {
            guard let error = $0 as? StorageError else { return false }
            return error.code == .cannotOpen && (error.message.contains("used") || error.message.contains("exists"))
        }
        #expect(try rows(of: store) == before)
    }

    @Test(.enabled(if: PostgresServer.isInstalled, "\(PostgresServer.absence)"))
    func `a database with the tables of a store that nobody used is taken`() throws {
        let (from, to) = (try TestEngine.sqlite.place(), try TestEngine.postgres.place())
        let plain = [Migration("plain", ["CREATE TABLE plain (id BIGINT NOT NULL PRIMARY KEY)"])]
        let source = try from.open(plain)
        try source.writeNow { try $0.execute("INSERT INTO plain (id) VALUES (1)") }
        let first = try to.open(plain)
        try first.writeNow { try Store.beginEpoch(now: 1, in: $0) }
        try first.close()
        let target = try to.copyTarget(plain)
        let tables = try source.readNow { try StoreCopy(from: $0, to: target).run(["plain"]) }
        #expect(tables.map(\.isEqual) == tables.map { _ in true })
        try target.publish()
        let id = try to.open(plain).readNow { try $0.first("SELECT id FROM plain") { try $0.integer("id") } }
        #expect(id == 1)
    }

    @Test(
        .enabled(if: PostgresServer.isInstalled, "\(PostgresServer.absence)"),
        arguments: [
            ("CAST(x'610062' AS TEXT)", "NUL"), ("CAST(x'61ff62' AS TEXT)", "UTF-8"), ("x'00'", "type text"),
        ]
    )
    func `a value that PostgreSQL cannot keep is named by table, column and key`(
        value: String,
        reason: String
    ) throws {
        let source = try TestEngine.sqlite.place().open(Self.migrations)
        try source.writeNow {
            try $0.execute("INSERT INTO things (area, id, note) VALUES ('north', 12, \(value))")
        }
        let target = try TestEngine.postgres.place().copyTarget(Self.migrations)
        #expect {
            _ = try source.readNow { try StoreCopy(from: $0, to: target).run(Self.tables) }
        } throws: {
            let message = ($0 as? StorageError)?.message ?? ""
            return message.contains("things.note of the row with area “north”, id 12") && message.contains(reason)
        }
    }

    @Test func `a text with a NUL goes from one SQLite database into another`() throws {
        let (from, to) = (try TestEngine.sqlite.place(), try TestEngine.sqlite.place())
        let source = try from.open(Self.migrations)
        try source.writeNow {
            try $0.execute("INSERT INTO things (area, id, note) VALUES ('north', 12, CAST(x'610062' AS TEXT))")
        }
        let target = try to.copyTarget(Self.migrations)
        let tables = try source.readNow { try StoreCopy(from: $0, to: target).run(Self.tables) }
        #expect(tables.map(\.isEqual) == tables.map { _ in true })
    }

    @Test(.enabled(if: PostgresServer.isInstalled, "\(PostgresServer.absence)"))
    func `a number that is none is refused by SQLite`() throws {
        let source = try TestEngine.postgres.place().open(Self.migrations)
        try source.writeNow {
            try $0.execute("INSERT INTO things (area, id, weight) VALUES ('north', 12, 'NaN')")
        }
        let target = try TestEngine.sqlite.place().copyTarget(Self.migrations)
        #expect {
            _ = try source.readNow { try StoreCopy(from: $0, to: target).run(Self.tables) }
        } throws: {
            let message = ($0 as? StorageError)?.message ?? ""
            return message.contains("things.weight of the row with area “north”, id 12")
        }
    }

    @Test(arguments: TestEngine.all) func `a copy is of one moment, whatever is written meanwhile`(
        engine: TestEngine
    ) throws {
        let from = try engine.place()
        let (source, other) = (try from.open(Self.migrations), try from.open(Self.migrations))
        try fill(source)
        let target = try TestEngine.sqlite.place().copyTarget(Self.migrations)
        let before = try source.commitMarkNow()
        let tables = try source.readNow { view in
            _ = try view.first("SELECT count(*) AS n FROM keyless") { try $0.integer("n") }
            try other.writeNow { try $0.execute("INSERT INTO keyless (value) VALUES (99)") }
            return try StoreCopy(from: view, to: target).run(["keyless"])
        }
        #expect(tables.map(\.source.rows) == [7])
        #expect(tables.map(\.isEqual) == tables.map { _ in true })
        #expect(try source.commitMarkNow() != before)
    }

    @Test func `progress is told every ten thousand rows`() throws {
        let source = try TestEngine.sqlite.place().open(Self.migrations)
        try source.writeNow {
            try $0.execute(
                """
                WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 25000)
                INSERT INTO keyless (value) SELECT n FROM numbers
                """
            )
        }
        var told: [StoreCopy.Progress] = []
        let target = try TestEngine.sqlite.place().copyTarget(Self.migrations)
        _ = try source.readNow { try StoreCopy(from: $0, to: target) { told.append($0) }.run(["keyless"]) }
        #expect(
            told == [10_000, 20_000].map { .copied($0, of: 25_000) }
                + [10_000, 20_000, 30_000, 40_000, 50_000].map { .compared($0, of: 50_000) }
        )
    }
}

/// The hash of a table.
@Suite struct TableDigestTests {
    private static func digest(_ rows: [[SQLValue]]) -> TableDigest {
        var digest = TableDigest()
        for row in rows { SQLCells.with(row) { digest.add($0) } }
        return digest
    }

    private static let rows: [[SQLValue]] = [
        [.integer(1), .text("a"), .null], [.integer(2), .text("b"), .real(0.5)], [.integer(3), .text(""), .bytes([1])],
    ]

    @Test func `it does not depend on the order of the rows`() {
        #expect(Self.digest(Self.rows) == Self.digest(Self.rows.reversed()))
        #expect(Self.digest(Self.rows).text.count == 64)
    }

    @Test func `it changes with every value, type and row`() {
        let whole = Self.digest(Self.rows)
        #expect(Self.digest(Array(Self.rows.dropLast())) != whole)
        #expect(Self.digest(Self.rows + [Self.rows[0]]) != whole)
        // An exclusive or would not see these.
        #expect(Self.digest(Self.rows + [[.null], [.null]]).text != whole.text)
        let others: [[SQLValue]] = [
            [.integer(1), .text("a"), .text("")], [.text("1"), .text("a"), .null], [.integer(1), .bytes([97]), .null],
            [.real(1), .text("a"), .null], [.integer(1), .null, .text("a")], [.integer(1), .text("a")],
        ]
        for other in others { #expect(Self.digest([other] + Self.rows.dropFirst()) != whole) }
        // Where one value ends and the next begins.
        #expect(Self.digest([[.text("ab"), .text("c")]]) != Self.digest([[.text("a"), .text("bc")]]))
    }

    @Test func `both zeros are one`() {
        #expect(Self.digest([[.real(-0.0)]]) == Self.digest([[.real(0)]]))
    }
}

/// Values in the form in which a driver hands them over.
private enum SQLCells {
    static func with(_ values: [SQLValue], _ body: (UnsafeBufferPointer<SQLCell>) -> Void) {
        var cells: [SQLCell] = []
        var kept: [UnsafeMutableBufferPointer<UInt8>] = []
        func keep(_ bytes: some Collection<UInt8>) -> UnsafeBufferPointer<UInt8> {
            let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
            _ = buffer.initialize(from: bytes)
            kept.append(buffer)
            return UnsafeBufferPointer(buffer)
        }
        for value in values {
            switch value {
            case .null: cells.append(.null)
            case .integer(let integer): cells.append(.integer(integer))
            case .real(let number): cells.append(.real(number))
            case .text(let text): cells.append(.text(keep(text.utf8)))
            case .bytes(let bytes): cells.append(.bytes(keep(bytes)))
            }
        }
        cells.withUnsafeBufferPointer(body)
        for buffer in kept { buffer.deallocate() }
    }
}
