package import JSONRPC
package import NIOHTTP1

/// Decides about a request of HTTP from its head, without waiting for anything: what is done for it, or why nothing is.
///
/// Whatever is not allowed is refused: other paths and methods, other names of this server, pages of other origins,
/// parameters in the address (which proxies and browsers record) except where an issuer of sign-ins puts them, and every head that
/// two readers could understand in two ways.
///
/// A browser sends the cookie of a session with requests of whatever page. So it counts only for requests that say that they come from a
/// page of this server, by `Sec-Fetch-Site` or `Origin`. A token in the header goes before the cookie.
package struct WebGate: Sendable {
    /// What is done for a request.
    package enum Verdict: Sendable {
        /// The body is a call, made by whom the credential proves.
        case call(WebCredential?)
        /// The body is a message that calls are made for.
        case exchange(WebPostHead)
        /// The body is for the server itself.
        case submission(@Sendable (WebSubmission) async -> WebResponse, WebRequestHead)
        /// The connection goes on as WebSocket after this response, with a caller who is known already if there is a credential.
        case socket(response: [UInt8], WebCredential?)
        /// A page is made.
        case page(@Sendable (WebRequest) async -> WebResponse, WebRequestHead)
        /// Nothing.
        case refused(WebResponse)

        /// Whether the body is read.
        package var takesBody: Bool {
            switch self {
            case .call, .exchange, .submission: true
            case .socket, .page, .refused: false
            }
        }
    }

    private let routes: [String: WebRoute]
    private let hosts: WebHosts
    private let origins: WebOrigins
    private let isEncrypted: Bool
    private let bodyLimit: Int
    private let takesCookies: Bool

    /// Makes a gate.
    ///
    /// - Parameters:
    ///   - configuration: The paths, and who may address the server.
    ///   - isEncrypted: Whether requests come over TLS.
    ///   - bodyLimit: How long a body may be, in bytes.
    /// - Throws: ``RPCServerError`` for hosts or origins that are none, and a path that is there twice.
    package init(
        _ configuration: WebConfiguration,
        isEncrypted: Bool,
        bodyLimit: Int
    ) throws(RPCServerError) {
        guard case .tcp(let host, _) = configuration.address else {
            throw RPCServerError(code: .address, message: "\(configuration.address) is no TCP address")
        }
        guard let hosts = configuration.hosts.map(WebHosts.init(listed:)) ?? WebHosts(listeningOn: host) else {
            throw RPCServerError(code: .configuration, message: "a host is given as HOST or HOST:PORT")
        }
        guard let origins = WebOrigins(listed: configuration.origins) else {
            throw RPCServerError(
                code: .configuration,
                message: "an origin is given as https://HOST or https://HOST:PORT"
            )
        }
        var routes: [String: WebRoute] = [:]
        for route in configuration.routes where routes.updateValue(route, forKey: route.path) != nil {
            throw RPCServerError(code: .configuration, message: "\(route.path) is there twice")
        }
        self.routes = routes
        self.hosts = hosts
        self.origins = origins
        self.isEncrypted = isEncrypted
        self.bodyLimit = bodyLimit
        takesCookies = configuration.takesCookies
    }

    /// Decides about a request.
    ///
    /// - Parameters:
    ///   - head: The head of the request.
    ///   - port: The port that it came to.
    /// - Returns: What is done.
    package func verdict(on head: HTTPRequestHead, port: Int) -> Verdict {
        if let refusal = refusalOfFraming(head) ?? refusalOfSender(head, port) { return .refused(refusal) }
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let route = routes[String(parts[0])]
        guard parts.count == 1 || route?.takesParameters ?? false else {
            return refuse(400, "no parameters are taken in this address; tokens belong into the Authorization header")
        }
        guard let route else { return refuse(404, "there is nothing at this path") }
        let query = parts.count == 2 ? String(parts[1]) : ""
        guard route.methods.contains(head.method.rawValue) else {
            let allowed = route.methods.joined(separator: ", ")
            return refuse(405, "\(route.path) takes \(allowed)", [("Allow", allowed)])
        }
        switch route.action {
        case .calls: return posted(head) { .call($0) }
        case .exchange(let respond):
            return posted(head) { .exchange(WebPostHead(credential: $0, headers: head.headers, respond: respond)) }
        case .submission(let respond):
            return posted(head) {
                .submission(respond, WebRequestHead(credential: $0, query: "", headers: head.headers))
            }
        case .socket: return socket(head)
        case .page(let page):
            return bearing(head) { .page(page, WebRequestHead(credential: $0, query: query, headers: head.headers)) }
        }
    }

    private func refuse(_ status: Int, _ message: String, _ headers: [(String, String)] = []) -> Verdict {
        .refused(.problem(status, message, headers: headers.map { (name: $0.0, value: $0.1) }))
    }

    // MARK: What could be understood in two ways

    private func refusalOfFraming(_ head: HTTPRequestHead) -> WebResponse? {
        let lengths = head.headers["content-length"]
        let codings = head.headers["transfer-encoding"]
        guard lengths.isEmpty || codings.isEmpty, lengths.count <= 1, codings.count <= 1 else {
            return .problem(400, "the length of the body is given in two ways")
        }
        if let coding = codings.first, coding.lowercased() != "chunked" {
            return .problem(501, "a body is sent as it is, or in chunks")
        }
        if let length = lengths.first {
            let isNumber = !length.isEmpty && length.utf8.allSatisfy { (0x30...0x39).contains($0) }
            guard isNumber else { return .problem(400, "the length of the body is no number") }
            guard let count = Int(length), count <= bodyLimit else { return Self.tooLarge(bodyLimit) }
        }
        return head.uri.hasPrefix("/") ? nil : .problem(400, "a path is expected")
    }

    /// The response to a body over the limit.
    package static func tooLarge(_ limit: Int) -> WebResponse {
        .problem(413, "a body has at most \(limit) bytes")
    }

    // MARK: Who asks

    private func refusalOfSender(_ head: HTTPRequestHead, _ port: Int) -> WebResponse? {
        let named = head.headers["host"]
        guard let host = named.first, named.count == 1 else { return .problem(400, "one Host header is expected") }
        guard hosts.admits(host, port: port, isEncrypted: isEncrypted) else {
            return .problem(421, "this server is not known under that name; web-hosts lists the names that it has")
        }
        let origin = head.headers["origin"]
        guard origin.count <= 1, origin.allSatisfy({ origins.admits($0, host: host, isEncrypted: isEncrypted) }) else {
            return .problem(403, "pages of that origin may not call this server; web-origins lists those that may")
        }
        let isSafe = head.method == .GET || head.method == .HEAD
        guard isSafe || head.headers["sec-fetch-site"].allSatisfy({ $0 == "same-origin" }) else {
            return .problem(403, "pages of other sites may not call this server")
        }
        return nil
    }

    /// Goes on with the token that a request bears, or the session of its cookie, nil for none; any other proof of identity is
    /// refused.
    private func bearing(_ head: HTTPRequestHead, _ next: (WebCredential?) -> Verdict) -> Verdict {
        let given = head.headers["authorization"]
        guard let text = given.first else {
            guard takesCookies, let secret = WebCookies.value(of: WebCookies.session, in: head.headers) else {
                return next(nil)
            }
            if isFromOwnPage(head) { return next(.session(secret)) }
            // A link from elsewhere leads to the page as it is for everybody; anything else would be done in the person's name.
            if isSafe(head) { return next(nil) }
            return refuse(403, "a request with the cookie of a session says by Origin which page it comes from")
        }
        let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard given.count == 1, parts.count == 2, parts[0].lowercased() == "bearer", !parts[1].isEmpty else {
            return refuse(401, "Authorization is “Bearer” and a token", [("WWW-Authenticate", "Bearer")])
        }
        return next(.token(String(parts[1])))
    }

    /// Whether a request is certain to come from a page that may call this server, or from no page but the person.
    ///
    /// Which origins and sites may has been checked before; browsers do not send `Sec-Fetch-Site` with handshakes of WebSocket.
    private func isFromOwnPage(_ head: HTTPRequestHead) -> Bool {
        let (site, origin) = (head.headers["sec-fetch-site"], head.headers["origin"])
        if head.headers.contains(name: "upgrade") { return !origin.isEmpty }
        if !isSafe(head) { return !origin.isEmpty || !site.isEmpty }
        return site.allSatisfy { $0 == "same-origin" || $0 == "none" }
    }

    /// Whether a request only reads.
    private func isSafe(_ head: HTTPRequestHead) -> Bool {
        (head.method == .GET || head.method == .HEAD) && !head.headers.contains(name: "upgrade")
    }

    /// Goes on with the token of a request whose body is JSON as it is.
    private func posted(_ head: HTTPRequestHead, _ next: (WebCredential?) -> Verdict) -> Verdict {
        let types = head.headers["content-type"]
        let parts = (types.first ?? "").split(separator: ";").map { $0.drop(while: { $0 == " " }).lowercased() }
        guard types.count == 1, parts.first?.trimmingSpaces == WebResponse.jsonType else {
            return refuse(415, "a call is sent as \(WebResponse.jsonType)")
        }
        let codings = head.headers["content-encoding"]
        guard codings.allSatisfy({ $0.lowercased() == "identity" }) else {
            return refuse(415, "a call is sent as it is, not compressed")
        }
        guard parts.dropFirst().allSatisfy({ ["charset=utf-8", "charset=\"utf-8\""].contains($0.trimmingSpaces) })
        else {
            return refuse(415, "a call is sent in UTF-8")
        }
        return bearing(head, next)
    }

    private func socket(_ head: HTTPRequestHead) -> Verdict {
        switch WebSocketHandshake.answer(head) {
        case .opened(let response): bearing(head) { .socket(response: response, $0) }
        case .refused(let response): .refused(response)
        }
    }
}

extension StringProtocol {
    /// The text without the spaces at its end.
    fileprivate var trimmingSpaces: String {
        String(reversed().drop(while: { $0 == " " }).reversed())
    }
}
