package import Vocabulary

/// Something that an agent must say, and until when.
package struct RequiredPhrase: Sendable, Hashable {
    /// Its name in the file; unique.
    package let name: String
    /// The signal that its absence makes.
    package let kind: String
    /// What is missing, for people.
    package let text: String
    /// How much its absence matters by itself.
    package let severity: Severity?
    /// The number of agent turns within which it must be said; nil when only `before` counts.
    package let turns: Int?
    /// The signal from which on it must be said; nil for the beginning of the contact.
    package let trigger: String?
    /// The channels in which it must be said; empty for all.
    package let channels: Set<String>
}

/// How far a conversation is with the phrases that must be said: a pure state machine over its turns.
package struct RequiredPhraseProgress: Sendable, Hashable, Codable {
    /// One phrase.
    struct Step: Sendable, Hashable, Codable {
        /// Agent turns since it must be said.
        var turns = 0
        /// Whether nothing more can come of it: it was said, or is known to be missing.
        var isDone = false
    }

    /// What an agent's turn says about one phrase.
    package struct Heard: Sendable, Hashable {
        /// Whether the turn says it.
        package var isSaid: Bool
        /// Whether the turn says what it had to come before.
        package var isTooLate: Bool

        package init(isSaid: Bool = false, isTooLate: Bool = false) {
            self.isSaid = isSaid
            self.isTooLate = isTooLate
        }
    }

    private var steps: [String: Step] = [:]

    package init() {}

    /// Observes a turn, and returns the phrases that are missing after it; each is returned once in a conversation.
    ///
    /// - Parameters:
    ///   - speaker: whose turn it is; only agents say what must be said.
    ///   - signals: the kinds of signals of the turn, which may begin a phrase's time.
    ///   - channel: the conversation's channel.
    ///   - phrases: the phrases of the book in force.
    ///   - heard: what the turn says of each, by its name.
    /// - Returns: the phrases.
    package mutating func take(
        speaker: Speaker,
        signals: Set<String>,
        channel: String,
        phrases: [RequiredPhrase],
        heard: [String: Heard]
    ) -> [RequiredPhrase] {
        var missing: [RequiredPhrase] = []
        for phrase in phrases where phrase.channels.isEmpty || phrase.channels.contains(channel) {
            var step = steps[phrase.name] ?? (phrase.trigger == nil ? Step() : nil)
            if let current = step, speaker == .agent, !current.isDone {
                let (next, isMissing) = Self.advance(current, phrase, heard[phrase.name] ?? Heard())
                if isMissing { missing.append(phrase) }
                step = next
            } else if step == nil, let trigger = phrase.trigger, signals.contains(trigger) {
                step = Step()
            }
            steps[phrase.name] = step
        }
        return missing
    }

    private static func advance(_ step: Step, _ phrase: RequiredPhrase, _ heard: Heard) -> (Step, isMissing: Bool) {
        var step = step
        step.turns += 1
        if heard.isSaid {
            step.isDone = true
            return (step, false)
        }
        let isMissing = heard.isTooLate || phrase.turns.map { step.turns >= $0 } ?? false
        step.isDone = isMissing
        return (step, isMissing)
    }
}
