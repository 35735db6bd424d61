/// Measures how long searches take.
package enum SearchBenchmark {
    /// The times of one set of queries, in milliseconds, and searches per second.
    package struct Report: Sendable, Equatable {
        package var set: String
        /// The number of queries.
        package var queries: Int
        /// The median.
        package var p50: Double
        /// The 95th percentile.
        package var p95: Double
        /// The 99th percentile.
        package var p99: Double
        /// Searches per second, run sequentially.
        package var perSecond: Double
    }

    /// Runs each query once, in order, after a warm-up with the first twenty.
    ///
    /// - Parameters:
    ///   - set: The name in the report.
    ///   - queries: The queries.
    ///   - clock: A monotonic clock in nanoseconds.
    ///   - search: Answers a query; all it does is measured.
    /// - Returns: The times of all queries, without the warm-up.
    /// - Throws: the first error of `search`.
    package static func run<Query, Failure: Error>(
        set: String,
        queries: [Query],
        clock: () -> UInt64,
        search: (Query) throws(Failure) -> Void
    ) throws(Failure) -> Report {
        for query in queries.prefix(20) { try search(query) }
        var times: [Double] = []
        times.reserveCapacity(queries.count)
        for query in queries {
            let start = clock()
            try search(query)
            times.append(Double(clock() - start) / 1e6)
        }
        times.sort()
        let total = max(times.reduce(0, +), 1e-9)
        return Report(
            set: set,
            queries: times.count,
            p50: percentile(times, 0.5),
            p95: percentile(times, 0.95),
            p99: percentile(times, 0.99),
            perSecond: 1_000 * Double(times.count) / total
        )
    }

    private static func percentile(_ sorted: [Double], _ share: Double) -> Double {
        sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }
}
