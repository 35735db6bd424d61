package import Yams

/// The text of a file that people write in YAML, with the limits within which it is read.
///
/// Limits hold before a reader sees a value: a small text cannot stand for a huge value by its aliases, and nothing nests so
/// deep that a reader runs out of stack.
package struct YAMLSource: Sendable {
    /// What a text may contain.
    package struct Limits: Sendable, Hashable {
        /// UTF-8 bytes of the text.
        package var bytes: Int
        /// Aliases, where there are anchors.
        package var aliases: Int
        /// UTF-8 bytes of a text that has aliases.
        package var aliasBytes: Int
        /// Values, those of an alias counted at every use.
        package var values: Int
        /// The nesting of lists and maps.
        package var depth: Int

        /// Limits for a file of so many bytes; the others suit what people write by hand.
        package init(
            bytes: Int,
            aliases: Int = 1_000,
            aliasBytes: Int? = nil,
            values: Int = 1_000_000,
            depth: Int = 64
        ) {
            (self.bytes, self.aliases, self.aliasBytes) = (bytes, aliases, aliasBytes ?? bytes)
            (self.values, self.depth) = (values, depth)
        }
    }

    package let text: String
    package let limits: Limits

    package init(_ text: String, limits: Limits) { (self.text, self.limits) = (text, limits) }

    /// The root of the only document; nil for a text without a value.
    ///
    /// - Throws: ``YAMLProblem``.
    package func root() throws(YAMLProblem) -> Node? {
        try checkSize()
        let root: Node?
        do {
            // The text is handed over as UTF-8 whatever the environment says.
            root = try Yams.compose(yaml: text, .basic, .default, .utf8)
        } catch let error as YamlError {
            throw YAMLProblem(error)
        } catch {
            throw YAMLProblem(.other, "\(error)")
        }
        guard let root else { return nil }
        var budget = limits.values
        guard Self.fits(root, depth: limits.depth, budget: &budget) else {
            throw YAMLProblem(
                .limit,
                "more than \(limits.values) values or nested deeper than \(limits.depth), aliases expanded"
            )
        }
        return root
    }

    private func checkSize() throws(YAMLProblem) {
        let bytes = text.utf8.count
        guard bytes <= limits.bytes else { throw YAMLProblem(.tooLong, "longer than \(limits.bytes) bytes") }
        let marks = AliasScan(text)
        guard marks.anchors > 0, marks.aliases > 0 else { return }
        guard marks.aliases <= limits.aliases, bytes <= limits.aliasBytes else {
            let message = "with anchors there are at most \(limits.aliases) aliases and \(limits.aliasBytes) bytes"
            throw YAMLProblem(.limit, message)
        }
    }

    private static func fits(_ node: Node, depth: Int, budget: inout Int) -> Bool {
        budget -= 1
        guard budget > 0, depth > 0 else { return false }
        switch node {
        case .sequence(let list):
            for element in list where !fits(element, depth: depth - 1, budget: &budget) { return false }
        case .mapping(let map):
            for (key, value) in map {
                guard fits(key, depth: depth - 1, budget: &budget), fits(value, depth: depth - 1, budget: &budget)
                else { return false }
            }
        default: break
        }
        return true
    }
}
