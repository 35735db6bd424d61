import DMN
import FEEL
import Testing

/// What tables answer when several rules match.
@Suite struct HitPolicyTests {
    private static func model(
        _ policy: String,
        _ aggregation: String? = nil,
        defaultEntry: String? = nil
    ) throws
        -> CompiledModel
    {
        let table = TestModel.table(
            policy: policy,
            aggregation: aggregation,
            inputs: [("x", "number", nil)],
            outputs: [(nil, nil, "\"high\", \"middle\", \"low\", 1, 2, 3", defaultEntry)],
            rows: [
                ["> 10", "\"low\""], ["> 20", "\"high\""], ["> 30", "\"middle\""], ["> 40", "\"high\""],
                ["-5", "1"], ["<= -5", "3"], ["[-5..-4]", "2"], ["0", "\"low\""], ["[0..1]", "\"low\""],
            ]
        )
        return try TestModel.compile(
            TestModel.input("x", type: "number") + TestModel.decision("d", logic: table, inputs: ["x"])
        )
    }

    @Test(
        arguments: [
            ("UNIQUE", nil, 15, "\"low\""), ("UNIQUE", nil, 25, "null"), ("UNIQUE", nil, 5, "null"),
            ("ANY", nil, 0, "\"low\""), ("ANY", nil, 25, "null"), ("ANY", nil, 15, "\"low\""),
            ("PRIORITY", nil, 45, "\"high\""), ("PRIORITY", nil, 15, "\"low\""), ("PRIORITY", nil, -5, "1"),
            ("FIRST", nil, 45, "\"low\""), ("FIRST", nil, -5, "1"), ("FIRST", nil, 5, "null"),
            ("RULE ORDER", nil, 45, "[\"low\", \"high\", \"middle\", \"high\"]"),
            ("OUTPUT ORDER", nil, 45, "[\"high\", \"high\", \"middle\", \"low\"]"),
            ("COLLECT", nil, 25, "[\"low\", \"high\"]"), ("COLLECT", nil, 5, "null"),
            ("COLLECT", "SUM", -5, "6"), ("COLLECT", "COUNT", -5, "3"), ("COLLECT", "MIN", -5, "1"),
            ("COLLECT", "MAX", -5, "3"), ("COLLECT", "SUM", 45, "null"), ("COLLECT", "COUNT", 45, "4"),
        ] as [(String, String?, Int, String)]
    )
    func answersByPolicy(policy: String, aggregation: String?, x: Int, expected: String) throws {
        let model = try Self.model(policy, aggregation)
        #expect(try model.text("d", ["x": .number(x)]) == expected)
    }

    @Test func sumsBeyondTheLargestNumberAreNone() throws {
        let table = TestModel.table(
            policy: "COLLECT",
            aggregation: "SUM",
            inputs: [("x", "number", nil)],
            outputs: [(nil, "number", nil, nil)],
            rows: [["-", "9 * 10 ** 6144"], ["> 0", "9 * 10 ** 6144"], ["> 1", "-9 * 10 ** 6144"]]
        )
        let model = try TestModel.compile(
            TestModel.input("x", type: "number") + TestModel.decision("d", logic: table, inputs: ["x"])
        )
        let sum = { (x: Int) in try model.evaluate(decision: "d", inputs: ["x": .number(x)]) }
        #expect(try !sum(0).value.isNull)
        let outcome = try sum(1)
        #expect(outcome.value.isNull && outcome.explanation.errors.map(\.kind) == [.arithmetic])
    }

    @Test func overlapInUniqueTableIsExplained() throws {
        let outcome = try Self.model("UNIQUE").evaluate(decision: "d", inputs: ["x": 25])
        #expect(outcome.value.isNull)
        #expect(outcome.explanation.reasons.contains { $0.contains("2 rules of table 'T' match (rows 1, 2)") })
    }

    @Test func defaultIsTheAnswerWhenNothingMatches() throws {
        let model = try Self.model("UNIQUE", defaultEntry: "\"middle\"")
        #expect(try model.text("d", ["x": 5]) == "\"middle\"")
        #expect(try model.text("d", ["x": 15]) == "\"low\"")
    }

    @Test func prioritiesOfSeveralOutputsCountFromTheLeft() throws {
        let table = TestModel.table(
            policy: "OUTPUT ORDER",
            inputs: [("x", "number", nil)],
            outputs: [("first", nil, "\"a\", \"b\"", nil), ("free", nil, nil, nil), ("second", nil, "1, 2", nil)],
            rows: [
                ["-", "\"b\"", "\"x\"", "1"], ["-", "\"a\"", "\"y\"", "2"], ["-", "\"a\"", "\"z\"", "1"],
            ]
        )
        let model = try TestModel.compile(
            TestModel.input("x") + TestModel.decision("d", logic: table, inputs: ["x"])
        )
        let answer = try model.evaluate(decision: "d", inputs: ["x": 1])
        let free = (0..<3).map { index -> String in
            guard case .list(let list) = answer.value, case .context(let context) = list[index] else {
                return ""
            }
            return context["free"]?.description ?? ""
        }
        #expect(free == ["\"z\"", "\"y\"", "\"x\""])
    }

    @Test(arguments: ["SUM", "MIN", "MAX", "COUNT"])
    func severalOutputsAreCountedAndNotSummedUp(aggregation: String) throws {
        let table = TestModel.table(
            policy: "COLLECT",
            aggregation: aggregation,
            inputs: [("x", "number", nil)],
            outputs: [("a", nil, nil, nil), ("b", nil, nil, nil)],
            rows: [["-", "1", "2"], ["> 0", "3", "4"]]
        )
        let model = try TestModel.compile(
            TestModel.input("x", type: "number") + TestModel.decision("d", logic: table, inputs: ["x"])
        )
        let outcome = try model.evaluate(decision: "d", inputs: ["x": 1])
        #expect(outcome.value.description == (aggregation == "COUNT" ? "2" : "null"))
        let isTold = outcome.explanation.reasons.contains { $0.contains("cannot be summed up") }
        #expect(isTold == (aggregation != "COUNT"))
    }

    @Test func anyAnswersOnlyWhereAllRulesAgree() throws {
        let outcome = try Self.model("ANY").evaluate(decision: "d", inputs: ["x": 25])
        #expect(outcome.value.isNull)
        #expect(
            outcome.explanation.reasons.contains { $0.contains("rows 1 and 2 of table 'T' match and do not agree") }
        )
    }

    @Test func unknownPolicyIsAnError() throws {
        let model = try TestModel.compile(
            TestModel.decision(
                "d",
                logic: TestModel.table(policy: "SOMETIMES", inputs: [], outputs: [(nil, nil, nil, nil)], rows: [])
            )
        )
        #expect(model.findings.contains { $0.code == .unsupported })
    }

    @Test func tableWithoutInputsAlwaysMatches() throws {
        let table = TestModel.table(
            policy: "COLLECT",
            inputs: [],
            outputs: [(nil, nil, nil, nil)],
            rows: [["1"], ["2 + 3"]]
        )
        let model = try TestModel.compile(TestModel.decision("d", logic: table))
        #expect(try model.text("d") == "[1, 5]")
    }
}
