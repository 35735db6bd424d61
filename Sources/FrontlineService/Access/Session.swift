package import Access
import FrontlineProtocol
import JSONRPC
import Knowledge
import Synchronization
import Vocabulary

/// The authentication state of a connection.
///
/// The caller is determined once for each request, when it is received, and then travels with it (``RequestContext``).
package final class Session: Sendable {
    private struct State {
        var tokenID: String?
        var expiresAt: Int64?
        var principal: Principal?
        /// Who the caller was when the store was last asked, and when, in microseconds since 1970.
        var confirmed: (principal: Principal, at: Int64)?
        /// Actions to start after the current answer is queued.
        var afterAnswer: [@Sendable () -> Void] = []
    }

    /// The sink for events to the client; nil if the server cannot send on its own initiative.
    let sink: (any EventSink)?
    /// The address of the client, for limits and the log.
    let peer: Peer
    private let tokens: TokenRegistry
    /// How long a caller is remembered while the store cannot be asked, in microseconds.
    let grace: Int64
    private let state: Mutex<State>

    /// Creates the session of a new connection; `principal` is the caller on a server without authentication, and nil
    /// if a token is required.
    ///
    /// - Parameters:
    ///   - tokens: the tokens.
    ///   - principal: the caller on a server without authentication.
    ///   - sink: where events for the client go.
    ///   - peer: the client.
    ///   - grace: how long a caller is remembered while the store cannot be asked, in microseconds.
    package init(
        tokens: TokenRegistry,
        principal: Principal?,
        sink: (any EventSink)?,
        peer: Peer,
        grace: Int64 = 0
    ) {
        self.tokens = tokens
        self.grace = grace
        self.sink = sink
        self.peer = peer
        state = Mutex(State(principal: principal))
        if principal != nil { sink?.didAuthenticate() }
    }

    /// The expiry of the token used to authenticate, in microseconds since 1970; nil if it never expires.
    var expiresAt: Int64? { state.withLock { $0.expiresAt } }

    /// Whether its caller counts only for as long as calls come.
    var endsForWantOfUse: Bool { state.withLock { $0.tokenID.map(SessionRegistry.isID) ?? false } }

    /// Whether the connection is authenticated.
    var isAuthenticated: Bool { state.withLock { $0.principal != nil } }

    /// Makes the bearer of a token the caller of the requests that follow.
    ///
    /// - Parameters:
    ///   - token: the token.
    ///   - time: when the store vouched for it, in microseconds since 1970, where it could not be asked now.
    /// - Returns: whether the connection belonged to another subject before.
    func authenticate(_ token: Token, confirmedAt time: Int64? = nil) -> Bool {
        sink?.didAuthenticate()
        return state.withLock { state in
            defer {
                (state.tokenID, state.principal, state.expiresAt) = (token.id, token.principal, token.expiresAt)
                state.confirmed = time.map { (token.principal, $0) }
            }
            return state.principal.map { $0.subject != token.principal.subject } ?? false
        }
    }

    /// Whom the connection belongs to, as far as it is known without asking the store; nil for nobody.
    var caller: Principal? { state.withLock { $0.principal } }

    /// Makes the connection one of nobody.
    func forget() {
        state.withLock { state in
            (state.tokenID, state.principal, state.expiresAt, state.confirmed) = (nil, nil, nil, nil)
        }
    }

    /// Schedules an action to start after the answer to the current request is queued.
    func afterAnswer(_ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.afterAnswer.append(action) }
    }

    /// Starts the scheduled actions.
    func didAnswer() {
        let actions = state.withLock { state in
            defer { state.afterAnswer = [] }
            return state.afterAnswer
        }
        for action in actions { action() }
    }

    /// The current principal of the connection.
    ///
    /// - Throws: `unauthenticated` if the connection is not authenticated, or its token has expired or been revoked.
    func principal(now: Int64) async throws(RPCError) -> Principal {
        let (id, principal, expiresAt) = state.withLock { ($0.tokenID, $0.principal, $0.expiresAt) }
        guard let id else {
            guard let principal else { throw RPCError(.unauthenticated) }
            return principal
        }
        // The token of an issuer ends before its session, in which newer tokens may follow it.
        guard expiresAt.map({ now < $0 }) ?? true else { throw RPCError(.unauthenticated) }
        let token: Token?
        do {
            token = try await tokens.current(id, now: now)
        } catch {
            throw WireErrors.error(for: error) ?? .internalError
        }
        guard let token else {
            state.withLock { $0.confirmed = nil }
            throw RPCError(.unauthenticated)
        }
        if grace > 0 { state.withLock { $0.confirmed = (token.principal, now) } }
        return token.principal
    }

    /// The principal as it was when the store was last asked, unless that is too long ago or the token has expired since.
    func remembered(now: Int64) -> Principal? {
        state.withLock { state in
            guard let (principal, at) = state.confirmed, state.expiresAt.map({ now < $0 }) ?? true,
                (0...grace).contains(now - at)
            else { return nil }
            return principal
        }
    }
}

/// The caller of a handler, and the time of the call.
struct Caller: Sendable {
    let principal: Principal
    /// The time of the call, in microseconds since 1970.
    let now: Int64
    /// The connection of the call; nil for internal calls.
    var session: Session?

    /// The articles that this caller may see.
    var visibility: ArticleVisibility { ArticleVisibility(of: principal) }

    /// The caller's language, from the attribute `locale`.
    var locale: String { principal.attributes["locale"]?.strings.first ?? "en" }
}
