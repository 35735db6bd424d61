/// The fields of a document, in the order of their word positions.
package enum SearchField: Int, Sendable, CaseIterable {
    case title
    case keywords
    case asked
    case summary
    case headings
    case body
}
