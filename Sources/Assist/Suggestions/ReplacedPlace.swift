import Conversations
import Vocabulary

/// The position of a replaced turn among the customer's turns.
struct ReplacedPlace: Sendable {
    /// The number of the turn in the conversation; nil if it is no longer among the latest.
    let number: Int64?
    /// The customer's turns before it, and after it.
    private let before: [String]
    private let after: [String]
    /// The context before the turn; empty if the turn is no longer among the latest.
    let context: TurnContext

    /// Finds the turn among the latest of its conversation.
    ///
    /// - Parameters:
    ///   - name: the name of the turn.
    ///   - turns: the latest turns, oldest first.
    ///   - context: makes the context of turns.
    ///   - topic: reduces a text to its topic.
    init(
        of name: String,
        in turns: [Turn],
        context: (ArraySlice<Turn>) -> TurnContext,
        topic: (String) -> String
    ) {
        func words(_ turns: ArraySlice<Turn>) -> [String] {
            turns.filter { $0.speaker == .customer }.map { topic($0.text) }
        }
        guard let index = turns.firstIndex(where: { $0.turnID == name }) else {
            (number, before, after) = (nil, words(turns[...]), [])
            self.context = TurnContext()
            return
        }
        self.context = context(turns[..<index])
        (number, before, after) = (turns[index].number, words(turns[..<index]), words(turns[(index + 1)...]))
    }

    /// The talk with these words instead of the turn.
    ///
    /// If the turn is no longer among the latest, the talk is unchanged.
    func talk(with words: String?) -> Talk {
        var talk = Talk()
        let own = number == nil ? [] : [words ?? ""]
        for text in before + own + after where !text.isEmpty { talk.hear(text) }
        return talk
    }
}
