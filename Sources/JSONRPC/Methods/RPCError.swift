public import Vocabulary

/// An error in its wire form.
///
/// `data` is an object with the member `code`, a word that programs can switch on, and as far as they are known
/// `path` (the member at fault, such as `params.amount`), `expected`, `retry_after_ms` and `details`.
public struct RPCError: Error, Sendable, Hashable {
    /// The number, negative for the standard errors of JSON-RPC.
    public let code: Int
    /// One sentence for people.
    public let message: String
    /// What programs read.
    public let data: JSON?

    /// Makes an error as it stands, such as one that was received.
    public init(code: Int, message: String, data: JSON?) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// Makes an error of a defined kind.
    ///
    /// - Parameters:
    ///   - definition: The kind, which gives the number and the word in `data.code`.
    ///   - message: The sentence; the summary of the kind when absent.
    ///   - path: The member at fault, such as `params.tags[2]`.
    ///   - expected: What would have been right, such as `an integer from 1 to 100`.
    ///   - retryAfterMilliseconds: When it is worth trying again.
    ///   - details: Anything more that a program can use.
    public init(
        _ definition: RPCErrorDefinition,
        _ message: String? = nil,
        path: String? = nil,
        expected: String? = nil,
        retryAfterMilliseconds: Int? = nil,
        details: JSON? = nil
    ) {
        var data: JSONObject = ["code": .string(definition.name)]
        data["path"] = path.map(JSON.string)
        data["expected"] = expected.map(JSON.string)
        data["retry_after_ms"] = retryAfterMilliseconds.map { .number(JSONNumber($0)) }
        data["details"] = details
        self.init(code: definition.code, message: message ?? definition.summary, data: .object(data))
    }
}

extension RPCError {
    /// The word in `data.code`, if the error carries one.
    public var name: String? { data?["code"]?.string }

    /// The member at fault, if the error names one.
    public var path: String? { data?["path"]?.string }

    /// What would have been right, if the error says so.
    public var expected: String? { data?["expected"]?.string }

    /// How long to wait before trying again, if the error says so.
    public var retryAfterMilliseconds: Int? { data?["retry_after_ms"]?.int }

    /// The line is not JSON.
    public static func parseError(details: JSON? = nil) -> RPCError {
        RPCError(.parseError, details: details)
    }

    /// The JSON is not a request.
    public static func invalidRequest(details: JSON? = nil) -> RPCError {
        RPCError(.invalidRequest, details: details)
    }

    /// There is no such method.
    public static var methodNotFound: RPCError {
        RPCError(.methodNotFound)
    }

    /// The parameters do not fit the method.
    public static func invalidParams(path: String, expected: String) -> RPCError {
        RPCError(.invalidParams, "Invalid params: \(path): expected \(expected)", path: path, expected: expected)
    }

    /// The server failed; callers are told nothing more.
    public static var internalError: RPCError {
        RPCError(.internalError)
    }
}

extension RPCError: CustomStringConvertible {
    /// The sentence with the word or the number of the error.
    public var description: String { "\(message) (\(name ?? String(code)))" }
}

extension RPCError {
    /// The error as the member `error` of a response.
    func json(includingData: Bool) -> JSON {
        var object: JSONObject = ["code": .number(JSONNumber(code)), "message": .string(message)]
        if includingData {
            object["data"] = data
        }
        return .object(object)
    }
}
