/// Reads strings, numbers and truth values with errors that say where and what.
enum Scalars {
    static func string(_ json: JSON, at path: @autoclosure () -> JSONPath) throws(JSONDecodingError) -> String {
        guard case .string(let value) = json else { throw path().mismatch("a string") }
        return value
    }

    static func bool(_ json: JSON, at path: @autoclosure () -> JSONPath) throws(JSONDecodingError) -> Bool {
        guard case .bool(let value) = json else { throw path().mismatch("true or false") }
        return value
    }

    static func double(_ json: JSON, at path: @autoclosure () -> JSONPath) throws(JSONDecodingError) -> Double {
        guard case .number(let number) = json, let value = number.double else { throw path().mismatch("a number") }
        return value
    }

    static func integer<I: FixedWidthInteger>(
        _ json: JSON,
        at path: @autoclosure () -> JSONPath
    ) throws(JSONDecodingError) -> I {
        guard case .number(let number) = json, let value = number.integer(as: I.self) else {
            throw path().mismatch(Expectation.integer(I.self))
        }
        return value
    }
}
