import IEEEDecimal

extension Builtins {
    static let listEdits: [Builtin] = [
        Builtin(
            "append",
            [
                .gathering("item", first: "list") { arguments, call in
                    guard case .list(let list) = FEELType.list(.any).converting(arguments[0]) else { return nil }
                    return call.bounded(list.elements + arguments.dropFirst())
                }
            ]
        ),
        Builtin(
            "insert before",
            [
                .init(["list": .list(.any), "position": .number, "newItem": .any]) { arguments, call in
                    edit(arguments, call) { elements, offset in elements.insert(arguments[2], at: offset) }
                }
            ]
        ),
        Builtin(
            "remove",
            [
                .init(["list": .list(.any), "position": .number]) { arguments, call in
                    edit(arguments, call) { elements, offset in elements.remove(at: offset) }
                }
            ]
        ),
        Builtin(
            "list replace",
            [
                .init(["list": .list(.any), "position": .number, "newItem": .any]) { arguments, call in
                    edit(arguments, call) { elements, offset in elements[offset] = arguments[2] }
                },
                .init(["list": .list(.any), "match": .anyFunction, "newItem": .any]) { arguments, call in
                    replaceMatches(arguments, call)
                },
            ]
        ),
    ]

    private static func edit(
        _ arguments: [Value],
        _ call: Call,
        _ change: (inout [Value], Int) -> Void
    ) -> Value? {
        guard case .list(let list) = arguments[0], case .number(let number) = arguments[1],
            let position = Numbers.exactInteger(number)
        else { return nil }
        guard let offset = list.offset(of: position) else {
            return call.fail(.argument, "no element \(position) in a list of \(list.count)")
        }
        var elements = list.elements
        change(&elements, offset)
        return call.bounded(elements)
    }

    private static func replaceMatches(_ arguments: [Value], _ call: Call) -> Value? {
        guard case .list(let list) = arguments[0], case .function(let match) = arguments[1],
            match.mayDecide(parameterCount: 2), match.accepts(arguments[2], at: 1),
            list.allSatisfy({ match.accepts($0, at: 0) })
        else { return nil }
        var elements = list.elements
        for (offset, element) in elements.enumerated() {
            guard call.count(1) else { return .null }
            switch match.call([element, arguments[2]], names: nil, call.evaluation, at: call.position) {
            case .boolean(true): elements[offset] = arguments[2]
            case .boolean(false): break
            default: return call.fail(.type, "the match function must give a boolean")
            }
        }
        return call.bounded(elements)
    }
}

extension Builtin.Signature {
    /// A signature of one argument or more, all passed on as they are, the first of them under its own name.
    static func gathering(_ name: String, first: String? = nil, _ body: @escaping Builtin.Body) -> Self {
        var parameters = [Builtin.Parameter(name: name, type: .any)]
        if let first { parameters.insert(Builtin.Parameter(name: first, type: .any), at: 0) }
        return Self(gathering: parameters, body)
    }
}
