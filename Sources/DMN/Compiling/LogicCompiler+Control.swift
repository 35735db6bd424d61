import FEEL

/// Calls, choices, filters and iterators.
extension LogicCompiler {
    mutating func compile(
        call called: BoxedExpression?,
        _ bindings: [BoxedExpression.Binding],
        in scope: Scope,
        at location: Location
    ) -> CompiledLogic {
        guard let called else {
            let message = "the invocation names no function"
            report(Finding(.error, .missing, message, at: location))
            return CompiledLogic(.failure(.invocation, message))
        }
        let function = compile(called, in: scope)
        let arguments = bindings.map { binding in
            let declared = types.type(named: binding.parameter.typeRef, at: binding.parameter.location)
            let value = compile(binding.value, in: scope, expected: declared)
            let typed = value.typed(declared, what: "argument '\(binding.parameter.name)'")
            return Logic.Argument(name: binding.parameter.name, value: typed.logic)
        }
        var name = "the expression"
        if case .literal(let text) = called.kind {
            name = ModelReader.normalized(text.source)
        }
        var result = FEELType.any
        if case .function(_, let type) = function.type {
            result = type
        }
        return CompiledLogic(.invocation(called: function.logic, name: name, arguments: arguments), type: result)
    }

    mutating func compile(
        _ condition: BoxedExpression,
        _ then: BoxedExpression,
        _ otherwise: BoxedExpression,
        in scope: Scope,
        expected: DataType
    ) -> CompiledLogic {
        let condition = compile(condition, in: scope)
        let then = compile(then, in: scope, expected: expected)
        let otherwise = compile(otherwise, in: scope, expected: expected)
        return CompiledLogic(
            .conditional(condition: condition.logic, then: then.logic, otherwise: otherwise.logic),
            type: then.type == otherwise.type ? then.type : .any
        )
    }

    mutating func compile(filter list: BoxedExpression, _ match: BoxedExpression, in outer: Scope) -> CompiledLogic {
        let list = compile(list, in: outer)
        return CompiledLogic(
            .filter(list: list.logic, condition: compileCondition(match, itemType: list.type.itemType, in: outer)),
            type: list.type
        )
    }

    private mutating func compileCondition(
        _ match: BoxedExpression,
        itemType: FEELType,
        in outer: Scope
    ) -> ItemCondition {
        var scope = outer
        var entries: [(name: String, slot: Int)] = []
        if case .context(let members) = itemType {
            entries = members.map { (name: $0.name, slot: scope.declare($0.name, type: $0.type)) }
        }
        let slot = scope.declare("item", type: itemType)
        if entries.isEmpty, let filter = dynamicFilter(match, in: outer, beside: scope) {
            return ItemCondition(logic: .constant(.null), item: slot, entries: [], filter: filter)
        }
        return ItemCondition(logic: compile(match, in: scope).logic, item: slot, entries: entries, filter: nil)
    }

    /// A filter of the language with a match whose names only the items at run time can tell; nil when all are known.
    private mutating func dynamicFilter(
        _ match: BoxedExpression,
        in outer: Scope,
        beside scope: Scope
    ) -> (expression: Expression, slot: Int)? {
        guard case .literal(let text) = match.kind, match.typeRef == nil,
            let plain = try? Expression(text.source, in: scope), !plain.unknownNames.isEmpty
        else {
            return nil
        }
        var scope = outer
        let name = "list with one item"
        let slot = scope.declare(name, type: .list(.any))
        guard let expression = try? Expression("\(name)[\(text.source)\n]", in: scope),
            expression.unknownNames.isEmpty
        else {
            return nil
        }
        slotCountAtLeast(expression.slotCount)
        return (expression, slot)
    }

    mutating func compile(
        for variable: String,
        _ list: BoxedExpression,
        _ result: BoxedExpression,
        in outer: Scope
    ) -> CompiledLogic {
        let list = compile(list, in: outer)
        var scope = outer
        let partial = scope.declare("partial", type: .list(.any))
        let item = scope.declare(variable, type: list.type.itemType)
        let result = compile(result, in: scope)
        return CompiledLogic(
            .iteration(list: list.logic, item: item, partial: partial, result: result.logic),
            type: .list(result.type)
        )
    }

    mutating func compile(
        quantified variable: String,
        _ list: BoxedExpression,
        _ condition: BoxedExpression,
        every: Bool,
        in outer: Scope
    ) -> CompiledLogic {
        let list = compile(list, in: outer)
        var scope = outer
        let item = scope.declare(variable, type: list.type.itemType)
        let condition = compile(condition, in: scope)
        return CompiledLogic(
            .quantified(list: list.logic, item: item, condition: condition.logic, every: every),
            type: .boolean
        )
    }
}
