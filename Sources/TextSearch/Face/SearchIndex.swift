import Foundation
import Synchronization

/// A full-text index in memory.
package final class SearchIndex: Sendable {
    private struct State: Sendable {
        var documents: [String: SearchDocument] = [:]
        var sequence: Int64 = 0
        var phrases: [CompletionPhrase] = []
        var synonyms = SynonymTable()
    }
    private let state = Mutex(State())

    /// Creates an empty index.
    package init(tuning: SearchTuning = .standard, synonyms: SynonymTable = SynonymTable()) {
        state.withLock { $0.synonyms = synonyms }
    }

    /// The number of documents.
    package var count: Int { state.withLock { $0.documents.count } }
    /// The sequence of the last change.
    package var sequence: Int64 { state.withLock { $0.sequence } }
    /// The size of the index.
    package var statistics: SearchStatistics { SearchStatistics(documents: count, languages: [:]) }

    /// Applies changes in order and takes over `sequence`; searches that start afterwards see all of them.
    package func apply(_ changes: [SearchChange], sequence: Int64) {
        state.withLock { state in
            for change in changes {
                switch change {
                case .upsert(let document): state.documents[document.key] = document
                case .remove(let key): state.documents[key] = nil
                }
            }
            state.sequence = sequence
        }
    }

    /// Replaces the synonyms; later searches use them.
    package func setSynonyms(_ table: SynonymTable) { state.withLock { $0.synonyms = table } }

    /// Replaces the phrases offered as completions.
    package func setCompletionPhrases(_ phrases: [CompletionPhrase]) { state.withLock { $0.phrases = phrases } }

    /// Does a bounded piece of housekeeping (merging segments); true when there was something to do.
    @discardableResult
    package func maintain() -> Bool { false }

    /// Answers a query.
    package func search(_ query: SearchQuery) -> SearchResults {
        let documents = state.withLock { $0.documents.values.filter { query.filter.admits($0) } }
        let analyzer = WordAnalyzer(language: Language.primary(of: query.locale ?? "en"))
        let words = Self.words(query.text, analyzer)
        let content = words.contains { !$0.isStopWord } ? words.filter { !$0.isStopWord } : words
        let wanted = Set(content.map(\.term))
        var hits: [SearchHit] = []
        for document in documents {
            let text = [document.title, document.title, document.keywords, document.summary, document.headings, document.body]
                .joined(separator: "\n")
            var counts: [String: Double] = [:]
            var matched: Set<String> = []
            for word in Self.words(text, analyzer) where wanted.contains(word.term) {
                counts[word.term, default: 0] += 1
                matched.insert(word.surface)
            }
            let score = counts.values.reduce(0) { $0 + $1 / ($1 + 1) }
            guard score > 0 else { continue }
            hits.append(
                SearchHit(
                    key: document.key, locale: document.locale, score: score, matched: matched.sorted(),
                    title: HighlightedText(text: document.title),
                    snippet: HighlightedText(text: String(document.body.prefix(200))), snippetField: .body))
        }
        hits.sort { $0.score != $1.score ? $0.score > $1.score : $0.key < $1.key }
        return SearchResults(hits: Array(hits.dropFirst(query.offset).prefix(query.limit)))
    }

    private static func words(_ text: String, _ analyzer: WordAnalyzer) -> [WordForms] {
        var text = text
        return text.withUTF8 { bytes in
            var scanner = TokenScanner(bytes)
            var result: [WordForms] = []
            while let token = scanner.next() {
                result.append(analyzer.forms(of: UnsafeBufferPointer(rebasing: bytes[token.start..<token.end])))
            }
            return result
        }
    }

    /// Completes the text typed so far from titles and keywords the filter admits and from the owner's phrases.
    package func complete(
        _ prefix: String,
        limit: Int = 10,
        filter: SearchFilter = SearchFilter(),
        locale: String? = nil
    ) -> [SearchCompletion] {
        let folded = prefix.lowercased()
        let titles = state.withLock { state in
            state.phrases.map(\.text) + state.documents.values.filter { filter.admits($0) }.map(\.title)
        }
        return Set(titles.filter { $0.lowercased().hasPrefix(folded) }).sorted().prefix(limit).map {
            SearchCompletion(text: $0)
        }
    }

    /// The words of a long text worth searching for, most telling first.
    package func informativeTerms(
        of text: String,
        limit: Int = 8,
        filter: SearchFilter = SearchFilter(),
        locale: String? = nil
    ) -> [InformativeTerm] {
        let analyzer = WordAnalyzer(language: Language.primary(of: locale ?? "en"))
        let words = Self.words(text, analyzer).filter { !$0.isStopWord }
        return words.prefix(limit).map { InformativeTerm(text: $0.surface, weight: 1) }
    }

    /// Writes the index to a file, atomically.
    package func save(to path: String) throws(SearchError) {
        throw SearchError(.inputOutput, "saving is not supported")
    }

    /// Reads an index from a file.
    package static func load(
        from path: String,
        tuning: SearchTuning = .standard,
        synonyms: SynonymTable = SynonymTable()
    ) throws(SearchError) -> SearchIndex {
        throw SearchError(.missing, "no index at \(path)")
    }
}

extension SearchFilter {
    fileprivate func admits(_ document: SearchDocument) -> Bool {
        if let asOf {
            if let from = document.validFrom, asOf < from { return false }
            if let until = document.validUntil, asOf >= until { return false }
        }
        return clauses.allSatisfy { clause in
            switch clause {
            case .anyOf(let labels): labels.contains { document.labels.contains($0) }
            case .noneOf(let labels): !labels.contains { document.labels.contains($0) }
            }
        }
    }
}
