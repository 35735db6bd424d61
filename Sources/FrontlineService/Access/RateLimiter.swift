import FrontlineProtocol
import JSONRPC
import Vocabulary

/// Limits the requests per second of each subject, or of each address.
final class RateLimiter: Sendable {
    private let buckets: TokenBuckets

    /// - Parameters:
    ///   - rate: the allowed requests per second, at least 1.
    ///   - seconds: the size of a burst, in seconds at that rate.
    init(rate: Int, seconds: Int = 1) {
        let rate = Double(max(1, rate))
        buckets = TokenBuckets(rate: rate, capacity: rate * Double(seconds))
    }

    /// Counts a request.
    ///
    /// - Throws: `rate_limited` with the time after which another one is allowed.
    func admit(_ key: String, now: Int64) throws(RPCError) {
        guard case .refused(let wait) = buckets.consume(key, now: now) else { return }
        throw RPCError(.rateLimited, retryAfterMilliseconds: max(1, Int(wait * 1_000)))
    }
}
