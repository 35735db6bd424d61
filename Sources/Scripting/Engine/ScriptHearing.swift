import FEEL
package import Vocabulary

/// What the customer of a session has said so far, as steps may take answers from it.
///
/// It is a value: the same turns and extractors give the same proposals. Only ``MeaningPort`` may look further, for choices by meaning.
package struct ScriptHearing: Sendable {
    /// Nothing was said.
    package static let silent = ScriptHearing([], book: .empty)

    /// A value and the turn in which it was said.
    struct Heard: Sendable {
        let value: JSON
        let turn: Int64
    }

    /// Where something was said first: the number of the turn, and the place in its text.
    struct Mention: Comparable, Sendable {
        let turn: Int64
        let place: Int

        static func < (left: Mention, right: Mention) -> Bool {
            (left.turn, left.place) < (right.turn, right.place)
        }
    }

    private struct Spoken: Sendable {
        let number: Int64
        let utterance: Utterance
        let locale: String
        let language: SpokenLanguage
        let today: CalendarDate
    }

    /// The newest turns that are compared by meaning, since each costs an encoding.
    private static let meantTurns = 2

    private let turns: [Spoken]
    private let book: ExtractorBook
    private let meaning: (any MeaningPort)?

    /// - Parameters:
    ///   - turns: the turns of the customer, oldest first; the last ``ScriptLimits/heardTurns`` count.
    ///   - book: the extractors in force.
    ///   - locale: the language of turns that have none of their own.
    ///   - day: the time zone in which days begin.
    ///   - meaning: compares sentences; nil to go by words alone.
    package init(
        _ turns: [HeardTurn],
        book: ExtractorBook,
        locale: String = "en",
        day: SpokenDay = SpokenDay(timeZone: "UTC"),
        meaning: (any MeaningPort)? = nil
    ) {
        self.book = book
        self.meaning = meaning
        self.turns = turns.suffix(ScriptLimits.heardTurns).map { turn in
            let locale = turn.locale ?? locale
            return Spoken(
                number: turn.number,
                utterance: Utterance(turn.text),
                locale: locale,
                language: book.language(locale),
                today: day.date(turn.at)
            )
        }
    }

    /// The newest answer to a step that an extractor finds; nil if nothing was said that the step would accept.
    ///
    /// Of several answers in one turn, the last one counts.
    ///
    /// - Parameters:
    ///   - extractor: its name.
    ///   - ask: the step.
    ///   - within: how many of the last turns count; nil for all.
    /// - Returns: the answer and its turn.
    func latest(_ extractor: String, for ask: ScriptStep.Ask, within: Int?) -> Heard? {
        guard let extractor = book.extractor(extractor) else { return nil }
        for (age, turn) in turns.suffix(within ?? turns.count).reversed().enumerated() {
            let values = extractor.values(in: turn.utterance, turn.language, today: turn.today)
            if let value = values.reversed().lazy.compactMap({ $0.value.answer(to: ask) }).first {
                return Heard(value: value, turn: turn.number)
            }
            guard age < Self.meantTurns, values.isEmpty, let meaning, case .choice(let reader) = extractor.kind,
                let choice = reader.meant(by: turn.utterance.text, locale: turn.locale, meaning),
                let value = SaidContent.choice(choice).answer(to: ask)
            else { continue }
            return Heard(value: value, turn: turn.number)
        }
        return nil
    }

    /// Where an answer to a step was said first, in words; nil if nowhere.
    func firstMention(_ extractor: String, for ask: ScriptStep.Ask) -> Mention? {
        guard let extractor = book.extractor(extractor) else { return nil }
        for turn in turns {
            let values = extractor.values(in: turn.utterance, turn.language, today: turn.today)
            if let first = values.first(where: { $0.value.answer(to: ask) != nil }) {
                return Mention(turn: turn.number, place: first.range.lowerBound)
            }
        }
        return nil
    }
}

/// An answer that a session proposes to its agent; it answers nothing until the agent accepts it.
package struct ScriptProposal: Sendable, Hashable {
    /// Where the answer comes from.
    package enum Origin: Sendable, Hashable {
        /// The customer said it in the turn of this number.
        case turn(Int64)
        /// It is a known fact, named as scripts do.
        case fact(String)
    }

    package let value: JSON
    package let origin: Origin

    package init(value: JSON, origin: Origin) {
        self.value = value
        self.origin = origin
    }

    /// The number of the turn; nil for a fact.
    package var turn: Int64? {
        if case .turn(let number) = origin { return number }
        return nil
    }
}
