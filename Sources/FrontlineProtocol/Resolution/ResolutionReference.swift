/// What a grant is about, such as `{"type": "order", "id": "OH-26-104233"}`.
public struct ResolutionReference: Codable, Sendable, Hashable {
    /// The kind of thing, such as `order`.
    public var type: String
    /// Its number.
    public var id: String

    /// Makes the value from its members.
    public init(
        type: String,
        id: String
    ) {
        self.type = type
        self.id = id
    }
}
