import IEEEDecimal
import Testing

@Suite
struct FunctionTests {
    @Test(arguments: [
        ("exp", "1", "2.718281828459045235360287471352662"),
        ("exp", "-1E-30", "0.9999999999999999999999999999990000"),
        ("ln", "2", "0.6931471805599453094172321214581766"),
        ("ln", "0.5", "-0.6931471805599453094172321214581766"),
        ("log10", "2", "0.3010299956639811952137388947244930"),
        ("log10", "1E+7", "7"),
        ("sqrt", "2", "1.414213562373095048801688724209698"),
        ("sqrt", "4.00", "2.0"),
        ("square", "1.1", "1.21"),
    ])
    func computesKnownDigits(function: String, operand: String, expected: String) throws {
        let value = try #require(Decimal128(operand))
        let result =
            switch function {
            case "exp": value.exp()
            case "ln": value.ln()
            case "log10": value.log10()
            case "square": value.power(2)
            default: value.squareRoot()
            }
        #expect(result.description == expected)
    }
}
