package import JSONRPC

/// A path of the web server, and what is done there.
package struct WebRoute: Sendable {
    /// What is done for a request.
    package enum Action: Sendable {
        /// `POST`: the body is a call or a batch of JSON-RPC.
        case calls
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
        case .calls: ["POST"]
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
