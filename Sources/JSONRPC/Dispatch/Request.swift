import Vocabulary

/// A request as JSON-RPC 2.0 section 4 defines it.
struct Request: Sendable {
    /// The id to answer with; nil for a notification.
    let id: JSON?
    let method: String
    var params: JSON?

    /// Why a value is no request, with the id to answer with.
    struct Fault: Error {
        let id: JSON
        let reason: String
    }

    /// Checks the members of a message.
    init(_ message: JSON) throws(Fault) {
        guard case .object(let object) = message else {
            throw Fault(id: .null, reason: "a request is an object")
        }
        let id = object["id"]
        switch id {
        case nil, .string, .number, .null: break
        default: throw Fault(id: .null, reason: "id must be a string, a number or null")
        }
        guard object["jsonrpc"]?.string == "2.0" else {
            throw Fault(id: id ?? .null, reason: #"jsonrpc must be "2.0""#)
        }
        guard let method = object["method"]?.string else {
            throw Fault(id: id ?? .null, reason: "method must be a string")
        }
        switch object["params"] {
        case nil, .null: params = nil
        case .object(let members): params = .object(members)
        case .array(let elements): params = .array(elements)
        default: throw Fault(id: id ?? .null, reason: "params must be an object")
        }
        self.id = id
        self.method = method
    }
}
