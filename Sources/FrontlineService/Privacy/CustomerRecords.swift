import Access
import AuditTrail
import Conversations
import JSONRPC
import Storage

/// Everything that all capabilities keep about a customer, given out or erased as one.
struct CustomerRecords: Sendable {
    private let store: Store
    private let conversations: ConversationStore
    private let holders: [any PersonalDataHolder]

    init(services: Services) {
        store = services.store
        conversations = services.conversations
        holders = [
            ConversationData(conversations: services.conversations), AlertData(alerts: services.alerts),
            ResolutionData(authority: services.authority), SearchData(), SuggestionData(),
            ScriptData(sessions: services.sessions),
        ]
    }

    /// What an erasure leaves.
    var kept: [KeptData] {
        let audit = KeptData(
            what: "the audit chain",
            why: "it holds no personal data, and a chain with a missing entry proves nothing"
        )
        return holders.flatMap(\.kept) + [audit]
    }

    /// Everything that is kept about a customer, by kind.
    func export(customer id: String) async throws -> [String: JSON] {
        try await store.read { [self] transaction in
            let subject = try subject(customer: id, in: transaction)
            return try holders.reduce(into: [:]) { $0[$1.name] = try $1.export(subject, in: transaction) }
        }
    }

    /// Erases everything about a customer that need not be kept, in one transaction that is itself recorded.
    ///
    /// - Parameters:
    ///   - id: the customer; the record names a hash of it.
    ///   - reason: why, without personal data.
    ///   - isTrial: whether to count only and change nothing.
    ///   - actor: who asks for it.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: how many things were erased, by kind.
    /// - Throws: the store's error; nothing is erased then.
    func erase(
        customer id: String,
        reason: String,
        isTrial: Bool,
        by actor: String,
        now: Int64
    ) async throws -> [String: Int] {
        do {
            let counts = try await store.write { [self] transaction in
                let subject = try subject(customer: id, in: transaction)
                let counts = try erase(subject, holders: holders, in: transaction)
                if isTrial { throw Trial(counts: counts) }
                let event = AuditEvent(
                    actor: actor,
                    action: "customer.erase",
                    target: "customer:" + ContentHash.sha256(id).prefix(16),
                    details: reason
                )
                try AuditLog.append([event], at: now, in: transaction)
                return counts
            }
            // The write-ahead log still has what was erased; where a reader is in the way, the next checkpoint does it.
            try? store.checkpoint()
            return counts
        } catch let trial as Trial {
            return trial.counts
        }
    }

    /// Deletes the transcripts of conversations in which nothing has happened since a time, a batch of them.
    ///
    /// - Returns: how many conversations lost their transcript.
    func deleteTranscripts(quietSince time: Int64, limit: Int, now: Int64) async throws -> Int {
        try await store.write { [self] transaction in
            let ids = try conversations.quietConversations(since: time, limit: limit, in: transaction)
            guard !ids.isEmpty else { return 0 }
            let subject = DataSubject(customerID: nil, conversationIDs: ids)
            _ = try erase(subject, holders: holders.filter(\.followsTranscripts), in: transaction)
            let event = AuditEvent(
                actor: "retention",
                action: "conversation.forget",
                target: ids.count == 1 ? ids[0] : "\(ids[0]) and \(ids.count - 1) more"
            )
            try AuditLog.append([event], at: now, in: transaction)
            return ids.count
        }
    }

    private func subject(customer id: String, in transaction: some SQLReading) throws -> DataSubject {
        DataSubject(
            customerID: id,
            conversationIDs: try conversations.conversationIDs(ofCustomer: id, in: transaction)
        )
    }

    /// Others first: they find what they keep by what the conversations still say.
    private func erase(
        _ subject: DataSubject,
        holders: [any PersonalDataHolder],
        in transaction: WriteTransaction
    ) throws -> [String: Int] {
        try holders.reversed().reduce(into: [:]) { counts, holder in
            counts.merge(try holder.erase(subject, in: transaction), uniquingKeysWith: +)
        }
    }

    /// Undoes what was erased to be counted.
    private struct Trial: Error {
        let counts: [String: Int]
    }
}
