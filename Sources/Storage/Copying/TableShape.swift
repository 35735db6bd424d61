/// A table as a database has it: what a copy reads and writes.
package struct TableShape: Sendable, Hashable {
    /// The types that the tables of the store have.
    package enum Kind: String, Sendable {
        case integer
        case real
        case text
        case bytes

        /// The type of a column by its name in the migrations, or by PostgreSQL's own; nil for one that no table has.
        package init?(type: String) {
            switch type.lowercased() {
            case "bigint", "int8": self = .integer
            case "double precision", "float8": self = .real
            case "text": self = .text
            case "bytea": self = .bytes
            default: return nil
            }
        }
    }

    package struct Column: Sendable, Hashable {
        package let name: String
        package let kind: Kind
        /// Whether it is one of those by which a row is known.
        package let isKey: Bool

        package init(_ name: String, _ kind: Kind, isKey: Bool) {
            (self.name, self.kind, self.isKey) = (name, kind, isKey)
        }
    }

    package let name: String
    /// In the order in which the database has them.
    package let columns: [Column]

    /// - Throws: ``StorageError`` `corrupt` for a table that is not there.
    package init(_ name: String, _ columns: [Column]) throws(StorageError) {
        guard !columns.isEmpty else {
            throw StorageError(code: .corrupt, message: "the table \(name) is missing")
        }
        (self.name, self.columns) = (name, columns)
    }

    /// The name as SQL has it, whatever it means there.
    package var quotedName: String { Self.quoted(name) }
    /// The names of the columns, with commas between them.
    package var columnList: String { columns.map { Self.quoted($0.name) }.joined(separator: ", ") }
    /// Selects all rows, in any order.
    var selection: String { "SELECT \(columnList) FROM \(quotedName)" }

    package static func quoted(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\"\"") + "\""
    }

    /// A value as a column of its type holds it.
    ///
    /// SQLite keeps a value of another type in a column where it cannot be converted, which nothing in the store can read.
    ///
    /// - Throws: ``StorageError`` `corrupt`, naming column and row.
    func fitted(_ cell: SQLCell, at index: Int, of row: UnsafeBufferPointer<SQLCell>) throws(StorageError) -> SQLCell {
        switch (columns[index].kind, cell) {
        case (_, .null), (.integer, .integer), (.real, .real), (.text, .text), (.bytes, .bytes): return cell
        case (.real, .integer(let number)): return .real(Double(number))
        default: throw fault("is not of the type \(columns[index].kind)", at: index, of: row, .corrupt)
        }
    }

    /// An error about a value, which names it by table, column and key.
    ///
    /// Only for the operator of a copy: the key of a row may say whom it is about.
    func fault(
        _ what: String,
        at index: Int,
        of row: UnsafeBufferPointer<SQLCell>,
        _ code: StorageError.Code
    ) -> StorageError {
        let key = columns.indices.filter { columns[$0].isKey }
            .map { "\(columns[$0].name) \(Self.shown(row[$0]))" }.joined(separator: ", ")
        let place = key.isEmpty ? "" : " of the row with \(key)"
        return StorageError(code: code, message: "\(name).\(columns[index].name)\(place) \(what)")
    }

    private static let maximumShown = 64

    private static func shown(_ cell: SQLCell) -> String {
        switch cell {
        case .null: return "null"
        case .integer(let integer): return String(integer)
        case .real(let number): return String(number)
        case .bytes(let bytes): return "of \(bytes.count) bytes"
        case .text(let text):
            let shown = String(decoding: text.prefix(maximumShown), as: UTF8.self).map { character in
                character.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 } ? character : "\u{FFFD}"
            }
            return "“\(String(shown))\(text.count > maximumShown ? "…" : "")”"
        }
    }
}
