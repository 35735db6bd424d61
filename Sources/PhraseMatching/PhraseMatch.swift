/// A place in an utterance where a rule matched.
package struct PhraseMatch: Sendable, Hashable {
    /// The position of the rule in the list given to the matcher.
    package let rule: Int
    /// The matched words as they stand in the utterance.
    package let text: String
    /// Where they stand, in Unicode scalars.
    package let range: Range<Int>

    /// Creates a match.
    package init(rule: Int, text: String, range: Range<Int>) {
        self.rule = rule
        self.text = text
        self.range = range
    }
}
