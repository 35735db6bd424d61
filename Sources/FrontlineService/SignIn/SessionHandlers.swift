import Access
import FrontlineProtocol
import JSONRPC
import Vocabulary

struct SessionSignOutHandler: Sendable {
    typealias Method = SessionSignOut
    let services: Services

    /// Ends the caller's session, if it has one, and makes the connection one of nobody.
    @Sendable func answer(_ params: Method.Params, _ session: Session) async throws -> Method.Result {
        guard let caller = session.caller, let id = caller.tokenID else { return Method.Result(ended: false) }
        let isSession = SessionRegistry.isID(id)
        if isSession {
            try await services.tokens.sessions.end(id, as: .signOut, by: caller.auditActor, now: services.now())
        }
        session.forget()
        if let sink = session.sink { services.hubs.disconnect(sink) }
        return Method.Result(ended: isSession)
    }
}

struct SessionListHandler: MethodHandler {
    typealias Method = SessionList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (limit, offset) = (params.limit ?? 50, Int(params.cursor?.position ?? 0))
        let sessions = services.tokens.sessions
        let found = try await sessions.list(
            of: params.subject,
            withEnded: params.ended ?? false,
            limit: limit + 1,
            offset: offset,
            now: try await services.tokens.time(caller.now)
        )
        return Method.Result(
            sessions: found.prefix(limit).map { Method.SignIn($0, usedAt: sessions.lastUse(of: $0)) },
            nextCursor: found.count > limit ? Cursor(Int64(offset + limit)) : nil
        )
    }
}

struct SessionRevokeHandler: MethodHandler {
    typealias Method = SessionRevoke
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (sessions, actor) = (services.tokens.sessions, caller.principal.auditActor)
        if let id = params.signInId {
            try await sessions.end(id, as: .revocation, reason: params.reason, by: actor, now: caller.now)
            return Method.Result(ended: 1)
        }
        let subject = params.subject ?? ""
        return Method.Result(
            ended: try await sessions.endAll(of: subject, reason: params.reason, by: actor, now: caller.now)
        )
    }
}

extension SessionList.SignIn {
    /// A session in the wire format.
    init(_ session: SignInSession, usedAt: Int64) {
        self.init(
            signInId: session.id,
            kind: session.kind == .browser ? .browser : .bearer,
            subject: session.principal.subject,
            roles: session.principal.roles.sorted { $0.rawValue < $1.rawValue },
            attributes: session.principal.attributes,
            origin: session.origin,
            createdAt: Timestamp(microseconds: session.createdAt),
            usedAt: Timestamp(microseconds: usedAt),
            expiresAt: Timestamp(microseconds: session.expiresAt),
            endedAt: session.endedAt.map(Timestamp.init(microseconds:))
        )
    }
}
