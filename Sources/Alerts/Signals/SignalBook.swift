import PhraseMatching
package import Vocabulary

/// The signals of a file, compiled: the phrases of customers and agents that rules act on.
///
/// The phrases of all lists are found in one pass over the text, whose cost hardly depends on their number. A book is
/// immutable and can be shared.
///
/// ## Topics
/// - ``init(yaml:file:)``
/// - ``signals(in:speaker:)``
/// - ``RequiredPhrase``
package struct SignalBook: Sendable {
    /// What a match of a rule means.
    enum Meaning: Sendable, Hashable {
        case signal(kind: String, severity: Severity?, need: String?, isAside: Bool)
        case said(String)
        case tooLate(String)
    }

    /// A rule, what its match means and whose turns it reads.
    struct Entry: Sendable {
        let rule: PhraseRule
        let meaning: Meaning
        /// Nil for everybody.
        let speaker: Speaker?

        /// Whether turns of `other` are read.
        func reads(_ other: Speaker) -> Bool { speaker == nil || speaker == other }
    }

    /// A book without any phrase.
    package static let empty = SignalBook()

    /// The kinds of signals that can be found, in alphabetical order.
    package let kinds: [String]
    /// The kinds whose words are never kept.
    package let sensitiveKinds: Set<String>
    /// Names of products and companies, whose words say nothing of how somebody feels.
    package let neutralNames: [String]
    /// The phrases that agents must say.
    package let required: [RequiredPhrase]
    /// What of e-mails was not written for them.
    package let email: EmailForms
    /// Finds the rules of `entries`, of all speakers.
    private let matcher: PhraseMatcher?
    private let entries: [Entry]

    private init() {
        kinds = []
        sensitiveKinds = []
        neutralNames = []
        required = []
        email = .none
        matcher = nil
        entries = []
    }

    /// Compiles entries; the patterns are known to be sound one by one.
    init(
        _ entries: [Entry],
        required: [RequiredPhrase],
        email: EmailForms = .none,
        neutralNames: [String] = []
    ) throws(PhraseError) {
        matcher = try PhraseMatcher(entries.map(\.rule))
        self.entries = entries
        self.required = required
        self.email = email
        self.neutralNames = neutralNames
        var kinds = Set(required.map(\.kind))
        var sensitive: Set<String> = []
        for case .signal(let kind, _, let need, _) in entries.map(\.meaning) {
            kinds.insert(kind)
            if need != nil { sensitive.insert(kind) }
        }
        self.kinds = kinds.sorted()
        sensitiveKinds = sensitive
    }

    /// The signals of a turn, one of a kind, in the order in which they are said.
    ///
    /// Without what is missing from a whole conversation, which one turn cannot tell.
    package func signals(in text: String, speaker: Speaker) -> [Signal] { read(text, speaker: speaker).signals }

    /// The signals of a turn, and what it says of the required phrases.
    package func read(_ text: String, speaker: Speaker) -> SignalReading {
        var reading = SignalReading()
        guard let matcher, entries.contains(where: { $0.reads(speaker) }) else { return reading }
        for match in matcher.matches(in: text) where entries[match.rule].reads(speaker) {
            switch entries[match.rule].meaning {
            case .signal(let kind, let severity, let need, let isAside):
                if isAside { reading.asides.append(match.range) }
                guard !reading.signals.contains(where: { $0.kind == kind }) else { continue }
                reading.signals.append(Signal(kind: kind, text: match.text, severity: severity, need: need))
            case .said(let name): reading.heard[name, default: .init()].isSaid = true
            case .tooLate(let name): reading.heard[name, default: .init()].isTooLate = true
            }
        }
        return reading
    }
}
