/// Reading statements, offered by both kinds of transaction.
///
/// Statements are written in the SQL that SQLite and PostgreSQL share, with parameters `$1`, `$2`, … that are bound
/// by their number whatever their order in the text, and are prepared once per connection.
package protocol SQLReading {
    /// The connection underneath; opaque outside of drivers.
    var connection: SQLConnection { get }
}

/// A connection inside a transaction.
///
/// Only `Storage` can look inside.
package struct SQLConnection {
    let runner: any SQLRunner
}

/// How much of an answer is wanted, which a driver may use to fetch it in the cheapest way.
package enum SQLExtent: Sendable {
    /// The first row.
    case first
    /// All rows, which the caller keeps anyway.
    case all
    /// All rows, one after another, perhaps more than fit into memory.
    case stream
}

/// Runs statements on one connection of a database, inside a transaction.
package protocol SQLRunner: AnyObject {
    /// Whether the files of the database are this program's to look after.
    var keepsFiles: Bool { get }

    /// Runs a statement and hands over its rows in their order until `body` returns false.
    ///
    /// `body` may run further statements on the same connection, whatever the extent.
    func query(
        _ sql: String,
        _ arguments: [SQLValue],
        _ extent: SQLExtent,
        _ body: (SQLRow) throws -> Bool
    ) throws

    /// Runs a statement and answers the number of rows it changed.
    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int

    /// Runs a statement now or together with the next one; its failure may be thrown there, and at the latest before the
    /// commit.
    func post(_ sql: String, _ arguments: [SQLValue]) throws

    /// See ``WriteTransaction/post(_:_:answering:with:)``.
    func post(_ write: RowWrite) throws

    /// Whether every answer is a round trip away, so that ``prefetch(_:)`` is worth its questions.
    var isRemote: Bool { get }

    /// See ``SQLReading/prefetch(_:)``.
    func prefetch(_ questions: [SQLQuestion])
}

extension SQLRunner {
    package func post(_ write: RowWrite) throws { try post(write.sql, write.arguments) }

    package var isRemote: Bool { false }

    package func prefetch(_ questions: [SQLQuestion]) {}
}

extension SQLReading {
    /// Hands every row of the answer to `body`, in the statement's order, without keeping them.
    package func forEach(
        _ sql: String,
        _ arguments: [SQLValue] = [],
        _ body: (SQLRow) throws -> Void
    ) throws {
        try connection.runner.query(sql, arguments, .stream) { row in
            try body(row)
            return true
        }
    }

    /// The mapped rows of the answer, in the statement's order.
    package func rows<T>(
        _ sql: String,
        _ arguments: [SQLValue] = [],
        _ map: (SQLRow) throws -> T
    ) throws -> [T] {
        var result: [T] = []
        try connection.runner.query(sql, arguments, .all) { row in
            result.append(try map(row))
            return true
        }
        return result
    }

    /// The first row of the answer, mapped; nil when there is none.
    package func first<T>(
        _ sql: String,
        _ arguments: [SQLValue] = [],
        _ map: (SQLRow) throws -> T
    ) throws -> T? {
        var result: T?
        try connection.runner.query(sql, arguments, .first) { row in
            result = try map(row)
            return false
        }
        return result
    }
}

/// A consistent view of the store.
///
/// Valid only inside the closure of ``Store/read(_:)``.
package struct ReadTransaction: SQLReading {
    package let connection: SQLConnection

    /// For drivers.
    package init(_ runner: any SQLRunner) { connection = SQLConnection(runner: runner) }
}

/// The one writer's transaction: all of it is committed, or none.
///
/// Valid only inside the closure of ``Store/write(durability:_:)``.
package struct WriteTransaction: SQLReading {
    package let connection: SQLConnection
    let news: CommitNews

    /// For drivers.
    package init(_ runner: any SQLRunner, news: CommitNews) {
        connection = SQLConnection(runner: runner)
        self.news = news
    }

    /// Has the commit wake those who wait for news of a log (``Store/commits(to:)``); a transaction that is undone wakes
    /// nobody, or for nothing.
    package func announce(_ log: String) { news.logs.insert(log) }

    /// Runs a statement and answers the number of rows it changed.
    @discardableResult
    package func execute(_ sql: String, _ arguments: [SQLValue] = []) throws -> Int {
        try connection.runner.execute(sql, arguments)
    }

    /// Runs a statement whose count nobody needs; later statements of the transaction see what it did.
    ///
    /// A database server is told of it together with the next statement or the commit, which then throw its failure: it costs no
    /// time on the way.
    package func post(_ sql: String, _ arguments: [SQLValue] = []) throws {
        try connection.runner.post(sql, arguments)
    }

    /// Writes the one row that a question asks for, such as a count that nearly every transaction reads and raises.
    ///
    /// Transactions that are committed together ask a database server once and write once: until the commit, or a statement that
    /// is about the same table, the question is answered with `columns`.
    ///
    /// - Parameters:
    ///   - sql: a statement that inserts or changes that row and no other.
    ///   - arguments: those of the statement.
    ///   - question: one whose answer is that row; other questions of the same text, with other arguments, are about other rows.
    ///   - columns: what it answers from now on, integers and texts.
    /// - Throws: ``StorageError``; the failure of the statement may be thrown by a later one, at the latest by the commit.
    package func post(
        _ sql: String,
        _ arguments: [SQLValue],
        answering question: SQLQuestion,
        with columns: KeyValuePairs<StaticString, SQLValue>
    ) throws {
        try connection.runner.post(
            RowWrite(sql: sql, arguments: arguments, question: question, columns: columns)
        )
    }
}

/// A statement that writes the row which answers a question, and that answer.
package struct RowWrite {
    package let sql: String
    package let arguments: [SQLValue]
    package let question: SQLQuestion
    package let columns: KeyValuePairs<StaticString, SQLValue>
}

/// The changes of one transaction that others follow.
package final class CommitNews {
    /// The logs that were appended to.
    package internal(set) var logs: Set<String> = []
    /// Whether rows of a topic were changed.
    package internal(set) var hasTouchedTopics = false

    package init() {}
}
