package import JSONRPC

/// The addresses a server listens on, and its limits.
package struct ServerConfiguration: Sendable {
    /// The PEM files of a server's certificate and key.
    package struct TLSFiles: Sendable, Hashable {
        /// The certificate with its chain, the server's own first.
        package var certificate: String
        /// The private key of the certificate.
        package var key: String

        /// Names the files.
        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// The addresses to listen on.
    package var addresses: [RPCAddress] = []
    /// The TLS identity of the TCP addresses and of the web server; nil for plain TCP.
    package var tls: TLSFiles?
    /// What is offered over HTTP and WebSocket, on an address of its own.
    package var web: WebConfiguration?
    /// Whether standard input and output are one more connection.
    package var standardStreams: StandardStreams?
    /// Where many clients come from under one address, such as the addresses of proxies: limits by address do not hold
    /// for them.
    package var sharedAddresses: [AddressRange] = []
    /// The limits.
    package var limits = ConnectionLimits()

    /// Creates a configuration without addresses.
    package init() {}
}

/// The file descriptors of a connection over the standard streams.
package struct StandardStreams: Sendable, Hashable {
    /// The descriptor lines are read from: a pipe, a file, a terminal or `/dev/null`.
    package var input: Int32
    /// The descriptor answers are written to.
    package var output: Int32

    /// Uses standard input and output unless told otherwise; the descriptors stay open.
    package init(input: Int32 = 0, output: Int32 = 1) {
        self.input = input
        self.output = output
    }
}

/// What a server allows one connection and all of them.
package struct ConnectionLimits: Sendable, Hashable {
    /// The longest line, in bytes without its line break; also the longest message of WebSocket and body of HTTP.
    package var lineBytes = LineFramer.defaultLimit
    /// How many connections may be open at a time.
    package var connections = 10_000
    /// How many requests of one connection may run at a time; reading stops above it.
    package var requestsInFlight = 64
    /// How many lines may be read ahead of the requests that run; nor may they be longer together than one line.
    package var linesAhead = 256
    /// How many bytes may wait for the client to read them, including the expected size of answers in progress; above
    /// it requests wait and notifications are refused.
    package var outgoingBytes = 1 << 20
    /// How many bytes the answers of a batch may take together; messages after that are refused.
    package var batchBytes = 8 << 20
    /// How many bytes all connections together may make the server hold.
    ///
    /// Lines read ahead, requests in progress, large answers in progress, and answers the client has not read. Above
    /// half of it each connection is limited to its share, and clients that do not read their answers are closed to
    /// make room for large ones; above the limit, the connections that hold the most are closed.
    package var heldBytes = 256 << 20
    /// How many bytes large answers may use together while they are built; at most an eighth of ``heldBytes``.
    package var makingBytes = 32 << 20
    /// How long a connection may stay open without a whole line, unless it is subscribed or is owed an answer.
    package var idleTime = Duration.seconds(300)
    /// The same for a connection without a signed-in caller.
    package var strangerTime = Duration.seconds(30)
    /// How long such a connection must have been silent before it can be closed to make room for another.
    package var strangerGrace = Duration.seconds(2)
    /// How many connections of one address may be open without a signed-in caller; one more replaces the
    /// one that has been silent longest.
    package var strangersOfAddress = 1_000
    /// How long a client of WebSocket may be silent before it is asked whether it is there, and how long it then has to
    /// answer.
    package var pingTime = Duration.seconds(20)
    /// How long a client may take to close its side after it was told that the connection ends.
    package var lingerTime = Duration.seconds(2)
    /// How long requests in flight have to finish when the server shuts down.
    package var drainTime = Duration.seconds(10)

    /// The limits of the protocol.
    package init() {}
}
