import Testing
import Vocabulary

@Suite("Times as text")
struct RFC3339Tests {
    @Test(
        "a time is read to the microsecond",
        arguments: [
            ("1970-01-01", 0), ("1970-01-01T00:00:01Z", 1_000_000), ("1970-01-01t01:00:00+01:00", 0),
            ("1970-01-01 00:00:00.5Z", 500_000), ("1970-01-01T00:00:00.123456789Z", 123_456),
            ("1969-12-31T23:59:59.999999Z", -1), ("2000-02-29T00:00:00Z", 951_782_400_000_000),
            ("2026-11-21T08:30:00-05:30", 1_795_269_600_000_000),
        ] as [(String, Int64)]
    )
    func reading(text: String, microseconds: Int64) {
        #expect(RFC3339.microseconds(text) == microseconds)
    }

    @Test(
        "what is no time is refused",
        arguments: [
            "", "1970", "1970-1-1", "1970-02-29", "1900-02-29", "0000-01-01", "1970-13-01", "1970-01-01T24:00:00Z",
            "1970-01-01T00:00:60Z", "1970-01-01T00:00:00", "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00.0000000001Z",
            "1970-01-01T00:00:00Z ", "1970-01-01T00:00:00+24:00", "１970-01-01",
        ]
    )
    func refusing(text: String) {
        #expect(RFC3339.microseconds(text) == nil)
    }

    @Test("text and time are each other's inverse, before and after 1970")
    func roundTrip() {
        let span = -62_135_596_800_000_000...253_402_300_799_999_999 as ClosedRange<Int64>
        for time in stride(from: span.lowerBound, through: span.upperBound, by: 98_765_432_123_457) {
            #expect(RFC3339.microseconds(RFC3339.text(of: time)) == time)
        }
    }

    @Test("only the first moment of a day is a date alone")
    func dates() {
        #expect(RFC3339.date(of: 86_400_000_000) == "1970-01-02")
        #expect(RFC3339.date(of: 1) == nil)
        #expect(RFC3339.microseconds(year: 1970, month: 1, day: 2) == 86_400_000_000)
    }
}
