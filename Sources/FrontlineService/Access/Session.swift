package import Access
import FrontlineProtocol
import JSONRPC
import Knowledge
import Synchronization

/// What is known of a connection: who has signed in on it, if anybody has.
///
/// Who is calling is asked once for a request, when it is received, and then travels with it (``RequestContext``).
package final class Session: Sendable {
    private struct State {
        var tokenID: String?
        var expiresAt: Int64?
        var principal: Principal?
        /// What begins once the answer that announces it is queued.
        var afterAnswer: [@Sendable () -> Void] = []
    }

    /// The way out to the client; nil where nothing can be sent on the server's own.
    let sink: (any EventSink)?
    /// Where the client is.
    let peer: Peer
    private let tokens: TokenRegistry
    private let state: Mutex<State>

    /// A new connection; `principal` is who everybody is on a server without authentication, nil where a token is needed.
    package init(tokens: TokenRegistry, principal: Principal?, sink: (any EventSink)?, peer: Peer) {
        self.tokens = tokens
        self.sink = sink
        self.peer = peer
        state = Mutex(State(principal: principal))
        if principal != nil { sink?.didAuthenticate() }
    }

    /// When the token that was signed in with expires, in microseconds since 1970; nil for never.
    var expiresAt: Int64? { state.withLock { $0.expiresAt } }

    /// Whether anybody has signed in.
    var isAuthenticated: Bool { state.withLock { $0.principal != nil } }

    /// Makes the bearer of a token the caller of the requests that follow.
    ///
    /// - Returns: whether the connection was another subject's before.
    func authenticate(_ token: Token) -> Bool {
        sink?.didAuthenticate()
        return state.withLock { state in
            defer { (state.tokenID, state.principal, state.expiresAt) = (token.id, token.principal, token.expiresAt) }
            return state.principal.map { $0.subject != token.principal.subject } ?? false
        }
    }

    /// Has something begin once the answer to the request being handled is queued.
    func afterAnswer(_ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.afterAnswer.append(action) }
    }

    /// Begins what waited for its answer.
    func didAnswer() {
        let actions = state.withLock { state in
            defer { state.afterAnswer = [] }
            return state.afterAnswer
        }
        for action in actions { action() }
    }

    /// Who the connection belongs to, as of now.
    ///
    /// - Throws: `unauthenticated` when nobody has authenticated, or the token has expired or been revoked since.
    func principal(now: Int64) throws(RPCError) -> Principal {
        let (id, principal) = state.withLock { ($0.tokenID, $0.principal) }
        guard let id else {
            guard let principal else { throw RPCError(.unauthenticated) }
            return principal
        }
        let token: Token?
        do {
            token = try tokens.current(id, now: now)
        } catch {
            throw WireErrors.error(for: error) ?? .internalError
        }
        guard let token else { throw RPCError(.unauthenticated) }
        return token.principal
    }
}

/// Who a handler answers, and when.
struct Caller: Sendable {
    let principal: Principal
    /// Microseconds since 1970.
    let now: Int64
    /// The connection the call came over; nil for calls from inside.
    var session: Session?

    /// What this caller may see of the articles.
    var visibility: ArticleVisibility { ArticleVisibility(of: principal) }

    /// The caller's language, from the attribute `locale`.
    var locale: String { principal.attributes["locale"]?.strings.first ?? "en" }
}
