internal import CLibPQ
internal import Storage

/// Transactions, and what is kept back until a statement needs it.
extension PostgresConnection {
    /// Begins a transaction with the first statement that follows.
    ///
    /// The database keeps the plan that it made when a table was small, until it has gathered figures about it, perhaps a minute
    /// later; on a new store that would be the index of all that an agent was ever granted in place of that of a key. So plans
    /// are made anew every few seconds, which costs some milliseconds.
    func begin(_ command: String) {
        hasChanged = false
        kept = [.command(command)]
        (late, lateBefore) = ([], [])
        foresight.forgetAll()
        let now = ContinuousClock.now
        guard now - planned >= planAge else { return }
        planned = now
        later("DISCARD PLANS")
    }

    /// Keeps a command back until the next statement, and before it.
    func later(_ command: String) { kept.append(.command(command)) }

    /// Keeps a statement back whose answer nobody needs.
    ///
    /// - Throws: ``StorageError`` `statement` for an argument that cannot be sent; the failure of a statement kept before
    ///   it, when there are too many.
    func post(_ sql: String, _ values: [SQLValue]) throws {
        observer?(sql)
        try arguments.set(values)
        keepLate { PostgresForesight.mentions(sql, $0) }
        foresight.forget(writtenBy: sql)
        kept.append(.statement(sql, values))
        if kept.count >= Self.maximumKept { try perform([]) }
    }

    /// Keeps a row back until the commit, or until a statement is about its table.
    ///
    /// - Throws: as ``post(_:_:)``.
    func post(_ write: RowWrite) throws {
        guard let table = PostgresForesight.tableWritten(by: write.sql) else {
            return try post(write.sql, write.arguments)
        }
        observer?(write.sql)
        try arguments.set(write.arguments)
        let answer = try PostgresAnswer(write.columns, on: handle)
        foresight.note(answer, to: write.question, writtenIn: table)
        late.removeAll { $0.write.question == write.question }
        late.append(LateRow(write: write, table: table))
        if late.count > Self.maximumLate { keepLate { _ in true } }
    }

    /// Has rows written with the next statement, those whose table is asked for.
    func keepLate(_ isAbout: (Substring) -> Bool) {
        late.removeAll { row in
            guard isAbout(row.table) else { return false }
            kept.append(.statement(row.write.sql, row.write.arguments))
            return true
        }
    }

    /// Sends the statements that are kept back, if there are any, and waits for them.
    func flush() throws {
        if hasKept { try perform([]) }
    }

    /// Whether anything is written whose answer was not taken.
    var hasPosted: Bool { hasKept || !late.isEmpty || !ahead.isEmpty }

    private var hasKept: Bool { kept.contains { if case .statement = $0 { true } else { false } } }

    /// Takes back a command and all that was kept after it, if it was not sent; says whether that was so.
    func takeBack(_ command: String) -> Bool {
        let place = kept.lastIndex { if case .command(command) = $0 { true } else { false } }
        guard let place else { return false }
        kept.removeSubrange(place...)
        return true
    }

    /// Says that what follows is of another body.
    func beginBody() {
        kept.append(.body)
        (hasBodyWritten, lateBefore) = (false, late)
    }

    /// Takes back what the body has kept back; says whether it has written nothing else.
    func takeBackBody() -> Bool {
        foresight.forgetAll()
        guard !hasBodyWritten else { return false }
        let place = kept.lastIndex { if case .body = $0 { true } else { false } }
        kept.removeSubrange((place ?? kept.startIndex)...)
        late = lateBefore
        return true
    }

    /// Undoes what was done since a savepoint, with the next statement; nothing is sent where the savepoint was not.
    ///
    /// The savepoint was the last thing before the body, see ``beginBody()``.
    func undo(_ savepoint: String) {
        foresight.forgetAll()
        late = lateBefore
        if takeBack("SAVEPOINT \(savepoint)") { return }
        kept = [.command("ROLLBACK TO SAVEPOINT \(savepoint)"), .command("RELEASE SAVEPOINT \(savepoint)")]
    }

    /// Ends a transaction without waiting for the answer; nothing is sent where it had no statement.
    func endLater(_ command: String) {
        foresight.forgetAll()
        guard kept.isEmpty else { return kept = [] }
        guard !isLost, send(command), PQpipelineSync(handle) == 1 else { return lose() }
        owed += 1
    }

    /// Undoes a transaction and waits until that is done; a connection on which it fails is lost.
    func rollBack() {
        foresight.forgetAll()
        late = []
        guard !isLost else { return }
        if case .command(let first)? = kept.first, first.hasPrefix("BEGIN") { return kept = [] }
        kept = []
        stop = nil
        // After a failure among it, what follows in the same trip is not run.
        if !ahead.isEmpty { _ = try? perform([]) }
        do { try perform(["ROLLBACK"]) } catch { lose() }
    }

    /// Sends what was kept and further commands together, and waits for all of them.
    ///
    /// - Returns: what the database says about the last one, such as `COMMIT`.
    /// - Throws: ``StorageError``; the commands after the one that failed are not run.
    @discardableResult
    func perform(_ commands: [String]) throws -> String {
        try settle()
        let expected = try sendBefore()
        for command in commands { guard send(command) else { throw lost() } }
        guard PQpipelineSync(handle) == 1 else { throw lost() }
        roundTrips += 1
        var failure: StorageError?
        try take(expected, &failure)
        var said = ""
        for _ in commands {
            guard let result = try takeAnswer(&failure) else { continue }
            said = PQcmdStatus(result).map { String(cString: $0) } ?? ""
            PQclear(result)
        }
        try takeSync()
        if let failure { throw failure }
        return said
    }

    /// Sends what was kept back and waits for no answer, so that the database works while the caller does.
    func sendAhead() throws {
        guard hasKept else { return }
        try settle()
        ahead += try sendKept()
        guard PQflush(handle) == 0 else { throw lost() }
    }

    /// Sends what was kept back; which answers come for it and for what was sent ahead.
    func sendBefore() throws -> [Expected] {
        let sent = ahead
        ahead = []
        return try sent + sendKept()
    }

    private func sendKept() throws -> [Expected] {
        var expected: [Expected] = []
        if isForgetful {
            // Not before the undoing of a savepoint, which lets other commands succeed again.
            let place = kept.firstIndex { if case .statement = $0 { true } else { false } }
            kept.insert(.command("DEALLOCATE ALL"), at: place ?? kept.endIndex)
            isForgetful = false
        }
        let before = kept
        kept = []
        for kept in before {
            switch kept {
            case .command(let command):
                guard send(command) else { throw lost() }
                expected.append(.command)
            case .statement(let sql, let values):
                try arguments.set(values)
                try sendPrepared(sql, &expected)
                expected.append(.statement)
                hasBodyWritten = true
            case .body:
                // What was sent before is of bodies before.
                hasBodyWritten = false
            }
        }
        return expected
    }

    /// Sends a statement with the arguments that were set, and its preparation where that is the first time.
    func sendPrepared(_ sql: String, _ expected: inout [Expected]) throws {
        let known = prepared[sql] ?? preparing[sql]
        let statement = known ?? newStatement()
        if known == nil {
            guard PQsendPrepare(handle, statement.name, sql, 0, nil) == 1 else { throw lost() }
            preparing[sql] = statement
            expected.append(.preparation(sql))
        }
        let isSent = arguments.withPointers { count, values, lengths, formats in
            PQsendQueryPrepared(handle, statement.name, count, values, lengths, formats, 1) == 1
        }
        guard isSent else { throw lost() }
    }

    /// Takes the answers to what was sent before a statement; the first failure is noted.
    func take(_ expected: [Expected], _ failure: inout StorageError?) throws {
        for expected in expected {
            guard let answer = try takeAnswer(&failure).map(PostgresAnswer.init) else { continue }
            switch expected {
            case .command: break
            case .preparation(let sql): prepared[sql] = preparing[sql]
            case .statement: answer.read(note)
            case .foreseen(let question): foresight.note(answer, to: question)
            }
        }
        preparing = [:]
    }

    private func send(_ command: String) -> Bool {
        PQsendQueryParams(handle, command, 0, nil, nil, nil, nil, 1) == 1
    }
}
