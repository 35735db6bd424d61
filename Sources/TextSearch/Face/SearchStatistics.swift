/// The size of an index.
package struct SearchStatistics: Sendable, Equatable {
    /// The number of documents that can be found.
    package var documents = 0
    /// The number of removed or replaced documents whose space is not yet reclaimed.
    package var removed = 0
    /// The number of segments.
    package var segments = 0
    /// The number of distinct terms, summed over segments.
    package var terms = 0
    /// The number of distinct pairs of term and document.
    package var postings = 0
    /// The size of the segments in bytes, including texts.
    package var bytes = 0
    /// The number of documents by primary language.
    package var languages: [String: Int] = [:]
    /// The mean number of words of each field with which lengths are normalised, by primary language.
    package var referenceLengths: [String: [Float]] = [:]
}
