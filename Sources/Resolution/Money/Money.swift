package import IEEEDecimal

/// An amount in a currency, zero or above, exact to its smallest unit.
///
/// Never a binary fraction: amounts are read from their text and kept as a number of minor units.
package struct Money: Sendable, Hashable {
    /// The most that one amount may be, in minor units: ten billion euros.
    package static let maximumMinorUnits: Int64 = 1_000_000_000_000
    /// The longest text of an amount that is read.
    private static let maximumText = 64

    /// The currency.
    package let currency: Currency
    /// The amount in the smallest unit of the currency.
    package let minorUnits: Int64

    /// An amount of minor units; nil unless it is from 0 to ``maximumMinorUnits``.
    package init?(minorUnits: Int64, _ currency: Currency) {
        guard minorUnits >= 0, minorUnits <= Self.maximumMinorUnits else { return nil }
        (self.currency, self.minorUnits) = (currency, minorUnits)
    }

    /// A decimal as an amount; nil unless it is exact to the smallest unit and in range.
    package init?(_ number: Decimal128, _ currency: Currency) {
        guard let units = Self.minorUnits(number, currency.digits) else { return nil }
        self.init(minorUnits: units, currency)
    }

    /// Reads an amount that is asked for, above zero, as it comes over the wire.
    ///
    /// - Parameters:
    ///   - amount: a decimal number such as `49.99`; zeros beyond the smallest unit are no finer amount.
    ///   - currency: a code of ISO 4217.
    /// - Throws: ``ResolutionError`` `invalid`, naming the member of `amount` at fault.
    package init(amount: String, currency: String) throws {
        guard let known = Currency(currency) else {
            throw ResolutionError(
                .invalid,
                "a currency of ISO 4217 in capitals, such as EUR",
                argument: "amount.currency"
            )
        }
        let invalid = ResolutionError(
            .invalid,
            "an amount above zero with a decimal point, exact to \(known.digits) decimal places, such as "
                + (Self.pointed(amount, known) ?? Self.example(known)),
            argument: "amount.amount"
        )
        guard amount.utf8.count <= Self.maximumText, amount.utf8.first.map(Self.isDigit) ?? false,
            let number = Decimal128(amount), let money = Money(number, known), money.minorUnits > 0
        else { throw invalid }
        self = money
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
    package var amount: Decimal128 { Self.decimal(minorUnits, currency.digits) }

    /// The amount with all the digits of its currency, such as `10.00`.
    package var text: String { amount.plainDescription }

    /// A number of minor units, also none or less than none, as a decimal.
    static func decimal(_ minorUnits: Int64, _ digits: Int) -> Decimal128 {
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

    private static func example(_ currency: Currency) -> String { decimal(4_999, currency.digits).plainDescription }
}

extension Money: CustomStringConvertible {
    /// The code and the amount, such as `EUR 10.00`.
    package var description: String { "\(currency.code) \(text)" }
}

extension Currency {
    /// A number of minor units, which may be below zero, with all the digits of the currency.
    package func text(ofMinorUnits minorUnits: Int64) -> String { Money.decimal(minorUnits, digits).plainDescription }
}
