extension WikitextReducer {
    private static let schemes: [StaticString] = ["http://", "https://", "mailto:", "tel:", "ftp://", "//"]
    private static let maximumTarget = 1024

    // MARK: Within the wiki

    /// Writes the content of `[[` and `]]`: the text of a link, and nothing for a file; a category is collected.
    ///
    /// The target is a page of the wiki, so it is dropped.
    mutating func writeLink(_ range: Range<Int>) {
        let bar = firstBar(in: range)
        let target = range.lowerBound..<(bar ?? range.upperBound)
        guard depth <= Self.maximumDepth, target.count <= Self.maximumTarget, !bytes[target].contains(0x0A) else {
            return
        }
        // Fast path: most links are plain, and their text is written as it is.
        guard bytes[target].contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "_") }) else {
            if let bar, bar + 1 < range.upperBound {
                _ = inline((bar + 1)..<range.upperBound, until: [])
            } else {
                write(target)
            }
            return
        }
        var title = name(target)
        if title.hasPrefix(":") {
            title = String(title.dropFirst())
        } else if let colon = title.firstIndex(of: ":") {
            let space = title[..<colon].lowercased().collapsed
            if rules.categories.contains(space) {
                return gather(category: String(title[title.index(after: colon)...]))
            }
            if rules.files.contains(space) { return }
            if bar == nil, Self.isLanguage(space) { return }
        }
        if let bar, bar + 1 < range.upperBound {
            _ = inline((bar + 1)..<range.upperBound, until: [])
        } else {
            write(title)
        }
    }

    /// Whether a prefix is a language: MediaWiki shows links to translations beside the page, not in its text.
    private static func isLanguage(_ space: String) -> Bool {
        let parts = space.utf8.split(separator: UInt8(ascii: "-"))
        guard let first = parts.first, (2...3).contains(first.count), parts.count <= 3 else { return false }
        return parts.allSatisfy { $0.allSatisfy { (0x61...0x7A).contains($0) } }
    }

    /// The first `|` outside nested brackets.
    func firstBar(in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte == UInt8(ascii: "|") { return index }
            let isBracket = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
            index =
                isBracket ? brackets.close(of: index, before: range.upperBound).map { $0 + 2 } ?? index + 1 : index + 1
        }
        return nil
    }

    // MARK: Out of the wiki

    /// The position after an external link, `[https://example.org words]`; `nil` if the bracket is text.
    mutating func externalLinkEnd(at index: Int, _ end: Int) -> Int? {
        guard Self.schemes.contains(where: { ForwardSearch.isAt(index + 1, $0, in: bytes) }),
            let close = search.first("]", from: index, in: bytes), close < end
        else { return nil }
        if let line = search.first("\n", from: index, in: bytes), line < close { return nil }
        return close + 1
    }

    mutating func writeExternalLink(_ range: Range<Int>) {
        let address = range.lowerBound..<(bytes[range].firstIndex { $0 <= 0x20 } ?? range.upperBound)
        let words = passing(0x20, from: address.upperBound)..<range.upperBound
        guard let target = MarkupReducer.safeAddress(text(address)), !isInLink, depth <= Self.maximumDepth else {
            return write(words.isEmpty ? address : words)
        }
        let id = writer.begin(.a, attributes: [("href", target)])
        isInLink = true
        if words.isEmpty { write(address) } else { _ = inline(words, until: []) }
        isInLink = false
        writer.end(id)
    }

    // MARK: Templates

    /// Writes the parameter that the rules name for a template, if they do.
    mutating func writeTemplate(_ range: Range<Int>) {
        let isParameter = brackets.close(of: range.lowerBound, before: range.upperBound) == nil
        let inner = (range.lowerBound + 2)..<(range.upperBound - 2)
        guard !isParameter, depth <= Self.maximumDepth, !rules.templates.isEmpty else { return note("template") }
        let bar = firstBar(in: inner)
        let name = inner.lowerBound..<(bar ?? inner.upperBound)
        guard name.count <= Self.maximumTarget, let bar,
            let number = rules.templates[self.name(name).lowercased()],
            let parameter = parameter(number, in: (bar + 1)..<inner.upperBound)
        else { return note("template") }
        _ = inline(parameter, until: [])
    }

    /// The value of an unnamed parameter, or of one named by its number.
    private func parameter(_ number: Int, in range: Range<Int>) -> Range<Int>? {
        var start = range.lowerBound
        var unnamed = 0
        while start <= range.upperBound {
            let end = firstBar(in: start..<range.upperBound) ?? range.upperBound
            if let equals = bytes[start..<end].prefix(Self.maximumTarget).firstIndex(where: { "=<[{".utf8.contains($0) }
            ),
                bytes[equals] == UInt8(ascii: "=")
            {
                if text(start..<equals).collapsed == String(number) { return (equals + 1)..<end }
            } else {
                unnamed += 1
                if unnamed == number { return start..<end }
            }
            start = end + 1
        }
        return nil
    }
}
