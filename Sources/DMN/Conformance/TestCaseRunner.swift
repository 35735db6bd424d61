import FEEL

/// Runs the cases of one file on a compiled model.
struct TestCaseRunner {
    let model: CompiledModel
    let settings: EvaluationSettings
    /// How many of the rules that answered are told; the last ones are nearest to the answer.
    private static let maximumRules = 6

    /// What a case gave: its nodes, and the names of external functions it called.
    struct Answer {
        var nodes: [RuleTestResult.Node] = []
        var external: String?
    }

    /// Runs a case.
    func run(_ test: TestCaseFile.Case) -> Answer {
        var answer = Answer()
        for result in test.results {
            let outcome = evaluate(test, result)
            if answer.external == nil {
                answer.external = outcome.errors.first { $0.kind == .unsupported }?.message
            }
            answer.nodes.append(judge(result, outcome))
        }
        return answer
    }

    private struct NodeOutcome {
        var value: Value = .null
        var errors: [FEEL.Diagnostic] = []
        var reasons: [String] = []
        /// The rules of tables that answered, with their places in the model.
        var rules: [String] = []
        /// Why there was nothing to evaluate; such a node fails, even where an error is expected.
        var missing: String?
    }

    private func judge(_ result: TestCaseFile.Result, _ outcome: NodeOutcome) -> RuleTestResult.Node {
        var difference = self.difference(result, outcome)
        if let text = difference, !outcome.reasons.isEmpty {
            difference = text + " [" + outcome.reasons.prefix(3).joined(separator: "; ") + "]"
        } else if let text = difference, !outcome.rules.isEmpty {
            difference = text + "; decided by " + outcome.rules.suffix(Self.maximumRules).joined(separator: ", ")
        }
        return RuleTestResult.Node(
            name: result.name,
            expectsError: result.expectsError,
            passed: difference == nil,
            message: difference.map { "'\(result.name)': \($0)" } ?? ""
        )
    }

    private func difference(_ result: TestCaseFile.Result, _ outcome: NodeOutcome) -> String? {
        if let missing = outcome.missing {
            return missing
        }
        if result.expectsError {
            return outcome.value.isNull ? nil : "expected an error, got \(outcome.value)"
        }
        return result.expected.flatMap { ValueComparison.difference(expected: $0, actual: outcome.value) }
    }

    private func evaluate(_ test: TestCaseFile.Case, _ result: TestCaseFile.Result) -> NodeOutcome {
        switch test.kind {
        case .decision:
            guard
                let place = place(of: result.name, result.namespace, \.isDecision)
                    ?? place(of: result.name, result.namespace, \.isService)
            else {
                return NodeOutcome(missing: "the model has no such decision")
            }
            return evaluate(place, test)
        case .service(let name):
            guard let place = place(of: name, nil, \.isService) else {
                return NodeOutcome(missing: "the model has no decision service '\(name)'")
            }
            return pick(result.name, of: place, evaluate(place, test))
        case .knowledge(let name):
            return call(name, test)
        }
    }

    /// Of several outputs of a service the one asked for.
    private func pick(_ name: String, of place: Int, _ outcome: NodeOutcome) -> NodeOutcome {
        guard case .service(let unit) = model.core.units[place], unit.plan.shape != nil,
            case .context(let context) = outcome.value, let value = context[name]
        else {
            return outcome
        }
        var picked = outcome
        picked.value = value
        return picked
    }

    private func evaluate(_ place: Int, _ test: TestCaseFile.Case) -> NodeOutcome {
        let decision = model.makeDecision(place, given: overridden(test.inputs, except: place))
        let values = decision.inputs.map { value(for: $0, test.inputs) }
        let outcome = DecisionSession(decision, settings: settings).evaluate(values)
        return NodeOutcome(
            value: outcome.value,
            errors: outcome.explanation.errors,
            reasons: outcome.explanation.reasons,
            rules: Self.rules(outcome.explanation)
        )
    }

    private static func rules(_ explanation: Explanation) -> [String] {
        explanation.tables.flatMap { table in
            table.rules.map { "'\(table.table)' rule \($0.number) (\($0.id), line \($0.line))" }
        }
    }

    /// Decisions whose values a case gives.
    private func overridden(_ inputs: [TestCaseFile.Input], except goal: Int) -> [Int] {
        inputs.compactMap { input in
            place(of: input.name, input.namespace, \.isDecision)
        }
        .filter { $0 != goal }
    }

    private func value(for input: CompiledDecision.Input, _ given: [TestCaseFile.Input]) -> Value {
        if let exact = given.first(where: { $0.name == input.name && $0.namespace == input.namespace }) {
            return exact.value
        }
        var values: [String: Value] = [:]
        for other in given where other.namespace == nil || other.namespace == input.namespace {
            values[other.name] = other.value
        }
        return input.value(in: values)
    }

    private func call(_ name: String, _ test: TestCaseFile.Case) -> NodeOutcome {
        guard
            let place = place(
                of: name,
                nil,
                { element in
                    if case .knowledge = element.kind { true } else { false }
                }
            ), case .function(let function) = model.core.function(place)
        else {
            return NodeOutcome(missing: "the model has no business knowledge model '\(name)'")
        }
        let evaluation = Evaluation(limits: settings.limits, clock: settings.clock)
        let run = Run(evaluation)
        evaluation.host = run
        defer { evaluation.host = nil }
        let value = function.call(named: test.inputs.map { ($0.name, $0.value) }, run)
        return NodeOutcome(
            value: value,
            errors: evaluation.diagnostics,
            reasons: run.explanation.reasons
        )
    }

    /// The element of a name, of the model itself or of the model with the namespace given.
    private func place(of name: String, _ namespace: String?, _ isWanted: (Element) -> Bool) -> Int? {
        model.graph.elements.indices.first { place in
            let element = model.graph.elements[place]
            guard isWanted(element) else {
                return false
            }
            if let namespace {
                return element.name == name && model.graph.set.models[element.model].namespace == namespace
            }
            return model.qualifiedName(of: place) == name
        }
    }
}
