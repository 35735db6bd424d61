import DMN
import Testing

@Suite struct ModelComparisonTests {
    private let base = """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">
        <inputData id="i" name="tier"><variable name="tier" typeRef="string"/></inputData>
        <inputData id="j" name="reason"><variable name="reason" typeRef="string"/></inputData>
        <decision id="x" name="limit"><variable name="limit" typeRef="number"/>
        <informationRequirement><requiredInput href="#i"/></informationRequirement>
        <decisionTable hitPolicy="FIRST">
        <input><inputExpression><text>tier</text></inputExpression></input>
        <input label="why"><inputExpression><text>reason</text></inputExpression></input>
        <output name="amount"/>
        <annotation name="note"/>
        <rule id="late"><inputEntry><text>"1"</text></inputEntry><inputEntry><text>"late"</text></inputEntry>\
        <outputEntry><text>10.00</text></outputEntry><annotationEntry><text>late goods</text></annotationEntry></rule>
        <rule id="other"><inputEntry><text>"1"</text></inputEntry><inputEntry><text>-</text></inputEntry>\
        <outputEntry><text>5.00</text></outputEntry><annotationEntry><text></text></annotationEntry></rule>
        </decisionTable></decision>
        <decision id="y" name="both"><variable name="both"/><context>
        <contextEntry><variable name="low"/><literalExpression><text>1 + 1</text></literalExpression></contextEntry>
        <contextEntry><literalExpression><text>low * 2</text></literalExpression></contextEntry>
        </context></decision>
        </definitions>
        """

    private func changes(_ edits: (String, String)...) throws -> [String] {
        var edited = base
        for (old, new) in edits {
            #expect(edited.contains(old))
            edited = edited.replacing(old, with: new)
        }
        let models = try [base, edited].map { try DecisionModel.read(Array($0.utf8), file: "m.dmn").model }
        return ModelComparison.changes(from: models[0], to: models[1])
    }

    @Test func `the same model has no difference, whatever its layout`() throws {
        #expect(try changes().isEmpty)
        #expect(try changes(("</rule>", "</rule><!-- new -->\n\n"), ("1 + 1", "1  +\n1")).isEmpty)
    }

    @Test func `a cell is told by rule, row and column`() throws {
        #expect(
            try changes(("10.00", "12.00"), ("late goods", "late parcels")) == [
                "the decision “limit”, rule late (row 1): “amount” from “10.00” to “12.00”",
                "the decision “limit”, rule late (row 1): “note” from “late goods” to “late parcels”",
            ]
        )
    }

    @Test func `rules come and go in words`() throws {
        let rule = """
            <rule id="gift"><inputEntry><text>"2"</text></inputEntry><inputEntry><text>-</text></inputEntry>\
            <outputEntry><text>7</text></outputEntry><annotationEntry><text></text></annotationEntry></rule>
            """
        #expect(
            try changes(("<rule id=\"other\">", rule + "<rule id=\"other\">")) == [
                "the decision “limit”, rule gift (row 2) was added: when tier “\"2\"” → amount “7”"
            ]
        )
        #expect(
            try changes(("id=\"other\"", "id=\"rest\"")) == [
                "the decision “limit”, rule rest (row 2) was added: when tier “\"1\"” → amount “5.00”",
                "the decision “limit”, rule other (row 2) was removed: when tier “\"1\"” → amount “5.00”",
            ]
        )
    }

    @Test func `the order of rules counts where it decides`() throws {
        let swapped = [("id=\"late\"", "id=\"x\""), ("id=\"other\"", "id=\"late\""), ("id=\"x\"", "id=\"other\"")]
        let found = try changes(swapped[0], swapped[1], swapped[2])
        #expect(found.contains("the decision “limit”: the rules stand in another order"))
    }

    @Test func `entries of contexts, columns and decisions are compared`() throws {
        #expect(
            try changes(("1 + 1", "1 + 3"), ("low * 2", "low * 4")) == [
                "the decision “both”, entry “low” from “1 + 1” to “1 + 3”",
                "the decision “both”, result from “low * 2” to “low * 4”",
            ]
        )
        #expect(
            try changes(("label=\"why\"", "label=\"cause\"")) == [
                "the decision “limit”: the input “cause” was added",
                "the decision “limit”: the input “why” was removed",
            ]
        )
        #expect(
            try changes(("name=\"both\"", "name=\"double\"")) == [
                "the decision “double” was added", "the decision “both” was removed",
            ]
        )
        #expect(
            try changes(("hitPolicy=\"FIRST\"", "hitPolicy=\"ANY\"")) == [
                "the decision “limit”: hit policy from “F” to “A”"
            ]
        )
    }
}
