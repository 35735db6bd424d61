import Conversations

/// Where a turn that is replaced stands among what the customer says.
struct ReplacedPlace: Sendable {
    /// The place of the turn in the conversation; nil for one that is no longer among the latest.
    let number: Int64?
    /// What the customer said before it, and after it.
    private let before: [String]
    private let after: [String]

    /// Finds the turn among the latest of its conversation.
    ///
    /// - Parameters:
    ///   - name: the turn's.
    ///   - turns: the latest, oldest first.
    ///   - topic: what a text is about.
    init(of name: String, in turns: [Turn], topic: (String) -> String) {
        func words(_ turns: ArraySlice<Turn>) -> [String] {
            turns.filter { $0.speaker == .customer }.map { topic($0.text) }
        }
        guard let index = turns.firstIndex(where: { $0.turnID == name }) else {
            (number, before, after) = (nil, words(turns[...]), [])
            return
        }
        (number, before, after) = (turns[index].number, words(turns[..<index]), words(turns[(index + 1)...]))
    }

    /// What the customer has been saying, with these words in the place of the turn.
    ///
    /// A turn that is no longer among the latest changes nothing.
    func talk(with words: String?) -> Talk {
        var talk = Talk()
        let own = number == nil ? [] : [words ?? ""]
        for text in before + own + after where !text.isEmpty { talk.hear(text) }
        return talk
    }
}
