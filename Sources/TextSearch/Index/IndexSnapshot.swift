/// What one search sees: immutable, so that a reader needs no lock once it holds it.
struct IndexSnapshot: Sendable {
    /// The parts by language.
    var parts: [LanguagePart] = []
    /// The sequence of the last change.
    var sequence: Int64 = 0
    /// Synonyms as given.
    var synonyms = SynonymTable()
    /// Synonyms as each language of the index reads them.
    private(set) var compiledSynonyms: [String: CompiledSynonyms] = [:]
    /// Completions given by the owner, heaviest first.
    var phrases: [CompletionPhrase] = []

    /// The number of findable documents.
    var count: Int { parts.reduce(0) { $0 + $1.liveCount } }

    /// Compiles the synonyms for languages that are new, or for all after the table has changed.
    mutating func compileSynonyms(anew: Bool) {
        if anew { compiledSynonyms = [:] }
        for part in parts where compiledSynonyms[part.language] == nil {
            compiledSynonyms[part.language] = CompiledSynonyms(synonyms, language: part.language)
        }
    }

    /// Removes a document wherever it is.
    mutating func remove(key: String, analyzers: AnalyzerPool) {
        for index in parts.indices {
            let language = parts[index].language
            if parts[index].remove(key: key, analyzer: { analyzers.analyzer(language) }) { return }
        }
    }
}

/// Analysers by language, made when first needed, for one thread.
final class AnalyzerPool {
    private var analyzers: [String: WordAnalyzer] = [:]

    func analyzer(_ language: String) -> WordAnalyzer {
        if let known = analyzers[language] { return known }
        let made = WordAnalyzer(language: language)
        analyzers[language] = made
        return made
    }
}
