/// What the asker may see: a conjunction of label conditions and a moment.
///
/// It is applied before ranking, completing and correcting, so that neither hits nor words of a hidden document get out.
package struct SearchFilter: Sendable, Equatable {
    /// One condition on the labels of a document.
    package enum Clause: Sendable, Equatable {
        /// At least one of these labels; an empty list admits nothing.
        case anyOf([String])
        /// None of these labels.
        case noneOf([String])
    }

    /// All of these must hold.
    package var clauses: [Clause]
    /// Microseconds since 1970 at which the document must be valid; `nil` ignores validity.
    package var asOf: Int64?

    /// Creates a filter; without arguments it admits every document.
    package init(_ clauses: [Clause] = [], asOf: Int64? = nil) {
        self.clauses = clauses
        self.asOf = asOf
    }
}
