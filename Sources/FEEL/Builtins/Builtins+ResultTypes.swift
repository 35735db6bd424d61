extension Builtins {
    /// What every result of a signature conforms to, null apart (DMN 1.5, tables 72 to 83).
    static func resultType(of name: String, _ signature: Builtin.Signature) -> FEELType {
        guard let type = resultTypes[name] else { preconditionFailure("no result type is declared for '\(name)'") }
        return type ?? signature.parameters[0].type
    }

    /// The type of the results by the names of the functions; nil for that of the first argument.
    private static let resultTypes: [String: FEELType?] = {
        let entry = FEELType.context([.init(name: "key", type: .string), .init(name: "value", type: .any)])
        let groups: [(type: FEELType?, names: [String])] = [
            (
                .number,
                [
                    "number", "string length", "count", "sum", "product", "mean", "median", "stddev", "decimal",
                    "floor",
                    "ceiling", "round up", "round down", "round half up", "round half down", "modulo", "sqrt", "log",
                    "exp", "day of year", "week of year",
                ]
            ),
            (
                .string,
                [
                    "string", "substring", "upper case", "lower case", "substring before", "substring after", "replace",
                    "string join", "day of week", "month of year",
                ]
            ),
            (
                .boolean,
                [
                    "not", "is", "contains", "starts with", "ends with", "matches", "list contains", "all", "any",
                    "odd",
                    "even", "before", "after", "meets", "met by", "overlaps", "overlaps before", "overlaps after",
                    "finishes", "finished by", "includes", "during", "starts", "started by", "coincides",
                ]
            ),
            (.date, ["date", "today"]), (.time, ["time"]), (.dateAndTime, ["date and time", "now"]),
            (.yearsAndMonthsDuration, ["years and months duration"]), (.range(.any), ["range"]),
            (.list(.number), ["index of", "mode"]), (.list(.string), ["split"]), (.list(entry), ["get entries"]),
            (
                .list(.any),
                [
                    "append", "insert before", "remove", "list replace", "sublist", "reverse", "distinct values",
                    "union",
                    "concatenate", "flatten", "sort",
                ]
            ),
            (.anyContext, ["context", "context put", "context merge"]),
            (.any, ["duration", "get value", "min", "max"]), (nil, ["abs"]),
        ]
        var types: [String: FEELType?] = [:]
        for (type, names) in groups { for name in names { types[name] = .some(type) } }
        return types
    }()
}
