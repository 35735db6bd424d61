import Redaction
import Testing

/// Values that continue over several texts of one person.
@Suite struct ContinuedTests {
    @Test(arguments: [
        (["my card is 4111 1111"], "1111 1111 thanks", [0: "my card is [card]"], "[card] thanks"),
        (["4111", "1111", "1111"], "1111", [0: "[card]", 1: "[card]", 2: "[card]"], "[card]"),
        (["hello", "4111 1111 1111."], "and 1111, my mail is a@b.com", [1: "[card]"], "[card], my mail is [email]"),
        (["vier eins eins eins eins eins eins eins"], "eins eins eins eins 1111", [0: "[card]"], "[card]"),
        (["41111111111"], "11111", [0: "[card]"], "[card]"),
        (["I paid 49"], "30 days ago", [:], "30 days ago"),
        (["4111 1111"], "no, that is wrong: 1111 1111", [:], "no, that is wrong: 1111 1111"),
        (["4111 1111", "sorry?"], "1111 1111", [:], "1111 1111"),
        ([], "1111 1111", [:], "1111 1111"),
    ])
    func `both halves of a card are replaced`(
        _ earlier: [String],
        _ text: String,
        _ changed: [Int: String],
        _ expected: String
    ) {
        let found = Redactor().redact(text, after: earlier)
        #expect(found.text.text == expected)
        #expect(found.earlier.mapValues(\.text) == changed)
    }

    @Test(arguments: ["1111 1111", " 11", "and 1111", "eins eins", "\"4", "- double one"])
    func `a text that begins with digits may continue`(_ text: String) { #expect(Redactor.mayContinue(text)) }

    @Test(arguments: ["", "hello 1111", "my card", "[card] 12", "then we wait"])
    func `other texts may not continue`(_ text: String) { #expect(!Redactor.mayContinue(text)) }
}
