import DMN
import FEEL
import Testing

/// Texts of models and short ways to evaluate them.
enum TestModel {
    static let namespace = "https://www.omg.org/spec/DMN/20230324/MODEL/"

    /// A model with these elements.
    static func xml(_ elements: String, name: String = "test", namespace: String = "urn:test") -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="\(Self.namespace)" name="\(name)" namespace="\(namespace)" id="d">\(elements)</definitions>
        """
    }

    /// Compiles a model with these elements.
    static func compile(_ elements: String, loader: ModelLoader = { _, _ in nil }) throws -> CompiledModel {
        try CompiledModel(Array(xml(elements).utf8), file: "test.dmn", loader: loader)
    }

    /// A decision with literal logic that requires input data of these names.
    static func decision(
        _ name: String,
        _ text: String,
        type: String? = nil,
        inputs: [String] = [],
        decisions: [String] = [],
        knowledge: [String] = []
    ) -> String {
        decision(
            name,
            logic: literal(text),
            type: type,
            inputs: inputs,
            decisions: decisions,
            knowledge: knowledge
        )
    }

    /// A decision with any logic.
    static func decision(
        _ name: String,
        logic: String,
        type: String? = nil,
        inputs: [String] = [],
        decisions: [String] = [],
        knowledge: [String] = []
    ) -> String {
        let needs =
            inputs.map { "<informationRequirement><requiredInput href=\"#i_\($0)\"/></informationRequirement>" }
            + decisions.map { "<informationRequirement><requiredDecision href=\"#\($0)\"/></informationRequirement>" }
            + knowledge.map { "<knowledgeRequirement><requiredKnowledge href=\"#\($0)\"/></knowledgeRequirement>" }
        let typeRef = type.map { " typeRef=\"\($0)\"" } ?? ""
        return "<decision id=\"\(name)\" name=\"\(name)\"><variable name=\"\(name)\"\(typeRef)/>"
            + needs.joined() + logic + "</decision>"
    }

    /// Input data.
    static func input(_ name: String, type: String? = nil) -> String {
        let typeRef = type.map { " typeRef=\"\($0)\"" } ?? ""
        return "<inputData id=\"i_\(name)\" name=\"\(name)\"><variable name=\"\(name)\"\(typeRef)/></inputData>"
    }

    /// A literal expression.
    static func literal(_ text: String, type: String? = nil) -> String {
        let typeRef = type.map { " typeRef=\"\($0)\"" } ?? ""
        return "<literalExpression\(typeRef)><text>\(escaped(text))</text></literalExpression>"
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// A decision table; rows hold the input cells, then the output cells.
    static func table(
        policy: String = "UNIQUE",
        aggregation: String? = nil,
        inputs: [(text: String, type: String?, allowed: String?)],
        outputs: [(name: String?, type: String?, allowed: String?, defaultEntry: String?)],
        rows: [[String]]
    ) -> String {
        func unary(_ name: String, _ text: String?) -> String {
            text.map { "<\(name)><text>\(escaped($0))</text></\(name)>" } ?? ""
        }
        func typed(_ type: String?) -> String { type.map { " typeRef=\"\($0)\"" } ?? "" }
        let heads = inputs.map { input in
            "<input><inputExpression\(typed(input.type))><text>\(escaped(input.text))</text></inputExpression>"
                + unary("inputValues", input.allowed) + "</input>"
        }
        let results = outputs.map { output in
            "<output" + (output.name.map { " name=\"\($0)\"" } ?? "") + typed(output.type) + ">"
                + unary("outputValues", output.allowed) + unary("defaultOutputEntry", output.defaultEntry) + "</output>"
        }
        let rules = rows.enumerated().map { number, row in
            "<rule id=\"r\(number + 1)\">"
                + row.prefix(inputs.count).map { unary("inputEntry", $0) }.joined()
                + row.dropFirst(inputs.count).map { unary("outputEntry", $0) }.joined() + "</rule>\n"
        }
        let sum = aggregation.map { " aggregation=\"\($0)\"" } ?? ""
        return "<decisionTable outputLabel=\"T\" hitPolicy=\"\(policy)\"\(sum)>" + heads.joined() + results.joined()
            + rules.joined() + "</decisionTable>"
    }
}

extension CompiledModel {
    /// The value of a decision as text.
    func text(_ decision: String, _ inputs: [String: Value] = [:]) throws -> String {
        try evaluate(decision: decision, inputs: inputs).value.description
    }
}
