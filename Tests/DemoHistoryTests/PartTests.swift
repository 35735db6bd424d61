import DemoHistory
import Testing

@Suite struct PartTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `an agenda gives tasks in the order of time and of entering`(seed: UInt64) {
        var generator = Sequence(seed)
        var agenda = Agenda<Int>()
        var waiting: [(at: Int64, number: Int)] = []
        for number in 0..<400 {
            let at = Int64(generator.next() % 50)
            agenda.add(number, at: at)
            waiting.append((at, number))
            // Now and then, some are taken in between.
            guard generator.next() % 3 == 0 else { continue }
            let end = Int64(generator.next() % 60)
            let due = waiting.filter { $0.at < end }.min { ($0.at, $0.number) < ($1.at, $1.number) }
            let taken = agenda.take(before: end)
            #expect(taken?.task == due?.number && taken?.at == due?.at)
            if let due { waiting.removeAll { $0.number == due.number } }
        }
        waiting.sort { ($0.at, $0.number) < ($1.at, $1.number) }
        #expect(agenda.next == waiting.first?.at)
        for expected in waiting { #expect(agenda.take(before: .max)?.task == expected.number) }
        #expect(agenda.take(before: .max) == nil)
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `rounded numbers have the sum wanted and are next to the exact ones`(seed: UInt64) {
        var generator = Sequence(seed)
        let expected = (0..<40).map { _ in Double(generator.next() % 1_000) / 7 }
        let total = Int(generator.next() % 5_000)
        let whole = ContactCounts.rounded(expected, total: total)
        #expect(whole.reduce(0, +) == total)
        let sum = expected.reduce(0, +)
        for (number, exact) in zip(whole, expected.map { $0 / sum * Double(total) }) {
            #expect(abs(Double(number) - exact) < 1)
        }
    }

    @Test func `nothing is expected of days on which every desk is closed`() {
        #expect(ContactCounts.rounded([0, 0, 0], total: 10) == [0, 0, 0])
    }

    @Test(arguments: [
        ("It is order {order}.", "It is order OH-1."),
        ("{product} is late. {product} again!", "The mixer is late. The mixer again!"),
        ("I wait for {product}, {order}", "I wait for the mixer, OH-1"),
        ("nothing", "nothing"),
    ])
    func `slots are filled, with a capital where a sentence begins`(text: String, filled: String) {
        #expect(Dialogue.filled(text, ["order": "OH-1", "product": "the mixer"]) == filled)
    }

    @Test func `days begin when the clock on the wall says so`() throws {
        let day = try #require(HistoryPeriod.day(named: "2026-03-29"))
        let period = HistoryPeriod(last: day + 1, days: 3, timeZone: "Europe/Berlin")
        // Clocks are set forward on this day, so it has 23 hours.
        #expect(period.start(of: day + 1) - period.start(of: day) == 23 * 3_600_000_000)
        #expect(period.start(of: day) - period.start(of: day - 1) == 24 * 3_600_000_000)
        #expect(period.day(of: period.start(of: day)) == day)
        #expect(period.day(of: period.start(of: day) - 1) == day - 1)
    }

    /// Numbers without a pattern that matters here.
    private struct Sequence {
        private var state: UInt64

        init(_ seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 }

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
    }
}
