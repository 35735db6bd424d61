import FrontlineProtocol
package import JSONRPC
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

    /// Takes what was taken elsewhere, even where it is more than there is.
    ///
    /// - Parameters:
    ///   - amount: how much.
    ///   - key: the key of the bucket.
    ///   - limit: how much the bucket may lack afterwards.
    ///   - now: the time, in microseconds since 1970.
    package func charge(_ amount: Double, to key: String, lackingAtMost limit: Double, now: Int64) {
        state.withLock { state in
            var bucket = state.buckets[key] ?? Bucket(level: capacity, updated: now)
            let level = level(of: bucket, at: now)
            bucket.level = max(level - amount, min(level, -limit))
            bucket.updated = now
            state.buckets[key] = bucket
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
///
/// A subject may be connected to several servers of a store. Its calls on the others are taken from its bucket once a second
/// (``NodeDirectory``), so that in `t` seconds no more than `rate × (t + 3 × servers)` are let through, plus a tenth.
package final class RateLimiter: Sendable {
    /// How many seconds' worth a subject may have to wait for what it had from each of the others.
    private static let secondsOwed = 2.0
    /// Subjects that are counted between two looks at them.
    private static let maximumCounted = 100_000

    /// The allowed requests per second.
    let rate: Int
    private let buckets: TokenBuckets
    /// The calls since ``takeCalls()``; nil where nobody asks.
    private let calls = Mutex<[String: Int64]?>(nil)

    /// - Parameters:
    ///   - rate: the allowed requests per second, at least 1.
    ///   - seconds: the size of a burst, in seconds at that rate.
    package init(rate: Int, seconds: Int = 1) {
        self.rate = max(1, rate)
        let rate = Double(max(1, rate))
        buckets = TokenBuckets(rate: rate, capacity: rate * Double(seconds))
    }

    /// Counts a request.
    ///
    /// - Throws: `rate_limited` with the time after which another one is allowed.
    package func admit(_ key: String, now: Int64) throws(RPCError) {
        guard case .refused(let wait) = buckets.consume(key, now: now) else { return count(key) }
        throw RPCError(.rateLimited, retryAfterMilliseconds: max(1, Int(wait * 1_000)))
    }

    private func count(_ key: String) {
        calls.withLock { calls in
            // Without a copy, which every call would otherwise make anew.
            guard let number = calls?.count, number < Self.maximumCounted || calls?[key] != nil else { return }
            calls?[key, default: 0] += 1
        }
    }

    /// Has calls counted by their subjects from now on.
    package func countCalls() { calls.withLock { $0 = $0 ?? [:] } }

    /// The calls that were let through since the last time, by their subjects.
    package func takeCalls() -> [String: Int64] {
        calls.withLock { calls in
            defer { if calls != nil { calls = [:] } }
            return calls ?? [:]
        }
    }

    /// Takes what other servers have let through.
    ///
    /// - Parameters:
    ///   - calls: their calls by subject.
    ///   - nodes: how many servers there are.
    ///   - now: the time, in microseconds since 1970.
    package func charge(_ calls: [String: Int64], nodes: Int, now: Int64) {
        let limit = Double(rate) * Self.secondsOwed * Double(max(nodes - 1, 1))
        for (key, count) in calls { buckets.charge(Double(count), to: key, lackingAtMost: limit, now: now) }
    }
}
