import Knowledge
import Testing

@Suite struct ArticleTimeTests {
    @Test(
        arguments: [
            ("1970-01-01", 0), ("1970-01-02", 86_400_000_000), ("2026-01-01", 1_767_225_600_000_000),
            ("2024-02-29T12:30:15Z", 1_709_209_815_000_000), ("2024-02-29T12:30:15.25Z", 1_709_209_815_250_000),
            ("2024-02-29T13:30:15+01:00", 1_709_209_815_000_000), ("1969-12-31T23:59:59Z", -1_000_000),
            ("0001-01-01", -62_135_596_800_000_000), ("9999-12-31", 253_402_214_400_000_000),
        ] as [(String, Int64)]
    )
    func readsDatesAndTimes(text: String, expected: Int64) {
        #expect(ArticleTime.parse(text) == expected)
    }

    @Test(arguments: [
        "", "2026", "2026-1-1", "2026-13-01", "2026-02-29", "2026-01-01T", "2026-01-01T10:00", "2026-01-01T10:00:00",
        "2026-01-01T24:00:00Z", "2026-01-01 10:00:00", "0000-01-01", "2026-01-01Z", "2026-01-01T10:00:00Zjunk",
    ])
    func refusesInvalidTimes(text: String) {
        #expect(ArticleTime.parse(text) == nil)
    }

    @Test(arguments: [
        ("2017-11-27 21:56:14", "2017-11-27T21:56:14Z"), ("Tue, 10 Jun 2003 04:00:00 GMT", "2003-06-10T04:00:00Z"),
        ("10 Jun 03 04:00 EST", "2003-06-10T09:00:00Z"), ("Sat, 07 Sep 2002 00:00:01 +0200", "2002-09-06T22:00:01Z"),
    ])
    func readsForeignTimes(text: String, expected: String) throws {
        #expect(ArticleTime.text(of: try #require(ArticleTime.parseForeign(text))) == expected)
    }

    @Test func writesWhatItReads() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            let time = Int64.random(in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &generator)
            #expect(ArticleTime.parse(ArticleTime.text(of: time)) == time)
        }
    }
}

/// A reproducible generator (SplitMix64, Steele and others 2014).
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
