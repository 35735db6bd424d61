import Texts

/// What an alert says, without personal data: why it was raised and what is behind it, in one language, and by keys for
/// every other.
struct AlertWords: Sendable, Hashable {
    var reason: String
    var text: KeyedText?
    var because: [String]
    var evidence: [KeyedText]?

    /// What an alert says now.
    init(of alert: Alert) {
        (reason, text, because, evidence) = (alert.reason, alert.text, alert.because, alert.evidence)
    }

    /// What is behind it is told as it was written; `reason` stands where there is no key for it.
    init(_ text: KeyedText?, reason: String, because: [String], in texts: TextSet) {
        self.text = text?.mapWords(PlainText.redacted)
        self.reason = self.text.map(texts.text) ?? PlainText.redacted(reason)
        self.because = because.prefix(PlainText.maximumReasons).map(PlainText.redacted)
    }

    /// What is behind it is told by keys too.
    init(_ text: KeyedText?, reason: String, evidence: [KeyedText], in texts: TextSet) {
        self.init(text, reason: reason, because: [], in: texts)
        let evidence = evidence.prefix(PlainText.maximumReasons).map { $0.mapWords(PlainText.redacted) }
        self.evidence = evidence
        because = evidence.map(texts.text)
    }
}
