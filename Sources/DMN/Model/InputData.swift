/// A value that must be supplied from outside.
public struct InputData: Sendable {
    /// The element's id.
    public var id: String
    /// The element's name.
    public var name: String
    /// The variable that holds the value.
    public var variable: InformationItem
    /// Where it stands.
    public var location: Location
}
