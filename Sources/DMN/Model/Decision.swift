/// A decision: a variable, what it requires and the logic that gives its value.
public struct Decision: Sendable {
    /// The element's id.
    public var id: String
    /// The element's name.
    public var name: String
    /// The variable that holds the value.
    public var variable: InformationItem
    /// References to the decisions and input data whose values the logic sees.
    public var informationRequirements: [Reference]
    /// References to the functions and services the logic may invoke.
    public var knowledgeRequirements: [Reference]
    /// The logic; nil for a decision that somebody else makes.
    public var expression: BoxedExpression?
    /// Where it stands.
    public var location: Location
}
