/// The conditions that operations of a ``DecimalContext`` have met since the status was last cleared.
///
/// IEEE 754-2008's five exceptions, and the further conditions of the General Decimal Arithmetic Specification.
@frozen
public struct DecimalStatus: OptionSet, Sendable, Hashable {
    /// One bit a condition.
    public let rawValue: UInt16

    /// The status whose conditions are the bits of `rawValue`.
    @inlinable
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The result is not defined (0/0, ∞−∞, a signalling NaN, text that is no number…): it is NaN.
    public static let invalidOperation = DecimalStatus(rawValue: 1 << 0)
    /// A finite number other than zero was divided by zero: the result is an infinity.
    public static let divisionByZero = DecimalStatus(rawValue: 1 << 1)
    /// The rounded result is too large for the format.
    public static let overflow = DecimalStatus(rawValue: 1 << 2)
    /// The result is subnormal and was rounded to another value.
    public static let underflow = DecimalStatus(rawValue: 1 << 3)
    /// Digits other than zero were cut off.
    public static let inexact = DecimalStatus(rawValue: 1 << 4)
    /// Digits, possibly zeros, were cut off.
    public static let rounded = DecimalStatus(rawValue: 1 << 5)
    /// The result before rounding is not zero and nearer to it than every normal number.
    public static let subnormal = DecimalStatus(rawValue: 1 << 6)
    /// The exponent was changed to fit the format.
    public static let clamped = DecimalStatus(rawValue: 1 << 7)
}
