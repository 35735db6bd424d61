import LibXML

/// Reduces foreign content to the subset of ``MarkupTag`` and counts what it had to reduce.
struct MarkupReducer: XMLVisitor {
    /// An element whose end is still to come.
    private struct Entered {
        /// What the writer gave for it, 0 for nothing.
        var id = 0
        var isBlock = false
        var isSpaced = false
        /// The only one of its elements that is written; `nil` for all.
        var only: XMLElement?
    }

    private let rules: MarkupRules
    private var writer = MarkupWriter()
    private var entered: [Entered] = []
    /// The title of the list or table just begun, which has been written already.
    private var hoisted: XMLElement?
    /// How often an element outside the subset was reduced to its text, by name.
    private(set) var reduced: [String: Int] = [:]

    init(rules: MarkupRules) { self.rules = rules }

    /// Adds the content of an element; the element itself too where the rules know it and `includingItself` is set.
    mutating func add(_ element: XMLElement, includingItself: Bool = false) {
        if includingItself, let action = rules.action(for: element), action != .drop {
            guard enter(element) else { return }
            element.visit(&self)
            leave(element)
        } else {
            element.visit(&self)
        }
    }

    /// Adds plain text, in which a blank line begins a new paragraph.
    mutating func add(text: String) {
        var text = text
        text.withUTF8 { writer.append($0) }
    }

    /// Parts what was added from what follows.
    mutating func separate() { writer.separate() }

    /// Takes the markup and the text.
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

    /// Writes the title that some dialects put inside a list or table before it.
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

    /// Writes an image; of one without a safe address its words.
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

    /// The address when it is relative or of a scheme that runs nothing; `nil` otherwise.
    static func safeAddress(_ address: String) -> String? {
        if isPlainWebAddress(address) { return address }
        // Browsers ignore white space and control characters in the scheme, so they must not hide one.
        let bare = address.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        let words = String(String.UnicodeScalarView(bare)).split(separator: " ")
        let text = words.joined(separator: "%20")
        guard !text.isEmpty, text.utf8.count <= 4096 else { return nil }
        guard let end = text.firstIndex(where: { ":/?#".contains($0) }), text[end] == ":" else { return text }
        return ["http", "https", "mailto", "tel"].contains(text[..<end].lowercased()) ? text : nil
    }

    /// Whether an address is of the usual kind, which needs no closer look.
    private static func isPlainWebAddress(_ address: String) -> Bool {
        let bytes = address.utf8
        guard bytes.starts(with: "https://".utf8) || bytes.starts(with: "http://".utf8) else { return false }
        return bytes.count <= 4096 && bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
