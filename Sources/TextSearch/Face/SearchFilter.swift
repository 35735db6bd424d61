/// The documents visible to the caller: a conjunction of label conditions and a time.
///
/// It is applied before ranking, completion and correction, so that neither hits nor words of hidden documents are
/// revealed.
package struct SearchFilter: Sendable, Equatable {
    /// One condition on the labels of a document.
    package enum Clause: Sendable, Equatable {
        /// At least one of these labels; an empty list admits nothing.
        case anyOf([String])
        /// None of these labels.
        case noneOf([String])
    }

    /// The conditions, which must all hold.
    package var clauses: [Clause]
    /// The time at which the document must be valid, in microseconds since 1970; `nil` ignores validity.
    package var asOf: Int64?

    /// Creates a filter; without arguments it admits all documents.
    package init(_ clauses: [Clause] = [], asOf: Int64? = nil) {
        self.clauses = clauses
        self.asOf = asOf
    }
}
