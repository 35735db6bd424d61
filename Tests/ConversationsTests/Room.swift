import Access
import AuditTrail
import Conversations
import Foundation
import Storage
import TestStores
import Synchronization
import Vocabulary

/// Conversations over a store of their own.
struct Room {
    let store: Store
    let conversations: ConversationStore

    init(
        following: @escaping @Sendable (ConversationDomainEvent) throws -> Void = { _ in },
        teams: [String: [String]] = [:],
        knownTeams: Set<String>? = nil,
        observer: (@Sendable (String) -> Void)? = nil
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("room-\(UUID().uuidString)")
        store = try Store(
            testing: folder,
            migrations: AuditLog.migrations + ConversationStore.migrations,
            observer: observer
        )
        conversations = ConversationStore(
            store: store,
            isTeam: { knownTeams?.contains($0) ?? true },
            teams: { teams[$0] }
        ).running(in: Following(store: store, event: following))
    }

    /// Whoever applies what happens in conversations.
    private struct Following: Transactions {
        let store: Store
        let event: @Sendable (ConversationDomainEvent) throws -> Void

        func write<Value: Sendable>(
            durability: Store.Durability,
            _ body: @escaping @Sendable (WriteTransaction) throws -> Eventful<Value, ConversationDomainEvent>
        ) async throws -> Value {
            try await store.write(durability: durability) { transaction in
                let made = try body(transaction)
                for happened in made.events { try event(happened) }
                return made.value
            }
        }
    }

    static func caller(_ subject: String, _ roles: Set<Role> = [.agent], team: String...) -> Principal {
        Principal(subject: subject, roles: roles, attributes: team.isEmpty ? [:] : ["team": .many(team)])
    }

    @discardableResult
    func open(
        _ id: String,
        by caller: Principal = Room.caller("anna"),
        agent: String? = nil,
        customer: String? = nil,
        now: Int64 = 0
    ) async throws -> Conversation {
        let opening = Opening(
            id: id,
            channel: "phone",
            agent: agent,
            customer: customer.map { ["id": .string($0), "name": "Mia"] }
        )
        return try await conversations.open(opening, by: caller, now: now)
    }

    /// Observes a turn as the product does, with a given score.
    @discardableResult
    func say(
        _ text: String,
        in id: String,
        speaker: Speaker = .customer,
        turnID: String? = nil,
        replaces: String? = nil,
        score: Double? = 0,
        unmet: Double? = nil,
        by caller: Principal = Room.caller("anna"),
        now: Int64 = 0
    ) throws -> JSON {
        let draft = TurnDraft(conversationID: id, speaker: speaker, text: text, turnID: turnID, replaces: replaces)
        let prepared = try PreparedTurn(draft)
        return try store.writeNow { transaction in
            switch try conversations.begin(prepared, by: caller, now: now, in: transaction) {
            case .repeated(let answer): return answer
            case .revised(let turn):
                var replay = TurnReplay(turn, score: score, unmet: unmet)
                for step in turn.steps.map(replay.step) { replay.add(step, words: step.text) }
                let answer: JSON = ["turn": .number(JSONNumber(turn.number)), "text": .string(prepared.text)]
                _ = try conversations.finish(replay, answer: answer, now: now, in: transaction)
                return answer
            case .fresh(let turn):
                let scored = turn.scored(score, unmet: unmet)
                let answer: JSON = ["turn": .number(JSONNumber(scored.number)), "text": .string(scored.prepared.text)]
                try conversations.finish(scored, answer: answer, now: now, in: transaction)
                return answer
            }
        }
    }

    func conversation(_ id: String) throws -> Conversation? {
        try store.readNow { try conversations.conversation(id, in: $0) }
    }

    func turns(_ id: String) throws -> [Turn] {
        try store.readNow { try conversations.recentTurns(of: id, limit: 1_000, in: $0) }.reversed()
    }
}

/// Whether an error is one of the module's with this code.
func isFailure(_ code: ConversationError.Code) -> (any Error) -> Bool {
    { ($0 as? ConversationError)?.code == code }
}
