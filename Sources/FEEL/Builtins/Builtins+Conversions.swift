import IEEEDecimal

extension Builtins {
    static let conversions: [Builtin] = [
        Builtin(
            "number",
            [
                .init(["from": .string]) { arguments, call in
                    guard case .string(let text) = arguments[0] else { return nil }
                    return number(text, grouping: nil, decimal: ".", call)
                },
                .init(["from": .string, "grouping separator": .string, "decimal separator": .string]) {
                    arguments,
                    call in
                    guard case .string(let text) = arguments[0] else { return nil }
                    return number(text, arguments[1], arguments[2], call)
                },
            ]
        ),
        Builtin(
            "string",
            [
                .init(["from": .any]) { arguments, call in
                    guard call.count(Cost.text(of: arguments[0])), let text = arguments[0].text else { return .null }
                    return call.bounded(text)
                }
            ]
        ),
        Builtin(
            "range",
            [
                .init(["from": .string]) { arguments, call in
                    guard case .string(let text) = arguments[0] else { return nil }
                    guard call.count(Cost.range(text)) else { return .null }
                    return RangeText.range(text).map(Value.range)
                        ?? call.fail(.argument, "\(arguments[0]) is no range of literals")
                }
            ]
        ),
    ]

    private static func number(_ text: String, _ grouping: Value, _ decimal: Value, _ call: Call) -> Value? {
        var separators: [String?] = [nil, nil]
        for (index, value) in [grouping, decimal].enumerated() {
            switch value {
            case .null: continue
            case .string(let text): separators[index] = text
            default: return nil
            }
        }
        if let grouping = separators[0], ![" ", ",", "."].contains(grouping) {
            return call.fail(.argument, "the grouping separator must be a space, a comma or a full stop")
        }
        if let decimal = separators[1], ![",", "."].contains(decimal) {
            return call.fail(.argument, "the decimal separator must be a comma or a full stop")
        }
        if let grouping = separators[0], grouping == separators[1] {
            return call.fail(.argument, "the separators must differ")
        }
        return number(text, grouping: separators[0], decimal: separators[1] ?? ".", call)
    }

    private static func number(_ text: String, grouping: String?, decimal: String, _ call: Call) -> Value {
        guard call.count(Cost.parsing(text)) else { return .null }
        var plain = ""
        var scalars = text.unicodeScalars.filter { String($0) != grouping }
        let isNegative = scalars.first == "-"
        if isNegative { scalars.removeFirst() }
        var points = 0
        var digits = 0
        for scalar in scalars {
            if String(scalar) == decimal {
                points += 1
                plain.unicodeScalars.append(".")
            } else if scalar.value >= 0x30, scalar.value <= 0x39 {
                digits += 1
                plain.unicodeScalars.append(scalar)
            } else if (scalar == "e" || scalar == "E" || scalar == "+" || scalar == "-") && digits > 0 {
                plain.unicodeScalars.append(scalar)
            } else {
                return call.fail(.argument, "\(Value.quoted(text)) is no number")
            }
        }
        guard points <= 1, digits > 0, digits <= 10_000, plain.last != ".", let number = Decimal128(plain),
            number.isFinite
        else { return call.fail(.argument, "\(Value.quoted(text)) is no number") }
        return .number(isNegative ? -number : number)
    }
}

/// Reads ranges of literals, as the function `range` takes them (grammar rule 66).
enum RangeText {
    static func range(_ text: String) -> RangeValue? {
        var scalars = Array(text.unicodeScalars)
        while let last = scalars.last, Name.isSpace(last) { scalars.removeLast() }
        scalars = Array(scalars.drop { Name.isSpace($0) })
        guard scalars.count >= 4, scalars.count <= 10_000, let open = scalars.first, let close = scalars.last,
            ["[", "(", "]"].contains(open), ["]", ")", "["].contains(close), let middle = dots(scalars)
        else { return nil }
        let (startIncluded, endIncluded) = (open == "[", close == "]")
        guard let start = end(scalars[1..<middle]), let end = end(scalars[(middle + 2)..<(scalars.count - 1)]) else {
            return nil
        }
        if start.isNull && (end.isNull || startIncluded) { return nil }
        if end.isNull && endIncluded { return nil }
        if !start.isNull && !end.isNull {
            guard let order = start.compare(end), order <= 0 else { return nil }
        }
        return RangeValue(
            start: start,
            startIncluded: startIncluded,
            end: end,
            endIncluded: endIncluded,
            form: start.isNull || end.isNull ? .comparison : .interval
        )
    }

    /// The index of the two dots outside strings.
    private static func dots(_ scalars: [Unicode.Scalar]) -> Int? {
        var isQuoted = false
        var index = 1
        while index < scalars.count - 2 {
            if isQuoted && scalars[index] == "\\" {
                index += 2
                continue
            }
            if scalars[index] == "\"" { isQuoted.toggle() }
            if !isQuoted && scalars[index] == "." && scalars[index + 1] == "." { return index }
            index += 1
        }
        return nil
    }

    /// One end: null for no text, a literal's value; nil for anything else.
    private static func end(_ scalars: ArraySlice<Unicode.Scalar>) -> Value? {
        let text = String(String.UnicodeScalarView(scalars))
        if scalars.allSatisfy(Name.isSpace) { return .null }
        var parser = Parser(text, scope: Scope())
        guard let syntax = try? parser.parseWholeExpression(), isLiteral(syntax) else { return nil }
        var compiler = Compiler()
        guard let value = (compiler.compile(syntax) as? ConstantNode)?.value, value.compare(value) != nil else {
            return nil
        }
        return value
    }

    private static func isLiteral(_ syntax: Syntax) -> Bool {
        switch syntax.kind {
        case .constant(let value): return !value.isNull
        case .negation(let inner): return isLiteral(inner)
        case .call(let callee, .positional(let arguments)):
            guard case .constant(.function(let function)) = callee.kind,
                ["date", "time", "date and time", "duration"].contains(function.name)
            else { return false }
            return arguments.allSatisfy { argument in
                if case .constant = argument.kind { return true }
                return false
            }
        default: return false
        }
    }
}
