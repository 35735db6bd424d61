import Redaction
import Testing

/// Telephone numbers against the rule of their formats, written slowly.
@Suite struct TelephoneTests {
    private func redacted(_ text: String, _ formats: [TelephoneFormat]? = nil) -> String {
        Redactor(kinds: [.phone], telephones: formats.map { TelephoneFormats($0) }).redact(text).text
    }

    // MARK: International numbers

    @Test func `after a plus a number has eight to fifteen digits and no zero first`() {
        let digits = "9358240617935824061"
        for count in 5...18 {
            let number = "+" + digits.prefix(count)
            #expect(
                redacted("call \(number) now", [])
                    == ((8...15).contains(count) ? "call [phone] now" : "call \(number) now")
            )
        }
        for (number, isFound) in [
            ("+0935824061", false), ("+ 935824061", true), ("+(93) 5824061", true), ("(+93) 5824061", true),
            ("+93 58 24 06 17", true),
            ("+93-58.24/06 17", true), ("+93582406x", false), ("x+93582406", false), ("+", false), ("+93 5", false),
        ] {
            let found = redacted("call \(number), ok", [])
            #expect((found == "call \(number), ok") != isFound, "\(number): \(found)")
        }
    }

    @Test func `after two zeros a number is grouped and has eleven digits or more`() {
        for (number, isFound) in [
            ("00 44 20 7946 0958", true), ("0044 207946095", true), ("0044 20794609", true), ("0044 2079460", true),
            ("0044 207946", false),
            ("00442079460", false), ("000 44 20 7946 0958", false), ("0044 2079460958123", true),
        ] {
            let found = redacted("call \(number), ok", [])
            #expect(found == (isFound ? "call [phone], ok" : "call \(number), ok"), "\(number)")
        }
    }

    // MARK: National formats

    private static let formats = [
        TelephoneFormat(starts: ["01", "02"], digits: 8...10),
        TelephoneFormat(starts: ["03"], digits: 9...9, writing: .apart),
        TelephoneFormat(starts: ["4", "41"], digits: 7...7, writing: .groups([3, 4])),
        TelephoneFormat(starts: ["5"], digits: 8...8, writing: .groups([2, 2, 4])),
        TelephoneFormat(starts: ["016"], digits: 12...12),
    ]

    /// Whether groups with their separators are a number of the formats as a whole.
    private static func fits(_ groups: [String], _ separators: [String]) -> Bool {
        let digits = groups.joined()
        let sizes = groups.map(\.count)
        let isDate = sizes.count > 2 && sizes[0] <= 2 && sizes[1] <= 2 && sizes[2] == 4 && separators[0] != " "
        guard Set(digits).count > 1, !isDate else { return false }
        let areApart =
            groups.count > 1 && sizes.allSatisfy { $0 >= 2 } && sizes[0] <= 6 && digits.count - sizes[0] >= 5
            && Set(separators.dropFirst()).count <= 1
        return formats.contains { format in
            guard format.starts.contains(where: digits.hasPrefix), format.digits.contains(digits.count) else {
                return false
            }
            switch format.writing {
            case .any: return groups.count == 1 || areApart
            case .apart: return areApart
            case .groups(let wanted): return sizes == wanted
            }
        }
    }

    @Test func `a number without country code fits a format as a whole`() {
        var random = SeededGenerator(seed: 3)
        var found = 0
        for _ in 0..<3_000 {
            let start = ["01", "02", "03", "4", "41", "5", "016", "6"].randomElement(using: &random) ?? "01"
            let length = Int.random(in: 6...13, using: &random)
            let digits =
                start + (0..<(length - start.count)).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
            var (groups, rest): ([String], Substring) = ([], digits[...])
            while !rest.isEmpty {
                let size =
                    groups.isEmpty && Bool.random(using: &random) ? rest.count : Int.random(in: 1...6, using: &random)
                groups.append(String(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            let mixed = Bool.random(using: &random)
            let separators = (1..<max(1, groups.count)).map { _ in
                mixed ? [" ", "-", "/"].randomElement(using: &random) ?? " " : " "
            }
            let number = groups.indices.map { groups[$0] + ($0 < separators.count ? separators[$0] : "") }.joined()
            // A part of a longer number may fit by itself; what is told apart here is whether the whole does.
            let isWhole = redacted("ruf \(number) an", Self.formats) == "ruf [phone] an"
            #expect(isWhole == Self.fits(groups, separators), "\(number)")
            found += isWhole ? 1 : 0
        }
        #expect(found > 150, "the property would prove little otherwise")
    }

    @Test(
        arguments: [
            ("0123 4567", "0123 4567"), ("0123 45678", "[phone]"), ("(0123) 4567", "(0123) 4567"),
            ("(012) 34567", "[phone]"), ("012-34567", "[phone]"), ("order 01234567", "order 01234567"),
            ("9999 0123 45678", "9999 [phone]"), ("9 9999 0123 45678", "9 9999 0123 45678"),
            ("99 9999 01234567", "99 9999 01234567"),
            ("9 999 01234567", "9 999 [phone]"), ("9999 9999 +93582406", "9999 9999 [phone]"),
            ("01234567x", "01234567x"),
            ("1,01234567", "1,01234567"), ("a-01234567", "a-[phone]"), ("a1-01234567", "a1-01234567"),
            ("01234567-a1b2c", "01234567-a1b2c"),
            ("01111111", "[phone]"), ("00000000", "00000000"),
        ]
    )
    func `a number stands by itself`(text: String, expected: String) {
        let found = redacted("so \(text) ok", Self.formats)
        #expect(found == "so \(expected) ok", "\(found)")
    }

    // MARK: The file

    @Test(
        arguments: [
            ("{starts: [\"0\"], digits: 7}", true), ("{starts: [\"0\"], digits: 6}", false),
            ("{starts: [\"0\"], digits: 17}", true),
            ("{starts: [\"0\"], digits: 18}", false), ("{starts: [\"0\"], digits: 9-8}", false),
            ("{starts: [\"0\"], digits: 8-9}", true),
            ("{starts: [\"0\"], digits: 8-9-10}", false), ("{starts: [\"0\"], digits: x}", false),
            ("{starts: [\"0\"], digits: \"8-\"}", false),
            ("{starts: [\"123456\"], digits: 9}", true), ("{starts: [\"1234567\"], digits: 9}", false),
            ("{starts: [\"\"], digits: 9}", false),
            ("{starts: [\"02-09\"], digits: 9}", true), ("{starts: [\"09-02\"], digits: 9}", false),
            ("{starts: [\"2-10\"], digits: 9}", false),
            ("{starts: [\"0000-0999\"], digits: 9}", true), ("{starts: [\"0000-1000\"], digits: 9}", false),
            ("{starts: [\"1-2-3\"], digits: 9}", false), ("{starts: \"0\", digits: 9}", true), ("{digits: 9}", false),
            ("{starts: [\"0\"], written: 3-4}", true), ("{starts: [\"0\"], written: 3-3}", false),
            ("{starts: [\"0\"], written: 9-8}", true),
            ("{starts: [\"0\"], written: 9-9}", false), ("{starts: [\"0\"], written: [3-4, 4-4]}", true),
            ("{starts: [\"0\"], written: \"7\"}", false),
            ("{starts: [\"0\"], written: 0-7}", false), ("{starts: [\"0\"], written: 10-2}", false),
            ("{starts: [\"0\"], written: apart}", false),
            ("{starts: [\"0\"], digits: 9, written: apart}", true), ("{starts: [\"0\"], written: 3-x}", false),
            ("[]", false), ("7", false),
        ]
    )
    func `formats are read strictly`(format: String, isRead: Bool) {
        do throws(TelephoneFormatError) {
            _ = try TelephoneFormats(yaml: "DE:\n  - \(format)\n", file: "t")
            #expect(isRead, "\(format)")
        } catch {
            #expect(!isRead && error.line == 2, "\(format): \(error)")
        }
    }

    @Test(arguments: [("DE", true), ("D", false), ("DEU", false), ("de", false), ("D1", false)])
    func `a country has two capital letters`(country: String, isRead: Bool) {
        let yaml = "\(country):\n  - {starts: [\"0\"], digits: 9}\n"
        #expect(((try? TelephoneFormats(yaml: yaml, file: "t")) != nil) == isRead)
        #expect(
            (try? TelephoneFormats(yaml: "DE: 7\n", file: "t")) == nil
                && (try? TelephoneFormats(yaml: "[", file: "t")) == nil
        )
    }

    @Test func `a range of starts stands for each of them, with its zeros`() throws {
        let formats = try TelephoneFormats(yaml: "DE:\n  - {starts: [\"008-011\"], digits: 9}\n", file: "t")
        for (start, isFound) in [
            ("007", false), ("008", true), ("009", true), ("010", true), ("011", true), ("012", false),
        ] {
            let found = Redactor(kinds: [.phone], telephones: formats).redact("ruf \(start)358246 an").text
            #expect((found == "ruf [phone] an") == isFound, "\(start)")
        }
    }
}
