import DMN
package import FEEL
import Spelling
package import Vocabulary

extension Policy {
    /// One evaluation ends within about a hundredth of a second, so that no policy takes the server from the others.
    private static let maximumSteps = 20_000
    /// Values in one answer; what is sent stays within about a megabyte.
    private static let maximumValueSize = 20_000

    /// The answer of a decision.
    package struct Answer: Sendable {
        /// The value; null also stands for an error, which `because` then tells.
        package let result: JSON
        /// How it came about: the rules that matched, then why values became null.
        package let because: [String]
        /// Why values became null.
        package let failures: [String]
    }

    /// Evaluates a decision with those of the offered values that the model has inputs for.
    ///
    /// For callers who know more than an author may want to look at.
    ///
    /// - Parameters:
    ///   - decision: its name.
    ///   - offer: the values by name.
    ///   - now: the moment of `now()` and `today()`.
    /// - Returns: the value and its reasons.
    /// - Throws: ``PolicyError`` `notFound` for an unknown decision.
    package func evaluate(
        _ decision: String,
        offering offer: JSONObject,
        now: @escaping () -> DateAndTime
    ) throws -> Answer {
        let names = Set(model.source.inputData.map(\.name))
        let input = JSONObject(offer.members.filter { names.contains($0.key) })
        return try evaluate(decision, input: input, now: now)
    }

    /// Evaluates a decision or decision service with values as they come over the wire.
    ///
    /// Strings become dates, times and durations where the model declares such inputs; numbers are read by their text,
    /// so they are exact.
    ///
    /// - Parameters:
    ///   - decision: its name.
    ///   - input: the values by name.
    ///   - now: the moment of `now()` and `today()`.
    /// - Returns: the value and its reasons.
    /// - Throws: ``PolicyError`` `notFound` for an unknown decision, `invalid` for an input that the model does not know.
    package func evaluate(_ decision: String, input: JSONObject, now: @escaping () -> DateAndTime) throws -> Answer {
        let compiled: CompiledDecision
        do {
            compiled = try model.decision(named: decision)
        } catch {
            let question = NearestName.question(decision, among: model.decisionNames + model.serviceNames)
            throw PolicyError(.notFound, error.message + question, argument: "decision")
        }
        let known = Dictionary(compiled.inputs.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
        var values: [String: Value] = [:]
        for member in input {
            guard known[member.key] != nil || isInput(member.key, of: compiled) else {
                throw PolicyError(
                    .invalid,
                    "the model has no input “\(member.key)”"
                        + NearestName.question(member.key, among: model.source.inputData.map(\.name)),
                    argument: "input.\(member.key)"
                )
            }
            values[member.key] = PolicyValue.value(member.value, as: known[member.key] ?? .any)
        }
        var limits = EvaluationSettings.defaultLimits
        limits.steps = Self.maximumSteps
        limits.valueSize = Self.maximumValueSize
        limits.listCount = Self.maximumValueSize
        let outcome = compiled.evaluate(values, settings: EvaluationSettings(limits: limits, clock: now))
        return Answer(
            result: PolicyValue.json(outcome.value),
            because: Self.reasons(outcome.explanation),
            failures: outcome.explanation.reasons
        )
    }

    /// Whether a name is an input of the model, though this decision may not need it, or leads to imported ones.
    private func isInput(_ name: String, of decision: CompiledDecision) -> Bool {
        model.source.inputData.contains { $0.name == name }
            || decision.inputs.contains {
                $0.qualifier == name || $0.qualifier.map { name.hasPrefix($0 + ".") } ?? false
            }
    }

    private static func reasons(_ explanation: Explanation) -> [String] {
        let rules = explanation.tables.flatMap { table in
            table.rules.map { rule in
                let notes = rule.annotations.isEmpty ? "" : ": " + rule.annotations.joined(separator: "; ")
                return "\(table.table): rule \(rule.number) (\(rule.id))\(notes)"
            }
        }
        return rules + explanation.reasons
    }
}
