import DMN
import FEEL
import Testing

/// One budget of steps for everything that a decision evaluates.
@Suite struct DecisionBudgetTests {
    private static func settings(_ steps: Int) -> EvaluationSettings {
        var limits = EvaluationSettings.defaultLimits
        limits.steps = steps
        return EvaluationSettings(limits: limits)
    }

    private static func function(_ body: String) -> String {
        "<businessKnowledgeModel id='k' name='f'><variable name='f'/><encapsulatedLogic><formalParameter name='n'/>"
            + TestModel.literal(body) + "</encapsulatedLogic></businessKnowledgeModel>"
    }

    @Test(arguments: [
        ("n + 1", "for i in 1..10000 return f(i)"), ("n ** 0.1", "for i in 1..800 return f(i)"),
        ("exp(n)", "for i in 1..1500 return f(1.5)"),
        ("matches(\"aaaaaaaaaaaaaaaaaaaaaaaa\", \"(a+)+b\")", "[f(1), f(2)]"),
    ])
    func functionsOfAModelCount(_ body: String, _ decision: String) throws {
        let model = try TestModel.compile(Self.function(body) + TestModel.decision("d", decision, knowledge: ["k"]))
        let outcome = try model.evaluate(decision: "d", inputs: [:], settings: Self.settings(20_000))
        #expect(outcome.explanation.errors.contains { $0.kind == .limit })
    }

    @Test func boxedIterationsShareTheBudgetOfTexts() throws {
        let iteration =
            "<for iteratorVariable='i'><in>" + TestModel.literal("for j in 1..400 return j") + "</in><return>"
            + TestModel.literal("(i + 0.5) ** 0.1") + "</return></for>"
        let decision = "<decision id='d' name='d'><variable name='d'/>" + iteration + "</decision>"
        let model = try TestModel.compile(decision)
        let refused = try model.evaluate(decision: "d", inputs: [:], settings: Self.settings(10_000))
        #expect(refused.explanation.errors.contains { $0.kind == .limit })
        let allowed = try model.evaluate(decision: "d", inputs: [:], settings: Self.settings(20_000))
        #expect(allowed.explanation.errors.isEmpty)
    }

    @Test func resultsSoFarAreNotCopiedAtEachPass() throws {
        let iteration =
            "<for iteratorVariable='i'><in>" + TestModel.literal("for j in 1..3000 return j") + "</in><return>"
            + TestModel.literal("count(partial)") + "</return></for>"
        let model = try TestModel.compile("<decision id='d' name='d'><variable name='d'/>" + iteration + "</decision>")
        guard case .list(let list) = try model.evaluate(decision: "d", inputs: [:]).value else {
            Issue.record("a list is expected")
            return
        }
        #expect(list.count == 3_000)
        #expect(list[2_999].equals(2_999).isTrue)
    }

    /// The fewest steps with which a table is evaluated whose cells all pass.
    private static func leastSteps(columns: Int, rows: Int) throws -> Int? {
        let table = TestModel.table(
            policy: "FIRST",
            inputs: Array(repeating: ("x", nil, nil), count: columns),
            outputs: [(nil, nil, nil, nil)],
            rows: Array(repeating: Array(repeating: "-", count: columns) + ["1"], count: rows)
        )
        let model = try TestModel.compile(TestModel.input("x") + TestModel.decision("d", logic: table, inputs: ["x"]))
        return try (1...100).first { steps in
            try model.evaluate(decision: "d", inputs: ["x": 1], settings: settings(steps)).explanation.errors.isEmpty
        }
    }

    @Test func aTableCountsForItsColumnsAndItsCells() throws {
        let one = try #require(try Self.leastSteps(columns: 1, rows: 1))
        #expect(try Self.leastSteps(columns: 3, rows: 1) == one)
        #expect(try Self.leastSteps(columns: 4, rows: 1) == one + 1)
        #expect(try Self.leastSteps(columns: 64, rows: 255) == one + 16)
        #expect(try Self.leastSteps(columns: 64, rows: 256) == one + 17)
    }
}
