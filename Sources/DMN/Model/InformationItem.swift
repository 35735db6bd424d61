/// A name with an optional type: a variable, a parameter or a column of a relation.
public struct InformationItem: Sendable {
    /// The name, with inner white space made single.
    public var name: String
    /// The type's name as written.
    public var typeRef: String?
    /// Where it stands.
    public var location: Location

    /// Makes a name with an optional type.
    public init(name: String, typeRef: String? = nil, location: Location = Location()) {
        self.name = name
        self.typeRef = typeRef
        self.location = location
    }
}

/// A FEEL text and where it stands.
public struct Text: Sendable {
    /// The text as written.
    public var source: String
    /// The expression language named for it; nil means FEEL.
    public var language: String?
    /// Where it stands.
    public var location: Location

    /// Makes a text.
    public init(_ source: String, language: String? = nil, location: Location = Location()) {
        self.source = source
        self.language = language
        self.location = location
    }
}

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
