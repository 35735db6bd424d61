package import JSONRPC
package import NIOHTTP1
package import Vocabulary

/// A path of the web server, and what is done there.
package struct WebRoute: Sendable {
    /// What is done for a request.
    package enum Action: Sendable {
        /// `POST`: the body is a call or a batch of JSON-RPC.
        case calls
        /// `POST`: the body is a message of another protocol, for which calls are made as the bearer of the token.
        case exchange(@Sendable (WebPost) async -> WebResponse)
        /// `POST`: the body is an object of JSON for the server itself, which decides who may send it.
        case submission(@Sendable (WebSubmission) async -> WebResponse)
        /// `GET`: the connection goes on as WebSocket.
        case socket
        /// `GET` and `HEAD`: a response is made.
        case page(@Sendable (WebRequest) async -> WebResponse)
    }

    /// The path, which a request names in the same letters.
    package let path: String
    /// What is done.
    package let action: Action
    /// Whether parameters may follow the path in the address.
    package let takesParameters: Bool

    /// Describes a path.
    package init(_ path: String, takesParameters: Bool = false, _ action: Action) {
        self.path = path
        self.takesParameters = takesParameters
        self.action = action
    }

    /// The methods that are allowed.
    var methods: [String] {
        switch action {
        case .calls, .exchange, .submission: ["POST"]
        case .socket: ["GET"]
        case .page: ["GET", "HEAD"]
        }
    }
}

/// What is known of a request before its body has come.
package struct WebRequestHead: Sendable {
    /// The proof of identity that it brings, if there is one.
    package let credential: WebCredential?
    /// What follows the question mark in the address.
    package let query: String
    let headers: HTTPHeaders
}

/// What a page knows of the request for it.
package struct WebRequest: Sendable {
    /// The connection that it came on.
    package let connection: Connection
    let head: WebRequestHead

    /// The proof of identity that it brings, if there is one.
    package var credential: WebCredential? { head.credential }
    /// What follows the question mark in the address.
    package var query: String { head.query }

    /// The value of one of the cookies of ``WebCookies``; nil where there is none, or more than one.
    package func cookie(_ name: String) -> String? { WebCookies.value(of: name, in: head.headers) }
}

/// An object of JSON that was posted to the server itself.
package struct WebSubmission: Sendable {
    /// The body.
    package let body: [UInt8]
    /// The connection that it came on.
    package let connection: Connection
    let head: WebRequestHead

    /// The proof of identity that it brings, if there is one.
    package var credential: WebCredential? { head.credential }
    /// Whether a page of this server has sent it, as browsers say.
    package var isFromPage: Bool { !head.headers["origin"].isEmpty || !head.headers["sec-fetch-site"].isEmpty }
}

/// A message that was posted, and the means to answer it.
package struct WebPost: Sendable {
    /// The body.
    package let body: [UInt8]
    /// Whether the request brings a proof of identity.
    package let hasCredential: Bool
    /// The connection that it came on.
    package let connection: Connection
    let head: WebPostHead
    let caller: @Sendable (JSON) async -> RPCAnswer?

    /// The values of a header, whose name is compared without regard to capitals; white space around them does not count.
    package func header(_ name: String) -> [String] {
        head.headers[name].map { value in
            let start = value.drop { $0 == " " || $0 == "\t" }
            return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
        }
    }

    /// Makes a call as whom the credential proves, under the same limits as a call to any other path.
    ///
    /// - Parameter request: a request of JSON-RPC with an id.
    /// - Returns: its answer; nil when nobody waits for it any more.
    package func call(_ request: JSON) async -> RPCAnswer? { await caller(request) }
}

/// What is known of a posted message before its body has come.
package struct WebPostHead: Sendable {
    /// The proof of identity that the request brings, if there is one.
    let credential: WebCredential?
    let headers: HTTPHeaders
    /// Makes the response.
    let respond: @Sendable (WebPost) async -> WebResponse
}

/// What the web server offers, and to whom it listens.
package struct WebConfiguration: Sendable {
    /// Where to listen.
    package var address: RPCAddress
    /// The names under which clients may address it; nil for those that follow from the address.
    package var hosts: [String]?
    /// The origins whose pages may call it; nil for its own only.
    package var origins: [String]?
    /// The paths, each at most once.
    package var routes: [WebRoute]
    /// Whether the cookie of a session proves who calls.
    package var takesCookies: Bool

    /// Describes a web server.
    package init(
        address: RPCAddress,
        hosts: [String]? = nil,
        origins: [String]? = nil,
        routes: [WebRoute],
        takesCookies: Bool = false
    ) {
        self.address = address
        self.hosts = hosts
        self.origins = origins
        self.routes = routes
        self.takesCookies = takesCookies
    }
}
