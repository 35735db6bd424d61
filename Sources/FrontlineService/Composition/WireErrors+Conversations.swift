import Conversations
import FrontlineProtocol
import JSONRPC

extension WireErrors {
    /// What a conversation cannot do, for the wire.
    static func wireError(_ error: ConversationError) -> RPCError {
        let path = error.argument.map { "params.\($0)" }
        return switch error.code {
        case .notFound: RPCError(.notFound, error.message, path: path)
        case .conflict: RPCError(.conflict, error.message, path: path)
        case .invalid: RPCError(.invalidParams, error.message, path: path, expected: error.message)
        case .forbidden: RPCError(.forbidden, error.message, path: path)
        }
    }
}
