/// The size of an index.
package struct SearchStatistics: Sendable, Equatable {
    /// Documents that can be found.
    package var documents = 0
    /// Removed or replaced documents whose space is not yet reclaimed.
    package var removed = 0
    /// Immutable segments.
    package var segments = 0
    /// Distinct terms, summed over segments.
    package var terms = 0
    /// Distinct pairs of term and document.
    package var postings = 0
    /// Bytes held by segments, texts included.
    package var bytes = 0
    /// Documents by primary language.
    package var languages: [String: Int] = [:]
    /// By primary language, the mean number of words of each field that lengths are normalised by.
    package var referenceLengths: [String: [Float]] = [:]
}
