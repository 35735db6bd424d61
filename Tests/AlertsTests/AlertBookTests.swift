import Alerts
import Testing
import Vocabulary

@Suite struct AlertBookTests {
    private func candidate(
        _ kind: String = "leave",
        severity: Severity = .warning,
        cooldown: Int = 60,
        maximum: Int = 3
    ) -> AlertCandidate {
        AlertCandidate(
            kind: kind,
            severity: severity,
            reason: "Because.",
            cooldownSeconds: cooldown,
            maximumPerConversation: maximum
        )
    }

    @Test func `while one is live, another of its kind counts up`() {
        var book = AlertBook()
        #expect(book.decide([candidate()], live: [], speaker: .customer, now: 0) == [.raise(candidate())])
        #expect(book.decide([candidate()], live: ["leave"], speaker: .customer, now: 1) == [.recur(candidate())])
    }

    @Test func `of one kind on a turn the most severe counts`() {
        var book = AlertBook()
        let actions = book.decide(
            [candidate(), candidate(severity: .critical), candidate("other")],
            live: [],
            speaker: .customer,
            now: 0
        )
        #expect(actions == [.raise(candidate(severity: .critical)), .raise(candidate("other"))])
    }

    @Test func `a condition that still holds raises nothing after its alert is over`() {
        var book = AlertBook()
        _ = book.decide([candidate(cooldown: 0)], live: [], speaker: .customer, now: 0)
        for time in 1..<10 {
            #expect(book.decide([candidate(cooldown: 0)], live: [], speaker: .customer, now: Int64(time)) == [])
        }
        _ = book.decide([], live: [], speaker: .agent, now: 10)
        #expect(book.decide([candidate(cooldown: 0)], live: [], speaker: .customer, now: 11) == [])
        _ = book.decide([], live: [], speaker: .customer, now: 12)
        #expect(book.decide([candidate(cooldown: 0)], live: [], speaker: .customer, now: 13).count == 1)
    }

    @Test func `the cooldown keeps quiet, and what holds on then is raised`() {
        var book = AlertBook()
        _ = book.decide([candidate()], live: [], speaker: .customer, now: 0)
        _ = book.decide([], live: [], speaker: .customer, now: 1)
        #expect(book.decide([candidate()], live: [], speaker: .customer, now: 59_999_999) == [])
        #expect(book.decide([candidate()], live: [], speaker: .customer, now: 60_000_000) == [.raise(candidate())])
    }

    @Test(arguments: [1, 2, 5])
    func `no kind is raised more often than its maximum`(maximum: Int) {
        var book = AlertBook()
        var raised = 0
        for turn in 0..<100 {
            let asked = turn % 2 == 0 ? [candidate(cooldown: 0, maximum: maximum)] : []
            raised += book.decide(asked, live: [], speaker: .customer, now: Int64(turn)).count
        }
        #expect(raised == maximum)
    }

    /// Whatever is asked for: a bounded number is raised, and the same history gives the same actions.
    @Test(arguments: [UInt64(1), 2, 3, 4, 5])
    func `a wild policy raises few, and the same ones again when replayed`(seed: UInt64) {
        #expect(play(seed: seed) == play(seed: seed))
        let raised = play(seed: seed).flatMap(\.self).filter { if case .raise = $0 { true } else { false } }
        #expect(raised.count <= AlertBook.maximumAlerts)
    }

    private func play(seed: UInt64) -> [[AlertBook.Action]] {
        var (book, live, random) = (AlertBook(), Set<String>(), SplitMix(state: seed))
        return (0..<500).map { turn in
            let kinds = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                "k\(Int.random(in: 0...40, using: &random))"
            }
            let asked = kinds.map { candidate($0, cooldown: Int.random(in: 0...30, using: &random), maximum: 100) }
            let actions = book.decide(asked, live: live, speaker: .customer, now: Int64(turn) * 1_000_000)
            for case .raise(let candidate) in actions { live.insert(candidate.kind) }
            if Bool.random(using: &random), let ended = live.sorted().first { live.remove(ended) }
            return actions
        }
    }
}

/// A small generator with a seed (Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
