/// Patterns that mean the same thing, and the phrases beside which they do not.
///
/// Notation of a pattern, word by word (case, accents and apostrophes do not matter; "can't", "cant", "cannot" and
/// "can not" are the same):
///
/// | written | matches |
/// |---|---|
/// | `cancel` | that word |
/// | `cancel*` | any word that starts so |
/// | `?` | any one word |
/// | `*` or `*7` | up to 4, or up to 7, words of any kind, also none |
/// | `(speak\|talk) to` | one of the alternatives, each of one or more words |
/// | `really?` or `(right now)?` | the word or group, or nothing |
///
/// A pattern never reaches across the end of a sentence.
///
/// A file of rules may spell this as follows; the import and the speakers are the caller's affair:
///
///     signals:
///       - kind: threat_to_leave
///         speaker: customer            # customer, agent or any
///         severity: high
///         patterns:
///           - (cancel*|close|end) * (contract|account|subscription)
///           - (switch|switching|move) to (another|a different) (provider|company)
///         unless:                      # anywhere in the utterance
///           - how do i cancel the appointment
///         unless_before:               # within 3 words before the match
///           - (not|never) going to
///         unless_after:                # within 3 words after it
///           - fee*
package struct PhraseRule: Sendable, Hashable {
    /// A phrase that takes a match back.
    package struct Exception: Sendable, Hashable {
        /// Where the phrase must stand.
        package enum Place: Sendable, Hashable {
            /// Anywhere in the utterance.
            case anywhere
            /// Ending at most so many words before the match starts, or reaching into it.
            case before(words: Int)
            /// Starting at most so many words after the match ends, or inside it.
            case after(words: Int)
        }

        /// The phrase, in the notation of rules.
        package let pattern: String
        /// Where it must stand.
        package let place: Place

        /// Creates an exception that holds at `place`.
        package init(_ pattern: String, place: Place = .anywhere) {
            self.pattern = pattern
            self.place = place
        }
    }

    /// The patterns; any of them makes a match.
    package let patterns: [String]
    /// The phrases beside which a match does not count.
    package let exceptions: [Exception]

    /// Creates a rule; its position in the list given to the matcher is its identifier.
    package init(patterns: [String], unless exceptions: [Exception] = []) {
        self.patterns = patterns
        self.exceptions = exceptions
    }
}
