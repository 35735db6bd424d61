import Redaction
import Testing

/// Values that words announce: how long they may be, and how far the words reach.
@Suite struct AnnouncedTests {
    /// Digits that no check digit or issuer makes anything of by themselves.
    private static let digits = "935824061793582406179358240617"

    @Test(
        arguments: [
            ("the cvv is", RedactionKind.cvv, 3...4), ("my pin is", .pin, 4...8),
            ("my phone number is", .phone, 7...15),
            ("the routing number is", .bankAccount, 6...18), ("the imei is", .imei, 14...16),
            // A state's numbers may have letters as well, so they follow the rule of identifiers where they are longer.
            ("my ssn is", .nationalID, 5...24), ("my tax id is", .taxID, 5...24), ("my passport is", .passport, 5...24),
            ("my driving licence is", .driverLicence, 5...24),
        ]
    )
    func `a number has as many digits as its kind`(words: String, kind: RedactionKind, lengths: ClosedRange<Int>) {
        for count in 1...26 {
            let number = String(Self.digits.prefix(count))
            let expected = lengths.contains(count) ? kind.placeholder : number
            #expect(
                Redactor(kinds: [kind]).redact("\(words) \(number), ok").text == "\(words) \(expected), ok",
                "\(count)"
            )
        }
    }

    @Test func `a code has three to eight digits, and of three it is that of a card`() {
        for count in 1...12 {
            let number = String(Self.digits.prefix(count))
            let expected = count == 3 ? "[cvv]" : (4...8).contains(count) ? "[code]" : number
            #expect(Redactor().redact("the security code is \(number)").text == "the security code is \(expected)")
        }
    }

    @Test(
        arguments: [
            ("my pin is 1111", "my pin is 1111"), ("my pin is 12 34", "my pin is [pin]"),
            ("my pin is one two three four", "my pin is [pin]"),
            ("my pin is one two three", "my pin is one two three"), ("my pin is 2580x", "my pin is 2580x"),
            ("my pin is 2580.", "my pin is [pin]."), ("pin: 1 2 3 4 5 6 7 8", "pin: [pin]"),
            ("my pin is often 2580", "my pin is often 2580"), ("my pin for this is 2580", "my pin for this is [pin]"),
            ("phone 1985-12-25", "phone 1985-12-25"), ("phone 25.12.1985", "phone 25.12.1985"),
            ("ssn 1985-12-25 no", "ssn [national_id] no"), ("phone 19851225", "phone 19851225"),
            ("phone 18851225", "phone [phone]"),
            ("phone 19851325", "phone [phone]"), ("phone 19851232", "phone [phone]"),
            ("phone 20001201", "phone 20001201"),
            ("phone 21001201", "phone [phone]"), ("phone 19850012", "phone [phone]"),
            ("phone 19850100", "phone [phone]"),
            ("phone 19850101", "phone 19850101"), ("phone 19851231", "phone 19851231"),
        ]
    )
    func `digits may be grouped or spoken, and a date is none`(text: String, expected: String) {
        #expect(Redactor().redact(text).text == expected)
    }

    // MARK: The reach of words

    @Test(
        "four unknown words end an announcement",
        arguments: [(0, true), (1, true), (2, true), (3, true), (4, false)]
    )
    func patience(words: Int, isFound: Bool) {
        let between = String(repeating: "green ", count: words)
        #expect(
            Redactor().redact("phone \(between)9358240").text == "phone \(between)\(isFound ? "[phone]" : "9358240")"
        )
    }

    @Test(
        arguments: [
            // A word with digits counts for two, fillers for nothing.
            ("phone x1 green 9358240", true), ("phone x1 green green 9358240", false), ("phone x1 x2 9358240", false),
            ("phone of the my this here 9358240", true), ("phone of green the green my green 9358240", true),
            // The end of a line and a question count for two, stronger marks end it.
            ("phone? 9358240", true), ("phone?? 9358240", false), ("phone\n9358240", true), ("phone\n\n9358240", false),
            ("phone green? 9358240", true), ("phone green? green 9358240", false),
            ("phone; 9358240", false), ("phone! 9358240", false), ("phone, 9358240", true), ("phone: 9358240", true),
            // A point ends it after a word of four letters or more, not after an abbreviation.
            ("phone. 9358240", false), ("cell. 9358240", false), ("tel. 9358240", true), ("tel.9358240", true),
            // What was replaced ends it, and an order number takes its place.
            ("phone [email] 9358240", false), ("phone order 9358240", false), ("order phone 9358240", true),
        ]
    )
    func `an announcement lasts over fillers and ends with sentences`(text: String, isFound: Bool) {
        #expect(Redactor().redact(text).text == (isFound ? text.replacing("9358240", with: "[phone]") : text))
    }

    @Test(
        "an account is a bank's within twelve words of the bank",
        arguments: [(0, true), (9, true), (10, true), (11, false), (12, false)]
    )
    func banking(words: Int, isFound: Bool) {
        let text = "bank " + String(repeating: "green ", count: words) + "account "
        #expect(Redactor().redact(text + "935824").text == text + (isFound ? "[bank_account]" : "935824"))
    }

    @Test(
        "a card of a rare network counts within twelve words of paying",
        arguments: [(0, true), (11, true), (12, false)]
    )
    func paying(words: Int, isFound: Bool) {
        // A valid check digit, which is that of a product as well.
        let text = "paid " + String(repeating: "green ", count: words)
        let product = "6304123400087"
        let found = Redactor().redact(text + product).text
        #expect(found == text + (isFound ? "[card]" : product), "\(found)")
    }

    // MARK: Identifiers and dates

    @Test(
        arguments: [
            ("X1234", "[passport]"), ("X123", "X123"), ("1234", "1234"), ("12345", "[passport]"), ("X1111", "X1111"),
            ("A1B2C3D4", "[passport]"), ("AB 1234 CD", "[passport] CD"), ("C01-X00-T47", "[passport]"),
            ("ab1234", "[passport]"),
            ("abcd 1234", "abcd 1234"), ("ABCD 12345", "[passport]"), ("ABCDE 12345", "ABCDE [passport]"),
            ("12 345", "[passport]"),
            ("12  345", "[passport]"), ("12   345", "12   345"), ("X1234_", "X1234_"),
        ]
    )
    func `an identifier has four different digits or more, and ends with a digit's fragment`(
        text: String,
        expected: String
    ) {
        #expect(Redactor(kinds: [.passport]).redact("passport \(text)").text == "passport \(expected)")
    }

    @Test(
        arguments: [
            ("12/25/1985", true), ("25.12.1985", true), ("1985-12-25", true), ("1/2/1990", true), ("12/2/1990", true),
            ("12/25/85", true),
            ("12251985", true), ("1225198", false), ("122585", false), ("12 25 1985", true), ("3 May 1980", true),
            ("3. Mai 1980", true),
            ("3rd December 1980", true), ("3 May 80", false), ("3 Ma 1980", false), ("3 May, 1980", true),
            ("3 May 19801", false),
            ("1 2 1 9 9 0", false), ("11/11/1111", false), ("May 1980", false),
        ]
    )
    func `a date of birth has a day, a month and a year`(text: String, isFound: Bool) {
        let found = Redactor(kinds: [.birthDate]).redact("born on \(text) there").text
        #expect(found == (isFound ? "born on [birth_date] there" : "born on \(text) there"))
        #expect(Redactor(kinds: [.birthDate]).redact("seen on \(text)").text == "seen on \(text)")
    }

    @Test(
        arguments: [
            "for 2FA", "for OTP", "for verification", "is my OTP", "is the OTP", "as OTP", "to log in", "to login",
            "to sign in",
            "to verify",
        ]
    )
    func `a code may stand before its purpose`(purpose: String) {
        for (code, isFound) in [
            ("957", false), ("9574", true), ("95746812", true), ("957468123", false), ("7777", false), ("9574a", false),
        ] {
            let found = Redactor().redact("use \(code) \(purpose), ok").text
            #expect(found == "use \(isFound ? "[code]" : code) \(purpose), ok", "\(code)")
        }
        #expect(Redactor().redact("use 9574 \(purpose)x").text == "use 9574 \(purpose)x")
        #expect(Redactor().redact("use 9574 then").text == "use 9574 then")
    }
}
