import Testing
import Vocabulary

@Suite struct CommaTests {
    @Test(
        "an amount with a decimal comma is told the decimal point",
        arguments: [("4,90", "4.90"), ("1.234,50", "1234.50"), ("0,5", "0.50"), ("12,", "12.00"), ("4,905", "49.99")]
    )
    func comma(amount: String, example: String) {
        #expect(
            performing: { try Money(amount: amount, currency: "EUR") },
            throws: { error in
                let message = (error as? MoneyError)?.expected ?? ""
                return message.contains("with a decimal point") && message.hasSuffix("such as \(example)")
            }
        )
    }
}
