import Storage

/// A comment on an article, and the conversation in which it was written.
struct IssueComment: Sendable, Hashable {
    /// A single line, redacted.
    let text: String
    /// The conversation; nil if there was none.
    let conversation: String?

    /// Stored when there is no conversation.
    private static let none = "-"

    /// Reads the comments of an issue; those of the first release have no conversation.
    static func all(_ comments: String, contacts: String) -> [IssueComment] {
        let contacts = contacts.split(separator: "\n").map(String.init)
        let texts = comments.split(separator: "\n").map(String.init)
        // Comments without a contact precede all others, since only the first release wrote them.
        let unknown = max(0, texts.count - contacts.count)
        return texts.enumerated().map { index, text in
            let contact = index < unknown ? none : contacts[index - unknown]
            return IssueComment(text: text, conversation: contact == none ? nil : contact)
        }
    }

    /// The two columns in which comments are stored.
    static func columns(_ comments: ArraySlice<IssueComment>) -> (comments: String, contacts: String) {
        let written = comments.filter { !$0.text.isEmpty }
        return (
            written.map(\.text).joined(separator: "\n"),
            written.map { $0.conversation ?? none }.joined(separator: "\n")
        )
    }

    /// Deletes the comments that were made in a conversation.
    static func forget(conversation id: String, in transaction: WriteTransaction) throws {
        let issues = try transaction.rows(
            "SELECT issue_id, comments, contacts FROM article_issues WHERE contacts LIKE $1 ESCAPE '\\'",
            [.text(LikePattern.containing(id))]
        ) { (try $0.text("issue_id"), try all($0.text("comments"), contacts: $0.text("contacts"))) }
        for (issue, comments) in issues where comments.contains(where: { $0.conversation == id }) {
            let left = columns(comments.filter { $0.conversation != id }[...])
            try transaction.execute(
                "UPDATE article_issues SET comments = $2, contacts = $3 WHERE issue_id = $1",
                [.text(issue), .text(left.comments), .text(left.contacts)]
            )
        }
    }
}
