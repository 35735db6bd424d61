import ArgumentParser

struct BenchmarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Measure this machine; prints JSON lines.",
        subcommands: [
            BenchmarkSearchCommand.self, BenchmarkRulesCommand.self, BenchmarkSentimentCommand.self,
            BenchmarkResolutionCommand.self,
            BenchmarkRPCCommand.self, BenchmarkScriptsCommand.self, BenchmarkSuggestionsCommand.self,
            BenchmarkObserveCommand.self,
        ]
    )
}

/// Percentiles of times, as the benchmarks print them.
struct Percentiles {
    private let sorted: [UInt64]

    /// - Parameter nanoseconds: the times, in any order.
    init(nanoseconds: [UInt64]) { sorted = nanoseconds.sorted() }

    /// The time in milliseconds below which this share of the times lies, to the microsecond; 0 without times.
    func milliseconds(_ share: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let nanoseconds = sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
        return (Double(nanoseconds) / 1_000).rounded() / 1_000
    }
}
