import FrontlineService
import JSONRPC
import Testing

/// A budget that holds over several servers.
@Suite struct SharedCallsTests {
    private static let second: Int64 = 1_000_000

    /// Servers with a limiter each, that tell each other once a second what they have let through.
    private final class Servers {
        let rate: Int
        let limiters: [RateLimiter]
        private var states: [SharedCalls]
        private var told: [SharedCalls.Source: Int64] = [:]
        private(set) var rows = 0

        init(_ count: Int, rate: Int) {
            self.rate = rate
            limiters = (0..<count).map { _ in RateLimiter(rate: rate) }
            states = (0..<count).map { _ in SharedCalls() }
            for limiter in limiters { limiter.countCalls() }
            beat(at: 0)
        }

        func beat(at now: Int64) {
            for index in limiters.indices {
                let node = "n\(index)"
                let calls = limiters[index].takeCalls()
                for (subject, calls) in states[index].note(calls, rate: rate, nodes: limiters.count) {
                    told[SharedCalls.Source(node: node, subject: subject)] = calls
                    rows += 1
                }
                let heard = states[index].hear(told.filter { $0.key.node != node })
                limiters[index].charge(heard, nodes: limiters.count, now: now)
            }
        }

        /// The calls let through of `wanted` a second on each server, for some seconds; a step is a hundredth of a second.
        func run(_ subject: String, wanted: [Int], from start: Int64 = 0, seconds: Int) -> Int {
            var admitted = 0
            var due = wanted.map { _ in 0.0 }
            for step in 0..<(seconds * 100) {
                let now = start + Int64(step) * SharedCallsTests.second / 100
                for (index, wanted) in wanted.enumerated() {
                    due[index] += Double(wanted) / 100
                    while due[index] >= 1 {
                        due[index] -= 1
                        if (try? limiters[index].admit(subject, now: now)) != nil { admitted += 1 }
                    }
                }
                if step % 100 == 99 { beat(at: now) }
            }
            return admitted
        }
    }

    @Test(arguments: [1, 2, 3, 5], [20, 200])
    func `a subject that asks everywhere gets its budget once, within the bound`(count: Int, rate: Int) {
        let servers = Servers(count, rate: rate)
        let admitted = servers.run("anna", wanted: Array(repeating: 3 * rate, count: count), seconds: 60)
        let bound = Double(rate) * (60 + 3 * Double(count)) * 1.1
        #expect(Double(admitted) <= bound, "\(admitted) of \(bound)")
        #expect(Double(admitted) >= Double(rate) * 60 * 0.8, "\(admitted)")
    }

    @Test func `one that uses one server has the whole of it there`() {
        let servers = Servers(3, rate: 100)
        #expect(servers.run("anna", wanted: [90, 0, 0], seconds: 30) >= 30 * 90 - 1)
        #expect(servers.run("ben", wanted: [0, 45, 45], seconds: 30) >= 30 * 90 - 2)
    }

    @Test func `who asks little is not written about, and what was written goes when nothing follows`() {
        let servers = Servers(3, rate: 100)
        _ = servers.run("anna", wanted: [2, 2, 2], seconds: 20)
        #expect(servers.rows == 0)
        var state = SharedCalls()
        #expect(state.note(["ben": 50], rate: 100, nodes: 3) == ["ben": 50])
        #expect(state.note(["ben": 1], rate: 100, nodes: 3) == ["ben": 51])
        var news: [String: Int64?] = [:]
        for _ in 0..<100 where news.isEmpty { news = state.note([:], rate: 100, nodes: 3) }
        #expect(news == ["ben": nil])
        #expect(state.note([:], rate: 100, nodes: 3).isEmpty)
    }

    @Test func `a server that has just come charges nobody for the past`() {
        var state = SharedCalls()
        let source = SharedCalls.Source(node: "other", subject: "anna")
        #expect(state.hear([source: 1_000]).isEmpty)
        #expect(state.hear([source: 1_010]) == ["anna": 10])
        #expect(state.hear([source: 1_010]).isEmpty)
        // Told of no more, and then again from the start.
        #expect(state.hear([:]).isEmpty)
        #expect(state.hear([source: 4]) == ["anna": 4])
        let third = SharedCalls.Source(node: "third", subject: "anna")
        #expect(state.hear([source: 6, third: 5]) == ["anna": 7])
    }
}
