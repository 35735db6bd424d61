import LibXML

/// Marks at which inline text ends before the end of its range; the mark itself is not consumed.
struct WikitextStops: OptionSet {
    let rawValue: UInt8
    static let lineEnd = WikitextStops(rawValue: 1)
    /// `||` in a table.
    static let cell = WikitextStops(rawValue: 2)
    /// `!!` in a table's row of headers.
    static let header = WikitextStops(rawValue: 4)
    /// `:` after a term.
    static let definition = WikitextStops(rawValue: 8)
}

extension WikitextReducer {
    /// The writer's ids of the open emphasis; 0 for none.
    private struct Emphasis {
        var em = 0
        var strong = 0
        /// Whether `strong` is the inner of the two.
        var isStrongInside = false
    }

    private static let special: [Bool] = {
        var table = [Bool](repeating: false, count: 256)
        for byte in "'[{<&\n|!:_".utf8 { table[Int(byte)] = true }
        return table
    }()

    /// Writes inline text.
    ///
    /// - Returns: the position at which it ended: the end of the range, or the first stop outside brackets and tags.
    mutating func inline(_ range: Range<Int>, until stops: WikitextStops) -> Int {
        depth += 1
        defer { depth -= 1 }
        var emphasis = Emphasis()
        var index = range.lowerBound
        var written = index
        while index < range.upperBound {
            guard Self.special[Int(bytes[index])] else {
                index += 1
                continue
            }
            if isStop(index, range.upperBound, stops) { break }
            // The plain text before a mark is written first, then what the mark stands for.
            guard let end = markEnd(at: index, range.upperBound) else {
                index += 1
                continue
            }
            write(written..<index)
            writeMark(index..<end, &emphasis)
            index = end
            written = end
        }
        write(written..<index)
        close(&emphasis)
        return index
    }

    private func isStop(_ index: Int, _ end: Int, _ stops: WikitextStops) -> Bool {
        switch bytes[index] {
        case 0x0A: stops.contains(.lineEnd)
        case UInt8(ascii: ":"): stops.contains(.definition) && !ForwardSearch.isAt(index, "://", in: bytes)
        case UInt8(ascii: "|"):
            stops.contains(.cell) && index + 1 < end && bytes[index + 1] == UInt8(ascii: "|")
        case UInt8(ascii: "!"):
            stops.contains(.header) && index + 1 < end && bytes[index + 1] == UInt8(ascii: "!")
        default: false
        }
    }

    /// Writes the mark that begins at `index` and returns the position after it; `nil` if the byte is text.
    private mutating func markEnd(at index: Int, _ end: Int) -> Int? {
        switch bytes[index] {
        case UInt8(ascii: "'"):
            let run = passing(UInt8(ascii: "'"), from: index)
            return run - index >= 2 && run <= end ? run : nil
        case UInt8(ascii: "{"):
            if let close = brackets.close(of: index, before: end) { return close + 2 }
            guard let close = brackets.close(of: index + 1, before: end - 1), bytes[close + 2] == UInt8(ascii: "}")
            else {
                return nil
            }
            return close + 3
        case UInt8(ascii: "["):
            if let close = brackets.close(of: index, before: end) { return close + 2 }
            return externalLinkEnd(at: index, end)
        case UInt8(ascii: "<"): return tagEnd(at: index, end)
        case UInt8(ascii: "&"): return character(at: index, end)?.end
        case UInt8(ascii: "_"): return magicWordEnd(at: index, end)
        default: return nil
        }
    }

    private mutating func writeMark(_ range: Range<Int>, _ emphasis: inout Emphasis) {
        switch bytes[range.lowerBound] {
        case UInt8(ascii: "'"): toggle(range.count, &emphasis)
        case UInt8(ascii: "{"): writeTemplate(range)
        case UInt8(ascii: "["):
            if brackets.close(of: range.lowerBound, before: range.upperBound) != nil {
                writeLink((range.lowerBound + 2)..<(range.upperBound - 2))
            } else {
                writeExternalLink((range.lowerBound + 1)..<(range.upperBound - 1))
            }
        case UInt8(ascii: "<"): writeTag(range)
        case UInt8(ascii: "&"):
            if let (character, _) = character(at: range.lowerBound, range.upperBound) { write(character) }
        default: break
        }
    }

    // MARK: Emphasis

    private mutating func toggle(_ quotes: Int, _ emphasis: inout Emphasis) {
        var quotes = quotes
        if quotes == 4 || quotes > 5 {
            write(String(repeating: "'", count: quotes == 4 ? 1 : quotes - 5))
            quotes = quotes == 4 ? 3 : 5
        }
        if quotes == 5, emphasis.em == 0, emphasis.strong == 0 {
            toggleStrong(&emphasis)
            toggleEm(&emphasis)
            return
        }
        // Close the inner one first.
        if quotes == 5, emphasis.isStrongInside {
            toggleStrong(&emphasis)
            toggleEm(&emphasis)
        } else {
            if quotes != 3 { toggleEm(&emphasis) }
            if quotes != 2 { toggleStrong(&emphasis) }
        }
    }

    private mutating func toggleEm(_ emphasis: inout Emphasis) {
        if emphasis.em == 0 {
            emphasis.em = writer.begin(.em)
            emphasis.isStrongInside = false
            return
        }
        writer.end(emphasis.em)
        emphasis.em = 0
        // Emphasis inside it has ended with it.
        if emphasis.strong != 0, emphasis.isStrongInside { emphasis.strong = writer.begin(.strong) }
    }

    private mutating func toggleStrong(_ emphasis: inout Emphasis) {
        if emphasis.strong == 0 {
            emphasis.strong = writer.begin(.strong)
            emphasis.isStrongInside = true
            return
        }
        writer.end(emphasis.strong)
        emphasis.strong = 0
        if emphasis.em != 0, !emphasis.isStrongInside { emphasis.em = writer.begin(.em) }
    }

    private mutating func close(_ emphasis: inout Emphasis) {
        if emphasis.em != 0, emphasis.isStrongInside || emphasis.strong == 0 { writer.end(emphasis.em) }
        if emphasis.strong != 0 { writer.end(emphasis.strong) }
        if emphasis.em != 0 { writer.end(emphasis.em) }
        emphasis = Emphasis()
    }

    // MARK: Characters

    private static let entityBytes = 32

    /// The character that a reference such as `&nbsp;` or `&#160;` stands for, and the position after it.
    func character(at index: Int, _ end: Int) -> (character: String, end: Int)? {
        for place in (index + 1)..<max(index + 1, min(end, index + Self.entityBytes)) {
            let byte = bytes[place]
            if byte == UInt8(ascii: ";") {
                return Self.scalar(text((index + 1)..<place)).map { (String(Character($0)), place + 1) }
            }
            let lowercased = ForwardSearch.lowercased(byte)
            let isDigit = (0x30...0x39).contains(byte)
            guard isDigit || (0x61...0x7A).contains(lowercased) || byte == UInt8(ascii: "#") else { return nil }
        }
        return nil
    }

    /// The character of a reference, if XML allows it.
    private static func scalar(_ name: String) -> Unicode.Scalar? {
        guard name.hasPrefix("#") else { return HTMLEntity.scalar(named: name) }
        let digits = name.dropFirst()
        let value = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let value, let scalar = Unicode.Scalar(value) else { return nil }
        let isKnown = value == 0x09 || value == 0x0A || (value >= 0x20 && value != 0xFFFE && value != 0xFFFF)
        return isKnown ? scalar : nil
    }

    /// The end of a behaviour switch such as `__NOTOC__`, which is left out.
    private func magicWordEnd(at index: Int, _ end: Int) -> Int? {
        guard index + 1 < end, bytes[index + 1] == UInt8(ascii: "_") else { return nil }
        var place = index + 2
        while place < end, place - index < Self.entityBytes, (0x41...0x5A).contains(bytes[place]) { place += 1 }
        guard place > index + 2, place + 1 < end, bytes[place] == UInt8(ascii: "_"), bytes[place + 1] == bytes[place]
        else {
            return nil
        }
        return place + 2
    }
}
