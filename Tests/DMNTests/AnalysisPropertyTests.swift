import DMN
import FEEL
import Testing

/// The analysis agrees with evaluation at every point of small grids.
@Suite struct AnalysisPropertyTests {
    private static let cells = [
        "-", "< 2", "<= 2", "> 2", ">= 2", "2", "not(2)", "[1..3]", "(1..3)", "]2..4]", "1, 3", "not(< 1, > 3)", "null",
        "not(null)", "null, > 3",
    ]
    private static let points = ["0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5"]

    private struct Grid {
        let model: CompiledModel
        let findings: [Finding]
        /// The rules that match at each point.
        let matches: [[String]]
    }

    /// The points to look at in a column; null only where a cell names it.
    private static func points(of cells: [String]) -> [String] {
        points + (cells.contains { $0.contains("null") } ? ["null"] : [])
    }

    private static func grid(_ policy: String, seed: UInt64) throws -> Grid {
        var generator = SeededGenerator(seed: seed)
        let rows = (0..<Int.random(in: 1...7, using: &generator)).map { row in
            [cells.randomElement(using: &generator) ?? "-", cells.randomElement(using: &generator) ?? "-", "\(row)"]
        }
        let table = TestModel.table(
            policy: policy,
            inputs: [("x", "number", nil), ("y", "number", nil)],
            outputs: [(nil, nil, nil, nil)],
            rows: rows
        )
        let elements =
            TestModel.input("x", type: "number") + TestModel.input("y", type: "number")
            + TestModel.decision("d", logic: table, inputs: ["x", "y"])
        let model = try TestModel.compile(elements)
        let session = DecisionSession(try model.decision(named: "d"))
        var matches: [[String]] = []
        for x in points(of: rows.map { $0[0] }) {
            for y in points(of: rows.map { $0[1] }) {
                let values = [try Expression(x).evaluate(), try Expression(y).evaluate()]
                matches.append(session.evaluate(values).explanation.matchedRules)
            }
        }
        return Grid(model: model, findings: RuleCheck.findings(of: model), matches: matches)
    }

    @Test(arguments: 0..<100)
    func gapsAndOverlapsAreThoseOfEvaluation(seed: UInt64) throws {
        let grid = try Self.grid("UNIQUE", seed: seed)
        let hasGap = grid.matches.contains { $0.isEmpty }
        #expect(grid.findings.contains { $0.code == .gap } == hasGap)
        var pairs = Set<String>()
        for rules in grid.matches {
            let numbers = rules.compactMap { Int($0.dropFirst()) }
            for (index, first) in numbers.enumerated() {
                for second in numbers.dropFirst(index + 1) {
                    pairs.insert("rows \(first) and \(second) match")
                }
            }
        }
        let told = grid.findings.filter { $0.code == .overlap }
        #expect(told.count == pairs.count)
        for pair in pairs {
            #expect(told.contains { $0.message.contains(pair) })
        }
    }

    @Test(arguments: 100..<200)
    func unreachableRulesAreNeverFirst(seed: UInt64) throws {
        let grid = try Self.grid("FIRST", seed: seed)
        let chosen = Set(grid.matches.compactMap(\.first))
        let rules = grid.model.source.decisions[0].expression.map { expression -> Int in
            if case .table(let table) = expression.kind { table.rules.count } else { 0 }
        }
        let never = (1...(rules ?? 1)).filter { !chosen.contains("r\($0)") }
        let told = grid.findings.filter { $0.code == .unreachableRule }
        #expect(told.count == never.count)
        for row in never {
            #expect(told.contains { $0.message.contains("row \(row) ") })
        }
    }
}
