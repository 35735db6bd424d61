package import JSONRPC

/// A variable of a script: declared, or implied by a step that fills it.
package struct ScriptVariable: Sendable, Hashable {
    /// The name.
    package let name: String
    /// What it holds.
    package let type: ScriptType
    /// Whether its values are never stored, shown or logged, only handed to the next act step.
    package let isSensitive: Bool
    /// What it holds before a step fills it.
    package let initial: JSON?
    /// Whether `variables` names it; a `field` or `as` alone defines one too.
    package let isDeclared: Bool
}

/// The names that texts and expressions of a script can use.
package struct ScriptNames: Sendable {
    /// What every script knows besides its variables.
    package static let roots = ["customer", "agent", "conversation", "context"]

    /// The variables in the order in which they were first met.
    package private(set) var variables: [ScriptVariable] = []
    private var positions: [String: Int] = [:]

    /// The variable of a name.
    package subscript(name: String) -> ScriptVariable? { positions[name].map { variables[$0] } }

    /// Whether there is anything of that name.
    package func contains(_ name: String) -> Bool { positions[name] != nil || Self.roots.contains(name) }

    /// Adds a variable whose name is new.
    mutating func add(_ variable: ScriptVariable) {
        positions[variable.name] = variables.count
        variables.append(variable)
    }
}
