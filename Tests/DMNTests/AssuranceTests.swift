import DMN
import FEEL
import Foundation
import Testing

/// Checks that nothing can fail are left out, and values are looked at where they stand: the answers are those of a model
/// that checks every value, takes no shortcuts and looks at every cell of every table.
@Suite struct AssuranceTests {
    private static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// A value, an unfit one now and then.
    private static func value(_ fitting: [Value], _ generator: inout SeededGenerator) -> Value? {
        switch Int.random(in: 0..<16, using: &generator) {
        case 0: return nil
        case 1: return unfit.randomElement(using: &generator)
        default: return fitting.randomElement(using: &generator)
        }
    }

    private static let unfit: [Value] = [
        .null, "x", 5, true, .list([]), .context(Context([("a", 1)])), .list(["vip"]),
    ]

    private static func context(_ entries: [(String, Value?)]) -> Value {
        .context(Context(entries.compactMap { entry in entry.1.map { (key: entry.0, value: $0) } }))
    }

    private static let amounts: [Value] = [0, 5, 10, 25, 40, 75, 150, 151, 300, 600, 1_500, -3]
    private static let counts: [Value] = [0, 0, 0, 1, 2, 5]

    /// A case for the sample policy, right or wrong.
    static func randomCase(_ generator: inout SeededGenerator) -> [String: Value] {
        let reference = context([
            ("type", value(["order", "invoice"], &generator)), ("id", value(["o-1"], &generator)),
        ])
        let request = context([
            ("action", value(["refund", "credit", "goodwill", "late_return", "other"], &generator)),
            ("amount", value(amounts + [.null], &generator)), ("currency", value(["EUR", "EUR", "USD"], &generator)),
            ("reason", value(["late_delivery", "lost_parcel", "hardship", "price_match"], &generator)),
            ("reference", value([reference], &generator)),
        ])
        let agent = context([
            ("subject", "anna"), ("tier", value(["1", "2", "3", "4"], &generator)),
            ("team", value(["vip", "delivery", .list(["vip", "delivery"])], &generator)),
        ])
        let customer = context([
            ("id", value(["c-1"], &generator)), ("segment", value(["new", "signature", .null], &generator)),
            ("first_order", value(["2020-01-01", "junk", .null], &generator)), ("country", value(["IE"], &generator)),
        ])
        let same = context([("count_90d", value(counts, &generator)), ("count_365d", value(counts, &generator))])
        let history = context([
            (
                "customer",
                context([("total_30d", value(amounts, &generator)), ("same_action", value([same], &generator))])
            ),
            (
                "agent",
                context([("total_today", value(amounts, &generator)), ("total_1d", value(amounts, &generator))])
            ),
            ("reference", context([("count_90d", value(counts, &generator))])),
        ])
        var inputs: [String: Value] = ["now": .dateAndTime(.epoch)]
        inputs["request"] = value([request], &generator)
        inputs["agent"] = value([agent], &generator)
        inputs["customer"] = value([customer], &generator)
        inputs["history"] = value([history], &generator)
        return inputs
    }

    private static func text(_ outcome: Outcome) -> String {
        let explanation = outcome.explanation
        let decisions = explanation.decisions.map { "\($0.name) = \($0.value)" }
        let tables = explanation.tables.map { "\($0.table): \($0.inputs.map(\.value)) \($0.value)" }
        return ([outcome.value.description] + decisions + tables + explanation.matchedRules + explanation.reasons)
            .joined(separator: "\n")
    }

    /// Settings under which no index is used.
    private static var obvious: EvaluationSettings {
        var settings = EvaluationSettings()
        settings.usesIndexes = false
        return settings
    }

    @Test func theSampleCasesPassEitherWay() throws {
        let file = Self.root.appendingPathComponent("rules/resolution.dmn")
        let (source, findings) = try DecisionModel.read(Array(try Data(contentsOf: file)), file: "resolution.dmn")
        let cases = try RuleTests.files(of: file.path).map { path in
            ModelSource(bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))), file: path)
        }
        let fast = RuleTests.run(cases, on: CompiledModel(source, findings: findings))
        let slow = RuleTests.run(
            cases,
            on: CompiledModel(source, findings: findings, checksEverything: true),
            settings: Self.obvious
        )
        #expect(fast.cases > 40 && fast.isSuccess && slow.isSuccess)
        #expect(fast.results.map(\.message) == slow.results.map(\.message))
    }

    @Test(arguments: ["resolution", "remaining"])
    func theSamplePolicyAnswersAsWithEveryCheck(_ name: String) throws {
        let file = Self.root.appendingPathComponent("rules/resolution.dmn")
        let (source, findings) = try DecisionModel.read(Array(try Data(contentsOf: file)), file: "resolution.dmn")
        let decision = try CompiledModel(source, findings: findings).decision(named: name)
        let oracle = try CompiledModel(source, findings: findings, checksEverything: true).decision(named: name)
        var generator = SeededGenerator(seed: 11)
        let (session, slow) = (DecisionSession(decision), DecisionSession(oracle, settings: Self.obvious))
        var values: Set<String> = []
        for _ in 0..<1_500 {
            let inputs = Self.randomCase(&generator)
            let ordered = decision.inputs.map { inputs[$0.name] ?? .null }
            let outcome = session.evaluate(ordered)
            #expect(Self.text(outcome) == Self.text(slow.evaluate(ordered)), "\(inputs)")
            #expect(session.value(ordered).description == outcome.value.description)
            #expect(session.errors.count == outcome.explanation.errors.count)
            values.insert(outcome.value.description)
        }
        #expect(values.count > 30, "the property would prove little otherwise")
    }

    private static let types = """
        <itemDefinition name="tGrade"><typeRef>string</typeRef><allowedValues><text>"A", "B"</text></allowedValues>
        </itemDefinition>
        <itemDefinition name="tPair"><itemComponent name="a"><typeRef>number</typeRef></itemComponent>
        <itemComponent name="g"><typeRef>tGrade</typeRef></itemComponent></itemDefinition>
        """

    /// A context whose entries have these types (none for the empty text) and texts.
    private static func context(_ entries: [(name: String, type: String, text: String)]) -> String {
        "<context>"
            + entries.map { entry in
                let type = entry.type.isEmpty ? "" : " typeRef='\(entry.type)'"
                return "<contextEntry><variable name='\(entry.name)'\(type)/>" + TestModel.literal(entry.text)
                    + "</contextEntry>"
            }.joined() + "</context>"
    }

    @Test(arguments: [
        ("number", "tGrade", "x", "\"A\"", "{a: 1, g: \"A\"}"),
        ("number", "tGrade", "x", "\"C\" + \"\"", "{a: 1, g: null}"),
        ("", "tGrade", "\"1\" + \"\"", "\"A\"", "null"), ("number", "", "x", "\"C\" + \"\"", "null"),
        ("", "", "x", "\"B\" + \"\"", "{a: 1, g: \"B\"}"), ("number", "string", "x", "\"C\" + \"\"", "null"),
    ])
    func contextsAreCheckedWhereTheirEntriesAreNot(
        _ first: String,
        _ second: String,
        _ number: String,
        _ grade: String,
        _ expected: String
    ) throws {
        let logic = Self.context([("a", first, number), ("g", second, grade)])
        let model = try TestModel.compile(
            Self.types + TestModel.input("x") + TestModel.decision("d", logic: logic, type: "tPair", inputs: ["x"])
        )
        #expect(try model.text("d", ["x": 1]) == expected)
    }

    @Test func listsOfTablesWithADefaultAreChecked() throws {
        let table = TestModel.table(
            policy: "COLLECT",
            inputs: [("x", "number", nil)],
            outputs: [(nil, "number", nil, "7")],
            rows: [["> 1", "2"]]
        )
        let model = try TestModel.compile(
            "<itemDefinition name='tNumbers' isCollection='true'><typeRef>number</typeRef></itemDefinition>"
                + TestModel.input("x", type: "number")
                + TestModel.decision("d", logic: table, type: "tNumbers", inputs: ["x"])
        )
        #expect(try model.text("d", ["x": 5]) == "[2]")
        #expect(try model.text("d", ["x": 0]) == "[7]")
    }
}
