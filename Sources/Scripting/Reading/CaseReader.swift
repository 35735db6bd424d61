import Vocabulary

/// Reads the cases of a script.
enum CaseReader {
    private static let members = [
        "name", "customer", "agent", "conversation", "context", "said", "answers", "decisions", "resolutions", "acts",
        "path",
        "outcome", "status", "variables",
    ]
    private static let statuses = ["completed", "active", "waiting"]

    static func read(_ node: ScriptNode) -> [ScriptCase] {
        guard let elements = node.elements("a list of cases") else { return [] }
        guard elements.count <= ScriptLimits.cases else {
            node.error(.form, "a script has at most \(ScriptLimits.cases) cases")
            return []
        }
        return elements.compactMap { element in
            element.named("a case").members(members).flatMap { read($0, element.named("the case")) }
        }
    }

    private static func read(_ map: [String: ScriptNode], _ node: ScriptNode) -> ScriptCase? {
        guard let name = map["name"] else {
            node.error(.missing, "“name” is missing")
            return nil
        }
        let status = map["status"]?.text(statuses.joined(separator: ", ")) ?? "completed"
        if !statuses.contains(status) {
            map["status"]?.error(.form, "the status is “\(status)”, expected \(statuses.joined(separator: ", "))")
        }
        if map["path"] == nil, map["outcome"] == nil, map["status"] == nil, map["variables"] == nil {
            node.error(.missing, "the case expects nothing, expected “path”, “outcome”, “status” or “variables”")
        }
        return ScriptCase(
            name: name.text() ?? "",
            subject: ScriptSubject(
                customer: object(map["customer"]),
                agent: object(map["agent"]),
                conversation: object(map["conversation"]),
                context: object(map["context"])
            ),
            said: map["said"].map(said) ?? [],
            answers: answers(map["answers"]),
            decisions: values(map["decisions"]),
            resolutions: values(map["resolutions"]).mapValues { statuses(of: $0) },
            acts: values(map["acts"]),
            path: map["path"].map { $0.texts("a list of steps") },
            outcome: map["outcome"]?.text(),
            status: status,
            variables: values(map["variables"]),
            place: node.place
        )
    }

    private static func object(_ node: ScriptNode?) -> JSONObject {
        guard let node, node.entries("a map") != nil else { return [:] }
        return node.json.object ?? [:]
    }

    private static func values(_ node: ScriptNode?) -> [String: JSON] {
        Dictionary(
            (node?.entries("a map") ?? []).map { ($0.key, $0.value.json) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private static func said(_ node: ScriptNode) -> [String] {
        let texts = node.texts("a list of what the customer says")
        guard texts.count <= ScriptLimits.saidTexts else {
            node.error(.form, "a customer says at most \(ScriptLimits.saidTexts) texts in a case")
            return []
        }
        return texts
    }

    private static func answers(_ node: ScriptNode?) -> ScriptCase.Answers {
        guard let node else { return .inOrder([]) }
        guard node.isMap else { return .inOrder((node.elements("a list or a map of answers") ?? []).map(\.json)) }
        return .byStep(values(node).mapValues { $0.array ?? [$0] })
    }

    private static func statuses(of json: JSON) -> [String] {
        (json.array ?? [json]).map { $0.string ?? "" }
    }
}
