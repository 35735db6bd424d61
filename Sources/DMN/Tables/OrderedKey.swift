import FEEL
import IEEEDecimal

/// The families of values whose order a column index knows.
enum OrderedFamily: Int, Sendable, CaseIterable {
    case number
    case date
    case yearsAndMonths
    case daysAndTime
}

/// A value of one ordered family, as what its order depends on.
///
/// Only keys of one family may be compared.
struct OrderedKey: Sendable {
    /// Numbers as they are; other families as whole counts (days, months, nanoseconds).
    enum Content: Sendable {
        case number(Decimal128)
        case count(Int128)
    }

    let content: Content
    /// Never greater for a smaller key: a quick first comparison.
    let approximation: Double

    /// The family and key of a value; nil for values without one.
    @inline(__always)
    static func of(_ value: Value) -> (family: OrderedFamily, key: OrderedKey)? {
        switch value {
        case .number(let number):
            guard number.isFinite else {
                return nil
            }
            return (.number, OrderedKey(content: .number(number), approximation: approximate(number)))
        case .date(let date):
            return (.date, OrderedKey(count: Int128(date.daysSince1970)))
        case .yearsAndMonthsDuration(let duration):
            return (.yearsAndMonths, OrderedKey(count: Int128(duration.months)))
        case .daysAndTimeDuration(let duration):
            return (.daysAndTime, OrderedKey(count: duration.nanoseconds))
        default:
            return nil
        }
    }

    private init(content: Content, approximation: Double) {
        self.content = content
        self.approximation = approximation
    }

    private init(count: Int128) {
        content = .count(count)
        approximation = Double(count)
    }

    /// -1, 0 or 1 as this key is less than, equal to or greater than another of its family.
    func compare(_ other: OrderedKey) -> Int {
        if approximation != other.approximation {
            return approximation < other.approximation ? -1 : 1
        }
        switch (content, other.content) {
        case (.number(let left), .number(let right)):
            return left.compare(right) ?? 0
        case (.count(let left), .count(let right)):
            return left < right ? -1 : left == right ? 0 : 1
        default:
            preconditionFailure("keys of one family are compared")
        }
    }

    /// A number rounded correctly to binary, so that the order is kept; 0 for numbers where that takes long.
    private static func approximate(_ number: Decimal128) -> Double {
        let exponent = number.exponent
        let coefficient = number.coefficient
        if coefficient < 1 << 53, exponent <= 0, exponent >= -22 {
            let magnitude = Double(UInt64(truncatingIfNeeded: coefficient)) / powers[-exponent]
            return number.isNegative ? -magnitude : magnitude
        }
        return Double(number)
    }

    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}
