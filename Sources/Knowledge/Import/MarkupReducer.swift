import LibXML

/// Reduces foreign content to the subset of ``MarkupTag`` and counts the elements it reduced.
struct MarkupReducer: XMLVisitor {
    /// An open element.
    private struct Entered {
        /// The writer's id for it, 0 if it was not written.
        var id = 0
        var isBlock = false
        var isSpaced = false
        /// The only child element to write; `nil` for all.
        var only: XMLElement?
    }

    private let rules: MarkupRules
    private var writer = MarkupWriter()
    private var entered: [Entered] = []
    /// The title of the list or table just begun, which was already written before it.
    private var hoisted: XMLElement?
    /// How often elements outside the subset were reduced to their text, by name.
    private(set) var reduced: [String: Int] = [:]

    init(rules: MarkupRules) { self.rules = rules }

    /// Adds the content of an element, and the element itself if `includingItself` is set and the rules know it.
    mutating func add(_ element: XMLElement, includingItself: Bool = false) {
        if includingItself, let action = rules.action(for: element), action != .drop {
            guard enter(element) else { return }
            element.visit(&self)
            leave(element)
        } else {
            element.visit(&self)
        }
    }

    /// Adds plain text, in which blank lines separate paragraphs.
    mutating func add(text: String) {
        var text = text
        text.withUTF8 { writer.append($0) }
    }

    /// Separates the content added so far from what follows.
    mutating func separate() { writer.separate() }

    /// Ends the section and returns its markup and text.
    mutating func finish() -> (html: String, text: String) { writer.finish() }

    mutating func enter(_ element: XMLElement) -> Bool {
        if let hoisted, hoisted == element { return false }
        if let around = entered.last {
            if let only = around.only, only != element { return false }
            if around.isSpaced { add(text: " ") }
        }
        guard let action = rules.action(for: element) else { return enterUnknown(element) }
        switch action {
        case .drop: return false
        case .text: entered.append(Entered())
        case .spaced: entered.append(Entered(isSpaced: true))
        case .block:
            writer.separate()
            entered.append(Entered(isBlock: true))
        case .last: entered.append(Entered(only: element.lastElement))
        case .attribute(let name):
            add(text: element.attribute(ofAnyNamespace: name) ?? "")
            return false
        case .tag(.img):
            addImage(element)
            return false
        case .tag(.br):
            _ = writer.begin(.br)
            return false
        case .tag(let tag):
            if tag.containers.isEmpty, tag.implicitPart != nil { hoistTitle(of: element) }
            entered.append(Entered(id: writer.begin(tag, attributes: attributes(of: element, for: tag))))
        }
        return true
    }

    /// Writes the title of a list or table, which some dialects put inside it, before the list or table.
    private mutating func hoistTitle(of element: XMLElement) {
        guard let first = element.leadingElement, case .tag(let tag)? = rules.action(for: first), !tag.isInline,
            tag.isLine, tag.containers.isEmpty
        else {
            hoisted = nil
            return
        }
        hoisted = nil
        guard enter(first) else { return }
        first.visit(&self)
        leave(first)
        hoisted = first
    }

    private mutating func enterUnknown(_ element: XMLElement) -> Bool {
        let name = element.name
        reduced[name, default: 0] += 1
        let lowercased = name.lowercased()
        if MarkupRules.code.contains(lowercased) { return false }
        let isBlock = MarkupRules.blocks.contains(lowercased)
        if isBlock { writer.separate() }
        entered.append(Entered(isBlock: isBlock))
        return true
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) { writer.append(bytes) }

    mutating func leave(_ element: XMLElement) {
        guard let last = entered.popLast() else { return }
        if last.isBlock { writer.separate() } else { writer.end(last.id) }
    }

    // MARK: Attributes

    private func attributes(of element: XMLElement, for tag: MarkupTag) -> [(name: String, value: String)] {
        switch tag {
        case .a: MarkupReducer.address(element, ["href", "url", "xref"]).map { [("href", $0)] } ?? []
        case .td, .th: MarkupReducer.numbers(element, ["colspan", "rowspan"])
        case .ol: MarkupReducer.numbers(element, ["start"])
        default: []
        }
    }

    /// Writes an image, or only its alternative text if its address is not safe.
    private mutating func addImage(_ element: XMLElement) {
        let words = (element.attribute(ofAnyNamespace: "alt") ?? "").split(whereSeparator: \.isWhitespace).joined(
            separator: " "
        )
        guard let source = MarkupReducer.address(element, ["src", "fileref", "href"]) else { return add(text: words) }
        _ = writer.begin(.img, attributes: words.isEmpty ? [("src", source)] : [("src", source), ("alt", words)])
    }

    private static func numbers(_ element: XMLElement, _ names: [String]) -> [(name: String, value: String)] {
        names.compactMap { name in
            guard let value = element.attribute(name), let number = Int(value), (1...1000).contains(number) else {
                return nil
            }
            return (name, String(number))
        }
    }

    private static func address(_ element: XMLElement, _ names: [String]) -> String? {
        for name in names {
            if let value = element.attribute(name) { return safeAddress(value) }
        }
        return element.attribute("href", namespace: "http://www.w3.org/1999/xlink").flatMap(safeAddress)
    }

    /// The address if it is relative or its scheme cannot run code; otherwise `nil`.
    static func safeAddress(_ address: String) -> String? {
        if isPlainWebAddress(address) { return address }
        // Browsers ignore white space and control characters in a scheme, so they are removed before the check.
        let bare = address.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        let words = String(String.UnicodeScalarView(bare)).split(separator: " ")
        let text = words.joined(separator: "%20")
        guard !text.isEmpty, text.utf8.count <= 4096 else { return nil }
        guard let end = text.firstIndex(where: { ":/?#".contains($0) }), text[end] == ":" else { return text }
        return ["http", "https", "mailto", "tel"].contains(text[..<end].lowercased()) ? text : nil
    }

    /// Whether an address obviously is a plain web address, which needs no further check.
    private static func isPlainWebAddress(_ address: String) -> Bool {
        let bytes = address.utf8
        guard bytes.starts(with: "https://".utf8) || bytes.starts(with: "http://".utf8) else { return false }
        return bytes.count <= 4096 && bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
