/// Which sentence encoder to use, as an operator writes it.
package enum EncoderChoice: Sendable, Hashable {
    /// The first model that is found, or none.
    case automatic
    /// None, even if there is a model.
    case off
    /// The model of this name.
    case name(String)
    /// The converted model or the folder at this path.
    case path(String)

    /// Reads `auto`, `off`, a name or a path.
    ///
    /// A text with a slash is a path, and so are `.` and `..`; a name therefore never leaves the folders of models.
    package init(_ text: String) {
        self =
            switch text {
            case "auto": .automatic
            case "off": .off
            case ".", "..": .path(text)
            case _ where text.contains("/"): .path(text)
            default: .name(text)
            }
    }
}
