import Vocabulary

/// Reads the variables declared in `variables` and those implied by `field` and `as` of steps.
struct VariableReader {
    private static let words: Set<String> = [
        "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "not", "between",
        "instance", "of", "function", "external", "true", "false", "null", "item", "partial",
    ]

    private static let filling: Set<String> = ["field", "as", "type"]

    private let findings: ScriptFindings

    init(_ findings: ScriptFindings) { self.findings = findings }

    func read(declared: ScriptNode?, steps: [ScriptNode]) -> ScriptNames {
        var names = ScriptNames()
        for entry in declared?.entries("a map of names and types") ?? [] {
            guard let name = name(entry.key, at: entry.keyPlace), let variable = declaration(name, entry.value) else {
                continue
            }
            add(variable, to: &names, at: entry.keyPlace)
        }
        for step in steps { imply(by: step, in: &names) }
        return names
    }

    private func add(_ variable: ScriptVariable, to names: inout ScriptNames, at place: ScriptPlace) {
        guard names.variables.count < ScriptLimits.variables else {
            if names.variables.count == ScriptLimits.variables {
                findings.error(.form, "a script has at most \(ScriptLimits.variables) variables", at: place)
            }
            return
        }
        names.add(variable)
    }

    private func name(_ name: String, at place: ScriptPlace) -> String? {
        let isWord =
            name.utf8.first.map { $0 > UInt8(ascii: "9") } ?? false
            && name.utf8.count <= 100
            && name.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: false
                }
            }
        guard isWord, !Self.words.contains(name) else {
            let message = "“\(ScriptNode.short(name))” is not a variable name, expected letters a-z, digits and “_”"
            findings.error(.form, message + ", and no keyword of the expression language", at: place)
            return nil
        }
        guard !ScriptNames.roots.contains(name) else {
            findings.error(.duplicate, "“\(name)” is known to every script, expected another name", at: place)
            return nil
        }
        return name
    }

    private func type(_ node: ScriptNode, among types: [ScriptType]) -> ScriptType? {
        let expectation = types.map(\.rawValue).joined(separator: ", ")
        guard let text = node.text(expectation) else { return nil }
        guard let type = ScriptType(rawValue: text), types.contains(type) else {
            node.error(.type, "the type is \(node.kind), expected \(expectation)")
            return nil
        }
        return type
    }

    private func declaration(_ name: String, _ node: ScriptNode) -> ScriptVariable? {
        guard node.isMap else {
            return type(node, among: ScriptType.allCases).map {
                ScriptVariable(name: name, type: $0, isSensitive: false, initial: nil, isDeclared: true)
            }
        }
        guard let map = node.members(["type", "sensitive", "default", "description"]) else { return nil }
        guard let typeNode = map["type"] else {
            node.error(.missing, "“type” is missing")
            return nil
        }
        guard let type = type(typeNode, among: ScriptType.allCases) else { return nil }
        let isSensitive = map["sensitive"]?.flag() ?? false
        var initial: JSON?
        if let node = map["default"] {
            initial = type.fitting(node.json)
            if initial == nil { node.error(.type, "the default is \(node.kind), expected \(type.expectation)") }
            if isSensitive { node.error(.sensitive, "a sensitive variable has no default: it would be stored") }
        }
        return ScriptVariable(name: name, type: type, isSensitive: isSensitive, initial: initial, isDeclared: true)
    }

    /// Adds the variables that a step sets, ignoring the rest of the step.
    private func imply(by step: ScriptNode, in names: inout ScriptNames) {
        let members = step.glance(at: Self.filling)
        if let node = members["field"], let field = node.scalar {
            // An invalid type is reported with its step; the variable is defined anyway.
            let type = members["type"].map { $0.scalar.flatMap(ScriptType.init(rawValue:)) ?? .any } ?? .string
            imply(field, type, by: node, in: &names)
        }
        if let node = members["as"], let result = node.scalar { imply(result, .any, by: node, in: &names) }
    }

    private func imply(_ text: String, _ type: ScriptType, by node: ScriptNode, in names: inout ScriptNames) {
        guard !text.isEmpty, names[text] == nil, let name = name(text, at: node.place) else { return }
        add(
            ScriptVariable(name: name, type: type, isSensitive: false, initial: nil, isDeclared: false),
            to: &names,
            at: node.place
        )
    }
}
