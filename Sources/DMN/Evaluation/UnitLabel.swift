/// The name and id of an element, shared by all explanations that mention it.
final class UnitLabel: Sendable {
    /// The name, with the import's name before it where there is one.
    let name: String
    /// The id.
    let id: String

    init(name: String, id: String) {
        self.name = name
        self.id = id
    }
}
