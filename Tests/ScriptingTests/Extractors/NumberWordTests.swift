import Scripting
import Testing
import Vocabulary

/// Numbers in words, written by a slow and obvious speller and read back.
@Suite struct NumberWordTests {
    private static let english = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    private static let englishTens = [
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ]
    private static let german = [
        "null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
        "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
    ]
    private static let germanTens = [
        "", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig",
    ]

    private static func english(_ number: Int) -> String {
        switch number {
        case ..<20: english[number]
        case ..<100: englishTens[number / 10] + (number % 10 == 0 ? "" : "-" + english[number % 10])
        case ..<1_000:
            english[number / 100] + " hundred" + (number % 100 == 0 ? "" : " and " + english(number % 100))
        default:
            english(number / 1_000) + " thousand" + (number % 1_000 == 0 ? "" : " " + english(number % 1_000))
        }
    }

    private static func german(_ number: Int) -> String {
        switch number {
        case ..<20: german[number]
        case ..<100:
            (number % 10 == 0 ? "" : german[number % 10] + "und") + germanTens[number / 10]
        case ..<1_000: german[number / 100] + "hundert" + (number % 100 == 0 ? "" : german(number % 100))
        default: german(number / 1_000) + "tausend" + (number % 1_000 == 0 ? "" : german(number % 1_000))
        }
    }

    private static let numbers: [Int] = {
        var random = SeededRandom(seed: 7)
        return Array(2..<120) + (0..<200).map { _ in Int.random(in: 120..<1_000_000, using: &random) }
    }()

    @Test("numbers in words are read as they are spelled, in English and in German")
    func words() throws {
        for number in Self.numbers {
            let english = try ExtractorTests.found("amount", "I paid \(Self.english(number)) euros for it")
            #expect(english == [["amount": .string(String(number)), "currency": "EUR"]], "\(Self.english(number))")
            let german = try ExtractorTests.found("amount", "Das macht \(Self.german(number)) Euro", "de")
            #expect(german == [["amount": .string(String(number)), "currency": "EUR"]], "\(Self.german(number))")
        }
    }

    @Test("digits said one by one are one number")
    func digits() throws {
        let found = try ExtractorTests.found("amount", "seven zero five euros")
        #expect(found == [["amount": "705", "currency": "EUR"]])
    }
}
