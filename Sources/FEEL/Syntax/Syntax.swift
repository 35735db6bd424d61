/// A node of a parsed expression whose names are already bound to slots.
final class Syntax {
    let kind: Kind
    let position: SourcePosition
    /// What the value conforms to, where the text tells: used to find names, never to reject values.
    let type: FEELType
    /// Levels of nodes from here down.
    let height: Int

    /// The maximum height of an expression.
    static let maximumHeight = 250

    init(
        _ kind: Kind,
        at position: SourcePosition,
        type: FEELType = .any,
        over children: [Syntax] = []
    )
        throws(SyntaxError)
    {
        self.kind = kind
        self.position = position
        self.type = type.isLarge ? .any : type
        height = 1 + (children.lazy.map(\.height).max() ?? 0)
        guard height <= Self.maximumHeight else {
            throw SyntaxError(code: .limit, message: "an expression nested too deeply", position: position)
        }
    }

    /// A leaf.
    init(leaf kind: Kind, at position: SourcePosition, type: FEELType = .any) {
        self.kind = kind
        self.position = position
        self.type = type
        height = 1
    }

    enum Kind {
        case constant(Value)
        case slot(Int)
        /// A name that nothing declares.
        case unknown(String)
        /// A literal that stands for no value, with the reason.
        case invalid(String)
        /// A name in a filter: the member of the item if it has it, else what stands outside.
        case itemMember(name: String, itemSlot: Int, otherwise: Syntax)
        case negation(Syntax)
        /// Operators of one level of precedence, from left to right.
        case arithmetic(Syntax, [(operation: Arithmetic, operand: Syntax)])
        case conjunction([Syntax])
        case disjunction([Syntax])
        case comparison(Comparison, Syntax, Syntax)
        case between(Syntax, low: Syntax, high: Syntax)
        case membership(Syntax, tests: [Syntax], inputSlot: Int)
        case instanceOf(Syntax, FEELType)
        case conditional(Syntax, then: Syntax, otherwise: Syntax)
        case forLoop([Iterator], partialSlot: Int?, body: Syntax)
        case quantified(every: Bool, [Iterator], condition: Syntax)
        case filter(Syntax, itemSlot: Int, condition: Syntax)
        case path(Syntax, name: String)
        case call(Syntax, Arguments)
        case list([Syntax])
        case context([Entry])
        case range(start: Syntax, startIncluded: Bool, end: Syntax, endIncluded: Bool)
        case operatorRange(Comparison, Syntax)
        case function(FunctionSyntax)
        /// `-` in a cell.
        case anyTest
        /// `not(…)` round the tests of a cell.
        case negatedTests([Syntax])
        /// A test whose text mentions `?`: its boolean outcome counts.
        case condition(Syntax)
    }

    enum Arithmetic { case add, subtract, multiply, divide, power }

    enum Comparison: String {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    struct Iterator {
        let slot: Int
        let domain: Domain
        enum Domain {
            case collection(Syntax)
            case span(Syntax, Syntax)
        }
        var syntaxes: [Syntax] {
            switch domain {
            case .collection(let syntax): [syntax]
            case .span(let start, let end): [start, end]
            }
        }
    }

    struct Entry {
        let key: String
        let slot: Int
        let value: Syntax
    }

    enum Arguments {
        case positional([Syntax])
        case named([(name: String, value: Syntax)])
        var syntaxes: [Syntax] {
            switch self {
            case .positional(let values): values
            case .named(let pairs): pairs.map(\.value)
            }
        }
    }
}

extension Syntax {
    /// What every value conforms to, null apart; `Any` where the text does not tell for sure.
    ///
    /// ``type`` also guesses: it has the members of either branch of a choice, and takes a filter for no index.
    var certainType: FEELType {
        switch kind {
        case .filter(let source, _, let condition):
            switch condition.type {
            case .number: return source.certainType.element
            case .boolean: return .list(source.certainType.element)
            default: return .any
            }
        case .conditional(_, let then, let otherwise): return Self.common([then, otherwise])
        case .list(let items): return .list(Self.common(items))
        case .context(let entries):
            return .context(entries.map { FEELType.Entry(name: $0.key, type: $0.value.certainType) })
        case .forLoop(_, _, let body): return .list(body.certainType)
        case .path(let source, let name): return source.certainType.member(name) ?? .any
        case .itemMember: return .any
        case .function(let function):
            return .function(function.parameters.map(\.type), function.body?.certainType ?? .any)
        case .call(let callee, _): return callee.certainResult
        default: return type
        }
    }

    /// What calls of this expression answer.
    private var certainResult: FEELType {
        if case .constant(.function(let function)) = kind, case .builtin(let builtin) = function.implementation {
            let results = Set(builtin.signatures.map(\.result))
            return results.count == 1 ? builtin.signatures[0].result : .any
        }
        if case .function(_, let result) = certainType { return result }
        return .any
    }

    /// The type of all of several values; `Any` where they have different ones.
    private static func common(_ values: [Syntax]) -> FEELType {
        let types = values.map(\.certainType).filter { $0 != .null }
        guard let first = types.first else { return values.isEmpty ? .any : .null }
        return types.allSatisfy { $0 == first } ? first : .any
    }
}

extension Syntax.Comparison {
    /// The operator that a sign stands for; nil for every other sign.
    init?(_ sign: Token.Sign) {
        switch sign {
        case .equal: self = .equal
        case .notEqual: self = .notEqual
        case .less: self = .less
        case .lessOrEqual: self = .lessOrEqual
        case .greater: self = .greater
        case .greaterOrEqual: self = .greaterOrEqual
        default: return nil
        }
    }
}

/// A function written in an expression.
struct FunctionSyntax {
    let parameters: [Function.Parameter]
    /// The body; nil for an external function.
    let body: Syntax?
    /// Slots of the enclosing frame and the slots of the function's own frame they are copied to.
    let captures: [(outer: Int, inner: Int)]
    /// The slot of the enclosing frame that will hold this very function, when it has a name.
    let ownSlot: Int?
    let slotCount: Int
}
