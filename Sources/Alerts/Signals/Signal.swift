import Texts
package import Vocabulary

extension Severity {
    /// The next one up; the highest stays.
    var raised: Severity {
        switch self {
        case .info: .warning
        case .warning, .critical: .critical
        }
    }
}

/// Something in a turn that a rule may act on: a threat to leave, a promise, a phrase that was not said.
package struct Signal: Sendable, Hashable {
    /// What it is, such as `threat_to_leave`.
    package let kind: String
    /// The words of the turn; for a phrase that was not said, what is missing.
    ///
    /// Of a sensitive signal that is kept it is what the customer needs.
    package let text: String
    /// How much it matters by itself, where its list says so: it then raises an alert even without a policy.
    package let severity: Severity?
    /// What the customer needs, as a text or its key, where the list is marked sensitive.
    package let need: String?

    /// Makes a signal.
    package init(kind: String, text: String, severity: Severity? = nil, need: String? = nil) {
        self.kind = kind
        self.text = text
        self.severity = severity
        self.need = need
    }

    /// Whether it tells of illness, bereavement or debts: its words are never kept, and it ends with the contact.
    package var isSensitive: Bool { need != nil }

    /// The signal as it may be kept: a sensitive one with what is needed in the place of the words.
    func keepable(_ texts: TextSet) -> Signal {
        guard let need else { return self }
        return Signal(kind: kind, text: texts.text(need), severity: severity, need: need)
    }
}

/// What one turn says, found without anything else being known.
package struct SignalReading: Sendable, Hashable {
    /// The signals, one of a kind, in the order in which they are said.
    package internal(set) var signals: [Signal] = []
    /// What the turn says of the phrases that agents must say, by their names.
    var heard: [String: RequiredPhraseProgress.Heard] = [:]

    /// Where words stand that say nothing of what the contact is about, in Unicode scalars.
    var asides: [Range<Int>] = []

    /// The turn without the words that say nothing of what the contact is about.
    package func topic(of text: String) -> String {
        guard !asides.isEmpty else { return text }
        let scalars = text.unicodeScalars.enumerated().filter { place, _ in !asides.contains { $0.contains(place) } }
        return String(String.UnicodeScalarView(scalars.map(\.element)))
    }

    /// Whether its words must not be quoted anywhere.
    package var isSensitive: Bool { signals.contains(where: \.isSensitive) }
}
