import Access
import Alerts
import AuditTrail
import Conversations
import Knowledge
import Resolution
import Scripting
import Storage
import Versioning
import Vocabulary
import WorkItems
import Workflow

/// Exports or erases everything that all capabilities store about a customer.
struct CustomerRecords: Sendable {
    /// The result of an erasure.
    struct Outcome: Sendable {
        /// The number of items erased, by kind.
        let counts: [String: Int]
        /// The parts that are not finished yet, although the erasure itself is committed.
        var pending: [KeptData] = []
    }

    /// Texts written by people that are not about a customer, but may still name one.
    private static let stayingTexts =
        [AuditLog.texts, VersionChain.notes, Rollout.reasons] + KnowledgeBase.texts + AuthorityLedger.texts
        + ConversationStore.texts + WorkDesk.texts
    /// The largest number of passes; names may be written while a pass is running.
    private static let maximumSweeps = 3

    let store: Store
    let authority: AuthorityLedger
    private let consequences: Consequences
    private let conversations: ConversationStore
    private let sessions: ScriptDesk
    private let holders: [any PersonalDataHolder]
    private let list: ErasureList?

    init(services: Services) {
        self.init(services.consequences, alerts: services.alerts, list: services.erasures)
    }

    init(_ consequences: Consequences, alerts: AlertDesk, list: ErasureList?) {
        self.consequences = consequences
        self.store = consequences.store
        self.list = list
        conversations = consequences.conversations
        authority = consequences.authority
        sessions = consequences.scripts
        holders = [
            ConversationData(conversations: conversations), AlertData(alerts: alerts),
            ResolutionData(authority: authority, conversations: conversations, consequences: consequences),
            SearchData(), PrecedentData(), SuggestionData(), ScriptData(sessions: sessions),
            WorkData(work: consequences.work, consequences: consequences),
        ]
    }

    /// The data that an erasure keeps.
    var kept: [KeptData] {
        let own = [
            KeptData(
                what: "the audit chain, without what callers wrote when they acted for the customer",
                why: "it holds no personal data, and a chain with a missing entry could not be verified"
            ),
            KeptData(
                what: "a keyed hash of the customer's id in the list of erasures",
                why: "it is used to repeat the erasure in a restored backup"
            ),
        ]
        return holders.flatMap(\.kept) + own
    }

    /// Whether data about a customer exists.
    enum Knowledge: Sendable, Hashable {
        case nothing
        /// Everything was erased, most recently at this time in microseconds since 1970.
        case erased(at: Int64)
        case kept
    }

    /// Exports everything stored about a customer, by kind, and records the export.
    ///
    /// - Returns: the data, nil if there is none, and the time of the last erasure.
    func export(
        customer id: String,
        by actor: AuditActor,
        now: Int64
    ) async throws -> (data: [String: JSON], erasedAt: Int64?)? {
        let hash = try await authority.customerHash(id)
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

    /// Erases everything about a customer that need not be kept, in one transaction, and records the erasure.
    ///
    /// Afterwards the data is removed from files: the write-ahead log, unused space in pages, and the list of erasures
    /// beside the backups is updated. Parts that cannot be finished within `patience`, because a reader holds the log,
    /// are reported in the outcome and completed later by `StoreFiles.eraseFromFiles(within:)`.
    ///
    /// - Parameters:
    ///   - id: the customer's id; the audit log contains a keyed hash of it.
    ///   - reason: the reason, from which the customer's names are removed.
    ///   - isTrial: whether to only count, without changing anything.
    ///   - actor: who requests the erasure.
    ///   - now: the time, in microseconds since 1970.
    ///   - erasedAt: the original time of the erasure, when a list of erasures is applied; nil for now.
    ///   - patience: how long to wait for the files.
    /// - Returns: the outcome; nil if nothing is stored about the customer.
    /// - Throws: the store's error, after which nothing is erased.
    func erase(
        customer id: String,
        reason: String,
        isTrial: Bool,
        by actor: AuditActor,
        now: Int64,
        erasedAt: Int64? = nil,
        patience: Duration = .seconds(2)
    ) async throws -> Outcome? {
        let hash = try await authority.customerHash(id)
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
        await consequences.follow(erasure.events)
        sessions.forgetSecrets(of: erasure.endedSessions)
        try await sweep(names)
        return Outcome(counts: erasure.counts, pending: try await finish(within: patience))
    }

    /// Removes names from the texts that are kept: they are located without blocking writers, then changed in a short
    /// transaction.
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

    /// Waits for the files up to `patience`; returns what is not finished by then.
    private func finish(within patience: Duration) async throws -> [KeptData] {
        var pending: [KeptData] = []
        do { try await list?.update() } catch {
            pending.append(
                KeptData(what: "the list of erasures", why: "it cannot be written: \(error); it is tried again")
            )
        }
        let end = ContinuousClock.now + patience
        var pause = Duration.milliseconds(5)
        while let files = store.files, try await !files.eraseFromFiles(within: max(.zero, end - .now)) {
            guard .now + pause < end else {
                pending.append(
                    KeptData(
                        what: "earlier contents of pages in the files of the store",
                        why: "a reader holds the write-ahead log, or the store is large; it is continued until done"
                    )
                )
                return pending
            }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(250))
        }
        return pending
    }

    /// Deletes a batch of transcripts of conversations without activity since a time.
    ///
    /// - Returns: the number of conversations whose transcript was deleted.
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

    /// The ids of all customers about whom something is stored.
    func customerIDs() async throws -> Set<String> {
        try await store.read { [self] transaction in
            try holders.reduce(into: []) { $0.formUnion(try $1.customerIDs(in: transaction)) }
        }
    }

    /// The customer's conversations, and conversations without a customer in which something was requested for this
    /// one.
    private func subject(customer id: String, in transaction: some SQLReading) throws -> DataSubject {
        var ids = try conversations.conversationIDs(ofCustomer: id, in: transaction)
        for other in try authority.conversationIDs(ofCustomer: id, in: transaction) where !ids.contains(other) {
            let conversation = try conversations.conversation(other, in: transaction)
            if let conversation, conversation.customerID == nil, !conversation.isForgotten { ids.append(other) }
        }
        return DataSubject(customerID: id, conversationIDs: ids)
    }

    /// Erases in all holders, conversations last: others find their data through the conversations.
    private func erase(
        _ subject: DataSubject,
        _ erasure: inout Erasure,
        holders: [any PersonalDataHolder],
        in transaction: WriteTransaction
    ) throws {
        for holder in holders.reversed() { try holder.erase(subject, &erasure, in: transaction) }
        try AuditLog.eraseTexts(of: erasure.auditTargets, in: transaction)
    }

    /// Thrown to roll back a trial erasure.
    private struct Trial: Error {
        let counts: [String: Int]
    }
}
