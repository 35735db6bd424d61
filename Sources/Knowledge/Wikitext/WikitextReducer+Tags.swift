extension WikitextReducer {
    /// Reads a tag and returns the position after it; for a tag whose content is not wikitext, after its end tag.
    ///
    /// - Returns: `nil` if `<` is text, as before any unknown name.
    mutating func tagEnd(at index: Int, _ end: Int) -> Int? {
        guard let (name, isEnd, close) = tag(at: index, end), let action = WikitextTags.actions[name] else {
            return nil
        }
        switch action {
        case .drop, .verbatim:
            guard !isEnd, bytes[close - 1] != UInt8(ascii: "/") else { return close + 1 }
            guard let start = search.first("</\(name)", from: close, in: bytes), start < end,
                let last = search.first(">", from: start, in: bytes), last < end
            else { return close + 1 }
            return last + 1
        case .tag, .text, .block: return close + 1
        }
    }

    /// The tag at `index`: its name in lower case and the position of its `>`.
    private func tag(at index: Int, _ end: Int) -> (name: String, isEnd: Bool, close: Int)? {
        var place = index + 1
        let isEnd = place < end && bytes[place] == UInt8(ascii: "/")
        if isEnd { place += 1 }
        let start = place
        while place < end, place - start < 20, Self.isNameByte(bytes[place], isFirst: place == start) { place += 1 }
        guard place > start, place < end else { return nil }
        let name = text(start..<place).lowercased()
        // Stop at `<`, which attributes cannot contain, so that each byte is examined for one tag only.
        while place < end, bytes[place] != UInt8(ascii: ">") {
            if bytes[place] == UInt8(ascii: "<") { return nil }
            place += 1
        }
        return place < end ? (name, isEnd, place) : nil
    }

    private static func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
        let lowercased = ForwardSearch.lowercased(byte)
        return (0x61...0x7A).contains(lowercased) || (!isFirst && (0x30...0x39).contains(byte))
    }

    mutating func writeTag(_ range: Range<Int>) {
        guard let (name, isEnd, close) = tag(at: range.lowerBound, range.upperBound),
            let action = WikitextTags.actions[name]
        else { return }
        let isEmpty = bytes[close - 1] == UInt8(ascii: "/")
        switch action {
        case .text: break
        case .block: writer.separate()
        case .drop:
            if !isEnd { note(name) }
        case .tag(.br): _ = writer.begin(.br)
        case .tag(let tag):
            if isEnd { endTag(name) } else if !isEmpty { beginTag(name, tag) }
        case .verbatim(let tag):
            guard close + 1 < range.upperBound else { return }
            let content = (close + 1)..<range.upperBound
            let end = bytes[content].lastIndex(of: UInt8(ascii: "<")) ?? content.upperBound
            writeVerbatim((close + 1)..<end, tag, isInline: text((range.lowerBound)..<close).contains("inline"))
        }
    }

    private mutating func beginTag(_ name: String, _ tag: MarkupTag) {
        // The end tags of items, rows and cells are often omitted.
        if let around = tags.lastIndex(where: { WikitextTags.isContainer($0.name, of: tag) }) {
            tags.removeSubrange((around + 1)...)
        }
        guard tags.count < Self.maximumTags else { return }
        if !tag.isInline { endBlocks() }
        tags.append((name, writer.begin(tag)))
    }

    private mutating func endTag(_ name: String) {
        guard let index = tags.lastIndex(where: { $0.name == name }) else { return }
        if WikitextTags.isBlock(name) { endBlocks() }
        writer.end(tags[index].id)
        tags.removeSubrange(index...)
    }

    private mutating func writeVerbatim(_ content: Range<Int>, _ tag: MarkupTag?, isInline: Bool) {
        guard let tag else { return writeText(content) }
        let id = writer.begin(isInline ? .code : tag)
        writeText(content)
        writer.end(id)
    }

    /// Writes text in which only character references are interpreted.
    private mutating func writeText(_ range: Range<Int>) {
        var written = range.lowerBound
        var index = written
        while index < range.upperBound {
            if bytes[index] == UInt8(ascii: "&"), let (character, end) = character(at: index, range.upperBound) {
                write(written..<index)
                write(character)
                written = end
                index = end
            } else {
                index += 1
            }
        }
        write(written..<range.upperBound)
    }
}

extension WikitextTags {
    /// Whether the tag's element is a block or contains blocks.
    static func isBlock(_ name: String) -> Bool {
        if case .tag(let tag)? = actions[name] { return !tag.isInline }
        return false
    }

    /// Whether the tag's element is the list, table or row that contains a part.
    static func isContainer(_ name: String, of part: MarkupTag) -> Bool {
        if case .tag(let tag)? = actions[name] { return part.containers.contains(tag) }
        return false
    }
}
