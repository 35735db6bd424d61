import Synchronization

/// Bounds how often something happens for each key: a bucket each that fills at a rate up to a capacity.
///
/// Buckets that are full again are forgotten, looked for once a second, so that memory is bounded by the keys that were
/// active a moment ago and no call pays for many.
package final class TokenBuckets: Sendable {
    /// What taking from a bucket came to; times are in seconds.
    package enum Outcome: Equatable {
        /// There was enough.
        case taken
        /// The bucket is in debt, which is paid after so long.
        case owed(Double)
        /// The debt would be too large; there is enough after so long.
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

    /// Makes the buckets.
    ///
    /// - Parameters:
    ///   - rate: what flows in each second.
    ///   - capacity: what a bucket holds, and begins with.
    ///   - debt: what may be taken beyond it.
    package init(rate: Double, capacity: Double, debt: Double = 0) {
        (self.rate, self.capacity, self.debt) = (rate, capacity, debt)
    }

    /// Takes one from the bucket of a key.
    ///
    /// - Parameters:
    ///   - key: whose bucket.
    ///   - now: microseconds since 1970; a clock that is set back lets nothing flow in.
    /// - Returns: whether there was enough, and how long it takes otherwise.
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

    /// How many keys are remembered.
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
