/// Reads the languages of `rules/extractors.yaml`.
///
/// What a regional variety such as `en-US` lacks is taken from the language without the region.
struct LanguageReader {
    private static let maximumLanguages = 100
    private static let maximumWords = 1_000
    private static let members = [
        "decimal", "day_first", "numbers", "joiners", "articles", "ordinals", "ordinal_suffixes", "months", "weekdays",
        "relative", "choosing", "spans", "before", "after", "fillers", "currencies",
    ]

    func languages(_ node: ScriptNode) -> [String: SpokenLanguage] {
        guard let entries = node.entries("a map of languages") else { return [:] }
        guard entries.count <= Self.maximumLanguages else {
            node.error(.form, "a file has at most \(Self.maximumLanguages) languages")
            return [:]
        }
        var languages: [String: SpokenLanguage] = [:]
        // Shorter tags first, so that a variety finds its language.
        for entry in entries.sorted(by: { ($0.key.count, $0.key) < ($1.key.count, $1.key) }) {
            let tag = entry.key.lowercased()
            let base = languages[String(tag.prefix { $0 != "-" })] ?? SpokenLanguage()
            languages[tag] = language(entry.value.named("the language “\(ScriptNode.short(entry.key))”"), base)
        }
        return languages
    }

    private func language(_ node: ScriptNode, _ base: SpokenLanguage) -> SpokenLanguage {
        guard let map = node.members(Self.members) else { return base }
        var language = base
        if let decimal = map["decimal"], let text = decimal.text("“.” or “,”") {
            if text == "." || text == "," {
                language.decimal = Character(text)
            } else {
                decimal.error(.form, "the decimal mark is \(decimal.kind), expected “.” or “,”")
            }
        }
        if let node = map["day_first"] { language.isDayFirst = node.flag() ?? true }
        if let node = map["numbers"] { language.numbers = words(node, in: 0...1_000_000_000) }
        if let node = map["joiners"] { language.joiners = Set(single(node)) }
        if let node = map["articles"] { language.articles = Set(single(node)) }
        if let node = map["ordinals"] { language.ordinals = words(node, in: 1...31) }
        if let node = map["ordinal_suffixes"] { language.ordinalSuffixes = Set(single(node)) }
        if let node = map["months"] { language.months = names(node, count: 12) }
        if let node = map["weekdays"] { language.weekdays = names(node, count: 7) }
        if let node = map["relative"] { language.relative = phrases(node, in: -1_000...1_000) }
        if let node = map["choosing"] { language.choosing = words(node, in: -1...1) }
        if let node = map["spans"] { language.spans = spans(node) }
        if let node = map["before"] { language.before = phrases(node, in: -1...1) }
        if let node = map["after"] { language.after = phrases(node, in: -1...1) }
        if let node = map["fillers"] { language.fillers = Set(single(node)) }
        if let node = map["currencies"] { language.currencies = currencies(node) }
        return language
    }

    /// Words with integers.
    private func words(_ node: ScriptNode, in range: ClosedRange<Int>) -> [String: Int] {
        var result: [String: Int] = [:]
        for (phrase, value) in phrases(node, in: range) {
            guard phrase.count == 1 else {
                node.error(.form, "“\(phrase.joined(separator: " "))” is not one word, expected single words")
                continue
            }
            result[phrase[0]] = value
        }
        return result
    }

    /// Phrases with integers.
    private func phrases(_ node: ScriptNode, in range: ClosedRange<Int>) -> SpokenLanguage.Phrases<Int> {
        let entries = node.entries("a map of words and integers") ?? []
        guard isFew(entries.count, node) else { return [] }
        return entries.compactMap { entry in
            let words = Utterance.words(entry.key)
            return words.isEmpty ? nil : entry.value.integer(in: range).map { (words, $0) }
        }
    }

    /// A list of single words.
    private func single(_ node: ScriptNode) -> [String] {
        let texts = node.texts("a list of words")
        guard isFew(texts.count, node) else { return [] }
        return texts.flatMap(Utterance.words)
    }

    /// A list of names, each with its other forms, by place from 1.
    private func names(_ node: ScriptNode, count: Int) -> [String: Int] {
        guard let elements = node.elements("a list of \(count) lists of words") else { return [:] }
        guard elements.count == count else {
            node.error(.form, "\(node.what) has \(elements.count) elements, expected \(count)")
            return [:]
        }
        var result: [String: Int] = [:]
        for (position, element) in elements.enumerated() {
            for word in single(element) { result[word] = position + 1 }
        }
        return result
    }

    private func spans(_ node: ScriptNode) -> [String: SpokenLanguage.Span] {
        let known = SpokenLanguage.Span.allCases
        guard let map = node.members(known.map(\.rawValue)) else { return [:] }
        var result: [String: SpokenLanguage.Span] = [:]
        for span in known {
            for word in map[span.rawValue].map(single) ?? [] { result[word] = span }
        }
        return result
    }

    private func currencies(_ node: ScriptNode) -> SpokenLanguage.Phrases<String> {
        let entries = node.entries("a map of currency codes and words") ?? []
        guard isFew(entries.count, node) else { return [] }
        return entries.flatMap { entry -> SpokenLanguage.Phrases<String> in
            guard ScriptType.isCurrency(entry.key) else {
                let message = "“\(ScriptNode.short(entry.key))” is no currency, expected three letters as EUR"
                entry.value.error(.form, message)
                return []
            }
            let texts = entry.value.texts("a list of words")
            guard isFew(texts.count, entry.value) else { return [] }
            return texts.map { (Utterance.words($0), entry.key) }
        }
    }

    private func isFew(_ count: Int, _ node: ScriptNode) -> Bool {
        guard count > Self.maximumWords else { return true }
        node.error(.form, "\(node.what) has more than \(Self.maximumWords) words")
        return false
    }
}
