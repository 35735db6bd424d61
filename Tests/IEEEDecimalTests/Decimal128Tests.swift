import IEEEDecimal
import Testing

@Suite
struct Decimal128Tests {
    @Test(arguments: [
        ("1.10", "2.205", "3.305"), ("0.1", "0.2", "0.3"), ("1", "-1", "0"), 
        ("1E+30", "1E-30", "1000000000000000000000000000000.000"),
        ("9999999999999999999999999999999999", "1", "1.000000000000000000000000000000000E+34"),
    ])
    func addsExactly(left: String, right: String, sum: String) throws {
        let result = try #require(Decimal128(left)) + #require(Decimal128(right))
        #expect(result.description == sum)
    }
}
