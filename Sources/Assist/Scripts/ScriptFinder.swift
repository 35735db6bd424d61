import Foundation
import Synchronization
import TextSearch
package import Texts

/// Finds the script that fits the customer's recent turns, by example utterances, titles and tags.
///
/// Every example, and every title with its tags, is a small document of stems. The score of a document is the geometric
/// mean of two shares: the share of the document's weight that was said, and the share of what was said that belongs to
/// the script. Words in fewer documents of the language weigh more. Scripts below a threshold are not returned.
///
/// A finder is immutable. The cost of a query grows with the number of scripts that share a word with it.
package struct ScriptFinder: Sendable {
    /// The score from which a script fits.
    private static let bar = 0.55
    /// The weights of the most recent turns, the newest first.
    private static let weights = [1.0, 0.6, 0.36]
    /// The largest number of scripts in a finder.
    private static let maximumScripts = 2_000
    /// The largest number of examples used of a script.
    private static let maximumExamples = 200

    private struct Document {
        let script: Int
        let stems: [String]
        let text: String
        let isExample: Bool
    }

    private struct Language {
        var documents: [Document] = []
        var documentsOfStem: [String: [Int]] = [:]
        var vocabularies: [Int: Set<String>] = [:]

        mutating func add(_ document: Document) {
            guard !document.stems.isEmpty else { return }
            for stem in document.stems { documentsOfStem[stem, default: []].append(documents.count) }
            vocabularies[document.script, default: []].formUnion(document.stems)
            documents.append(document)
        }

        /// The weight of a stem, which is larger the fewer documents contain it.
        func weight(_ stem: String) -> Double {
            log(1 + Double(documents.count + 1) / Double(1 + (documentsOfStem[stem]?.count ?? 0)))
        }
    }

    private let scripts: [FindableScript]
    private let languages: [String: Language]
    /// The scripts without a language, which are analysed in the language of the query.
    private let anywhere: [Int]

    /// Creates a finder of at most 2,000 scripts with 200 examples each.
    package init(_ scripts: [FindableScript]) {
        let scripts = Array(scripts.prefix(Self.maximumScripts))
        var languages: [String: Language] = [:]
        for (number, script) in scripts.enumerated() {
            guard let locale = script.locale else { continue }
            Self.add(script, number, locale: locale, to: &languages[Self.primary(locale), default: Language()])
        }
        self.scripts = scripts
        self.languages = languages
        anywhere = scripts.indices.filter { scripts[$0].locale == nil }
    }

    private static func add(_ script: FindableScript, _ number: Int, locale: String, to language: inout Language) {
        func stems(_ text: String) -> [String] {
            Array(Set(SearchIndex.tellingStems(of: text, locale: locale))).sorted()
        }
        let name = ([script.title] + script.tags).joined(separator: " ")
        language.add(Document(script: number, stems: stems(name), text: script.title, isExample: false))
        for example in script.examples.prefix(maximumExamples) {
            language.add(Document(script: number, stems: stems(example), text: example, isExample: true))
        }
    }

    private static func primary(_ locale: String) -> String {
        locale.prefix { $0 != "-" && $0 != "_" }.lowercased()
    }

    /// The scripts that fit, the best first; each is scored by its best document.
    ///
    /// `texts` are used for the explanations.
    package func scripts(for talk: Talk, locale: String, texts: TextSet, limit: Int = 1) -> [ScriptFit] {
        var language = languages[Self.primary(locale)] ?? Language()
        for number in anywhere { Self.add(scripts[number], number, locale: locale, to: &language) }
        let said = said(talk, locale: locale)
        guard !language.documents.isEmpty, !said.newest.isEmpty else { return [] }
        var best: [Int: (score: Double, document: Document)] = [:]
        for number in Set(said.mentions.keys.flatMap { language.documentsOfStem[$0] ?? [] }).sorted() {
            let document = language.documents[number]
            let score = Self.score(document, said, language)
            if score >= Self.bar, score > best[document.script]?.score ?? 0 {
                best[document.script] = (score, document)
            }
        }
        let sorted = best.sorted { ($0.value.score, scripts[$1.key].id) > ($1.value.score, scripts[$0.key].id) }
        return sorted.prefix(limit).map { number, found in
            ScriptFit(
                script: scripts[number],
                score: (min(1, found.score) * 1_000).rounded() / 1_000,
                because: found.document.isExample
                    ? texts.text("fit.script.example", ["example": .text(found.document.text)])
                    : texts.text("fit.script.title")
            )
        }
    }

    /// The weight of each stem in the talk, and the stems of the newest turn.
    private func said(_ talk: Talk, locale: String) -> (mentions: [String: Double], newest: Set<String>) {
        var mentions: [String: Double] = [:]
        var newest: Set<String> = []
        for (turn, weight) in zip(talk.turns.reversed(), Self.weights) {
            let stems = Set(SearchIndex.tellingStems(of: turn, locale: locale))
            if weight == 1 { newest = stems }
            for stem in stems { mentions[stem] = max(mentions[stem] ?? 0, weight) }
        }
        return (mentions, newest)
    }

    private static func score(
        _ document: Document,
        _ said: (mentions: [String: Double], newest: Set<String>),
        _ language: Language
    ) -> Double {
        let matched = document.stems.filter { said.mentions[$0] != nil }
        // A single matching word of a longer sentence may be a coincidence.
        guard matched.count >= min(2, document.stems.count) else { return 0 }
        let whole = document.stems.reduce(0) { $0 + language.weight($1) }
        let answered = matched.reduce(0) { $0 + language.weight($1) * (said.mentions[$1] ?? 0) }
        let vocabulary = language.vocabularies[document.script] ?? []
        // In a fixed order, so that sums, and so the results, are always the same.
        let spoken = said.newest.sorted()
        let all = spoken.reduce(0) { $0 + language.weight($1) }
        let own = spoken.reduce(0) { $0 + (vocabulary.contains($1) ? language.weight($1) : 0) }
        return (answered / whole * own / max(all, .leastNormalMagnitude)).squareRoot()
    }
}

/// A cache of finders by their scripts, so that agents with the same scripts share one.
final class ScriptFinders: Sendable {
    /// The number of cached finders; teams and rollouts produce only a few different lists.
    private static let maximum = 32
    private let known = Mutex<[[FindableScript]: ScriptFinder]>([:])

    /// The finder for these scripts.
    func finder(of scripts: [FindableScript]) -> ScriptFinder {
        if let finder = known.withLock({ $0[scripts] }) { return finder }
        let made = ScriptFinder(scripts)
        known.withLock { known in
            if known.count >= Self.maximum { known = [:] }
            known[scripts] = made
        }
        return made
    }
}
