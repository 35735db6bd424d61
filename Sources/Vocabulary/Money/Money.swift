public import IEEEDecimal

/// An amount in a currency, zero or above, exact to its smallest unit.
///
/// Never a binary fraction: amounts are read from their text and kept as a number of minor units.
public struct Money: Sendable, Hashable {
    /// The most that one amount may be, in minor units: ten billion euros.
    public static let maximumMinorUnits: Int64 = 1_000_000_000_000
    /// The longest text of an amount that is read.
    private static let maximumText = 64

    /// The currency.
    public let currency: Currency
    /// The amount in the smallest unit of the currency.
    public let minorUnits: Int64

    /// An amount of minor units; nil unless it is from 0 to ``maximumMinorUnits``.
    public init?(minorUnits: Int64, _ currency: Currency) {
        guard minorUnits >= 0, minorUnits <= Self.maximumMinorUnits else { return nil }
        (self.currency, self.minorUnits) = (currency, minorUnits)
    }

    /// A decimal as an amount; nil unless it is exact to the smallest unit and in range.
    public init?(_ number: Decimal128, _ currency: Currency) {
        guard let units = Self.minorUnits(number, currency.digits) else { return nil }
        self.init(minorUnits: units, currency)
    }

    /// Reads an amount above zero from its text.
    ///
    /// - Parameters:
    ///   - amount: a decimal number such as `49.99`; trailing zeros beyond the smallest unit are accepted.
    ///   - currency: a code of ISO 4217.
    /// - Throws: ``MoneyError``.
    public init(amount: String, currency: String) throws(MoneyError) {
        try self.init(reading: amount, currency)
        try checkAboveZero()
    }

    /// Throws an error for an amount of zero, which cannot be requested.
    public func checkAboveZero() throws(MoneyError) {
        guard minorUnits > 0 else { throw Self.error(text, currency) }
    }

    /// Reads an amount of zero or above.
    private init(reading amount: String, _ currency: String) throws(MoneyError) {
        guard let known = Currency(currency) else {
            throw MoneyError(member: "currency", expected: "a currency of ISO 4217 in capitals, such as EUR")
        }
        guard amount.utf8.count <= Self.maximumText, amount.utf8.first.map(Self.isDigit) ?? false,
            let number = Decimal128(amount), let money = Money(number, known)
        else { throw Self.error(amount, known) }
        self = money
    }

    private static func error(_ amount: String, _ currency: Currency) -> MoneyError {
        let example = pointed(amount, currency) ?? decimal(4_999, currency.digits).plainDescription
        return MoneyError(
            member: "amount",
            expected:
                "an amount above zero with a decimal point, exact to \(currency.digits) decimal places, such as \(example)"
        )
    }

    /// What was probably meant by an amount with a decimal comma, such as 4.90 for “4,90”; nil where that is not clear.
    private static func pointed(_ amount: String, _ currency: Currency) -> String? {
        guard amount.utf8.count <= maximumText, amount.count(where: { $0 == "," }) == 1 else { return nil }
        // A comma behind points separates the decimals, and one before them the thousands.
        let parts = amount.split(separator: ",", omittingEmptySubsequences: false)
        let text = parts[0].replacing(".", with: "") + "." + parts[1]
        guard let number = Decimal128(text), let money = Money(number, currency), money.minorUnits > 0 else {
            return nil
        }
        return money.text
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// The amount as a number of the expression language.
    public var amount: Decimal128 { Self.decimal(minorUnits, currency.digits) }

    /// The amount with all the digits of its currency, such as `10.00`.
    public var text: String { currency.text(ofMinorUnits: minorUnits) }

    /// A number of minor units, which may be negative, as a decimal.
    public static func decimal(_ minorUnits: Int64, _ digits: Int) -> Decimal128 {
        Decimal128(
            sign: minorUnits < 0 ? .minus : .plus,
            coefficient: UInt128(minorUnits.magnitude),
            exponent: -digits
        )
    }

    /// The minor units of a decimal that is exact to them; nil for every other, and beyond ``maximumMinorUnits``.
    static func minorUnits(_ number: Decimal128, _ digits: Int) -> Int64? {
        guard number.isFinite else { return nil }
        if number.isZero { return 0 }
        let reduced = number.reduced
        let shift = reduced.exponent + digits
        guard shift >= 0, shift <= 18, reduced.coefficient <= UInt128(maximumMinorUnits) else { return nil }
        var units = Int64(reduced.coefficient)
        for _ in 0..<shift {
            units *= 10
            guard units <= maximumMinorUnits else { return nil }
        }
        return reduced.isNegative ? -units : units
    }
}

extension Money: CustomStringConvertible {
    /// The code and the amount, such as `EUR 10.00`.
    public var description: String { "\(currency.code) \(text)" }
}

extension Money: Codable {
    private enum CodingKeys: String, CodingKey { case amount, currency }

    /// Reads `{"amount": "49.99", "currency": "EUR"}`; the amount may be zero.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let amount = try container.decode(DecimalText.self, forKey: .amount)
        let currency = try container.decode(String.self, forKey: .currency)
        do {
            try self.init(reading: amount.text, currency)
        } catch {
            throw JSONDecodingError.expected(error.expected, of: error.member)
        }
    }

    /// Writes the amount as a string with all the digits of the currency.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(DecimalText(text), forKey: .amount)
        try container.encode(currency.code, forKey: .currency)
    }
}

extension Money: JSONSchemaRepresentable {
    /// An object with `amount` and `currency`.
    public static var jsonSchema: JSON {
        [
            "type": "object",
            "properties": [
                "amount": DecimalText.jsonSchema,
                "currency": ["type": "string", "description": "A code of ISO 4217 in capitals"],
            ],
            "required": ["amount", "currency"],
            "additionalProperties": false,
            "examples": [["amount": "49.99", "currency": "EUR"]],
        ]
    }
}

/// The reason why a text is not an amount of money.
public struct MoneyError: Error, Sendable, Hashable {
    /// The member at fault: `amount` or `currency`.
    public let member: String
    /// What was expected, such as `a currency of ISO 4217 in capitals, such as EUR`.
    public let expected: String
}

extension MoneyError: CustomStringConvertible {
    /// The member and what was expected.
    public var description: String { "\(member): expected \(expected)" }
}

extension Currency {
    /// A number of minor units, which may be below zero, with all the digits of the currency.
    public func text(ofMinorUnits minorUnits: Int64) -> String {
        JSONNumber(minorUnits: minorUnits, digits: digits).text
    }
}

extension JSONNumber {
    /// A number of minor units, which may be below zero, with so many decimal places: `10.00`.
    public init(minorUnits: Int64, digits: Int) {
        var unit: UInt64 = 1
        for _ in 0..<digits { unit *= 10 }
        let (whole, rest) = minorUnits.magnitude.quotientAndRemainder(dividingBy: unit)
        var text = minorUnits < 0 ? "-" : ""
        text += String(whole)
        if digits > 0 {
            let fraction = String(rest)
            text += "."
            for _ in fraction.utf8.count..<digits { text += "0" }
            text += fraction
        }
        self.init(validated: text)
    }

    /// An amount with all the digits of its currency.
    public init(_ money: Money) { self.init(minorUnits: money.minorUnits, digits: money.currency.digits) }
}
