/// Writes the markup of a section and its plain text together, from events in any order.
///
/// For any input the markup is well formed and nested as HTML requires: text outside a block gets a paragraph (a blank
/// line begins a new one), a block inside a paragraph ends it, and parts of lists and tables are placed in lists and
/// tables. White space is collapsed, except in `pre`. The text has one line for each block, item and cell.
struct MarkupWriter {
    private struct Open {
        var tag: MarkupTag
        var id: Int
        var isAutomatic: Bool
        /// The offsets in `html` of the start tag and of the content.
        var start: Int
        var content: Int
        /// For an inline element, the state before it, which is restored if the element is dropped.
        var before = Before()
    }

    private struct Before {
        var space = false
        var isAtStart = false
    }

    private(set) var html: [UInt8] = []
    private(set) var text: [UInt8] = []
    private var open: [Open] = []
    private var lastID = 0
    private var hasPendingSpace = false
    /// Whether the pending space is a line break in the text.
    private var hasPendingLine = false
    private var pendingNewlines = 0
    private var isAtStart = true
    private var preformatted = 0

    /// Begins an element.
    ///
    /// - Returns: the id to pass to ``end(_:)``; 0 if the element is not written and only its content is.
    mutating func begin(_ tag: MarkupTag, attributes: [(name: String, value: String)] = []) -> Int {
        if tag.isVoid {
            writeVoid(tag, attributes)
            return 0
        }
        if tag.isInline {
            let before = prepareForText()
            let id = push(tag, attributes, isAutomatic: false)
            open[open.count - 1].before = before
            return id
        }
        endAutomaticParagraph()
        if !tag.containers.isEmpty { return beginPart(tag, attributes) }
        if preformatted > 0 || open.contains(where: { $0.tag.isLine && $0.tag != .p }) {
            separate()
            return 0
        }
        closeParagraph()
        openImplicitParts()
        return push(tag, attributes, isAutomatic: false)
    }

    /// Ends the element for which ``begin(_:attributes:)`` returned this id, and all elements open inside it.
    mutating func end(_ id: Int) {
        guard id != 0, let index = open.lastIndex(where: { $0.id == id }) else { return }
        pop(to: index)
    }

    /// Separates the content so far from what follows, as an unknown block does.
    mutating func separate() {
        endAutomaticParagraph()
        if isAtStart || preformatted > 0 { return }
        hasPendingSpace = true
        hasPendingLine = true
    }

    /// Ends all open elements and returns the result.
    mutating func finish() -> (html: String, text: String) {
        pop(to: 0)
        while text.last == 0x0A { text.removeLast() }
        return (String(decoding: html, as: UTF8.self), String(decoding: text, as: UTF8.self))
    }

    // MARK: Text

    /// Adds character data in UTF-8.
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        if preformatted > 0 { return appendVerbatim(bytes) }
        var index = 0
        while index < bytes.count {
            if MarkupWriter.isSpace(bytes[index]) {
                hasPendingSpace = true
                if bytes[index] == 0x0A { pendingNewlines += 1 }
                index += 1
                continue
            }
            let start = index
            while index < bytes.count {
                let byte = bytes[index]
                // A single space between words is copied as it is; other white space ends the run.
                let isPlain = byte > 0x20 || (byte == 0x20 && index + 1 < bytes.count && bytes[index + 1] > 0x20)
                if !isPlain { break }
                index += 1
            }
            prepareForText()
            let run = UnsafeBufferPointer(rebasing: bytes[start..<max(index, start + 1)])
            index = max(index, start + 1)
            text.append(contentsOf: run)
            appendEscaped(run)
        }
    }

    private mutating func appendVerbatim(_ bytes: UnsafeBufferPointer<UInt8>) {
        var bytes = bytes
        if isAtStart { bytes = UnsafeBufferPointer(rebasing: bytes.drop { $0 == 0x0A }) }
        guard !bytes.isEmpty else { return }
        isAtStart = false
        text.append(contentsOf: bytes)
        appendEscaped(bytes)
    }

    private mutating func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for index in bytes.indices {
            let byte = bytes[index]
            guard byte == 0x26 || byte == 0x3C || byte == 0x3E else { continue }
            html.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
            MarkupWriter.append(byte, escapedTo: &html)
            start = index + 1
        }
        html.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    }

    /// Appends a byte, escaping XML's five special characters and line ends, for content and attributes.
    static func append(_ byte: UInt8, escapedTo bytes: inout [UInt8]) {
        switch byte {
        case 0x26: bytes.append(contentsOf: "&amp;".utf8)
        case 0x3C: bytes.append(contentsOf: "&lt;".utf8)
        case 0x3E: bytes.append(contentsOf: "&gt;".utf8)
        case 0x22: bytes.append(contentsOf: "&quot;".utf8)
        case 0x09, 0x0A, 0x0D: bytes.append(contentsOf: "&#\(byte);".utf8)
        default: bytes.append(byte)
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }

    /// Prepares for text: opens a block that may contain it and writes the pending space.
    ///
    /// - Returns: the state before: whether a space was written, and whether the position was the start of a block or
    ///   line.
    @discardableResult
    private mutating func prepareForText() -> Before {
        if hasPendingSpace, pendingNewlines >= 2 { endAutomaticParagraph() }
        openImplicitParts()
        let block = open.last { !$0.tag.isInline }?.tag
        if block == nil || block == .blockquote { _ = push(.p, [], isAutomatic: true) }
        let writesSpace = hasPendingSpace && !isAtStart && preformatted == 0
        if writesSpace {
            html.append(0x20)
            text.append(hasPendingLine ? 0x0A : 0x20)
        }
        let before = Before(space: writesSpace, isAtStart: isAtStart)
        forgetSpace()
        isAtStart = false
        return before
    }

    private mutating func forgetSpace() {
        hasPendingSpace = false
        hasPendingLine = false
        pendingNewlines = 0
    }

    private mutating func breakLine() {
        forgetSpace()
        isAtStart = true
        if let last = text.last, last != 0x0A { text.append(0x0A) }
    }

    // MARK: Elements

    private mutating func writeVoid(_ tag: MarkupTag, _ attributes: [(name: String, value: String)]) {
        if tag == .br { return writeBreak() }
        prepareForText()
        writeTag(tag, attributes, closing: "/>")
        if let alternative = attributes.first(where: { $0.name == "alt" })?.value {
            text.append(contentsOf: alternative.utf8)
        }
    }

    /// Writes a line break, except at the start of a block.
    private mutating func writeBreak() {
        if isAtStart { return }
        if preformatted > 0 {
            html.append(0x0A)
            text.append(0x0A)
            return
        }
        html.append(contentsOf: "<br/>".utf8)
        breakLine()
    }

    /// Begins a part of a list or table if one is open, otherwise a paragraph.
    private mutating func beginPart(_ tag: MarkupTag, _ attributes: [(name: String, value: String)]) -> Int {
        if preformatted == 0, let index = open.lastIndex(where: { tag.containers.contains($0.tag) }) {
            pop(to: index + 1)
            return push(tag, attributes, isAutomatic: false)
        }
        if tag == .td || tag == .th, let index = open.lastIndex(where: { MarkupTag.tr.containers.contains($0.tag) }) {
            pop(to: index + 1)
            _ = push(.tr, [], isAutomatic: true)
            return push(tag, attributes, isAutomatic: false)
        }
        if tag == .li || tag == .dt || tag == .dd { return begin(.p) }
        breakLine()
        return 0
    }

    private mutating func closeParagraph() {
        guard let index = open.lastIndex(where: { !$0.tag.isInline }) else { return pop(to: 0) }
        pop(to: open[index].tag == .p ? index : index + 1)
    }

    private mutating func endAutomaticParagraph() {
        guard let index = open.lastIndex(where: { !$0.tag.isInline }), open[index].tag == .p, open[index].isAutomatic,
            index == open.count - 1
        else { return }
        pop(to: index)
    }

    private mutating func openImplicitParts() {
        while let part = open.last?.tag.implicitPart { _ = push(part, [], isAutomatic: true) }
    }

    private mutating func push(
        _ tag: MarkupTag,
        _ attributes: [(name: String, value: String)],
        isAutomatic: Bool
    ) -> Int {
        if !tag.isInline { breakLine() }
        let start = html.count
        writeTag(tag, attributes, closing: ">")
        lastID += 1
        open.append(Open(tag: tag, id: lastID, isAutomatic: isAutomatic, start: start, content: html.count))
        if tag == .pre { preformatted += 1 }
        return lastID
    }

    private mutating func writeTag(
        _ tag: MarkupTag,
        _ attributes: [(name: String, value: String)],
        closing: String
    ) {
        html.append(0x3C)
        html.append(contentsOf: tag.bytes)
        for (name, value) in attributes {
            html.append(0x20)
            html.append(contentsOf: name.utf8)
            html.append(contentsOf: "=\"".utf8)
            for byte in value.utf8 { MarkupWriter.append(byte, escapedTo: &html) }
            html.append(0x22)
        }
        html.append(contentsOf: closing.utf8)
    }

    private mutating func pop(to count: Int) {
        while open.count > count { closeLast() }
    }

    private mutating func closeLast() {
        guard let last = open.popLast() else { return }
        if last.tag == .pre { preformatted -= 1 }
        if html.count == last.content, last.tag.isDroppedWhenEmpty {
            html.removeLast(html.count - last.start)
            if last.tag.isInline { restore(last.before) }
        } else {
            html.append(0x3C)
            html.append(0x2F)
            html.append(contentsOf: last.tag.bytes)
            html.append(0x3E)
        }
        if !last.tag.isInline { breakLine() }
    }

    /// Restores the state before an inline element that is dropped.
    private mutating func restore(_ before: Before) {
        isAtStart = before.isAtStart
        guard before.space else { return }
        html.removeLast()
        hasPendingSpace = true
        hasPendingLine = text.removeLast() == 0x0A
    }
}
