/// A place in a decision model, as precisely as it is known.
public struct Location: Sendable, Hashable {
    /// The file's name as given by the caller; empty when the model did not come from a file.
    public var file: String
    /// The line in the file, from 1; 0 when unknown.
    public var line: Int
    /// The `id` of the nearest element that has one.
    public var elementID: String?
    /// The name of the nearest named element (a decision, a business knowledge model, an item definition).
    public var element: String?
    /// The cell of a decision table, when the place is in one.
    public var cell: TableCell?
    /// The offset in the FEEL text, from 1, in characters; nil when the place is not inside a text.
    public var position: Int?

    /// Makes a place; every part may be left out.
    public init(
        file: String = "",
        line: Int = 0,
        elementID: String? = nil,
        element: String? = nil,
        cell: TableCell? = nil,
        position: Int? = nil
    ) {
        self.file = file
        self.line = line
        self.elementID = elementID
        self.element = element
        self.cell = cell
        self.position = position
    }
}

extension Location {
    /// `file:line: `, or as much of it as is known.
    var describedFile: String {
        switch (file.isEmpty, line > 0) {
        case (true, true): "line \(line): "
        case (true, false): ""
        case (false, true): "\(file):\(line): "
        case (false, false): "\(file): "
        }
    }

    /// The element, cell and position in words, empty when none is known.
    var describedPlace: String {
        var parts: [String] = []
        if let element {
            parts.append("'\(element)'")
        } else if let elementID {
            parts.append("element \(elementID)")
        }
        if let cell {
            parts.append(cell.description)
        }
        if let position {
            parts.append("position \(position)")
        }
        return parts.joined(separator: ", ")
    }

    /// The same place with a cell of a table.
    func at(cell: TableCell) -> Location {
        var copy = self
        copy.cell = cell
        return copy
    }

    /// The same place with a position in the text.
    func at(position: Int?) -> Location {
        var copy = self
        copy.position = position
        return copy
    }
}

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
