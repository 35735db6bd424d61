package import FEEL
import IEEEDecimal
package import Vocabulary

extension PackedMemory {
    /// The packed value of JSON, equal to ``PolicyValue/value(_:as:_:)`` of it without a type.
    ///
    /// Bails out for what has no packed form, such as numbers of more than 18 digits and names that are not in ASCII.
    package func packed(_ json: JSON) throws(PackedBailout) -> PackedValue {
        switch json {
        case .null: return .null
        case .bool(let value): return PackedValue(value)
        case .number(let number):
            var text = number.text
            if let value = text.withUTF8({ try? self.value(json: $0) }) { return value }
            guard let value = Decimal128(number.text) else { throw PackedBailout() }
            return try self.number(value)
        case .string(var text):
            let result = text.withUTF8 { bytes in
                Result { () throws(PackedBailout) in try string(bytes) }
            }
            return try result.get()
        case .array(let elements):
            let place = try allocate(elements.count)
            for (index, element) in elements.enumerated() { put(try packed(element), at: place + index) }
            return try list(at: place, count: elements.count)
        case .object(let object): return try packed(object)
        }
    }

    /// The packed context of a JSON object; see ``packed(_:)-(JSON)``.
    package func packed(_ object: JSONObject) throws(PackedBailout) -> PackedValue {
        let place = try allocate(object.count)
        var (shape, index) = (0, 0)
        for member in object.members {
            guard let key = shapes.key(member.key) else { throw PackedBailout() }
            shape = try shapes.adding(key, to: shape)
            put(try packed(member.value), at: place + index)
            index += 1
        }
        return try context(shape, at: place, count: index)
    }
}
