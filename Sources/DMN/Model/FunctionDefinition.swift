/// A function: parameters and a body.
public struct FunctionDefinition: Sendable {
    /// Who carries the function out.
    public enum Kind: String, Sendable, CaseIterable {
        /// The body is FEEL or a boxed expression.
        case feel = "FEEL"
        /// A method of a Java class; not supported.
        case java = "Java"
        /// A predictive model; not supported.
        case pmml = "PMML"
    }

    /// Who carries it out.
    public var kind: Kind
    /// The parameters in order.
    public var parameters: [InformationItem]
    /// The body; nil when it is left empty.
    public var body: BoxedExpression?
    /// The type of the result as written.
    public var typeRef: String?
    /// Where it stands.
    public var location: Location
}
