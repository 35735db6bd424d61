/// What a customer has said in one turn.
package struct HeardTurn: Sendable, Hashable {
    /// The number of the turn in its conversation.
    package let number: Int64
    /// The customer's own words, redacted.
    package let text: String
    /// When it was said, in microseconds since 1970; words such as "yesterday" count from there.
    package let at: Int64
    /// Its language; nil if it is not known.
    package let locale: String?

    package init(number: Int64, text: String, at: Int64, locale: String?) {
        self.number = number
        self.text = text
        self.at = at
        self.locale = locale
    }
}

/// A value that an extractor found in a turn.
struct SaidValue: Sendable, Hashable {
    let value: SaidContent
    /// Its place in the text, in Unicode scalars.
    let range: Range<Int>
}
