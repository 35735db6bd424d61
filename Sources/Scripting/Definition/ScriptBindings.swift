import FEEL
import IEEEDecimal
import Policies
import Vocabulary

/// The values that texts and expressions see at a step.
struct ScriptBindings {
    /// `customer`, `agent`, `conversation` and `context`.
    var subject: ScriptSubject
    /// The variables of the script that is running.
    var variables: [String: JSON]
    /// The values of sensitive variables, where they may be seen.
    var secrets: [String: JSON] = [:]

    /// The value of a name; nil if it has none.
    func json(_ name: String) -> JSON? {
        if let value = secrets[name] ?? variables[name] { return value }
        return subject[name]
    }

    /// The value of a name for an expression.
    func value(_ name: String, as type: ScriptType) -> Value {
        guard let json = json(name) else { return .null }
        return ScriptValue.value(json, as: type)
    }
}

/// Converts values between sessions, which store JSON, and expressions.
enum ScriptValue {
    /// Converts JSON to a value of a type; money becomes the number of its amount.
    static func value(_ json: JSON, as type: ScriptType) -> Value {
        if type == .money, let amount = json["amount"]?.string, let number = Decimal128(amount) {
            return .context(
                Context([("amount", .number(number)), ("currency", .string(json["currency"]?.string ?? ""))])
            )
        }
        return PolicyValue.value(json, as: type.feelType)
    }

    /// Converts a value to JSON; an amount with a currency becomes money in the wire format.
    static func json(_ value: Value) -> JSON {
        switch value {
        case .context(let context):
            if let money = money(context) { return money }
            return .object(JSONObject(context.entries.map { JSONObject.Member(key: $0.key, value: json($0.value)) }))
        case .list(let list): return .array(list.elements.map(json))
        case .number(let number):
            return JSONNumber(text: number.plainDescription).map(JSON.number) ?? PolicyValue.json(value)
        default: return PolicyValue.json(value)
        }
    }

    /// Converts an object to JSON; a number `amount` with a `currency` becomes money in the wire format.
    static func keepingMoney(_ object: JSONObject) -> JSON {
        guard object.count == 2, case .number(let amount)? = object["amount"],
            let currency = object["currency"]?.string, ScriptType.isCurrency(currency)
        else { return .object(object) }
        return ["amount": .string(amount.text), "currency": .string(currency)]
    }

    private static func money(_ context: Context) -> JSON? {
        guard context.count == 2, case .number(let amount)? = context["amount"],
            case .string(let currency)? = context["currency"]
        else { return nil }
        return .object(["amount": .string(amount.plainDescription), "currency": .string(currency)])
    }
}
