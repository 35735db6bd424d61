/// A type that a model defines: a base type with constraints, a structure, a collection or a function.
public struct ItemDefinition: Sendable {
    /// What the type is made of.
    public enum Content: Sendable {
        /// Another type, by name.
        case reference(String)
        /// A context with these entries.
        case components([ItemDefinition])
        /// A function with these parameters and the type of its result.
        case function(parameters: [InformationItem], output: String?)
    }

    /// The name of the type or of the entry.
    public var name: String
    /// What it is made of.
    public var content: Content
    /// Whether it is a list of its content.
    public var isCollection: Bool
    /// Unary tests that values (of a collection: its items) must satisfy.
    public var allowedValues: Text?
    /// Unary tests that the whole value must satisfy (DMN 1.5).
    public var typeConstraint: Text?
    /// Where it stands.
    public var location: Location
}
