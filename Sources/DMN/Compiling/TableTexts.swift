import FEEL

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

extension UnaryTest {
    /// Whether some value of a type may pass; true when in doubt.
    func canPass(_ type: FEELType) -> Bool {
        let family: FEELType?
        switch self {
        case .any, .isNull, .not, .opaque: family = nil
        case .equal(let value): family = value.scalarType
        case .interval(let range): family = range.start.scalarType ?? range.end.scalarType
        case .anyOf(let tests): return tests.contains { $0.canPass(type) }
        }
        guard let family else {
            return true
        }
        return family == type || !type.isScalar
    }
}

extension FEELType {
    /// Whether values of the type have no parts and no conversion makes one of another.
    var isScalar: Bool {
        switch self {
        case .number, .string, .boolean, .time, .yearsAndMonthsDuration, .daysAndTimeDuration: true
        default: false
        }
    }
}

extension Value {
    /// The type of a scalar; nil for null and values with parts.
    var scalarType: FEELType? {
        switch self {
        case .number: .number
        case .string: .string
        case .boolean: .boolean
        case .date: .date
        case .time: .time
        case .dateAndTime: .dateAndTime
        case .yearsAndMonthsDuration: .yearsAndMonthsDuration
        case .daysAndTimeDuration: .daysAndTimeDuration
        case .null, .list, .context, .range, .function: nil
        }
    }
}

extension TypeConstraint {
    /// The tests on the value, in order, when there is just one list of them.
    var allowedTests: [UnaryTest]? {
        tests.count == 1 ? tests[0].tests : items?.allowedTests
    }
}
