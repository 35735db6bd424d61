package import JSONRPC
import NIOHTTP1
package import Vocabulary

/// A path of the web server, and what is done there.
package struct WebRoute: Sendable {
    /// What is done for a request.
    package enum Action: Sendable {
        /// `POST`: the body is a call or a batch of JSON-RPC.
        case calls
        /// `POST`: the body is a message of another protocol, for which calls are made as the bearer of the token.
        case exchange(@Sendable (WebPost) async -> WebResponse)
        /// `GET`: the connection goes on as WebSocket.
        case socket
        /// `GET` and `HEAD`: a response is made.
        case page(@Sendable (WebRequest) async -> WebResponse)
    }

    /// The path, which a request names in the same letters.
    package let path: String
    /// What is done.
    package let action: Action

    /// Describes a path.
    package init(_ path: String, _ action: Action) {
        self.path = path
        self.action = action
    }

    /// The methods that are allowed.
    var methods: [String] {
        switch action {
        case .calls, .exchange: ["POST"]
        case .socket: ["GET"]
        case .page: ["GET", "HEAD"]
        }
    }
}

/// What a page knows of the request for it.
package struct WebRequest: Sendable {
    /// The token in `Authorization: Bearer`, if there is one.
    package let token: String?
    /// The connection that it came on.
    package let connection: Connection
}

/// A message that was posted, and the means to answer it.
package struct WebPost: Sendable {
    /// The body.
    package let body: [UInt8]
    /// Whether the request bears a token.
    package let bearsToken: Bool
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

    /// Makes a call as the bearer of the token, under the same limits as a call to any other path.
    ///
    /// - Parameter request: a request of JSON-RPC with an id.
    /// - Returns: its answer; nil when nobody waits for it any more.
    package func call(_ request: JSON) async -> RPCAnswer? { await caller(request) }
}

/// What is known of a posted message before its body has come.
package struct WebPostHead: Sendable {
    /// The token in `Authorization: Bearer`, if there is one.
    let token: String?
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

    /// Describes a web server.
    package init(address: RPCAddress, hosts: [String]? = nil, origins: [String]? = nil, routes: [WebRoute]) {
        self.address = address
        self.hosts = hosts
        self.origins = origins
        self.routes = routes
    }
}
