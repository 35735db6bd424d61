import FEEL

/// A decision table ready for evaluation: cells compiled once for each different text, constant outputs worked out,
/// and an index over the input columns.
final class CompiledTable: Sendable {
    /// An input column.
    final class Input: Sendable {
        /// The title for people.
        let title: String
        /// What is tested.
        let expression: Logic
        /// The type of what is tested.
        let type: DataType
        /// Tests that the value must pass; nil for any value.
        let allowed: UnaryTests?
        /// The type of what is tested, declared or else inferred.
        let testedType: FEELType

        init(title: String, expression: Logic, type: DataType, allowed: UnaryTests?, testedType: FEELType) {
            self.title = title
            self.expression = expression
            self.type = type
            self.allowed = allowed
            self.testedType = testedType
        }
    }

    /// An output column.
    final class Output: Sendable {
        /// The title for people.
        let title: String
        /// The type of the entries.
        let type: DataType
        /// The values allowed, in descending priority; empty when none are given.
        let allowed: [UnaryTest]
        /// Whether entries must be among the allowed values.
        let isRestricted: Bool
        /// The entry when no rule matches.
        let defaultEntry: Logic?

        init(title: String, type: DataType, allowed: [UnaryTest], isRestricted: Bool, defaultEntry: Logic?) {
            self.title = title
            self.type = type
            self.allowed = allowed
            self.isRestricted = isRestricted
            self.defaultEntry = defaultEntry
        }
    }

    /// Stands for a cell that passes everything.
    static let anyCell: Int32 = -1
    /// Stands for a cell whose text could not be compiled; it passes nothing, and says so when it is met.
    static let brokenCell: Int32 = -2

    /// What a table is made of; see the properties of the same names.
    struct Parts {
        var source: DecisionTable
        var inputs: [Input]
        var outputs: [Output]
        var shape: ContextShape?
        var annotations: [[String]]
        var cells: [UnaryTests]
        var cellIndices: [Int32]
        var outputLogic: [Logic]
    }

    /// The table as it was written.
    let source: DecisionTable
    /// What happens when several rules match.
    let hitPolicy: HitPolicy
    /// The input columns.
    let inputs: [Input]
    /// For each input column the slot it reads, or -1 where it takes more than that.
    let inputSlots: [Int32]
    /// For each input column the quick part of its type's check.
    let inputChecks: [QuickCheck]
    /// The output columns.
    let outputs: [Output]
    /// The names of the components of a result; nil for a single output.
    let shape: ContextShape?
    /// The notes of the rules.
    let annotations: [[String]]
    /// The different input cells.
    let cells: [UnaryTests]
    /// For rule r and column c the cell at `r * inputs.count + c`; or ``anyCell``, or ``brokenCell``.
    let cellIndices: [Int32]
    /// For rule r and output c the logic at `r * outputs.count + c`.
    let outputLogic: [Logic]
    /// The results of rules whose entries are all constant and as they should be.
    let constantResults: [Value?]
    /// Whether some output column has an entry for when no rule matches.
    let hasDefaults: Bool
    /// The index over the input columns.
    let index: TableIndex

    /// The steps that an evaluation counts for besides its expressions, results and cells that must be evaluated.
    let cost: Int

    /// The table's name for messages.
    var name: String { source.name }
    /// The number of rules.
    var ruleCount: Int { source.rules.count }

    init(_ parts: Parts) {
        source = parts.source
        hitPolicy = parts.source.hitPolicy
        inputs = parts.inputs
        inputSlots = parts.inputs.map { input in
            if case .variable(let slot) = input.expression, input.allowed == nil { Int32(slot) } else { -1 }
        }
        inputChecks = parts.inputs.map(\.type.quick)
        outputs = parts.outputs
        shape = parts.shape
        annotations = parts.annotations
        cells = parts.cells
        cellIndices = parts.cellIndices
        outputLogic = parts.outputLogic
        hasDefaults = parts.outputs.contains { $0.defaultEntry != nil }
        constantResults = CompiledTable.constantResults(parts)
        index = TableIndex(
            cells: parts.cells,
            cellIndices: parts.cellIndices,
            columns: parts.inputs.count,
            rows: parts.source.rules.count
        )
        cost = 1 + parts.inputs.count >> 2 + parts.cellIndices.count >> 14
    }

    /// What an explanation says about a rule.
    func record(of rule: Int) -> Explanation.RuleRecord {
        let written = source.rules[rule]
        return Explanation.RuleRecord(
            id: written.id,
            number: rule + 1,
            line: written.location.line,
            annotations: annotations[rule]
        )
    }

    /// The address of an input or output cell.
    func address(rule: Int, column: Int) -> TableCell {
        let title = column < inputs.count ? inputs[column].title : outputs[column - inputs.count].title
        return TableCell(table: name, row: rule + 1, column: column + 1, title: title)
    }

    private static func constantResults(_ parts: Parts) -> [Value?] {
        let evaluation = Evaluation()
        return parts.source.rules.indices.map { rule in
            var values: [Value] = []
            for (column, output) in parts.outputs.enumerated() {
                guard let constant = parts.outputLogic[rule * parts.outputs.count + column].constant,
                    let value = output.type.converting(constant, evaluation),
                    output.admits(value)
                else {
                    return nil
                }
                values.append(value)
            }
            return parts.shape.map { .context(Context(shape: $0, values: values)) } ?? values.first ?? .null
        }
    }
}

extension CompiledTable.Output {
    /// Whether a value may stand in the column.
    func admits(_ value: Value) -> Bool {
        !isRestricted || value.isNull || allowed.contains { $0.passes(value) }
    }

    /// The place of a value among the allowed ones, 0 the highest priority.
    func priority(of value: Value) -> Int {
        allowed.firstIndex { $0.passes(value) } ?? allowed.count
    }
}
