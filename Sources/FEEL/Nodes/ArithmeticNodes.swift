import IEEEDecimal

final class NegationNode: Node, @unchecked Sendable {
    let operand: Node

    init(_ operand: Node, at position: SourcePosition) {
        self.operand = operand
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        let value = operand.evaluate(frame)
        return value.minus
            ?? frame.evaluation.fail(.type, at: position, "a \(value.typeName) has no negative")
    }

    override var weight: Int { 1 + operand.weight }
}

/// One operator.
final class ArithmeticNode: Node, @unchecked Sendable {
    let operation: Syntax.Arithmetic
    let left: Node
    let right: Node

    init(_ operation: Syntax.Arithmetic, _ left: Node, _ right: Node, at position: SourcePosition) {
        self.operation = operation
        self.left = left
        self.right = right
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        Self.apply(operation, left.evaluate(frame), right.evaluate(frame), frame, position)
    }

    override var weight: Int { 2 + left.weight + right.weight }

    @inline(__always)
    static func apply(
        _ operation: Syntax.Arithmetic,
        _ left: Value,
        _ right: Value,
        _ frame: Frame,
        _ position: SourcePosition
    ) -> Value {
        if case .number(let left) = left, case .number(let right) = right, operation != .divide, operation != .power {
            let result = operation == .add ? left + right : operation == .subtract ? left - right : left * right
            if result.isFinite { return .number(result) }
        }
        return general(operation, left, right, frame, position)
    }

    private static func general(
        _ operation: Syntax.Arithmetic,
        _ left: Value,
        _ right: Value,
        _ frame: Frame,
        _ position: SourcePosition
    ) -> Value {
        let evaluation = frame.evaluation
        if operation == .power, case .number(let base) = left, case .number(let exponent) = right {
            guard evaluation.count(Cost.power(base, exponent)) else {
                return evaluation.failForWork(at: position)
            }
        }
        guard let result = Value.apply(operation, left, right) else {
            return fail(operation, left, right, evaluation, position)
        }
        if case .string(let text) = result { return evaluation.bounded(text, at: position) }
        return result
    }

    private static func fail(
        _ operation: Syntax.Arithmetic,
        _ left: Value,
        _ right: Value,
        _ evaluation: Evaluation,
        _ position: SourcePosition
    ) -> Value {
        if operation == .divide, case .number(let divisor) = right, divisor.isZero {
            return evaluation.fail(.arithmetic, at: position, "division by zero")
        }
        if case .number = left, case .number = right {
            return evaluation.fail(.arithmetic, at: position, "the result of \(operation) is no number in range")
        }
        return evaluation.fail(
            .type,
            at: position,
            "\(operation) does not take a \(left.typeName) and a \(right.typeName)"
        )
    }
}

/// Several operators of one level, from left to right.
final class ArithmeticChainNode: Node, @unchecked Sendable {
    let first: Node
    let operations: [(operation: Syntax.Arithmetic, operand: Node)]

    init(_ first: Node, _ operations: [(operation: Syntax.Arithmetic, operand: Node)], at position: SourcePosition) {
        self.first = first
        self.operations = operations
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        var result = first.evaluate(frame)
        for (operation, operand) in operations {
            if operation == .add, case .string(var text) = result {
                // The text grows in place, which copying it out of the value would prevent.
                result = .null
                let right = operand.evaluate(frame)
                if case .string(let more) = right {
                    text += more
                    result = frame.evaluation.bounded(text, at: position)
                } else {
                    result = ArithmeticNode.apply(operation, .string(text), right, frame, position)
                }
                continue
            }
            result = ArithmeticNode.apply(operation, result, operand.evaluate(frame), frame, position)
        }
        return result
    }

    override var weight: Int { operations.reduce(first.weight) { $0 + 2 + $1.operand.weight } }
}
