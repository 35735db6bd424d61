import Redaction
import Testing
import Vocabulary

/// Numbers said in words, numbers in JSON, and numbers that go on in another text.
@Suite struct NumberWordTests {
    private static let units: [(name: String, words: [String])] = [
        ("English", ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]),
        ("German", ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]),
        ("French", ["zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"]),
        ("Spanish", ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"]),
        ("Italian", ["zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"]),
        ("Dutch", ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"]),
    ]
    private static let englishTens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    private static let englishTeens = [
        "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    private static let germanTens = [
        "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig",
    ]
    private static let germanTeens = [
        "zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
    ]
    private static let germanUnits = ["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]

    private static func isLuhn(_ digits: [Int]) -> Bool {
        digits.reversed().enumerated().reduce(0) { total, item in
            let doubled = item.offset % 2 == 1 ? item.element * 2 : item.element
            return total + doubled / 10 + doubled % 10
        } % 10 == 0
    }

    /// The digits of a card that begins with 4.
    private static func card(_ random: inout SeededGenerator) -> [Int] {
        let body = [4] + (0..<14).map { _ in Int.random(in: 0...9, using: &random) }
        return body + [(0...9).first { isLuhn(body + [$0]) } ?? 0]
    }

    private func isCard(_ text: String) -> Bool {
        Redactor(kinds: [.card]).redact("it is \(text), ok").text == "it is [card], ok"
    }

    @Test(arguments: units.map(\.words))
    func `digits are read in six languages`(words: [String]) {
        var random = SeededGenerator(seed: 21)
        for _ in 0..<25 {
            let digits = Self.card(&random)
            #expect(isCard(digits.map { words[$0] }.joined(separator: " ")))
            var wrong = digits
            wrong[7] = (wrong[7] + 1) % 10
            #expect(!isCard(wrong.map { words[$0] }.joined(separator: " ")))
        }
    }

    /// A number from 10 to 99 in words.
    private static func pair(_ value: Int, isGerman: Bool) -> String {
        if value < 20 { return (isGerman ? germanTeens : englishTeens)[value - 10] }
        let tens = (isGerman ? germanTens : englishTens)[value / 10 - 2]
        guard value % 10 > 0 else { return tens }
        return isGerman ? "\(germanUnits[value % 10 - 1])und\(tens)" : "\(tens)-\(units[0].words[value % 10])"
    }

    @Test("numbers to ninety-nine are two digits", arguments: [false, true])
    func pairs(isGerman: Bool) {
        var random = SeededGenerator(seed: 22)
        let digit = { (value: Int) in Self.units[isGerman ? 1 : 0].words[value] }
        for _ in 0..<120 {
            let digits = Self.card(&random)
            for isChanged in [false, true] {
                var said = digits
                if isChanged { said[Int.random(in: 1...15, using: &random)] += 1 }
                guard said.allSatisfy({ $0 < 10 }) else { continue }
                let words = stride(from: 0, to: 16, by: 2).map { place in
                    let value = said[place] * 10 + said[place + 1]
                    return value < 10 ? "\(digit(0)) \(digit(value))" : Self.pair(value, isGerman: isGerman)
                }
                #expect(isCard(words.joined(separator: " ")) == !isChanged, "\(said)")
            }
        }
    }

    @Test(
        arguments: [
            ("double five", "55"), ("double 5", "55"), ("triple one", "111"), ("treble one", "111"),
            ("quadruple one", "1111"), ("doppel fünf", "55"),
            ("dreimal die eins", "111"), ("vierfach eins", "1111"), ("double-five", "55"), ("double eleven", "1111"),
            ("doble cinco", "55"), ("oh", "0"),
            ("o", "0"), ("O", "0"), ("nought", "0"), ("forty one", "41"), ("forty-one", "41"), ("forty ten", "4010"),
            ("forty", "40"),
            ("eleven one", "111"), ("zwo", "2"),
        ]
    )
    func `words of repetition count for their digits`(words: String, digits: String) {
        // The rest of a card whose check digit tells whether the words were read as these digits.
        let start = "4" + digits
        let body = (start + "093582406179358").prefix(15).compactMap(\.wholeNumberValue)
        let check = (0...9).first { Self.isLuhn(body + [$0]) } ?? 0
        let rest = (body + [check]).dropFirst(start.count).map { Self.units[0].words[$0] }.joined(separator: " ")
        #expect(isCard("four \(words) \(rest)"))
        let wrong = (body + [(check + 1) % 10]).dropFirst(start.count).map { Self.units[0].words[$0] }.joined(
            separator: " "
        )
        #expect(!isCard("four \(words) \(wrong)"))
    }

    // MARK: Numbers in JSON

    @Test(
        arguments: [
            ("4111111111111111", true), ("-4111111111111111", true), ("4111111111111111.0", true),
            ("4111111111111111.5", true),
            ("4.111111111111111e15", true), ("4.111111111111111E+15", true), ("4111111111111111000e-3", true),
            ("4111111111111111500e-3", false),
            ("411111111111111.1e1", true), ("4.111111111111111e14", false), ("4.111111111111111e16", false),
            ("0.4111111111111111e16", true),
            ("41111111111111110e-1", true), ("4111111111111112", false), ("411", false),
        ]
    )
    func `a number is what it amounts to, however it is written`(number: String, isCard: Bool) throws {
        let value = try JSON(parsing: Array("{\"n\":\(number)}".utf8))
        #expect((Redactor().redact(value)["n"] == "[card]") == isCard)
        #expect(isCard || Redactor().redact(value) == value)
    }

    @Test(
        arguments: [
            ("pin", "2580", "[pin]"), ("pin", "25", nil), ("myPin", "2580", "[pin]"), ("my_pin", "2580", "[pin]"),
            ("pin-code", "2580", "[pin]"),
            ("card.pin", "2580", "[pin]"), ("a/pin", "2580", "[pin]"), ("pinning", "2580", nil), ("order", "2580", nil),
            ("cvv", "123", "[cvv]"),
            ("cvv", "12", nil), (String(repeating: "x", count: 56) + "_pin", "2580", "[pin]"),
            (String(repeating: "x", count: 57) + "_pin", "2580", nil),
        ] as [(String, String, String?)]
    )
    func `the name of a member announces its value`(name: String, number: String, label: String?) throws {
        for written in [number, "\"\(number)\""] {
            let value = try JSON(parsing: Array("{\"\(name)\":\(written)}".utf8))
            let found = Redactor().redact(value)
            #expect(label == nil ? found == value : found[name]?.string == label, "\(found)")
        }
    }

    @Test func `names that become equal are numbered, and none takes the place of another`() throws {
        let card = "4111111111111111"
        let value = try JSON(
            parsing: Array("{\"\(card)\":1,\"4111 1111 1111 1111\":2,\"4111-1111-1111-1111\":3,\"[card] 2\":4}".utf8)
        )
        let expected = try JSON(parsing: Array("{\"[card]\":1,\"[card] 3\":2,\"[card] 4\":3,\"[card] 2\":4}".utf8))
        #expect(Redactor().redact(value) == expected)
    }

    @Test func `a value is kept at its path, and redacted at any other`() throws {
        let value = try JSON(parsing: Array(#"{"a":{"b":"x@y.de","c":["x@y.de",{"b":"x@y.de"}]},"b":"x@y.de"}"#.utf8))
        let expected = try JSON(
            parsing: Array(#"{"a":{"b":"x@y.de","c":["[email]",{"b":"[email]"}]},"b":"[email]"}"#.utf8)
        )
        #expect(Redactor().redact(value, keeping: ["a.b"]) == expected)
        #expect(Redactor().redact(value, keeping: ["a"]) != expected)
    }

    // MARK: Numbers that go on

    @Test func `the beginning of a card is replaced where it stands, also at the end of a long text`() {
        for padding in [0, 1, 200, 239, 240, 241, 500] {
            let before = String(repeating: "y", count: padding) + " "
            let found = Redactor().redact("1111 1111 thanks", after: ["hi", before + "4111 1111"])
            #expect(
                found.text.text == "[card] thanks" && found.earlier.mapValues(\.text) == [1: before + "[card]"],
                "\(padding)"
            )
            #expect(found.earlier[1]?.spans.map(\.range) == [padding + 1..<padding + 10])
        }
    }

    @Test func `of what follows only the beginning counts, and its other values are replaced as well`() {
        let text = "1111 1111 and a@b.de"
        let found = Redactor().redact(text, after: ["4111 1111"])
        #expect(found.text.text == "[card] and [email]" && found.text.spans.map(\.kind) == [.card, .email])
        #expect(Redactor(kinds: [.email]).redact(text, after: ["4111 1111"]).earlier.isEmpty)
    }

    @Test("only the first forty characters tell whether a text goes on", arguments: [(39, true), (40, false)])
    func edges(blanks: Int, isContinued: Bool) {
        #expect(Redactor.mayContinue(String(repeating: " ", count: blanks) + "1111") == isContinued)
    }
}
