internal import CLibPQ
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
    }

    /// Questions that go out with the next one that has to be asked.
    private(set) var waiting: [SQLQuestion] = []
    private var known: [Known] = []

    mutating func add(_ questions: [SQLQuestion]) {
        for question in questions where waiting.count < Self.maximum && !waiting.contains(question) {
            waiting.append(question)
        }
    }

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
        if known.count >= Self.maximum { known.removeFirst() }
        known.append(Known(question: question, answer: answer))
    }

    /// Forgets what a statement may have changed.
    mutating func forget(writtenBy sql: String) {
        guard !known.isEmpty else { return }
        guard let table = Self.tableWritten(by: sql) else { return known = [] }
        // A name that only looks like it costs a trip, nothing else.
        known.removeAll { Self.mentions($0.question.sql, table) }
    }

    /// Whether a text has another one in it; by bytes, since this runs for every statement that writes.
    private static func mentions(_ sql: String, _ name: Substring) -> Bool {
        var (sql, name) = (sql, name)
        return sql.withUTF8 { sql in
            name.withUTF8 { name in
                guard let first = name.first, name.count <= sql.count else { return false }
                return (0...(sql.count - name.count)).contains { start in
                    sql[start] == first && sql[start..<(start + name.count)].elementsEqual(name)
                }
            }
        }
    }

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

    deinit { PQclear(result) }

    /// Calls `body` with libpq's result, which is valid until it returns.
    func read<T>(_ body: (OpaquePointer) throws -> T) rethrows -> T {
        try withExtendedLifetime(self) { try body(result) }
    }
}
