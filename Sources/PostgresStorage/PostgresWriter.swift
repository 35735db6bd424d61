import Foundation
internal import Storage

/// The only place where write transactions begin and end.
///
/// Rules that hold over all nodes:
/// - A transaction locks the row of `store_head` before anything else, at READ COMMITTED. So there is one writer at a time, as
///   with SQLite; each statement sees all that was committed before the lock was granted, there are no deadlocks, and the
///   numbers of commits have no gaps.
/// - Bodies that wait are committed together. Where one has failed after it had written, all run again, each in a savepoint.
/// - A transaction that has changed nothing is undone: it takes no number and waits for no device.
/// - Every commit waits for the device, whatever durability is asked for. The end of the database's process would lose
///   commits that do not, while SQLite's survive the end of ours.
/// - A history that was lost with the last commits ends before anything else is written: the first transaction on a connection
///   compares which database it is, every one compares the number of the last commit (``PostgresHead/goingOn(_:after:in:)``).
/// - A node that is frozen while it holds the lock loses its transaction after ``PostgresSettings/pauseLimit``.
///
/// Unchecked: the connection is used under the lock only.
final class PostgresWriter: @unchecked Sendable {
    private static let begin = "BEGIN ISOLATION LEVEL READ COMMITTED"
    private static let savepoint = "body"

    let known = KnownRevisions()
    private let gate: PostgresGate
    private let position: PostgresPosition
    private let listeners: CommitListeners
    private let committed: @Sendable () -> Void
    private let lock = NSLock()
    private var session: PostgresSession?
    private var isClosed = false

    /// Makes a writer that calls `committed` after each commit.
    init(
        _ gate: PostgresGate,
        _ position: PostgresPosition,
        _ listeners: CommitListeners,
        committed: @escaping @Sendable () -> Void
    ) {
        (self.gate, self.position, self.listeners, self.committed) = (gate, position, listeners, committed)
    }

    /// Runs the bodies in their order and commits them together; one that throws among several is undone alone.
    ///
    /// At first none has a savepoint, and what it writes goes out with what the next one asks. That is enough while bodies that
    /// throw have written nothing and the database refuses nothing. Otherwise all are run again, carefully.
    func commit(_ batch: CommitBatch) throws {
        try transact { transaction, connection, retries in
            // While this node waited for the others, more have come.
            batch.join()
            guard batch.jobs.count > 1 else {
                retries.beCareful()
                for job in batch.jobs { try job.perform(in: transaction) }
                return
            }
            for job in batch.jobs {
                if retries.isCareful {
                    try Self.performCarefully(job, transaction, connection, retries)
                } else {
                    try Self.perform(job, transaction, connection)
                }
            }
        }
    }

    /// Runs a body and commits it, on the calling thread.
    func commitNow<T>(_ body: (WriteTransaction) throws -> T) throws -> T {
        var result: Result<T, any Error>?
        try transact { transaction, _, retries in
            retries.beCareful()
            result = .success(try body(transaction))
        }
        guard let result else { throw StorageError(code: .statement, message: "a transaction ended without a result") }
        return try result.get()
    }

    func close() {
        lock.withLock {
            isClosed = true
            session?.connection.close()
            session = nil
        }
    }

    /// Runs one of several bodies; what it throws is its own affair if it has written nothing.
    private static func perform(
        _ job: CommitJob,
        _ transaction: WriteTransaction,
        _ connection: PostgresConnection
    ) throws {
        connection.beginBody()
        do {
            try job.perform(in: transaction)
            connection.foresight.forgetWaiting()
            try connection.sendAhead()
        } catch {
            // After a refusal the transaction is of no use, and whose statement was refused is not known.
            if connection.isLost || PostgresRetries.isOfTheWhole(error) { throw error }
            guard connection.takeBackBody() else { throw PostgresRetries.Undone() }
            job.fail(with: error)
        }
    }

    /// Runs one of several bodies in a savepoint; what it throws is its own affair, unless all of them have to be run again.
    private static func performCarefully(
        _ job: CommitJob,
        _ transaction: WriteTransaction,
        _ connection: PostgresConnection,
        _ retries: PostgresRetries
    ) throws {
        var isSecond = false
        while true {
            connection.beginBody()
            connection.later("SAVEPOINT \(savepoint)")
            do {
                try job.perform(in: transaction)
                // What fails among the statements that were kept back is this body's failure, and what it foresaw its own affair.
                try connection.flush()
                connection.foresight.forgetAll()
                // Neither is sent where the body had no statement.
                if !connection.takeBack("SAVEPOINT \(savepoint)") {
                    connection.later("RELEASE SAVEPOINT \(savepoint)")
                }
                return
            } catch {
                if connection.isLost || retries.isWholeRepeated(after: error) { throw error }
                connection.undo(savepoint)
                // Once more: who comes second has to find what the first one has inserted.
                if !isSecond, PostgresError.state(of: error) == PostgresError.duplicate {
                    isSecond = true
                    continue
                }
                return job.fail(with: error)
            }
        }
    }

    // MARK: One transaction

    private typealias Body = (WriteTransaction, PostgresConnection, inout PostgresRetries) throws -> Void

    /// Runs a transaction, again where the database asks for that and where it was lost before its commit was sent.
    private func transact(_ body: Body) throws {
        lock.lock()
        defer { lock.unlock() }
        var retries = PostgresRetries()
        while true {
            if isClosed { throw Store.closed }
            do { return try attempt(body, &retries) } catch is PostgresRetries.Undone {
                retries.beCareful()
            } catch let error as StorageError {
                guard retries.take(error) else { throw error }
                if retries.isStale { session?.connection.forgetStatements() }
                // This thread is the writer's own; the others that wait would meet the same conflict.
                if let pause = retries.pause { usleep(pause) }
            }
        }
    }

    private func attempt(_ body: Body, _ retries: inout PostgresRetries) throws {
        let session = try self.session ?? openSession()
        let connection = session.connection
        do {
            connection.watch(nil)
            connection.begin(Self.begin)
            var head = try PostgresHead.locked(on: connection)
            connection.hasChanged = false
            let news = CommitNews()
            let transaction = WriteTransaction(connection, news: news)
            if !session.isKnown || head.commits < position.commits {
                head = try head.goingOn(session.place, after: position.commits, in: transaction)
            }
            try body(transaction, connection, &retries)
            let revisions = news.hasTouchedTopics ? try Store.revisions(in: transaction) : nil
            // What is kept back goes out with the commit, and is taken for a change: asking first would cost a trip.
            guard connection.hasChanged || connection.hasPosted else {
                session.isKnown = true
                return connection.rollBack()
            }
            try commit(session, head)
            session.isKnown = true
            noteCommit(head.commits + 1, revisions, news)
        } catch {
            connection.rollBack()
            // A server that has become a standby answers, but not with commits.
            if connection.isLost || (error as? StorageError)?.code == .unavailable { self.session = nil }
            throw error
        }
        if connection.isLost { self.session = nil }
    }

    private func openSession() throws -> PostgresSession {
        let new = try PostgresSession(gate)
        session = new
        return new
    }

    private func commit(_ session: PostgresSession, _ head: PostgresHead) throws {
        do {
            session.connection.keepLate { _ in true }
            let said = try session.connection.perform([PostgresHead.step, "COMMIT"])
            // A transaction in which a statement has failed is undone by its commit, which says so.
            guard said == "COMMIT" else {
                throw StorageError(code: .statement, message: "a transaction went on after a statement had failed")
            }
        } catch  where session.connection.isLost {
            self.session = nil
            switch PostgresOutcome.find(head, session, gate) {
            case .committed: return
            case .undone: throw error
            case .unknown:
                throw StorageError(
                    code: .outcomeUnknown,
                    message: "the database was lost during a commit, and whether it has happened is not known",
                    cause: error
                )
            }
        }
    }

    private func noteCommit(_ number: Int64, _ revisions: TopicRevisions?, _ news: CommitNews) {
        known.noteCommit(
            revisions,
            from: PostgresPosition.mark(number - 1),
            to: PostgresPosition.mark(number)
        )
        position.saw(number)
        listeners.tell(news)
        committed()
    }
}

/// A connection that writes, and which database it leads to.
final class PostgresSession {
    let connection: PostgresConnection
    /// The timeline of the server: another one after a standby was promoted or a backup restored.
    ///
    /// Nil where the server does not tell.
    let timeline: String?
    let place: String
    /// Whether it is the database in which the present history goes on.
    var isKnown = false

    init(_ gate: PostgresGate) throws {
        connection = try gate.open(for: .writing)
        timeline = try PostgresPlace.timeline(on: connection)
        place = try PostgresPlace.text(on: connection)
    }
}

/// The row that every write transaction locks first.
struct PostgresHead {
    /// The number of the last commit.
    let commits: Int64
    /// The transaction that has locked the row.
    let transaction: String

    /// The table of the row, which only this driver has.
    static let table = "store_head"
    static let migration = Migration(
        "postgres-1",
        [
            // Room for new versions of the row in its page, so that no index changes with it.
            """
            CREATE TABLE store_head (
                id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
                commits BIGINT NOT NULL
            ) WITH (fillfactor = 10)
            """,
            "INSERT INTO store_head (id, commits) VALUES (1, 0)",
        ]
    )
    /// Asks for the last commit and for the time, in microseconds since 1970.
    static let question = """
        SELECT commits, CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) AS microseconds
        FROM store_head WHERE id = 1
        """

    /// The number of the last commit; notes the time.
    static func look(on connection: PostgresConnection, _ time: StoreTime) throws -> Int64 {
        var commits: Int64?
        try time.measure {
            let answer = try ReadTransaction(connection).first(question) {
                (try $0.integer("commits"), try $0.integer("microseconds"))
            }
            guard let answer else { throw StorageError(code: .corrupt, message: "the row of store_head is missing") }
            commits = answer.0
            return answer.1
        }
        return commits ?? 0
    }

    /// Takes the next number.
    static let step = "UPDATE store_head SET commits = commits + 1 WHERE id = 1"

    /// Waits for the writers of all nodes that came before.
    static func locked(on connection: PostgresConnection) throws -> PostgresHead {
        let transaction = ReadTransaction(connection)
        let head = try transaction.first(
            "SELECT commits, CAST(pg_current_xact_id() AS TEXT) AS own FROM store_head WHERE id = 1 FOR UPDATE"
        ) { PostgresHead(commits: try $0.integer("commits"), transaction: try $0.text("own")) }
        guard let head else { throw StorageError(code: .corrupt, message: "the row of store_head is missing") }
        return head
    }

    /// Begins another history where the one that is recorded cannot go on in this database, so that nothing is numbered as
    /// something that was lost.
    ///
    /// - Parameters:
    ///   - place: which database it is.
    ///   - known: the number of a commit that this node has seen.
    ///   - transaction: one that holds the row.
    /// - Returns: the head to go on from.
    /// - Throws: ``StorageError``.
    func goingOn(_ place: String, after known: Int64, in transaction: WriteTransaction) throws -> PostgresHead {
        let epoch = try Store.epoch(in: transaction)
        if let epoch, epoch.place == place, commits >= known { return self }
        let now = try transaction.first(Self.question) { try $0.integer("microseconds") } ?? 0
        // A store that was copied into this database names none; it goes on.
        let isLost = epoch != nil && (epoch?.place != nil || commits < known)
        let start = try Store.beginEpoch(
            isNew: isLost,
            place: place,
            above: max(commits, known),
            now: now,
            in: transaction
        )
        if let start {
            // Nodes compare numbers of commits, too.
            try transaction.execute("UPDATE store_head SET commits = $1 WHERE id = 1", [.integer(start)])
            return PostgresHead(commits: start, transaction: self.transaction)
        }
        if let epoch, epoch.place == nil {
            try transaction.execute(
                "UPDATE epochs SET place = $1 WHERE number = $2",
                [.text(place), .integer(epoch.number)]
            )
        }
        return self
    }
}
