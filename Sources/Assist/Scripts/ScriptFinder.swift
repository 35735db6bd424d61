import Foundation
import Synchronization
import TextSearch
package import Texts

/// Finds the script that fits the customer's recent turns, by example utterances, titles and tags.
///
/// A script fits by its words or by its meaning; of several that fit, the one with the higher score is first.
///
/// By words, every example, and every title with its tags, is a small document of stems. The score of a document is the
/// geometric
/// mean of two shares: the share of the document's weight that was said, and the share of what was said that belongs to
/// the script. Words in fewer documents of the language weigh more. Scripts below a threshold are not returned.
///
/// By meaning, a script is as near as the nearest of its examples and its title (``ScriptMeaning``), and ``MeaningScore`` says
/// how near it must be.
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
    static let maximumExamples = 200

    fileprivate struct Document: Sendable {
        let script: Int
        let stems: [String]
        let text: String
        let isExample: Bool
    }

    private struct Language: Sendable {
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

    /// The scripts for talk in a language.
    package func scripts(for locale: String) -> [FindableScript] {
        scripts.filter { script in script.locale.map { Self.primary($0) == Self.primary(locale) } ?? true }
    }

    /// What speaks for a script.
    package struct Evidence: Sendable {
        package let script: FindableScript
        /// The score of its best document by words, 0 to 1; 0 unless enough of its words were said.
        package let words: Double
        /// How near it is by meaning; nil if it was not compared.
        package let near: NearScript?
        fileprivate let document: Document?
    }

    /// What speaks for each script of which a word was said or that is among the near ones, sorted by id.
    package func evidence(for talk: Talk, near: [NearScript] = [], locale: String) -> [Evidence] {
        var language = languages[Self.primary(locale)] ?? Language()
        for number in anywhere { Self.add(scripts[number], number, locale: locale, to: &language) }
        let said = said(talk, locale: locale)
        guard !said.newest.isEmpty else { return [] }
        var best: [Int: (score: Double, document: Document)] = [:]
        for number in Set(said.mentions.keys.flatMap { language.documentsOfStem[$0] ?? [] }).sorted() {
            let document = language.documents[number]
            let score = Self.score(document, said, language)
            if score > best[document.script]?.score ?? 0 { best[document.script] = (score, document) }
        }
        let nearest = Dictionary(near.map { ($0.id, $0) }) { first, _ in first }
        return scripts.indices.compactMap { number -> Evidence? in
            let (words, near) = (best[number], nearest[scripts[number].id])
            guard words != nil || near != nil else { return nil }
            return Evidence(
                script: scripts[number],
                words: min(1, words?.score ?? 0),
                near: near,
                document: words?.document
            )
        }.sorted { $0.script.id < $1.script.id }
    }

    /// Finds the scripts that fit.
    ///
    /// - Parameters:
    ///   - talk: the customer's recent turns, including the newest.
    ///   - near: the scripts that are near in meaning; without any, words alone decide.
    ///   - locale: the language of the talk.
    ///   - texts: the texts for the explanations.
    ///   - limit: how many at most.
    /// - Returns: the scripts, the best first.
    package func scripts(
        for talk: Talk,
        near: [NearScript] = [],
        locale: String,
        texts: TextSet,
        limit: Int = 1
    ) -> [ScriptFit] {
        let fits = evidence(for: talk, near: near, locale: locale).compactMap { Self.fit($0, texts) }
        return Array(fits.sorted { ($0.score, $1.script.id) > ($1.score, $0.script.id) }.prefix(limit))
    }

    private static func fit(_ evidence: Evidence, _ texts: TextSet) -> ScriptFit? {
        let byMeaning = evidence.near.flatMap { MeaningScore.score($0.similarity) } ?? 0
        let byWords = evidence.words >= bar ? evidence.words : 0
        guard max(byWords, byMeaning) > 0 else { return nil }
        let because: String
        if byWords >= byMeaning, let document = evidence.document {
            because =
                document.isExample
                ? texts.text("fit.script.example", ["example": .text(document.text)]) : texts.text("fit.script.title")
        } else {
            because = texts.text("fit.script.meaning", ["example": .text(evidence.near?.text ?? "")])
        }
        return ScriptFit(
            script: evidence.script,
            score: (max(byWords, byMeaning) * 1_000).rounded() / 1_000,
            because: because
        )
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

/// The score of a script that is near in meaning.
///
/// The bar was chosen on one half of utterances written by a person who had seen the scripts' titles only, and tested once on
/// the other half. `README.md` in `Integration/scripts` has the figures.
enum MeaningScore {
    /// The similarity from which a script fits.
    static let bar = 0.45
    /// The score at the bar, which is that of a script that just fits by its words.
    private static let least = 0.55

    /// The score, from 0.55 at the bar to 1; nil below it.
    static func score(_ similarity: Double) -> Double? {
        similarity >= bar ? min(1, least + (similarity - bar) / (1 - bar) * (1 - least)) : nil
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
