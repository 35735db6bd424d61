/// One condition of an article's `restrict`: the reader's attribute `name` is or contains `value`.
package struct AttributeCondition: Hashable, Sendable, CustomStringConvertible {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// `name:value`, as written in the article.
    package var description: String { "\(name):\(value)" }

    /// Reads conditions separated by white space.
    ///
    /// - Throws: ``ArticleError`` for a condition that is not `name:value`, and for more than 20 conditions.
    package static func parse(_ text: String) throws(ArticleError) -> [AttributeCondition] {
        var result: [AttributeCondition] = []
        for part in text.split(whereSeparator: \.isWhitespace) {
            guard let colon = part.firstIndex(of: ":"), colon > part.startIndex,
                part.index(after: colon) < part.endIndex
            else { throw ArticleError(.restrict, "restrict: '\(part)' is not a condition like 'team:vip'") }
            let condition = AttributeCondition(
                name: String(part[..<colon]),
                value: String(part[part.index(after: colon)...])
            )
            if !result.contains(condition) { result.append(condition) }
        }
        guard result.count <= 20 else { throw ArticleError(.restrict, "restrict: more than 20 conditions") }
        return result
    }
}
