public import JSONRPC
public import Vocabulary

/// A message that the server sent on its own.
public struct ServerNotification: Sendable, Hashable {
    /// The name of the message, such as `alerts.event`.
    public let method: String
    /// What it carries.
    public let params: JSON

    /// Makes a message.
    public init(method: String, params: JSON) {
        self.method = method
        self.params = params
    }

    /// What it carries, if it is a message of this kind; members that this version does not know are left out.
    ///
    /// - Throws: `JSONDecodingError` when the message does not fit its definition.
    public func params<N: RPCNotification>(of notification: N.Type) throws -> N.Params? {
        guard method == N.name else { return nil }
        return try JSONDecoding.decode(N.Params.self, from: params, refusingUnknownMembers: false)
    }
}
