import Foundation
import Scripting
import Testing
import Vocabulary

/// What the extractors of the sample find; the day is Thursday, 15 January 2026.
@Suite struct ExtractorTests {
    static let now: Int64 = 1_768_478_400_000_000

    static let book: ExtractorBook? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try? String(contentsOf: root.appendingPathComponent("rules/extractors.yaml"), encoding: .utf8)
        return text.flatMap { ExtractorBook.read($0, file: "extractors.yaml").book }
    }()

    static func found(_ name: String, _ text: String, _ locale: String = "en") throws -> [JSON] {
        let book = try #require(book)
        return try #require(book.found(name, in: text, at: now, locale: locale))
    }

    @Test(
        "dates are found however they are said",
        arguments: [
            ("today", "2026-01-15"), ("the day before yesterday", "2026-01-13"), ("last Thursday", "2026-01-08"),
            ("on Thursday", "2026-01-15"), ("on Friday", "2026-01-09"), ("this Friday", "2026-01-16"),
            ("next Thursday", "2026-01-22"), ("three weeks ago", "2025-12-25"), ("a month ago", "2025-12-15"),
            ("two years back", "2024-01-15"), ("in forty-two days", "2026-02-26"), ("March 3rd, 2025", "2025-03-03"),
            ("the third of March", "2025-03-03"), ("15 Jan", "2026-01-15"), ("16 January", "2025-01-16"),
            ("29 February", "2024-02-29"), ("03/04/2025", "2025-04-03"), ("3/4/25", "2025-04-03"),
            ("13/04/2025", "2025-04-13"), ("12/25/2025", "2025-12-25"), ("2025-04-03", "2025-04-03"),
            ("3.4.2025.", "2025-04-03"), ("it came on 3.4. I think", "2025-04-03"),
        ]
    )
    func dates(_ text: String, _ date: String) throws {
        #expect(try Self.found("day_past", text) == [.string(date)])
    }

    @Test(
        "what looks like a date and is none is not found",
        arguments: [
            "OH-26-10-2026", "31/02/2025", "version 3.4", "0/0/0000", "40 March", "I may call", "the sun is out",
            "10:30", "1/2", "March", "in the morning", "99 years old", "20260-01-15", "2026-01-155",
        ]
    )
    func noDates(_ text: String) throws {
        #expect(try Self.found("day_past", text) == [])
    }

    @Test(
        "dates in German",
        arguments: [
            ("am 3. März", "2025-03-03"), ("letzten Dienstag", "2026-01-13"), ("vor einer Woche", "2026-01-08"),
            ("in einundzwanzig Tagen", "2026-02-05"), ("vorgestern", "2026-01-13"),
            ("am dritten April 2025", "2025-04-03"),
            ("3.4.25", "2025-04-03"), ("gestern Abend", "2026-01-14"),
        ]
    )
    func germanDates(_ text: String, _ date: String) throws {
        #expect(try Self.found("day_past", text, "de") == [.string(date)])
        #expect(try Self.found("day_past", text, "de-AT") == [.string(date)])
    }

    @Test(
        "amounts need a currency, before or after",
        arguments: [
            ("€49.90", "49.90", "EUR"), ("49,90 €", "49.90", "EUR"), ("1,249.50 euros", "1249.50", "EUR"),
            ("1.249,50 €", "1249.50", "EUR"), ("forty-five dollars", "45", "USD"), ("a euro", "1", "EUR"),
            ("one hundred and twenty pounds", "120", "GBP"), ("GBP 20", "20", "GBP"), ("$5", "5", "USD"),
            ("two thousand three hundred francs", "2300", "CHF"), ("EUR 007", "7", "EUR"), ("($5)", "5", "USD"),
            ("one €5", "5", "EUR"),
        ]
    )
    func amounts(_ text: String, _ amount: String, _ currency: String) throws {
        let language = text.contains("1.249") ? "de" : "en"
        #expect(
            try Self.found("amount", text, language) == [["amount": .string(amount), "currency": .string(currency)]]
        )
    }

    @Test(
        "what has no currency, or is no number, is no amount",
        arguments: ["49.90", "euros", "the euro fell", "1.2.3 euros", "12,34,56 euros", "OH-26 euros", "€"]
    )
    func noAmounts(_ text: String) throws {
        #expect(try Self.found("amount", text) == [])
    }

    @Test("numbers count in units and stay within their bounds")
    func numbers() throws {
        #expect(try Self.found("days", "three days, or two weeks") == [3, 14])
        #expect(try Self.found("days", "two thousand days") == [])
        #expect(try Self.found("months", "a year and a half") == [12])
        #expect(try Self.found("working_days", "über eine Woche", "de") == [5])
        #expect(try Self.found("days", "order 3") == [])
    }

    @Test("a code is a whole word, is put together from its groups, and every one is found")
    func codes() throws {
        #expect(try Self.found("order_number", "OH26104233 and oh 26 104234") == ["OH-26-104233", "OH-26-104234"])
        #expect(try Self.found("order_number", "BOOH-26-104233 OH-26-1042335 OH-26-104233x") == [])
    }

    @Test("a choice is found when one is named, and not when two are")
    func choices() throws {
        #expect(try Self.found("wish", "Could you exchange it?") == ["replacement"])
        #expect(try Self.found("wish", "Either a discount or a new one") == [])
        #expect(try Self.found("wish", "no replacement please") == [])
        #expect(try Self.found("yes_no", "Nein, lieber nicht", "de") == ["no"])
    }

    @Test("an unknown extractor and an unknown language are told apart")
    func unknown() throws {
        let book = try #require(Self.book)
        #expect(book.found("nothing", in: "OH-26-104233", at: Self.now, locale: "en") == nil)
        #expect(book.found("day_past", in: "yesterday, 2025-04-03", at: Self.now, locale: "fr") == ["2025-04-03"])
        #expect(ExtractorBook.empty.names.isEmpty)
    }

    @Test("the time of a search is bounded, however a pattern backtracks", .timeLimit(.minutes(1)))
    func hostilePattern() throws {
        let patterns = ["(a+)+b", "(a|a)*b", "(a*)*b", "(.*)*x(.*)*y", "((a+)*)*c", "(a|aa)+$b", "(\\\\w+\\\\s?)*!"]
        let texts = [String(repeating: "a", count: 4_000), String(repeating: "ab ", count: 2_000)]
        for pattern in patterns {
            let yaml = "extractors: {x: {kind: pattern, pattern: \"\(pattern)\"}}"
            let (book, diagnostics) = ExtractorBook.read(yaml, file: "x.yaml")
            let read = try #require(book, "\(pattern): \(diagnostics.map(\.description))")
            // 20 searches of a hundred thousand steps each; without the bound the first would not end.
            for _ in 0..<10 {
                for text in texts { #expect(read.found("x", in: text, at: 0, locale: "en")?.count ?? 0 <= 100) }
            }
        }
    }

    @Test(
        "mistakes are reported where they are",
        arguments: [
            ("extractors: {x: {kind: pattern}}", 1, "“pattern” is missing"),
            ("extractors: {x: {kind: pattern, pattern: \"(\"}}", 1, "no regular expression"),
            ("extractors: {x: {kind: pattern, pattern: \"a*\"}}", 1, "matches nothing at all"),
            ("extractors: {x: {kind: pattern, pattern: \"(a)b\", write: \"{2}\"}}", 1, "expected the groups {1} to"),
            ("extractors: {x: {kind: pattern, pattern: ab, check: sum}}", 1, "expected one of luhn"),
            ("extractors: {x: {kind: time}}", 1, "expected one of pattern"),
            ("extractors: {x: {kind: date, tense: now}}", 1, "expected one of past, future"),
            ("extractors: {x: {kind: number, units: {day: 0}}}", 1, "expected an integer from 1"),
            ("extractors: {x: {kind: number, least: 2, most: 1}}", 1, "less than"),
            ("extractors: {x: {kind: choice, choices: {a: [\"(b\"]}}}", 1, "(b"),
            ("extractors: {x: {kind: choice, choices: {a: {}}}}", 1, "expected “words” or “like”"),
            (
                "extractors: {x: {kind: choice, choices: {a: [b]}, meaning: {similarity: 2, margin: 0}}}", 1,
                "from 0 to 1"
            ),
            ("extractors: {x: {kind: amount, pattern: a}}", 1, "unknown member “pattern”"),
            ("extractors: {}\nlanguages: {en: {months: [[a]]}}", 2, "expected 12"),
            ("extractors: {}\nlanguages: {en: {currencies: {euro: [e]}}}", 2, "is no currency"),
            ("extractors: {}\nlanguages: {en: {numbers: {two words: 2}}}", 2, "is not one word"),
            ("extractors:\n  x: {kind: pattern, pattern: ab,\n    cases: [{said: ac, value: ac}]}", 3, "finds null"),
            ("languages: {}", 1, "“extractors” is missing"), ("[]", 1, "the file of extractors is a list"),
        ]
    )
    func mistakes(_ yaml: String, _ line: Int, _ message: String) throws {
        let (book, diagnostics) = ExtractorBook.read(yaml, file: "x.yaml")
        #expect(book == nil)
        #expect(
            diagnostics.contains { $0.place.line == line && $0.message.contains(message) },
            "\(diagnostics.map(\.description))"
        )
    }

    @Test(
        "check digits are checked",
        arguments: [
            ("luhn", "79927398713", "79927398710"), ("gs1", "4006381333931", "4006381333932"),
            ("mod97", "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R21"),
        ]
    )
    func checks(_ check: String, _ right: String, _ wrong: String) throws {
        let yaml = "extractors: {x: {kind: pattern, pattern: \"[A-Z0-9]+\", check: \(check)}}"
        let book = try #require(ExtractorBook.read(yaml, file: "x").book)
        #expect(book.found("x", in: right, at: 0, locale: "en") == [.string(right)])
        #expect(book.found("x", in: wrong, at: 0, locale: "en") == [])
    }

    @Test("the case of letters counts where a file says so")
    func exactCase() throws {
        let yaml = "extractors: {x: {kind: pattern, pattern: \"I am ([A-Z][a-z]+)\", exact_case: true}}"
        let book = try #require(ExtractorBook.read(yaml, file: "x").book)
        #expect(book.found("x", in: "I am late, I am Mara", at: 0, locale: "en") == ["Mara"])
    }
}
