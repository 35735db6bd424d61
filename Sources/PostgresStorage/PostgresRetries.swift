internal import Storage

/// How often one transaction was run again, and for which reasons it may be once more.
struct PostgresRetries {
    /// How often a transaction that the database has ended because of another one is run again.
    private static let maximumConflicts = 5

    /// A body among several has failed after it had written.
    struct Undone: Error {}

    /// Whether there is one body, or each of several can be undone alone.
    private(set) var isCareful = false
    private var conflicts = 0
    private var duplicates = 0
    private var losses = 0
    /// Whether the last failure was one of statements that were prepared long ago.
    private(set) var isStale = false
    private var hasBeenStale = false
    /// How long to wait before the next attempt, in microseconds; longer each time, and not the same on all nodes.
    private(set) var pause: UInt32?

    /// Whether a failure is one of the database, after which nothing else is done in the same transaction.
    static func isOfTheWhole(_ error: any Error) -> Bool {
        (error as? StorageError)?.code == .unavailable || PostgresError.state(of: error) != nil
    }

    /// Whether a failure of one of several bodies has all of them run again, in place of failing that one.
    func isWholeRepeated(after error: any Error) -> Bool {
        if (error as? StorageError)?.code == .unavailable { return true }
        guard let state = PostgresError.state(of: error) else { return false }
        return PostgresError.conflicts.contains(state) && conflicts < Self.maximumConflicts
            || PostgresError.staleStatements.contains(state) && !hasBeenStale
    }

    mutating func beCareful() { isCareful = true }

    /// Counts a failure of the transaction; whether it is run again.
    mutating func take(_ error: StorageError) -> Bool {
        (isStale, pause) = (false, nil)
        switch PostgresError.state(of: error) {
        case .some(let state) where PostgresError.conflicts.contains(state):
            guard conflicts < Self.maximumConflicts else { return false }
            conflicts += 1
            pause = UInt32.random(in: 500...2_000) << UInt32(conflicts)
            return true
        case .some(let state) where PostgresError.staleStatements.contains(state):
            guard !hasBeenStale else { return false }
            (isStale, hasBeenStale) = (true, true)
            return true
        case .some where !isCareful:
            beCareful()
            return true
        case .some(PostgresError.duplicate):
            duplicates += 1
            return duplicates == 1
        default:
            // Nothing was committed; what is unknown has another code.
            losses += error.code == .unavailable ? 1 : 2
            return losses == 1
        }
    }
}
