import Spelling

/// The kinds of steps that have several members.
extension StepReader {
    func ask(_ map: [String: ScriptNode], _ node: ScriptNode) -> ScriptStep.Ask? {
        let field = field(map["field"])
        let group = findings.step.flatMap { groups.group(of: $0) }
        if let group { refuseNext(map, in: group.id) }
        let source = map["from"].flatMap { self.source($0, field: field) }
        if let choices = map["choices"] {
            if let type = map["type"] { type.error(.form, "“type” stands beside “choices”, expected one of them") }
            guard let read = self.choices(choices, hasNext: map["next"] != nil || group != nil) else { return nil }
            if let field, let variable = names[field], ![.string, .any].contains(variable.type) {
                map["field"]?.error(.type, "“\(field)” is a \(variable.type.rawValue), expected a string for a choice")
            }
            return .init(field: field, type: .string, choices: read, source: source)
        }
        guard map["field"] != nil else {
            node.error(.missing, "the step asks for nothing, expected “choices”, or “field” and “type”")
            return nil
        }
        guard let field else { return nil }
        if map["next"] == nil, group == nil {
            node.error(.missing, "“next” is missing: expected the id of a step or a list")
        }
        return .init(field: field, type: type(of: field, map["type"], node), choices: [], source: source)
    }

    /// Reports exits of a step that is asked in any order, whose group says what follows.
    private func refuseNext(_ map: [String: ScriptNode], in group: String) {
        let expectation = "“next” stands in the group “\(group)”, expected none at its steps"
        map["next"]?.error(.form, expectation)
        for choice in map["choices"]?.list ?? [] { choice.glance(at: ["next"])["next"]?.error(.form, expectation) }
    }

    /// Reads `from`: the path of a fact, or `{said: extractor, within: turns}`.
    private func source(_ node: ScriptNode, field: String?) -> ScriptStep.AnswerSource? {
        if let field, names[field]?.isSensitive == true {
            node.error(.sensitive, "“\(field)” is sensitive, and what is proposed is shown and stored")
        }
        let expectation = "a fact as customer.email, or {said: extractor}"
        if node.isMap {
            guard let map = node.members(["said", "within"]) else { return nil }
            guard let said = map["said"] else {
                node.error(.missing, "“said” is missing: expected the name of an extractor")
                return nil
            }
            let within = map["within"]?.integer(in: 1...ScriptLimits.heardTurns)
            return said.identifier("the name of an extractor").map {
                .init(kind: .said(extractor: $0, within: within), place: said.place)
            }
        }
        guard let text = node.text(expectation) else { return nil }
        let path = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard path.count > 1, path.count <= ScriptLimits.depth, path.allSatisfy({ ScriptNode.isIdentifier($0) }) else {
            node.error(.form, "“from” is \(node.kind), expected \(expectation)")
            return nil
        }
        guard ScriptNames.roots.contains(path[0]) else {
            let question = NearestName.question(path[0], among: ScriptNames.roots)
            let roots = ScriptNames.roots.joined(separator: ", ")
            node.error(.undefined, "there are no facts “\(ScriptNode.short(path[0]))”, expected \(roots)" + question)
            return nil
        }
        return .init(kind: .fact(path), place: node.place)
    }

    private func field(_ node: ScriptNode?) -> String? {
        guard let name = node?.text("the name of a variable"), names[name] != nil else { return nil }
        return name
    }

    /// The type of the answer: the step's own, or else that of the declared variable.
    private func type(of field: String, _ typeNode: ScriptNode?, _ node: ScriptNode) -> ScriptType {
        let declared = names[field]
        let expectation = ScriptType.answers.map(\.rawValue).joined(separator: ", ")
        guard let typeNode else {
            if let declared, declared.isDeclared, declared.type != .any { return declared.type }
            node.error(.missing, "“type” is missing: expected \(expectation)")
            return .string
        }
        guard let text = typeNode.text(expectation) else { return .string }
        guard let type = ScriptType(rawValue: text), ScriptType.answers.contains(type) else {
            typeNode.error(.type, "the type is \(typeNode.kind), expected \(expectation)")
            return .string
        }
        if let declared, declared.type != .any, declared.type != type {
            typeNode.error(.type, "“\(field)” is a \(declared.type.rawValue) elsewhere, expected the same type")
        }
        return type
    }

    private func choices(_ node: ScriptNode, hasNext: Bool) -> [ScriptChoice]? {
        guard let elements = node.elements("a list of {label, value, next}") else { return nil }
        if elements.isEmpty { node.error(.missing, "“choices” is empty, expected one choice at least") }
        var values: Set<String> = []
        return elements.compactMap { element in
            guard let map = element.named("a choice").members(["label", "value", "next"]) else { return nil }
            guard let value = (map["value"] ?? map["label"])?.text("the value that the desktop sends") else {
                if map["value"] ?? map["label"] == nil {
                    element.error(.missing, "the choice is empty, expected “label” or “value”")
                }
                return nil
            }
            if !values.insert(value).inserted {
                element.error(.duplicate, "the value “\(value)” occurs twice, expected different choices")
            }
            if map["next"] == nil, !hasNext {
                element.error(.missing, "“next” is missing: expected it in the choice “\(value)” or in the step")
            }
            return ScriptChoice(
                value: value,
                label: map["label"].flatMap(expressions.template) ?? ScriptTemplate(plain: value),
                next: map["next"].flatMap(next)
            )
        }
    }

    func decide(_ main: ScriptNode, _ map: [String: ScriptNode]) -> ScriptStep.Decide? {
        guard let text = main.text("model.decision") else { return nil }
        guard let dot = text.firstIndex(of: "."), dot != text.startIndex, text.index(after: dot) < text.endIndex else {
            main.error(.form, "the decision is \(main.kind), expected model.decision")
            return nil
        }
        return .init(
            model: String(text[..<dot]),
            decision: String(text[text.index(after: dot)...]),
            inputs: arguments(map["with"]),
            result: result(map["as"]),
            place: main.place
        )
    }

    func resolve(
        _ main: ScriptNode,
        _ map: [String: ScriptNode],
        _ node: ScriptNode
    ) -> ScriptStep.Resolve? {
        guard let request = main.members(["action", "amount", "currency", "reason", "reference", "context"]) else {
            return nil
        }
        for member in ["action", "reason"] where request[member] == nil {
            main.error(.missing, "“\(member)” is missing: expected an expression")
        }
        var targets: [ScriptStep.Resolve.Outcome: ScriptNext] = [:]
        for outcome in ScriptStep.Resolve.Outcome.allCases {
            targets[outcome] = map[outcome.rawValue].flatMap(next)
            if outcome.substitute == nil, map[outcome.rawValue] == nil, map["next"] == nil {
                let message = "“\(outcome.rawValue)” is missing: expected the id of a step, here or in “next”"
                node.error(.missing, message)
            }
        }
        guard let action = request["action"].flatMap({ expressions.expression($0, as: .string, member: "action") }),
            let reason = request["reason"].flatMap({ expressions.expression($0, as: .string, member: "reason") })
        else { return nil }
        let amount = request["amount"].flatMap { expressions.expression($0, as: .amount, member: "amount") }
        if let node = request["amount"], amount?.isMoney == false, request["currency"] == nil {
            node.error(.missing, "“currency” is missing: expected an expression beside “amount”")
        }
        return .init(
            action: action,
            amount: amount,
            currency: request["currency"].flatMap { expressions.expression($0, as: .string, member: "currency") },
            reason: reason,
            reference: object(request["reference"], "reference"),
            context: object(request["context"], "context"),
            result: result(map["as"]),
            targets: targets
        )
    }

    /// Reads an object: one expression, or a map of expressions.
    private func object(_ node: ScriptNode?, _ member: String) -> [ScriptArgument] {
        guard let node else { return [] }
        guard node.isText else { return arguments(node) }
        return expressions.expression(node, member: member)
            .map { [ScriptArgument(name: "", content: .expression($0), place: node.place)] } ?? []
    }
}
