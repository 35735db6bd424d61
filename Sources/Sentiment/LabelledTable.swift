/// Texts with their labels, read from a file with one row per line.
package struct LabelledTable: Sendable {
    /// A text and its label.
    package struct Row: Sendable, Equatable {
        package let text: String
        /// The label as written in the file, trimmed.
        package let label: String

        package init(text: String, label: String) {
            self.text = text
            self.label = label
        }
    }

    /// The valid rows.
    package let rows: [Row]
    /// The number of rows without the columns, or with an empty label.
    package let skipped: Int

    /// Reads a file of tab- or comma-separated values.
    ///
    /// - Parameters:
    ///   - bytes: The file in UTF-8; invalid bytes become replacement characters. It is tab-separated if its first line
    ///     contains a tab. In comma-separated files a value may be enclosed in quotes, which are doubled inside.
    ///   - textColumn: The column of the texts: a name from the header line, or a number from 1.
    ///   - labelColumn: The column of the labels, likewise. With two numbers there is no header line.
    /// - Throws: A ``SentimentError`` that names the missing column.
    package init(_ bytes: [UInt8], textColumn: String, labelColumn: String) throws(SentimentError) {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let firstLine = bytes[start...].prefix { $0 != 0x0A }
        let isTabbed = firstLine.contains(0x09)
        var lines = isTabbed ? Self.tabbed(bytes[start...]) : Self.quoted(bytes[start...])
        let hasHeader = Int(textColumn) == nil || Int(labelColumn) == nil
        let header = hasHeader && !lines.isEmpty ? lines.removeFirst() : []
        let text = try Self.column(textColumn, header)
        let label = try Self.column(labelColumn, header)
        rows = lines.compactMap { fields in
            guard fields.count > max(text, label), !fields[label].isEmpty else { return nil }
            return Row(text: fields[text], label: fields[label])
        }
        skipped = lines.count - rows.count
    }

    private static func column(_ name: String, _ header: [String]) throws(SentimentError) -> Int {
        if let index = header.firstIndex(of: name) { return index }
        if let number = Int(name), number >= 1, number <= 10_000 { return number - 1 }
        let names = header.isEmpty ? "the file has no header line" : "the header has " + header.joined(separator: ", ")
        throw SentimentError(code: .malformedTable, message: "line 1: no column \"\(name)\"; \(names)")
    }

    private static func tabbed(_ bytes: ArraySlice<UInt8>) -> [[String]] {
        bytes.split(separator: 0x0A).map { line in
            line.split(separator: 0x09, omittingEmptySubsequences: false).map(trimmed)
        }.filter { $0 != [""] }
    }

    private static func quoted(_ bytes: ArraySlice<UInt8>) -> [[String]] {
        var lines: [[String]] = []
        var fields: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        func endField() {
            fields.append(trimmed(field[...]))
            field.removeAll(keepingCapacity: true)
        }
        func endLine() {
            endField()
            if fields != [""] { lines.append(fields) }
            fields = []
        }
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            switch byte {
            case 0x22 where isQuoted && index + 1 < bytes.endIndex && bytes[index + 1] == 0x22:
                field.append(byte)
                index += 1
            case 0x22 where isQuoted || field.isEmpty: isQuoted.toggle()
            case 0x2C where !isQuoted: endField()
            case 0x0A where !isQuoted: endLine()
            default: field.append(byte)
            }
            index += 1
        }
        if !field.isEmpty || !fields.isEmpty { endLine() }
        return lines
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        var bytes = bytes
        while let first = bytes.first, first == 0x20 || first == 0x0D { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x0D { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
