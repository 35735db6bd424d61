import IdentityTokens

/// What is known of an issuer, and when it is asked again: decisions without effects.
///
/// Times are microseconds since 1970.
struct IssuerCache: Sendable {
    /// What was last got from the issuer.
    struct Known: Sendable {
        let metadata: IssuerMetadata
        let keys: KeySet
        let at: Int64
    }

    /// What is done for somebody who needs the issuer's keys.
    enum Step: Sendable {
        /// These count.
        case use(Known)
        /// The issuer is asked first.
        case ask
        /// The issuer is not asked again so soon, or has no such key.
        case refuse(retryAfter: Int64)
    }

    /// After so long the issuer is asked again by the timer.
    static let refresh: Int64 = 900_000_000
    /// While the issuer is away, its keys count for so long.
    static let usable: Int64 = 86_400_000_000
    /// The issuer is asked for a key that is not known at most so often, however many tokens name one.
    static let pauseForKey: Int64 = 30_000_000
    /// After a failure the issuer is left alone for so long, twice as long after each further one.
    static let pauseAfterFailure: Int64 = 2_000_000
    static let longestPause: Int64 = 120_000_000

    private(set) var known: Known?
    private(set) var askedAt: Int64?
    private var failures = 0

    /// Decides for somebody who needs the keys, or the key of a name.
    func step(forKey id: String?, now: Int64) -> Step {
        if let known, abs(now - known.at) < Self.usable {
            guard let id, !known.keys.contains(id) else { return .use(known) }
            return mayAsk(after: Self.pauseForKey, now: now) ?? .ask
        }
        return mayAsk(after: 0, now: now) ?? .ask
    }

    /// Whether the timer asks.
    func isDue(now: Int64) -> Bool {
        if let known, abs(now - known.at) < Self.refresh { return false }
        return mayAsk(after: 0, now: now) == nil
    }

    /// The refusal while the issuer is left alone; nil when it may be asked.
    private func mayAsk(after pause: Int64, now: Int64) -> Step? {
        guard let askedAt, now >= askedAt else { return nil }
        let rest = askedAt + max(pause, pauseOfFailures) - now
        return rest > 0 ? .refuse(retryAfter: rest) : nil
    }

    private var pauseOfFailures: Int64 {
        failures == 0 ? 0 : min(Self.longestPause, Self.pauseAfterFailure << Int64(min(failures - 1, 10)))
    }

    mutating func noteAsking(now: Int64) { askedAt = now }

    mutating func note(_ metadata: IssuerMetadata, _ keys: KeySet, now: Int64) {
        known = Known(metadata: metadata, keys: keys, at: now)
        failures = 0
    }

    mutating func noteFailure() { failures += 1 }
}
