import Access
import FrontlineProtocol
import IdentityTokens
import JSONRPC
import Logging
import RPCServer
import SignIn
import Storage
import Vocabulary

/// What browsers do to sign in and out, over HTTP.
///
/// A sign-in leads to the issuer and back: `/sign-in` sends the browser there with a secret in its cookie, and `/sign-in/callback` takes
/// what it brings, once and only from the browser that began. A link of `frontline token link` is shown by `/sign-in/link`, and what it
/// holds is posted to `/sign-in/redeem`. Either ends with the cookie of a session, whose secret no script sees.
struct SignInDoor: Sendable {
    let services: Services
    /// Counts a request of somebody unknown; the response when there were too many.
    let refusal: @Sendable (Connection) -> WebResponse?
    /// How often an address may begin a sign-in, which leaves something in the store.
    private let beginnings = TokenBuckets(rate: 1, capacity: 30)
    private let logger = Logger(label: "frontline")

    init(services: Services, refusal: @escaping @Sendable (Connection) -> WebResponse?) {
        (self.services, self.refusal) = (services, refusal)
    }

    /// The paths; those of the issuer only where one is configured.
    var routes: [WebRoute] {
        let always = [
            WebRoute("/sign-in/link", .page { _ in SignInPages.link }),
            WebRoute("/sign-in/link.js", .page { _ in SignInPages.linkScript }),
            WebRoute("/sign-in/style.css", .page { _ in SignInPages.style }),
            WebRoute("/sign-in/redeem", .submission(redeem)),
            WebRoute("/sign-out", .submission(signOut)),
        ]
        guard services.signIn.issuer != nil else { return always }
        let described = services.signIn.publicAddress.map { address in
            [
                WebRoute(Self.metadataPath, .page { _ in resource(address) }),
                WebRoute(Self.metadataPath + "/mcp", .page { _ in resource(address + "/mcp") }),
            ]
        }
        return always + (described ?? []) + [
            WebRoute("/sign-in", takesParameters: true, .page(begin)),
            WebRoute(SignInSettings.callbackPath, takesParameters: true, .page(finish)),
        ]
    }

    /// What a refusal tells programs of where to get a token (RFC 9728, section 5.1); nil where no issuer is configured.
    static func challenge(_ desk: SignInDesk) -> String? {
        guard desk.issuer != nil, let address = desk.publicAddress else { return nil }
        return "resource_metadata=\"\(address)\(metadataPath)/mcp\""
    }

    private static let metadataPath = "/.well-known/oauth-protected-resource"

    /// Describes a path for programs that need a token for it (RFC 9728).
    private func resource(_ resource: String) -> WebResponse {
        guard let issuer = services.signIn.issuer else { return .problem(404, "no issuer is configured") }
        return .json([
            "resource": .string(resource),
            "authorization_servers": [.string(issuer.address)],
            "bearer_methods_supported": ["header"],
            "resource_name": "Frontline",
        ])
    }

    // MARK: The issuer

    private func begin(_ request: WebRequest) async -> WebResponse {
        if let refused = refusal(request.connection) ?? tooOften(request.connection) { return refused }
        guard let parameters = FormText.members(of: request.query),
            let path = SignInAttempt.path(parameters["return_to"] ?? "/"),
            Set(parameters.keys).isSubset(of: ["return_to"])
        else { return SignInPages.problem(400, "return_to is a path of this server, such as /") }
        do {
            let (attempt, address) = try await services.signIn.begin(returningTo: path, now: services.now())
            let seconds = Int(SignInAttempts.lifetime / 1_000_000)
            let cookie = WebCookies.header(WebCookies.signIn, attempt.browser, isLax: true, seconds: seconds)
            return Self.redirect(to: address, [cookie])
        } catch {
            return await problem(error, request.connection)
        }
    }

    private func tooOften(_ connection: Connection) -> WebResponse? {
        let peer = Peer(connection)
        guard peer.isLimited, case .refused(let wait) = beginnings.consume(peer.group, now: services.now()) else {
            return nil
        }
        return SignInPages.problem(
            429,
            "too many sign-ins were begun from this address",
            headers: [(name: "Retry-After", value: String(Int(wait) + 1))]
        )
    }

    private func finish(_ request: WebRequest) async -> WebResponse {
        if let refused = refusal(request.connection) { return refused }
        let clearing = WebCookies.header(WebCookies.signIn, "", isLax: true)
        guard let parameters = FormText.members(of: request.query), let state = parameters["state"],
            let browser = request.cookie(WebCookies.signIn)
        else {
            let message = "this sign-in took too long or began in another browser"
            return await problem(SignInError(.stale, message), request.connection)
        }
        do {
            let signedIn = try await services.signIn.finish(
                SignInDesk.Answer(
                    state: state,
                    browser: browser,
                    code: parameters["code"],
                    error: parameters["error"],
                    issuer: parameters["iss"]
                ),
                now: services.now()
            )
            note(signedIn)
            return Self.redirect(to: signedIn.returnTo, [clearing, Self.cookie(of: signedIn)])
        } catch {
            return await problem(error, request.connection, [clearing])
        }
    }

    private static func redirect(to address: String, _ headers: [(name: String, value: String)]) -> WebResponse {
        WebResponse(
            status: 303,
            type: "text/plain; charset=utf-8",
            body: [],
            headers: [(name: "Location", value: address)] + headers
        )
    }

    /// Kept by the browser until it is closed; how long it counts is for the server to say.
    private static func cookie(of signedIn: SignInDesk.SignedIn) -> (name: String, value: String) {
        WebCookies.header(WebCookies.session, signedIn.secret)
    }

    private func note(_ signedIn: SignInDesk.SignedIn) {
        logger.info(
            "signed in",
            metadata: ["subject": "\(signedIn.session.principal.subject)", "session": "\(signedIn.session.id)"]
        )
    }

    /// The page for what went wrong; what looks like an attack is counted and answered late.
    private func problem(
        _ error: any Error,
        _ connection: Connection,
        _ headers: [(name: String, value: String)] = []
    ) async -> WebResponse {
        let (status, message, isCounted) = Self.described(error)
        if isCounted {
            do throws(RPCError) {
                try await services.signIns.delay(Peer(connection), detail: "\(error)", services)
            } catch {
                return SignInPages.problem(
                    429,
                    "too many sign-ins have failed; try again in a minute",
                    headers: headers
                )
            }
        } else {
            logger.warning("a sign-in was not possible", metadata: ["error": "\(ErrorText.line(error))"])
        }
        return SignInPages.problem(status, message, headers: headers)
    }

    private static func described(_ error: any Error) -> (status: Int, message: String, isCounted: Bool) {
        switch error {
        case let error as SignInError:
            switch error.code {
            case .stale: (400, error.message, true)
            case .refused: (403, error.message, true)
            case .unavailable, .issuer, .invalid, .notFound, .conflict:
                (503, "the issuer cannot be asked at the moment; the log of the server says why", false)
            }
        case let error as TokenRefusal: (403, "the issuer's token does not count: \(error.message)", true)
        case let error as AccessError: (403, error.message, true)
        default: (503, "the server cannot sign you in at the moment", false)
        }
    }

    // MARK: Links and signing out

    private func redeem(_ submission: WebSubmission) async -> WebResponse {
        if let refused = refusal(submission.connection) { return refused }
        // Only the page of a link, so that no other page signs a browser in as somebody that it chooses.
        guard submission.isFromPage else { return .problem(403, "a link is redeemed by its page") }
        guard let secret = Self.members(submission.body, ["link"])?["link"]?.string, secret.utf8.count <= 100 else {
            return .problem(400, "an object with “link” is expected")
        }
        do {
            let signedIn = try await services.signIn.redeem(secret, now: services.now())
            note(signedIn)
            return .json(["subject": .string(signedIn.session.principal.subject)], headers: [Self.cookie(of: signedIn)])
        } catch let error as AccessError {
            do throws(RPCError) {
                try await services.signIns.delay(
                    Peer(submission.connection),
                    detail: error.detail ?? error.message,
                    services
                )
            } catch {
                return .problem(429, "too many sign-ins have failed; try again in a minute")
            }
            return .problem(401, error.message)
        } catch {
            logger.error("a link was not redeemed", metadata: ["error": "\(ErrorText.line(error))"])
            return .problem(503, "the server cannot sign you in at the moment")
        }
    }

    /// Ends the session of a browser, and tells the page where the issuer is left.
    private func signOut(_ submission: WebSubmission) async -> WebResponse {
        if let refused = refusal(submission.connection) { return refused }
        guard Self.members(submission.body, []) != nil else {
            return .problem(400, "an object without members is expected")
        }
        switch submission.credential {
        case .token: return .problem(400, "only the session of a browser is ended here; see session.sign_out")
        case nil: break
        case .session(let secret):
            do {
                let now = try await services.tokens.time(services.now())
                let sessions = services.tokens.sessions
                let session = try await sessions.authenticate(secret, now: now)
                try await sessions.end(session.id, as: .signOut, by: session.principal.auditActor, now: now)
            } catch is AccessError {
                // It is over already.
            } catch {
                logger.error("somebody was not signed out", metadata: ["error": "\(ErrorText.line(error))"])
                return .problem(503, "the session cannot be ended at the moment")
            }
        }
        let signIn = services.signIn
        let leaving = signIn.publicAddress.flatMap { address in
            signIn.client?.endSession(at: signIn.issuer?.lastMetadata, returningTo: address + "/")
        }
        var body: JSONObject = ["signed_out": true]
        body["end_session"] = leaving.map(JSON.string)
        return .json(.object(body), headers: [WebCookies.header(WebCookies.session, "")])
    }

    /// The members of a short object that has no others than those that are known.
    private static func members(_ body: [UInt8], _ known: Set<String>) -> JSONObject? {
        guard body.count <= 4_096, case .object(let object)? = try? JSON(parsing: body, maximumDepth: 4),
            Set(object.members.map(\.key)).isSubset(of: known)
        else { return nil }
        return object
    }
}
