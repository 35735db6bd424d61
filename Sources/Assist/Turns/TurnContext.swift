import Sentiment
import Vocabulary

/// The last turns of a conversation as the measure of unmet needs compares them, with their vectors as far as there are any.
///
/// A vector is made once: for the customer's turns when they are observed, for an agent's answer too. What was observed when the
/// time for encoding was used up, or by another process, is encoded with the customer's next turn.
struct TurnContext: Sendable {
    private struct Said: Sendable {
        let text: String
        var meaning: MeaningVector?
    }

    /// The characters used of an answer, from its start: a refusal comes first, its reasons and offers after it.
    private static let maximumAnswer = 240

    /// The customer's turns before ``turn``, newest first.
    private var earlier: [Said] = []
    /// What an agent or a bot said last since the newest of them.
    private var answer: Said?
    /// The customer's newest turn, unless an answer has followed it.
    private var turn: Said?

    /// Adds what somebody said, redacted and without quoted text; blank text is ignored.
    mutating func hear(_ text: String, by speaker: Speaker) {
        guard speaker == .customer || speaker == .agent || speaker == .bot else { return }
        let words = Talk.said(speaker == .customer ? text : String(text.prefix(Self.maximumAnswer)))
        guard words.contains(where: { !$0.isWhitespace }) else { return }
        if let turn {
            earlier = [turn] + earlier.prefix(TurnInContext.window - 1)
            (self.turn, answer) = (nil, nil)
        }
        if speaker == .customer { turn = Said(text: words) } else { answer = Said(text: words) }
    }

    /// The texts that still have to be encoded, at most one turn, one answer and ``TurnInContext/window`` earlier turns.
    var unencoded: [String] {
        ([turn, answer] + earlier.map(Optional.some)).compactMap { $0?.meaning == nil ? $0?.text : nil }
    }

    /// Takes the vectors of some texts.
    mutating func learn(_ meanings: [String: MeaningVector]) {
        func learn(_ said: inout Said) { if said.meaning == nil { said.meaning = meanings[said.text] } }
        if var said = turn {
            learn(&said)
            turn = said
        }
        if var said = answer {
            learn(&said)
            answer = said
        }
        for index in earlier.indices { learn(&earlier[index]) }
    }

    /// What the customer's newest turn means; nil if an answer followed it, or before it was encoded.
    var meaning: MeaningVector? { turn?.meaning }

    /// The customer's newest turn with what came before it, for the heads.
    ///
    /// - Parameter score: its score by words.
    /// - Returns: the turn; nil without its vector.
    func measured(score: Double) -> TurnInContext? {
        meaning.map { TurnInContext($0, earlier: earlier.compactMap(\.meaning), answer: answer?.meaning, score: score) }
    }
}
