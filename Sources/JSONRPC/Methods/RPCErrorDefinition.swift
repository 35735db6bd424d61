/// A kind of error that a method may answer with.
public struct RPCErrorDefinition: Sendable, Hashable {
    /// The number on the wire.
    public let code: Int
    /// The word in `data.code`.
    public let name: String
    /// One sentence; also the message of an error that brings none of its own.
    public let summary: String

    /// Defines a kind of error.
    public init(code: Int, name: String, summary: String) {
        self.code = code
        self.name = name
        self.summary = summary
    }
}

extension RPCErrorDefinition {
    /// The line is not JSON.
    public static let parseError = RPCErrorDefinition(code: -32700, name: "parse_error", summary: "Parse error")
    /// The JSON is not a request, or goes over a limit.
    public static let invalidRequest = RPCErrorDefinition(
        code: -32600,
        name: "invalid_request",
        summary: "Invalid Request"
    )
    /// There is no such method.
    public static let methodNotFound = RPCErrorDefinition(
        code: -32601,
        name: "method_not_found",
        summary: "Method not found"
    )
    /// The parameters do not fit the method.
    public static let invalidParams = RPCErrorDefinition(
        code: -32602,
        name: "invalid_params",
        summary: "Invalid params"
    )
    /// The server failed.
    public static let internalError = RPCErrorDefinition(
        code: -32603,
        name: "internal_error",
        summary: "Internal error"
    )
    /// The errors that the JSON-RPC 2.0 specification names.
    public static let standard = [parseError, invalidRequest, methodNotFound, invalidParams, internalError]
}
