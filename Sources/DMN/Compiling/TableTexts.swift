/// Small helpers for the texts of a decision table.
enum TableTexts {
    /// Whether a cell passes everything.
    static func isDash(_ source: String) -> Bool {
        let bare = source.drop(while: \.isWhitespace)
        return bare.isEmpty || bare.first == "-" && bare.dropFirst().allSatisfy(\.isWhitespace)
    }

    /// The address of a cell; columns count from 0, inputs first.
    static func address(in table: DecisionTable, row: Int, column: Int) -> TableCell {
        let inputs = table.inputs.count
        let title = column < inputs ? table.inputs[column].title : table.outputs[column - inputs].title
        return TableCell(table: table.name, row: row, column: column + 1, title: title)
    }

    /// The notes of a rule with the titles of their columns; empty notes are left out.
    static func annotations(of rule: DecisionTable.Rule, titles: [String]) -> [String] {
        rule.annotations.enumerated().compactMap { column, note in
            let note = ModelReader.normalized(note)
            guard !note.isEmpty else {
                return nil
            }
            let title = column < titles.count ? titles[column] : ""
            return title.isEmpty ? note : "\(title): \(note)"
        }
    }
}

/// A text that equals only texts with the same code points, unlike `String`, which equates equivalent ones.
struct ExactText: Hashable {
    private let bytes: [UInt8]

    init(_ text: String) {
        bytes = Array(text.utf8)
    }
}
