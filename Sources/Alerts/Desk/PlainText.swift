import Redaction

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
