import IEEEDecimal
import Testing
import Vocabulary

@Suite struct MoneyTests {
    @Test(
        "amounts are read exactly, in the minor units of their currency",
        arguments: [
            ("49.99", "EUR", 4_999, "49.99"), ("10", "EUR", 1_000, "10.00"), ("0.01", "EUR", 1, "0.01"),
            ("49.990", "EUR", 4_999, "49.99"), ("5e1", "EUR", 5_000, "50.00"), ("1200", "JPY", 1_200, "1200"),
            ("1.005", "KWD", 1_005, "1.005"), ("0.0001", "CLF", 1, "0.0001"),
            ("10000000000.00", "EUR", 1_000_000_000_000, "10000000000.00"),
        ] as [(String, String, Int64, String)]
    )
    func reading(amount: String, currency: String, units: Int64, text: String) throws {
        let money = try Money(amount: amount, currency: currency)
        #expect(money.minorUnits == units)
        #expect(money.text == text)
    }

    @Test(
        "what is no amount is refused, naming the member at fault",
        arguments: [
            ("0", "EUR", "amount.amount"), ("0.00", "EUR", "amount.amount"), ("-1", "EUR", "amount.amount"),
            ("49.999", "EUR", "amount.amount"), ("0.5", "JPY", "amount.amount"), ("1.0005", "KWD", "amount.amount"),
            ("NaN", "EUR", "amount.amount"), ("Infinity", "EUR", "amount.amount"), ("1e400", "EUR", "amount.amount"),
            ("", "EUR", "amount.amount"), ("ten", "EUR", "amount.amount"), ("1,5", "EUR", "amount.amount"),
            ("10000000000.01", "EUR", "amount.amount"), ("1e-7000", "EUR", "amount.amount"),
            ("+1", "EUR", "amount.amount"), (" 1", "EUR", "amount.amount"),
            (String(repeating: "9", count: 65), "EUR", "amount.amount"),
            ("1", "eur", "amount.currency"), ("1", "XXX", "amount.currency"), ("1", "", "amount.currency"),
            ("1", "DEM", "amount.currency"), ("1", "XAU", "amount.currency"),
        ]
    )
    func refusing(amount: String, currency: String, argument: String) {
        #expect(
            performing: { _ = try Money(amount: amount, currency: currency) },
            throws: { ($0 as? MoneyError).map { "amount.\($0.member)" } == argument }
        )
    }

    @Test func `every code of the table has three capitals and stands there once`() {
        for code in ["EUR", "CHF", "GBP", "USD", "BHD", "UYW", "XOF", "ZWG", "XCG"] {
            #expect(Currency(code)?.code == code)
        }
        #expect(Currency("TND")?.digits == 3)
        #expect(Currency("KRW")?.digits == 0)
    }

    @Test(arguments: 0...4) func `a number of minor units has all the digits of its currency`(digits: Int) {
        var random = SeededGenerator(seed: UInt64(digits))
        var units: [Int64] = [0, 1, -1, 9, 10, 99, 100, -100, 1_000, 12_345, .max, .min]
        for shift in 0..<64 as Range<Int64> {
            units += (0..<4).map { _ in Int64.random(in: .min ... .max, using: &random) >> shift }
        }
        for units in units {
            #expect(JSONNumber(minorUnits: units, digits: digits).text == Money.decimal(units, digits).plainDescription)
        }
    }

    @Test func `money is an object on the wire, and its amount may be a number`() throws {
        let money = try Money(amount: "49.9", currency: "EUR")
        #expect(try JSONEncoding.encode(money) == ["amount": "49.90", "currency": "EUR"])
        #expect(try JSONDecoding.decode(Money.self, from: ["amount": 49.9, "currency": "EUR"]) == money)
        let none = try JSONDecoding.decode(Money.self, from: ["amount": "0.00", "currency": "EUR"])
        #expect(none.minorUnits == 0)
        #expect(throws: MoneyError.self) { try none.checkAboveZero() }
    }

    @Test(
        "the member at fault is named by its path",
        arguments: [
            (["amount": "1.005", "currency": "EUR"], "params.amount"),
            (["amount": true, "currency": "EUR"], "params.amount"),
            (["amount": "1", "currency": "eur"], "params.currency"),
            (["amount": "1", "currency": "EUR", "code": 1], "params.code"),
        ] as [(JSON, String)]
    )
    func path(json: JSON, path: String) {
        #expect(
            performing: { _ = try JSONDecoding.decode(Money.self, from: json) },
            throws: { ($0 as? JSONDecodingError)?.path == path }
        )
    }
}
