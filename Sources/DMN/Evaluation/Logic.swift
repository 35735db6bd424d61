import FEEL

/// Compiled decision logic: boxed expressions with every name resolved to a slot of a frame.
///
/// A value is immutable and may be evaluated by several threads at once, each with its own frame. The depth is
/// bounded by the reader, so that evaluation may recurse. What stands on the way of every decision is one reference, so
/// that looking at it copies little.
enum Logic: Sendable {
    /// A value that is known.
    case constant(Value)
    /// The value of a slot.
    case variable(Int)
    /// Text of the expression language.
    case expression(Expression)
    /// A decision table.
    case table(CompiledTable)
    /// Entries, and a context of all or a result.
    case context(ContextLogic)
    /// A list.
    case list([Logic])
    /// A list of contexts of one shape.
    case relation(ContextShape, rows: [[Logic]])
    /// A choice.
    indirect case conditional(condition: Logic, then: Logic, otherwise: Logic)
    /// The items of a list that match.
    indirect case filter(list: Logic, condition: ItemCondition)
    /// One value for each item of a list; slots of the item and of the results so far.
    indirect case iteration(list: Logic, item: Int, partial: Int, result: Logic)
    /// Whether some item, or every item, satisfies a condition.
    indirect case quantified(list: Logic, item: Int, condition: Logic, every: Bool)
    /// A call with named arguments.
    indirect case invocation(called: Logic, name: String, arguments: [Argument])
    /// A function that sees the slots before its own.
    case function(CompiledFunction)
    /// A value that must have a type.
    case typed(TypedLogic)
    /// Logic that could not be compiled: null, with the reason.
    case failure(FEEL.Diagnostic.Kind, String)

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

/// A boxed context: entries, each evaluated into its slot.
final class ContextLogic: Sendable {
    /// An entry of a context.
    struct Entry: Sendable {
        let slot: Int
        let value: Logic
    }

    /// The entries, in order.
    let entries: [Logic]
    /// The slots of the entries.
    let slots: [Int]
    private let slotCount: Int
    /// The names of the entries.
    let shape: ContextShape
    /// What the context answers instead of a context of all entries.
    let result: Logic?

    init(entries: [Entry], shape: ContextShape, result: Logic?) {
        self.entries = entries.map(\.value)
        slots = entries.map(\.slot)
        slotCount = 1 + (slots.max() ?? 0)
        self.shape = shape
        self.result = result
    }

    func evaluate(_ frame: Frame, _ run: Run) -> Value {
        frame.reserve(slotCount)
        for index in entries.indices {
            frame.put(entries[index].evaluate(frame, run), into: slots[index])
        }
        if let result {
            return result.evaluate(frame, run)
        }
        return .context(Context(shape: shape) { frame[slots[$0]] })
    }
}

/// A value that must have a type.
final class TypedLogic: Sendable {
    /// What gives the value.
    let logic: Logic
    /// The type.
    let type: DataType
    /// What the value is, for messages.
    let what: String

    init(_ logic: Logic, _ type: DataType, what: String) {
        self.logic = logic
        self.type = type
        self.what = what
    }

    func evaluate(_ frame: Frame, _ run: Run) -> Value {
        let value = logic.evaluate(frame, run)
        return type.quick.passes(value) ? value : type.coercing(value, run.evaluation, what: what)
    }
}
