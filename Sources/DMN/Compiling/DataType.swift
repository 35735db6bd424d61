import FEEL

/// A type of a model: the expression language's type, and the constraints that item definitions add to it.
final class DataType: Sendable {
    /// The type as the expression language sees it.
    let type: FEELType
    /// The constraints on values; nil when there are none.
    let constraint: TypeConstraint?
    /// The name by which messages call it.
    let name: String
    /// What item definitions demand of a function's arguments and results; nil for a type that is not of functions.
    let signature: FunctionSignature?
    /// Tells most values that conform without looking at the type.
    let quick: QuickCheck

    static let any = DataType(type: .any, constraint: nil, name: "Any")

    init(
        type: FEELType,
        constraint: TypeConstraint? = nil,
        name: String? = nil,
        signature: FunctionSignature? = nil
    ) {
        self.type = type
        self.constraint = constraint
        self.name = name ?? type.description
        self.signature = signature ?? Self.signature(of: type)
        quick = constraint == nil ? QuickCheck(type) : .slow
    }

    /// Whether every value conforms.
    var isAny: Bool { quick == .any }

    /// Whether the language's own type is all there is to it.
    var isLanguageType: Bool { constraint == nil && signature?.isConstrained != true }

    private static func signature(of type: FEELType) -> FunctionSignature? {
        guard case .function(let parameters, let result) = type else { return nil }
        return FunctionSignature(parameters: parameters.map { DataType(type: $0) }, result: DataType(type: result))
    }

    /// The value after implicit conversions (clause 10.3.2.9.4), or nil when it does not conform.
    func converting(_ value: Value, _ evaluation: Evaluation) -> Value? {
        guard let converted = type.converting(value) else {
            return nil
        }
        if let signature, case .function(let function) = converted {
            return signature.constraining(function, evaluation).map { .function($0) }
        }
        guard let constraint, !converted.isNull else {
            return converted
        }
        return constraint.accepts(converted, evaluation) ? converted : nil
    }

    /// The value after implicit conversions, or null with the reason recorded.
    func coercing(_ value: Value, _ evaluation: Evaluation, what: @autoclosure () -> String) -> Value {
        if quick.passes(value) {
            return value
        }
        evaluation.charge(value)
        guard let converted = converting(value, evaluation) else {
            return evaluation.fail(
                .type,
                at: SourcePosition(),
                "\(what()) is \(value), which does not conform to \(name)"
            )
        }
        return converted
    }
}
