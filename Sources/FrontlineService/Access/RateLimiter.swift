import FrontlineProtocol
import JSONRPC

/// Bounds the requests a second of every subject, or of every address.
final class RateLimiter: Sendable {
    private let buckets: TokenBuckets

    /// - Parameters:
    ///   - rate: requests a second, at least 1.
    ///   - seconds: how many seconds' worth may come at once.
    init(rate: Int, seconds: Int = 1) {
        let rate = Double(max(1, rate))
        buckets = TokenBuckets(rate: rate, capacity: rate * Double(seconds))
    }

    /// Counts a request.
    ///
    /// - Throws: `rate_limited` with the time after which one more is allowed.
    func admit(_ key: String, now: Int64) throws(RPCError) {
        guard case .refused(let wait) = buckets.consume(key, now: now) else { return }
        throw RPCError(.rateLimited, retryAfterMilliseconds: max(1, Int(wait * 1_000)))
    }
}
