import IEEEDecimal

extension Value {
    /// The text of the function `string`; nil for null.
    public var text: String? {
        switch self {
        case .null: nil
        case .string(let string): string
        default: description
        }
    }

    /// The type a constant has.
    var staticType: FEELType {
        switch self {
        case .null: .null
        case .boolean: .boolean
        case .number: .number
        case .string: .string
        case .date: .date
        case .time: .time
        case .dateAndTime: .dateAndTime
        case .yearsAndMonthsDuration: .yearsAndMonthsDuration
        case .daysAndTimeDuration: .daysAndTimeDuration
        case .list: .list(.any)
        case .context(let context):
            .context(zip(context.shape.keys, context.values).map { .init(name: $0, type: $1.staticType) })
        case .range: .range(.any)
        case .function(let function): function.type
        }
    }

    /// The kind of value, for messages.
    public var typeName: String {
        switch self {
        case .null: "null"
        case .boolean: "boolean"
        case .number: "number"
        case .string: "string"
        case .date: "date"
        case .time: "time"
        case .dateAndTime: "date and time"
        case .yearsAndMonthsDuration: "years and months duration"
        case .daysAndTimeDuration: "days and time duration"
        case .list: "list"
        case .context: "context"
        case .range: "range"
        case .function: "function"
        }
    }
}

extension Value: CustomStringConvertible {
    /// The value in the form of a literal; strings in quotes, dates and times bare.
    public var description: String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .number(let number): number.isZero ? number.magnitude.plainDescription : number.plainDescription
        case .string(let string): Self.quoted(string)
        case .date(let date): date.description
        case .time(let time): time.description
        case .dateAndTime(let moment): moment.description
        case .yearsAndMonthsDuration(let duration): duration.description
        case .daysAndTimeDuration(let duration): duration.description
        case .list(let list): "[" + list.map(\.description).joined(separator: ", ") + "]"
        case .context(let context): context.description
        case .range(let range): range.description
        case .function(let function): function.description
        }
    }

    static func quoted(_ string: String) -> String {
        var result = String.UnicodeScalarView()
        result.append("\"")
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": result.append(contentsOf: "\\\"".unicodeScalars)
            case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\r": result.append(contentsOf: "\\r".unicodeScalars)
            case "\t": result.append(contentsOf: "\\t".unicodeScalars)
            default: result.append(scalar)
            }
        }
        result.append("\"")
        return String(result)
    }
}

extension Context: CustomStringConvertible {
    /// The entries in braces, keys in quotes where they are no names.
    public var description: String {
        let entries = zip(shape.keys, values).map { key, value in "\(Self.written(key)): \(value)" }
        return "{" + entries.joined(separator: ", ") + "}"
    }

    /// A key as a name where it is one, else in quotes.
    private static func written(_ key: String) -> String {
        guard let first = key.unicodeScalars.first, Name.isStart(first), Name.normalised(key) == key,
            key.unicodeScalars.allSatisfy({ Name.isPart($0) || Name.isAdditionalSymbol($0) || $0 == " " })
        else { return Value.quoted(key) }
        return key
    }
}

extension RangeValue: CustomStringConvertible {
    /// The range as a literal.
    public var description: String {
        switch form {
        case .equal: return "(=\(Self.end(start)))"
        case .notEqual: return "(!=\(Self.end(start)))"
        case .comparison where start.isNull: return "(\(endIncluded ? "<=" : "<")\(Self.end(end)))"
        case .comparison: return "(\(startIncluded ? ">=" : ">")\(Self.end(start)))"
        case .interval:
            let low = (startIncluded ? "[" : "(") + (start.isNull ? "" : Self.end(start))
            let high = (end.isNull ? "" : Self.end(end)) + (endIncluded ? "]" : ")")
            return low + ".." + high
        }
    }

    private static func end(_ value: Value) -> String {
        switch value {
        case .number, .string, .null, .boolean: value.description
        default: "@\"\(value.description)\""
        }
    }
}

extension Function: CustomStringConvertible {
    /// The word `function` and the parameters.
    public var description: String {
        let list = parameters.map { $0.type == .any ? $0.name : "\($0.name): \($0.type)" }.joined(separator: ", ")
        return "function(\(list))"
    }
}
