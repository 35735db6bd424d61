import Redaction
import Testing

/// Card numbers of every range and length, in all formats.
@Suite struct CardTests {
    @Test(arguments: [
        "4222222222222", "4111111111111111", "4000000000000000006", "5555555555554444", "2223003122003222",
        "378282246310005", "30569309025904", "38520000023237", "36227206271667", "6011111111111117",
        "3530111333300000", "3566002020360505", "6200000000000005", "6205500000000000004", "6759649826438453",
        "501800000009", "5000550000000029", "2200000000000053", "5019717010103742", "9792020000000001",
        "135410014004955", "6304000000000000000", "213100000000001", "180000000000002",
    ])
    func `a number of any issuer is found after a word and without one`(_ digits: String) {
        #expect(Redactor().redact("my card is \(digits), ok").text == "my card is [card], ok")
        #expect(Redactor().redact("please take \(digits) now").text == "please take [card] now")
    }

    @Test(arguments: [
        ("take 4111 1111\n1111 1111 please", "take [card] please"),
        ("4111\r\n1111\r\n1111\r\n1111", "[card]"),
        ("4111_1111_1111_1111", "[card]"),
        ("4111:1111:1111:1111", "[card]"),
        ("4111*1111*1111*1111", "[card]"),
        ("4111, 1111, 1111, 1111.", "[card]."),
        ("4111 / 1111 / 1111 / 1111", "[card]"),
        ("4111 dash 1111 dash 1111 dash 1111", "[card]"),
        ("41111111 11111111", "[card]"),
        ("VISA4111111111111111", "VISA[card]"),
        ("no_4111111111111111_x", "no_[card]_x"),
        ("4111111111111111exp 12/28", "[card]exp 12/28"),
        ("4111 double one 1111 triple one 1 one one", "[card]"),
        ("it is 4111 one one one one triple one one 1111", "it is [card]"),
        ("four triple one double one double one double one double one quadruple one", "[card]"),
        ("forty-one eleven eleven eleven eleven eleven eleven eleven", "[card]"),
        ("vier eins eins eins eins eins eins eins eins eins eins eins eins eins eins eins danke", "[card] danke"),
        ("fünf fünf fünf fünf fünf fünf fünf fünf fünf fünf fünf fünf vier vier vier vier", "[card]"),
        ("einundvierzig elf elf elf elf elf elf elf", "[card]"),
        ("vier dreimal die eins doppel eins 11 11 11 11 eins eins", "[card]"),
        ("cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno", "[card]"),
    ])
    func `a number is found across lines, signs and words`(_ text: String, _ expected: String) {
        #expect(Redactor().redact(text).text == expected)
    }

    @Test(arguments: [
        "EAN 4006381333931 is not on the shelf", "4006381333931", "order 501800000009 is late",
        "501800000009 is my order number", "the releases 2457, 2504, 2580, and 2605",
        "9356 3450 4968 0882 6644 04 is with the carrier", "tracking 9356 3450 4968 0882 6644 04",
        "voucher 9057 0667 4152 8134", "4.1 4.12 4.2 4.22 4.3 4.32", "between 36 15 65 41 and 201 420",
        "JJD000390007882823283", "order no. 625-3374537-4491120", "24909095-1969-0437-06b5-eae7db596899",
        "4678814837976e34d949b471770fe9a5c6156f5a", "4111 1111 and then", "one eleven, two twelve, three thirteen",
        "vier Wochen, zwei Pakete, drei Anrufe und elf Tage", "at four thirty on the twenty first",
    ])
    func `numbers of products, parcels, orders and lists are kept`(_ text: String) {
        #expect(Redactor().redact(text).text == text)
    }

    @Test(arguments: [
        ("501800000009 is the number of my order", "501800000009 is the number of my order"),
        ("501800000009 is the number of my new order", "[card] is the number of my new order"),
        ("501800000009 is the number of my new one", "[card] is the number of my new one"),
        ("501800000009 is the order of my dreams", "501800000009 is the order of my dreams"),
        ("501800000009 is what I pay for the order with", "[card] is what I pay for the order with"),
    ])
    func `a number of a smaller network is no card where one of six words after it names an order`(
        _ text: String,
        _ expected: String
    ) {
        #expect(Redactor().redact(text).text == expected)
    }
}

/// Random cards in random contexts, and random digits that are not cards.
@Suite struct CardPropertyTests {
    /// Common prefixes and lengths.
    private static let ranges = [
        ("4", 16), ("4", 19), ("51", 16), ("55", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15), ("300", 14),
        ("305", 14), ("36", 14), ("38", 14), ("3095", 14), ("3528", 16), ("3589", 16), ("3530", 17), ("3530", 19),
        ("6011", 16), ("644", 16), ("65", 16), ("65", 19), ("62", 16), ("62", 17), ("62", 18), ("62", 19), ("2200", 16),
        ("6759", 16), ("5018", 16), ("6304", 16),
    ]
    /// Prefixes and lengths of smaller networks, which count unless there is evidence against a card.
    private static let rareRanges = [
        ("5018", 12), ("6304", 13), ("58", 14), ("6759", 15), ("6763", 17), ("6759", 18), ("6759", 19), ("9792", 16),
        ("1800", 15), ("2131", 15), ("135", 15), ("8600", 16), ("81", 16), ("4", 13),
    ]
    private static let english = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    private static let german = ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
    private static let before = [
        "", "pay with ", "please use ", "it's ", "VISA ", "ok so ", "take \"", "(", "> ", "und dann: ",
    ]
    private static let after = ["", " please", " thanks", ".", "\", ok", ")", " exp 12/28", " und danke"]

    private static func isValid(_ digits: [Int]) -> Bool {
        let sum = digits.reversed().enumerated().reduce(0) { total, item in
            let value = item.offset % 2 == 1 ? item.element * 2 : item.element
            return total + (value > 9 ? value - 9 : value)
        }
        return sum % 10 == 0
    }

    private static func card(_ range: (String, Int), _ generator: inout SeededGenerator) -> [Int] {
        var digits = range.0.compactMap(\.wholeNumberValue)
        while digits.count < range.1 - 1 { digits.append(Int.random(in: 0...9, using: &generator)) }
        return digits + [(0...9).first { isValid(digits + [$0]) } ?? 0]
    }

    private static func written(_ digits: [Int], _ generator: inout SeededGenerator) -> String {
        let text = digits.map(String.init)
        let sizes = digits.count == 15 ? [4, 6, 5] : [4, 4, 4, 4, 3]
        var groups: [String] = []
        var rest = text[...]
        for size in sizes where !rest.isEmpty {
            groups.append(rest.prefix(size).joined())
            rest = rest.dropFirst(size)
        }
        switch Int.random(in: 0...12, using: &generator) {
        case 0, 1: return text.joined()
        case 2: return text.joined(separator: " ")
        case 3: return digits.map { english[$0] }.joined(separator: " ")
        case 4: return digits.map { german[$0] }.joined(separator: " ")
        case 5: return mixed(digits, english, ["double", "triple"], &generator)
        case 6: return mixed(digits, german, ["doppel", "dreimal"], &generator)
        case 7: return groups[0] + " " + groups[1] + "\n" + groups[2...].joined(separator: " ")
        default:
            let separators = [" ", "-", "_", ":", "*", "\n", ", ", " - ", " · "]
            return groups.joined(separator: separators.randomElement(using: &generator) ?? " ")
        }
    }

    private static func mixed(
        _ digits: [Int],
        _ words: [String],
        _ times: [String],
        _ generator: inout SeededGenerator
    ) -> String {
        var parts: [String] = []
        var index = 0
        while index < digits.count {
            let same = min(3, digits[index...].prefix { $0 == digits[index] }.count)
            let digit = Bool.random(using: &generator) ? words[digits[index]] : String(digits[index])
            parts.append(same > 1 ? "\(times[same - 2]) \(digit)" : digit)
            index += same
        }
        return parts.joined(separator: " ")
    }

    @Test func `a valid card is found completely in any format and context`() {
        var generator = SeededGenerator(seed: 101)
        for _ in 0..<4000 {
            let digits = Self.card(Self.ranges.randomElement(using: &generator) ?? ("4", 16), &generator)
            guard Set(digits).count > 1 else { continue }
            let (before, after) = (
                Self.before.randomElement(using: &generator) ?? "", Self.after.randomElement(using: &generator) ?? ""
            )
            let text = before + Self.written(digits, &generator) + after
            #expect(Redactor().redact(text).text == before + "[card]" + after, "from: \(text.debugDescription)")
        }
    }

    @Test func `a card of a smaller network is found after a word for cards or paying`() {
        var generator = SeededGenerator(seed: 103)
        for _ in 0..<2000 {
            let digits = Self.card(Self.rareRanges.randomElement(using: &generator) ?? ("5018", 12), &generator)
            let before = ["my card is ", "charge it to ", "Karte: "].randomElement(using: &generator) ?? ""
            let text = before + Self.written(digits, &generator)
            #expect(Redactor().redact(text).text == before + "[card]", "from: \(text.debugDescription)")
        }
    }

    @Test func `digits without a valid check digit are kept`() {
        var generator = SeededGenerator(seed: 107)
        for _ in 0..<4000 {
            let count = Int.random(in: 12...19, using: &generator)
            var digits = [Int.random(in: 1...9, using: &generator)]
            while digits.count < count { digits.append(Int.random(in: 0...9, using: &generator)) }
            guard !Self.isValid(digits) else { continue }
            let isWhole = Bool.random(using: &generator)
            let text =
                isWhole ? digits.map(String.init).joined() : digits.map { Self.english[$0] }.joined(separator: " ")
            let found = Redactor(kinds: [.card]).redact("please take \(text) now")
            #expect(!found.isChanged, "from: \(text)")
        }
    }
}
