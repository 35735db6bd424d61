import FEEL

extension SyntaxError {
    /// The error as a finding about a text of a model.
    func finding(in text: Text, cell: TableCell? = nil) -> Finding {
        Finding(.error, .syntax, message, at: text.place(of: position, cell: cell))
    }
}

extension Text {
    /// A place inside the text as a place in the model.
    func place(of position: SourcePosition, cell: TableCell?) -> Location {
        var place = location
        place.cell = cell
        if place.line > 0 {
            place.line += position.line - 1
        }
        place.position = position.line > 1 ? offset(of: position) : position.column
        return place
    }

    /// The number of Unicode code points before a place, plus one.
    private func offset(of position: SourcePosition) -> Int {
        var line = 1
        var offset = 0
        for scalar in source.unicodeScalars {
            if line == position.line {
                break
            }
            offset += 1
            if scalar == "\n" {
                line += 1
            }
        }
        return offset + position.column
    }
}
