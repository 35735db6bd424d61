/// The address of a cell of a decision table: table, row and column.
public struct TableCell: Sendable, Hashable {
    /// The table's name: its output label or the element it belongs to.
    public let table: String
    /// The rule's number, from 1; 0 for the head of the column.
    public let row: Int
    /// The column's number, from 1, inputs first.
    public let column: Int
    /// The column's title: its label, its input expression or the output's name.
    public let title: String

    /// Makes an address.
    public init(table: String, row: Int, column: Int, title: String) {
        self.table = table
        self.row = row
        self.column = column
        self.title = title
    }
}

extension TableCell: CustomStringConvertible {
    /// The address in words.
    public var description: String {
        let place = row == 0 ? "head" : "row \(row)"
        return "table '\(table)', \(place), column \(column) '\(title)'"
    }
}
