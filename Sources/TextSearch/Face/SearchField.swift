/// The fields of a document, in the order in which their words are counted.
package enum SearchField: Int, Sendable, CaseIterable {
    case title
    case keywords
    case asked
    case summary
    case headings
    case body
}
