import Foundation

/// A monotonic clock for durations.
package enum Monotonic {
    /// The time in nanoseconds, from an arbitrary origin.
    package static func nanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// The milliseconds since a value of ``nanoseconds()``, with microsecond precision.
    static func milliseconds(since start: UInt64) -> Double {
        Double((nanoseconds() - start) / 1_000) / 1_000
    }
}

/// Percentiles of times, as printed by the benchmarks.
package struct Percentiles {
    private let sorted: [UInt64]

    /// - Parameter nanoseconds: the times, in any order.
    package init(nanoseconds: [UInt64]) { sorted = nanoseconds.sorted() }

    /// The percentile for a share, in milliseconds with microsecond precision; 0 without times.
    package func milliseconds(_ share: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let nanoseconds = sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
        return (Double(nanoseconds) / 1_000).rounded() / 1_000
    }
}
