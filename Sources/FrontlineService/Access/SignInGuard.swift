import Access
import FrontlineProtocol
import IdentityTokens
package import JSONRPC
package import Logging
import RPCServer
import SignIn
import Storage
import Synchronization
import Vocabulary

/// Slows down the guessing of tokens and makes it visible: failed authentications are logged, and answered with a delay
/// once an address has had many, or the subject that tokens of the issuer claim, from whatever addresses.
///
/// A successful authentication is never delayed, so that an attacker cannot lock out others behind the same address, or somebody
/// whose name it knows.
package final class SignInGuard: Sendable {
    private struct Silence {
        var since: Int64
        var unsaid = 0
    }

    /// The number of failures of one address answered without delay, and the number per second after that.
    private static let free = 100.0
    private static let rate = 10.0
    /// The longest delay of an answer, in seconds; a request that would wait longer is refused.
    private static let longest = 2.0
    /// The minimum interval between log entries about one address, in microseconds.
    private static let pause: Int64 = 10_000_000
    private static let maximumSilences = 10_000

    private let buckets = TokenBuckets(rate: rate, capacity: free, debt: rate * longest)
    private let silences = Mutex<[String: Silence]>([:])
    private let logger: Logger

    package init(logger: Logger) { self.logger = logger }

    /// Finds whom a client's proof of identity authenticates; a failure is counted, logged and answered late.
    ///
    /// While the store cannot be asked, one that has signed in here before counts for as long as the session remembers callers.
    ///
    /// - Parameters:
    ///   - credential: a token, of the issuer as well, or the secret of a browser's session.
    ///   - session: the session of the client, which the token becomes the caller of.
    ///   - client: the client's name for itself.
    ///   - services: the services of the server.
    /// - Returns: the token, and whether the connection belonged to another subject before.
    /// - Throws: `AccessError`, `TokenRefusal` or `SignInError` for one that does not count, `rate_limited` after too many of them,
    ///   the store's error.
    func signIn(
        _ credential: WebCredential,
        to session: Session,
        as client: String = "",
        of services: Services
    ) async throws -> (token: Token, isAnothers: Bool) {
        let (now, epoch) = (services.now(), services.seenTokens.epoch)
        let text =
            switch credential {
            case .token(let text), .session(let text): text
            }
        do {
            let token = try await Self.token(of: credential, now: now, services)
            if session.grace > 0 { services.seenTokens.note(text, token, at: now, since: epoch) }
            return (token, session.authenticate(token))
        } catch let error as AccessError where error.code == .unauthenticated {
            try await delay(session.peer, detail: error.detail ?? error.message, client: client, services)
            throw error
        } catch let error as StorageError where error.code == .unavailable {
            guard let seen = services.seenTokens.find(text, now: now, grace: session.grace) else { throw error }
            return (seen.token, session.authenticate(seen.token, confirmedAt: seen.at))
        } catch {
            guard let detail = Self.refusal(in: error) else { throw error }
            let subject = Self.subject(of: text)
            try await delay(session.peer, detail: detail, subject: subject, client: client, services)
            throw error
        }
    }

    /// Why a token of the issuer does not count; nil for an error that is nobody's attempt.
    private static func refusal(in error: any Error) -> String? {
        switch error {
        case let error as TokenRefusal: error.message
        case let error as SignInError where error.code == .refused: error.message
        default: nil
        }
    }

    private static func token(of credential: WebCredential, now: Int64, _ services: Services) async throws -> Token {
        switch credential {
        case .session(let secret):
            let time = try await services.tokens.time(now)
            return try await services.tokens.sessions.authenticate(secret, now: time).token
        case .token(let text) where services.signIn.isForIssuer(text):
            return try await services.signIn.token(of: text, now: now)
        case .token(let text): return try await services.tokens.authenticate(text, now: now)
        }
    }

    /// Whom a token claims to be about.
    private static func subject(of text: String) -> String? { (try? CompactToken(text))?.claimedSubject }

    /// Counts a failed sign-in and waits for as long as its answer is delayed.
    ///
    /// - Throws: `rate_limited` if that would be too long.
    func delay(
        _ peer: Peer,
        detail: String,
        subject: String? = nil,
        client: String = "",
        _ services: Services
    ) async throws(RPCError) {
        let wait = try failed(peer, detail: detail, subject: subject, client: client, now: services.now())
        if wait > .zero { await Task.pause(for: wait) }
    }

    /// Counts a failed authentication.
    ///
    /// - Parameters:
    ///   - peer: the client that tried.
    ///   - detail: what was wrong with the token, for the log only.
    ///   - subject: whom the token claims to be about; nil where it claims nothing.
    ///   - client: the client's name for itself.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the delay before the answer.
    /// - Throws: `rate_limited` if the delay would be too long.
    package func failed(
        _ peer: Peer,
        detail: String,
        subject: String? = nil,
        client: String,
        now: Int64
    ) throws(RPCError) -> Duration {
        let ofAddress = buckets.consume(peer.group, now: now)
        let ofSubject = subject.map { buckets.consume("subject \(ContentHash.sha256($0))", now: now) } ?? .taken
        switch Self.slower(ofAddress, ofSubject) {
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

    /// The one of two outcomes that delays an answer longer.
    private static func slower(
        _ left: TokenBuckets.Outcome,
        _ right: TokenBuckets.Outcome
    ) -> TokenBuckets.Outcome {
        func rank(_ outcome: TokenBuckets.Outcome) -> (Int, Double) {
            switch outcome {
            case .taken: (0, 0)
            case .owed(let seconds): (1, seconds)
            case .refused(let seconds): (2, seconds)
            }
        }
        return rank(left) < rank(right) ? right : left
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
        // The client's name for itself is quoted, so that it cannot forge log lines.
        var metadata: Logger.Metadata = [
            "peer": "\(peer.address)", "token": "\(detail)", "client": "\(client.prefix(100).debugDescription)",
        ]
        if unsaid > 0 { metadata["more"] = "\(unsaid)" }
        logger.warning("a sign-in failed", metadata: metadata)
    }
}

/// The client of a connection, for limits and the log.
package struct Peer: Sendable {
    /// The address shown in the log.
    let address: String
    /// The key under which its requests are counted.
    let group: String
    /// Whether requests without a token are limited for its group.
    ///
    /// They are not for addresses shared by many clients, and not without a network.
    let isLimited: Bool

    /// The peer of calls within the process.
    package static let inProcess = Peer(address: "in process", group: "in process", isLimited: false)

    private init(address: String, group: String, isLimited: Bool) {
        (self.address, self.group, self.isLimited) = (address, group, isLimited)
    }

    /// Creates the peer of a connection.
    init(_ connection: Connection) {
        address = connection.peer
        group = connection.origin?.group ?? connection.kind.rawValue
        isLimited = connection.origin.map { !$0.isShared } ?? false
    }

    /// Creates a client on a network, for tests.
    package static func network(_ group: String) -> Peer { Peer(address: group, group: group, isLimited: true) }
}
