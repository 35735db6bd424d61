import Foundation
import Storage
import TestStores
import Testing

/// Questions that are said beforehand: they are answered as if nobody had.
@Suite struct PrefetchTests {
    private static let tables = ["left_things", "right_things"]
    private static let migrations = [
        Migration("tables", tables.map { "CREATE TABLE \($0) (id BIGINT NOT NULL PRIMARY KEY, value BIGINT NOT NULL)" })
    ]

    /// What one body does, on the store and on a model of it.
    private struct Model {
        var rows: [String: [Int64: Int64]] = ["left_things": [:], "right_things": [:]]

        /// One random statement; says what was answered where that is not as the model has it.
        mutating func step(
            _ transaction: WriteTransaction,
            _ random: inout some RandomNumberGenerator
        ) throws -> String? {
            let table = PrefetchTests.tables.randomElement(using: &random) ?? ""
            let (id, value) = (Int64.random(in: 0...5, using: &random), Int64.random(in: 0...99, using: &random))
            switch Int.random(in: 0...8, using: &random) {
            case 0, 1:
                transaction.prefetch {
                    PrefetchTests.tables.flatMap { [PrefetchTests.sum(of: $0), PrefetchTests.value(of: id, in: $0)] }
                }
            case 2:
                try transaction.post(
                    "INSERT INTO \(table) (id, value) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET value = excluded.value",
                    [.integer(id), .integer(value)]
                )
                rows[table]?[id] = value
            case 7:
                try transaction.post(
                    "INSERT INTO \(table) (id, value) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET value = $2",
                    [.integer(id), .integer(value)],
                    answering: PrefetchTests.value(of: id, in: table),
                    with: ["value": .integer(value)]
                )
                rows[table]?[id] = value
            case 3:
                try transaction.execute("DELETE FROM \(table) WHERE id = $1", [.integer(id)])
                rows[table]?[id] = nil
            case 4:
                try transaction.post("UPDATE \(table) SET value = value + 1 WHERE id = $1", [.integer(id)])
                if let old = rows[table]?[id] { rows[table]?[id] = old + 1 }
            case 5:
                let stored = try transaction.first(PrefetchTests.value(of: id, in: table)) { try $0.integer("value") }
                return stored == rows[table]?[id] ? nil : "\(table) \(id): \(stored.map(String.init) ?? "none")"
            default:
                let stored = try transaction.first(PrefetchTests.sum(of: table)) { try $0.integer("total") }
                let sum = rows[table]?.values.reduce(0, +)
                return stored == sum ? nil : "\(table): \(stored ?? -1), not \(sum ?? -1)"
            }
            return nil
        }
    }

    private static func value(of id: Int64, in table: String) -> SQLQuestion {
        SQLQuestion("SELECT value FROM \(table) WHERE id = $1", [.integer(id)])
    }

    private static func sum(of table: String) -> SQLQuestion {
        SQLQuestion("SELECT CAST(coalesce(sum(value), 0) AS BIGINT) AS total FROM \(table)")
    }

    @Test(arguments: TestEngine.all, 1...6 as ClosedRange<UInt64>)
    func `what was foreseen is answered as it is when it is asked`(engine: TestEngine, seed: UInt64) async throws {
        let store = try engine.place().open(Self.migrations)
        var random = SeededGenerator(seed: seed)
        var model = Model()
        for _ in 0..<60 {
            // Bodies are run again where the database asks for that, so each begins with a copy.
            let (start, generator) = (model, random)
            let (after, left, wrong) = try await store.write { transaction in
                var (model, random) = (start, generator)
                let wrong = try (0..<20).compactMap { _ in try model.step(transaction, &random) }
                return (model, random, wrong)
            }
            #expect(wrong == [])
            (model, random) = (after, left)
        }
        #expect(model.rows.values.contains { !$0.isEmpty })
    }

    /// Bodies that are committed together know nothing of each other's questions, nor of what was undone.
    @Test(arguments: TestEngine.all)
    func `a number that is read beforehand and written is never given twice`(engine: TestEngine) async throws {
        struct Refused: Error {}
        let store = try engine.place().open(Self.migrations)
        let numbers = await withTaskGroup(of: Int64?.self) { group in
            for writer in 0..<200 {
                group.addTask {
                    try? await store.write { transaction in
                        transaction.prefetch { [Store.question(of: "n"), Self.sum(of: "left_things")] }
                        _ = try transaction.first(Self.sum(of: "left_things")) { try $0.integer("total") }
                        let number = try Store.next("n", in: transaction)
                        // Once more, after the question was answered beforehand.
                        guard try Store.next("n", in: transaction) == number + 1 else { return -1 }
                        if writer.isMultiple(of: 3) { throw Refused() }
                        return number
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let taken = numbers.compactMap(\.self).sorted()
        #expect(taken == (0..<Int64(taken.count)).map { 2 * $0 + 1 })
        #expect(taken.count == 133)
    }
}
