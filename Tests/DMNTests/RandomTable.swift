import DMN
import FEEL
import Testing

/// A small generator of random numbers with a seed (SplitMix64), so that failures can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}

/// Random decision tables with cells of all kinds, and random inputs that meet their borders.
struct RandomTable {
    static let policies: [(String, String?)] = [
        ("UNIQUE", nil), ("ANY", nil), ("PRIORITY", nil), ("FIRST", nil), ("RULE ORDER", nil), ("OUTPUT ORDER", nil),
        ("COLLECT", nil), ("COLLECT", "SUM"), ("COLLECT", "COUNT"), ("COLLECT", "MIN"), ("COLLECT", "MAX"),
    ]

    private static let constants = [
        "0", "1", "2.5", "2.50", "-3", "10", "1e2", "\"a\"", "\"b\"", "\"Größe\"", "true", "false", "null",
        "date(\"2024-02-29\")", "date(\"2024-03-01\")", "duration(\"P1Y\")", "duration(\"P2M\")",
        "duration(\"P1D\")", "duration(\"PT36H\")", "time(\"10:00:00\")", "date and time(\"2024-01-01T00:00:00\")",
        "[1, 2]", "{a: 1}",
    ]
    private static let ordered = Array(constants[0..<7]) + Array(constants[13..<21]) + ["\"a\"", "\"b\""]

    let policy: (String, String?)
    let columns: Int
    let rows: [[String]]

    init(_ generator: inout SeededGenerator, kinds: [CellKind] = CellKind.allCases) {
        policy = Self.policies.randomElement(using: &generator) ?? ("UNIQUE", nil)
        columns = Int.random(in: 1...4, using: &generator)
        let count = [1, 3, 8, 63, 64, 65, 130].randomElement(using: &generator) ?? 8
        let columns = columns
        rows = (0..<count).map { _ in
            (0..<columns).map { _ in Self.cell(&generator, kinds) } + [String(Int.random(in: 1...5, using: &generator))]
        }
    }

    /// The kinds of cells.
    enum CellKind: CaseIterable {
        case dash, equal, list, comparison, interval, negation, negatedComparison, listInCell, expression, mixed
    }

    private static func pick(_ from: [String], _ generator: inout SeededGenerator) -> String {
        from.randomElement(using: &generator) ?? "1"
    }

    private static func cell(_ generator: inout SeededGenerator, _ kinds: [CellKind]) -> String {
        let sign = pick(["<", "<=", ">", ">="], &generator)
        switch kinds.randomElement(using: &generator) ?? .dash {
        case .dash: return "-"
        case .equal: return pick(constants, &generator)
        case .list: return pick(constants, &generator) + ", " + pick(constants, &generator)
        case .comparison: return sign + " " + pick(ordered, &generator)
        case .interval:
            let open = pick(["[", "(", "]"], &generator)
            let close = pick(["]", ")", "["], &generator)
            return open + pick(ordered, &generator) + ".." + pick(ordered, &generator) + close
        case .negation: return "not(" + pick(constants, &generator) + ", " + pick(constants, &generator) + ")"
        case .negatedComparison: return "not(" + sign + " " + pick(ordered, &generator) + ")"
        case .listInCell: return "[1, 2.5, \"a\"]"
        case .expression: return pick(["? = limit", "? > limit", "limit", "? in [1, 2]", "? != null"], &generator)
        case .mixed: return sign + " " + pick(ordered, &generator) + ", " + pick(constants, &generator)
        }
    }

    /// The model with the table as decision `d` over the inputs `c0`, `c1`, … and `limit`.
    var xml: String {
        let table = TestModel.table(
            policy: policy.0,
            aggregation: policy.1,
            inputs: (0..<columns).map { ("c\($0)", nil, nil) },
            outputs: [(nil, nil, "3, 1, 2, 5, 4", nil)],
            rows: rows
        )
        let names = (0..<columns).map { "c\($0)" } + ["limit"]
        return names.map { TestModel.input($0) }.joined() + TestModel.decision("d", logic: table, inputs: names)
    }

    /// A value of any kind, often one that cells name.
    static func value(_ generator: inout SeededGenerator) -> Value {
        let extra = [
            "0.999", "2.4999", "11", "\"c\"", "\"\"", "date(\"2024-02-28\")", "duration(\"P13M\")",
            "duration(\"PT35H59M\")", "[1]", "[\"a\"]", "[]", "{b: 2}", "function(x) x", "[1..5]",
        ]
        let text = pick(constants + extra, &generator)
        do {
            return try Expression(text).evaluate()
        } catch {
            Issue.record("\(text) does not compile: \(error)")
            return .null
        }
    }
}
