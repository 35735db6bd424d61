/// Patterns with the same meaning, and exceptions in whose presence they do not count.
///
/// Notation of a pattern, word by word (case, accents and apostrophes do not matter; "can't", "cant", "cannot" and "can
/// not" are the same):
///
/// | written | matches |
/// |---|---|
/// | `cancel` | that word |
/// | `cancel*` | any word that starts with it |
/// | `?` | any one word |
/// | `*` or `*7` | up to 4, or up to 7, words of any kind, or none |
/// | `(speak\|talk) to` | one of the alternatives, each of one or more words |
/// | `really?` or `(right now)?` | the word or group, or nothing |
///
/// A pattern never matches across the end of a sentence.
///
/// A file of rules may express this as follows; reading the file and interpreting speakers are up to the caller:
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
    /// A phrase that cancels a match.
    package struct Exception: Sendable, Hashable {
        /// Where the phrase must occur.
        package enum Place: Sendable, Hashable {
            /// Anywhere in the utterance.
            case anywhere
            /// Ending at most this many words before the match, or overlapping it.
            case before(words: Int)
            /// Starting at most this many words after the match, or inside it.
            case after(words: Int)
        }

        /// The phrase, in the notation of rules.
        package let pattern: String
        /// Where it must occur.
        package let place: Place

        /// Creates an exception that applies at `place`.
        package init(_ pattern: String, place: Place = .anywhere) {
            self.pattern = pattern
            self.place = place
        }
    }

    /// The patterns; any of them makes a match.
    package let patterns: [String]
    /// The exceptions that cancel a match.
    package let exceptions: [Exception]

    /// Creates a rule; its position in the list given to the matcher is its identifier.
    package init(patterns: [String], unless exceptions: [Exception] = []) {
        self.patterns = patterns
        self.exceptions = exceptions
    }
}
