import Access
import FrontlineProtocol
import JSONRPC
import ModelContext

struct ToolListHandler: MethodHandler {
    typealias Method = ToolList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let principal = caller.principal
        return ToolCatalog.list(try await services.tools.book(), named: params.name) { method in
            switch ToolCatalog.access(to: method) {
            case nil: false
            case .anyone: true
            case .roles(let roles):
                principal.holds(anyOf: roles) && principal.allowed?.includes(method) ?? true
            }
        }
    }
}

extension ToolError: WireError {
    var wireError: RPCError? {
        switch code {
        case .notFound: .refusal(.notFound, message, argument)
        case .conflict: .refusal(.conflict, message, argument)
        case .invalid: .invalidSource(message, argument, expected: "a file of tools without mistakes", details: details)
        }
    }

    var sentence: String { message }
    var details: [String] { mistake.map { [$0.description] } ?? [] }
}
