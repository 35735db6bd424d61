import IEEEDecimal

extension Builtins {
    static let lists: [Builtin] = [
        Builtin(
            "list contains",
            [
                .init(["list": .list(.any), "element": .any]) { arguments, _ in
                    guard case .list(let list) = arguments[0] else { return nil }
                    return .boolean(list.contains { $0.equals(arguments[1]).isTrue })
                }
            ]
        ),
        Builtin(
            "count",
            [
                .init(["list": .list(.any)]) { arguments, _ in
                    guard case .list(let list) = arguments[0] else { return nil }
                    return .number(list.count)
                }
            ]
        ),
        Builtin(
            "sublist",
            [
                .init(["list": .list(.any), "start position": .number], optional: ["length": .number]) {
                    arguments,
                    call in
                    sublist(arguments, call)
                }
            ]
        ),
        Builtin(
            "reverse",
            [
                .init(["list": .list(.any)]) { arguments, call in
                    guard case .list(let list) = arguments[0] else { return nil }
                    return call.bounded(list.elements.reversed())
                }
            ]
        ),
        Builtin(
            "index of",
            [
                .init(["list": .list(.any), "match": .any]) { arguments, call in
                    guard case .list(let list) = arguments[0] else { return nil }
                    let match = arguments[1]
                    return call.bounded(
                        list.elements.enumerated().filter { $0.element.equals(match).isTrue }.map {
                            .number($0.offset + 1)
                        }
                    )
                }
            ]
        ),
        Builtin(
            "distinct values",
            [
                .init(["list": .list(.any)]) { arguments, call in
                    guard case .list(let list) = arguments[0] else { return nil }
                    return distinct(list.elements, call)
                }
            ]
        ),
        Builtin(
            "union",
            [
                .gathering("list") { arguments, call in
                    guard let all = joined(arguments, call) else { return nil }
                    return distinct(all, call)
                }
            ]
        ),
        Builtin(
            "concatenate",
            [
                .gathering("list") { arguments, call in joined(arguments, call).map { call.bounded($0) } }
            ]
        ),
        Builtin(
            "flatten",
            [
                .init(["list": .list(.any)]) { arguments, call in
                    guard case .list(let list) = arguments[0] else { return nil }
                    var result: [Value] = []
                    guard flatten(list, into: &result, call) else { return call.fail(.limit, "the list is too long") }
                    return call.bounded(result)
                }
            ]
        ),
        Builtin(
            "sort",
            [
                .init(["list": .list(.any), "precedes": .anyFunction]) { arguments, call in sort(arguments, call) }
            ]
        ),
    ]

    private static func joined(_ lists: [Value], _ call: Call) -> [Value]? {
        var all: [Value] = []
        for value in lists {
            switch value {
            case .null: return nil
            case .list(let list): all += list.elements
            default: all.append(value)
            }
            guard all.count <= call.evaluation.limits.listCount else { return nil }
        }
        return all
    }

    static func distinct(_ elements: [Value], _ call: Call) -> Value {
        var result: [Value] = []
        var numbers: Set<Decimal128> = []
        var strings: Set<[UInt8]> = []
        guard call.count(elements.reduce(0) { $0 + $1.size }) else { return .null }
        for element in elements {
            switch element {
            case .number(let number): if numbers.insert(number).inserted { result.append(element) }
            case .string(let text): if strings.insert(Array(text.utf8)).inserted { result.append(element) }
            default:
                guard call.count(result.count) else { return .null }
                if !result.contains(where: { $0.equals(element).isTrue }) { result.append(element) }
            }
        }
        return call.bounded(result)
    }

    private static func flatten(_ list: List, into result: inout [Value], _ call: Call) -> Bool {
        for element in list {
            if case .list(let inner) = element {
                guard call.count(1), flatten(inner, into: &result, call) else { return false }
            } else {
                result.append(element)
                guard result.count <= call.evaluation.limits.listCount else { return false }
            }
        }
        return true
    }

    private static func sublist(_ arguments: [Value], _ call: Call) -> Value? {
        guard case .list(let list) = arguments[0], case .number(let number) = arguments[1],
            let start = Numbers.exactInteger(number)
        else { return nil }
        guard let first = list.offset(of: start) else {
            return call.fail(.argument, "no element \(start) in a list of \(list.count)")
        }
        var length = list.count - first
        if arguments.count > 2 {
            guard case .number(let number) = arguments[2], let wanted = Numbers.exactInteger(number) else { return nil }
            guard wanted >= 1, wanted <= length else {
                return call.fail(.argument, "no \(wanted) elements from element \(start) of \(list.count)")
            }
            length = wanted
        }
        return call.bounded(Array(list.elements[first..<first + length]))
    }

    private static func sort(_ arguments: [Value], _ call: Call) -> Value? {
        guard case .list(let list) = arguments[0], case .function(let precedes) = arguments[1],
            precedes.mayDecide(parameterCount: 2),
            list.allSatisfy({ precedes.accepts($0, at: 0) && precedes.accepts($0, at: 1) })
        else { return nil }
        let sorted = list.elements.sorted { left, right in
            call.evaluation.count(1)
                && precedes.call([left, right], names: nil, call.evaluation, at: call.position).isTrue
        }
        guard call.count(0) else { return .null }
        return .list(List(sorted))
    }
}

extension List {
    /// The index of a position counted from 1, or from −1 at the end; nil when there is none.
    func offset(of position: Int) -> Int? {
        if position > 0, position <= count { return position - 1 }
        if position < 0, position >= -count { return count + position }
        return nil
    }
}
