/// A decision table: input columns, output columns, rules and the policy for rules that match together.
public struct DecisionTable: Sendable {
    /// An input column.
    public struct Input: Sendable {
        /// A title for people.
        public var label: String?
        /// What is tested.
        public var expression: Text
        /// The type of what is tested, as written.
        public var typeRef: String?
        /// Unary tests that what is tested must satisfy.
        public var allowedValues: Text?
        /// Where it stands.
        public var location: Location

        /// The title for people, or else the expression.
        public var title: String { label ?? expression.source }
    }

    /// An output column.
    public struct Output: Sendable {
        /// The name of the component; nil when there is only one.
        public var name: String?
        /// A title for people.
        public var label: String?
        /// The type as written.
        public var typeRef: String?
        /// The values allowed, in descending priority.
        public var allowedValues: Text?
        /// The value when no rule matches.
        public var defaultEntry: Text?
        /// Where it stands.
        public var location: Location

        /// The name, or else the title for people.
        public var title: String { name ?? label ?? "result" }
    }

    /// A rule: one cell for each column.
    public struct Rule: Sendable {
        /// The rule's id; made from its number when the file has none.
        public var id: String
        /// Unary tests, one for each input.
        public var inputs: [Text]
        /// Expressions, one for each output.
        public var outputs: [Text]
        /// Notes for people.
        public var annotations: [String]
        /// Where it stands.
        public var location: Location
    }

    /// The name of the table for messages.
    public var name: String
    /// What happens when several rules match.
    public var hitPolicy: HitPolicy
    /// The input columns.
    public var inputs: [Input]
    /// The output columns.
    public var outputs: [Output]
    /// The titles of the annotations.
    public var annotations: [String]
    /// The rules in order.
    public var rules: [Rule]
    /// Where it stands.
    public var location: Location
}
