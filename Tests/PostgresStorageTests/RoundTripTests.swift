import Foundation
import Storage
import TestStores
import Testing

@testable import PostgresStorage

/// How often a transaction waits for the database.
@Suite(.enabled(if: PostgresServer.isInstalled, PostgresServer.absenceComment), .timeLimit(.minutes(1)))
struct RoundTripTests {
    private let connection: PostgresConnection
    private let nodes: Nodes

    init() throws {
        nodes = try Nodes()
        // Makes the tables.
        _ = try nodes.node()
        try nodes.sql("INSERT INTO things (id, name) VALUES (1, 'one')")
        try nodes.sql("INSERT INTO counters (name, value) VALUES ('n', 7)")
        let settings = PostgresSettings(address: nodes.server.address(of: nodes.database))
        connection = try PostgresConnection(settings, for: .writing)
    }

    private static let thing = SQLQuestion("SELECT name FROM things WHERE id = $1", [1])
    private static let counter = SQLQuestion("SELECT value FROM counters WHERE name = $1", ["n"])

    /// The trips of a body in a transaction.
    private func trips(_ body: (WriteTransaction) throws -> Void) throws -> Int {
        connection.begin("BEGIN")
        let before = connection.roundTrips
        try body(WriteTransaction(connection, news: CommitNews()))
        let trips = connection.roundTrips - before
        connection.rollBack()
        return trips
    }

    private func name(_ transaction: WriteTransaction) throws -> String? {
        try transaction.first(Self.thing) { try $0.text("name") }
    }

    private func number(_ transaction: WriteTransaction) throws -> Int64? {
        try transaction.first(Self.counter) { try $0.integer("value") }
    }

    @Test func `questions that were foreseen are answered in one trip, others in one each`() throws {
        let asked = try trips { transaction throws in
            #expect(try name(transaction) == "one")
            #expect(try number(transaction) == 7)
        }
        let foreseen = try trips { transaction throws in
            transaction.prefetch { [Self.thing, Self.counter] }
            #expect(try name(transaction) == "one")
            #expect(try number(transaction) == 7)
            #expect(try name(transaction) == "one")
        }
        #expect(asked == 2)
        #expect(foreseen == 1)
    }

    @Test func `a statement that writes a table has its answers asked for again, and no others`() throws {
        let trips = try trips { transaction throws in
            transaction.prefetch { [Self.thing, Self.counter] }
            _ = try name(transaction)
            try transaction.post("UPDATE things SET name = 'two' WHERE id = 1")
            #expect(try number(transaction) == 7)
            #expect(try name(transaction) == "two")
        }
        #expect(trips == 2)
    }

    @Test func `a count is read once and written with the commit, however often it is raised`() throws {
        let trips = try trips { transaction throws in
            for count in 0..<5 {
                #expect(try Store.next("n", in: transaction) == Int64(8 + count))
                _ = try Store.next("m", in: transaction)
            }
        }
        #expect(trips == 2)
        // It was undone.
        _ = try self.trips { transaction throws in #expect(try number(transaction) == 7) }
    }

    @Test func `what was written last is not asked for beforehand, nor forgotten for other answers`() throws {
        let trips = try trips { transaction throws in
            for count in 0..<5 {
                transaction.prefetch { [Self.counter, Self.thing] }
                #expect(try Store.next("n", in: transaction) == Int64(8 + count))
                transaction.prefetch {
                    (0..<20).map { SQLQuestion("SELECT name FROM things WHERE id = $1", [.integer(Int64($0))]) }
                }
                _ = try name(transaction)
                try transaction.post("UPDATE things SET name = 'two' WHERE id = 1")
            }
            #expect(connection.late.map(\.write.arguments) == [[.text("n"), .integer(12)]])
        }
        #expect(trips == 5)
    }

    @Test func `whoever asks for the table of a count in another way sees it`() throws {
        let trips = try trips { transaction throws in
            _ = try Store.next("n", in: transaction)
            let next = try transaction.first("SELECT value + 1 AS next FROM counters WHERE name = 'n'") {
                try $0.integer("next")
            }
            #expect(next == 9)
        }
        #expect(trips == 2)
    }

    @Test func `a question that nobody asks costs no trip`() throws {
        let trips = try trips { $0.prefetch { [Self.thing] } }
        #expect(trips == 0)
    }

    @Test func `what an answer tells of is forgotten with its savepoint`() throws {
        let trips = try trips { transaction throws in
            connection.later("SAVEPOINT body")
            try transaction.execute("UPDATE things SET name = 'two' WHERE id = 1")
            transaction.prefetch { [Self.thing] }
            #expect(try number(transaction) == 7)
            connection.undo("body")
            #expect(try name(transaction) == "one")
        }
        #expect(trips == 3)
    }

    /// A plan that was made for an empty table would be kept while it grows.
    @Test(arguments: [true, false])
    func `plans are made anew after a while, and the statements stay prepared`(isAged: Bool) throws {
        connection.planAge = isAged ? .zero : .seconds(3_600)
        var uses: [Int64] = []
        for _ in 0..<20 {
            _ = try trips { _ = try name($0) }
            connection.begin("BEGIN")
            let known = try ReadTransaction(connection).first(
                "SELECT generic_plans + custom_plans AS uses FROM pg_prepared_statements WHERE statement = $1",
                [.text(Self.thing.sql)]
            ) { try $0.integer("uses") }
            uses.append(try #require(known))
            connection.rollBack()
        }
        #expect(uses == Array(1...20))
    }

    @Test(arguments: [
        ("INSERT INTO things (id) VALUES (1)", "things"), ("INSERT INTO things(id) VALUES (1)", "things"),
        ("UPDATE things_2 SET a = 1", "things_2"), ("DELETE FROM\n    things\nWHERE a = 1", "things"),
        ("UPDATE ONLY things SET a = 1", nil), ("DELETE FROM \"things\" WHERE a = 1", nil),
        ("INSERT INTO public.things VALUES (1)", nil), ("TRUNCATE things, others", nil), ("DELETE", nil),
        ("WITH a AS (SELECT 1) INSERT INTO things SELECT * FROM a", nil), ("CREATE TABLE things (id BIGINT)", nil),
    ])
    func `the table that a statement writes`(statement: String, table: String?) {
        #expect(PostgresForesight.tableWritten(by: statement).map(String.init) == table)
    }
}
