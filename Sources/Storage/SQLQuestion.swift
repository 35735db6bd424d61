/// A statement that reads, with its arguments.
package struct SQLQuestion: Sendable, Hashable {
    package let sql: String
    package let arguments: [SQLValue]

    package init(_ sql: String, _ arguments: [SQLValue] = []) { (self.sql, self.arguments) = (sql, arguments) }
}

/// Asking several questions at once.
///
/// A database server is a round trip away, so a transaction that asks one thing after another spends its time waiting, and a writer
/// has everybody else wait with it. What does not depend on an answer is therefore said beforehand:
///
///     transaction.prefetch { [AlertTable.question(of: id), AuditLog.headQuestion] }
///
/// Nothing else changes: whoever asks such a question later, in whatever function, has the answer without a trip. A question
/// that is never asked costs its answer, one that was not foreseen its trip.
extension SQLReading {
    /// Says which questions will probably be asked, in this transaction and before what they are about is written.
    ///
    /// They are sent with the next question that is not answered yet. A statement that writes a table has answers about it
    /// forgotten, so nothing is ever answered as it was before. Questions are ones that begin with `SELECT` and do nothing but read.
    ///
    /// - Parameter questions: makes the questions; not called where each is answered at once anyway.
    package func prefetch(_ questions: () throws -> [SQLQuestion]) rethrows {
        guard connection.runner.isRemote else { return }
        connection.runner.prefetch(try questions())
    }

    /// The first row of the answer, mapped; nil when there is none.
    package func first<T>(_ question: SQLQuestion, _ map: (SQLRow) throws -> T) throws -> T? {
        try first(question.sql, question.arguments, map)
    }

    /// The mapped rows of the answer, in the statement's order.
    package func rows<T>(_ question: SQLQuestion, _ map: (SQLRow) throws -> T) throws -> [T] {
        try rows(question.sql, question.arguments, map)
    }

    /// Hands every row of the answer to `body`, in the statement's order, without keeping them.
    package func forEach(_ question: SQLQuestion, _ body: (SQLRow) throws -> Void) throws {
        try forEach(question.sql, question.arguments, body)
    }
}
