import Storage

/// The canonical forms of entries, whose hashes form the chain.
///
/// Form 1 is that of the first release: nine texts, each preceded by its length, with a missing text treated like an
/// empty one. Form 2 begins with its own number, distinguishes missing from empty, and includes the complete actor and
/// the hash of the caller's text. Entries keep the form with which they were written.
enum AuditSeal {
    /// The form of new entries.
    static let newest: Int64 = 2

    /// The hash of an entry; nil for a form unknown to this program.
    static func hash(
        _ event: AuditEvent,
        text: AuditText?,
        sequence: Int64,
        at: Int64,
        previous: String,
        form: Int64
    ) -> String? {
        switch form {
        case 1:
            ContentHash.sha256(
                self.text([
                    previous, String(sequence), String(at), event.actor.name, event.action, event.target,
                    event.before ?? "", event.after ?? "", event.details ?? "",
                ])
            )
        case 2:
            ContentHash.sha256(
                self.text([
                    "2", previous, String(sequence), String(at), event.actor.name, event.actor.tokenID,
                    event.actor.roles.isEmpty ? nil : event.actor.roles.joined(separator: " "),
                    event.actor.systemUser, event.onBehalfOf, event.action, event.target, event.before, event.after,
                    event.details, text?.sha256, text.map { String($0.length) },
                ])
            )
        default: nil
        }
    }

    /// Whether an entry contains only what form 1 covers.
    static func isPlain(_ entry: AuditEntry) -> Bool {
        entry.event.actor == AuditActor(entry.event.actor.name) && entry.event.onBehalfOf == nil && entry.text == nil
    }

    /// Every part is preceded by its length, and a missing one is a hyphen, so that different entries never have the
    /// same text.
    private static func text(_ parts: [String?]) -> String {
        parts.reduce(into: "") { text, part in
            text += part.map { "\($0.utf8.count):\($0)" } ?? "-"
        }
    }

    /// The hash of a text with its salt.
    static func hash(ofText text: String, salt: String) -> String { ContentHash.sha256("\(salt):\(text)") }

    /// Generates 128 random bits in hexadecimal.
    static func salt() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let word = String(UInt64.random(in: .min ... .max, using: &generator), radix: 16)
            return String(repeating: "0", count: 16 - word.count) + word
        }.joined()
    }
}
