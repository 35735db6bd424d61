import Alerts
import BusinessCalendar
import DMN
import FEEL
import Foundation
import Measures
import Scripting
import SignIn
import Vocabulary
import Webhooks
import WorkItems

/// Inputs from operations and policy authors.
extension FuzzTarget {
    private static let expressions: [String] = [
        "if a > 1 then \"x\" else date(\"2026-01-02\") + @\"P1D\"", "for i in 1..3, j in [1,2] return i * j ** 2",
        "{a: 1, \"b c\": [1, 2][item > 1], f: function(x: number) x + 1}.f(2)", "some x in c satisfies x.y in (1..2]",
        "substring(\"a\u{1F600}b\", 2, 1) = string join([\"a\", null], \",\")",
        "a between 1 and 2 or not(b) and c[1] = null",
        "sort([3,1], function(x, y) x < y)", "matches(\"abc\", \"^(a|b)+c$\", \"i\")", "a instance of list<number>",
        "date and time(\"2026-11-01T10:00:00@Europe/Berlin\").weekday", "round half up(1.005, 2) - .5e-3",
        "modulo(-5, 3)",
    ]

    private static func scope() -> Scope {
        var scope = Scope()
        for name in ["a", "b", "c", "d e"] { scope.declare(name) }
        return scope
    }

    private static func frame() -> Frame {
        var limits = Limits()
        (limits.listCount, limits.steps, limits.stringLength) = (50_000, 500_000, 1_000_000)
        (limits.valueSize, limits.patternSteps) = (500_000, 200_000)
        let frame = Frame(slotCount: 16, evaluation: Evaluation(limits: limits))
        return frame
    }

    /// FEEL expressions, which are compiled and evaluated.
    static let feel = FuzzTarget(name: "feel", corpus: { _ in expressions.map { Array($0.utf8) } }) { bytes in
        guard let expression = try? Expression(String(decoding: bytes, as: UTF8.self), in: scope()) else { return }
        _ = expression.evaluate(in: frame()).description
    }

    /// Unary tests, as in the cells of decision tables.
    static let unaryTests = FuzzTarget(
        name: "unary-tests",
        corpus: { _ in
            (["-", "< 1, > 2", "not(\"a\", \"b\")", "[1..2), date(\"2026-01-01\")", "? > 1 and ? < a"] + expressions)
                .map { Array($0.utf8) }
        }
    ) { bytes in
        guard let tests = try? UnaryTests(String(decoding: bytes, as: UTF8.self), in: scope()) else { return }
        for input in [Value.number(1), .null, "a"] { _ = tests.matches(input, in: frame()) }
    }

    /// Decision models, which are read and compiled, with every decision evaluated.
    static let dmn = FuzzTarget(name: "dmn", corpus: { files($0, "rules", [".dmn"]) }) { bytes in
        guard let (model, findings) = try? DecisionModel.read(bytes, file: "fuzzed.dmn") else { return }
        let compiled = CompiledModel(model, findings: findings)
        for decision in model.decisions.prefix(8) { _ = try? compiled.evaluate(decision: decision.name, inputs: [:]) }
    }

    /// Files of test cases, which are run on the sample model that they name.
    static let testCases = FuzzTarget(name: "test-cases", corpus: { files($0, "rules/tests", [".xml"]) }) { bytes in
        let folder = scratch("test-cases")
        let file = folder.appendingPathComponent("fuzzed.xml")
        guard (try? Data(bytes).write(to: file)) != nil else { return }
        _ = RuleTests.run(paths: [file.path])
    }

    /// Scripts, which are read and checked, with their cases run.
    static let scripts = FuzzTarget(name: "scripts", corpus: { files($0, "rules/scripts", [".yaml"]) }) { bytes in
        let reading = ScriptCheck.run(String(decoding: bytes, as: UTF8.self), file: "fuzzed.yaml")
        _ = reading.draft?.mermaid
        require(reading.isValid || !reading.diagnostics.isEmpty, "a script is refused without a diagnostic")
    }

    /// Lists of signals, which are read and matched against utterances.
    static let signals = FuzzTarget(name: "signals", corpus: { files($0, "rules", ["signals.yaml"]) }) { bytes in
        _ = try? SignalBook(yaml: String(decoding: bytes, as: UTF8.self), file: "fuzzed.yaml")
    }

    /// Extractors, which are read with their cases run.
    static let extractors = FuzzTarget(
        name: "extractors",
        corpus: { files($0, "rules", ["extractors.yaml"]) }
    ) { bytes in
        let (book, diagnostics) = ExtractorBook.read(String(decoding: bytes, as: UTF8.self), file: "fuzzed.yaml")
        require(book != nil || !diagnostics.isEmpty, "a file of extractors is refused without a diagnostic")
    }

    /// Extractors of every kind, with a pattern that backtracks as much as it can.
    private static let sampleExtractors = ExtractorBook.read(
        """
        extractors:
          hostile: {kind: pattern, pattern: "(a+)+(b|a*)*c\\\\d?"}
          code: {kind: pattern, pattern: "([a-z]{2})[- ]?(\\\\d{2,8})", write: "{1}-{2}", normalise: [upper], check: luhn}
          day: {kind: date, tense: future}
          price: {kind: amount}
          weeks: {kind: number, units: {week: 1, weeks: 1, year: 52}}
          count: {kind: number, least: 0}
          wish: {kind: choice, choices: {new: ["(new|another) one"], money: {words: [refund], unless_before: ["no"]}}}
        languages:
          en:
            numbers: {one: 1, two: 2, forty: 40, hundred: 100, thousand: 1000, million: 1000000, und: 4}
            joiners: [and, und]
            articles: [a]
            ordinals: {third: 3}
            ordinal_suffixes: [st, nd, rd, th]
            months: [[january], [february], [march], [april], [may], [june], [july], [august], [september], [october], [november], [december]]
            weekdays: [[monday], [tuesday], [wednesday], [thursday], [friday], [saturday], [sunday]]
            relative: {yesterday: -1, day before yesterday: -2}
            choosing: {last: -1, this: 0, next: 1}
            spans: {day: [day, days], week: [week, weeks], month: [month], year: [year, years]}
            before: {in: 1}
            after: {ago: -1, from now: 1}
            fillers: [of]
            currencies: {EUR: [€, euro, euros], USD: [$]}
          en-US: {day_first: false}
          de: {decimal: ","}
        """,
        file: "sample.yaml"
    ).book

    /// Utterances, in which extractors look for values.
    static let said = FuzzTarget(
        name: "said",
        corpus: { _ in
            [
                "My order is OH-26 104233, it should have come last Tuesday", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "I paid €1,249.90 on the 3rd of March 2026, two weeks ago", "two hundred and forty one thousand euros",
                "No refund, I want a new one by 03/04/26 or 3.4.", "forty-two 1.234,50 € 10:30 +49 30 1234567",
                "29 February, in 400 years from now, €€€ -1 ’''’",
            ].map { Array($0.utf8) }
        }
    ) { bytes in
        require(sampleExtractors != nil, "the sample of extractors can be read")
        let text = String(decoding: bytes, as: UTF8.self)
        for name in sampleExtractors?.names ?? [] {
            for locale in ["en", "de", "en-US"] {
                let found = sampleExtractors?.found(name, in: text, at: 1_768_478_400_000_000, locale: locale)
                require(found != nil, "every extractor of the sample is known")
            }
        }
    }

    /// Calendars, which are read, and business time counted with them.
    static let calendar = FuzzTarget(
        name: "calendar",
        corpus: { files($0, "rules", ["calendar.yaml"]) }
    ) { bytes in
        do {
            let calendar = try BusinessCalendar(yaml: String(decoding: bytes, as: UTF8.self), file: "fuzzed.yaml")
            let start = Timestamp(microseconds: 1_774_700_000_000_000)
            for team in [nil] + calendar.teams.prefix(3).map(Optional.some) {
                let hours = calendar.hours(of: team)
                require(hours.week > .zero, "there are hours in every week")
                guard let end = hours.instant(.seconds(100_000), after: start) else { continue }
                require(hours.duration(from: start, to: end) == .seconds(100_000), "added time has passed")
                _ = (calendar.freeze(at: end), calendar.peak(at: end, team: team), hours.nextOpening(after: end))
            }
        } catch let error as CalendarError {
            require(!error.findings.isEmpty, "a calendar is refused without a finding")
        } catch {
            require(false, "a calendar is refused with an error of its own")
        }
    }

    /// Kinds of work, each with a ladder that ends.
    static let work = FuzzTarget(
        name: "work",
        corpus: { files($0, "rules", ["work.yaml"]) }
    ) { bytes in
        let (book, findings) = WorkBook.read(String(decoding: bytes, as: UTF8.self), file: "fuzzed.yaml")
        require((book == nil) == !findings.isEmpty, "a file of kinds is refused with a finding, and only then")
        for kind in book?.kinds ?? [] {
            require(kind.ladder.count <= 10, "a ladder has few steps")
            require(!kind.clocks.isEmpty || kind.ladder.isEmpty, "what is never late calls nobody")
        }
    }

    /// Files of webhooks, none of which sends to a private address that is not allowed.
    static let webhooks = FuzzTarget(
        name: "webhooks",
        corpus: { files($0, "rules", ["webhooks.yaml"]) + [webhooksSample] }
    ) { bytes in
        do throws(WebhookError) {
            for hook in try WebhookBook(yaml: String(decoding: bytes, as: UTF8.self), file: "fuzzed.yaml").hooks {
                require(hook.allowsPrivateAddresses || hook.url.lowercased().hasPrefix("https://"), "TLS is the rule")
                require(!hook.secrets.isEmpty && !hook.teams.isEmpty && !hook.events.isEmpty, "a webhook is complete")
            }
        } catch {
            require(!error.findings.isEmpty, "a file of webhooks is refused with a finding")
        }
    }

    private static let webhooksSample = Array(
        """
        keep: {delivered: 7d, failed: 30d}
        webhooks:
          crm:
            url: https://crm.example.com/hooks?x=1
            events: [alert.raised, work.*]
            teams: [delivery]
            secrets: [{env: FRONTLINE_WEBHOOK_CRM}, {file: /run/secret}]
            retry: [5s, 2h]
            breaker: {failures: 3, pause: 1m}
        """.utf8
    )

    /// Rules of sign-in, none of which lets somebody in without a role.
    static let signIn = FuzzTarget(
        name: "sign-in",
        corpus: { files($0, "rules", ["sign-in.yaml"]) }
    ) { bytes in
        do throws(SignInError) {
            let book = try SignInBook(yaml: String(decoding: bytes, as: UTF8.self), file: "fuzzed.yaml")
            require(book.scopes.contains("openid") && !book.algorithms.isEmpty, "the rules are complete")
        } catch {
            require(!error.findings.isEmpty, "rules of sign-in are refused with a finding")
        }
    }

    /// Definitions of measures, which are read with their expressions compiled and tried.
    static let measures = FuzzTarget(
        name: "measures",
        corpus: { files($0, "rules/measures", [".yaml"]) }
    ) { bytes in
        do throws(MeasureError) {
            let text = String(decoding: bytes, as: UTF8.self)
            let definition = try MeasureDefinition(yaml: text, name: "fuzzed", file: "fuzzed.yaml")
            require(definition.titles["en"] != nil, "every measure has a title in English")
            let groups = FactCatalog.groups(of: definition.kind)
            require(definition.groups.allSatisfy(groups.contains), "a measure is grouped by what its records have")
        } catch {
            require(error.code == .invalid && !error.findings.isEmpty, "a measure is refused with a finding")
        }
    }

    /// A temporary folder for readers that need files.
    static func scratch(_ name: String) -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("frontline-fuzz-\(ProcessInfo.processInfo.processIdentifier)-\(name)")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
