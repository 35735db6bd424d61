/// What a built-in knows of the call it serves.
struct Call {
    let name: String
    let evaluation: Evaluation
    let position: SourcePosition

    init(_ name: String, _ evaluation: Evaluation, _ position: SourcePosition) {
        self.name = name
        self.evaluation = evaluation
        self.position = position
    }

    /// Records why the result is null.
    func fail(_ kind: Diagnostic.Kind, _ message: @autoclosure () -> String) -> Value {
        evaluation.fail(kind, at: position, "\(name): \(message())")
    }

    /// Counts steps of work; false, with the reason recorded, when the budget is used up.
    func count(_ steps: Int) -> Bool {
        if evaluation.count(steps) { return true }
        evaluation.failForWork(at: position)
        return false
    }

    /// The list, unless it is too long or too deep.
    func bounded(_ elements: [Value]) -> Value { evaluation.bounded(List(elements), at: position) }

    /// The text, unless it is too long.
    func bounded(_ text: String) -> Value {
        evaluation.bounded(text, at: position)
    }
}

/// A function of chapter 10.3.4 with its signatures.
final class Builtin: Sendable {
    /// What a signature does; nil when an argument is null or otherwise of no use to it.
    typealias Body = @Sendable (_ arguments: [Value], _ call: Call) -> Value?

    struct Parameter: Sendable {
        let name: String
        let type: FEELType
        let quick: QuickCheck

        init(name: String, type: FEELType) {
            self.name = name
            self.type = type
            quick = QuickCheck(type)
        }
    }

    struct Signature: Sendable {
        let parameters: [Parameter]
        /// The first so many parameters must be given.
        let required: Int
        /// Whether the one parameter also takes its elements as so many arguments.
        let isVariadic: Bool
        /// What every result conforms to, null apart; `Any` where that depends on the arguments.
        fileprivate(set) var result = FEELType.any
        let body: Body

        /// Whether arguments are gathered into the one list parameter.
        var gathersOneList: Bool { isVariadic && parameters[0].type != .any }
    }

    /// A signature that the number or the names of arguments fit.
    struct Candidate: Sendable {
        let signature: Int
        /// For each argument the parameter it is for; nil for arguments in order.
        let order: [Int]?
    }

    let name: String
    let signatures: [Signature]
    /// Whether the result depends on the arguments alone.
    let isPure: Bool

    init(_ name: String, isPure: Bool = true, _ signatures: [Signature]) {
        self.name = name
        self.signatures = signatures.map { signature in
            var signature = signature
            signature.result = Builtins.resultType(of: name, signature)
            return signature
        }
        self.isPure = isPure
    }

    /// The signatures that so many arguments, or arguments of these names, fit.
    ///
    /// Of several signatures that take the same names, the one with the parameters in the arguments' order comes first.
    func candidates(count: Int, names: [String]?) -> [Candidate] {
        let fitting: [Candidate] = signatures.indices.compactMap { index in
            let signature = signatures[index]
            guard let names else {
                let fits = count >= signature.required && count <= signature.parameters.count
                return fits || (signature.isVariadic && count > 0) ? Candidate(signature: index, order: nil) : nil
            }
            var order: [Int] = []
            for name in names {
                guard let position = signature.parameters.firstIndex(where: { $0.name == name }) else { return nil }
                order.append(position)
            }
            return Candidate(signature: index, order: order)
        }
        let inOrder = fitting.filter { $0.order == nil || $0.order?.elementsEqual(0..<($0.order?.count ?? 0)) == true }
        return inOrder + fitting.filter { candidate in !inOrder.contains { $0.signature == candidate.signature } }
    }

    /// The result of the first candidate that takes the arguments.
    func call(_ arguments: [Value], _ candidates: [Candidate], _ call: Call) -> Value {
        for argument in arguments { call.evaluation.charge(argument) }
        guard !call.evaluation.isExhausted else { return call.evaluation.failForWork(at: call.position) }
        for candidate in candidates {
            let signature = signatures[candidate.signature]
            guard let values = Self.arranged(arguments, candidate, signature) else { continue }
            if let result = signature.body(values, call) { return result }
        }
        return refuse(arguments, call)
    }

    private func refuse(_ arguments: [Value], _ call: Call) -> Value {
        call.fail(.invocation, "does not take (" + arguments.map(\.typeName).joined(separator: ", ") + ")")
    }

    /// A signature that is called with its arguments in order, known when a call is compiled.
    final class DirectCall: Sendable {
        private let builtin: Builtin
        private let checks: [QuickCheck]
        private let types: [FEELType]
        private let body: Body

        /// Takes the candidates of a call; nil when there are several, or arguments have to be put in order.
        init?(_ builtin: Builtin, _ candidates: [Candidate], count: Int) {
            guard candidates.count == 1, let only = candidates.first, only.order == nil else { return nil }
            let signature = builtin.signatures[only.signature]
            guard !signature.isVariadic || (signature.gathersOneList && count == 1) else { return nil }
            self.builtin = builtin
            checks = signature.parameters.prefix(count).map(\.quick)
            types = signature.parameters.prefix(count).map(\.type)
            body = signature.body
        }

        /// The result for as many arguments as the call has.
        func call(_ arguments: consuming [Value], _ call: Call) -> Value {
            var arguments = arguments
            for index in checks.indices {
                call.evaluation.charge(arguments[index])
            }
            guard !call.evaluation.isExhausted else { return call.evaluation.failForWork(at: call.position) }
            for index in checks.indices where !checks[index].passes(arguments[index]) {
                guard let value = types[index].converting(arguments[index]) else {
                    return builtin.refuse(arguments, call)
                }
                arguments[index] = value
            }
            return body(arguments, call) ?? builtin.refuse(arguments, call)
        }
    }

    /// The arguments in order and converted; nil when one does not conform.
    private static func arranged(_ arguments: [Value], _ candidate: Candidate, _ signature: Signature) -> [Value]? {
        var values = arguments
        if let order = candidate.order {
            values = [Value](
                repeating: .null,
                count: max(signature.required, (order.max() ?? -1) + 1)
            )
            for (position, argument) in zip(order, arguments) { values[position] = argument }
        } else if signature.gathersOneList, arguments.count != 1 {
            return [.list(List(arguments))]
        }
        for (index, parameter) in signature.parameters.enumerated() where index < values.count {
            // Most arguments stay as they are; writing them would copy the array.
            if parameter.quick.passes(values[index]) || parameter.type.accepts(values[index]) { continue }
            guard let converted = parameter.type.converting(values[index]) else { return nil }
            values[index] = converted
        }
        return values
    }
}

extension Builtin.Signature {
    /// A signature of parameters written as name and type.
    init(
        _ parameters: KeyValuePairs<String, FEELType>,
        optional: KeyValuePairs<String, FEELType> = [:],
        _ body: @escaping Builtin.Body
    ) {
        self.parameters = (Array(parameters) + Array(optional)).map { Builtin.Parameter(name: $0.key, type: $0.value) }
        required = parameters.count
        isVariadic = false
        self.body = body
    }

    /// A signature of one list that may also be given as its elements.
    static func variadic(_ body: @escaping @Sendable (_ elements: [Value], _ call: Call) -> Value?) -> Self {
        Self(parameters: [Builtin.Parameter(name: "list", type: .list(.any))], required: 1, isVariadic: true) {
            arguments,
            call in
            guard case .list(let list) = arguments[0] else { return nil }
            guard call.count(list.size >> 2) else { return .null }
            return body(list.elements, call)
        }
    }

    init(gathering parameters: [Builtin.Parameter], _ body: @escaping Builtin.Body) {
        self.init(parameters: parameters, required: 1, isVariadic: true, body: body)
    }
}
