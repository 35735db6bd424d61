import Testing
import TextSearch

@Suite struct BenchmarkTests {
    @Test func reportsThePercentilesOfItsClock() {
        let index = SearchIndex()
        index.apply([.upsert(SearchDocument(key: "a", locale: "en", body: "refund"))], sequence: 1)
        var nanoseconds: UInt64 = 0
        var step: UInt64 = 0
        // The n-th search takes n milliseconds by this clock.
        let clock: () -> UInt64 = {
            step += 1
            if step % 2 == 0 { nanoseconds += step / 2 * 1_000_000 }
            return nanoseconds
        }
        let queries = Array(repeating: SearchQuery("refund"), count: 100)
        let report = SearchBenchmark.run(set: "s", queries: queries, clock: clock) { _ = index.search($0) }
        #expect(report.queries == 100)
        #expect(report.p50 == 51)
        #expect(report.p95 == 96)
        #expect(report.p99 == 100)
        #expect(abs(report.perSecond - 100_000 / 5_050) < 1e-9)
    }

    @Test func anEmptySetIsReportedAsZeros() {
        let report = SearchBenchmark.run(set: "none", queries: [SearchQuery](), clock: { 0 }, search: { _ in })
        #expect(report.p99 == 0 && report.perSecond == 0)
    }
}
