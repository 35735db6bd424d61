import Access
import FrontlineProtocol
import JSONRPC
import Logging
import RPCServer
import Vocabulary

struct SessionAuthenticateHandler: Sendable {
    typealias Method = SessionAuthenticate
    let services: Services
    private let logger = Logger(label: "frontline")

    init(services: Services) { self.services = services }

    /// Makes the token's bearer the caller of later requests on the connection, and ends the subscriptions of another
    /// subject on it.
    @Sendable func answer(_ params: Method.Params, _ session: Session) async throws -> Method.Result {
        let (token, isAnothers) = try await services.signIns.signIn(
            .token(params.token),
            to: session,
            as: params.client ?? "",
            of: services
        )
        if isAnothers, let sink = session.sink { services.hubs.disconnect(sink) }
        // The client's name for itself is quoted, so that it cannot forge log lines.
        let client = (params.client ?? "").prefix(100).debugDescription
        logger.debug("authenticated", metadata: ["subject": "\(token.principal.subject)", "client": "\(client)"])
        return Method.Result(
            subject: token.principal.subject,
            roles: token.principal.roles.sorted { $0.rawValue < $1.rawValue },
            attributes: token.principal.attributes,
            expiresAt: token.expiresAt.map(Timestamp.init(microseconds:))
        )
    }
}

struct IntegrationListHandler: MethodHandler {
    typealias Method = IntegrationList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let limit = params.limit ?? 50
        let offset = Int(params.cursor?.position ?? 0)
        let time = try await services.tokens.time(caller.now)
        let tokens = try await services.tokens.list().filter { token in
            token.principal.roles.contains(.integration) && (params.ended ?? false || token.counts(at: time))
        }
        let page = tokens.dropFirst(offset).prefix(limit)
        let used = try await services.usage.counts(of: page.map(\.id))
        return Method.Result(
            integrations: page.map { Method.Integration($0, used: used[$0.id] ?? [], time: time) },
            nextCursor: tokens.count - limit > offset ? Cursor(Int64(offset + limit)) : nil
        )
    }
}

extension IntegrationList.Integration {
    /// A token in the wire format.
    init(_ token: Token, used: [TokenUsage.Count], time: Int64) {
        let allowed = token.declaration.allowed?.entries
        let called = used.filter { $0.calls > 0 }.map(\.method)
        self.init(
            tokenId: token.id,
            subject: token.principal.subject,
            roles: token.principal.roles.sorted { $0.rawValue < $1.rawValue },
            owner: token.declaration.owner,
            purpose: token.declaration.purpose,
            allowed: allowed,
            used: used.map(IntegrationList.Use.init),
            unused: allowed.map { entries in
                entries.filter { entry in !called.contains { MethodAllowance.entry(entry, covers: $0) } }
            },
            status: token.revokedAt != nil ? .revoked : token.counts(at: time) ? .valid : .expired,
            createdAt: Timestamp(microseconds: token.createdAt),
            expiresAt: token.expiresAt.map(Timestamp.init(microseconds:))
        )
    }
}

extension IntegrationList.Use {
    /// A count in the wire format.
    init(_ count: TokenUsage.Count) {
        self.init(
            method: count.method,
            calls: Int(count.calls),
            refused: count.refused == 0 ? nil : Int(count.refused),
            lastAt: Timestamp(microseconds: count.lastAt)
        )
    }
}

extension AccessError: WireError {
    var wireError: RPCError? {
        switch code {
        case .unauthenticated, .ended: RPCError(.unauthenticated, message)
        case .invalid: RPCError(.invalidParams, message)
        case .notFound: RPCError(.notFound, message)
        }
    }
}
