package import Redaction
import Storage
package import Vocabulary

/// An utterance as it was sent.
package struct TurnDraft: Sendable {
    package var conversationID: String
    package var speaker: Speaker
    package var text: String
    /// The name its sender gave it, by which a repeated turn is known.
    package var turnID: String?
    /// The name of an earlier turn in whose place it stands: a recogniser has understood the same words otherwise.
    package var replaces: String?
    package var speakerID: String?
    /// When it was said, in microseconds since 1970; now unless given.
    package var at: Int64?
    package var locale: String?
    package var onBehalfOf: String?

    package init(
        conversationID: String,
        speaker: Speaker,
        text: String,
        turnID: String? = nil,
        replaces: String? = nil,
        speakerID: String? = nil,
        at: Int64? = nil,
        locale: String? = nil,
        onBehalfOf: String? = nil
    ) {
        self.conversationID = conversationID
        self.speaker = speaker
        self.text = text
        self.turnID = turnID
        self.replaces = replaces
        self.speakerID = speakerID
        self.at = at
        self.locale = locale
        self.onBehalfOf = onBehalfOf
    }
}

/// An utterance that was checked and made fit to be stored.
///
/// Control characters become spaces, so that binary input is text; then personal data is replaced by placeholders.
package struct PreparedTurn: Sendable {
    /// How long an utterance may be, in Unicode scalars.
    package static let maximumText = 16_000
    private static let maximumName = 200

    /// What was sent, with its text as it came.
    package let draft: TurnDraft
    /// The text without personal data.
    package let text: String
    /// Sixteen bits of a hash of the text as it came, present when something was redacted from it.
    ///
    /// Together with the redacted text it tells a repetition from another text, while far too many card numbers share the
    /// same bits for any of them to be guessed back.
    let fingerprint: String?

    /// Checks and redacts; needs no store.
    ///
    /// - Throws: ``ConversationError`` `invalid` for a text that says nothing or is too long, and for names that are too
    ///   long or hold control characters.
    package init(_ draft: TurnDraft, redactor: Redactor = Redactor()) throws {
        let names = [
            ("turn_id", draft.turnID), ("replaces", draft.replaces), ("speaker_id", draft.speakerID),
            ("locale", draft.locale),
        ]
        for (argument, name) in names {
            guard let name else { continue }
            guard (1...Self.maximumName).contains(name.utf8.count), CleanText.isPrintable(name) else {
                throw ConversationError(
                    .invalid,
                    "a name of 1 to \(Self.maximumName) bytes without control characters",
                    argument: argument
                )
            }
        }
        let cleaned = CleanText.cleaned(draft.text)
        let scalars = cleaned.unicodeScalars
        guard scalars.count <= Self.maximumText, scalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw ConversationError(
                .invalid,
                "a text of 1 to \(Self.maximumText) characters that is not blank",
                argument: "text"
            )
        }
        let redacted = redactor.redact(cleaned)
        self.draft = draft
        text = redacted.text
        fingerprint =
            redacted.isChanged
            ? Self.mark(of: cleaned, turnID: draft.turnID, conversationID: draft.conversationID) : nil
    }

    private init(_ draft: TurnDraft, text: String, fingerprint: String) {
        (self.draft, self.text, self.fingerprint) = (draft, text, fingerprint)
    }

    /// What stands before the fingerprint of a turn whose text depends on its neighbours.
    static let continued = "+"

    /// The turn with another text, because it goes on with what the turn before began.
    func continuing(_ text: String) -> PreparedTurn {
        PreparedTurn(draft, text: text, fingerprint: Self.continued + mark)
    }

    /// Whether a stored turn is this one: by its text, or, where that depends on its neighbours, by its fingerprint.
    func isRepetition(ofText known: String, fingerprint other: String?) -> Bool {
        guard let other, other.hasPrefix(Self.continued) else { return known == text && other == fingerprint }
        return other == Self.continued + mark
    }

    private var mark: String {
        Self.mark(of: CleanText.cleaned(draft.text), turnID: draft.turnID, conversationID: draft.conversationID)
    }

    /// Sixteen bits of a hash of a text as it came.
    static func mark(of cleaned: String, turnID: String?, conversationID: String) -> String {
        String(ContentHash.sha256("\(conversationID)\n\(turnID ?? "")\n\(cleaned)").prefix(4))
    }
}
