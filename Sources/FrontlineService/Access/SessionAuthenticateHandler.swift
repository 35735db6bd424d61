import Access
import FrontlineProtocol
import Logging

struct SessionAuthenticateHandler: Sendable {
    typealias Method = SessionAuthenticate
    let services: Services
    private let failures: SignInGuard
    private let logger = Logger(label: "frontline")

    init(services: Services) {
        self.services = services
        failures = SignInGuard(logger: logger)
    }

    /// Makes the bearer of the token the caller of what follows on the connection; what another subject had subscribed to
    /// there ends.
    @Sendable func answer(_ params: Method.Params, _ session: Session) async throws -> Method.Result {
        let token: Token
        do {
            token = try services.tokens.authenticate(params.token, now: services.now())
        } catch let error as AccessError {
            let wait = try failures.failed(
                session.peer,
                detail: error.detail ?? error.message,
                client: params.client ?? "",
                now: services.now()
            )
            if wait > .zero { try? await Task.sleep(for: wait) }
            throw error
        }
        let isAnothers = session.authenticate(token)
        if isAnothers, let sink = session.sink { services.hubs.disconnect(sink) }
        // The client's word for itself is quoted, so that it cannot write lines of its own.
        let client = (params.client ?? "").prefix(100).debugDescription
        logger.debug("authenticated", metadata: ["subject": "\(token.principal.subject)", "client": "\(client)"])
        return Method.Result(
            subject: token.principal.subject,
            roles: token.principal.roles.sorted { $0.rawValue < $1.rawValue }.map { FrontlineProtocol.Role($0) },
            attributes: token.principal.attributes.mapValues { FrontlineProtocol.AttributeValue($0) },
            expiresAt: token.expiresAt.map(Timestamp.init(microseconds:))
        )
    }
}
