import FEEL

/// Contexts, lists, relations and functions.
extension LogicCompiler {
    mutating func compile(
        _ entries: [BoxedExpression.ContextEntry],
        in outer: Scope,
        expected: DataType
    ) -> CompiledLogic {
        var scope = outer
        var compiled: [ContextLogic.Entry] = []
        var types: [FEELType.Entry] = []
        var known: [(name: String, value: Assurance)] = []
        for entry in entries {
            guard let variable = entry.variable else {
                let result = compile(entry.value, in: scope, expected: expected)
                let logic = ContextLogic(entries: compiled, shape: ContextShape([]), result: result.logic)
                return CompiledLogic(.context(logic), type: result.type, assurance: result.assurance)
            }
            guard !types.contains(where: { $0.name == variable.name }) else {
                let message = "the context has the entry '\(variable.name)' twice"
                report(Finding(.error, .duplicate, message, at: variable.location))
                continue
            }
            let value = compile(entry: variable, entry.value, in: scope)
            let slot = scope.declare(variable.name, type: value.type)
            reserve(scope)
            compiled.append(ContextLogic.Entry(slot: slot, value: value.logic))
            types.append(FEELType.Entry(name: variable.name, type: value.type))
            known.append((variable.name, value.assurance))
        }
        let logic = ContextLogic(entries: compiled, shape: ContextShape(types.map(\.name)), result: nil)
        return CompiledLogic(.context(logic), type: .context(types), assurance: assured(.context(known)))
    }

    private mutating func compile(
        entry variable: InformationItem,
        _ value: BoxedExpression?,
        in scope: Scope
    ) -> CompiledLogic {
        let declared = types.type(named: variable.typeRef, at: variable.location)
        let compiled = compile(value, in: scope, expected: declared)
        check(compiled, against: declared, at: variable.location)
        return compiled.typed(declared, what: "entry '\(variable.name)'")
    }

    mutating func compile(_ items: [BoxedExpression], in scope: Scope) -> CompiledLogic {
        let compiled = items.map { compile($0, in: scope) }
        let first = compiled.first?.type ?? .any
        let type = compiled.allSatisfy { $0.type == first } ? first : .any
        return CompiledLogic(.list(compiled.map(\.logic)), type: .list(type))
    }

    mutating func compile(
        _ columns: [InformationItem],
        _ rows: [[BoxedExpression]],
        in scope: Scope
    ) -> CompiledLogic {
        guard Set(columns.map(\.name)).count == columns.count else {
            let message = "the relation has a column twice"
            report(Finding(.error, .duplicate, message, at: columns.first?.location ?? Location()))
            return CompiledLogic(.failure(.invocation, message))
        }
        let declared = columns.map { types.type(named: $0.typeRef, at: $0.location) }
        let compiled = rows.map { row in
            columns.indices.map { column -> Logic in
                let cell = compile(column < row.count ? row[column] : nil, in: scope, expected: declared[column])
                return cell.typed(declared[column], what: "the cell in column '\(columns[column].name)'").logic
            }
        }
        let entries = zip(columns, declared).map { FEELType.Entry(name: $0.name, type: $1.type) }
        return CompiledLogic(
            .relation(ContextShape(columns.map(\.name)), rows: compiled),
            type: .list(.context(entries))
        )
    }

    /// A boxed function, which sees the names around it.
    mutating func compile(_ function: FunctionDefinition, in outer: Scope, expected: DataType) -> CompiledLogic {
        let compiled = compile(function, named: "function", in: outer, signature: expected.signature)
        return CompiledLogic(.function(compiled), type: compiled.type)
    }

    /// A function whose first slots are those of a scope.
    ///
    /// - Parameters:
    ///   - function: The function as it was written.
    ///   - name: Its name for messages.
    ///   - outer: The names around it.
    ///   - signature: That of the function type it is declared to have from outside; gives types to parameters that have
    ///     none of their own.
    ///   - result: The type that results must have, and that tables take the order of their outputs from.
    /// - Returns: The function, compiled.
    mutating func compile(
        _ function: FunctionDefinition,
        named name: String,
        in outer: Scope,
        signature: FunctionSignature?,
        result: DataType = .any
    ) -> CompiledFunction {
        let declared = types.type(named: function.typeRef, at: function.location)
        let signature = signature ?? declared.signature
        var scope = outer
        var parameters: [(name: String, type: DataType)] = []
        for (index, parameter) in function.parameters.enumerated() {
            var type = types.type(named: parameter.typeRef, at: parameter.location)
            if parameter.typeRef == nil, let signature, index < signature.parameters.count {
                type = signature.parameters[index]
            }
            scope.declare(parameter.name, type: type.type)
            parameters.append((parameter.name, type))
        }
        reserve(scope)
        let bodyType = declared.signature?.result ?? declared
        let body = compileBody(of: function, named: name, in: scope, type: bodyType, result: result)
        return CompiledFunction(
            name: name,
            parameters: parameters,
            result: result,
            bodyType: declaredType(ofBodyOf: function, bodyType),
            firstSlot: outer.slotCount,
            slotCount: slotCount,
            body: body
        )
    }

    /// The type that a function's results or its body are declared with.
    private mutating func declaredType(ofBodyOf function: FunctionDefinition, _ declared: DataType) -> FEELType {
        guard declared.isAny, function.kind == .feel, let body = function.body else {
            return declared.type
        }
        let type = types.type(named: body.typeRef, at: body.location)
        if case .function = body.kind, type.signature == nil { return .any }
        return type.type
    }

    private mutating func compileBody(
        of function: FunctionDefinition,
        named name: String,
        in scope: Scope,
        type: DataType,
        result: DataType
    ) -> Logic {
        guard function.kind == .feel else {
            let message = "'\(name)' is an external \(function.kind.rawValue) function, which is not supported"
            report(Finding(.warning, .unsupported, message, at: function.location))
            return .failure(.unsupported, message)
        }
        return compile(function.body, in: scope, expected: result).typed(type, what: "the value").logic
    }
}
