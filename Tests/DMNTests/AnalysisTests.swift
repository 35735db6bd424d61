import DMN
import FEEL
import Testing

/// What the analysis of tables finds.
@Suite struct AnalysisTests {
    private static func findings(
        _ policy: String = "UNIQUE",
        inputs: [(text: String, type: String?, allowed: String?)],
        _ rows: [[String]],
        outputs: String? = nil
    ) throws -> [Finding] {
        let table = TestModel.table(
            policy: policy,
            inputs: inputs,
            outputs: [(nil, nil, outputs, nil)],
            rows: rows
        )
        let elements =
            inputs.map { TestModel.input($0.text, type: $0.type) }.joined()
            + TestModel.decision("d", logic: table, inputs: inputs.map(\.text))
        return RuleCheck.findings(of: try TestModel.compile(elements))
    }

    @Test func findsAGapBetweenNumbers() throws {
        let found = try Self.findings(inputs: [("x", "number", nil)], [["< 10", "1"], ["> 10", "2"]])
        #expect(found.map(\.code) == [.gap])
        #expect(found[0].message.contains("'x' is 10"))
    }

    @Test func findsNoGapWhereAllIsCovered() throws {
        let found = try Self.findings(
            inputs: [("x", "number", "[0..100]"), ("b", "boolean", nil), ("s", "string", "\"u\", \"v\"")],
            [
                ["< 50", "true", "-", "1"], [">= 50", "-", "\"u\"", "2"], [">= 50", "true", "\"v\"", "3"],
                ["-", "false", "\"v\"", "4"], ["[0..50)", "false", "\"u\"", "5"],
            ]
        )
        #expect(found.isEmpty, "\(found)")
    }

    @Test func gapsRespectAllowedValues() throws {
        let found = try Self.findings(inputs: [("x", "number", "[0..100]")], [["[0..99]", "1"]])
        #expect(found.count == 1)
        #expect(found.first?.message.contains("99.5") == true || found.first?.message.contains("100") == true)
    }

    @Test func datesNextToEachOtherHaveNoGap() throws {
        let found = try Self.findings(
            inputs: [("x", "date", nil)],
            [["<= date(\"2024-02-28\")", "1"], [">= date(\"2024-02-29\")", "2"]]
        )
        #expect(found.isEmpty, "\(found)")
    }

    @Test func findsGapsThatNeedTwoColumns() throws {
        let found = try Self.findings(
            inputs: [("a", "boolean", nil), ("b", "boolean", nil)],
            [["true", "true", "1"], ["false", "-", "2"]]
        )
        #expect(found.map(\.code) == [.gap])
        #expect(found[0].message.contains("a = true, b = false"))
    }

    @Test func findsOverlapsWithAnExample() throws {
        let found = try Self.findings(inputs: [("x", "number", nil)], [["<= 10", "1"], [">= 10", "2"]])
        #expect(found.map(\.code) == [.overlap])
        #expect(found[0].message.contains("rows 1 and 2 match together, for example with x = 10"))
    }

    @Test func anyAllowsRulesThatAgree() throws {
        let agree = try Self.findings("ANY", inputs: [("x", "number", nil)], [["<= 10", "1"], [">= 10", "1"]])
        #expect(agree.isEmpty)
        let differ = try Self.findings("ANY", inputs: [("x", "number", nil)], [["<= 10", "1"], [">= 10", "2"]])
        #expect(differ.map(\.code) == [.overlap])
    }

    @Test func findsRulesThatAreNeverChosen() throws {
        let found = try Self.findings(
            "FIRST",
            inputs: [("x", "number", "[0..100]")],
            [["< 10", "1"], [">= 5", "2"], ["[0..20]", "3"], ["> 200", "4"], ["-", "5"]]
        )
        let rows = found.filter { $0.code == .unreachableRule }.map(\.message)
        #expect(rows.count == 3)
        #expect(rows.contains { $0.contains("row 3 is never chosen") })
        #expect(rows.contains { $0.contains("row 4 never matches") })
    }

    @Test func priorityDecidesWhichRuleIsNeverChosen() throws {
        let found = try Self.findings(
            "PRIORITY",
            inputs: [("x", "number", nil)],
            [["< 10", "\"low\""], ["< 20", "\"high\""], ["-", "\"low\""]],
            outputs: "\"high\", \"low\""
        )
        #expect(found.filter { $0.code == .unreachableRule }.map { $0.message.contains("row 1") } == [true])
    }

    @Test func findsDuplicates() throws {
        let found = try Self.findings(
            "FIRST",
            inputs: [("x", "number", nil)],
            [["[1..2]", "1"], [">= 1", "2"], ["-", "3"], ["[1.0..2.0]", "1"]]
        )
        #expect(found.contains { $0.code == .duplicateRule && $0.message.contains("row 4 repeats row 1") })
    }

    @Test func cellsThatNeedOtherValuesAreNoted() throws {
        let found = try Self.findings(
            inputs: [("x", "number", nil), ("y", "number", nil)],
            [["y", "-", "1"], ["> 5", "> 5", "2"]]
        )
        #expect(found.contains { $0.code == .incompleteAnalysis && $0.severity == .note })
        #expect(!found.contains { $0.code == .overlap })
    }

    @Test func columnsThatNameNoValuesDoNotHideGaps() throws {
        let found = try Self.findings(
            inputs: [("list", nil, nil), ("x", "number", nil)],
            [["-", "< 10", "1"], ["-", "> 10", "2"]]
        )
        #expect(found.map(\.code) == [.gap])
        let overlap = try Self.findings(
            inputs: [("list", nil, nil), ("x", "number", nil)],
            [["-", "<= 10", "1"], ["-", ">= 10", "2"]]
        )
        #expect(overlap.map(\.message) == ["table 'T': rows 1 and 2 match together, for example with x = 10"])
    }

    @Test(arguments: ["- // the rest", "/* whatever it is */ -", " -\t"])
    func aCellWithACommentPassesEverythingAsWithoutIt(_ cell: String) throws {
        #expect(try Self.findings(inputs: [("x", "number", nil)], [[cell, "1"]]).isEmpty)
        let overlap = try Self.findings(inputs: [("x", "number", nil)], [["< 10", "1"], [cell, "2"]])
        #expect(overlap == (try Self.findings(inputs: [("x", "number", nil)], [["< 10", "1"], ["-", "2"]])))
        #expect(overlap.map(\.code) == [.overlap])
    }

    @Test func nullIsAValueWhereACellNamesIt() throws {
        let covered = try Self.findings(
            inputs: [("x", "number", nil)],
            [["null", "1"], ["< 5", "2"], [">= 5", "3"]]
        )
        #expect(covered.isEmpty, "\(covered)")
        let overlap = try Self.findings(inputs: [("x", nil, nil)], [["null", "1"], ["-", "2"]])
        #expect(overlap.map(\.message) == ["table 'T': rows 1 and 2 match together, for example with x = null"])
        let gap = try Self.findings(inputs: [("x", nil, nil)], [["null", "1"]])
        #expect(gap.map(\.message) == ["table 'T': no rule matches when 'x' is anything"])
    }

    @Test func tableOfAThousandRowsIsQuick() throws {
        var rows: [[String]] = []
        for row in 0..<1_000 {
            let low = row % 10 * 10
            rows.append([
                "\"s\(row / 10 % 10)\"", row / 100 % 2 == 0 ? "true" : "false",
                "[\(row / 200 * 7)..\(row / 200 * 7 + 7))",
                "[\(low)..\(low + 10))", "\(row)",
            ])
        }
        let found = try Self.findings(
            inputs: [
                ("s", "string", nil), ("b", "boolean", nil), ("n", "number", "[0..35)"), ("m", "number", "[0..100)"),
            ],
            rows
        )
        #expect(found.allSatisfy { $0.severity == .note }, "\(found.prefix(3))")
    }
}
