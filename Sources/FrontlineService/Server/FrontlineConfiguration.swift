package import Customers
import Foundation
package import Logging
package import ModelSupply
package import RPCServer
import Resolution
import Storage

/// The configuration of the server.
package struct FrontlineConfiguration: Sendable {
    /// The format of log lines.
    package enum LogFormat: String, Sendable, CaseIterable {
        case text
        case json
    }

    /// The callers who are admins without a token if authentication is disabled.
    package enum NoAuthenticationScope: String, Sendable, CaseIterable {
        /// Callers on this machine: on a loopback address, the Unix socket or standard input.
        case loopback
        /// Callers on the Unix socket or standard input, who already have the user's rights.
        case socket
    }

    /// The address to listen on if none is configured.
    package static let defaultAddress = "127.0.0.1:7411"

    package var dataFolder = ".frontline"
    /// Where the store is.
    package var store = StoreAddress.folder(nil)
    /// How long those who are signed in are remembered while the store cannot be reached, in seconds; 0 for not at all.
    package var storeGrace = 300
    /// The same in microseconds; 0 for a store in a folder, which can always be asked.
    var callerGrace: Int64 { store.engine == .postgresql ? Int64(storeGrace) * 1_000_000 : 0 }
    /// The path of the list of erasures; nil for the data folder.
    package var erasures: String?
    /// The addresses to listen on, as `HOST:PORT`.
    package var listen: [String] = []
    package var socket: String?
    package var stdio = false
    package var knowledge: String?
    package var rules: String?
    package var encoder = EncoderChoice.automatic
    /// The folders in which models are looked for before those of the product, from the environment.
    package var modelFolders: [String] = []
    /// The threads that embed articles in the background.
    package var encoderThreads = max(1, ProcessInfo.processInfo.activeProcessorCount / 2)
    package var tlsCertificate: String?
    package var tlsKey: String?
    package var metricsListen: String?
    /// The address of HTTP and WebSocket, as `HOST:PORT`; nil for none.
    package var web: String?
    /// The names under which the web server may be addressed; empty for those that follow from its address.
    package var webHosts: [String] = []
    /// The origins whose pages may call the web server; empty for its own.
    package var webOrigins: [String] = []
    /// Where browsers reach the web server; nil for what follows from its address.
    package var webURL: String?
    /// The issuer that vouches for people; nil for none.
    package var oidcIssuer: String?
    package var oidcClientID: String?
    package var oidcClientSecretFile: String?
    /// The secret that the issuer has given to this server, from the environment or the file; never shown.
    package var oidcClientSecret: String?
    package var oidcAuthorities: String?
    package var noAuthentication = false
    package var noAuthenticationScope = NoAuthenticationScope.loopback
    package var logFormat = LogFormat.text
    package var logLevel = Logger.Level.info
    /// The longest line, in bytes.
    package var lineLimit = 1 << 20
    package var maximumConnections = 12_000
    package var maximumInFlight = 64
    /// The time after which an idle connection is closed, in seconds; 0 for never.
    package var idleTimeout = 600
    /// The time after which a silent connection that has not authenticated is closed, in seconds; 0 for ``idleTimeout``.
    package var authenticationTimeout = 30
    /// The number of unauthenticated connections from one address; 0 for no limit.
    package var unauthenticatedPerAddress = 1_000
    /// Addresses from which many clients connect, which are exempt from limits per address.
    package var sharedAddresses: [AddressRange] = ["127.0.0.1", "::1"].compactMap(AddressRange.init)
    /// The memory for requests read ahead and answers not yet sent of all connections, in MiB.
    package var bufferLimit = 256
    /// The requests per second without a token from one address; 0 for no limit.
    package var publicRateLimit = 1_000
    /// The time to finish running requests at shutdown, in seconds.
    package var drainTimeout = 10
    /// The requests per second of one subject; 0 for no limit.
    package var rateLimit = 0
    /// Teams that exist in addition to those named by tokens.
    package var teams: [String] = []
    /// How long transcripts are kept, in days; 0 for forever.
    package var transcriptRetention = 365
    /// The time zone in which days begin: a name in the IANA database.
    package var timeZone = "UTC"
    /// How long a request waits for approval, in hours.
    package var approvalHours = 24
    /// The number of days that a store may be unused before its clock is not trusted; 0 for no limit.
    package var clockGapDays = 31
    /// How far the machine's clock may be from that of a database server, in seconds; 0 for any difference.
    package var clockSkewSeconds = 10
    /// Whether ids of customers are case-sensitive; nil for the form recorded in the store.
    package var customerIDCase: CanonicalForm.LetterCase?
    /// The time without calls after which a script session ends, in seconds; 0 for never.
    package var scriptIdleTime = 86_400

    /// Creates the default configuration.
    package init() {}

    /// Checks constraints between options.
    ///
    /// - Throws: ``ConfigurationError``.
    func validated() throws -> FrontlineConfiguration {
        var result = self
        if listen.isEmpty, socket == nil, !stdio { result.listen = [Self.defaultAddress] }
        if (tlsCertificate == nil) != (tlsKey == nil) {
            throw ConfigurationError(place: "tls-certificate", message: "a certificate and its key are given together")
        }
        guard DayStart(timeZone: timeZone) != nil else {
            throw ConfigurationError(place: "time-zone", message: "there is no time zone “\(timeZone)”")
        }
        if WebHosts(listed: webHosts) == nil {
            throw ConfigurationError(place: "web-hosts", message: "a host is given as HOST or HOST:PORT")
        }
        if WebOrigins(listed: webOrigins) == nil {
            throw ConfigurationError(
                place: "web-origins",
                message: "an origin is given as https://HOST or https://HOST:PORT, without a path"
            )
        }
        try result.validateSignIn()
        if noAuthentication, noAuthenticationScope == .loopback,
            let open = result.networkAddresses.first(where: { !Self.isLoopback($0) })
        {
            throw ConfigurationError(
                place: "no-auth",
                message: "every caller would be an admin, and \(open) can be reached from other machines; "
                    + "listen on a loopback address, a Unix socket or standard input, or create tokens"
            )
        }
        return result
    }

    /// Whether callers on this transport must authenticate with a token.
    func needsToken(_ transport: TransportKind) -> Bool {
        guard noAuthentication else { return true }
        switch transport {
        case .tcp, .tls, .web, .secureWeb: return noAuthenticationScope != .loopback
        case .unix, .stdio: return false
        }
    }

    /// Warnings for the operator at start.
    package var warnings: [String] {
        var warnings: [String] = []
        if noAuthentication, noAuthenticationScope == .loopback {
            warnings += networkAddresses.map {
                "every program and user of this machine is an admin at \($0), without a token; "
                    + "no-auth-scope: socket keeps this to the Unix socket and standard input"
            }
        }
        if tlsCertificate == nil {
            warnings += networkAddresses.filter { !Self.isLoopback($0) }.map {
                "tokens and customers' data cross the network in clear at \($0), which other machines can reach; "
                    + "give it a certificate (tls-certificate and tls-key), or listen on a loopback address"
            }
        }
        return warnings
    }

    /// The addresses that other machines may reach.
    private var networkAddresses: [String] { listen + [web].compactMap(\.self) }

    static func isLoopback(_ address: String) -> Bool {
        guard let colon = address.lastIndex(of: ":") else { return false }
        let host = address[..<colon].trimmingPrefix("[").replacing("]", with: "")
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
        return isIPv4 || host == "::1" || host == "localhost"
    }
}
