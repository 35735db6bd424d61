import Access
import Alerts
import AuditTrail
import Conversations
import JSONRPC
import Knowledge
import Resolution
import Scripting
import Storage
import Versioning

/// Everything that all capabilities keep about a customer, given out or erased as one.
struct CustomerRecords: Sendable {
    /// What an erasure did.
    struct Outcome: Sendable {
        /// How many things were erased, by kind.
        let counts: [String: Int]
        /// What is not done yet, although the erasure itself is.
        var pending: [KeptData] = []
    }

    /// Texts of people that are not about a customer, and may name one all the same.
    private static let stayingTexts =
        [AuditLog.texts, VersionChain.notes, Rollout.reasons] + KnowledgeBase.texts + AuthorityLedger.texts
        + ConversationStore.texts
    /// Names may be written while they are being looked for.
    private static let maximumSweeps = 3

    let store: Store
    private let conversations: ConversationStore
    private let authority: AuthorityLedger
    private let sessions: ScriptDesk
    private let holders: [any PersonalDataHolder]
    private let list: ErasureList?

    init(services: Services) {
        self.init(
            store: services.store,
            conversations: services.conversations,
            alerts: services.alerts,
            authority: services.authority,
            sessions: services.sessions,
            list: services.erasures
        )
    }

    init(
        store: Store,
        conversations: ConversationStore,
        alerts: AlertDesk,
        authority: AuthorityLedger,
        sessions: ScriptDesk,
        list: ErasureList?
    ) {
        self.store = store
        self.conversations = conversations
        self.authority = authority
        self.sessions = sessions
        self.list = list
        holders = [
            ConversationData(conversations: conversations), AlertData(alerts: alerts),
            ResolutionData(authority: authority, conversations: conversations), SearchData(), SuggestionData(),
            ScriptData(sessions: sessions),
        ]
    }

    /// What an erasure leaves.
    var kept: [KeptData] {
        let own = [
            KeptData(
                what: "the audit chain, without what callers wrote when they acted for the customer",
                why: "it holds no personal data, and a chain with a missing entry proves nothing"
            ),
            KeptData(
                what: "a keyed hash of the customer's id in the list of erasures",
                why: "a backup that is restored is erased again by it"
            ),
        ]
        return holders.flatMap(\.kept) + own
    }

    /// What is known of a customer.
    enum Knowledge: Sendable, Hashable {
        case nothing
        /// All was erased, last at this time in microseconds since 1970.
        case erased(at: Int64)
        case kept
    }

    /// Everything that is kept about a customer, by kind; that it was given out is recorded.
    ///
    /// - Returns: nil when nothing is known of the customer; and when it was erased last.
    func export(
        customer id: String,
        by actor: AuditActor,
        now: Int64
    ) async throws -> (data: [String: JSON], erasedAt: Int64?)? {
        let hash = try authority.customerHash(id)
        let found = try await store.read { [self] transaction in
            let subject = try subject(customer: id, in: transaction)
            let data = try holders.reduce(into: [String: JSON]()) {
                $0[$1.name] = try $1.export(subject, in: transaction)
            }
            return (data, try knowledge(of: subject, hash: hash, data: data, in: transaction))
        }
        let event = AuditEvent(actor: actor, action: "customer.export", target: AuditObject.customer(hash: hash))
        switch found.1 {
        case .nothing: return nil
        case .erased(let time):
            try await store.write { try AuditLog.append([event], at: now, in: $0) }
            return (found.0, time)
        case .kept:
            try await store.write { try AuditLog.append([event], at: now, in: $0) }
            return (found.0, nil)
        }
    }

    private func knowledge(
        of subject: DataSubject,
        hash: String,
        data: [String: JSON],
        in transaction: some SQLReading
    ) throws -> Knowledge {
        if data.values.contains(where: { $0.array?.isEmpty == false }) { return .kept }
        if let erased = try ErasureRegister.last(of: hash, in: transaction) { return .erased(at: erased) }
        guard let id = subject.customerID, try authority.knows(customer: id, in: transaction) else { return .nothing }
        return .kept
    }

    /// Erases everything about a customer that need not be kept, in one transaction that is itself recorded.
    ///
    /// Then the files follow: the write-ahead log, slack in pages, the list of erasures beside the backups. What of that
    /// cannot be done within `patience`, because a reader holds the log, is told in the outcome, and is gone on with by
    /// ``Store/eraseFromFiles(within:)``.
    ///
    /// - Parameters:
    ///   - id: the customer; the record names a keyed hash of it.
    ///   - reason: why; the customer's names are taken out of it.
    ///   - isTrial: whether to count only and change nothing.
    ///   - actor: who asks for it.
    ///   - now: the time, in microseconds since 1970.
    ///   - erasedAt: when the customer was erased first, where a list of erasures is applied again; now for nil.
    ///   - patience: how long to wait for the files.
    /// - Returns: what was done; nil when nothing is known of the customer.
    /// - Throws: the store's error; nothing is erased then.
    func erase(
        customer id: String,
        reason: String,
        isTrial: Bool,
        by actor: AuditActor,
        now: Int64,
        erasedAt: Int64? = nil,
        patience: Duration = .seconds(2)
    ) async throws -> Outcome? {
        let hash = try authority.customerHash(id)
        let (known, names) = try await store.read { [self] transaction in
            let subject = try subject(customer: id, in: transaction)
            let data = try holders.reduce(into: [String: JSON]()) {
                $0[$1.name] = try $1.export(subject, in: transaction)
            }
            let profiles = try holders.flatMap { try $0.profiles(of: subject, in: transaction) }
            return (
                try knowledge(of: subject, hash: hash, data: data, in: transaction),
                PersonalNames(id: id, profiles: profiles)
            )
        }
        guard known != .nothing else { return nil }
        let erasure: Erasure
        do {
            erasure = try await store.write { [self] transaction in
                var erasure = Erasure(actor: actor, now: now, names: names)
                try erase(try subject(customer: id, in: transaction), &erasure, holders: holders, in: transaction)
                if isTrial { throw Trial(counts: erasure.counts) }
                let event = AuditEvent(
                    actor: actor,
                    action: "customer.erase",
                    target: AuditObject.customer(hash: hash),
                    text: names.redacted(reason)
                )
                try AuditLog.append([event], at: now, in: transaction)
                try ErasureRegister.note(hash, at: erasedAt ?? now, in: transaction)
                try Store.requestErasureFromFiles(in: transaction)
                return erasure
            }
        } catch let trial as Trial {
            return Outcome(counts: trial.counts)
        }
        authority.announce(erasure.endedGrants, now: now)
        sessions.forgetSecrets(of: erasure.endedSessions)
        try await sweep(names)
        return Outcome(counts: erasure.counts, pending: try await finish(within: patience))
    }

    /// Takes names out of the texts that stay: found while others write, then changed in a short transaction.
    private func sweep(_ names: PersonalNames) async throws {
        let fragments = names.fragments
        for _ in 0..<Self.maximumSweeps {
            let found = try await store.read { transaction in
                try Self.stayingTexts.map { text in
                    (text, try text.changes(fragments: fragments, in: transaction, redacted: names.redacted))
                }.filter { !$0.1.isEmpty }
            }
            guard !found.isEmpty else { return }
            try await store.write { transaction in
                for (text, changes) in found { try text.apply(changes, in: transaction) }
                try Store.requestErasureFromFiles(in: transaction)
            }
        }
    }

    /// What is not done yet once the time is over.
    private func finish(within patience: Duration) async throws -> [KeptData] {
        var pending: [KeptData] = []
        do { try await list?.update() } catch {
            pending.append(
                KeptData(what: "the list of erasures", why: "it cannot be written: \(error); it is tried again")
            )
        }
        let end = ContinuousClock.now + patience
        var pause = Duration.milliseconds(5)
        while try await !store.eraseFromFiles(within: max(.zero, end - .now)) {
            guard .now + pause < end else {
                pending.append(
                    KeptData(
                        what: "earlier contents of pages in the files of the store",
                        why: "a reader holds the write-ahead log, or the store is large; it is gone on with until done"
                    )
                )
                return pending
            }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(250))
        }
        return pending
    }

    /// Deletes the transcripts of conversations in which nothing has happened since a time, a batch of them.
    ///
    /// - Returns: how many conversations lost their transcript.
    func deleteTranscripts(quietSince time: Int64, limit: Int, now: Int64) async throws -> Int {
        let (count, sessions) = try await store.write { [self] transaction in
            let ids = try conversations.quietConversations(since: time, limit: limit, in: transaction)
            guard !ids.isEmpty else { return (0, [String]()) }
            let subject = DataSubject(customerID: nil, conversationIDs: ids)
            var erasure = Erasure(actor: "retention", now: now)
            try erase(subject, &erasure, holders: holders.filter(\.followsTranscripts), in: transaction)
            let event = AuditEvent(
                actor: erasure.actor,
                action: "conversation.forget",
                target: ids.count == 1 ? ids[0] : "\(ids[0]) and \(ids.count - 1) more"
            )
            try AuditLog.append([event], at: now, in: transaction)
            try Store.requestErasureFromFiles(in: transaction)
            return (ids.count, erasure.endedSessions)
        }
        self.sessions.forgetSecrets(of: sessions)
        return count
    }

    /// The ids of all customers of whom something is kept.
    func customerIDs() async throws -> Set<String> {
        try await store.read { [self] transaction in
            try holders.reduce(into: []) { $0.formUnion(try $1.customerIDs(in: transaction)) }
        }
    }

    /// The customer's conversations, and those of nobody in which something was asked for the customer.
    private func subject(customer id: String, in transaction: some SQLReading) throws -> DataSubject {
        var ids = try conversations.conversationIDs(ofCustomer: id, in: transaction)
        for other in try authority.conversationIDs(ofCustomer: id, in: transaction) where !ids.contains(other) {
            let conversation = try conversations.conversation(other, in: transaction)
            if let conversation, conversation.customerID == nil, !conversation.isForgotten { ids.append(other) }
        }
        return DataSubject(customerID: id, conversationIDs: ids)
    }

    /// Others first: they find what they keep by what the conversations still say.
    private func erase(
        _ subject: DataSubject,
        _ erasure: inout Erasure,
        holders: [any PersonalDataHolder],
        in transaction: WriteTransaction
    ) throws {
        for holder in holders.reversed() { try holder.erase(subject, &erasure, in: transaction) }
        try AuditLog.eraseTexts(of: erasure.auditTargets, in: transaction)
    }

    /// Undoes what was erased to be counted.
    private struct Trial: Error {
        let counts: [String: Int]
    }
}
