import JSONRPC
package import Vocabulary

/// Where the methods are called: in the same process, or over a connection to a server.
///
/// A call is made as the one who opened the door and passes what any call passes: roles, the token's methods, limits, the check of
/// its parameters, order and audit.
package protocol ContextHost: Sendable {
    /// Calls a method.
    ///
    /// - Throws: `RPCError` as the method answered; anything else when it could not be asked, or may not have answered.
    func call(_ method: String, _ params: JSON) async throws -> JSON
}

extension ContextHost {
    /// Calls a method by its definition.
    func call<M: RPCMethod>(_ method: M.Type, _ params: M.Params) async throws -> M.Result {
        let answer = try await call(M.name, try JSONEncoding.encode(params))
        return try JSONDecoding.decode(M.Result.self, from: answer, root: "result", refusingUnknownMembers: false)
    }
}
