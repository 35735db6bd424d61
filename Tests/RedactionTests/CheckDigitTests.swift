import Redaction
import Testing

/// Numbers of states and banks, valid by their check digits and nearly so, against checks written from their definitions.
@Suite struct CheckDigitTests {
    /// What becomes of a text when only one kind is replaced.
    private func redacted(_ text: String, _ kind: RedactionKind) -> String {
        Redactor(kinds: [kind]).redact(text).text
    }

    private func digits(_ count: Int, _ random: inout SeededGenerator) -> [Int] {
        (0..<count).map { _ in Int.random(in: 0...9, using: &random) }
    }

    private func text(_ digits: some Sequence<Int>) -> String { digits.map(String.init).joined() }

    /// The digits in groups, with separators between them.
    private func grouped(_ digits: [Int], _ groups: [Int], _ separators: [String]) -> String {
        var (result, rest) = ("", digits[...])
        for (place, size) in groups.enumerated() {
            result += text(rest.prefix(size)) + (place < separators.count ? separators[place] : "")
            rest = rest.dropFirst(size)
        }
        return result
    }

    /// A text that holds the number alone, and one that has words around it.
    private func expect(_ number: String, _ kind: RedactionKind, isFound: Bool) {
        let replaced = isFound ? kind.placeholder : number
        #expect(redacted(number, kind) == replaced, "\(number)")
        #expect(redacted("it was \(number) then", kind) == "it was \(replaced) then", "\(number)")
    }

    private static func isLuhn(_ digits: [Int]) -> Bool {
        let sum = digits.reversed().enumerated().reduce(0) { total, item in
            let doubled = item.offset % 2 == 1 ? item.element * 2 : item.element
            return total + doubled / 10 + doubled % 10
        }
        return sum % 10 == 0
    }

    @Test func `a German tax number has one repeated digit and the check digit of ISO 7064`() {
        var random = SeededGenerator(seed: 1)
        for round in 0..<300 {
            var first = Array(0...9).shuffled(using: &random)
            // No digit, one digit, or two of them are repeated, up to four times.
            for _ in 0..<(round % 4) {
                first[Int.random(in: 0...9, using: &random)] = first[Int.random(in: 0...9, using: &random)]
            }
            var product = 10
            for digit in first {
                let sum = (digit + product) % 10
                product = (sum == 0 ? 10 : sum) * 2 % 11
            }
            let check = (11 - product) % 10
            let last = round % 3 == 0 ? (check + Int.random(in: 1...9, using: &random)) % 10 : check
            let repeated = Dictionary(grouping: first) { $0 }.values.map(\.count).filter { $0 > 1 }
            let isValid = first[0] != 0 && last == check && (repeated == [2] || repeated == [3])
            expect(grouped(first + [last], [2, 3, 3, 3], [" ", " ", " "]), .taxID, isFound: isValid)
        }
    }

    @Test func `a French social security number has a sex, a month and its key`() {
        var random = SeededGenerator(seed: 2)
        for round in 0..<200 {
            let sex = Int.random(in: 0...9, using: &random)
            let month =
                [0, 1, 12, 13, 19, 20, 42, 43, 49, 50, 99, Int.random(in: 0...99, using: &random)]
                .randomElement(using: &random) ?? 0
            let body = [sex] + digits(2, &random) + [month / 10, month % 10] + digits(8, &random)
            let number = body.reduce(0) { $0 * 10 + $1 }
            let key = 97 - number % 97 + (round % 4 == 0 ? [-1, 1].randomElement(using: &random) ?? 1 : 0)
            let all = body + [key / 10, key % 10]
            guard !Self.isLuhn(all), (0...99).contains(key) else { continue }
            let isMonth = (1...12).contains(month) || (20...42).contains(month) || (50...99).contains(month)
            let isValid = [1, 2, 3, 4, 7, 8].contains(sex) && isMonth && key == 97 - number % 97
            expect(text(all), .nationalID, isFound: isValid)
        }
    }

    @Test func `a Swiss insurance number begins with 756 and has the check digit of GS1`() {
        var random = SeededGenerator(seed: 3)
        for round in 0..<300 {
            let start =
                round % 5 == 0 ? [[7, 5, 5], [7, 5, 7], [6, 5, 6]].randomElement(using: &random) ?? [] : [7, 5, 6]
            let body = start + digits(9, &random)
            let sum = body.enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 1 : 3) }
            let check = (10 - sum % 10) % 10
            let last = round % 3 == 0 ? (check + Int.random(in: 1...9, using: &random)) % 10 : check
            let number = grouped(body + [last], [3, 4, 4, 2], [".", ".", "."])
            guard !Self.isLuhn(body + [last]) else { continue }
            expect(number, .nationalID, isFound: last == check && start == [7, 5, 6])
        }
    }

    @Test func `a Brazilian taxpayer number has two check digits after a hyphen`() {
        var random = SeededGenerator(seed: 4)
        func check(_ digits: [Int]) -> Int {
            let sum = digits.enumerated().reduce(0) { $0 + $1.element * (digits.count + 1 - $1.offset) }
            let rest = sum % 11
            return rest < 2 ? 0 : 11 - rest
        }
        for round in 0..<200 {
            let body = digits(9, &random)
            let (first, second) = (check(body), check(body + [check(body)]))
            var all = body + [first, second]
            if round % 4 == 0 { all[9] = (all[9] + 1) % 10 }
            if round % 4 == 1 { all[10] = (all[10] + Int.random(in: 1...9, using: &random)) % 10 }
            let isValid = round % 4 > 1
            guard Set(all).count > 1 else { continue }
            expect(grouped(all, [3, 3, 3, 2], [".", ".", "-"]), .taxID, isFound: isValid)
            expect(grouped(all, [3, 3, 3, 2], [".", ".", "."]), .taxID, isFound: false)
        }
    }

    @Test func `a Belgian register number has the rest by 97, also of births from 2000`() {
        var random = SeededGenerator(seed: 5)
        for round in 0..<200 {
            let body = digits(9, &random)
            let number = body.reduce(round % 2 == 0 ? 0 : 2) { $0 * 10 + $1 }
            let both = [0, 2].map { start in 97 - body.reduce(start) { $0 * 10 + $1 } % 97 }
            let check = 97 - number % 97 + (round % 5 == 0 ? 1 : 0)
            guard check < 100 else { continue }
            let all = body + [check / 10, check % 10]
            expect(grouped(all, [2, 2, 2, 3, 2], [".", ".", "-", "."]), .nationalID, isFound: both.contains(check))
            expect(grouped(all, [2, 2, 2, 3, 2], [".", ".", ".", "."]), .nationalID, isFound: false)
        }
    }

    @Test func `a Spanish number has the letter of its rest by 23, also a foreigner's`() {
        let letters = Array("TRWAGMYFPDXBNJZSQVHLCKE")
        var random = SeededGenerator(seed: 6)
        for round in 0..<200 {
            let number = Int.random(in: 10_000_000...99_999_999, using: &random)
            let letter = round % 3 == 0 ? letters.randomElement(using: &random) ?? "T" : letters[number % 23]
            let separator = round % 2 == 0 ? "" : "-"
            expect("\(number)\(separator)\(letter)", .nationalID, isFound: letter == letters[number % 23])
            let lead = Int.random(in: 0...2, using: &random)
            let seven = digits(7, &random)
            let whole = seven.reduce(lead) { $0 * 10 + $1 }
            let control = round % 3 == 0 ? letters.randomElement(using: &random) ?? "T" : letters[whole % 23]
            let foreigner = "\(["X", "Y", "Z"][lead])\(text(seven))\(control)"
            expect(foreigner, .nationalID, isFound: control == letters[whole % 23])
        }
    }

    @Test(
        arguments: [
            ("12345678Z", true), ("12345678z", false), ("1234567L", false), ("123456789Z", false),
            ("12345678ZA", false),
            ("12345678-Z", true), ("12345678 Z", false), ("X1234567L", true), ("W1234567L", false), ("X123456L", false),
        ]
    )
    func `a Spanish number has eight digits, or a letter and seven, and ends with its letter`(
        number: String,
        isFound: Bool
    ) {
        expect(number, .nationalID, isFound: isFound)
    }

    @Test func `an Italian fiscal code has the control letter of its places`() {
        var odd: [Character: Int] = [:]
        for (place, value) in [1, 0, 5, 7, 9, 13, 15, 17, 19, 21].enumerated() {
            odd[Character(String(place))] = value
            odd[Array("ABCDEFGHIJ")[place]] = value
        }
        for (letter, value) in zip("KLMNOPQRSTUVWXYZ", [2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]) {
            odd[letter] = value
        }
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        var random = SeededGenerator(seed: 7)
        func letter() -> Character { letters.randomElement(using: &random) ?? "A" }
        func digit() -> Character { "0123456789".randomElement(using: &random) ?? "0" }
        for round in 0..<200 {
            var code = (0..<6).map { _ in letter() } + [digit(), digit(), letter(), digit(), digit(), letter()]
            code += [digit(), digit(), digit()]
            let sum = code.enumerated().reduce(0) { sum, item in
                let even = item.element.wholeNumberValue ?? letters.firstIndex(of: item.element) ?? 0
                return sum + (item.offset % 2 == 0 ? odd[item.element] ?? 0 : even)
            }
            let control = round % 3 == 0 ? letter() : letters[sum % 26]
            let text = String(code + [control])
            expect(text, .taxID, isFound: control == letters[sum % 26])
            expect(text.lowercased(), .taxID, isFound: control == letters[sum % 26])
            expect(String(text.dropLast()), .taxID, isFound: false)
            expect(text + "1", .taxID, isFound: false)
        }
    }

    @Test func `a British insurance number has no excluded letters, six digits and a letter to D`() {
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
            expect("A\(letter)123456C", .nationalID, isFound: !"DFIQUVO".contains(letter))
            expect("\(letter)A123456C", .nationalID, isFound: !"DFIQUV".contains(letter))
            expect("AB123456\(letter)", .nationalID, isFound: "ABCD".contains(letter))
        }
        for prefix in ["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"] {
            expect("\(prefix)123456A", .nationalID, isFound: false)
        }
        for number in ["AB12345C", "AB1234567C", "A1234567C", "AB111111C", "ABC123456C", "AB123456", "AB123456CD"] {
            expect(number, .nationalID, isFound: false)
        }
        for number in ["AB 12 34 56 C", "AB123456C", "ab123456c"] { expect(number, .nationalID, isFound: true) }
    }

    @Test(
        arguments: [
            ("219-09-9999", true), ("001-01-0001", true), ("665-01-0001", true), ("667-01-0001", true),
            ("899-99-9998", true), ("000-01-0001", false), ("666-01-0001", false), ("219-00-0001", false),
            ("219-10-0001", true), ("219-01-0000", false), ("219-01-0001", true), ("111-11-1111", false),
            ("219 09 9999", false), ("219-09-99990", false), ("219.09.9999", false), ("219-0-99999", false),
        ]
    )
    func `an American number has an area, a group and a serial, none of them zero`(number: String, isFound: Bool) {
        let found = Redactor(kinds: [.nationalID]).redact("it was \(number), ok").text
        #expect(found == (isFound ? "it was [national_id], ok" : "it was \(number), ok"))
    }

    // MARK: Accounts

    /// The lengths of the registry of ISO 13616.
    private static let registry = """
        AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18
        FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21
        LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27
        ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20
        """

    /// The rest by 97 of an account with its first four characters at the end, letters as two digits, as one long number.
    private static func rest(_ account: String) -> Int {
        let moved = account.dropFirst(4) + account.prefix(4)
        let digits = moved.map { $0.isLetter ? String(Int($0.asciiValue ?? 0) - 55) : String($0) }.joined()
        return digits.reduce(0) { ($0 * 10 + ($1.wholeNumberValue ?? 0)) % 97 }
    }

    /// An account of a length with valid check digits; some letters where `hasLetters`.
    private static func account(
        _ country: String,
        _ length: Int,
        _ random: inout SeededGenerator,
        hasLetters: Bool
    ) -> String {
        var body = ""
        for place in 4..<length {
            let isLetter = hasLetters && place < 8
            body.append((isLetter ? "ABCDEFGH" : "0123456789").randomElement(using: &random) ?? "1")
        }
        let check = 98 - rest("\(country)00\(body)")
        return "\(country)\(check < 10 ? "0" : "")\(check)\(body)"
    }

    @Test func `an account has the length of its country and check digits, written in one piece or in fours`() {
        var random = SeededGenerator(seed: 8)
        for entry in Self.registry.split(whereSeparator: \.isWhitespace) {
            let (country, length) = (String(entry.prefix(2)), Int(entry.dropFirst(2)) ?? 0)
            for hasLetters in [false, true] where !hasLetters || length > 18 {
                let account = Self.account(country, length, &random, hasLetters: hasLetters)
                expect(account, .iban, isFound: true)
                expect(account.lowercased(), .iban, isFound: true)
                let fours = stride(from: 0, to: length, by: 4).map { String(account.dropFirst($0).prefix(4)) }
                expect(fours.joined(separator: " "), .iban, isFound: true)
                expect(fours.joined(separator: "-"), .iban, isFound: true)
                let check = Int(account.dropFirst(2).prefix(2)) ?? 0
                let wrong = check == 50 ? 51 : 50
                expect("\(country)\(wrong)\(account.dropFirst(4))", .iban, isFound: false)
                expect(Self.account(country, length - 1, &random, hasLetters: hasLetters), .iban, isFound: false)
                expect(Self.account(country, length + 1, &random, hasLetters: hasLetters), .iban, isFound: false)
            }
        }
        expect(Self.account("ZY", 22, &random, hasLetters: false), .iban, isFound: false)
    }

    @Test(
        arguments: [
            ("IBAN DE89 3704 0044 0532 0130 01", "IBAN [iban]"), ("my IBAN is DE89370400440532", "my IBAN is [iban]"),
            ("my IBAN is DE8937040044053", "my IBAN is [iban]"),
            ("my IBAN is DE893704004405", "my IBAN is DE893704004405"),
            ("my IBAN is ZZ89370400440532", "my IBAN is ZZ89370400440532"),
            ("DE89 3704 0044 0532 0130 01", "DE89 3704 0044 0532 0130 01"),
            ("iban: D E 8 9 3 7 0 4 0 0 4 4 0 5 3 2 0 1 3 0 0 0", "iban: [iban]"),
        ]
    )
    func `after its name an account is replaced from fifteen characters on, mistyped or not`(
        text: String,
        expected: String
    ) {
        #expect(redacted(text, .iban) == expected)
    }

    // MARK: Wallets

    @Test(
        arguments: [
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
        ]
    )
    func `a segwit address is found by its checksum alone, and no other one`(address: String) {
        expect(address, .wallet, isFound: true)
        let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l")
        for place in stride(from: 4, to: address.count, by: 3) {
            var characters = Array(address.lowercased())
            let index = alphabet.firstIndex(of: characters[place]) ?? 0
            characters[place] =
                alphabet[(index + 1 + place % 31) % 32 == index ? (index + 1) % 32 : (index + 1 + place % 31) % 32]
            expect(String(characters), .wallet, isFound: false)
        }
        expect(address.lowercased().dropLast() + "b", .wallet, isFound: false)
        #expect(redacted("wallet \(address.dropLast())", .wallet) == "wallet [wallet]")
    }

    @Test(
        arguments: [
            ("0x52908400098527886E0F7030069857D2E4169EE7", true), ("0x52908400098527886E0F7030069857D2E4169EE", false),
            ("0x52908400098527886E0F7030069857D2E4169EE7a", false),
            ("0x52908400098527886E0F7030069857D2E4169EEg", false),
            ("1x52908400098527886E0F7030069857D2E4169EE7", false),
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", true), ("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", true),
            ("2J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", false), ("3J98t1WpEZ73CNmQviecrnyiWrnqRhWN0y", false),
            ("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNIy", false), ("3j98t1wpez73cnmqviecrnyiwrnqrhwnly", false),
            ("3J98T1WPEZ73CNMQVIECRNYIWRNQRHWNLY", false), ("1A1zP1eP5QGefi2DMPTfTL5SLm", true),
            ("1A1zP1eP5QGefi2DMPTfTL5SL", false), ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNab", true),
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNabc", false),
        ]
    )
    func `an address that begins with a digit has its length and its letters`(address: String, isFound: Bool) {
        expect(address, .wallet, isFound: isFound)
    }
}
