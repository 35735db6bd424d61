import FEEL

extension CompiledTable {
    /// The table's answer (clause 10.3.2.10), recorded in the run with the rules that matched.
    func evaluate(_ frame: Frame, _ run: Run) -> Value {
        guard run.count(cost), let values = inputValues(frame, run) else {
            return .null
        }
        let matched =
            run.usesIndexes
            ? index.rules(matching: values, of: self, frame, run) : rulesBySearch(matching: values, frame, run)
        let value = answer(matched, frame, run)
        if run.isRecording {
            run.add(Explanation.Step(kind: .table(self, inputs: values, rules: matched), value: value))
        }
        return value
    }

    /// The values of the input columns; nil, with the reason recorded, when one is not among the allowed ones.
    private func inputValues(_ frame: Frame, _ run: Run) -> [Value]? {
        var values: [Value] = []
        values.reserveCapacity(inputs.count)
        for column in inputSlots.indices {
            let slot = Int(inputSlots[column])
            if slot >= 0 {
                let value = frame[slot]
                if inputChecks[column].passes(value) {
                    values.append(value)
                    continue
                }
            }
            guard let value = inputValue(column, frame, run) else {
                return nil
            }
            values.append(value)
        }
        return values
    }

    private func inputValue(_ column: Int, _ frame: Frame, _ run: Run) -> Value? {
        let input = inputs[column]
        let value = run.inCell(address(rule: -1, column: column)) {
            let value = input.expression.evaluate(frame, run)
            if inputChecks[column].passes(value) {
                return value
            }
            return input.type.coercing(value, run.evaluation, what: "the input")
        }
        if let allowed = input.allowed, !allowed.matches(value, in: frame) {
            let place = address(rule: -1, column: column)
            _ = run.inCell(place) { run.refuse("the input is \(value), expected \(allowed.text)") }
            return nil
        }
        return value
    }

    /// Whether the cell of a rule passes a value.
    func passes(_ value: Value, rule: Int, column: Int, _ frame: Frame, _ run: Run) -> Bool {
        let cell = cellIndices[rule * inputs.count + column]
        if cell == Self.anyCell {
            return true
        }
        return run.inCell(address(rule: rule, column: column)) {
            if cell == Self.brokenCell {
                return run.refuse("the cell could not be compiled")
            }
            return cells[Int(cell)].evaluate(value, in: frame)
        }
        .isTrue
    }

    /// The rules that match, found by looking at each; the oracle for the index.
    func rulesBySearch(matching values: [Value], _ frame: Frame, _ run: Run) -> MatchedRules {
        var matched = MatchedRules.none
        guard run.count(cellIndices.count >> 4) else {
            return matched
        }
        for rule in 0..<ruleCount {
            let matches = values.indices.allSatisfy { passes(values[$0], rule: rule, column: $0, frame, run) }
            if matches {
                matched.append(Int32(rule))
                if hitPolicy == .first {
                    break
                }
            }
        }
        return matched
    }

    /// The value of a rule's outputs.
    func result(of rule: Int, _ frame: Frame, _ run: Run) -> Value {
        if let constant = constantResults[rule] {
            return constant
        }
        var values: [Value] = []
        values.reserveCapacity(outputs.count)
        for column in outputs.indices {
            values.append(outputValue(rule: rule, column: column, frame, run))
        }
        return shape.map { .context(Context(shape: $0, values: values)) } ?? values.first ?? .null
    }

    private func outputValue(rule: Int, column: Int, _ frame: Frame, _ run: Run) -> Value {
        let output = outputs[column]
        return run.inCell(address(rule: rule, column: inputs.count + column)) {
            var value = outputLogic[rule * outputs.count + column].evaluate(frame, run)
            if !output.type.quick.passes(value) {
                value = output.type.coercing(value, run.evaluation, what: "the output")
            }
            return output.admits(value) ? value : run.refuse("the output is \(value), not one of the output values")
        }
    }

    /// The result when no rule matches.
    func defaultResult(_ frame: Frame, _ run: Run) -> Value {
        guard hasDefaults else {
            return .null
        }
        let values = outputs.map { output -> Value in
            let value = output.defaultEntry?.evaluate(frame, run) ?? .null
            return output.type.coercing(value, run.evaluation, what: "the default output of table '\(name)'")
        }
        return shape.map { .context(Context(shape: $0, values: values)) } ?? values.first ?? .null
    }
}
