/// Patterns for `LIKE … ESCAPE '\'`, which all databases understand alike; without `ESCAPE` some take a backslash for one.
package enum LikePattern {
    /// The pattern of texts that contain a part.
    package static func containing(_ part: String) -> String { "%" + escaped(part) + "%" }

    private static func escaped(_ part: String) -> String {
        part.replacing(/[\\%_]/) { "\\" + String($0.output) }
    }
}
