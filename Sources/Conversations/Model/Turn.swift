package import Vocabulary

/// What a customer said in one turn.
package struct CustomerWords: Sendable, Hashable {
    /// The number of the turn.
    package let number: Int64
    /// What was said, redacted.
    package let text: String
    /// When it was said, in microseconds since 1970.
    package let at: Int64
    /// Its language.
    package let locale: String?
}

/// One final utterance of a conversation.
package struct Turn: Sendable, Hashable {
    /// Its place in the conversation, from 1, in the order of arrival.
    package let number: Int64
    /// The name its sender gave it.
    package let turnID: String?
    package let speaker: Speaker
    /// Who spoke, where several of a kind take part.
    package let speakerID: String?
    /// What was said, redacted.
    package let text: String
    /// When it was said, in microseconds since 1970.
    package let at: Int64
    /// Its language.
    package let locale: String?
    /// From -1 to 1; nil when it was not scored, as nobody's turns are but customers'.
    package let score: Double?
    /// How likely it is that the customer's need is not met, from 0 to 1, as this turn alone says; nil when it was not measured.
    package let unmet: Double?
    /// The subject for whom an integration sent it.
    package let onBehalfOf: String?
    /// What `conversation.observe` answered.
    package let answer: JSON
}
