import Access
import AuditTrail
package import BusinessCalendar
import Digests
package import Policies
package import Storage
import Synchronization
package import Timekeeping
import Vocabulary

/// Who may grant what, and what was granted: decisions, reservations and their settlement in one append-only ledger.
///
/// Every change is one serialised, durable transaction in which the windows are read, the policy in force is asked, the
/// amount is reserved and the entry is written. Nothing is granted by an error: where the policy is missing, wrong or
/// cannot tell, approval by the highest tier is required.
///
/// Time never runs backwards in the ledger: a clock that is set back stands still until it has caught up, so that no
/// window opens early. Under a clock that has jumped ahead nothing is decided and nothing expires.
///
/// ## Topics
/// - ``evaluate(_:for:now:)``
/// - ``request(_:key:for:now:)``
/// - ``approve(_:note:by:now:)``
/// - ``settle(_:result:reference:by:now:)``
/// - ``list(_:for:now:)``
package struct AuthorityLedger: Sendable {
    /// The tables of this module.
    package static let migrations = [
        Migration("resolution-1", GrantTable.migration + WindowSums.migration),
        Migration("resolution-2", ScopeNames.migration + GrantTable.confirmationMigration),
    ]

    let store: Store
    let policies: PolicyStore
    package let settings: AuthoritySettings
    let customers: any CustomerOfConversation
    private(set) var transactions: any Transactions<GrantDomainEvent>
    let clock: ClockGuard
    let calendar: CalendarStore
    let day: DayStart
    private let cache = Kept()

    /// What is made once and kept in memory.
    private final class Kept: Sendable {
        let contents = Mutex(Contents())
    }

    private struct Contents: Sendable {
        var hash: KeyedHash?
        var policies: [PolicyKey: AuthorityPolicy] = [:]
    }

    private struct PolicyKey: Hashable {
        let version: Int64
        let sha256: String
    }

    /// How many versions of the policy are kept ready.
    private static let maximumPolicies = 32
    private static let secretBytes = 32

    /// The ledger of a store.
    ///
    /// - Throws: ``ResolutionError`` `invalid` for a time zone that does not exist.
    package init(
        store: Store,
        policies: PolicyStore,
        settings: AuthoritySettings = AuthoritySettings(),
        customers: any CustomerOfConversation = NoConversations(),
        clock: ClockGuard = ClockGuard(),
        calendar: CalendarStore? = nil
    ) throws {
        guard let day = DayStart(timeZone: settings.timeZone) else {
            throw ResolutionError(.invalid, "there is no time zone “\(settings.timeZone)”", argument: "time_zone")
        }
        (self.store, self.policies, self.settings) = (store, policies, settings)
        (self.customers, self.day) = (customers, day)
        transactions = LoneTransactions(store)
        self.clock = clock
        self.calendar = calendar ?? CalendarStore(store: store)
    }

    /// The same ledger, whose events are applied by whoever runs these transactions.
    package func running(in transactions: any Transactions<GrantDomainEvent>) -> AuthorityLedger {
        var running = self
        running.transactions = transactions
        return running
    }

    // MARK: The policy

    /// The policy in force; nil when there is none that can be asked.
    ///
    /// For those who only read: it waits for no statement where the version is at hand.
    func policy() async throws -> AuthorityPolicy? {
        do {
            return try ready(await policies.policy(AuthorityPolicy.name))
        } catch let error as StorageError {
            throw error
        } catch {
            return nil
        }
    }

    /// The policy in force as a transaction sees it; nil when there is none that can be asked.
    func policy(in transaction: some SQLReading) throws -> AuthorityPolicy? {
        do {
            return try ready(policies.policy(AuthorityPolicy.name, in: transaction))
        } catch let error as StorageError {
            throw error
        } catch {
            return nil
        }
    }

    /// A version, with the windows that it names found once.
    func ready(_ policy: Policy) throws -> AuthorityPolicy {
        let key = PolicyKey(version: policy.version, sha256: policy.sha256)
        if let known = cache.contents.withLock({ $0.policies[key] }) { return known }
        let made = try AuthorityPolicy(policy)
        cache.contents.withLock { cache in
            if cache.policies.count >= Self.maximumPolicies { cache.policies = [:] }
            cache.policies[key] = made
        }
        return made
    }

    /// Compiles the policy and the calendar in force, where they are not at hand, before the writer is held up by that.
    func warmUp() async {
        _ = try? await policies.policy(AuthorityPolicy.name)
        _ = try? await calendar.calendar()
    }

    // MARK: The secret

    /// The secret under which personal ids are hashed; made once for a store.
    func keyedHash() async throws -> KeyedHash {
        if let known = cache.contents.withLock({ $0.hash }) { return known }
        let hash = try await Self.keyedHash(of: store)
        cache.contents.withLock { $0.hash = hash }
        return hash
    }

    /// The same inside a transaction that writes, which makes the secret where there is none yet.
    func writersHash(in transaction: WriteTransaction) throws -> KeyedHash {
        try keyedHash(in: transaction) ?? KeyedHash(secret: Self.makeSecret(in: transaction))
    }

    /// The same inside a transaction; nil while there is no secret, hence nothing that was hashed with it.
    func keyedHash(in transaction: some SQLReading) throws -> KeyedHash? {
        if let known = cache.contents.withLock({ $0.hash }) { return known }
        return try Self.secret(in: transaction).map { KeyedHash(secret: $0) }
    }

    /// Makes the names that windows are counted by.
    func names() async throws -> ScopeNames { ScopeNames(hash: try await keyedHash(), form: settings.form) }

    /// The same for those who only read.
    ///
    /// Nothing was counted before the store has its secret, so names under any other find nothing, as they should.
    func namesToRead() async throws -> ScopeNames {
        let known = cache.contents.withLock { $0.hash }
        let hash = if let known { known } else { try await store.read { [self] in try keyedHash(in: $0) } }
        return ScopeNames(hash: hash ?? KeyedHash(secret: ""), form: settings.form)
    }

    static func keyedHash(of store: Store) async throws -> KeyedHash {
        if let stored = try await store.read({ try secret(in: $0) }) { return KeyedHash(secret: stored) }
        return KeyedHash(secret: try await store.write { try secret(in: $0) ?? makeSecret(in: $0) })
    }

    private static func makeSecret(in transaction: WriteTransaction) throws -> String {
        let fresh = Bytes.hexadecimal(Bytes.random(secretBytes))
        try transaction.execute("INSERT INTO resolution_secrets (name, secret) VALUES ('ids', $1)", [.text(fresh)])
        return fresh
    }

    static func secret(in transaction: some SQLReading) throws -> String? {
        try transaction.first("SELECT secret FROM resolution_secrets WHERE name = 'ids'") { try $0.text("secret") }
    }

    // MARK: Time

    /// The moment of a transaction: now, or the time of the last entry while the clock is behind it.
    static func moment(_ now: Int64, in transaction: some SQLReading) throws -> Int64 {
        let last = try transaction.first(lastEntryQuestion) { try $0.integer("at_microseconds") }
        return max(now, last ?? now)
    }

    /// What ``moment(_:in:)`` asks.
    static let lastEntryQuestion = SQLQuestion(
        "SELECT at_microseconds FROM resolution_events ORDER BY sequence DESC LIMIT 1"
    )

    // MARK: Entries

    /// Appends an entry to the ledger and, without anything personal, to the audit trail, which vouches for the row as it
    /// is now.
    ///
    /// `hash` is what it vouches for, where that is at hand.
    func record(
        _ kind: String,
        _ grant: Grant,
        hash: String? = nil,
        sequence: Int64,
        actor: AuditActor?,
        note: String? = nil,
        at: Int64,
        in transaction: WriteTransaction
    ) throws {
        try transaction.post(
            """
            INSERT INTO resolution_events (sequence, resolution_id, kind, actor, at_microseconds, note)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [
                .integer(sequence), .text(grant.id), .text(kind), .optional(actor?.name), .integer(at), .optional(note),
            ]
        )
        let event = AuditEvent(
            actor: actor ?? "clock",
            action: "resolution.\(kind)",
            target: grant.id,
            after: try hash ?? LedgerRecord.hash(of: grant.id, kind, in: transaction),
            details: "policy version \(grant.policyVersion)",
            text: note
        )
        try AuditLog.append([event], at: at, in: transaction)
    }

    /// The next number of the ledger.
    package static func nextSequence(in transaction: WriteTransaction) throws -> Int64 {
        try Store.next(eventLog, in: transaction)
    }

    /// Takes a request that came to nothing out of the windows again.
    func release(_ stored: GrantTable.Stored, in transaction: WriteTransaction) throws {
        try release(stored, entries: 1, in: transaction)
    }

    /// Takes the money of a grant out of the windows again; how often was granted stays counted.
    func releaseMoney(_ stored: GrantTable.Stored, in transaction: WriteTransaction) throws {
        try release(stored, entries: 0, in: transaction)
    }

    private func release(_ stored: GrantTable.Stored, entries: Int64, in transaction: WriteTransaction) throws {
        let grant = stored.grant
        let units = grant.amount?.minorUnits ?? 0
        guard units > 0 || entries > 0 else { return }
        for key in try keys(of: stored, in: transaction) {
            try WindowSums.release(units, entries: entries, under: key, at: grant.createdAt, in: transaction)
        }
        guard let decidedAt = grant.decidedAt else { return }
        for key in stored.approverKeys {
            try WindowSums.release(units, entries: entries, under: key, at: decidedAt, in: transaction)
        }
    }

    /// Every key under which a request was counted when it was made.
    func keys(of stored: GrantTable.Stored, in transaction: WriteTransaction) throws -> [String] {
        stored.scopes.allKeys(
            action: stored.grant.action,
            currency: stored.grant.amount?.currency.code ?? "",
            try writersHash(in: transaction)
        )
    }
}

extension AuthorityLedger {
    /// What became of the request that a subject has made under an idempotency key, whoever asks; nil when none was.
    package func grant(requestedBy subject: String, key: String, now: Int64) async throws -> Grant? {
        try await store.read { [self] transaction in
            try GrantTable.find(key: key, of: subject, in: transaction)?.grant
                .standing(at: try expiryMoment(now, in: transaction))
        }
    }
}
