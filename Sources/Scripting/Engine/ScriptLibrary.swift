/// Looks up scripts for the engine.
package struct ScriptLibrary: Sendable {
    /// Returns the version of a script that a session gets now.
    package let current: @Sendable (_ script: String) -> Int64?
    /// Returns a version, which always has the same definition.
    package let definition: @Sendable (_ script: String, _ version: Int64) -> ScriptDefinition?

    package init(
        current: @escaping @Sendable (_ script: String) -> Int64?,
        definition: @escaping @Sendable (_ script: String, _ version: Int64) -> ScriptDefinition?
    ) {
        self.current = current
        self.definition = definition
    }

    /// Creates a library of these scripts, each as version 1.
    package init(_ scripts: [ScriptDefinition]) {
        let byId = Dictionary(scripts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.init(current: { byId[$0] == nil ? nil : 1 }, definition: { id, version in version == 1 ? byId[id] : nil })
    }
}
