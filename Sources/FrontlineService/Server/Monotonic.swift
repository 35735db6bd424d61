import Foundation

/// A clock that only goes forward, for durations.
package enum Monotonic {
    /// Nanoseconds from any point.
    package static func nanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Milliseconds since a moment of ``nanoseconds()``, to the microsecond.
    static func milliseconds(since start: UInt64) -> Double {
        Double((nanoseconds() - start) / 1_000) / 1_000
    }
}
