/// A business knowledge model: a named function that decisions may invoke.
public struct KnowledgeModel: Sendable {
    /// The element's id.
    public var id: String
    /// The element's name.
    public var name: String
    /// The variable that holds the function; its type may be a function type.
    public var variable: InformationItem
    /// References to the functions and services the logic may invoke.
    public var knowledgeRequirements: [Reference]
    /// The function.
    public var function: FunctionDefinition?
    /// Where it stands.
    public var location: Location
}
