import Alerts
import Assist
import Conversations
import Measures
import Sentiment
import Storage
import Vocabulary

/// The facts of turns, as far as transcripts are kept; what was counted before stays counted.
///
/// A turn counts when it arrived, for whoever led the contact then. Sensitive signals are not among its facts: the figures of
/// a contact are the same before and after its end takes them away.
struct TurnSource: FactSource {
    let kind = RecordKind.turns

    func record(_ id: String, in transaction: some SQLReading) throws -> FactRecord? {
        guard let key = TurnKey(id), let turn = try ConversationStore.figures(of: key, in: transaction) else {
            return nil
        }
        let sensitive = try AlertDesk.sensitiveKinds(ofTurn: key.number, in: key.conversation, transaction)
        let observed = try ObservedTurn(stored: turn.answer).without(sensitive)
        var values: [String: FactValue] = [
            "speaker": .text(turn.speaker.rawValue), "position": .number(key.number),
            "is_scored": .flag(turn.score != nil), "mood": .number(observed.mood.now),
            "signals": .number(Int64(observed.signals.count)),
            "signal_kinds": .texts(Set(observed.signals.map(\.kind)).sorted()),
            "suggestions": .number(Int64(observed.suggestions.count)),
            "actions": .number(Int64(observed.actions.count)), "alerts": .number(Int64(observed.alerts.count)),
        ]
        values["locale"] = turn.locale.map(FactValue.text)
        values["score"] = turn.score.map(FactValue.number)
        values["label"] = observed.sentiment.map { .text($0.label.rawValue) }
        values["unmet"] = turn.unmet.map(FactValue.number)
        values["previous_speaker"] = turn.previous.map { .text($0.speaker.rawValue) }
        values["seconds_since_previous"] = turn.previous.flatMap {
            RecordSources.seconds($0.arrivedAt, turn.arrivedAt)
        }
        return FactRecord(
            id: id,
            conversation: key.conversation,
            at: turn.arrivedAt,
            agent: turn.agent,
            teams: turn.teams,
            channel: turn.channel,
            values: values
        )
    }

    func ids(after id: String, limit: Int, in transaction: some SQLReading) throws -> [String] {
        try ConversationStore.turns(after: TurnKey(id), limit: limit, in: transaction).map(\.description)
    }

    func ids(from: Int64, to: Int64, in transaction: some SQLReading) throws -> [String] {
        try ConversationStore.turns(arrivedFrom: from, to: to, in: transaction).map(\.description)
    }
}
