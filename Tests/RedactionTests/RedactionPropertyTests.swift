import Foundation
import Redaction
import Testing

/// SplitMix64, so that a failing case can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

@Suite struct RedactionPropertyTests {
    private static let pieces = [
        "4539 1488 0343 6467", "4111111111111111", "078-05-1120", "219099999", "password is ", "my PIN is ", "2580",
        "a@b.com",
        "@", ".", ",", " ", "-", "/", ":", "::", "\n", "+1 415 555 0132", "0171 5551234", "IBAN ",
        "DE89370400440532013000",
        "eyJhbGciOi.eyJz.abc123", "key ", "sk_live_abcdefghij0123456789", "[card]", "[", "]", "five ", "double four ",
        "192.168.1.1", "fe80::1", "00:1A:2b:7D:4C:4E", "é", "👍🏽", "ß", "x", "7", "0", "born on 1/2/1990", "at ", "dot ",
        "com",
        "-----BEGIN PRIVATE KEY-----", "passport ", "X1234567", "\u{200D}", "\u{0}", "RSSMRA85T10A562S", "phone ",
        "order ",
    ]

    private static func random(_ generator: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...30, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
            .joined()
    }

    @Test func `redaction is idempotent`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<3000 {
            let text = Self.random(&generator)
            let once = Redactor().redact(text)
            let twice = Redactor().redact(once.text)
            #expect(twice.text == once.text, "from: \(text.debugDescription)")
        }
    }

    @Test func `the text outside the spans is untouched, scalar by scalar`() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            let text = Self.random(&generator)
            let redacted = Redactor().redact(text)
            let scalars = Array(text.unicodeScalars)
            var expected = String.UnicodeScalarView()
            var index = 0
            for span in redacted.spans {
                #expect(span.range.lowerBound >= index && span.range.upperBound <= scalars.count && !span.range.isEmpty)
                expected.append(contentsOf: scalars[index..<span.range.lowerBound])
                expected.append(contentsOf: span.kind.placeholder.unicodeScalars)
                index = span.range.upperBound
            }
            expected.append(contentsOf: scalars[index...])
            #expect(Array(redacted.text.unicodeScalars) == Array(expected))
        }
    }

    @Test func `a valid card is never left in the text`() {
        var generator = SeededGenerator(seed: 13)
        for _ in 0..<500 {
            var digits = [4] + (0..<14).map { _ in Int.random(in: 0...9, using: &generator) }
            let sum = digits.reversed().enumerated().reduce(0) { total, item in
                let value = item.offset % 2 == 0 ? item.element * 2 : item.element
                return total + (value > 9 ? value - 9 : value)
            }
            digits.append((10 - sum % 10) % 10)
            let separator = ["", " ", "-"].randomElement(using: &generator) ?? ""
            let groups = stride(from: 0, to: 16, by: 4).map { digits[$0..<($0 + 4)].map(String.init).joined() }
            let card = groups.joined(separator: separator)
            #expect(Redactor().redact("use \(card) please").text == "use [card] please")
        }
    }

    @Test func `random bytes neither crash nor hang`() {
        var generator = SeededGenerator(seed: 17)
        for _ in 0..<1500 {
            let count = Int.random(in: 0...200, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let text = String(decoding: bytes, as: UTF8.self)
            let redacted = Redactor().redact(text)
            #expect(Redactor().redact(redacted.text).text == redacted.text)
        }
    }

    @Test(arguments: [
        "1 ", "9-", "a.", "a@", "@", "(", "+1", "one ", "password is ", "eyJ", "-----BEGIN PRIVATE KEY-----", "1:",
        "f::", "A1 ", "x at ",
        "[card", "0.0.0.", "415-555-0132 ", "DE89 ",
    ])
    func `time grows with the length, not its square`(_ unit: String) {
        // The CPU time of this thread, because other tests run concurrently.
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        func seconds(_ size: Int) -> Double {
            let text = String(repeating: unit, count: size / unit.utf8.count)
            let times = (0..<3).map { _ in
                let start = now()
                _ = Redactor().redact(text)
                return now() - start
            }
            return times.min() ?? 0
        }
        // Quadratic work would cost 64 times as much at 8 times the length.
        #expect(seconds(16_000) < max(seconds(2_000), 0.001) * 30)
    }
}
