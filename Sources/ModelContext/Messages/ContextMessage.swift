package import Vocabulary

/// A message of the Model Context Protocol: one request or notification of JSON-RPC.
///
/// Batches are of no revision that is spoken here, an id is a text or an integer and never null, and responses are refused because
/// this side never asks anything.
package struct ContextMessage: Sendable, Hashable {
    /// The id to answer with; nil for a notification.
    package let id: JSON?
    /// What is asked.
    package let method: String
    /// The parameters; empty where there are none.
    package let params: JSONObject

    /// Makes a message from its parts.
    package init(id: JSON?, method: String, params: JSONObject = JSONObject()) {
        (self.id, self.method, self.params) = (id, method, params)
    }

    /// Why bytes are no message, and the id to say so with, if one could be read.
    package struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// The id; nil for one that cannot be told.
        package let id: JSON?
        /// The failure.
        package let failure: ContextFailure

        package var description: String { failure.description }
    }

    /// How long a method's name, or an id, may be in bytes.
    private static let longestName = 200

    /// Reads a message.
    ///
    /// - Parameters:
    ///   - bytes: JSON in UTF-8.
    ///   - maximumDepth: how deep its values may nest.
    /// - Throws: ``Fault``.
    package init(parsing bytes: [UInt8], maximumDepth: Int = JSON.defaultMaximumDepth) throws(Fault) {
        let json: JSON
        do throws(JSONSyntaxError) {
            json = try JSON(parsing: bytes, maximumDepth: maximumDepth)
        } catch {
            let failure = error.code == .limit ? ContextFailure.invalidRequest(error.description) : .notJSON
            throw Fault(id: nil, failure: failure)
        }
        try self.init(json)
    }

    /// Reads a message from a value.
    package init(_ json: JSON) throws(Fault) {
        guard case .object(let object) = json else {
            throw Fault(id: nil, failure: .invalidRequest("a message is one object; there are no batches"))
        }
        var id: JSON?
        switch object["id"] {
        case nil: break
        case .string(let text) where text.utf8.count <= Self.longestName: id = .string(text)
        case .number(let number) where number.int != nil: id = .number(number)
        default: throw Fault(id: nil, failure: .invalidRequest("an id is a text or an integer"))
        }
        guard object["jsonrpc"]?.string == "2.0" else {
            throw Fault(id: id, failure: .invalidRequest(#"jsonrpc is "2.0""#))
        }
        guard let method = object["method"]?.string, !method.isEmpty, method.utf8.count <= Self.longestName else {
            throw Fault(id: id, failure: .invalidRequest("method is a text; responses are not expected"))
        }
        switch object["params"] {
        case nil: params = JSONObject()
        case .object(let members): params = members
        default: throw Fault(id: id, failure: .invalidRequest("params is an object"))
        }
        self.id = id
        self.method = method
    }

    /// The member of `_meta` with this name.
    func meta(_ name: String) -> JSON? { params["_meta"]?[name] }

    /// Whether it is in a revision that says so with each request.
    var saysItsVersion: Bool { meta(ContextMeta.version) != nil }
}

/// The answer to a request, as it is written.
package enum ContextAnswer: Sendable, Hashable {
    /// What was asked for.
    case result(id: JSON, JSONObject)
    /// Why there is none; without an id where none could be read.
    case failure(id: JSON?, ContextFailure)

    /// The message in UTF-8, on one line without its line break.
    package var bytes: [UInt8] {
        var object: JSONObject = ["jsonrpc": "2.0"]
        switch self {
        case .result(let id, let result):
            object["id"] = id
            object["result"] = .object(result)
        case .failure(let id, let failure):
            object["id"] = id
            var error: JSONObject = ["code": .number(JSONNumber(failure.code)), "message": .string(failure.message)]
            error["data"] = failure.data
            object["error"] = .object(error)
        }
        return JSON.object(object).serialized()
    }
}
