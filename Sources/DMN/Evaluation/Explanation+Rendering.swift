public import FEEL

extension Explanation {
    /// A decision that was made on the way, the one asked for last.
    public struct DecisionRecord: Sendable {
        /// The decision's name, with the import's name before it.
        public let name: String
        /// The decision's id.
        public let id: String
        /// Its value.
        public let value: Value
    }

    /// A decision table that was evaluated.
    public struct TableRecord: Sendable {
        /// The table's name.
        public let table: String
        /// The values of the input columns with their titles.
        public let inputs: [(title: String, value: Value)]
        /// The rules that matched, in order.
        public let rules: [RuleRecord]
        /// What the table answered.
        public let value: Value
    }

    /// A rule that matched.
    public struct RuleRecord: Sendable, Hashable {
        /// The rule's id.
        public let id: String
        /// The rule's number, from 1.
        public let number: Int
        /// The line of the model on which the rule begins; 0 when unknown.
        public let line: Int
        /// The rule's notes, with the titles of their columns.
        public let annotations: [String]
    }

    /// The decisions made, each after those it required.
    public var decisions: [DecisionRecord] {
        steps.compactMap { step in
            guard case .decision(let label) = step.kind else {
                return nil
            }
            return DecisionRecord(name: label.name, id: label.id, value: step.value)
        }
    }

    /// The tables evaluated, in order.
    public var tables: [TableRecord] {
        steps.compactMap { step in
            guard case .table(let table, let inputs, let rules) = step.kind else {
                return nil
            }
            return TableRecord(
                table: table.name,
                inputs: zip(table.inputs, inputs).map { (title: $0.title, value: $1) },
                rules: rules.map { table.record(of: $0) },
                value: step.value
            )
        }
    }

    /// The ids of all rules that matched, in the order of evaluation.
    public var matchedRules: [String] {
        steps.flatMap { step -> [String] in
            guard case .table(let table, _, let rules) = step.kind else {
                return []
            }
            return rules.map { table.source.rules[$0].id }
        }
    }

    /// Why values became null, each as a sentence with the place.
    public var reasons: [String] {
        errors.indices.map { index in
            let error = errors[index]
            let source = error.source.isEmpty ? "" : "\(error.source): "
            guard let place = cellErrors.last(where: { $0.errors.contains(index) }) else {
                return source + error.message
            }
            return source + "\(place.cell), position \(error.position.column): \(error.message)"
        }
    }
}
