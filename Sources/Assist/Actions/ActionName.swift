import Vocabulary

/// The parsed id of an action: the turn, the kind, and the subject.
struct ActionName {
    let turn: Int64
    let kind: ActionKind
    let subject: String

    /// Parses an id as given in an answer; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let turn = Int64(parts[0]), let kind = ActionKind(rawValue: String(parts[1])),
            !parts[2].isEmpty
        else { return nil }
        self.turn = turn
        self.kind = kind
        subject = String(parts[2])
    }
}
