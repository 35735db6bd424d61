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
}
