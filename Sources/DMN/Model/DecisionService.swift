/// A decision service: some decisions of a model offered as one function.
public struct DecisionService: Sendable {
    /// The element's id.
    public var id: String
    /// The element's name.
    public var name: String
    /// The variable that holds the function; its type may be a function type.
    public var variable: InformationItem
    /// The decisions whose values are the result.
    public var outputDecisions: [Reference]
    /// The decisions evaluated inside.
    public var encapsulatedDecisions: [Reference]
    /// The decisions whose values are supplied as arguments.
    public var inputDecisions: [Reference]
    /// The input data supplied as arguments.
    public var inputData: [Reference]
    /// Where it stands.
    public var location: Location
}
