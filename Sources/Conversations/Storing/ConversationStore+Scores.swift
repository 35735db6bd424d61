import AuditTrail
package import Storage
import Vocabulary

/// Scores of what agents, bots and others said, which an earlier program took and kept.
///
/// A score says how a customer feels. Once for a store those of anybody else are taken out of turns, of what was answered
/// to them, of events and of moods.
extension ConversationStore {
    /// The table of what was done once, which a new store has rows in as well.
    package static let upgradesTable = "conversation_upgrades"
    /// What was done once; `announced` says whether the log of a server has told it.
    static let upgradeTable = """
        CREATE TABLE \(upgradesTable) (
            name TEXT NOT NULL PRIMARY KEY,
            at_microseconds BIGINT NOT NULL,
            turns BIGINT NOT NULL,
            announced BIGINT NOT NULL
        )
        """
    private static let scoresUpgrade = "scores"
    /// The member of a stored mood that averages what the agent says: a conversation that has it was not looked at yet.
    private static let agentLevel = "agent_level"

    /// How many conversations one transaction looks at.
    package static let upgradeBatch = 200

    /// Whether scores of others than customers were taken out of the store.
    package func hasOnlyCustomersScores(in transaction: some SQLReading) throws -> Bool {
        try transaction.first(
            "SELECT 1 FROM conversation_upgrades WHERE name = $1",
            [.text(Self.scoresUpgrade)]
        ) { _ in true } ?? false
    }

    /// Takes the scores of others than customers out of some conversations; one that was looked at before is left alone.
    ///
    /// - Parameters:
    ///   - number: looks at the conversations after this place in the order of conversations.
    ///   - limit: at how many at most.
    ///   - transaction: the one that does it.
    /// - Returns: the place of the last one, and how many turns lost a score; nil behind the last conversation.
    /// - Throws: the store's error.
    package func removeAgentScores(
        after number: Int64,
        limit: Int = ConversationStore.upgradeBatch,
        in transaction: WriteTransaction
    ) throws -> (last: Int64, turns: Int)? {
        let conversations = try transaction.rows(
            "SELECT number, id, mood FROM conversations WHERE number > $1 ORDER BY number LIMIT $2",
            [.integer(number), .integer(Int64(limit))]
        ) { (number: try $0.integer("number"), id: try $0.text("id"), mood: try $0.text("mood")) }
        guard let last = conversations.last?.number else { return nil }
        var count = 0
        for conversation in conversations where conversation.mood.contains("\"\(Self.agentLevel)\"") {
            count += try removeScores(of: conversation.number, conversation.id, in: transaction)
            // What the type does not know any more is left out when it is written.
            let mood = try StoredValue.value(Mood.self, conversation.mood)
            try transaction.execute(
                "UPDATE conversations SET mood = $2 WHERE number = $1",
                [.integer(conversation.number), .text(try StoredValue.text(mood))]
            )
        }
        return (last, count)
    }

    /// Notes that no conversation has scores of others than customers, in the store and on its record.
    package func noteAgentScoresRemoved(turns: Int, now: Int64, in transaction: WriteTransaction) throws {
        let noted = try transaction.execute(
            """
            INSERT INTO conversation_upgrades (name, at_microseconds, turns, announced) VALUES ($1, $2, $3, $4)
            ON CONFLICT (name) DO NOTHING
            """,
            [.text(Self.scoresUpgrade), .integer(now), .integer(Int64(turns)), .integer(turns == 0 ? 1 : 0)]
        )
        guard noted > 0, turns > 0 else { return }
        let event = AuditEvent(
            actor: "upgrade",
            action: "conversation.remove_scores",
            target: "turns",
            details: "scores of \(turns) turns that no customer said"
        )
        try AuditLog.append([event], at: now, in: transaction)
        try Store.requestErasureFromFiles(in: transaction)
    }

    /// How many turns lost a score in the upgrade, until it was answered once: for the log of the server that starts next.
    package func takeRemovedScores() async throws -> Int64? {
        guard try await store.read({ try Self.unannounced(in: $0) }) != nil else { return nil }
        return try await store.write { transaction in
            let turns = try Self.unannounced(in: transaction)
            try transaction.execute(
                "UPDATE conversation_upgrades SET announced = 1 WHERE name = $1",
                [.text(Self.scoresUpgrade)]
            )
            return turns
        }
    }

    private static func unannounced(in transaction: some SQLReading) throws -> Int64? {
        try transaction.first(
            "SELECT turns FROM conversation_upgrades WHERE name = $1 AND announced = 0",
            [.text(scoresUpgrade)]
        ) { try $0.integer("turns") }
    }

    private func removeScores(of number: Int64, _ id: String, in transaction: WriteTransaction) throws -> Int {
        let turns = try transaction.rows(
            """
            SELECT number, answer FROM turns
            WHERE conversation_number = $1 AND speaker <> 'customer' AND score IS NOT NULL ORDER BY number
            """,
            [.integer(number)]
        ) { (number: try $0.integer("number"), answer: try $0.text("answer")) }
        for turn in turns {
            try transaction.execute(
                "UPDATE turns SET score = NULL, answer = $3 WHERE conversation_number = $1 AND number = $2",
                [.integer(number), .integer(turn.number), .text(try Self.unscored(turn.answer))]
            )
        }
        let earlier = try transaction.rows(
            """
            SELECT turn_id, answer FROM turn_replacements WHERE conversation_number = $1 AND speaker <> 'customer'
            """,
            [.integer(number)]
        ) { (id: try $0.text("turn_id"), answer: try $0.text("answer")) }
        for turn in earlier {
            try transaction.execute(
                "UPDATE turn_replacements SET answer = $3 WHERE conversation_number = $1 AND turn_id = $2",
                [.integer(number), .text(turn.id), .text(try Self.unscored(turn.answer))]
            )
        }
        try rewriteStates(of: number, in: transaction)
        try removeScores(ofEventsOf: id, turns: Set(turns.map(\.number)), in: transaction)
        return turns.count
    }

    /// The states between turns without the agent's average.
    private func rewriteStates(of number: Int64, in transaction: WriteTransaction) throws {
        let states = try transaction.rows(
            "SELECT number, state FROM turns WHERE conversation_number = $1 AND state IS NOT NULL",
            [.integer(number)]
        ) { (turn: try $0.integer("number"), text: try $0.text("state")) }
        for state in states {
            let value = try StoredValue.value(TurnState.self, state.text)
            try transaction.execute(
                "UPDATE turns SET state = $3 WHERE conversation_number = $1 AND number = $2",
                [.integer(number), .integer(state.turn), .text(try StoredValue.text(value))]
            )
        }
    }

    private func removeScores(
        ofEventsOf id: String,
        turns: Set<Int64>,
        in transaction: WriteTransaction
    ) throws {
        guard !turns.isEmpty else { return }
        let events = try transaction.rows(
            "SELECT cursor_number, data FROM conversation_events WHERE conversation_id = $1 AND kind = 'turn'",
            [.text(id)]
        ) { (cursor: try $0.integer("cursor_number"), data: try $0.text("data")) }
        for event in events {
            let turn = try StoredValue.value(JSON.self, event.data)["turn"]?.int
            guard let turn, turns.contains(Int64(turn)) else { continue }
            try transaction.execute(
                "UPDATE conversation_events SET data = $2 WHERE cursor_number = $1",
                [.integer(event.cursor), .text(try Self.unscored(event.data))]
            )
        }
    }

    /// An answer as it is given for a turn that is not scored.
    private static func unscored(_ answer: String) throws -> String {
        guard var object = try StoredValue.value(JSON.self, answer).object, object["sentiment"] != nil else {
            return answer
        }
        object["sentiment"] = ["status": "unsupported"]
        return String(decoding: JSON.object(object).serialized(), as: UTF8.self)
    }
}
