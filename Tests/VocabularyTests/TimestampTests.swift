import Testing
import Vocabulary

@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", Int64(0)),
        ("1969-12-31T23:59:59.999999Z", -1),
        ("2026-11-21T08:30:00Z", 1_795_249_800_000_000),
        ("2026-11-21T09:30:00+01:00", 1_795_249_800_000_000),
        ("2024-02-29T00:00:00.125Z", 1_709_164_800_125_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000_000),
    ])
    func `a time is read to the microsecond`(text: String, microseconds: Int64) {
        #expect(Timestamp(text)?.microseconds == microseconds)
    }

    @Test(arguments: [
        "", "now", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00",
        "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Zx", "2026-1-1T00:00:00Z", "0000-01-01T00:00:00Z",
    ])
    func `what is no time is refused`(text: String) { #expect(Timestamp(text) == nil) }

    @Test func `a time that is written is read again as it was`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let moment = Timestamp(
                microseconds: Int64.random(in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &generator)
            )
            #expect(Timestamp(moment.description) == moment)
        }
    }

    @Test func `a date alone is its first moment`() {
        #expect(Timestamp("2026-01-01") == Timestamp("2026-01-01T00:00:00Z"))
    }
}
