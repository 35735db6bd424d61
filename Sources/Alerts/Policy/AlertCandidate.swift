package import Vocabulary

/// An alert as the policy asks for it on one turn; the book of the conversation decides what becomes of it.
///
/// The policy's decision `alert` answers a list of contexts (or one). `kind`, `severity` and either `text` or `reason` are
/// what it is about; the other members are optional:
///
/// | member | unless given | meaning |
/// |---|---|---|
/// | `text` | none | a key of the texts: why, in the language of the reader |
/// | `reason` | a general sentence | why, in the policy's own words; not read where there is a `text` |
/// | `about` | the kind | the kind of signal whose words or need the text may use |
/// | `group` | none | alerts of one cause; many of them within a short time become one `surge` |
/// | `cooldown_seconds` | 300 | for so long after an alert of this kind no new one is raised in the conversation |
/// | `escalate_after_seconds` | 300; never for `info` | unacknowledged for so long, it escalates; 0 for never |
/// | `maximum_per_conversation` | 3 | how often this kind is raised anew in a conversation; 1 for once |
package struct AlertCandidate: Sendable, Hashable {
    /// What kind of alert.
    package var kind: String
    /// How much it matters.
    package var severity: Severity
    /// Why, in one sentence of the policy's own; empty where ``text`` says it.
    package var reason: String
    /// The key of the text that says why.
    package var text: String?
    /// The kind of signal that the text is about.
    package var about: String
    /// The cause it shares with others.
    package var group: String?
    /// How long it stays quiet in the conversation after it was raised.
    package var cooldownSeconds: Int
    /// When it escalates; nil for never.
    package var escalateAfterSeconds: Int?
    /// How often it is raised in a conversation.
    package var maximumPerConversation: Int

    private static let longestName = 100
    private static let longestReason = 400
    private static let longestTime = 7 * 86_400
    private static let highestMaximum = 100

    /// Makes a candidate.
    package init(
        kind: String,
        severity: Severity,
        reason: String = "",
        text: String? = nil,
        about: String? = nil,
        group: String? = nil,
        cooldownSeconds: Int = 300,
        escalateAfterSeconds: Int? = nil,
        maximumPerConversation: Int = 3
    ) {
        self.kind = kind
        self.severity = severity
        self.reason = reason
        self.text = text
        self.about = about ?? kind
        self.group = group
        self.cooldownSeconds = cooldownSeconds
        self.escalateAfterSeconds = escalateAfterSeconds
        self.maximumPerConversation = maximumPerConversation
    }

    /// Reads one context of the policy's answer; nil when it names no kind.
    ///
    /// A severity that is not one counts as `warning`, and numbers out of range are brought into it.
    package init?(_ json: JSON) {
        guard let kind = json["kind"]?.string.map(Self.name), !kind.isEmpty else { return nil }
        let severity = json["severity"]?.string.flatMap(Severity.init) ?? .warning
        let text = json["text"]?.string.map(Self.name).flatMap { $0.isEmpty ? nil : $0 }
        let reason = json["reason"]?.string ?? ""
        let escalation = Self.seconds(json["escalate_after_seconds"]) ?? (severity == .info ? 0 : 300)
        self.init(
            kind: kind,
            severity: severity,
            reason: String(reason.prefix(Self.longestReason)),
            text: text ?? (reason.isEmpty ? AlertTextKey.unnamed : nil),
            about: json["about"]?.string.map(Self.name),
            group: json["group"]?.string.map(Self.name).flatMap { $0.isEmpty ? nil : $0 },
            cooldownSeconds: Self.seconds(json["cooldown_seconds"]) ?? 300,
            escalateAfterSeconds: escalation == 0 ? nil : escalation,
            maximumPerConversation: json["maximum_per_conversation"]?.double.map {
                Int(min(max(1, $0), Double(Self.highestMaximum)))
            } ?? 3
        )
    }

    private static func name(_ text: String) -> String { String(text.prefix(longestName)) }

    private static func seconds(_ json: JSON?) -> Int? {
        json?.double.map { Int(min(max(0, $0), Double(longestTime))) }
    }
}
