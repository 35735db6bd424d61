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
