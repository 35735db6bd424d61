import Customers
import Testing

@Suite struct CanonicalFormTests {
    @Test(
        "one name in several spellings is one",
        arguments: [
            ("K-1", "k-1"), ("K-1", "K-1 "), ("K-1", "\u{A0}K-1\t"), ("K-1", "K\u{2010}1"), ("K-1", "K\u{2011}1"),
            ("K-1", "K\u{2012}1"), ("K-1", "K\u{2013}1"), ("K-1", "K\u{2014}1"), ("K-1", "K\u{2015}1"),
            ("K-1", "K\u{2212}1"), ("K-1", "K\u{FF0D}1"), ("K-1", "\u{FF2B}-\u{FF11}"), ("K-1", "\u{212A}-1"),
            ("K-1", "K\u{200B}-\u{2060}1"), ("K-1", "\u{202E}K-1\u{202C}"), ("K-1", "K\u{AD}-1"),
            ("Order 7", "order  7"), ("Order 7", "ORDER\u{2003}7"), ("caf\u{E9}", "cafe\u{301}"),
            ("Stra\u{DF}e", "STRASSE"),
            ("\u{3A3}\u{3C2}", "\u{3C3}\u{3C3}"),
        ]
    )
    func same(_ one: String, _ other: String) {
        #expect(CanonicalForm()(one) == CanonicalForm()(other))
    }

    @Test(
        "other names are others",
        arguments: [("K-1", "K-2"), ("K-1", "K1"), ("K-1", "K--1"), ("K 1", "K1"), ("K-1", "-K-1"), ("K_1", "K-1")]
    )
    func different(_ one: String, _ other: String) {
        #expect(CanonicalForm()(one) != CanonicalForm()(other))
    }

    @Test func `case distinguishes ids only on request, and nothing else does`() {
        let form = CanonicalForm(.distinct)
        #expect(form("K-1") != form("k-1"))
        #expect(form("K-1") == form(" K\u{2011}1"))
        #expect(form("K-1") == "K-1")
    }

    @Test(
        "a name of which nothing can be seen has no form",
        arguments: ["", " ", "\u{200B}", "\u{2060}\u{FEFF}", "\u{2800}", "\u{3164}", "\u{202E}\u{A0}"]
    )
    func invisible(name: String) {
        #expect(CanonicalForm()(name).isEmpty)
        #expect(CanonicalForm(.distinct)(name).isEmpty)
    }

    @Test func `the form is idempotent`() {
        var generator = Xorshift(state: 7)
        for _ in 0..<20_000 {
            var name = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let limits: [UInt32] = [0x7f, 0x2ff, 0x2fff, 0xffff, 0x1_f9ff]
                let value = UInt32.random(in: 0...limits.randomElement(using: &generator)!, using: &generator)
                if let scalar = Unicode.Scalar(value) { name.append(scalar) }
            }
            for form in [CanonicalForm(), CanonicalForm(.distinct)] {
                let once = form(String(name))
                #expect(form(once) == once, "\(name.map { String($0.value, radix: 16) })")
            }
        }
    }
}

/// A reproducible sequence of numbers.
private struct Xorshift: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
