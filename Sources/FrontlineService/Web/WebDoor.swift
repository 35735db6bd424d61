import Access
import FrontlineProtocol
import JSONRPC
import Logging
import RPCServer
import Vocabulary

/// What the web server offers, and whose calls it admits.
///
/// ``routes`` is the whole list of its paths. A call over HTTP stands by itself: the token or the session that it brings is checked for
/// it alone.
struct WebDoor: Sendable {
    private let services: Services
    private let configuration: FrontlineConfiguration
    private let limiter: RateLimiter?
    private let publicLimiter: RateLimiter?
    private let metrics: @Sendable () -> String
    private let health: @Sendable () async -> MetricsListener.Health
    private let logger = Logger(label: "frontline")

    /// Makes what the web server offers, with the figures and the state of the server; the limiters are those of calls.
    init(
        services: Services,
        configuration: FrontlineConfiguration,
        limiter: RateLimiter?,
        publicLimiter: RateLimiter?,
        metrics: @escaping @Sendable () -> String,
        health: @escaping @Sendable () async -> MetricsListener.Health
    ) {
        self.services = services
        self.configuration = configuration
        self.limiter = limiter
        self.publicLimiter = publicLimiter
        self.metrics = metrics
        self.health = health
    }

    /// The paths.
    var routes: [WebRoute] {
        [
            WebRoute("/", .page { _ in Self.signpost }),
            WebRoute("/ws", .socket),
            WebRoute("/rpc", .calls),
            WebRoute("/mcp", .exchange(ContextDoor(stranger: strangerRefusal).respond)),
            WebRoute("/health", .page(healthPage)),
            WebRoute("/metrics", .page(metricsPage)),
        ] + SignInDoor(services: services) { connection in tooManyRequests(connection).map { refusal(for: $0) } }.routes
    }

    /// What other transports tell clients of this one; relative to where the client found the server.
    static let servers = [
        OpenRPCDocument.Server(name: "websocket", url: "/ws", summary: "One message a text frame"),
        OpenRPCDocument.Server(name: "http", url: "/rpc", summary: "One call or batch a POST"),
    ]

    private static let signpost = WebResponse(
        type: "text/plain; charset=utf-8",
        body: Array(
            """
            Frontline speaks JSON-RPC 2.0 here.
            /ws      WebSocket, subprotocol \(WebSocketHandshake.subprotocol)
            /rpc     POST of application/json, with Authorization: Bearer TOKEN or the cookie of a session
            /mcp     POST of application/json: Model Context Protocol, with the same header
            /health  the state of the server

            """.utf8
        )
    )

    // MARK: Calls

    /// Decides about a call by the proof of identity that it brings.
    func admit(_ connection: Connection, _ credential: WebCredential?) async -> CallAdmission<RequestContext> {
        // Without a sink, so that nothing can be subscribed to: there is nobody to send to once the call is answered.
        let isKnown = credential != nil || configuration.needsToken(connection.kind)
        let session = Session(
            tokens: services.tokens,
            principal: isKnown ? nil : .local,
            sink: nil,
            peer: Peer(connection),
            grace: configuration.callerGrace
        )
        guard let credential else { return .admitted(RequestContext(session: session)) }
        do {
            _ = try await services.signIns.signIn(credential, to: session, of: services)
        } catch {
            return .refused(refusal(for: error))
        }
        connection.didAuthenticate()
        return .admitted(RequestContext(session: session))
    }

    /// Makes whom the handshake of a WebSocket proves the caller of its messages; with a proof that does not count they are nobody's.
    func signIn(_ credential: WebCredential, _ context: RequestContext) async {
        do {
            _ = try await services.signIns.signIn(credential, to: context.session, of: services)
        } catch {
            // The client is told with its first call.
            logger.debug("a handshake proved nothing", metadata: ["error": "\(ErrorText.line(error))"])
        }
    }

    /// The response to a request that is not taken: an answer of JSON-RPC without an id.
    private func refusal(for error: any Error) -> WebResponse {
        let error = WireErrors.error(for: error) ?? .internalError
        var headers: [(name: String, value: String)] = []
        let status: Int
        switch error.code {
        case RPCErrorDefinition.unauthenticated.code:
            status = 401
            let more = SignInDoor.challenge(services.signIn).map { ", \($0)" } ?? ""
            headers.append((name: "WWW-Authenticate", value: "Bearer error=\"invalid_token\"\(more)"))
        case RPCErrorDefinition.forbidden.code: status = 403
        case RPCErrorDefinition.rateLimited.code: status = 429
        default: status = 503
        }
        if let milliseconds = error.retryAfterMilliseconds {
            headers.append((name: "Retry-After", value: String((milliseconds + 999) / 1_000)))
        }
        let body = RPCMessage.response(id: .null, error: error)
        return WebResponse(status: status, type: WebResponse.jsonType, body: body, headers: headers)
    }

    // MARK: Pages

    /// The state of the server, for everybody and as often as a public method may be called.
    private func healthPage(_ request: WebRequest) async -> WebResponse {
        if let tooMany = tooManyRequests(request.connection) { return refusal(for: tooMany) }
        return await health().response
    }

    /// Counts a request without a token; the error when its address has made too many.
    private func tooManyRequests(_ connection: Connection) -> RPCError? {
        let peer = Peer(connection)
        guard let publicLimiter, peer.isLimited else { return nil }
        do throws(RPCError) {
            try publicLimiter.admit(peer.group, now: services.now())
            return nil
        } catch {
            return error
        }
    }

    /// Why whoever bears no token is not served on a connection; nil on a server without authentication.
    @Sendable private func strangerRefusal(_ connection: Connection) -> WebResponse? {
        guard configuration.needsToken(connection.kind) else { return nil }
        return refusal(for: tooManyRequests(connection) ?? RPCError(.unauthenticated))
    }

    /// The figures, for those who may call `server.metrics`.
    private func metricsPage(_ request: WebRequest) async -> WebResponse {
        guard case .roles(let roles) = ServerMetrics.access else { return .problem(403, "nobody may read the figures") }
        switch await admit(request.connection, request.credential) {
        case .refused(let response): return response
        case .admitted(let context):
            do throws(RPCError) {
                let now = services.now()
                let principal = try await context.session.principal(now: now)
                try services.admit(principal, to: ServerMetrics.name, of: roles, now: now)
                try limiter?.admit(principal.subject, now: now)
            } catch {
                return refusal(for: error)
            }
            return WebResponse(type: MetricsListener.textType, body: Array(metrics().utf8))
        }
    }
}
