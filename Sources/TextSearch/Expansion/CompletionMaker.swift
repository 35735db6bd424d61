/// Collects completions without duplicates.
struct CompletionCollector {
    let limit: Int
    private(set) var completions: [SearchCompletion] = []
    private var known: Set<String> = []

    init(limit: Int) { self.limit = limit }

    /// Whether the limit is reached.
    var isFull: Bool { completions.count >= limit }

    /// Adds a text unless it is already present, ignoring case and accents.
    mutating func add(_ text: String) {
        guard !isFull, known.insert(WordAnalyzer.folded(text.lowercased())).inserted else { return }
        completions.append(SearchCompletion(text: text))
    }
}

/// Creates completions from one language part.
struct CompletionMaker {
    let reader: PartReader
    let tuning: SearchTuning
    private let typed: String
    private let folded: String
    private let parsed: ParsedQuery

    /// The largest number of documents examined for titles.
    private static let maximumTitles = 50

    init(reader: PartReader, tuning: SearchTuning, typed: String) {
        self.reader = reader
        self.tuning = tuning
        self.typed = typed
        folded = Self.fold(typed)
        parsed = ParsedQuery(typed, analyzer: reader.analyzer)
    }

    /// Converts to lower case without accents, collapses white space and removes it at the beginning.
    private static func fold(_ text: String) -> String {
        let words = WordAnalyzer.folded(text.lowercased()).split(whereSeparator: \.isWhitespace)
        let ends = text.last?.isWhitespace == true && !words.isEmpty
        return words.joined(separator: " ") + (ends ? " " : "")
    }

    /// Adds the owner's phrases that begin with what was typed.
    func addPhrases(_ phrases: [CompletionPhrase], language: String?, to collector: inout CompletionCollector) {
        guard !folded.isEmpty else { return }
        for phrase in phrases where !collector.isFull {
            if let locale = phrase.locale, let language, Language.primary(of: locale) != language { continue }
            if Self.fold(phrase.text).hasPrefix(folded), isVisible(phrase.text) { collector.add(phrase.text) }
        }
    }

    private func isVisible(_ phrase: String) -> Bool {
        ParsedQuery.words(of: phrase, reader.analyzer).allSatisfy {
            $0.parts > 1 || $0.forms.isStopWord
                || reader.isVisible(surface: $0.forms.surface, term: reader.locate($0.forms.term))
        }
    }

    /// Adds titles and keywords: those that begin with what was typed, or those that contain its words.
    func addTitles(beginning: Bool, to collector: inout CompletionCollector) {
        guard !collector.isFull, !parsed.words.isEmpty else { return }
        for hit in best() {
            let segment = reader.part.segments[Int(hit.segment)].segment
            let document = Int(hit.document)
            let title = String(decoding: segment.text(document, .title), as: UTF8.self)
            for text in [title] + keywords(segment, document) where fits(text, beginning: beginning) {
                collector.add(text)
            }
        }
    }

    private func keywords(_ segment: Segment, _ document: Int) -> [String] {
        let text = String(decoding: segment.text(document, .keywords), as: UTF8.self)
        return text.split(whereSeparator: { ",;\n|".contains($0) }).map { keyword in
            keyword.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }

    private func fits(_ text: String, beginning: Bool) -> Bool {
        let candidate = Self.fold(text)
        if beginning { return candidate.hasPrefix(folded) }
        let words = candidate.split { !$0.isLetter && !$0.isNumber && $0 != "'" }
        let wanted = parsed.words.filter { $0.parts == 1 }.map(\.forms.surface)
        return !words.isEmpty && wanted.allSatisfy { one in words.contains { $0.hasPrefix(one) } }
    }

    private func best() -> [ScoredDocument] {
        var query = SearchQuery(typed)
        query.prefix = true
        query.fuzzy = false
        let planner = QueryPlanner(reader: reader, tuning: tuning, query: query, synonyms: nil)
        return PartSearch(reader: reader, plan: planner.plan(parsed), tuning: tuning).best(Self.maximumTitles)
    }

    /// Adds completions of a single word that occur in titles or keywords.
    func addWords(to collector: inout CompletionCollector) {
        let plain = parsed.words.filter { $0.parts == 1 }
        guard parsed.endsInWord, !collector.isFull, plain.count == 1, let last = plain.first else { return }
        let candidates = Completer(reader: reader, tuning: tuning)
            .contentSurfaces(withPrefix: last.forms.surface, limit: collector.limit * 4)
        for candidate in candidates where !collector.isFull && candidate.text != last.forms.surface {
            if isOnShow(candidate.text, term: candidate.term) { collector.add(candidate.text) }
        }
    }

    /// Whether a title or a keyword of an admitted document contains a word in this spelling.
    private func isOnShow(_ surface: String, term: String) -> Bool {
        let located = reader.locate(term)
        for (index, view) in reader.part.segments.enumerated() where located.indices[index] >= 0 {
            var left = 256
            var found = false
            view.segment.eachDocument(ofTerm: located.indices[index]) { document in
                guard !found, left > 0, reader.filters[index].admits(Int(document)) else { return }
                left -= 1
                let end = view.segment.positionRange(Int(document), .keywords).upperBound
                found = reader.holds(surface, located.indices[index], view.segment, document, before: end)
            }
            if found { return true }
        }
        return false
    }
}
