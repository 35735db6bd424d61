import FEEL

/// Decision tables.
extension LogicCompiler {
    mutating func compile(_ table: DecisionTable, in scope: Scope, expected: DataType) -> CompiledLogic {
        let inputs = table.inputs.indices.map { compile(input: $0, of: table, in: scope) }
        let outputs = table.outputs.indices.map { compile(output: $0, of: table, in: scope, expected: expected) }
        guard !outputs.isEmpty else {
            return CompiledLogic(.failure(.invocation, "the decision table has no output"))
        }
        var parts = CompiledTable.Parts(
            source: table,
            inputs: inputs,
            outputs: outputs,
            shape: outputs.count > 1 ? ContextShape(componentNames(of: table)) : nil,
            annotations: table.rules.map { TableTexts.annotations(of: $0, titles: table.annotations) },
            cells: [],
            cellIndices: [],
            outputLogic: []
        )
        compileCells(of: table, in: scope, into: &parts)
        compileOutputs(of: table, in: scope, into: &parts)
        checkPolicy(of: table, outputs)
        let compiled = CompiledTable(parts)
        tables.append(compiled)
        return CompiledLogic(
            .table(compiled),
            type: resultType(table.hitPolicy, parts),
            assurance: assured(assurance(of: table.hitPolicy, parts))
        )
    }

    // MARK: Columns

    private mutating func compile(input column: Int, of table: DecisionTable, in scope: Scope) -> CompiledTable.Input {
        let input = table.inputs[column]
        let head = TableTexts.address(in: table, row: 0, column: column)
        let declared = types.type(named: input.typeRef, at: input.location.at(cell: head))
        let expression = compile(input.expression, in: scope, cell: head)
        check(expression, against: declared, at: input.location.at(cell: head))
        let type = declared.isAny ? DataType(type: expression.type) : declared
        let allowed = input.allowedValues.flatMap { compile(tests: $0, in: scope, inputType: type.type, cell: head) }
        return CompiledTable.Input(
            title: input.title,
            expression: expression.logic,
            type: declared,
            allowed: allowed,
            testedType: type.type
        )
    }

    private mutating func compile(
        output column: Int,
        of table: DecisionTable,
        in scope: Scope,
        expected: DataType
    ) -> CompiledTable.Output {
        let output = table.outputs[column]
        let head = TableTexts.address(in: table, row: 0, column: table.inputs.count + column)
        let declared = types.type(named: output.typeRef, at: output.location.at(cell: head))
        let allowed = output.allowedValues.flatMap {
            compile(tests: $0, in: scope, inputType: declared.type, cell: head)
        }
        let entry = output.defaultEntry.map { compile($0, in: scope, cell: head) }
        if let entry {
            check(entry, against: declared, at: output.location.at(cell: head))
        }
        let inherited = declared.isAny && table.outputs.count == 1 ? expected : declared
        return CompiledTable.Output(
            title: output.title,
            type: declared,
            allowed: allowed?.tests ?? inherited.constraint?.allowedTests ?? [],
            isRestricted: allowed.map { !$0.tests.contains(where: \.isOpaque) } ?? false,
            defaultEntry: entry?.logic
        )
    }

    /// The names of the components; made from the column's number where there is none.
    private mutating func componentNames(of table: DecisionTable) -> [String] {
        var names: [String] = []
        for (column, output) in table.outputs.enumerated() {
            var name = output.name ?? output.label ?? "output \(column + 1)"
            if names.contains(name) {
                report(Finding(.error, .duplicate, "two outputs have the name '\(name)'", at: output.location))
                name += " \(column + 1)"
            } else if output.name == nil {
                report(Finding(.warning, .missing, "output \(column + 1) has no name", at: output.location))
            }
            names.append(name)
        }
        return names
    }

    private func resultType(_ policy: HitPolicy, _ parts: CompiledTable.Parts) -> FEELType {
        var type = parts.outputs.first?.type.type ?? .any
        if let shape = parts.shape {
            type = .context(zip(shape.keys, parts.outputs).map { FEELType.Entry(name: $0, type: $1.type.type) })
        }
        if case .collect(.count?) = policy {
            return .number
        }
        return policy.answersList ? .list(type) : type
    }

    /// What every answer is: outputs are made to have the types of their columns.
    private func assurance(of policy: HitPolicy, _ parts: CompiledTable.Parts) -> Assurance {
        var result = Assurance.typed(parts.outputs[0].type)
        if let shape = parts.shape {
            result = .context(zip(shape.keys, parts.outputs).map { (name: $0, value: .typed($1.type)) })
        }
        if case .collect(.some) = policy { return .none }
        guard policy.answersList else { return result }
        // The answer without a rule that matches is no list.
        return parts.outputs.contains { $0.defaultEntry != nil } ? .none : .list(result)
    }

    private mutating func checkPolicy(of table: DecisionTable, _ outputs: [CompiledTable.Output]) {
        switch table.hitPolicy {
        case .priority, .outputOrder:
            if outputs.allSatisfy(\.allowed.isEmpty) {
                let message = "hit policy \(table.hitPolicy) needs output values to order by"
                report(Finding(.warning, .missing, message, at: table.location))
            }
        case .collect(let aggregation?) where outputs.count > 1 && aggregation != .count:
            let message = "hit policy \(table.hitPolicy) needs a single output"
            report(Finding(.error, .unsupported, message, at: table.location))
        default: break
        }
    }

    // MARK: Cells

    private mutating func compileCells(
        of table: DecisionTable,
        in scope: Scope,
        into parts: inout CompiledTable.Parts
    ) {
        var cells: [UnaryTests] = []
        let types = parts.inputs.map(\.testedType)
        parts.cellIndices = compileEach(
            of: table,
            table.inputs.count,
            missing: CompiledTable.anyCell,
            texts: \.inputs
        ) { compiler, text, row, column in
            let place = TableTexts.address(in: table, row: row + 1, column: column)
            return compiler.compile(cell: text, place, types[column], in: scope, &cells)
        }
        parts.cells = cells
    }

    private mutating func compileOutputs(
        of table: DecisionTable,
        in scope: Scope,
        into parts: inout CompiledTable.Parts
    ) {
        let types = parts.outputs.map(\.type)
        parts.outputLogic = compileEach(
            of: table,
            table.outputs.count,
            missing: .constant(.null),
            texts: \.outputs
        ) { compiler, text, row, column in
            let place = TableTexts.address(in: table, row: row + 1, column: table.inputs.count + column)
            let compiled = compiler.compile(text, in: scope, cell: place)
            compiler.check(compiled, against: types[column], at: text.location.at(cell: place))
            return compiled.logic
        }
    }

    /// Compiles the texts of some columns row by row, each different text of a column once.
    private mutating func compileEach<Cell>(
        of table: DecisionTable,
        _ columns: Int,
        missing: Cell,
        texts: (DecisionTable.Rule) -> [Text],
        compile: (inout LogicCompiler, Text, _ row: Int, _ column: Int) -> Cell
    ) -> [Cell] {
        var known: [[ExactText: Cell]] = Array(repeating: [:], count: columns)
        var result: [Cell] = []
        result.reserveCapacity(table.rules.count * columns)
        for (row, rule) in table.rules.enumerated() {
            let texts = texts(rule)
            for column in 0..<columns {
                guard column < texts.count else {
                    result.append(missing)
                    continue
                }
                let text = texts[column]
                let key = ExactText(text.source)
                let cell = known[column][key] ?? compile(&self, text, row, column)
                known[column][key] = cell
                result.append(cell)
            }
        }
        return result
    }

    private mutating func compile(
        cell text: Text,
        _ place: TableCell,
        _ type: FEELType,
        in scope: Scope,
        _ cells: inout [UnaryTests]
    ) -> Int32 {
        if TableTexts.isDash(text.source) {
            return CompiledTable.anyCell
        }
        guard let tests = compile(tests: text, in: scope, inputType: type, cell: place) else {
            return CompiledTable.brokenCell
        }
        for test in tests.tests where !test.canPass(type) {
            report(
                Finding(
                    .error,
                    .type,
                    "'\(text.source)' never passes a value of type \(type)",
                    at: text.location.at(cell: place)
                )
            )
        }
        cells.append(tests)
        return Int32(cells.count - 1)
    }

    /// Compiles unary tests; nil, with a finding, when they cannot be.
    mutating func compile(
        tests text: Text,
        in scope: Scope,
        inputType: FEELType,
        cell: TableCell
    ) -> UnaryTests? {
        if text.source.allSatisfy(\.isWhitespace) {
            return nil
        }
        do {
            let tests = try UnaryTests(text.source, in: scope, inputType: inputType)
            slotCountAtLeast(tests.slotCount)
            report(tests.unknownNames, in: text, cell)
            return tests
        } catch {
            report(error.finding(in: text, cell: cell))
            return nil
        }
    }
}
