import FrontlineProtocol
import JSONRPC
import Vocabulary

extension ContextServer {
    /// The tools that the caller may call.
    func listTools(_ message: ContextMessage, _ revision: ContextRevision) async throws -> JSONObject {
        try Self.checkOnlyPage(message)
        let tools = try await host.call(ToolList.self, .init()).tools.map(Self.described)
        return Self.cacheable(["tools": .array(tools)], in: revision, for: .minutes(1))
    }

    private static func described(_ tool: ToolList.Tool) -> JSON {
        [
            "name": .string(tool.name), "title": .string(tool.title), "description": .string(tool.description),
            "inputSchema": tool.inputSchema, "outputSchema": tool.outputSchema,
            "annotations": [
                "title": .string(tool.title), "readOnlyHint": .bool(tool.readOnly),
                "destructiveHint": .bool(tool.destructive), "idempotentHint": .bool(tool.idempotent),
                // Everything stays within this server.
                "openWorldHint": false,
            ],
        ]
    }

    /// Calls the method of a tool.
    ///
    /// An unknown tool and one that the caller may not call are the same failure. What the method refuses is a result that says
    /// why, so that the assistant can mend it; only faults of the server are failures.
    func callTool(_ message: ContextMessage) async throws -> JSONObject {
        try Self.checkIsFirst(message)
        let name = try Self.text("name", of: message)
        let arguments: JSON
        switch message.params["arguments"] {
        case nil: arguments = [:]
        case .object(let members): arguments = .object(members)
        default: throw ContextFailure.invalidParams("params.arguments is an object")
        }
        guard let tool = try await host.call(ToolList.self, .init(name: name)).tools.first, tool.name == name else {
            throw ContextFailure.invalidParams("Unknown tool: \(name.prefix(100))")
        }
        do {
            let result = try await host.call(tool.method, arguments)
            return [
                "content": [["type": "text", "text": .string(result.description)]], "structuredContent": result,
                "isError": false,
            ]
        } catch let error as RPCError where Self.isForAssistants(error) {
            return ["content": [["type": "text", "text": .string(Self.text(of: error))]], "isError": true]
        }
    }

    /// Whether an assistant can do something about an error: mend its call, wait, or tell the person.
    private static func isForAssistants(_ error: RPCError) -> Bool {
        error.code == RPCErrorDefinition.invalidParams.code
            || RPCErrorDefinition.frontline.contains { $0.code == error.code && $0 != .unauthenticated }
    }

    /// An error in words: what is wrong, where, what is expected, when to try again.
    private static func text(of error: RPCError) -> String {
        var lines = [error.message]
        if let path = error.path { lines.append("Where: \(path.replacing(/^params\./, with: ""))") }
        if let expected = error.expected, !error.message.contains(expected) { lines.append("Expected: \(expected)") }
        if let details = error.data?["details"] {
            lines += details.array.map { $0.map { $0.string ?? $0.description } } ?? ["Details: \(details)"]
        }
        if let wait = error.retryAfterMilliseconds { lines.append("Try again after \(wait) ms.") }
        return lines.joined(separator: "\n")
    }
}
