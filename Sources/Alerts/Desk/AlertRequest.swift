import Redaction
package import Texts
package import Vocabulary

/// An alert that somebody asks for: a person, a script, a resolution that waits.
package struct AlertRequest: Sendable, Hashable {
    /// What kind of alert, such as `help` or `approval`.
    package var kind: String
    /// How much it matters.
    package var severity: Severity
    /// What it is about.
    package var subject: Alert.Subject
    /// The conversation it belongs to.
    package var conversationID: String?
    /// The agent of the conversation.
    package var agent: String?
    /// The teams whose supervisors see it.
    package var teams: [String]
    /// Whose data it holds.
    package var customerID: String?
    /// The customer's segment, redacted.
    package var segment: String?
    /// Why, in one sentence of somebody's own; not read where there is a ``text``.
    package var reason: String
    /// Why, by a key, so that each reader has it in the language of their own.
    package var text: KeyedText?
    /// What is behind it.
    package var because: [String]
    /// The language of the conversation; nil for English.
    package var locale: String?
    /// What the conversation is about.
    package var summary: String?
    /// The cause it shares with others.
    package var group: String?
    /// When it escalates; nil for never.
    package var escalateAfterSeconds: Int?
    /// The tier that it takes to act on it, so that it concerns neither lower ones nor the agent; nil for any.
    package var leastTier: Int?
    /// The turn of the conversation that asks for it; nil when others do.
    var turn: Int64?
    /// How often it was asked for already.
    var count = 1

    /// Puts a request together.
    package init(
        kind: String,
        severity: Severity = .warning,
        subject: Alert.Subject,
        conversationID: String? = nil,
        agent: String? = nil,
        teams: [String] = [],
        customerID: String? = nil,
        segment: String? = nil,
        reason: String = "",
        text: KeyedText? = nil,
        because: [String] = [],
        locale: String? = nil,
        summary: String? = nil,
        group: String? = nil,
        escalateAfterSeconds: Int? = nil,
        leastTier: Int? = nil
    ) {
        self.kind = kind
        self.severity = severity
        self.subject = subject
        self.conversationID = conversationID
        self.agent = agent
        self.teams = teams
        self.customerID = customerID
        self.segment = segment
        self.reason = reason
        self.text = text
        self.locale = locale
        self.because = because
        self.summary = summary
        self.group = group
        self.escalateAfterSeconds = escalateAfterSeconds
        self.leastTier = leastTier
    }

    /// What the alert will say.
    func words(_ texts: TextShelf) -> AlertWords {
        AlertWords(text, reason: reason, because: because, in: texts.texts(for: locale))
    }

    /// The same with personal data taken out of names and of the summary, and no longer than is read.
    func redacted() -> AlertRequest {
        var result = self
        result.kind = PlainText.short(kind)
        result.summary = summary.map(PlainText.redacted)
        result.segment = segment.map(PlainText.short)
        result.group = group.map(PlainText.short)
        return result
    }
}

/// Texts as alerts keep them: without personal data, and bounded.
enum PlainText {
    /// How many reasons an alert keeps.
    static let maximumReasons = 12
    private static let maximumText = 600
    private static let maximumName = 100
    private static let redactor = Redactor()

    /// A sentence without personal data.
    static func redacted(_ text: String) -> String {
        let clean = redactor.redact(String(text.prefix(4 * maximumText))).text
        return clean.count > maximumText ? clean.prefix(maximumText - 1) + "…" : clean
    }

    /// A name, such as a kind or a group, without personal data.
    static func short(_ text: String) -> String {
        String(redactor.redact(String(text.prefix(2 * maximumName))).text.prefix(maximumName))
    }
}
