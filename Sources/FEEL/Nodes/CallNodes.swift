/// A call of a built-in whose name is known.
final class BuiltinCallNode: Node, @unchecked Sendable {
    let builtin: Builtin
    let arguments: [Node]
    /// Where each argument goes, for each signature that the names fit; nil for positional arguments.
    let candidates: [Builtin.Candidate]
    private let direct: Builtin.DirectCall?

    init(
        _ builtin: Builtin,
        arguments: [Node],
        candidates: [Builtin.Candidate],
        isPlain: Bool,
        at position: SourcePosition
    ) {
        direct = isPlain ? nil : Builtin.DirectCall(builtin, candidates, count: arguments.count)
        self.builtin = builtin
        self.arguments = arguments
        self.candidates = candidates
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        let values = arguments.evaluate(frame)
        let call = Call(builtin.name, frame.evaluation, position)
        return direct?.call(values, call) ?? builtin.call(values, candidates, call)
    }

    override var weight: Int { arguments.reduce(Cost.builtinCall) { $0 + $1.weight } }
}

/// A call of whatever function the callee turns out to be.
final class CallNode: Node, @unchecked Sendable {
    let callee: Node
    let arguments: [Node]
    let names: [String]?
    /// Whether arguments may be written into the frame of the function called.
    private let isDirect: Bool

    init(_ callee: Node, arguments: [Node], names: [String]?, isPlain: Bool, at position: SourcePosition) {
        isDirect = names == nil && !isPlain
        self.callee = callee
        self.arguments = arguments
        self.names = names
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        let value = callee.evaluate(frame)
        guard case .function(let function) = value else {
            return frame.evaluation.fail(.invocation, at: position, "a \(value.typeName) cannot be called")
        }
        if isDirect, case .framed(let body) = function.implementation,
            function.parameters.count == arguments.count
        {
            return function.call(body, arguments, frame, at: position)
        }
        let values = arguments.evaluate(frame)
        return function.call(values, names: names, frame.evaluation, at: position)
    }

    override var weight: Int { arguments.reduce(Cost.call + callee.weight) { $0 + $1.weight } }
}

/// The code of a function written in an expression.
final class FunctionCode: Sendable {
    let body: Block?
    let height: Int
    let slotCount: Int

    init(body: Node?, height: Int, slotCount: Int) {
        self.body = body.map { Block($0, slotCount: slotCount) }
        self.height = height
        self.slotCount = slotCount
    }
}

/// A function written in an expression with the values it saw there.
struct Closure: Sendable {
    let code: FunctionCode
    /// Values and the slots of the function's frame they go to.
    let captures: [(slot: Int, value: Value)]
    /// The slot of the function's frame for the function itself.
    let ownSlot: Int?
}

/// A function definition: makes a function of the values seen there.
final class FunctionNode: Node, @unchecked Sendable {
    let parameters: [Function.Parameter]
    let bodyType: FEELType
    let code: FunctionCode
    let captures: [(outer: Int, inner: Int)]
    let ownSlot: Int?

    init(_ syntax: FunctionSyntax, body: Node?, at position: SourcePosition) {
        parameters = syntax.parameters
        bodyType = syntax.body?.certainType ?? .any
        code = FunctionCode(body: body, height: syntax.body?.height ?? 1, slotCount: syntax.slotCount)
        captures = syntax.captures.filter { $0.outer != syntax.ownSlot }
        ownSlot = syntax.captures.first { $0.outer == syntax.ownSlot }?.inner
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        let captured = captures.map { (slot: $0.inner, value: frame.slots[$0.outer]) }
        let depth = 1 + (captured.lazy.map(\.value.depth).max() ?? 0)
        let closure = Closure(code: code, captures: captured, ownSlot: ownSlot)
        let function = Function(
            name: "",
            parameters: parameters,
            resultType: .any,
            bodyType: bodyType,
            depth: depth,
            implementation: .closure(closure)
        )
        return frame.evaluation.bounded(.function(function), at: position)
    }

    override var weight: Int { 8 + captures.count }
}
