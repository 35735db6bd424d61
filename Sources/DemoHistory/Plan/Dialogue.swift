import Vocabulary

/// What is said in one contact, and when.
package struct Dialogue {
    let story: Story
    let topic: Story.Topic?
    let incident: Story.Incident?
    let locale: String
    /// The values of slots such as `{order}`.
    let slots: [String: String]
    /// Whether it is one letter and one answer.
    let isShort: Bool

    /// The turns of a contact.
    ///
    /// - Parameters:
    ///   - mood: how the customer begins.
    ///   - isResolved: whether the customer gets what they wanted.
    ///   - isBack: whether the customer comes again about the same thing.
    ///   - warmth: from 0 to 1: how well the agent brings the contact to its end.
    ///   - seconds: how long the contact takes.
    ///   - dice: the draws.
    /// - Returns: the turns in the order of time.
    func turns(
        _ mood: Mood,
        isResolved: Bool,
        isBack: Bool,
        warmth: Double,
        seconds: Int,
        _ dice: inout Dice
    ) -> [PlannedContact.Turn] {
        var turns: [PlannedContact.Turn] = []
        func add(_ percent: Int, _ speaker: Speaker, _ text: String) {
            let second = max(turns.last.map { $0.second + 1 } ?? 1, seconds * percent / 100)
            turns.append(PlannedContact.Turn(second: second, speaker: speaker, text: text))
        }
        add(1, .customer, opening(mood, isBack: isBack, &dice))
        if isShort {
            add(70, .agent, text(topic?.answers[locale], &dice))
            if dice.chance(0.4) { add(90, .customer, ending(mood, isResolved, isBack, warmth, &dice)) }
            return turns
        }
        add(10, .agent, shared(.greeting, &dice))
        if dice.chance(0.85) { add(24, .customer, text(topic?.says[locale]?["detail"], &dice)) }
        if dice.chance(0.8) { add(55, .agent, text(topic?.answers[locale], &dice)) }
        if dice.chance(0.14) {
            add(66, .customer, shared(.more, &dice))
            add(74, .agent, shared(.promise, &dice))
        }
        add(86, .customer, ending(mood, isResolved, isBack, warmth, &dice))
        if dice.chance(0.25) { add(93, .agent, shared(.parting, &dice)) }
        return turns
    }

    private func opening(_ mood: Mood, isBack: Bool, _ dice: inout Dice) -> String {
        let about: String
        if let said = incident?.says[locale], dice.chance(0.4) {
            about = text(said, &dice)
        } else {
            about = text(topic?.says[locale]?[mood.rawValue], &dice)
        }
        return isBack && dice.chance(0.6) ? shared(.again, &dice) + " " + about : about
    }

    private func ending(
        _ mood: Mood,
        _ isResolved: Bool,
        _ isBack: Bool,
        _ warmth: Double,
        _ dice: inout Dice
    ) -> String {
        if isResolved { return shared(dice.chance(0.35 + 0.45 * warmth) ? .relieved : .content, &dice) }
        let fury = (mood == .angry ? 0.3 : mood == .annoyed ? 0.1 : 0.03) + (isBack ? 0.1 : 0)
        let occasions: [Occasion] = [.content, .unhappy, .furious]
        return shared(occasions[dice.index([0.35 + 0.2 * warmth, 0.45, fury])], &dice)
    }

    private func shared(_ occasion: Occasion, _ dice: inout Dice) -> String {
        text(story.says[locale]?[occasion.rawValue], &dice)
    }

    /// One of some texts with its slots filled.
    private func text(_ texts: [String]?, _ dice: inout Dice) -> String {
        guard let texts, !texts.isEmpty else { return "" }
        return Self.filled(dice.pick(texts), slots)
    }

    /// A text with the values of its slots; a value at the beginning of a sentence begins with a capital.
    package static func filled(_ text: String, _ slots: [String: String]) -> String {
        guard text.contains("{") else { return text }
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            let value = slots[name] ?? "{\(name)}"
            let beginsSentence =
                result.isEmpty || result.hasSuffix(". ") || result.hasSuffix("! ") || result.hasSuffix("? ")
            result += beginsSentence ? value.prefix(1).uppercased() + value.dropFirst() : value
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
