internal import CLibPQ
import Foundation
internal import Storage

/// Questions that a transaction will ask, and the answers that are here already.
///
/// It never outlives a transaction, nor a savepoint that is undone.
struct PostgresForesight {
    /// How many questions and how many answers there are at most; more are not foreseen.
    private static let maximum = 32

    private struct Known {
        let question: SQLQuestion
        let answer: PostgresAnswer
        /// Whether it is that of a row which was written since, and is kept for all bodies.
        let isWritten: Bool
    }

    /// Questions that go out with the next one that has to be asked.
    private(set) var waiting: [SQLQuestion] = []
    private var known: [Known] = []

    mutating func add(_ questions: [SQLQuestion]) {
        for question in questions where waiting.count < Self.maximum {
            // An earlier body may have asked, or written the row that answers it.
            if !waiting.contains(question), answer(to: question) == nil { waiting.append(question) }
        }
    }

    /// Whether a question that waits is about a table, or only looks like it.
    func isWaiting(about table: Substring) -> Bool { waiting.contains { Self.mentions($0.sql, table) } }

    /// The answer to a question, if it is here.
    ///
    /// It stays, for the next one who asks.
    func answer(to question: SQLQuestion) -> PostgresAnswer? { known.first { $0.question == question }?.answer }

    /// Takes the questions that wait, to be sent before a question that is asked now.
    mutating func takeWaiting(before question: SQLQuestion) -> [SQLQuestion] {
        defer { waiting = [] }
        return waiting.filter { $0 != question }
    }

    mutating func note(_ answer: PostgresAnswer, to question: SQLQuestion) {
        note(answer, to: question, isWritten: false)
    }

    private mutating func note(_ answer: PostgresAnswer, to question: SQLQuestion, isWritten: Bool) {
        if known.count >= Self.maximum { known.remove(at: known.firstIndex { !$0.isWritten } ?? known.startIndex) }
        known.append(Known(question: question, answer: answer, isWritten: isWritten))
    }

    /// Forgets what a statement may have changed.
    mutating func forget(writtenBy sql: String) {
        guard !known.isEmpty else { return }
        guard let table = Self.tableWritten(by: sql) else { return known = [] }
        // A name that only looks like it costs a trip, nothing else.
        known.removeAll { Self.mentions($0.question.sql, table) }
    }

    /// Notes the answer to a question whose row is written, and forgets what else may have changed with it.
    mutating func note(_ answer: PostgresAnswer, to question: SQLQuestion, writtenIn table: Substring) {
        known.removeAll {
            $0.question == question || $0.question.sql != question.sql && Self.mentions($0.question.sql, table)
        }
        waiting.removeAll { $0 == question }
        note(answer, to: question, isWritten: true)
    }

    /// Whether a statement is about a table, or only looks like it.
    static func mentions(_ sql: String, _ table: Substring) -> Bool {
        var (sql, table) = (sql, table)
        return sql.withUTF8 { sql in
            table.withUTF8 { table in
                guard let first = table.first, let name = table.baseAddress, var start = sql.baseAddress else {
                    return false
                }
                let end = start + sql.count
                while end - start >= table.count {
                    guard let found = memchr(start, Int32(first), end - start - table.count + 1) else { return false }
                    if memcmp(found, name, table.count) == 0 { return true }
                    start = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) + 1
                }
                return false
            }
        }
    }

    /// Forgets what nobody has asked in the end.
    mutating func forgetWaiting() { waiting = [] }

    mutating func forgetAll() { (waiting, known) = ([], []) }

    /// Whether a statement only reads.
    static func isQuestion(_ sql: String) -> Bool { sql.hasPrefix("SELECT") }

    /// The one table that a statement writes; nil for another kind of statement, and for a name that has to be read with more care.
    ///
    /// The schema has neither views, nor triggers, nor cascades, so no other one changes with it.
    static func tableWritten(by sql: String) -> Substring? {
        let words = sql.split(maxSplits: 3, omittingEmptySubsequences: true) { $0 == " " || $0 == "\n" }
        guard words.count > 2 else { return nil }
        let word: Substring
        switch (words[0], words[1]) {
        case ("INSERT", "INTO"), ("DELETE", "FROM"): word = words[2]
        case ("UPDATE", let table): word = table
        default: return nil
        }
        let name = word.prefix { $0 == "_" || ("a"..."z").contains($0) || ("0"..."9").contains($0) }
        guard !name.isEmpty, name.endIndex == word.endIndex || word[name.endIndex] == "(" else { return nil }
        return name
    }
}

/// An answer of the database, freed with its last owner.
final class PostgresAnswer {
    private let result: OpaquePointer

    init(_ result: OpaquePointer) { self.result = result }

    /// An answer of one row as the database would give it.
    ///
    /// - Throws: ``StorageError`` `statement` for a value of a kind that no such row has.
    init(_ columns: KeyValuePairs<StaticString, SQLValue>, on connection: OpaquePointer) throws {
        guard let result = PQmakeEmptyPGresult(connection, PGRES_TUPLES_OK) else {
            throw PostgresError.lost("no memory is left")
        }
        self.result = result
        var descriptions: [PGresAttDesc] = []
        var values: [[UInt8]] = []
        for (name, value) in columns {
            var description = PGresAttDesc()
            // libpq copies the name.
            let start = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
            description.name = UnsafeMutablePointer(mutating: start)
            description.format = 1
            switch value {
            case .integer(let integer):
                description.typid = PostgresCells.TypeNumber.int64
                values.append(withUnsafeBytes(of: integer.bigEndian) { Array($0) })
            case .text(let text):
                description.typid = PostgresCells.TypeNumber.text
                values.append(Array(text.utf8))
            default:
                throw StorageError(
                    code: .statement,
                    message: "only integers and texts are known before they are written"
                )
            }
            descriptions.append(description)
        }
        var isMade = PQsetResultAttrs(result, Int32(descriptions.count), &descriptions) == 1
        for (column, value) in values.enumerated() where isMade {
            // The bytes are copied. One more than are meant, so that an empty text has an address and is not null.
            isMade = (value + [0]).withUnsafeBytes { bytes in
                let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
                return PQsetvalue(result, 0, Int32(column), start, Int32(value.count)) == 1
            }
        }
        guard isMade else { throw PostgresError.lost("no memory is left") }
    }

    deinit { PQclear(result) }

    /// Calls `body` with libpq's result, which is valid until it returns.
    func read<T>(_ body: (OpaquePointer) throws -> T) rethrows -> T {
        try withExtendedLifetime(self) { try body(result) }
    }
}
