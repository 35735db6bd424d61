/// A place in an utterance where a rule matched.
package struct PhraseMatch: Sendable, Hashable {
    /// The position of the rule in the list given to the matcher.
    package let rule: Int
    /// The matched words as written in the utterance.
    package let text: String
    /// Their range in the utterance, in Unicode scalars.
    package let range: Range<Int>

    package init(rule: Int, text: String, range: Range<Int>) {
        self.rule = rule
        self.text = text
        self.range = range
    }
}
