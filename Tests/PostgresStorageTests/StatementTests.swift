import Foundation
import PostgresStorage
import Storage
import TestStores
import Testing

/// Statements, their arguments and their answers.
@Suite(.enabled(if: PostgresServer.isInstalled, PostgresServer.absenceComment), .timeLimit(.minutes(2)))
struct StatementTests {
    @Test func `values of every kind come back as they were`() async throws {
        let store = try Nodes().node()
        try await store.write { transaction in
            try transaction.execute("CREATE TABLE kinds (id BIGINT, whole BIGINT, real DOUBLE PRECISION, text TEXT)")
        }
        var random = SystemRandomNumberGenerator()
        let reals: [Double] = [0, -0.0, .pi, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity]
        for number in Int64(0)..<100 {
            let whole = ([Int64.min, .max, 0, -1].randomElement() ?? 0) ^ Int64.random(in: -9...9, using: &random)
            let real = reals.randomElement() ?? 0
            let scalars = (0..<20).compactMap { _ in UnicodeScalar(UInt32.random(in: 1...0x2FFF)) }
            let text = String(String.UnicodeScalarView(scalars))
            let values: [SQLValue] = [.integer(number), .integer(whole), .real(real), .text(text)]
            try await store.write { _ = try $0.execute("INSERT INTO kinds VALUES ($1, $2, $3, $4)", values) }
            let stored = try await store.read { transaction in
                try transaction.first("SELECT * FROM kinds WHERE id = $1", [.integer(number)]) { row in
                    try ["id", "whole", "real", "text"].map { try row.argument(named: $0) }
                }
            }
            #expect(stored == values)
        }
    }

    /// Sums are of a type that the module reads itself; the database's own text is the other opinion.
    @Test func `numbers of any length are those that the database shows`() async throws {
        let store = try Nodes().node()
        var texts = [
            "0", "1", "-1", "9999", "10000", "-10000", "10001", "100000000", "9223372036854775807",
            "-9223372036854775808", "9223372036854775808", "1e30", "0.5", "-0.0001", "12345678.000100", "1.0", "NaN",
        ]
        for _ in 0..<300 {
            let digits = (0..<Int.random(in: 1...30)).map { _ in String(Int.random(in: 0...9)) }.joined()
            let decimals = (0..<Int.random(in: 0...12)).map { _ in String(Int.random(in: 0...9)) }.joined()
            texts.append((Bool.random() ? "-" : "") + digits + (decimals.isEmpty ? "" : "." + decimals))
        }
        for text in texts {
            let value = try await store.read { transaction in
                try transaction.first("SELECT CAST($1 AS NUMERIC) AS number", [.text(text)]) {
                    try $0.argument(named: "number")
                }
            }
            if let whole = Int64(text) {
                #expect(value == .integer(whole), "\(text)")
            } else if text == "NaN" {
                guard case .real(let number) = value else { throw CancellationError() }
                #expect(number.isNaN)
            } else {
                #expect(value == Double(text).map { .real($0) }, "\(text)")
            }
        }
    }

    @Test func `a text with a NUL is refused and not cut`() async throws {
        let store = try Nodes().node()
        await #expect { _ = try await store.read { try $0.first("SELECT $1 AS it", ["a\0b"]) { _ in true } } } throws: {
            ($0 as? StorageError)?.code == .unstorable
        }
        #expect(try await store.read { try $0.first("SELECT 1 AS one") { try $0.integer("one") } } == 1)
    }

    @Test func `a refused value does not stand in the error`() async throws {
        let store = try Nodes().node()
        await #expect {
            _ = try await store.read { transaction in
                try transaction.first("SELECT id FROM things WHERE id = $1", ["Anna Meyer"]) { _ in true }
            }
        } throws: { error in
            let error = error as? StorageError
            return error?.code == .statement && error?.message.contains("Meyer") == false
        }
    }

    @Test func `statements run between the rows of an answer, which loses none`() async throws {
        let store = try Nodes().node()
        let count: Int64 = 3_000
        try await store.write { transaction in
            try transaction.execute(
                "INSERT INTO things (id, name) SELECT n, 'n' FROM generate_series(1, CAST($1 AS BIGINT)) AS n",
                [.integer(count)]
            )
        }
        let pairs = try await store.read { transaction in
            var pairs: [Int64] = []
            try transaction.forEach("SELECT id FROM things ORDER BY id") { row in
                let id = try row.integer("id")
                guard id % 1_000 == 1 else { return pairs.append(id) }
                // An inner answer that is left early, and one row by row inside it.
                try transaction.forEach("SELECT id FROM things WHERE id > $1 ORDER BY id LIMIT 2", [.integer(id)]) {
                    inner in
                    let same = try transaction.first("SELECT id FROM things WHERE id = $1", [.integer(id)]) {
                        try $0.integer("id")
                    }
                    #expect(try inner.integer("id") > id && same == id)
                }
                // The row itself is still there.
                pairs.append(try row.integer("id"))
            }
            return pairs
        }
        #expect(pairs == Array(1...count))
    }

    @Test func `an answer that is left by an error leaves the connection fit for the next`() async throws {
        struct Enough: Error {}
        let store = try Nodes().node { $0.readers = 1 }
        for _ in 0..<3 {
            await #expect(throws: Enough.self) {
                try await store.read { transaction in
                    try transaction.forEach("SELECT n FROM generate_series(1, 10000) AS n") { row in
                        if try row.integer("n") == 5 { throw Enough() }
                    }
                }
            }
            #expect(try await store.read { try $0.first("SELECT 2 AS two") { try $0.integer("two") } } == 2)
        }
    }

    @Test func `a body that goes on after a failed statement commits nothing`() async throws {
        let nodes = try Nodes()
        let store = try nodes.node()
        await #expect(throws: StorageError.self) {
            try await store.write { transaction in
                try transaction.execute("INSERT INTO things (id) VALUES (1)")
                do { try transaction.execute("INSERT INTO nowhere (id) VALUES (1)") } catch {}
            }
        }
        #expect(try nodes.ids() == [])
    }
}
