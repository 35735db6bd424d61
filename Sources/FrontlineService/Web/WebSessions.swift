import Access
import FrontlineProtocol
import JSONRPC
import RPCServer
import Synchronization

/// Ends the connections of clients whose identity does not count any more, which would otherwise stay open and be
/// refused every call: after sign-out, the end of the token, or its revocation by whoever it was.
final class WebSessions: Sendable {
    private struct State {
        var open: [UInt64: (session: Session, connection: Connection)] = [:]
        /// The epoch of tokens in which all of them were last looked at.
        var epoch: Int64?
    }

    private let tokens: TokenRegistry
    private let state = Mutex(State())

    init(tokens: TokenRegistry) { self.tokens = tokens }

    /// Follows the session of a connection.
    func add(_ session: Session, _ connection: Connection) {
        state.withLock { $0.open[connection.id] = (session, connection) }
    }

    /// Forgets a connection that has ended.
    func remove(_ id: UInt64) {
        state.withLock { $0.open[id] = nil }
    }

    /// Ends the connections whose tokens have expired or, if any token has changed, do not count any more, and those of sessions that
    /// are over because they were not used.
    ///
    /// - Throws: the error of the store; nothing is ended then, and calls are refused by it.
    func look(now: Int64) async throws {
        let epoch = try await tokens.epoch()
        let due = state.withLock { state in
            let hasChanged = state.epoch != epoch
            state.epoch = epoch
            return state.open.values.filter { session, _ in
                session.isAuthenticated
                    && (hasChanged || session.endsForWantOfUse || session.expiresAt.map { $0 <= now } ?? false)
            }
        }
        for (session, connection) in due {
            do throws(RPCError) { _ = try await session.principal(now: now) } catch {
                if error.code == RPCErrorDefinition.unauthenticated.code { connection.dismiss() }
            }
        }
    }
}
