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

    /// Runs each query once, in order, after a warm-up with the first twenty; the time includes snippets and
    /// highlights.
    ///
    /// - Parameters:
    ///   - index: The index to search.
    ///   - set: The name in the report.
    ///   - queries: The queries.
    ///   - clock: A monotonic clock in nanoseconds.
    /// - Returns: The times of all queries, without the warm-up.
    package static func run(
        _ index: SearchIndex,
        set: String,
        queries: [SearchQuery],
        clock: () -> UInt64
    ) -> Report {
        for query in queries.prefix(20) { _ = index.search(query) }
        var times: [Double] = []
        times.reserveCapacity(queries.count)
        for query in queries {
            let start = clock()
            let results = index.search(query)
            times.append(Double(clock() - start) / 1e6)
            precondition(results.hits.count <= query.limit, "an answer is never longer than asked for")
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
