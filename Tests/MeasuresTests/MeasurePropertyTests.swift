import Access
import Measures
import Storage
import Testing
import Vocabulary

/// What is counted step by step is what a recount of everything gives.
@Suite struct MeasurePropertyTests {
    private static let definitions = [
        "contacts": "statistic: count",
        "handle_time": "statistic: mean\nwhere: is_closed\nof: handle_seconds",
        "quick": "statistic: proportion\nexclude: channel = \"phone\"\nof: handle_seconds < 100",
        "per_transfer": "statistic: ratio\nof: handle_seconds\nper: transfers",
        "seconds": "statistic: sum\nof: handle_seconds / 7",
    ]

    /// Counts by going over all records, the slow and obvious way.
    private static func oracle(_ name: String, _ records: [FactRecord]) -> (n: Int64, value: Double?) {
        func number(_ record: FactRecord, _ fact: String) -> Double? {
            guard case .number(let number)? = record.values[fact] else { return nil }
            return Double("\(number)")
        }
        let seconds = records.compactMap { number($0, "handle_seconds") }
        func fraction(_ part: Double, _ whole: Double) -> Double? { whole == 0 ? nil : part / whole }
        switch name {
        case "contacts": return (Int64(records.count), Double(records.count))
        case "handle_time": return (Int64(seconds.count), fraction(seconds.reduce(0, +), Double(seconds.count)))
        case "quick":
            let asked = records.filter { $0.channel != "phone" }.compactMap { number($0, "handle_seconds") }
            return (Int64(asked.count), fraction(Double(asked.count { $0 < 100 }), Double(asked.count)))
        case "per_transfer":
            let both = records.filter { number($0, "handle_seconds") != nil }
            let transfers = both.compactMap { number($0, "transfers") }.reduce(0, +)
            return (Int64(both.count), fraction(seconds.reduce(0, +), transfers))
        default:
            let rounded = seconds.map { ($0 / 7 * 10_000).rounded(.toNearestOrEven) }
            return (Int64(seconds.count), rounded.reduce(0, +) / 10_000)
        }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `random changes give what a recount gives`(seed: UInt64) async throws {
        var random = Steps(seed: seed)
        let room = try CountingRoom()
        for (name, yaml) in Self.definitions.sorted(by: { $0.key < $1.key }) { try await room.publish(name, yaml) }
        for step in 0..<120 {
            let record = CountingRoom.contact(
                "c\(random.next(25))",
                seconds: random.next(4) == 0 ? nil : Int64(random.next(300)),
                at: CountingRoom.noon + Int64(random.next(3)) * CountingRoom.dayLength,
                agent: ["anna", "ben", nil][random.next(3)],
                teams: [["delivery"], ["billing"], ["billing", "delivery"], []][random.next(4)],
                channel: ["chat", "phone"][random.next(2)],
                transfers: Int64(random.next(3))
            )
            try await room.put(record)
            if step % 10 == 9 { try await room.ledger.catchUp(limit: random.next(8) + 1) }
        }
        try await room.ledger.catchUp()
        for day in 0...2 as ClosedRange<Int64> {
            #expect(try await room.ledger.recount(room.day(day), isCheck: true) == [])
        }
        for name in Self.definitions.keys.sorted() { try await check(name, in: room) }
    }

    private func check(_ name: String, in room: CountingRoom) async throws {
        let all = room.source.all
        try await check(name, room.values(name, days: 0...2), ["all": all])
        let groupings: [(String, (FactRecord) -> [String])] = [
            ("agent", { [$0.agent ?? ""] }), ("team", { $0.teams.isEmpty ? [""] : $0.teams }),
            ("channel", { [$0.channel ?? ""] }),
            ("day", { [MeasureDays.name(of: room.days.day(of: $0.at))] }),
        ]
        for (by, keys) in groupings {
            var groups: [String: [FactRecord]] = [:]
            for record in all { for key in keys(record) { groups[key, default: []].append(record) } }
            try await check(name, room.values(name, by: by, days: 0...2), groups)
        }
        let filtered = all.filter { $0.teams.contains("billing") }
        try await check(name, room.values(name, group: "team=billing", days: 0...2), ["all": filtered])
    }

    private func check(_ name: String, _ rows: [MeasureRow], _ groups: [String: [FactRecord]]) {
        for (key, records) in groups {
            let expected = Self.oracle(name, records)
            let row = rows.first { $0.key == key }
            #expect(row?.n ?? 0 == expected.n, "\(name) \(key)")
            guard expected.n > 0 else { continue }
            if let value = row?.value, let wanted = expected.value {
                #expect(abs(value - wanted) < 1e-9, "\(name) \(key)")
            } else {
                #expect(row?.value == nil && expected.value == nil, "\(name) \(key)")
            }
        }
    }
}
