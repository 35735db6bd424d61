package import FrontlineProtocol
import JSONRPC
import Vocabulary

/// The tools of a book with the schemas of their methods.
package enum ToolCatalog {
    /// The schemas of a method's parameters and of its result.
    private struct Schemas: Sendable {
        let input: JSON
        let output: JSON
    }

    /// Deriving a schema has every type decode itself, so it is done once for all calls.
    private static let schemas: [String: Schemas] = {
        var result: [String: Schemas] = [:]
        for method in FrontlineMethods.all where ToolEffect.ofMethods[method.name] != nil {
            result[method.name] = schemas(of: method)
        }
        return result
    }()

    private static func schemas<M: FrontlineMethod>(of method: M.Type) -> Schemas {
        var input = JSONSchema.schema(of: M.Params.self, documentation: M.parameters)
        // Methods refuse what they do not know, and an assistant should know that before it calls.
        if case .object(var object) = input {
            object["additionalProperties"] = false
            input = .object(object)
        }
        return Schemas(input: input, output: JSONSchema.schema(of: M.Result.self))
    }

    /// Who may call a method that can be a tool.
    package static func access(to method: String) -> MethodAccess? {
        FrontlineMethods.all.first { $0.name == method }?.access
    }

    /// The tools of a book, in its order.
    ///
    /// - Parameters:
    ///   - book: the book.
    ///   - name: the name of the only one wanted; nil for all.
    ///   - isAllowed: whether the caller may call a method.
    /// - Returns: the answer of `tool.list`.
    package static func list(
        _ book: ToolBook,
        named name: String?,
        isAllowed: (_ method: String) -> Bool
    ) -> ToolList.Result {
        let entries = name.map { name in book.entry(named: name).map { [$0] } ?? [] } ?? book.entries
        let tools = entries.compactMap { entry -> ToolList.Tool? in
            guard let schemas = schemas[entry.method], let effect = ToolEffect.ofMethods[entry.method],
                isAllowed(entry.method)
            else { return nil }
            return ToolList.Tool(
                name: entry.name,
                method: entry.method,
                title: entry.title,
                description: entry.description,
                readOnly: effect.isReadOnly,
                destructive: effect.isDestructive,
                idempotent: effect.isIdempotent,
                inputSchema: schemas.input,
                outputSchema: schemas.output
            )
        }
        return ToolList.Result(
            instructions: book.instructions,
            scriptPrompt: book.scriptPrompt.source,
            tools: tools
        )
    }
}
