package import Vocabulary

/// A variable of a script: declared, or implied by a step that sets it.
package struct ScriptVariable: Sendable, Hashable {
    /// The name.
    package let name: String
    /// The type of its values.
    package let type: ScriptType
    /// Whether its values are only passed to the next act step, and never stored, shown or logged.
    package let isSensitive: Bool
    /// Its value before a step sets it.
    package let initial: JSON?
    /// Whether it is declared in `variables`; otherwise a `field` or `as` implies it.
    package let isDeclared: Bool
}

/// The names that texts and expressions of a script can use.
package struct ScriptNames: Sendable {
    /// The names available in every script besides its variables.
    package static let roots = ["customer", "agent", "conversation", "context"]

    /// The variables in the order of their first occurrence.
    package private(set) var variables: [ScriptVariable] = []
    private var positions: [String: Int] = [:]

    /// The variable of a name.
    package subscript(name: String) -> ScriptVariable? { positions[name].map { variables[$0] } }

    /// Whether a name is defined.
    package func contains(_ name: String) -> Bool { positions[name] != nil || Self.roots.contains(name) }

    /// Adds a variable unless its name is already defined.
    mutating func add(_ variable: ScriptVariable) {
        positions[variable.name] = variables.count
        variables.append(variable)
    }
}
