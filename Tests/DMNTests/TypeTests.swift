import DMN
import FEEL
import Testing

/// Types of variables: conversions, and null where a value does not conform.
@Suite struct TypeTests {
    private static let types = """
        <itemDefinition name="tGrade"><typeRef>string</typeRef><allowedValues><text>"A", "B"</text></allowedValues>
        </itemDefinition>
        <itemDefinition name="tGrades" isCollection="true"><typeRef>tGrade</typeRef>
        <typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
        <itemDefinition name="tPerson"><itemComponent name="full name"><typeRef>string</typeRef></itemComponent>
        <itemComponent name="grade"><typeRef>tGrade</typeRef></itemComponent></itemDefinition>
        <itemDefinition name="tNumbers" isCollection="true"><typeRef>number</typeRef></itemDefinition>
        """

    @Test(arguments: [
        ("number", "1", "1"), ("number", "\"a\"", "null"), ("string", "[\"a\"]", "\"a\""), ("string", "[1]", "null"),
        ("tNumbers", "1", "[1]"), ("tNumbers", "[1, \"a\"]", "null"), ("tNumbers", "null", "null"),
        ("date and time", "date(\"2024-01-02\")", "2024-01-02T00:00:00Z"),
        ("tGrade", "\"A\"", "\"A\""), ("tGrade", "\"C\"", "null"), ("tGrade", "null", "null"),
        ("tGrades", "[\"A\", \"B\"]", "[\"A\", \"B\"]"), ("tGrades", "[\"A\", \"C\"]", "null"),
        ("tGrades", "[\"A\", \"A\", \"A\"]", "null"), ("tGrades", "\"A\"", "[\"A\"]"),
        ("tPerson", "{full name: \"x\", grade: \"A\"}", "{full name: \"x\", grade: \"A\"}"),
        ("tPerson", "{full name: \"x\", grade: \"Z\"}", "null"), ("tPerson", "{full name: \"x\"}", "null"),
        ("tPerson", "{full name: \"x\", grade: \"B\", more: 1}", "{full name: \"x\", grade: \"B\", more: 1}"),
    ])
    func decisionsConformToTheirType(type: String, text: String, expected: String) throws {
        let model = try TestModel.compile(Self.types + TestModel.decision("d", text, type: type))
        #expect(try model.text("d") == expected)
    }

    @Test func inputsConformToTheirType() throws {
        let model = try TestModel.compile(
            Self.types + TestModel.input("g", type: "tGrade") + TestModel.decision("d", "g", inputs: ["g"])
        )
        #expect(try model.text("d", ["g": "A"]) == "\"A\"")
        let outcome = try model.evaluate(decision: "d", inputs: ["g": "C"])
        #expect(outcome.value.isNull)
        #expect(outcome.explanation.reasons.contains { $0.contains("input 'g' is \"C\"") })
    }

    @Test func unknownTypeIsAFinding() throws {
        let model = try TestModel.compile(TestModel.decision("d", "1", type: "tNothing"))
        #expect(model.findings.contains { $0.code == .unknownType && $0.message.contains("tNothing") })
    }

    @Test func typeOfItselfEnds() throws {
        let model = try TestModel.compile(
            "<itemDefinition name='t'><itemComponent name='next'><typeRef>t</typeRef></itemComponent></itemDefinition>"
                + TestModel.decision("d", "{next: {next: null}}", type: "t")
        )
        #expect(model.findings.contains { $0.code == .cycle })
        #expect(try model.text("d") == "{next: {next: null}}")
    }

    @Test func constantsOfTheWrongTypeAreFindings() throws {
        let table = TestModel.table(
            inputs: [("x", "number", nil)],
            outputs: [(nil, "number", nil, nil)],
            rows: [["> 1", "\"many\""], ["\"text\"", "2"]]
        )
        let model = try TestModel.compile(
            TestModel.input("x", type: "number") + TestModel.decision("d", logic: table, inputs: ["x"])
        )
        let cells = model.findings.filter { $0.code == .type }.compactMap(\.location.cell)
        #expect(cells.map { [$0.row, $0.column] } == [[2, 1], [1, 2]])
    }
}
