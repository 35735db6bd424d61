package import Vocabulary

/// Somebody who has spoken in a conversation.
package struct Participant: Sendable, Hashable {
    package let speaker: Speaker
    /// Which of them, where several of a kind take part.
    package let speakerID: String?
    /// How many turns they took.
    package let turns: Int64
}
