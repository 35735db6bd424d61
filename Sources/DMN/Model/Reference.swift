/// A reference to an element by `href`: `#id` in this model, `namespace#id` in another.
public struct Reference: Sendable, Hashable {
    /// The namespace part, nil for this model.
    public var namespace: String?
    /// The id of the element meant.
    public var id: String
    /// Where the reference stands.
    public var location: Location

    /// Splits an `href`; a text without `#` is taken as an id.
    public init(href: String, location: Location = Location()) {
        self.location = location
        guard let hash = href.lastIndex(of: "#") else {
            namespace = nil
            id = href
            return
        }
        let prefix = String(href[..<hash])
        namespace = prefix.isEmpty ? nil : prefix
        id = String(href[href.index(after: hash)...])
    }
}
