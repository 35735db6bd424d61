import FrontlineProtocol
import JSONRPC
import Vocabulary

/// Scripts as prompts: a person picks one, and the assistant guides through it.
extension ContextServer {
    /// How long what a caller says in an argument may be, in bytes.
    private static var longestArgument: Int { 4_000 }

    /// The scripts that the caller would get.
    func listPrompts(_ message: ContextMessage, _ revision: ContextRevision) async throws -> JSONObject {
        try Self.checkOnlyPage(message)
        let scripts = try await visible { try await host.call(ScriptList.self, .init()).scripts } ?? []
        let prompts = scripts.map { script -> JSON in
            let examples = script.examples.map { " What customers say: " + $0.prefix(3).joined(separator: "; ") } ?? ""
            return [
                "name": .string(script.scriptId), "title": .string(script.title),
                "description": .string("Guides through the script “\(script.title)”.\(examples)"),
                "arguments": [
                    [
                        "name": "conversation", "description": "The id of the conversation that it is for",
                        "required": false,
                    ],
                    ["name": "situation", "description": "What the customer wants, in a few words", "required": false],
                ],
            ]
        }
        return Self.cacheable(["prompts": .array(prompts)], in: revision, for: .minutes(1))
    }

    /// The prompt of a script: what to do, and the script itself.
    func prompt(_ message: ContextMessage) async throws -> JSONObject {
        try Self.checkIsFirst(message)
        let name = try Self.text("name", of: message)
        var values = try Self.values(message.params["arguments"])
        guard let script = try await visible({ try await script(name) }) else {
            throw ContextFailure.invalidParams("Unknown prompt: \(name.prefix(100))")
        }
        values[.title] = script.title
        values[.script] = script.scriptId
        let source = try await host.call(ToolList.self, .init(name: "")).scriptPrompt
        return [
            "description": .string(script.title),
            "messages": [
                [
                    "role": "user",
                    "content": ["type": "text", "text": .string(try ScriptPrompt(source).text(values))],
                ],
                ["role": "user", "content": Self.embedded(script)],
            ],
        ]
    }

    /// What a caller gives for the placeholders of a prompt.
    private static func values(_ arguments: JSON?) throws(ContextFailure) -> [ScriptPrompt.Placeholder: String] {
        guard let arguments else { return [:] }
        guard case .object(let members) = arguments else { throw .invalidParams("params.arguments is an object") }
        var values: [ScriptPrompt.Placeholder: String] = [:]
        for member in members {
            guard let placeholder = ScriptPrompt.Placeholder(rawValue: member.key),
                placeholder == .conversation || placeholder == .situation
            else {
                throw .invalidParams("params.arguments.\(member.key.prefix(100)) is not an argument of this prompt")
            }
            guard let text = member.value.string, text.utf8.count <= longestArgument else {
                throw .invalidParams("params.arguments.\(member.key) is a text of at most \(longestArgument) bytes")
            }
            if text.contains(where: { !$0.isWhitespace }) { values[placeholder] = text }
        }
        return values
    }
}
