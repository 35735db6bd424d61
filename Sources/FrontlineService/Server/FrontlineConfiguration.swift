package import Customers
package import Logging
package import RPCServer
import Resolution

/// Everything the server is told at start.
package struct FrontlineConfiguration: Sendable {
    /// How log lines are written.
    package enum LogFormat: String, Sendable, CaseIterable {
        case text
        case json
    }

    /// Which callers are admins without a token, when there is no authentication.
    package enum NoAuthenticationScope: String, Sendable, CaseIterable {
        /// Those of this machine: on a loopback address, the Unix socket or standard input.
        case loopback
        /// Those on the Unix socket or standard input, which have the user's rights already.
        case socket
    }

    /// The address it listens on when it is told none.
    package static let defaultAddress = "127.0.0.1:7411"

    package var dataFolder = ".frontline"
    /// Where the list of erasures is kept; in the data folder for nil.
    package var erasures: String?
    /// Addresses to listen on, as `HOST:PORT`.
    package var listen: [String] = []
    package var socket: String?
    package var stdio = false
    package var knowledge: String?
    package var rules: String?
    package var tlsCertificate: String?
    package var tlsKey: String?
    package var metricsListen: String?
    package var noAuthentication = false
    package var noAuthenticationScope = NoAuthenticationScope.loopback
    package var logFormat = LogFormat.text
    package var logLevel = Logger.Level.info
    /// Bytes.
    package var lineLimit = 1 << 20
    package var maximumConnections = 12_000
    package var maximumInFlight = 64
    /// Seconds; 0 for never.
    package var idleTimeout = 600
    /// Seconds; 0 for never.
    package var authenticationTimeout = 30
    /// Connections; 0 for no limit.
    package var unauthenticatedPerAddress = 1_000
    /// Where many clients come from under one address.
    package var sharedAddresses: [AddressRange] = ["127.0.0.1", "::1"].compactMap(AddressRange.init)
    /// MiB.
    package var bufferLimit = 256
    /// Requests a second without a token from one address; 0 for no limit.
    package var publicRateLimit = 1_000
    /// Seconds.
    package var drainTimeout = 10
    /// Requests a second of one subject; 0 for no limit.
    package var rateLimit = 0
    /// Teams that exist beside those that tokens name.
    package var teams: [String] = []
    /// Days; 0 for ever.
    package var transcriptRetention = 365
    /// Where a day begins: a name of the IANA database.
    package var timeZone = "UTC"
    /// Hours.
    package var approvalHours = 24
    /// Days that a store may stand unattended before a clock is not believed; 0 for any.
    package var clockGapDays = 31
    /// Whether capitals make another customer; nil for what the store was begun with.
    package var customerIDCase: CanonicalForm.LetterCase?
    /// Seconds; 0 for never.
    package var scriptIdleTime = 86_400

    /// The defaults.
    package init() {}

    /// Checks what no option can say alone.
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
        if noAuthentication, noAuthenticationScope == .loopback,
            let open = result.listen.first(where: { !Self.isLoopback($0) })
        {
            throw ConfigurationError(
                place: "no-auth",
                message: "every caller would be an admin, and \(open) can be reached from other machines; "
                    + "listen on a loopback address, a Unix socket or standard input, or create tokens"
            )
        }
        return result
    }

    /// Whether who comes this way is somebody only by a token.
    func needsToken(_ transport: TransportKind) -> Bool {
        guard noAuthentication else { return true }
        switch transport {
        case .tcp, .tls: return noAuthenticationScope != .loopback
        case .unix, .stdio: return false
        }
    }

    /// What an operator should know at start.
    package var warnings: [String] {
        var warnings: [String] = []
        if noAuthentication, noAuthenticationScope == .loopback {
            warnings += listen.map {
                "every program and user of this machine is an admin at \($0), without a token; "
                    + "no-auth-scope: socket keeps this to the Unix socket and standard input"
            }
        }
        if tlsCertificate == nil {
            warnings += listen.filter { !Self.isLoopback($0) }.map {
                "tokens and customers' data cross the network in clear at \($0), which other machines can reach; "
                    + "give it a certificate (tls-certificate and tls-key), or listen on a loopback address"
            }
        }
        return warnings
    }

    private static func isLoopback(_ address: String) -> Bool {
        guard let colon = address.lastIndex(of: ":") else { return false }
        let host = address[..<colon].trimmingPrefix("[").replacing("]", with: "")
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
        return isIPv4 || host == "::1" || host == "localhost"
    }
}
