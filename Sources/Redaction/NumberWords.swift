/// Numbers up to 99 written as words, of one or two digits each, in the languages of ``ContextWords``.
enum NumberWords {
    /// The digits that words represent.
    struct Reading {
        /// The first digit, and the second one for "forty one".
        let first: UInt8
        let second: UInt8?
        /// How often they are repeated: 2 for "double five".
        let times: Int
        /// The end position of the words.
        let end: Int
    }

    /// Reads "five", "fünf", "double five", "triple 5" or "forty one" at `start`.
    ///
    /// A numeral counts only after a word of repetition.
    static func read(_ codes: [UInt8], at start: Int) -> Reading? {
        guard let word = word(codes, at: start) else { return nil }
        switch word.meaning {
        case .number(let value) where value < 10: return Reading(first: value, second: nil, times: 1, end: word.end)
        case .number(let value): return pair(value, codes, end: word.end)
        case .times(let times): return repeated(times, codes, from: word.end)
        case .connective: return nil
        }
    }

    /// The end of a word that people put between groups of digits ("dash", "then", "und") at `start`.
    static func connectiveEnd(_ codes: [UInt8], at start: Int) -> Int? {
        guard let word = word(codes, at: start), case .connective = word.meaning else { return nil }
        return word.end
    }

    private enum Meaning: Sendable {
        case number(UInt8)
        case times(Int)
        case connective
    }

    /// Reads a number of two digits; a unit may follow whole tens, as in "forty-one".
    private static func pair(_ value: UInt8, _ codes: [UInt8], end: Int) -> Reading {
        if value >= 20, value % 10 == 0, end + 1 < codes.count,
            codes[end] == 0x20 || codes[end] == UInt8(ascii: "-"), let unit = word(codes, at: end + 1),
            case .number(let low) = unit.meaning, (1...9).contains(low)
        {
            return Reading(first: value / 10, second: low, times: 1, end: unit.end)
        }
        return Reading(first: value / 10, second: value % 10, times: 1, end: end)
    }

    private static func repeated(_ times: Int, _ codes: [UInt8], from end: Int) -> Reading? {
        guard var index = next(codes, after: end) else { return nil }
        if let article = word(codes, at: index), case .connective = article.meaning {
            guard let after = next(codes, after: article.end) else { return nil }
            index = after
        }
        if codes[index].isDigit {
            guard index + 1 == codes.count || !codes[index + 1].isWord else { return nil }
            return Reading(first: codes[index] - 0x30, second: nil, times: times, end: index + 1)
        }
        guard let word = word(codes, at: index), case .number(let value) = word.meaning else { return nil }
        return value < 10
            ? Reading(first: value, second: nil, times: times, end: word.end)
            : Reading(first: value / 10, second: value % 10, times: times, end: word.end)
    }

    /// The start of the word after one space or hyphen.
    private static func next(_ codes: [UInt8], after end: Int) -> Int? {
        guard end + 1 < codes.count, codes[end] == 0x20 || codes[end] == UInt8(ascii: "-"), codes[end + 1].isWord else {
            return nil
        }
        return end + 1
    }

    private static let longest = 20

    private static func word(_ codes: [UInt8], at start: Int) -> (meaning: Meaning, end: Int)? {
        guard start + 1 < codes.count, codes[start].isLetter else { return single(codes, at: start) }
        let tables = tables
        let second = codes[start + 1].lowered
        guard second.isLowercase else { return single(codes, at: start) }
        let row = tables.beginnings[Int(codes[start].lowered - 0x61)]
        guard row >> UInt32(second - 0x61) & 1 == 1 else { return nil }
        var hash = ContextWords.seed
        var end = start
        while end < codes.count, end - start <= longest, codes[end].isLetter {
            hash = (hash ^ UInt64(codes[end].lowered)) &* 0x100_0000_01B3
            end += 1
        }
        guard end == codes.count || !codes[end].isWord else { return nil }
        return tables.words[hash].map { ($0, end) }
    }

    /// The letter O is read as zero.
    private static func single(_ codes: [UInt8], at start: Int) -> (meaning: Meaning, end: Int)? {
        guard start < codes.count, codes[start].lowered == UInt8(ascii: "o"),
            start + 1 == codes.count || !codes[start + 1].isWord
        else { return nil }
        return (.number(0), start + 1)
    }

    private struct Tables: Sendable {
        var words: [UInt64: Meaning] = [:]
        /// For each first letter, the possible second letters of known words, to reject other words quickly.
        var beginnings = [UInt32](repeating: 0, count: 26)

        mutating func add(_ word: some StringProtocol, _ meaning: Meaning) {
            let bytes = Array(word.utf8)
            words[ContextWords.hash(bytes)] = meaning
            if bytes.count > 1 { beginnings[Int(bytes[0] - 0x61)] |= 1 << UInt32(bytes[1] - 0x61) }
        }
    }

    private static let tables: Tables = {
        var tables = Tables()
        for (value, list) in digits.enumerated() {
            for word in list.split(separator: " ") { tables.add(word, .number(UInt8(value))) }
        }
        for (value, list) in teens.enumerated() {
            for word in list.split(separator: " ") { tables.add(word, .number(UInt8(value + 10))) }
        }
        for (value, list) in tens.enumerated() {
            for word in list.split(separator: " ") {
                tables.add(word, .number(UInt8(value + 2) * 10))
                for (unit, name) in germanUnits.enumerated() {
                    tables.add("\(name)und\(word)", .number(UInt8(value + 2) * 10 + UInt8(unit + 1)))
                }
            }
        }
        for (times, list) in [2: doubles, 3: triples, 4: quadruples] {
            for word in list.split(separator: " ") { tables.add(word, .times(times)) }
        }
        for word in connectives.split(separator: " ") { tables.add(word, .connective) }
        return tables
    }()

    // English, German, French, Spanish, Italian and Dutch, without accents.
    private static let digits = [
        "zero oh null nought naught cero nul", "one ein eins eine un uno een", "two zwei zwo deux dos due twee",
        "three drei trois tres tre drie", "four vier quatre cuatro quattro", "five funf fuenf cinq cinco cinque vijf",
        "six sechs seis sei zes", "seven sieben sept siete sette zeven", "eight acht huit ocho otto",
        "nine neun neuf nueve nove negen",
    ]
    private static let teens = [
        "ten zehn", "eleven elf", "twelve zwolf zwoelf", "thirteen dreizehn", "fourteen vierzehn",
        "fifteen funfzehn fuenfzehn", "sixteen sechzehn", "seventeen siebzehn", "eighteen achtzehn",
        "nineteen neunzehn",
    ]
    private static let tens = [
        "twenty zwanzig", "thirty dreisig dreissig", "forty vierzig", "fifty funfzig fuenfzig", "sixty sechzig",
        "seventy siebzig", "eighty achtzig", "ninety neunzig",
    ]
    private static let germanUnits = ["ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"]
    private static let doubles = "double doppel doppelt doppelte zweimal dubbel doble doppio"
    private static let triples = "triple treble dreifach dreimal driedubbel triplo"
    private static let quadruples = "quadruple vierfach viermal"
    private static let connectives =
        "and then dash hyphen space the uh um er erm und dann strich bindestrich leerzeichen die ah ahm aeh"
}
