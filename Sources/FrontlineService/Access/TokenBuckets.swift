import FrontlineProtocol
import JSONRPC
import Synchronization
import Vocabulary

/// Limits how often something happens for each key, with one token bucket per key.
///
/// Full buckets are removed once a second, so that memory is bounded by the recently active keys, and no call removes
/// many.
package final class TokenBuckets: Sendable {
    /// The result of taking from a bucket; times are in seconds.
    package enum Outcome: Equatable {
        /// The bucket contained enough.
        case taken
        /// The bucket is in debt, which is repaid after this time.
        case owed(Double)
        /// The debt would be too large; there is enough after this time.
        case refused(Double)
    }

    private struct Bucket {
        var level: Double
        var updated: Int64
    }

    private struct State {
        var buckets: [String: Bucket] = [:]
        var sweptAt: Int64 = 0
    }

    private static let sweepThreshold = 1_000
    private let rate: Double
    private let capacity: Double
    private let debt: Double
    private let state = Mutex(State())

    /// Creates the buckets.
    ///
    /// - Parameters:
    ///   - rate: the amount added per second.
    ///   - capacity: the capacity of a bucket, and its initial content.
    ///   - debt: the amount that may be taken beyond the content.
    package init(rate: Double, capacity: Double, debt: Double = 0) {
        (self.rate, self.capacity, self.debt) = (rate, capacity, debt)
    }

    /// Takes one unit from the bucket of a key.
    ///
    /// - Parameters:
    ///   - key: the key of the bucket.
    ///   - now: the time, in microseconds since 1970; nothing is added while the clock is set back.
    /// - Returns: whether there was enough, and otherwise the time to wait.
    package func consume(_ key: String, now: Int64) -> Outcome {
        state.withLock { state in
            sweep(&state, now: now)
            var bucket = state.buckets[key] ?? Bucket(level: capacity, updated: now)
            bucket.level = level(of: bucket, at: now)
            bucket.updated = now
            defer { state.buckets[key] = bucket }
            guard bucket.level + debt >= 1 else { return .refused((1 - bucket.level - debt) / rate) }
            bucket.level -= 1
            return bucket.level >= 0 ? .taken : .owed(-bucket.level / rate)
        }
    }

    /// The number of keys with a bucket.
    package var count: Int { state.withLock { $0.buckets.count } }

    private func level(of bucket: Bucket, at now: Int64) -> Double {
        min(capacity, bucket.level + Double(max(0, now - bucket.updated)) / 1_000_000 * rate)
    }

    private func sweep(_ state: inout State, now: Int64) {
        guard state.buckets.count > Self.sweepThreshold, abs(now - state.sweptAt) >= 1_000_000 else { return }
        state.sweptAt = now
        state.buckets = state.buckets.filter { level(of: $0.value, at: now) < capacity }
    }
}

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
