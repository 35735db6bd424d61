internal import Storage
import Synchronization

/// Opens connections; while the database cannot be reached, one attempt at a time.
///
/// The others are told so at once, in place of waiting for a time-out each.
final class PostgresGate: Sendable {
    private struct State {
        /// Why the last attempt has failed; nil while all is well.
        var failure: StorageError?
        var isTrying = false
        var lastTry = ContinuousClock.now
    }

    /// How long after a failed attempt the next one is made.
    private static let pause = Duration.milliseconds(200)

    let settings: PostgresSettings
    let observer: (@Sendable (String) -> Void)?
    private let state = Mutex(State())

    init(_ settings: PostgresSettings, observer: (@Sendable (String) -> Void)?) {
        (self.settings, self.observer) = (settings, observer)
    }

    /// Connects.
    ///
    /// - Throws: ``StorageError`` `unavailable`.
    func open(for purpose: PostgresConnection.Purpose, wake: Int32 = -1) throws -> PostgresConnection {
        let known = state.withLock { state -> StorageError? in
            guard let failure = state.failure else { return nil }
            guard !state.isTrying, .now - state.lastTry >= Self.pause else { return failure }
            state.isTrying = true
            return nil
        }
        if let known { throw known }
        do {
            let connection = try PostgresConnection(settings, for: purpose, wake: wake, observer: observer)
            state.withLock { $0 = State() }
            return connection
        } catch {
            let failure = error as? StorageError ?? PostgresError.lost("\(error)")
            state.withLock { $0 = State(failure: failure) }
            throw failure
        }
    }
}
