extension Builtins {
    static let contexts: [Builtin] = [
        Builtin(
            "get value",
            [
                .init(["m": .anyContext, "key": .string]) { arguments, call in
                    guard case .context(let context) = arguments[0], case .string(let key) = arguments[1] else {
                        return nil
                    }
                    return context[key] ?? call.fail(.argument, "there is no entry '\(key)'")
                }
            ]
        ),
        Builtin(
            "get entries",
            [
                .init(["m": .anyContext]) { arguments, call in
                    guard case .context(let context) = arguments[0] else { return nil }
                    guard call.count(context.count) else { return .null }
                    return call.bounded(
                        zip(context.shape.keys, context.values).map { key, value in
                            .context(Context(shape: entryShape, values: [.string(key), value]))
                        }
                    )
                }
            ]
        ),
        Builtin(
            "context",
            [
                .init(["entries": .list(.anyContext)]) { arguments, call in
                    guard case .list(let list) = arguments[0] else { return nil }
                    return context(list, call)
                }
            ]
        ),
        Builtin(
            "context put",
            [
                .init(["context": .anyContext, "key": .string, "value": .any]) { arguments, call in
                    guard case .context(let context) = arguments[0], case .string(let key) = arguments[1] else {
                        return nil
                    }
                    guard call.count(Cost.put(context)) else { return .null }
                    return call.evaluation.bounded(.context(context.putting(arguments[2], for: key)), at: call.position)
                },
                .init(["context": .anyContext, "keys": .list(.string), "value": .any]) { arguments, call in
                    guard case .context(let context) = arguments[0], let keys = keys(arguments[1])?[...] else {
                        return nil
                    }
                    guard call.count(keys.count * Cost.put(context)) else { return .null }
                    return put(context, keys, arguments[2]).map {
                        call.evaluation.bounded(.context($0), at: call.position)
                    }
                },
            ]
        ),
        Builtin(
            "context merge",
            [
                .init(["contexts": .list(.anyContext)]) { arguments, call in
                    guard case .list(let list) = arguments[0] else { return nil }
                    guard case .context(var merged)? = list.first ?? .context(Context()) else { return nil }
                    for element in list.dropFirst() {
                        guard case .context(let context) = element else { return nil }
                        let entries = merged.count + context.count
                        guard call.count(Cost.contextMade(entries: entries)) else { return .null }
                        merged = merged.merging(context, &call.evaluation.mergedShapes)
                    }
                    return call.evaluation.bounded(.context(merged), at: call.position)
                }
            ]
        ),
    ]

    private static let entryShape = ContextShape(["key", "value"])

    /// A key, or the keys of a list.
    private static func keys(_ value: Value) -> [String]? {
        switch value {
        case .string(let key): return [key]
        case .list(let list):
            var keys: [String] = []
            for element in list {
                guard case .string(let key) = element else { return nil }
                keys.append(key)
            }
            return keys.isEmpty ? nil : keys
        default: return nil
        }
    }

    private static func context(_ entries: List, _ call: Call) -> Value? {
        var result: [(key: String, value: Value)] = []
        var keys: Set<String> = []
        guard call.count(Cost.contextMade(entries: entries.count)) else { return .null }
        for entry in entries {
            guard case .context(let entry) = entry, case .string(let key) = entry["key"], let value = entry["value"]
            else { return nil }
            guard keys.insert(key).inserted else { return call.fail(.argument, "the key '\(key)' occurs twice") }
            result.append((key, value))
        }
        return call.evaluation.bounded(.context(Context(result)), at: call.position)
    }

    /// The context with a value put at the end of a path of keys; nil where the path leaves the contexts.
    private static func put(_ context: Context, _ keys: ArraySlice<String>, _ value: Value) -> Context? {
        guard let first = keys.first, keys.count <= 100 else { return nil }
        guard keys.count > 1 else { return context.putting(value, for: first) }
        guard case .context(let inner) = context[first], let changed = put(inner, keys.dropFirst(), value) else {
            return nil
        }
        return context.putting(.context(changed), for: first)
    }

    static let miscellaneous: [Builtin] = [
        Builtin(
            "is",
            [
                .init(["value1": .any, "value2": .any]) { arguments, call in
                    guard call.count(arguments[0].size >> 2) else { return .null }
                    return .boolean(arguments[0].isSame(arguments[1]))
                }
            ]
        ),
        Builtin(
            "not",
            [
                .init(["negand": .boolean]) { arguments, _ in
                    if case .boolean(let boolean) = arguments[0] { return .boolean(!boolean) }
                    return .null
                }
            ]
        ),
    ]
}
