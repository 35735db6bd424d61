import Foundation
import Resolution
import Storage
import TestStores
import Testing

/// Sums over time against adding up every entry.
@Suite struct WindowSumTests {
    /// The widths of buckets are powers of two; their borders are where a sum could take an entry twice or not at all.
    private static let powers: [Int64] = [0, 19, 25, 31, 37, 43]

    private let store: Store

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sums-\(UUID().uuidString)")
        store = try Store(testing: folder, migrations: AuthorityLedger.migrations)
    }

    private struct Entry {
        let at: Int64
        var units: Int64
        var count: Int64 = 1
    }

    /// A moment at a border of some width, or a microsecond or two beside it.
    private static func moment(_ random: inout SeededGenerator) -> Int64 {
        let power = powers.randomElement(using: &random) ?? 0
        let some = Office.start + Int64.random(in: 0...(1 << 45), using: &random)
        return ((some >> power) << power) + Int64.random(in: -2...2, using: &random)
    }

    @Test(
        "a sum since any moment is exact to the microsecond, whatever was taken back",
        arguments: 1...8 as ClosedRange<UInt64>
    )
    func oracle(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        var entries: [Entry] = (0..<50).map { _ in
            Entry(at: Self.moment(&random), units: Int64.random(in: 0...9_999, using: &random))
        }
        .sorted { $0.at < $1.at }
        try store.writeNow { transaction throws in
            for (number, entry) in entries.enumerated() {
                try WindowSums.add(
                    entry.units,
                    under: ["k"],
                    at: entry.at,
                    sequence: Int64(number),
                    in: transaction
                )
                try WindowSums.add(1_000_000, under: ["other"], at: entry.at, sequence: Int64(number), in: transaction)
            }
            for index in entries.indices where Bool.random(using: &random) {
                let isWhole = Bool.random(using: &random)
                try WindowSums.release(
                    entries[index].units,
                    entries: isWhole ? 1 : 0,
                    under: "k",
                    at: entries[index].at,
                    in: transaction
                )
                (entries[index].units, entries[index].count) = (0, isWhole ? 0 : 1)
            }
            var moments = (0..<60).map { _ in Self.moment(&random) }
            moments += entries.flatMap { [$0.at - 1, $0.at, $0.at + 1] }
            for moment in moments {
                let later = entries.filter { $0.at > moment }
                let sum = try WindowSums.sum(under: "k", after: moment, in: transaction)
                #expect(sum.total == later.reduce(0) { $0 + $1.units }, "after \(moment)")
                #expect(sum.count == later.reduce(0) { $0 + $1.count }, "after \(moment)")
            }
        }
    }

    @Test("sums read together are those read one by one", arguments: [0, 1, 2, 31, 32, 33, 70, 200])
    func together(count: Int) throws {
        var random = SeededGenerator(UInt64(count))
        try store.writeNow { transaction throws in
            for number in 0..<60 as Range<Int64> {
                let key = "k\(Int.random(in: 0...4, using: &random))"
                let at = Office.start + number * 1_000
                try WindowSums.add(number, under: [key], at: at, sequence: number, in: transaction)
                // Nothing is taken back under most keys.
                guard key < "k2", Bool.random(using: &random) else { continue }
                try WindowSums.release(number, under: key, at: at, in: transaction)
            }
            let starts = (0..<count).map { _ in
                WindowSums.Start(
                    key: "k\(Int.random(in: 0...5, using: &random))",
                    after: Office.start + Int64.random(in: -1...60_000, using: &random)
                )
            }
            let sums = try WindowSums.sums(from: starts, in: transaction)
            #expect(sums == (try starts.map { try WindowSums.sum(under: $0.key, after: $0.after, in: transaction) }))
            #expect(count < 30 || (sums.contains { $0.count > 0 } && sums.contains { $0.count == 0 }))
        }
    }

    @Test func `a key under which nothing was added has no sum`() throws {
        try store.writeNow { transaction throws in
            let sum = try WindowSums.sum(under: "k", after: 0, in: transaction)
            #expect(sum.total == 0 && sum.count == 0)
        }
    }

    @Test func `amounts that together are beyond 64 bits are refused, up to there they are exact`() throws {
        try store.writeNow { transaction throws in
            try WindowSums.add(.max - 5, under: ["k"], at: 1, sequence: 1, in: transaction)
            try WindowSums.add(5, under: ["k"], at: 2, sequence: 2, in: transaction)
            #expect(try WindowSums.sum(under: "k", after: 0, in: transaction).total == .max)
            #expect(
                performing: { try WindowSums.add(1, under: ["k"], at: 3, sequence: 3, in: transaction) },
                throws: { ($0 as? ResolutionError)?.code == .invalid }
            )
        }
    }

    @Test func `entries of one moment are told apart by their sequence`() throws {
        try store.writeNow { transaction throws in
            for number in 1...5 as ClosedRange<Int64> {
                try WindowSums.add(number, under: ["k"], at: 7, sequence: number, in: transaction)
            }
            let sum = try WindowSums.sum(under: "k", after: 6, in: transaction)
            #expect(sum.total == 15 && sum.count == 5)
            #expect(try WindowSums.sum(under: "k", after: 7, in: transaction).count == 0)
        }
    }

    @Test(
        "a day begins at midnight, also before 1970",
        arguments: [
            (0, 0), (1, 0), (86_399_999_999, 0), (86_400_000_000, 86_400_000_000), (-1, -86_400_000_000),
            (-86_400_000_000, -86_400_000_000), (-86_400_000_001, -172_800_000_000), (-999_999, -86_400_000_000),
        ] as [(Int64, Int64)]
    )
    func days(now: Int64, start: Int64) throws {
        #expect(try #require(DayStart(timeZone: "UTC")).start(of: now) == start)
    }

    @Test func `a window is found by its path, and every window has one of its own`() {
        #expect(Window.all.count == 7 * 2 * 2 * 6)
        #expect(Set(Window.all.map(\.path)).count == Window.all.count)
        for window in Window.all {
            #expect(Window(path: window.path) == window)
            #expect(window.path.contains("same_action") == window.isSameAction)
        }
        #expect(Window(path: ["customer", "total_30d"]) == Window(.customer, .total, .days30))
        #expect(!Window(.customer, .total, .days30).isSameAction)
        for path in [
            [], ["customer"], ["customer", "total_31d"], ["customer", "same_action"], ["same_action", "total_1d"],
        ] {
            #expect(Window(path: path) == nil)
        }
    }
}
