import IEEEDecimal

extension Builtins {
    static let strings: [Builtin] = [
        Builtin(
            "substring",
            [
                .init(["string": .string, "start position": .number], optional: ["length": .number]) {
                    arguments,
                    call in
                    substring(arguments, call)
                }
            ]
        ),
        Builtin(
            "string length",
            [
                .init(["string": .string]) { arguments, _ in
                    guard case .string(let text) = arguments[0] else { return nil }
                    return .number(text.unicodeScalars.count)
                }
            ]
        ),
        Builtin(
            "upper case",
            [
                .init(["string": .string]) { arguments, call in
                    guard case .string(let text) = arguments[0] else { return nil }
                    guard call.count(Cost.letters(text)) else { return .null }
                    return call.bounded(text.uppercased())
                }
            ]
        ),
        Builtin(
            "lower case",
            [
                .init(["string": .string]) { arguments, call in
                    guard case .string(let text) = arguments[0] else { return nil }
                    guard call.count(Cost.letters(text)) else { return .null }
                    return call.bounded(text.lowercased())
                }
            ]
        ),
        Builtin(
            "substring before",
            [
                .init(["string": .string, "match": .string]) { arguments, _ in
                    guard case .string(let text) = arguments[0], case .string(let match) = arguments[1] else {
                        return nil
                    }
                    guard let found = Text.first(match, in: text) else { return .string("") }
                    return .string(String(text[..<found.lowerBound]))
                }
            ]
        ),
        Builtin(
            "substring after",
            [
                .init(["string": .string, "match": .string]) { arguments, _ in
                    guard case .string(let text) = arguments[0], case .string(let match) = arguments[1] else {
                        return nil
                    }
                    guard let found = Text.first(match, in: text) else { return .string("") }
                    return .string(String(text[found.upperBound...]))
                }
            ]
        ),
        Builtin(
            "contains",
            [
                .init(["string": .string, "match": .string]) { arguments, _ in
                    guard case .string(let text) = arguments[0], case .string(let match) = arguments[1] else {
                        return nil
                    }
                    return .boolean(Text.offset(of: match, in: text) != nil)
                }
            ]
        ),
        Builtin(
            "starts with",
            [
                .init(["string": .string, "match": .string]) { arguments, _ in
                    guard case .string(let text) = arguments[0], case .string(let match) = arguments[1] else {
                        return nil
                    }
                    return .boolean(text.utf8.starts(with: match.utf8))
                }
            ]
        ),
        Builtin(
            "ends with",
            [
                .init(["string": .string, "match": .string]) { arguments, _ in
                    guard case .string(let text) = arguments[0], case .string(let match) = arguments[1] else {
                        return nil
                    }
                    return .boolean(text.utf8.reversed().starts(with: match.utf8.reversed()))
                }
            ]
        ),
        Builtin(
            "string join",
            [
                .init(["list": .list(.any)], optional: ["delimiter": .string]) {
                    arguments,
                    call in join(arguments, call)
                }
            ]
        ),
    ]

    /// Code points from a position counted from 1, or from −1 at the end.
    private static func substring(_ arguments: [Value], _ call: Call) -> Value? {
        guard case .string(let text) = arguments[0], case .number(let number) = arguments[1],
            let start = Numbers.integer(number)
        else { return nil }
        let scalars = text.unicodeScalars
        let count = scalars.count
        guard start != 0, start >= -count, start <= count else {
            return call.fail(.argument, "no position \(start) in a string of \(count) characters")
        }
        let first = start > 0 ? start - 1 : count + start
        var length = count - first
        if arguments.count > 2 {
            guard case .number(let number) = arguments[2], let wanted = Numbers.integer(number) else { return nil }
            guard wanted >= 1, wanted <= length else {
                return call.fail(.argument, "no \(wanted) characters from position \(start) of \(count)")
            }
            length = wanted
        }
        let from = scalars.index(scalars.startIndex, offsetBy: first)
        let to = scalars.index(from, offsetBy: length)
        return call.bounded(String(scalars[from..<to]))
    }

    /// Strings of a list with a delimiter between them; null elements are left out.
    private static func join(_ arguments: [Value], _ call: Call) -> Value? {
        guard case .list(let list) = arguments[0] else { return nil }
        guard call.count(list.size >> 2) else { return .null }
        var parts: [String] = []
        for element in list {
            switch element {
            case .null: continue
            case .string(let text): parts.append(text)
            default: return call.fail(.type, "a \(element.typeName) among the strings")
            }
        }
        var delimiter = ""
        if arguments.count > 1, case .string(let text) = arguments[1] { delimiter = text }
        let total = parts.reduce(0) { $0 + $1.utf8.count + delimiter.utf8.count }
        guard total <= call.evaluation.limits.stringLength else { return call.fail(.limit, "the string is too long") }
        return call.bounded(parts.joined(separator: delimiter))
    }
}
