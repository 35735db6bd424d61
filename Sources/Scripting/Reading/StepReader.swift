struct StepReader {
    static let kinds = ["say", "ask", "any_order", "decide", "resolve", "act", "run", "escalate", "end"]
    private static let common = ["required", "knowledge", "note", "next"]
    private static let members: [String: [String]] = [
        "say": ["say"] + common,
        "ask": ["ask", "choices", "field", "type", "from"] + common,
        "any_order": ["any_order", "next", "note"],
        "decide": ["decide", "with", "as"] + common,
        "resolve": ["resolve", "as", "say"] + common + ScriptStep.Resolve.Outcome.allCases.map(\.rawValue),
        "act": ["act", "with", "as", "failed", "say"] + common,
        "run": ["run", "with", "as"] + common,
        "escalate": ["escalate", "say"] + common,
        "end": ["end", "say", "required", "knowledge", "note"],
    ]

    let findings: ScriptFindings
    let names: ScriptNames
    let expressions: ExpressionReader
    /// The groups of steps that are asked in any order.
    let groups: GroupReader

    init(source: ScriptSource, findings: ScriptFindings, names: ScriptNames, groups: GroupReader) {
        self.findings = findings
        self.names = names
        self.groups = groups
        expressions = ExpressionReader(source: source, findings: findings, names: names)
    }

    /// Reads one step; nil if it is invalid.
    func read(id: String, at place: ScriptPlace, _ node: ScriptNode) -> ScriptStep? {
        findings.step = nil
        guard ScriptNode.isIdentifier(id) else {
            let expectation = "expected letters, digits, “_”, “-” and “.”, at most 100"
            findings.error(.form, "“\(ScriptNode.short(id))” is not the id of a step, \(expectation)", at: place)
            return nil
        }
        findings.step = id
        let named = node.named("the step")
        guard let entries = named.entries("a map with one of \(Self.kinds.joined(separator: ", "))") else { return nil }
        guard let kind = kind(of: entries.map(\.key), named) else { return nil }
        guard let map = named.members(Self.members[kind] ?? []), let main = map[kind] else { return nil }
        guard let read = read(kind, main, map, named) else { return nil }
        let group = groups.group(of: id)
        if case .anyOrder = read { requireNext(map, named) }
        if case .say = read { requireNext(map, named) }
        if case .decide = read { requireNext(map, named) }
        if case .run = read { requireNext(map, named) }
        if case .escalate = read { requireNext(map, named) }
        if case .act = read { requireNext(map, named) }
        return ScriptStep(
            id: id,
            kind: read,
            text: text(kind, map),
            isRequired: map["required"]?.flag() ?? false,
            articles: map["knowledge"]?.placedTexts("a list of article ids").map {
                ScriptArticle(id: $0.text, place: $0.place)
            } ?? [],
            note: map["note"]?.text(),
            next: group?.next ?? map["next"].flatMap(next),
            group: group?.id,
            place: place
        )
    }

    /// Determines the kind from the only keyword present; `say` may accompany another.
    private func kind(of keys: [String], _ node: ScriptNode) -> String? {
        let found = keys.filter { Self.kinds.contains($0) }
        let special = found.filter { $0 != "say" }
        guard special.count <= 1, let kind = special.first ?? found.first else {
            let list = found.isEmpty ? "none" : found.joined(separator: " and ")
            node.error(
                .form,
                "the step has \(list) of the kinds, expected one of \(Self.kinds.joined(separator: ", "))"
            )
            return nil
        }
        return kind
    }

    private func text(_ kind: String, _ map: [String: ScriptNode]) -> ScriptTemplate? {
        (kind == "ask" ? map["ask"] : map["say"]).flatMap(expressions.template)
    }

    private func requireNext(_ map: [String: ScriptNode], _ node: ScriptNode) {
        if map["next"] == nil { node.error(.missing, "“next” is missing: expected the id of a step or a list") }
    }

    private func read(
        _ kind: String,
        _ main: ScriptNode,
        _ map: [String: ScriptNode],
        _ node: ScriptNode
    ) -> ScriptStep.Kind? {
        switch kind {
        case "say": return .say
        case "ask": return ask(map, node).map(ScriptStep.Kind.ask)
        case "any_order": return .anyOrder(groups.members(main))
        case "decide": return decide(main, map).map(ScriptStep.Kind.decide)
        case "resolve": return resolve(main, map, node).map(ScriptStep.Kind.resolve)
        case "act":
            guard let action = main.identifier("the name of an action") else { return nil }
            return .act(
                .init(
                    action: action,
                    arguments: arguments(map["with"], seesSecrets: true),
                    result: result(map["as"]),
                    failed: map["failed"].flatMap(next)
                )
            )
        case "run":
            guard let script = main.identifier("the id of a script") else { return nil }
            return .run(
                .init(
                    script: script,
                    arguments: arguments(map["with"]),
                    result: result(map["as"]),
                    place: main.place
                )
            )
        case "escalate": return main.text("supervisor, or the name of a team").map(ScriptStep.Kind.escalate)
        default: return main.text("the outcome").map(ScriptStep.Kind.end)
        }
    }

    // MARK: Transitions

    /// Reads `next` and similar members: a step, or a list of conditions that ends with a step.
    func next(_ node: ScriptNode) -> ScriptNext? {
        let expectation = "the id of a step, or a list of {when: condition, go: step} ended by {go: step}"
        if node.isText {
            return node.text(expectation).map {
                ScriptNext(branches: [], fallback: ScriptTarget(step: $0, place: node.place), place: node.place)
            }
        }
        guard let elements = node.elements(expectation) else { return nil }
        var branches: [ScriptNext.Branch] = []
        var fallback: ScriptTarget?
        for (position, element) in elements.enumerated() {
            guard let map = element.members(["when", "go"]) else { continue }
            guard let go = map["go"] else {
                element.error(.missing, "“go” is missing: expected the id of a step")
                continue
            }
            guard let step = go.text("the id of a step") else { continue }
            let target = ScriptTarget(step: step, place: go.place)
            if let when = map["when"] {
                guard let condition = expressions.expression(when, as: .boolean, member: "when") else { continue }
                branches.append(.init(condition: condition, target: target))
            } else if position == elements.count - 1 {
                fallback = target
            } else {
                element.error(.missing, "“when” is missing: only the last element of the list goes without a condition")
            }
        }
        if fallback == nil {
            node.error(.open, "\(node.what) does not cover every case, expected {go: step} at its end")
        }
        return ScriptNext(branches: branches, fallback: fallback, place: node.place)
    }

    // MARK: Arguments and results

    /// Reads `with`: names and expressions.
    func arguments(_ node: ScriptNode?, seesSecrets: Bool = false) -> [ScriptArgument] {
        guard let entries = node?.entries("a map of names and expressions") else { return [] }
        return entries.compactMap { argument($0.key, $0.value, member: $0.key, seesSecrets: seesSecrets) }
    }

    /// Reads a value: an expression, or a map or list of such.
    private func argument(
        _ name: String,
        _ node: ScriptNode,
        member: String,
        seesSecrets: Bool
    ) -> ScriptArgument? {
        let content: ScriptArgument.Content
        if node.isMap {
            content = .members(
                (node.entries("a map of expressions") ?? []).compactMap {
                    argument($0.key, $0.value, member: "\(member).\($0.key)", seesSecrets: seesSecrets)
                }
            )
        } else if !node.isText, let elements = node.elements("an expression (FEEL)") {
            content = .elements(elements.compactMap { argument("", $0, member: member, seesSecrets: seesSecrets) })
        } else if let expression = expressions.expression(node, member: member, seesSecrets: seesSecrets) {
            content = .expression(expression)
        } else {
            return nil
        }
        return ScriptArgument(name: name, content: content, place: node.place)
    }

    /// Reads `as`.
    func result(_ node: ScriptNode?) -> String? {
        guard let node, let name = node.text("the name of a variable") else { return nil }
        guard let variable = names[name] else { return nil }
        if variable.isSensitive { node.error(.sensitive, "“\(name)” is sensitive, and results are stored") }
        return name
    }
}
