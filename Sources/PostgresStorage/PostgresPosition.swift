internal import Storage
import Synchronization

/// The number of the last commit that this node knows of.
///
/// Every commit of every node takes the next number from one row, which it locks first. So the number says in which order
/// the commits came, and whether anybody has committed since.
final class PostgresPosition: Sendable {
    private struct State {
        var commits: Int64 = 0
        /// When it was known last that there is no later one.
        var checked: ContinuousClock.Instant?
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Takes note of a number that was read from the database.
    ///
    /// - Parameters:
    ///   - commits: the number.
    ///   - time: before the statement that read it was sent; nil where others may have committed since.
    /// - Returns: whether it is later than what was known.
    @discardableResult
    func saw(_ commits: Int64, at time: ContinuousClock.Instant? = nil) -> Bool {
        state.withLock { state in
            let isNew = commits > state.commits
            if commits < state.commits, time != nil {
                // The database is another one, or has gone back: what is known of others counts no more.
                state.checked = nil
                return false
            }
            state.commits = max(state.commits, commits)
            if let time { state.checked = max(state.checked ?? time, time) }
            return isNew
        }
    }

    /// The last commit that is known; nil once the store is closed.
    var mark: CommitMark? { state.withLock { $0.isClosed ? nil : Self.mark($0.commits) } }

    static func mark(_ commits: Int64) -> CommitMark {
        CommitMark(checksum: UInt64(bitPattern: commits), commits: UInt32(truncatingIfNeeded: commits))
    }

    /// Whether it is known that nobody has committed since, but for the last `time`.
    func isChecked(within time: Duration) -> Bool {
        let checked = state.withLock { $0.checked }
        guard time > .zero, let checked else { return false }
        return .now - checked <= time
    }

    /// The number of the last commit that is known.
    var commits: Int64 { state.withLock { $0.commits } }

    func close() { state.withLock { $0.isClosed = true } }
}
