import JSONRPC
package import Vocabulary

/// Why a request of the Model Context Protocol gets no result, as JSON-RPC says it.
///
/// What an assistant can mend itself, such as a wrong argument of a tool, is no failure but a result that says so.
package struct ContextFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The number on the wire.
    package let code: Int
    /// One sentence.
    package let message: String
    /// What programs read.
    package let data: JSON?

    /// Describes a failure.
    package init(code: Int, _ message: String, data: JSON? = nil) {
        (self.code, self.message, self.data) = (code, message, data)
    }

    /// The sentence and the number.
    package var description: String { "\(message) (\(code))" }
}

extension ContextFailure {
    /// The numbers that the protocol defines beside those of JSON-RPC.
    package enum Code {
        /// A header of HTTP does not say what the message says.
        package static let headerMismatch = -32020
        /// The revision is not spoken here.
        package static let unsupportedVersion = -32022
        /// There is no such resource, in revisions with a handshake.
        package static let resourceNotFound = -32002
    }

    /// The message is not JSON.
    static let notJSON = ContextFailure(code: RPCErrorDefinition.parseError.code, "The message is not JSON")

    /// The message is no request.
    static func invalidRequest(_ message: String) -> ContextFailure {
        ContextFailure(code: RPCErrorDefinition.invalidRequest.code, message)
    }

    /// There is no such method.
    static func unknownMethod(_ name: String) -> ContextFailure {
        ContextFailure(code: RPCErrorDefinition.methodNotFound.code, "Method not found: \(name.prefix(100))")
    }

    /// A parameter is missing or wrong.
    static func invalidParams(_ message: String, data: JSON? = nil) -> ContextFailure {
        ContextFailure(code: RPCErrorDefinition.invalidParams.code, message, data: data)
    }

    /// The server failed, or cannot be reached.
    package static func internalError(_ message: String) -> ContextFailure {
        ContextFailure(code: RPCErrorDefinition.internalError.code, message)
    }

    /// A header of HTTP does not say what the message says.
    static func headerMismatch(_ message: String) -> ContextFailure {
        ContextFailure(code: Code.headerMismatch, message)
    }

    /// The revision is not spoken here.
    static func unsupportedVersion(_ requested: String) -> ContextFailure {
        ContextFailure(
            code: Code.unsupportedVersion,
            "Unsupported protocol version",
            data: [
                "supported": .array(ContextRevision.names.map(JSON.string)),
                "requested": .string(String(requested.prefix(100))),
            ]
        )
    }

    /// An error of a method that is not shown to the assistant as the result of a tool.
    init(_ error: RPCError) { self.init(code: error.code, error.message, data: error.data) }
}
