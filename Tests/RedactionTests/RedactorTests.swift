import Redaction
import Testing

@Suite struct RedactorTests {
    @Test(arguments: [
        // Cards
        ("pay with 4539 1488 0343 6467 today", "pay with [card] today"),
        ("4111111111111111", "[card]"),
        ("amex 3782-822463-10005 please", "amex [card] please"),
        ("My card is 5 5 5 5 5 5 5 5 5 5 5 5 4 4 4 4, ok", "My card is [card], ok"),
        ("４５３９ １４８８ ０３４３ ６４６７", "[card]"),
        (
            "card four five three nine one four eight eight zero three four three six four six seven thanks",
            "card [card] thanks"
        ),
        ("exp 12/28, CVV 456", "exp 12/28, CVV [cvv]"),
        // Accounts
        ("IBAN DE89 3704 0044 0532 0130 00.", "IBAN [iban]."),
        ("send to GB82WEST12345698765432", "send to [iban]"),
        (
            "my bank account is 09884624524, routing 045795241",
            "my bank account is [bank_account], routing [bank_account]"
        ),
        // National numbers
        ("my SSN is 219-09-9999.", "my SSN is [national_id]."),
        ("social security number 219099999", "social security number [national_id]"),
        ("NI number AB 12 34 56 C", "NI number [national_id]"),
        ("Steuer-ID 86095742719", "Steuer-ID [tax_id]"),
        ("86 095 742 719", "[tax_id]"),
        ("numéro 2 69 05 49 588 157 80", "numéro [national_id]"),
        ("DNI 12345678Z y NIE X1234567L", "DNI [national_id] y NIE [national_id]"),
        ("codice fiscale RSSMRA85T10A562S", "codice fiscale [tax_id]"),
        ("mijn BSN is 111222333", "mijn BSN is [national_id]"),
        ("AHV 756.9217.0769.85", "AHV [national_id]"),
        ("CPF 529.982.247-25", "CPF [tax_id]"),
        ("my passport number is 19824624", "my passport number is [passport]"),
        ("driver's license is CA1234567", "driver's license is [driver_licence]"),
        ("Führerschein B072RRE2I55 hier", "Führerschein [driver_licence] hier"),
        // Contact
        ("write to jane.doe+x@mail.example.co.uk!", "write to [email]!"),
        ("it is jane dot doe at example dot com okay", "it is [email] okay"),
        ("my email is jane at example dot com", "my email is [email]"),
        ("snd to jhn.smth@ac me .com, thx", "snd to [email], thx"),
        ("call (415) 555-0132 or 415.555.0132", "call [phone] or [phone]"),
        ("+44 20 7946 0958", "[phone]"),
        ("ruf an: 0171 5551234", "ruf an: [phone]"),
        ("le 01 23 45 67 89 svp", "le [phone] svp"),
        ("my phone number is 4155550132", "my phone number is [phone]"),
        ("Telefonnummer lautet 030123456", "Telefonnummer lautet [phone]"),
        // Network
        ("from 192.168.10.1 and fe80::1ff:fe23:4567:890a", "from [ip] and [ip]"),
        ("2001:0db8:85a3:0000:0000:8a2e:0370:7334", "[ip]"),
        ("mac 00:1A:2b:7D:4C:4E", "mac [mac]"),
        ("IMEI 490154203237518", "IMEI [imei]"),
        // Secrets
        ("My password is SecurePass123, reset", "My password is [password], reset"),
        ("password: hunter2", "password: [password]"),
        ("the password is \"correct horse battery\" ok", "the password is \"[password]\" ok"),
        ("mot de passe : soleil99", "mot de passe : [password]"),
        ("my PIN is 2580", "my PIN is [pin]"),
        ("your verification code is 458749", "your verification code is [code]"),
        ("use 957468 for 2FA", "use [code] for 2FA"),
        ("use code 123456 to log in", "use code [code] to log in"),
        ("my new password should be Sunshine!2024", "my new password should be [password]"),
        ("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "aws_secret_access_key = [secret]"),
        ("contact me at bob at gmail dot com", "contact me at [email]"),
        ("it's j o h n at example dot com", "it's [email]"),
        ("under 0049 (0)30 123456-78 now", "under [phone] now"),
        ("sort code 20-00-00 account 55779911", "sort code [bank_account] account [bank_account]"),
        ("-----BEGIN RSA PRIVATE KEY----- MIIEpAIB -----END RSA PRIVATE KEY----- ok", "[secret] ok"),
        ("key AKIAIOSFODNN7EXAMPLE", "key [secret]"),
        ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "[secret]"),
        ("api key: 9f8a7b6c5d4e3f2a1b0c", "api key: [secret]"),
        ("0x52908400098527886E0F7030069857D2E4169EE7", "[wallet]"),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "[wallet]"),
        ("I was born on 12/25/1985", "I was born on [birth_date]"),
        ("Geburtsdatum: 3. Mai 1980", "Geburtsdatum: [birth_date]"),
    ])
    func `a sensitive value is replaced with its label`(_ text: String, _ expected: String) {
        #expect(Redactor().redact(text).text == expected)
    }

    @Test(arguments: [
        "order 1234567890123456 arrives 2024-01-15 at 10:30",
        "order number 4155550132 and invoice 2024-000123",
        "tracking 1Z999AA10123456784, USPS 9400 1000 0000 0000 0000 00",
        "Amazon 403-1234567-1234567",
        "it cost $1,299.00 then €49.95, 3 for 2, 15% off",
        "on 01.02.2024 10.30 and 12/31/2023, 2024-01-15 10:30:00.123",
        "01-02-2024 10:30",
        "version 10.0.19.1 of the firmware",
        "ISBN 978-3-16-148410-0",
        "ticket 00123456789, article 20157, SKU AB-1234-X",
        "my password is not working and my password is wrong",
        "I reset my password. It rejected me",
        "what is the PIN requirement, I got it in 2023",
        "the test SSN is 000-00-0000 and card 0000 0000 0000 0000",
        "look at example dot com",
        "room 101, flight AF123, 37.7749 N",
        "4539 1488 0343 6468 is mistyped",
        "one two three go",
        "call me at nine",
        "10 20 30 40 50 60",
        "I pressed 1 2 3 4 5 times",
        "std::vector and 12:30:45",
        "meter reading 012345 678, account number 12345678",
        "my password reset link, the password you gave me doesn't work",
        "the west at 71 Castle Street City Centre",
        "",
    ])
    func `ordinary numbers and words are kept`(_ text: String) {
        let redacted = Redactor().redact(text)
        #expect(redacted.text == text)
        #expect(redacted.spans.isEmpty)
    }

    @Test func `spans count Unicode scalars of the given text`() throws {
        let text = "é👍🏽 my PIN is 2580 ok"
        let redacted = Redactor().redact(text)
        let span = try #require(redacted.spans.first)
        let scalars = Array(text.unicodeScalars)
        #expect(span.kind == .pin)
        #expect(String(String.UnicodeScalarView(scalars[span.range])) == "2580")
    }

    @Test func `placeholders in the input are kept and are not context words`() {
        let text = "my password is [password] hunter22x and card [card] [email]"
        #expect(Redactor().redact(text).text == text)
    }

    @Test func `only the requested kinds are replaced`() {
        let text = "a@example.com 4111111111111111"
        #expect(Redactor(kinds: [.email]).redact(text).text == "[email] 4111111111111111")
    }
}
