/// Turns cleaned wikitext into markup: this file handles lines, its extensions handle their content.
///
/// The text is read forward once. Nested content (a caption in a link, a parameter in a template) is read in place, to
/// a bounded depth, and skipped by what encloses it.
struct WikitextReducer {
    /// The deepest nesting within a line, and of lists and tables; deeper content is left out or flattened.
    static let maximumDepth = 16
    static let maximumTables = 6
    static let maximumTags = 24
    private static let maximumCategories = 100

    let bytes: [UInt8]
    let rules: WikitextRules
    let brackets: WikitextBrackets
    var writer = MarkupWriter()
    var search = ForwardSearch()
    var categories: [String] = []
    var dropped: [String: Int] = [:]
    /// The current nesting of ``inline(_:until:)``.
    var depth = 0
    var isInLink = false
    var tables: [WikitextTable] = []
    /// The open HTML elements, with the writer's ids.
    var tags: [(name: String, id: Int)] = []

    /// One level of the open lists.
    private struct Level {
        var mark: UInt8
        var list: Int
        var item: Int
    }

    private var lists: [Level] = []
    /// The writer's id of the preformatted block of lines that begin with a space; 0 for none.
    private var preformatted = 0

    init(_ bytes: [UInt8], rules: WikitextRules) {
        self.bytes = bytes
        self.rules = rules
        brackets = WikitextBrackets(bytes)
    }

    mutating func reduce() -> Wikitext.Reduction {
        var position = 0
        while position < bytes.count { position = line(at: position) }
        let (html, text) = writer.finish()
        return Wikitext.Reduction(html: html, text: text, categories: categories, dropped: dropped)
    }

    // MARK: Lines

    /// Reads a line, including following lines that belong to its brackets.
    ///
    /// - Returns: the start of the next line.
    private mutating func line(at start: Int) -> Int {
        switch bytes[start] {
        case 0x0A:
            endBlocks()
            write("\n")
            return start + 1
        case UInt8(ascii: "="):
            if let next = heading(at: start) { return next }
        case UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: ";"), UInt8(ascii: ":"):
            return item(at: start)
        case UInt8(ascii: "-") where ForwardSearch.isAt(start, "----", in: bytes):
            endBlocks()
            writer.separate()
            return paragraph(at: passing(UInt8(ascii: "-"), from: start))
        default: break
        }
        if let next = tableLine(at: start) { return next }
        if bytes[start] == 0x20, tables.isEmpty, tags.isEmpty { return spacedLine(at: start) }
        endBlocks()
        return paragraph(at: start)
    }

    private mutating func paragraph(at start: Int) -> Int {
        let end = inline(start..<bytes.count, until: [.lineEnd])
        write("\n")
        return end + 1
    }

    /// A line that begins with a space is preformatted, together with adjacent lines of the same kind.
    private mutating func spacedLine(at start: Int) -> Int {
        let text = passing(0x20, from: start)
        guard text < bytes.count, bytes[text] != 0x0A else {
            endBlocks()
            write("\n")
            return text + 1
        }
        if preformatted == 0 {
            endLists()
            preformatted = writer.begin(.pre)
        } else {
            write("\n")
        }
        return inline((start + 1)..<bytes.count, until: [.lineEnd]) + 1
    }

    private mutating func heading(at start: Int) -> Int? {
        let end = search.first("\n", from: start, in: bytes) ?? bytes.count
        var last = end
        while last > start, bytes[last - 1] == 0x20 { last -= 1 }
        let line = bytes[start..<last]
        let opening = line.prefix { $0 == UInt8(ascii: "=") }.count
        let closing = line.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        let level = min(opening, closing, 6, (line.count - 1) / 2)
        guard level > 0 else { return nil }
        endBlocks()
        let tag: MarkupTag = level <= 2 ? .h2 : level == 3 ? .h3 : .h4
        let id = writer.begin(tag)
        _ = inline((start + level)..<(last - level), until: [])
        writer.end(id)
        return end + 1
    }

    // MARK: Lists

    private mutating func item(at start: Int) -> Int {
        var end = start
        while end < bytes.count, Self.isListMark(bytes[end]) { end += 1 }
        let text = passing(0x20, from: end)
        // Indentation before a table is ignored.
        if ForwardSearch.isAt(text, "{|", in: bytes), let next = tableLine(at: text) { return next }
        endPreformatted()
        let marks = bytes[start..<end].prefix(Self.maximumDepth)
        continueLists(marks)
        let isTerm = marks.last == UInt8(ascii: ";")
        var place = inline(text..<bytes.count, until: isTerm ? [.lineEnd, .definition] : [.lineEnd])
        if isTerm, place < bytes.count, bytes[place] == UInt8(ascii: ":") {
            continueLists(marks.dropLast() + [UInt8(ascii: ":")])
            place = inline((place + 1)..<bytes.count, until: [.lineEnd])
        }
        return place + 1
    }

    /// Ends and begins lists so that an item with these marks is open.
    private mutating func continueLists(_ marks: some Collection<UInt8>) {
        let wanted = Array(marks)
        var common = 0
        while common < lists.count, common < wanted.count, Self.isSameList(lists[common].mark, wanted[common]) {
            common += 1
        }
        while lists.count > common, let last = lists.popLast() { writer.end(last.list) }
        if common == wanted.count, let mark = wanted.last {
            let last = lists.count - 1
            writer.end(lists[last].item)
            lists[last].mark = mark
            lists[last].item = writer.begin(Self.item(mark))
            return
        }
        for mark in wanted[common...] {
            let list = writer.begin(mark == UInt8(ascii: "*") ? .ul : mark == UInt8(ascii: "#") ? .ol : .dl)
            lists.append(Level(mark: mark, list: list, item: writer.begin(Self.item(mark))))
        }
    }

    private static func isListMark(_ byte: UInt8) -> Bool { "*#;:".utf8.contains(byte) }

    private static func isSameList(_ left: UInt8, _ right: UInt8) -> Bool {
        left == right || (";:".utf8.contains(left) && ";:".utf8.contains(right))
    }

    private static func item(_ mark: UInt8) -> MarkupTag {
        mark == UInt8(ascii: ";") ? .dt : mark == UInt8(ascii: ":") ? .dd : .li
    }

    private mutating func endLists() {
        if let first = lists.first { writer.end(first.list) }
        lists.removeAll()
    }

    private mutating func endPreformatted() {
        if preformatted != 0 { writer.end(preformatted) }
        preformatted = 0
    }

    /// Ends the open lists and the open preformatted block.
    mutating func endBlocks() {
        endPreformatted()
        endLists()
    }

    // MARK: Writing

    mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { writer.append($0) }
    }

    mutating func write(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        bytes.withUnsafeBufferPointer { writer.append(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    mutating func note(_ name: String) { dropped[name, default: 0] += 1 }

    mutating func gather(category: String) {
        let name = category.collapsed
        guard !name.isEmpty, categories.count < Self.maximumCategories, !categories.contains(name) else { return }
        categories.append(name)
    }

    // MARK: Places

    /// The first position after a run of this byte.
    func passing(_ byte: UInt8, from start: Int) -> Int {
        var place = start
        while place < bytes.count, bytes[place] == byte { place += 1 }
        return place
    }

    /// The name of a page or template, with `_` replaced by a space.
    func name(_ range: Range<Int>) -> String {
        String(decoding: bytes[range].map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }, as: UTF8.self).collapsed
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

/// The names of a wiki's namespaces, and which of its templates have content.
package struct WikitextRules: Equatable, Sendable {
    /// Templates that are replaced with one of their parameters: the parameter's number, from 1, by the name in lower
    /// case.
    ///
    /// All other templates are left out.
    package var templates: [String: Int] = [:]
    /// Namespaces of files, in lower case; links into them are left out.
    package var files: Set<String> = []
    /// Namespaces of categories, in lower case; links into them are collected.
    package var categories: Set<String> = []
    /// The words after `#` that make a page a redirect, in lower case.
    package var redirects: Set<String> = ["redirect"]

    package init() {}
}
