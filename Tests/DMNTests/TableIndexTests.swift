import DMN
import FEEL
import Testing

/// The index answers as evaluation cell by cell does.
@Suite struct TableIndexTests {
    private static func compare(_ table: RandomTable, _ generator: inout SeededGenerator, inputs: Int) throws -> Int {
        let model = try TestModel.compile(table.xml)
        let decision = try model.decision(named: "d")
        var plain = EvaluationSettings()
        plain.usesIndexes = false
        let indexed = DecisionSession(decision)
        let searched = DecisionSession(decision, settings: plain)
        var matched = 0
        for _ in 0..<inputs {
            let values = decision.inputs.map { _ in RandomTable.value(&generator) }
            let left = indexed.evaluate(values)
            let right = searched.evaluate(values)
            let rules = right.explanation.matchedRules
            matched += rules.isEmpty ? 0 : 1
            let context = "inputs \(values) in \(table.rows)"
            #expect(left.explanation.matchedRules == rules, "\(context)")
            #expect(left.value.description == right.value.description, "\(context)")
        }
        return matched
    }

    @Test(arguments: 0..<60)
    func answersAsSearchDoes(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let table = RandomTable(&generator)
        _ = try Self.compare(table, &generator, inputs: 40)
    }

    @Test(arguments: 100..<120)
    func answersAsSearchDoesOnSelectiveCells(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let table = RandomTable(&generator, kinds: [.equal, .comparison, .interval, .list, .negation])
        _ = try Self.compare(table, &generator, inputs: 60)
    }

    @Test func randomInputsDoMatch() throws {
        var matched = 0
        for seed in 0..<10 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let table = RandomTable(&generator)
            matched += try Self.compare(table, &generator, inputs: 20)
        }
        #expect(matched > 40, "the property would prove little otherwise")
    }

    @Test func numbersOfAnyScaleAreFound() throws {
        let cuts = [
            "0.1", "0.1000000000000000000000000000000001", "123456789012345678901234567890", "-0.5", "1234.5678",
        ]
        let rows = cuts.map { ["[\($0)..\($0)]", "\"\($0)\""] }
        let table = TestModel.table(
            policy: "COLLECT",
            inputs: [("x", "number", nil)],
            outputs: [(nil, nil, nil, nil)],
            rows: rows
        )
        let model = try TestModel.compile(
            TestModel.input("x", type: "number") + TestModel.decision("d", logic: table, inputs: ["x"])
        )
        for cut in cuts {
            let value = try Expression(cut).evaluate()
            #expect(try model.text("d", ["x": value]) == "[\"\(cut)\"]")
        }
    }
}

/// Text in tables is compared by code points.
@Suite struct TextCellTests {
    @Test func equivalentSpellingsAreDifferentText() throws {
        let table = TestModel.table(
            inputs: [("x", "string", nil)],
            outputs: [(nil, nil, nil, nil)],
            rows: [["\"\u{E9}\"", "1"], ["\"e\u{301}\"", "2"], ["\"\u{212A}\"", "3"], ["\"K\"", "4"]]
        )
        let model = try TestModel.compile(
            TestModel.input("x", type: "string") + TestModel.decision("d", logic: table, inputs: ["x"])
        )
        let answers = try ["\u{E9}", "e\u{301}", "\u{212A}", "K"].map { try model.text("d", ["x": .string($0)]) }
        #expect(answers == ["1", "2", "3", "4"])
    }
}
