public import Vocabulary

/// A method of the wire: its request, its response and its documentation, without its behaviour.
///
/// The same definition serves the server, the typed client and the OpenRPC document. Members of `Params` and
/// `Result` are written in camel case in Swift and in snake case on the wire: see ``WireNames``.
public protocol RPCMethod: Sendable {
    /// The parameters, an object on the wire; ``NoParams`` when there are none.
    associatedtype Params: Codable & Sendable
    /// What a call answers.
    associatedtype Result: Codable & Sendable

    /// The name on the wire, such as `knowledge.search`.
    static var name: String { get }
    /// The method in one line.
    static var summary: String { get }
    /// More about the method, in Markdown.
    static var details: String { get }
    /// What each parameter means, by its name on the wire.
    static var parameters: [String: String] { get }
    /// The errors it may answer with beside the standard ones.
    static var errors: [RPCErrorDefinition] { get }
    /// More members for its entry in the OpenRPC document, such as `x-roles`.
    static var extensions: [String: JSON] { get }
    /// The names of the parameters in order, for a method that also takes an array; empty when it does not.
    static var positionalParameters: [String] { get }

    /// Checks what the types cannot say, such as a range; throws ``RPCError/invalidParams(path:expected:)``.
    static func validate(_ params: Params) throws(RPCError)
}

extension RPCMethod {
    /// No more than the summary.
    public static var details: String { "" }
    /// No parameter is described.
    public static var parameters: [String: String] { [:] }
    /// Only the standard errors.
    public static var errors: [RPCErrorDefinition] { [] }
    /// No further members.
    public static var extensions: [String: JSON] { [:] }
    /// Parameters by name only.
    public static var positionalParameters: [String] { [] }

    /// Accepts every value of the type.
    public static func validate(_ params: Params) throws(RPCError) {}
}

/// The parameters of a method that takes none, and the result of one that has nothing to say: an empty object.
public struct NoParams: Codable, Sendable, Hashable {
    /// Makes the empty object.
    public init() {}
}

/// A message that the server sends without a request.
public protocol RPCNotification: Sendable {
    /// What the message carries, an object on the wire.
    associatedtype Params: Codable & Sendable

    /// The name on the wire, such as `alerts.event`.
    static var name: String { get }
    /// The message in one line.
    static var summary: String { get }
}

extension RPCNotification {
    /// The message as one line of JSON without its line break.
    ///
    /// - Throws: `EncodingError` when the parameters cannot be written as JSON.
    public static func line(_ params: Params) throws -> [UInt8] {
        RPCMessage.notification(method: name, params: try JSONEncoding.encode(params))
    }
}
