internal import CLibPQ
internal import Storage

extension PostgresConnection: SQLRunner {
    var keepsFiles: Bool { false }

    /// Runs a statement and hands its rows over.
    ///
    /// An answer is taken as a whole, or row by row where the caller keeps none of it: it may be longer than what fits into
    /// memory.
    func query(
        _ sql: String,
        _ arguments: [SQLValue],
        _ extent: SQLExtent,
        _ body: (SQLRow) throws -> Bool
    ) throws {
        let question = SQLQuestion(sql, arguments)
        if let known = foresight.answer(to: question) {
            if stop?.isCancelled == true { throw CancellationError() }
            return try known.read { try handOver($0, sql, body) }
        }
        let wasForeseen = foresight.waiting.contains(question)
        var failure = try start(sql, arguments)
        if case .stream = extent, !wasForeseen, failure == nil, PQsetSingleRowMode(handle) == 1 {
            return try handOver(PostgresStream(self), sql, body)
        }
        let answer = try takeAnswer(&failure).map(PostgresAnswer.init)
        try takeSync()
        if let failure { throw told(failure) }
        guard let answer else { return }
        answer.read(note)
        // Whoever foresaw it may not be the only one who asks.
        if wasForeseen { foresight.note(answer, to: question) }
        try answer.read { try handOver($0, sql, body) }
    }

    var isRemote: Bool { true }

    func prefetch(_ questions: [SQLQuestion]) { foresight.add(questions) }

    /// Hands over the rows of an answer that is here as a whole.
    private func handOver(_ answer: OpaquePointer, _ sql: String, _ body: (SQLRow) throws -> Bool) throws {
        let count = PQntuples(answer)
        guard count > 0 else { return }
        let columns = columns(of: sql, answer)
        let positions = ColumnPositions(columns)
        for row in 0..<count {
            guard try hand(answer, row, columns, positions, body) else { return }
        }
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        var failure = try start(sql, arguments)
        let answer = try takeAnswer(&failure)
        defer { PQclear(answer) }
        try takeSync()
        if let failure { throw told(failure) }
        guard let answer else { return 0 }
        note(answer)
        return PQcmdTuples(answer).flatMap { Int(String(cString: $0)) } ?? 0
    }

    private func handOver(_ stream: PostgresStream, _ sql: String, _ body: (SQLRow) throws -> Bool) throws {
        self.stream = stream
        // What nobody wants any more still has to be taken off the connection.
        defer { stream.drop() }
        var known: (columns: PostgresColumns, positions: ColumnPositions)?
        while let result = try stream.next() {
            defer { PQclear(result) }
            let columns = known?.columns ?? columns(of: sql, result)
            let positions = known?.positions ?? ColumnPositions(columns)
            known = (columns, positions)
            guard try hand(result, 0, columns, positions, body) else { return }
        }
    }

    private func hand(
        _ result: OpaquePointer,
        _ row: Int32,
        _ columns: PostgresColumns,
        _ positions: ColumnPositions,
        _ body: (SQLRow) throws -> Bool
    ) throws -> Bool {
        let types = columns.types
        return try withUnsafeTemporaryAllocation(of: SQLCell.self, capacity: max(types.count, 1)) { cells in
            guard let start = cells.baseAddress else { return false }
            for column in types.indices {
                let cell = PostgresCells.cell(result, row: row, column: Int32(column), type: types[column])
                (start + column).initialize(to: cell)
            }
            positions.beginRow()
            return try body(SQLRow(start, positions))
        }
    }

    /// Notes whether a statement has changed anything.
    func note(_ answer: OpaquePointer) {
        guard !hasChanged, let said = PQcmdStatus(answer), let rows = PQcmdTuples(answer) else { return }
        let (command, changed) = (String(cString: said), String(cString: rows))
        hasChanged = !command.hasPrefix("SELECT") && changed != "0"
    }

    /// The failure as the caller has to see it: a statement that was cancelled ends as the task does.
    func told(_ failure: StorageError) -> any Error { stop?.isCancelled == true ? CancellationError() : failure }
}

/// An answer that is read row by row.
///
/// A statement that comes between has its rest read into memory first: a connection has one answer at a time.
final class PostgresStream {
    private unowned let connection: PostgresConnection
    private var held: [OpaquePointer] = []
    /// How many of `held` were handed over.
    private var taken = 0
    private var isComplete = false
    private var failure: StorageError?

    init(_ connection: PostgresConnection) { self.connection = connection }

    deinit { for result in held[taken...] { PQclear(result) } }

    /// The next row, to be cleared; nil after the last one.
    func next() throws -> OpaquePointer? {
        if taken < held.count {
            taken += 1
            return held[taken - 1]
        }
        if let row = try receive() { return row }
        if let failure { throw connection.told(failure) }
        return nil
    }

    /// Reads the rest into memory.
    ///
    /// - Throws: ``StorageError`` `statement` when it is too long for that.
    func hold() throws {
        var bytes = 0
        while let row = try receive() {
            held.append(row)
            bytes += Int(PQresultMemorySize(row))
            guard bytes <= PostgresConnection.maximumHeldBytes else {
                drop()
                throw StorageError(
                    code: .statement,
                    message: "a statement runs between the rows of an answer that is too long to be held"
                )
            }
        }
    }

    /// Reads the rest and forgets it.
    func drop() {
        while let row = try? receive() { PQclear(row) }
    }

    private func receive() throws -> OpaquePointer? {
        guard !isComplete else { return nil }
        do {
            while let result = try connection.takeResult() {
                switch PQresultStatus(result) {
                case PGRES_SINGLE_TUPLE: return result
                case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_PIPELINE_ABORTED: PQclear(result)
                default:
                    failure = failure ?? PostgresError.error(of: result)
                    PQclear(result)
                }
            }
            complete()
            try connection.takeSync()
        } catch {
            complete()
            throw error
        }
        return nil
    }

    private func complete() {
        isComplete = true
        if connection.stream === self { connection.stream = nil }
    }
}
