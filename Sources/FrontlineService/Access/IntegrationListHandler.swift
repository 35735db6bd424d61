import Access
import FrontlineProtocol
import JSONRPC

struct IntegrationListHandler: MethodHandler {
    typealias Method = IntegrationList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let limit = params.limit ?? 50
        guard let offset = params.cursor.map(Int.init) ?? 0, offset >= 0 else {
            throw RPCError.invalidParams(path: "params.cursor", expected: "a cursor of this method")
        }
        let time = try services.tokens.time(caller.now)
        let tokens = try services.tokens.list().filter { token in
            token.principal.roles.contains(.integration) && (params.ended ?? false || token.counts(at: time))
        }
        let page = tokens.dropFirst(offset).prefix(limit)
        return Method.Result(
            integrations: try page.map { token in
                Method.Integration(token, used: try services.usage.counts(of: token.id), time: time)
            },
            nextCursor: tokens.count > offset + limit ? String(offset + limit) : nil
        )
    }
}

extension IntegrationList.Integration {
    /// A token as the wire shows it.
    init(_ token: Token, used: [TokenUsage.Count], time: Int64) {
        let allowed = token.declaration.allowed?.entries
        let called = used.filter { $0.calls > 0 }.map(\.method)
        self.init(
            tokenId: token.id,
            subject: token.principal.subject,
            roles: token.principal.roles.sorted { $0.rawValue < $1.rawValue }.map { FrontlineProtocol.Role($0) },
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
    /// A count as the wire shows it.
    init(_ count: TokenUsage.Count) {
        self.init(
            method: count.method,
            calls: Int(count.calls),
            refused: count.refused == 0 ? nil : Int(count.refused),
            lastAt: Timestamp(microseconds: count.lastAt)
        )
    }
}
