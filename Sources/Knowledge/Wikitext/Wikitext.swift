/// The text of a wiki page in MediaWiki's markup.
///
/// The wiki's templates, modules and extensions are not available, so the page is reduced to its own content: headings,
/// paragraphs, lists, tables, emphasis and links. Nothing is an error; what is not recognised is text.
package struct Wikitext {
    /// The reduced form of a page.
    package struct Reduction: Equatable, Sendable {
        /// Well-formed markup in the subset of ``MarkupTag``.
        package var html = ""
        /// The plain text, one line for each block.
        package var text = ""
        /// The page's categories, without their namespace; at most 100.
        package var categories: [String] = []
        /// How often something was left out, by kind: `template` or the name of an extension's tag.
        package var dropped: [String: Int] = [:]
    }

    private let bytes: [UInt8]
    private let rules: WikitextRules

    package init(_ text: String, rules: WikitextRules = WikitextRules()) {
        bytes = Array(text.utf8)
        self.rules = rules
    }

    /// Reduces the page in time and memory linear in its length, for any content.
    package func reduced() -> Reduction {
        var reducer = WikitextReducer(WikitextCleaning.cleaned(bytes), rules: rules)
        return reducer.reduce()
    }

    /// The target of a redirect page; `nil` for any other page.
    package var redirectTarget: String? {
        let start = bytes.prefix(Self.redirectBytes).drop { $0 <= 0x20 }
        guard start.first == UInt8(ascii: "#") else { return nil }
        let word = start.dropFirst().drop { $0 == 0x20 }.prefix {
            $0 > 0x20 && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "[")
        }
        guard rules.redirects.contains(String(decoding: word, as: UTF8.self).lowercased()) else { return nil }
        let rest = start[word.endIndex...].drop { $0 <= 0x20 || $0 == UInt8(ascii: ":") }
        guard rest.starts(with: "[[".utf8) else { return nil }
        let link = rest.dropFirst(2)
        guard let end = link.firstIndex(where: { "|#]\n".utf8.contains($0) }) else { return nil }
        let title = String(decoding: link[..<end], as: UTF8.self).replacing("_", with: " ").collapsed
        let plain = title.hasPrefix(":") ? String(title.dropFirst()) : title
        return plain.isEmpty ? nil : plain
    }

    private static let redirectBytes = 4096
}
