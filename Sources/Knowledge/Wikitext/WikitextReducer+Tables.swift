/// An open table, with the writer's ids of its parts; 0 for parts that are not open.
struct WikitextTable {
    var table = 0
    var row = 0
    var cell = 0
    /// Whether it is written as a table; tables nested too deeply are written as text.
    var isWritten = true
}

extension WikitextReducer {
    /// Reads a line of a table; `nil` if the line does not belong to one.
    mutating func tableLine(at start: Int) -> Int? {
        let place = passing(0x20, from: start)
        guard place < bytes.count else { return nil }
        if ForwardSearch.isAt(place, "{|", in: bytes), brackets.close(of: place, before: bytes.count) == nil {
            endBlocks()
            tables.append(WikitextTable(isWritten: tables.count < Self.maximumTables))
            return passingLine(from: place + 2)
        }
        guard !tables.isEmpty, bytes[place] == UInt8(ascii: "|") || bytes[place] == UInt8(ascii: "!") else {
            return nil
        }
        endBlocks()
        if ForwardSearch.isAt(place, "|}", in: bytes) {
            let table = tables.removeLast()
            if table.isWritten { writer.end(table.table) } else { writer.separate() }
            // Text after the end of a table is read as a new line.
            return place + 2
        }
        if ForwardSearch.isAt(place, "|-", in: bytes) {
            endRow()
            return passingLine(from: place + 2)
        }
        if ForwardSearch.isAt(place, "|+", in: bytes) { return caption(at: place + 2) }
        return cells(at: place + 1, isHeader: bytes[place] == UInt8(ascii: "!"))
    }

    private mutating func caption(at start: Int) -> Int {
        let place = cellContent(at: start).start
        let isFirst = tables[tables.count - 1].table == 0
        let id = isFirst ? writer.begin(.p) : 0
        let end = inline(place..<bytes.count, until: [.lineEnd])
        writer.end(id)
        return end + 1
    }

    private mutating func cells(at start: Int, isHeader: Bool) -> Int {
        var start = start
        while true {
            let (content, attributes) = cellContent(at: start)
            beginCell(isHeader ? .th : .td, attributes)
            let end = inline(content..<bytes.count, until: isHeader ? [.lineEnd, .cell, .header] : [.lineEnd, .cell])
            guard end < bytes.count, bytes[end] != 0x0A else {
                write("\n")
                return end + 1
            }
            start = end + 2
        }
    }

    private mutating func beginCell(_ tag: MarkupTag, _ attributes: [(name: String, value: String)]) {
        let last = tables.count - 1
        guard tables[last].isWritten else { return writer.separate() }
        if tables[last].table == 0 { tables[last].table = writer.begin(.table) }
        if tables[last].row == 0 { tables[last].row = writer.begin(.tr) }
        writer.end(tables[last].cell)
        tables[last].cell = writer.begin(tag, attributes: attributes)
    }

    private mutating func endRow() {
        let last = tables.count - 1
        guard tables[last].isWritten else { return writer.separate() }
        writer.end(tables[last].row)
        tables[last].row = 0
        tables[last].cell = 0
    }

    /// The start of a cell's content, after attributes such as `colspan="2" |`.
    private func cellContent(at start: Int) -> (start: Int, attributes: [(name: String, value: String)]) {
        var place = start
        while place < bytes.count {
            switch bytes[place] {
            case 0x0A, UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "<"): return (start, [])
            case UInt8(ascii: "!") where place + 1 < bytes.count && bytes[place + 1] == bytes[place]: return (start, [])
            case UInt8(ascii: "|"):
                if place + 1 < bytes.count, bytes[place + 1] == bytes[place] { return (start, []) }
                let attributes = bytes[start..<place]
                guard attributes.contains(UInt8(ascii: "=")) || attributes.allSatisfy({ $0 == 0x20 }) else {
                    return (start, [])
                }
                return (place + 1, Self.spans(String(decoding: attributes.prefix(1024), as: UTF8.self)))
            default: place += 1
            }
        }
        return (start, [])
    }

    private static func spans(_ text: String) -> [(name: String, value: String)] {
        var spans: [(name: String, value: String)] = []
        for match in text.matches(of: #/(colspan|rowspan)\s*=\s*["']?(\d{1,4})/#.ignoresCase()) {
            let name = match.1.lowercased()
            guard let number = Int(match.2), (1...1000).contains(number), !spans.contains(where: { $0.name == name })
            else { continue }
            spans.append((name, String(number)))
        }
        return spans
    }

    /// The position after the end of a line, including the lines inside its brackets.
    private func passingLine(from start: Int) -> Int {
        var place = start
        while place < bytes.count, bytes[place] != 0x0A {
            place = brackets.close(of: place, before: bytes.count).map { $0 + 2 } ?? place + 1
        }
        return place + 1
    }
}
