import Access
import FrontlineProtocol

struct SessionAuthenticateHandler: Sendable {
    typealias Method = SessionAuthenticate
    let services: Services

    /// Makes the bearer of the token the caller of what follows on the connection.
    @Sendable func answer(_ params: Method.Params, _ session: Session) throws -> Method.Result {
        let token = try services.tokens.authenticate(params.token, now: services.now())
        session.authenticate(token, client: params.client)
        return Method.Result(
            subject: token.principal.subject,
            roles: token.principal.roles.map(\.rawValue).sorted().compactMap(FrontlineProtocol.Role.init(rawValue:)),
            attributes: token.principal.attributes.mapValues { FrontlineProtocol.AttributeValue($0) },
            expiresAt: token.expiresAt.map(Timestamp.init(microseconds:))
        )
    }
}
