package import Customers
package import Logging
import Resolution

/// Everything the server is told at start.
package struct FrontlineConfiguration: Sendable {
    /// How log lines are written.
    package enum LogFormat: String, Sendable, CaseIterable {
        case text
        case json
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
    package var logFormat = LogFormat.text
    package var logLevel = Logger.Level.info
    /// Bytes.
    package var lineLimit = 1 << 20
    package var maximumConnections = 12_000
    package var maximumInFlight = 64
    /// Seconds; 0 for never.
    package var idleTimeout = 600
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
        if noAuthentication, let open = result.listen.first(where: { !Self.isLoopback($0) }) {
            throw ConfigurationError(
                place: "no-auth",
                message: "every caller would be an admin, and \(open) can be reached from other machines; "
                    + "listen on a loopback address, a Unix socket or standard input, or create tokens"
            )
        }
        return result
    }

    private static func isLoopback(_ address: String) -> Bool {
        guard let colon = address.lastIndex(of: ":") else { return false }
        let host = address[..<colon].trimmingPrefix("[").replacing("]", with: "")
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
        return isIPv4 || host == "::1" || host == "localhost"
    }
}
