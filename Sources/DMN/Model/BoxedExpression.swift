/// A piece of decision logic with the type its value must have.
public struct BoxedExpression: Sendable {
    /// The kinds of boxed expressions of DMN 1.5 (clause 10.2).
    public indirect enum Kind: Sendable {
        /// FEEL text.
        case literal(Text)
        /// A decision table.
        case table(DecisionTable)
        /// Named entries, of which the one without a name is the result.
        case context([ContextEntry])
        /// A call with named arguments.
        case invocation(called: BoxedExpression?, bindings: [Binding])
        /// A function.
        case function(FunctionDefinition)
        /// A list of rows with named columns.
        case relation(columns: [InformationItem], rows: [[BoxedExpression]])
        /// A list.
        case list([BoxedExpression])
        /// A choice.
        case conditional(condition: BoxedExpression, then: BoxedExpression, otherwise: BoxedExpression)
        /// The items of a list that match.
        case filter(list: BoxedExpression, match: BoxedExpression)
        /// One value for each item of a list.
        case iteration(variable: String, list: BoxedExpression, result: BoxedExpression)
        /// Whether some item satisfies a condition.
        case some(variable: String, list: BoxedExpression, condition: BoxedExpression)
        /// Whether every item satisfies a condition.
        case every(variable: String, list: BoxedExpression, condition: BoxedExpression)
    }

    /// An entry of a boxed context; without a name it is the context's result.
    public struct ContextEntry: Sendable {
        /// The name and type of the entry; nil for the result.
        public var variable: InformationItem?
        /// The value; nil when the entry is empty.
        public var value: BoxedExpression?
    }

    /// An argument of a boxed invocation.
    public struct Binding: Sendable {
        /// The parameter meant.
        public var parameter: InformationItem
        /// The argument; nil when it is left empty.
        public var value: BoxedExpression?
    }

    /// What it is.
    public var kind: Kind
    /// The type's name as written.
    public var typeRef: String?
    /// Where it stands.
    public var location: Location

    /// Makes a piece of logic.
    public init(_ kind: Kind, typeRef: String? = nil, location: Location = Location()) {
        self.kind = kind
        self.typeRef = typeRef
        self.location = location
    }
}

/// A function: parameters and a body.
public struct FunctionDefinition: Sendable {
    /// Who carries the function out.
    public enum Kind: String, Sendable, CaseIterable {
        /// The body is FEEL or a boxed expression.
        case feel = "FEEL"
        /// A method of a Java class; not supported.
        case java = "Java"
        /// A predictive model; not supported.
        case pmml = "PMML"
    }

    /// Who carries it out.
    public var kind: Kind
    /// The parameters in order.
    public var parameters: [InformationItem]
    /// The body; nil when it is left empty.
    public var body: BoxedExpression?
    /// The type of the result as written.
    public var typeRef: String?
    /// Where it stands.
    public var location: Location
}
