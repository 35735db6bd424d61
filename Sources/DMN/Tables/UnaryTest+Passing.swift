import FEEL

extension UnaryTest {
    /// Whether a value passes a test of constants; never for one that must be evaluated.
    func passes(_ value: Value) -> Bool {
        switch self {
        case .any: true
        case .equal(let constant): value.equals(constant).isTrue
        case .interval(let range): range.contains(value).isTrue
        case .isNull: value.isNull
        case .not(let tests): !tests.contains { $0.passes(value) }
        case .anyOf(let tests): tests.contains { $0.passes(value) }
        case .opaque: false
        }
    }

    /// Whether ``passes(_:)`` tells for every scalar what an evaluation does: negations differ for what cannot be compared.
    var isPlain: Bool {
        switch self {
        case .any, .equal, .interval, .isNull: true
        case .anyOf(let tests): tests.allSatisfy(\.isPlain)
        case .not, .opaque: false
        }
    }

    /// Whether the test, or one inside it, must be evaluated.
    var isOpaque: Bool {
        switch self {
        case .opaque: true
        case .not(let tests), .anyOf(let tests): tests.contains { $0.isOpaque }
        case .any, .equal, .interval, .isNull: false
        }
    }
}

extension UnaryTest {
    /// Whether some value of a type may pass; true when in doubt.
    func canPass(_ type: FEELType) -> Bool {
        let family: FEELType?
        switch self {
        case .any, .isNull, .not, .opaque: family = nil
        case .equal(let value): family = value.scalarType
        case .interval(let range): family = range.start.scalarType ?? range.end.scalarType
        case .anyOf(let tests): return tests.contains { $0.canPass(type) }
        }
        guard let family else {
            return true
        }
        return family == type || !type.isScalar
    }
}

extension FEELType {
    /// Whether values of the type have no parts and no conversion makes one of another.
    var isScalar: Bool {
        switch self {
        case .number, .string, .boolean, .time, .yearsAndMonthsDuration, .daysAndTimeDuration: true
        default: false
        }
    }
}

extension Value {
    /// The type of a scalar; nil for null and values with parts.
    var scalarType: FEELType? {
        switch self {
        case .number: .number
        case .string: .string
        case .boolean: .boolean
        case .date: .date
        case .time: .time
        case .dateAndTime: .dateAndTime
        case .yearsAndMonthsDuration: .yearsAndMonthsDuration
        case .daysAndTimeDuration: .daysAndTimeDuration
        case .null, .list, .context, .range, .function: nil
        }
    }
}
