/// Where the engine finds scripts.
package struct ScriptLibrary: Sendable {
    /// The version of a script that a session meets now.
    package let current: @Sendable (_ script: String) -> Int64?
    /// A version; always the same definition for the same version.
    package let definition: @Sendable (_ script: String, _ version: Int64) -> ScriptDefinition?

    package init(
        current: @escaping @Sendable (_ script: String) -> Int64?,
        definition: @escaping @Sendable (_ script: String, _ version: Int64) -> ScriptDefinition?
    ) {
        self.current = current
        self.definition = definition
    }

    /// A library of these scripts, each in version 1.
    package init(_ scripts: [ScriptDefinition]) {
        let byId = Dictionary(scripts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.init(current: { byId[$0] == nil ? nil : 1 }, definition: { id, version in version == 1 ? byId[id] : nil })
    }
}
