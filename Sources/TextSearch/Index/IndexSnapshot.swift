/// The state that one search sees; immutable, so that a reader needs no lock after taking it.
struct IndexSnapshot: Sendable {
    /// The parts, one for each language.
    var parts: [LanguagePart] = []
    /// The sequence of the last change.
    var sequence: Int64 = 0
    /// The synonyms as given.
    var synonyms = SynonymTable()
    /// The synonyms compiled for each language of the index.
    private(set) var compiledSynonyms: [String: CompiledSynonyms] = [:]
    /// The completion phrases by descending weight.
    var phrases: [CompletionPhrase] = []

    /// The number of documents that can be found.
    var count: Int { parts.reduce(0) { $0 + $1.liveCount } }

    /// Compiles the synonyms for new languages, or for all languages if `anew` is set because the table has changed.
    mutating func compileSynonyms(anew: Bool) {
        if anew { compiledSynonyms = [:] }
        for part in parts where compiledSynonyms[part.language] == nil {
            compiledSynonyms[part.language] = CompiledSynonyms(synonyms, language: part.language)
        }
    }

    /// Removes a document from all parts.
    mutating func remove(key: String, analyzers: AnalyzerPool) {
        for index in parts.indices {
            let language = parts[index].language
            if parts[index].remove(key: key, analyzer: { analyzers.analyzer(language) }) { return }
        }
    }
}

/// A lazily filled cache of analysers by language, for one thread.
final class AnalyzerPool {
    private var analyzers: [String: WordAnalyzer] = [:]

    func analyzer(_ language: String) -> WordAnalyzer {
        if let known = analyzers[language] { return known }
        let made = WordAnalyzer(language: language)
        analyzers[language] = made
        return made
    }
}
