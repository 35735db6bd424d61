import FrontlineProtocol
import JSONRPC
import Synchronization

/// Bounds the requests a second of every subject: a bucket each that fills at the rate and holds one second's worth.
///
/// Buckets that are full again are forgotten, so memory is bounded by the subjects active within a second.
final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var updated: Int64
    }

    private static let sweepThreshold = 10_000
    private let rate: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Parameter rate: requests a second, at least 1.
    init(rate: Int) { self.rate = Double(max(1, rate)) }

    /// Counts a request.
    ///
    /// - Throws: `rate_limited` with the time after which one more is allowed.
    func admit(_ subject: String, now: Int64) throws(RPCError) {
        let wait = buckets.withLock { buckets -> Double? in
            if buckets.count > Self.sweepThreshold { sweep(&buckets, now: now) }
            var bucket = buckets[subject] ?? Bucket(tokens: rate, updated: now)
            let elapsed = Double(max(0, now - bucket.updated)) / 1_000_000
            bucket.tokens = min(rate, bucket.tokens + elapsed * rate)
            bucket.updated = now
            defer { buckets[subject] = bucket }
            guard bucket.tokens >= 1 else { return (1 - bucket.tokens) / rate }
            bucket.tokens -= 1
            return nil
        }
        guard let wait else { return }
        throw RPCError(.rateLimited, retryAfterMilliseconds: max(1, Int(wait * 1_000)))
    }

    private func sweep(_ buckets: inout [String: Bucket], now: Int64) {
        buckets = buckets.filter { now - $0.value.updated < 1_000_000 }
    }
}
