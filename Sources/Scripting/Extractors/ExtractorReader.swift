import FEEL
import PhraseMatching
import Vocabulary

extension ExtractorBook {
    /// Reads `rules/extractors.yaml` and runs its cases.
    ///
    /// Every mistake is reported with its place, and reading continues; size, nesting and numbers are bounded.
    ///
    /// - Parameters:
    ///   - yaml: the text.
    ///   - file: its name in diagnostics.
    /// - Returns: the extractors, or nil if there is an error, and the diagnostics in the order of the source.
    package static func read(_ yaml: String, file: String) -> (book: ExtractorBook?, diagnostics: [ScriptDiagnostic]) {
        let findings = ScriptFindings(file: file)
        let reader = ExtractorReader(findings: findings)
        let book = ScriptSource(yaml).root(findings, what: "the file of extractors").flatMap(reader.book)
        let sorted = findings.all.sorted { ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column) }
        return (findings.hasErrors ? nil : book, sorted)
    }
}

/// Reads extractors one by one; one with a mistake is left out and reported.
private struct ExtractorReader {
    private static let maximumExtractors = 200
    private static let maximumChoices = 50
    private static let maximumPhrases = 500
    private static let common = ["kind", "note", "cases"]
    private static let members: [String: [String]] = [
        "pattern": common + ["pattern", "exact_case", "write", "normalise", "check"],
        "date": common + ["tense"],
        "number": common + ["units", "least", "most"],
        "amount": common,
        "choice": common + ["choices", "meaning"],
    ]
    private static let kinds = ["pattern", "date", "number", "amount", "choice"]
    /// The time of every case, 2026-01-15T12:00:00Z, a Thursday.
    private static let now: Int64 = 1_768_478_400_000_000

    let findings: ScriptFindings

    func book(_ root: ScriptNode) -> ExtractorBook? {
        guard let map = root.members(["extractors", "languages"]) else { return nil }
        let languages = map["languages"].map { LanguageReader().languages($0) } ?? [:]
        let entries = map["extractors"]?.entries("a map of extractors by name") ?? []
        if map["extractors"] == nil { root.error(.missing, "“extractors” is missing") }
        guard entries.count <= Self.maximumExtractors else {
            map["extractors"]?.error(.form, "a file has at most \(Self.maximumExtractors) extractors")
            return nil
        }
        var extractors: [Extractor] = []
        var cases: [(name: String, node: ScriptNode)] = []
        for entry in entries {
            let node = entry.value.named("the extractor “\(ScriptNode.short(entry.key))”")
            guard ScriptNode.isIdentifier(entry.key) else {
                findings.error(.form, "“\(ScriptNode.short(entry.key))” is not a name", at: entry.keyPlace)
                continue
            }
            guard let (kind, map) = read(node) else { continue }
            extractors.append(Extractor(name: entry.key, kind: kind))
            if let node = map["cases"] { cases.append((entry.key, node)) }
        }
        let book = ExtractorBook(extractors, languages: languages)
        for (name, node) in cases { run(node, of: name, book) }
        return book
    }

    private func read(_ node: ScriptNode) -> (kind: Extractor.Kind, map: [String: ScriptNode])? {
        let kinds = Self.kinds.joined(separator: ", ")
        guard let entries = node.entries("a map with a kind") else { return nil }
        guard let kindNode = entries.first(where: { $0.key == "kind" })?.value else {
            node.error(.missing, "“kind” is missing in \(node.what): expected one of \(kinds)")
            return nil
        }
        guard let kind = kindNode.text(kinds) else { return nil }
        guard let known = Self.members[kind] else {
            kindNode.error(.form, "the kind is \(kindNode.kind), expected one of \(kinds)")
            return nil
        }
        guard let map = node.members(known) else { return nil }
        let read: Extractor.Kind? =
            switch kind {
            case "pattern": pattern(map, node).map(Extractor.Kind.pattern)
            case "date": .date(map["tense"].map { $0.choice(of: DateReader.Tense.self) ?? .past } ?? .past)
            case "number": number(map)
            case "amount": .amount
            default: choice(map, node).map(Extractor.Kind.choice)
            }
        return read.map { ($0, map) }
    }

    private func pattern(_ map: [String: ScriptNode], _ node: ScriptNode) -> PatternReader? {
        guard let source = map["pattern"] else {
            node.error(.missing, "“pattern” is missing in \(node.what): expected a regular expression")
            return nil
        }
        guard let text = source.text("a regular expression") else { return nil }
        var reader: PatternReader
        do {
            let isExact = map["exact_case"]?.flag() ?? false
            reader = PatternReader(pattern: try BoundedPattern(text, ignoringCase: !isExact))
        } catch {
            source.error(.form, "“pattern” is no regular expression: \(error.message)")
            return nil
        }
        var steps = PatternReader.steps
        if reader.pattern.firstMatch(in: [], from: 0, steps: &steps) != nil || steps == 0 {
            source.error(.form, "“pattern” matches nothing at all, expected one that needs a letter or a digit")
            return nil
        }
        if let form = map["write"], let text = form.text("the groups as {1}, {2}, …") {
            let count = reader.pattern.groupCount
            let wanted = Self.groups(in: text)
            if wanted.isEmpty || wanted.contains(where: { $0 < 1 || $0 > count }) {
                form.error(.form, "“write” is \(form.kind), expected the groups {1} to {\(count)} of the pattern")
            }
            reader.form = text
        }
        let nodes = map["normalise"].map { $0.isText ? [$0] : $0.elements("a list of normalisations") ?? [] } ?? []
        reader.normalisations = nodes.compactMap { $0.choice(of: PatternReader.Normalisation.self) }
        reader.check = map["check"]?.choice(of: PatternReader.Check.self)
        return reader
    }

    /// The numbers in braces.
    private static func groups(in text: String) -> [Int] {
        text.split(separator: "{").dropFirst(text.hasPrefix("{") ? 0 : 1).map { part in
            part.firstIndex(of: "}").flatMap { Int(part[..<$0]) } ?? 0
        }
    }

    private func number(_ map: [String: ScriptNode]) -> Extractor.Kind {
        let units = map["units"]?.entries("a map of words and factors") ?? []
        let read = units.compactMap { unit in
            unit.value.integer(in: 1...1_000_000).map { (Utterance.words(unit.key), $0) }
        }
        let bounds = Int(Int32.min)...Int(Int32.max)
        let (least, most) = (map["least"]?.integer(in: bounds), map["most"]?.integer(in: bounds))
        if let least, let most, least > most { map["most"]?.error(.form, "“most” is less than “least”") }
        guard least != nil || most != nil else { return .number(units: read, range: nil) }
        let lower = least ?? bounds.lowerBound
        return .number(units: read, range: lower...max(lower, most ?? bounds.upperBound))
    }

    private func choice(_ map: [String: ScriptNode], _ node: ScriptNode) -> ChoiceReader? {
        guard let entries = map["choices"]?.entries("a map of choices and their words"), !entries.isEmpty else {
            if map["choices"] == nil { node.error(.missing, "“choices” is missing in \(node.what)") }
            return nil
        }
        guard entries.count <= Self.maximumChoices else {
            map["choices"]?.error(.form, "an extractor has at most \(Self.maximumChoices) choices")
            return nil
        }
        let choices = entries.compactMap { entry in choice(entry.key, entry.value) }
        let meaning = map["meaning"].flatMap { self.meaning($0) }
        if let node = map["meaning"], choices.allSatisfy({ $0.phrases.isEmpty }) {
            node.error(.missing, "“meaning” needs phrases to compare with: “like” is missing in every choice")
        }
        guard choices.count == entries.count else { return nil }
        do {
            return try ChoiceReader(choices, meaning: meaning)
        } catch {
            node.error(.form, "\(node.what): \(error.message)")
            return nil
        }
    }

    private func choice(
        _ value: String,
        _ node: ScriptNode
    ) -> (value: String, rule: PhraseRule, phrases: [String])? {
        guard node.isMap else {
            return patterns(node).map { (value, PhraseRule(patterns: $0), []) }
        }
        guard let map = node.members(["words", "unless", "unless_before", "like"]) else { return nil }
        var exceptions = (map["unless"].flatMap(patterns) ?? []).map { PhraseRule.Exception($0) }
        exceptions += (map["unless_before"].flatMap(patterns) ?? []).map {
            PhraseRule.Exception($0, place: .before(words: 3))
        }
        let words = map["words"].map(patterns) ?? []
        let phrases = map["like"]?.texts("a list of sentences") ?? []
        guard let words else { return nil }
        guard !words.isEmpty || !phrases.isEmpty else {
            node.error(.missing, "the choice “\(value)” is empty, expected “words” or “like”")
            return nil
        }
        guard phrases.count <= Self.maximumPhrases else {
            map["like"]?.error(.form, "a choice has at most \(Self.maximumPhrases) sentences")
            return nil
        }
        return (value, PhraseRule(patterns: words, unless: exceptions), phrases)
    }

    /// The patterns of a list; nil if one of them is invalid.
    private func patterns(_ node: ScriptNode) -> [String]? {
        let placed = node.placedTexts("a list of patterns")
        guard !placed.isEmpty, placed.count <= Self.maximumPhrases else {
            node.error(.form, "\(node.what) has \(placed.count) patterns, expected 1 to \(Self.maximumPhrases)")
            return nil
        }
        var isValid = true
        for (text, place) in placed {
            do {
                try PhraseMatcher.check(text)
            } catch {
                findings.error(.form, error.message, at: place)
                isValid = false
            }
        }
        return isValid ? placed.map(\.text) : nil
    }

    private func meaning(_ node: ScriptNode) -> ChoiceReader.Meaning? {
        guard let map = node.members(["similarity", "margin"]) else { return nil }
        for name in ["similarity", "margin"] where map[name] == nil {
            node.error(.missing, "“\(name)” is missing: expected a number from 0 to 1")
        }
        guard let similarity = map["similarity"]?.share(), let margin = map["margin"]?.share() else { return nil }
        return ChoiceReader.Meaning(similarity: similarity, margin: margin)
    }

    // MARK: Cases

    private func run(_ node: ScriptNode, of name: String, _ book: ExtractorBook) {
        for element in node.elements("a list of {said, value}") ?? [] {
            guard let map = element.named("a case").members(["said", "value", "locale"]) else { continue }
            guard let said = map["said"]?.text("what a customer says"), let value = map["value"] else {
                element.error(.missing, "a case has “said” and “value”; null for nothing")
                continue
            }
            let locale = map["locale"]?.text("a language") ?? "en"
            let found = book.found(name, in: said, at: Self.now, locale: locale)?.last ?? .null
            guard !Self.isSame(found, value.json) else { continue }
            value.error(.testCase, "“\(name)” finds \(found) in “\(ScriptNode.short(said))”, expected \(value.json)")
        }
    }

    /// Whether two values read the same; YAML has no quotes where JSON has some.
    private static func isSame(_ found: JSON, _ expected: JSON) -> Bool {
        if let found = found.object, let expected = expected.object {
            return found.count == expected.count
                && found.allSatisfy { member in expected[member.key].map { isSame(member.value, $0) } ?? false }
        }
        return (found.string ?? found.description) == (expected.string ?? expected.description)
    }
}

extension ScriptNode {
    /// One of the raw values of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>(
        of type: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        guard let text = text(known) else { return nil }
        guard let value = Choice(rawValue: text) else {
            error(.form, "\(what) is \(kind), expected one of \(known)")
            return nil
        }
        return value
    }

    /// An integer within a range.
    func integer(in range: ClosedRange<Int>) -> Int? {
        guard let number = scalar.flatMap({ Int($0) }), range.contains(number) else {
            error(.form, "\(what) is \(kind), expected an integer from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// A number from 0 to 1.
    func share() -> Double? {
        guard let number = scalar.flatMap({ Double($0) }), (0...1).contains(number) else {
            error(.form, "\(what) is \(kind), expected a number from 0 to 1")
            return nil
        }
        return number
    }
}
