import FEEL

/// Compiled decision logic: boxed expressions with every name resolved to a slot of a frame.
///
/// A value is immutable and may be evaluated by several threads at once, each with its own frame. The depth is
/// bounded by the reader, so that evaluation may recurse.
indirect enum Logic: Sendable {
    /// A value that is known.
    case constant(Value)
    /// The value of a slot.
    case variable(Int)
    /// Text of the expression language.
    case expression(Expression)
    /// A decision table.
    case table(CompiledTable)
    /// Entries, each evaluated into its slot; the result is `result`, or else a context of all.
    case context(entries: [Entry], shape: ContextShape, result: Logic?)
    /// A list.
    case list([Logic])
    /// A list of contexts of one shape.
    case relation(ContextShape, rows: [[Logic]])
    /// A choice.
    case conditional(condition: Logic, then: Logic, otherwise: Logic)
    /// The items of a list that match.
    case filter(list: Logic, condition: ItemCondition)
    /// One value for each item of a list; slots of the item and of the results so far.
    case iteration(list: Logic, item: Int, partial: Int, result: Logic)
    /// Whether some item, or every item, satisfies a condition.
    case quantified(list: Logic, item: Int, condition: Logic, every: Bool)
    /// A call with named arguments.
    case invocation(called: Logic, name: String, arguments: [Argument])
    /// A function that sees the slots before its own.
    case function(CompiledFunction)
    /// A value that must have a type; the text says what it is.
    case typed(Logic, DataType, what: String)
    /// Logic that could not be compiled: null, with the reason.
    case failure(FEEL.Diagnostic.Kind, String)

    /// An entry of a context.
    struct Entry: Sendable {
        let slot: Int
        let value: Logic
    }

    /// A named argument.
    struct Argument: Sendable {
        let name: String
        let value: Logic
    }

    /// The value when it is known before evaluation.
    var constant: Value? {
        switch self {
        case .constant(let value): value
        case .expression(let expression): expression.constant
        default: nil
        }
    }
}
