import Foundation
internal import Storage
import Synchronization

/// Opens connections, and knows whether the database answers.
///
/// While it does not, everybody is told so at once, in place of waiting for a time-out each: only ``PostgresWatch`` goes on trying.
/// Statements that are under way end as well when the database is silent, however long they may otherwise take: what counts is
/// whether it answers the watch, which asks five times a second.
final class PostgresGate: Sendable {
    private struct State {
        /// Why no further connection is opened; nil while all is well.
        var failure: StorageError?
        /// Why nothing can be asked; nil while the watch is answered.
        var outage: StorageError?
        /// Whether statements that are under way have nothing to hope for.
        var isSilent = false
        var whenOut: (@Sendable (StorageError) -> Void)?
    }

    let settings: PostgresSettings
    private let observer: (@Sendable (String) -> Void)?
    private let state = Mutex(State())

    init(_ settings: PostgresSettings, observer: (@Sendable (String) -> Void)?) {
        (self.settings, self.observer) = (settings, observer)
    }

    /// Why nothing can be asked; nil while the database answers.
    var outage: StorageError? { state.withLock { $0.outage } }

    private var isSilent: Bool { state.withLock { $0.isSilent } }

    /// Whether the watch has to find out if connections can be opened again.
    var isShut: Bool { state.withLock { $0.failure != nil } }

    /// Sets what is called when the database no longer answers.
    func whenOut(_ body: @escaping @Sendable (StorageError) -> Void) { state.withLock { $0.whenOut = body } }

    /// Connects.
    ///
    /// - Throws: ``StorageError`` `unavailable`.
    func open(for purpose: PostgresConnection.Purpose, wake: Int32 = -1) throws -> PostgresConnection {
        let isWatch = purpose == .watching
        if !isWatch, let known = state.withLock({ $0.outage ?? $0.failure }) { throw known }
        let isHopeless: @Sendable () -> Bool = { [weak self] in self?.isSilent ?? false }
        do {
            let connection = try PostgresConnection(
                settings,
                for: purpose,
                wake: wake,
                observer: isWatch ? nil : observer,
                isHopeless: isWatch ? nil : isHopeless
            )
            if isWatch { state.withLock { $0.failure = nil } }
            return connection
        } catch {
            let failure = error as? StorageError ?? PostgresError.lost("\(error)")
            state.withLock { $0.failure = failure }
            throw failure
        }
    }

    /// The watch is not answered any more.
    func shut(_ failure: StorageError, isSilent: Bool) {
        let tell = state.withLock { state -> (@Sendable (StorageError) -> Void)? in
            state.outage = failure
            state.isSilent = state.isSilent || isSilent
            return state.whenOut
        }
        tell?(failure)
    }

    /// The watch is answered.
    func reopen() { state.withLock { ($0.outage, $0.isSilent) = (nil, false) } }
}
