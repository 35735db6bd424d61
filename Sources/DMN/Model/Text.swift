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
