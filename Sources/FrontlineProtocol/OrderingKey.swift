/// A member of a method's parameters by which its calls are ordered.
///
/// Calls that name the same thing run one after the other in the order received, over all connections and methods. The
/// member is named by its key path, so that one that is renamed does not compile.
public struct OrderingKey<Params>: Sendable {
    /// What is named.
    public enum Subject: Sendable, Hashable {
        /// A conversation, by its id or by the caller's name for it.
        case conversation
        /// A script session, by its id or by the caller's name for it.
        case session
        /// A resolution.
        case resolution
        /// An item of work.
        case work
    }

    /// What is named.
    public let subject: Subject
    /// What stands there; nothing where the member is absent.
    public let values: @Sendable (Params) -> [String]

    private init(_ subject: Subject, value: @escaping @Sendable (Params) -> String?) {
        self.subject = subject
        values = { params in value(params).map { [$0] } ?? [] }
    }

    /// A member that names several, and may be there.
    public init(_ subject: Subject, each path: any KeyPath<Params, [String]?> & Sendable) {
        self.subject = subject
        values = { $0[keyPath: path] ?? [] }
    }

    /// A member that must be there.
    public init(_ subject: Subject, _ path: any KeyPath<Params, String> & Sendable) {
        self.init(subject) { $0[keyPath: path] }
    }

    /// A member that may be there.
    public init(_ subject: Subject, optional path: any KeyPath<Params, String?> & Sendable) {
        self.init(subject) { $0[keyPath: path] }
    }

    /// The member that names a contact.
    public init(_ contact: ContactMember<Params>) {
        switch contact.kind {
        case .conversation: self.init(.conversation, value: contact.value)
        case .session: self.init(.session, value: contact.value)
        }
    }
}
