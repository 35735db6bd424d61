import Foundation
internal import Storage

/// What became of a commit whose connection was lost before the answer came.
enum PostgresOutcome {
    case committed
    /// Nothing was changed.
    case undone
    case unknown

    private static let pause: UInt32 = 50_000

    /// Asks the database about a transaction, until it answers or the time is over.
    ///
    /// The row of `store_head` is locked first: the lost transaction holds it until it has ended either way. The number of a
    /// transaction means the same one only on the same timeline; on another one the answer is not known.
    static func find(_ head: PostgresHead, _ session: PostgresSession, _ gate: PostgresGate) -> PostgresOutcome {
        let end = ContinuousClock.now + gate.settings.resolveLimit
        repeat {
            if let outcome = try? ask(head, session, gate) { return outcome }
            // The writer's own thread: nothing else can be committed meanwhile.
            usleep(pause)
        } while .now < end
        return .unknown
    }

    /// - Returns: nil while the transaction is under way.
    private static func ask(
        _ head: PostgresHead,
        _ session: PostgresSession,
        _ gate: PostgresGate
    ) throws -> PostgresOutcome? {
        let connection = try gate.open(for: .writing)
        defer { connection.close() }
        guard let timeline = session.timeline, try PostgresPlace.timeline(on: connection) == timeline else {
            return .unknown
        }
        connection.begin("BEGIN ISOLATION LEVEL READ COMMITTED")
        let now = try PostgresHead.locked(on: connection)
        if now.commits <= head.commits { return .undone }
        let status = try ReadTransaction(connection).first(
            "SELECT pg_xact_status(CAST($1 AS xid8)) AS status",
            [.text(head.transaction)]
        ) { try $0.optionalText("status") }
        connection.rollBack()
        return switch status {
        case .some("committed"): .committed
        case .some("aborted"): .undone
        case .some("in progress"): nil
        // Too long ago to be known.
        default: .unknown
        }
    }
}
