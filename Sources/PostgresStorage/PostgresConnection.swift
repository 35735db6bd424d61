internal import CLibPQ
import Foundation
internal import Storage

/// One connection to the database, used by one thread at a time.
///
/// It is in libpq's pipeline mode all the time. What begins a transaction or a savepoint is kept back (``later(_:)``) and sent
/// together with the first statement that needs it, so that it costs no round trip of its own, and nothing at all where no
/// statement follows. The end of a read is sent and its answer taken before the next statement.
///
/// The thread waits in `poll` for the socket and for a descriptor by which a cancellation wakes it.
final class PostgresConnection {
    /// What a connection is for, which decides about the limits of time.
    enum Purpose {
        /// Start-up: checks and migrations.
        case setUp
        case reading
        case writing
        /// Listening to other nodes.
        case watching
    }

    /// Statements that are kept prepared.
    ///
    /// Beyond it, all are prepared anew: the program has some hundreds of them.
    private static let maximumStatements = 1_000
    /// What an answer that is read row by row may hold in memory when another statement comes between.
    static let maximumHeldBytes = 64 << 20
    /// How long the answer to a statement may be late after the database's own limit.
    static let grace = Duration.seconds(10)

    struct Prepared {
        let name: String
        var columns: PostgresColumns?
    }

    /// What waits for the next statement.
    enum Kept {
        case command(String)
        case statement(String, [SQLValue])
        /// What follows is of another body; nothing is sent for it.
        case body
    }

    /// A row that is written only before the commit.
    struct LateRow {
        let write: RowWrite
        /// The table of the row, found once: every statement is looked at for it.
        let table: Substring
    }

    /// An answer that has to come.
    enum Expected {
        case command
        case preparation(String)
        case statement
        case foreseen(SQLQuestion)
    }

    /// How many statements are kept back at most.
    static let maximumKept = 64
    /// How many rows are written only before the commit.
    static let maximumLate = 16

    let handle: OpaquePointer
    /// Signalled by a cancellation.
    let wake: Int32
    let answerLimit: Duration
    /// The read that runs, which may be cancelled.
    var stop: ReadStop?
    private var isClosed = false
    /// Nothing more can be done with it.
    private(set) var isLost = false
    /// Whether a statement has changed a row or the schema since the last ``begin(_:)``.
    var hasChanged = false
    var isCancelSent = false
    var prepared: [String: Prepared] = [:]
    /// Statements whose preparation was sent and not yet answered.
    var preparing: [String: Prepared] = [:]
    private var count = 0
    var kept: [Kept] = []
    /// Answers that have to come to what was sent ahead.
    var ahead: [Expected] = []
    /// Rows that are written before the commit, and whose questions are answered meanwhile; at most one for a question.
    var late: [LateRow] = []
    /// ``late`` as it was before the body that runs.
    var lateBefore: [LateRow] = []
    /// Whether a statement of the body that runs was sent that is not a question.
    var hasBodyWritten = false
    var isForgetful = false
    var foresight = PostgresForesight()
    /// When the database's plans were last made anew, and after how long they are again.
    var planned = ContinuousClock.now
    var planAge = Duration.seconds(5)
    /// How often something was sent whose answer was waited for.
    var roundTrips = 0
    /// Commands that were sent and whose answers have not been taken.
    var owed = 0
    var arguments = PostgresArguments()
    /// The answer that is being read row by row.
    var stream: PostgresStream?
    let observer: (@Sendable (String) -> Void)?
    /// Whether the database has left others without an answer, so that there is no use in waiting.
    let isHopeless: (@Sendable () -> Bool)?

    /// Connects.
    ///
    /// - Parameters:
    ///   - settings: where the database is.
    ///   - purpose: what the connection is for.
    ///   - wake: the descriptor that a cancellation writes to; -1 for a connection that is never interrupted.
    ///   - observer: told every statement's text before it is sent.
    ///   - isHopeless: asked now and then while an answer is waited for; the connection is lost where it says so.
    /// - Throws: ``StorageError`` `unavailable`, with the reason that libpq gives and without the password.
    init(
        _ settings: PostgresSettings,
        for purpose: Purpose,
        wake: Int32 = -1,
        observer: (@Sendable (String) -> Void)? = nil,
        isHopeless: (@Sendable () -> Bool)? = nil
    ) throws {
        (self.wake, self.observer, self.isHopeless) = (wake, observer, isHopeless)
        answerLimit =
            switch purpose {
            case .setUp: .seconds(3_600)
            case .reading: settings.readLimit + Self.grace
            case .writing: settings.writeLimit + Self.grace
            case .watching: settings.silenceLimit
            }
        // What libpq says about an address that it cannot read quotes it, with the password.
        let address = try PostgresAddress(settings.address)
        guard let handle = Self.connect(address.text, name: settings.schema?.sessionName) else {
            throw PostgresError.lost("no memory is left")
        }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else {
            throw PostgresError.lost(PQerrorMessage(handle).map { String(cString: $0) } ?? "no connection")
        }
        frontline_pq_silence(handle)
        guard PQenterPipelineMode(handle) == 1 else {
            throw PostgresError.lost("the connection has no pipeline mode")
        }
        try limitTimes(settings, purpose)
        if let schema = settings.schema { try check(schema) }
    }

    deinit { if !isClosed { PQfinish(handle) } }

    func close() {
        if !isClosed { PQfinish(handle) }
        (isClosed, isLost) = (true, true)
    }

    /// Whether what is sent is encrypted.
    var isEncrypted: Bool { PQsslInUse(handle) == 1 }

    /// Whether the server is on this machine.
    var isLocal: Bool {
        guard let host = PQhost(handle).map({ String(cString: $0) }) else { return false }
        return host.hasPrefix("/") || host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    /// The socket; -1 once it is lost.
    var socket: Int32 { isClosed ? -1 : PQsocket(handle) }

    /// Words before the address can be overruled by it, words after it cannot.
    private static func connect(_ address: String, name: String?) -> OpaquePointer? {
        var words: [(String, String)] = [
            ("connect_timeout", "5"), ("keepalives_idle", "5"), ("keepalives_interval", "2"),
            ("keepalives_count", "3"), ("tcp_user_timeout", "10000"), ("fallback_application_name", "frontline"),
            ("dbname", address), ("client_encoding", "UTF8"), ("target_session_attrs", "primary"),
        ]
        if let name { words.append(("application_name", name)) }
        let names = words.map { strdup($0.0) }
        let values = words.map { strdup($0.1) }
        defer { for word in names + values { free(word) } }
        let nameList = names.map { UnsafePointer($0) } + [nil]
        let valueList = values.map { UnsafePointer($0) } + [nil]
        return PQconnectdbParams(nameList, valueList, 1)
    }

    /// Has the database end what takes too long, above all the transaction of a frozen node that others wait for, and the
    /// sessions of a machine that is gone.
    private func limitTimes(_ settings: PostgresSettings, _ purpose: Purpose) throws {
        let (statement, lock, idle): (Int, Int, Int) =
            switch purpose {
            case .setUp: (0, 0, 60_000)
            // Readers wait for nobody unless somebody changes the tables themselves.
            case .reading:
                (settings.readLimit.milliseconds, settings.writeLimit.milliseconds, settings.readLimit.milliseconds)
            case .writing, .watching:
                (settings.writeLimit.milliseconds, settings.writeLimit.milliseconds, settings.pauseLimit.milliseconds)
            }
        try query(
            """
            SELECT set_config('statement_timeout', $1, false), set_config('lock_timeout', $2, false),
                set_config('idle_in_transaction_session_timeout', $3, false),
                set_config('tcp_keepalives_idle', '5', false), set_config('tcp_keepalives_interval', '2', false),
                set_config('tcp_keepalives_count', '3', false)
            """,
            [.text(String(statement)), .text(String(lock)), .text(String(idle))],
            .first
        ) { _ in false }
    }

    // MARK: Statements

    /// Sends a statement, with what was kept and what was foreseen before it, and takes all answers before its own.
    ///
    /// - Returns: the failure of something before it.
    func start(_ sql: String, _ values: [SQLValue]) throws -> StorageError? {
        if stop?.isCancelled == true { throw CancellationError() }
        observer?(sql)
        try settle()
        if prepared.count >= Self.maximumStatements, ahead.isEmpty { forgetStatements() }
        // Arguments that cannot be sent are refused before anything is.
        try arguments.set(values)
        keepLate { PostgresForesight.mentions(sql, $0) || foresight.isWaiting(about: $0) }
        var expected = try sendBefore()
        if PostgresForesight.isQuestion(sql) {
            for question in foresight.takeWaiting(before: SQLQuestion(sql, values)) {
                try arguments.set(question.arguments)
                try sendPrepared(question.sql, &expected)
                expected.append(.foreseen(question))
            }
        } else {
            hasBodyWritten = true
            foresight.forget(writtenBy: sql)
        }
        if !expected.isEmpty { try arguments.set(values) }
        try sendPrepared(sql, &expected)
        guard PQpipelineSync(handle) == 1 else { throw lost() }
        roundTrips += 1
        // The statement's own answer is for the caller.
        var failure: StorageError?
        try take(expected, &failure)
        return failure
    }

    func newStatement() -> Prepared {
        count += 1
        return Prepared(name: "s\(count)", columns: nil)
    }

    /// Has every statement prepared anew, before the next one.
    func forgetStatements() {
        (prepared, isForgetful) = ([:], true)
    }

    /// The columns of an answer, which are looked up once for a statement.
    func columns(of sql: String, _ result: OpaquePointer) -> PostgresColumns {
        if let known = prepared[sql]?.columns, known.types.count == Int(PQnfields(result)) { return known }
        let columns = PostgresColumns(result)
        prepared[sql]?.columns = columns
        return columns
    }

    // MARK: Loss

    func lose() {
        isLost = true
        stream = nil
    }

    /// The connection is lost from now on; the error that says so.
    func lost() -> StorageError {
        lose()
        if isClosed { return PostgresError.lost("the connection to the database is closed") }
        let message = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        return PostgresError.lost(message.isEmpty ? "the connection to the database was lost" : message)
    }
}
