package import FEEL
import IEEEDecimal
package import Vocabulary

/// Values between the wire and the expression language.
package enum PolicyValue {
    /// The value of JSON as a type: strings are read as dates, times and durations where the type says so.
    ///
    /// Whoever reads many values of the same form passes a `pool`, so that they share the shapes of their contexts.
    package static func value(_ json: JSON, as type: FEELType = .any, _ pool: ShapePool? = nil) -> Value {
        switch json {
        case .null: return .null
        case .bool(let value): return .boolean(value)
        case .number(let number):
            guard let value = Decimal128(number.text), value.isFinite else { return .null }
            return .number(value)
        case .string(let text): return string(text, as: type)
        case .array(let elements):
            let element: FEELType = if case .list(let inner) = type { inner } else { .any }
            return .list(elements.map { value($0, as: element, pool) })
        case .object(let object): return .context(context(object, as: type, pool))
        }
    }

    private static func string(_ text: String, as type: FEELType) -> Value {
        switch type {
        case .date, .time, .dateAndTime, .yearsAndMonthsDuration, .daysAndTimeDuration:
            Value(parsing: text, as: type) ?? .string(text)
        default: .string(text)
        }
    }

    private static func context(_ object: JSONObject, as type: FEELType, _ pool: ShapePool?) -> Context {
        if let pool, case .any = type {
            var (keys, values): ([String], [Value]) = ([], [])
            keys.reserveCapacity(object.count)
            values.reserveCapacity(object.count)
            for member in object.members {
                keys.append(member.key)
                values.append(value(member.value, as: .any, pool))
            }
            // Keys of other bytes may be equal in the language.
            if keys.allSatisfy({ $0.utf8.allSatisfy { $0 < 128 } }) {
                return Context(shape: pool.shape(keys), values: values)
            }
        }
        var types: [String: FEELType] = [:]
        if case .context(let entries) = type { for entry in entries { types[entry.name] = entry.type } }
        return Context(
            object.map { member in (key: member.key, value: value(member.value, as: types[member.key] ?? .any)) }
        )
    }

    /// The JSON of a value: numbers keep their digits, dates and durations are strings, functions are null.
    package static func json(_ value: Value) -> JSON {
        switch value {
        case .null, .function: return .null
        case .boolean(let value): return .bool(value)
        case .number(let number):
            return JSONNumber(text: number.description).map(JSON.number) ?? .string(number.description)
        case .string(let text): return .string(text)
        case .list(let list): return .array(list.elements.map(json))
        case .context(let context):
            return .object(JSONObject(context.entries.map { JSONObject.Member(key: $0.key, value: json($0.value)) }))
        default: return value.text.map(JSON.string) ?? .null
        }
    }
}
