import FrontlineProtocol
package import JSONRPC
package import Logging
import RPCServer
import Synchronization

/// Makes guessing tokens slow and seen: sign-ins that fail are answered late once an address has had many, and logged.
///
/// One that succeeds is never slowed, so that an attacker behind the same address keeps nobody out.
package final class SignInGuard: Sendable {
    private struct Silence {
        var since: Int64
        var unsaid = 0
    }

    /// Failures of one address that are answered at once, and those a second after that.
    private static let free = 100.0
    private static let rate = 10.0
    /// The longest that an answer is held back, in seconds; what would wait longer is refused.
    private static let longest = 2.0
    /// How long the log stays silent about an address that it has told of, in microseconds.
    private static let pause: Int64 = 10_000_000
    private static let maximumSilences = 10_000

    private let buckets = TokenBuckets(rate: rate, capacity: free, debt: rate * longest)
    private let silences = Mutex<[String: Silence]>([:])
    private let logger: Logger

    package init(logger: Logger) { self.logger = logger }

    /// Counts a sign-in that failed.
    ///
    /// - Parameters:
    ///   - peer: who tried.
    ///   - detail: what was wrong with the token, for the log alone.
    ///   - client: what the client calls itself.
    ///   - now: microseconds since 1970.
    /// - Returns: how long to wait before it is answered.
    /// - Throws: `rate_limited`, when that would be too long.
    package func failed(_ peer: Peer, detail: String, client: String, now: Int64) throws(RPCError) -> Duration {
        switch buckets.consume(peer.group, now: now) {
        case .taken:
            tell(peer, detail, client, 0)
            return .zero
        case .owed(let seconds):
            tellRarely(peer, detail, client, now)
            return .milliseconds(Int(seconds * 1_000))
        case .refused(let seconds):
            tellRarely(peer, detail, client, now)
            let wait = Int((seconds + Self.longest) * 1_000)
            throw RPCError(.rateLimited, "Too many sign-ins have failed", retryAfterMilliseconds: wait)
        }
    }

    private func tellRarely(_ peer: Peer, _ detail: String, _ client: String, _ now: Int64) {
        let unsaid = silences.withLock { silences -> Int? in
            if silences.count > Self.maximumSilences { silences = [:] }
            guard let silence = silences[peer.group], abs(now - silence.since) < Self.pause else {
                defer { silences[peer.group] = Silence(since: now) }
                return silences[peer.group]?.unsaid ?? 0
            }
            silences[peer.group]?.unsaid += 1
            return nil
        }
        if let unsaid { tell(peer, detail, client, unsaid) }
    }

    private func tell(_ peer: Peer, _ detail: String, _ client: String, _ unsaid: Int) {
        // The client's word for itself is quoted, so that it cannot write lines of its own.
        var metadata: Logger.Metadata = [
            "peer": "\(peer.address)", "token": "\(detail)", "client": "\(client.prefix(100).debugDescription)",
        ]
        if unsaid > 0 { metadata["more"] = "\(unsaid)" }
        logger.warning("a sign-in failed", metadata: metadata)
    }
}

/// The other side of a connection, as far as limits and the log are concerned.
package struct Peer: Sendable {
    /// Its address, for the log.
    let address: String
    /// What is counted together with it.
    let group: String
    /// Whether requests without a token are limited for its group: not where many clients come from one address, and not
    /// off the network.
    let isLimited: Bool

    /// Where there is no network.
    package static let inProcess = Peer(address: "in process", group: "in process", isLimited: false)

    private init(address: String, group: String, isLimited: Bool) {
        (self.address, self.group, self.isLimited) = (address, group, isLimited)
    }

    /// The client of a connection.
    init(_ connection: Connection) {
        address = connection.peer
        group = connection.origin?.group ?? connection.kind.rawValue
        isLimited = connection.origin.map { !$0.isShared } ?? false
    }

    /// A client on a network, for tests.
    package static func network(_ group: String) -> Peer { Peer(address: group, group: group, isLimited: true) }
}
