/// The tools that assistants are offered, and what they are told about them: `rules/tools.yaml`.
///
/// The file chooses among the methods that have a ``ToolEffect`` and says in words what they are for. What a call does, what it
/// takes and who may make it follows from the method.
///
/// ## Topics
/// - ``init(yaml:file:)``
/// - ``builtIn``
/// - ``entry(named:)``
package struct ToolBook: Sendable, Hashable {
    /// One tool, as the file has it.
    package struct Entry: Sendable, Hashable {
        /// Its name for assistants.
        package let name: String
        /// The method that a call of it calls.
        package let method: String
        /// What people see.
        package let title: String
        /// What the assistant reads.
        package let description: String
    }

    /// What an assistant should know before it uses any of them.
    package let instructions: String
    /// What a prompt made of a script says.
    package let scriptPrompt: ScriptPrompt
    /// The tools, in the order of the file.
    package let entries: [Entry]

    init(instructions: String, scriptPrompt: ScriptPrompt, entries: [Entry]) {
        (self.instructions, self.scriptPrompt, self.entries) = (instructions, scriptPrompt, entries)
    }

    /// The entry of a tool.
    package func entry(named name: String) -> Entry? { entries.first { $0.name == name } }
}
