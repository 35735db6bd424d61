/// A member of a method's parameters that names a conversation or a script session.
///
/// The server looks up what stands there before the handler is asked, in one place for all methods: a caller's own name
/// becomes the id that it stands for, and what the caller may not see is `not_found`.
public struct ContactMember<Params>: Sendable {
    /// What is named.
    public enum Kind: Sendable, Hashable {
        /// A conversation.
        case conversation
        /// A script session.
        case session
    }

    /// What is named.
    public let kind: Kind
    /// The member as the wire names it.
    public let name: String
    /// What stands there; nil where nothing does.
    public let value: @Sendable (Params) -> String?
    /// The parameters with an id there.
    public let setting: @Sendable (Params, String) -> Params

    /// A member that must be there.
    public init(_ kind: Kind, _ name: String, _ path: any WritableKeyPath<Params, String> & Sendable) {
        self.kind = kind
        self.name = name
        value = { $0[keyPath: path] }
        setting = { params, id in
            var params = params
            params[keyPath: path] = id
            return params
        }
    }

    /// A member that may be there.
    public init(_ kind: Kind, _ name: String, optional path: any WritableKeyPath<Params, String?> & Sendable) {
        self.kind = kind
        self.name = name
        value = { $0[keyPath: path] }
        setting = { params, id in
            var params = params
            params[keyPath: path] = id
            return params
        }
    }

    /// The member `conversation_id`, which must be there.
    public static func conversation(_ path: any WritableKeyPath<Params, String> & Sendable) -> Self {
        Self(.conversation, "conversation_id", path)
    }

    /// The member `conversation_id`, which may be there.
    public static func conversation(optional path: any WritableKeyPath<Params, String?> & Sendable) -> Self {
        Self(.conversation, "conversation_id", optional: path)
    }

    /// The member `session_id`, which must be there.
    public static func session(_ path: any WritableKeyPath<Params, String> & Sendable) -> Self {
        Self(.session, "session_id", path)
    }
}
