package import Access
package import Alerts
import Assist
import AuditTrail
package import BusinessCalendar
package import Conversations
package import Customers
package import Foundation
package import Knowledge
package import Measures
package import Policies
package import Resolution
package import Scripting
package import SignIn
package import Storage
package import Texts
package import Timekeeping
import Versioning
package import Webhooks
package import WorkItems
import Workflow

/// The capabilities for one data folder that need no state in memory.
package struct DataFolder: Sendable {
    /// The location of the folder.
    package let url: URL
    /// Where the store is.
    package let address: StoreAddress
    package let store: Store
    /// The histories of the store.
    let history: StoreHistory
    /// The name of the history in which it was opened.
    package let epoch: String
    package let tokens: TokenRegistry
    package let knowledge: KnowledgeBase
    package let policies: PolicyStore
    /// The texts shown to people, by language.
    package let texts: TextCatalog
    /// The tools of assistants.
    package let tools: ToolBookStore
    /// Business hours, freezes and peaks.
    package let calendar: CalendarStore
    package let alerts: AlertDesk
    /// Whether a team exists, which means that a token or the configuration names it.
    let isTeam: @Sendable (String) async throws -> Bool
    /// The same inside a transaction.
    let isTeamInTransaction: @Sendable (String, WriteTransaction) throws -> Bool
    /// The settings for approvals: their waiting time, and the time zone in which days begin.
    package let authority: AuthoritySettings
    /// The conversations alone; their events are applied by ``consequences(idleSeconds:meter:meaning:)``.
    package let conversations: ConversationStore
    package let scripts: ScriptCatalog
    /// The items of work alone; their events are applied by ``consequences(idleSeconds:meter:meaning:)``.
    package let work: WorkDesk
    /// The webhooks that are published.
    package let webhooks: WebhookStore
    /// The rules of sign-in that are published.
    package let signInRules: SignInStore
    /// Counts what happens.
    package let measures: MeasureLedger
    /// Checks the clock.
    package let clock: ClockGuard
    /// The clock, in microseconds since 1970.
    package let now: @Sendable () -> Int64
    /// The invented history that the store held when it was opened; nil for a store that is in use.
    package let demonstration: Demonstration?

    /// All migrations of the program, in the order of the dependencies between modules.
    package static let migrations =
        AuditLog.migrations + TokenRegistry.migrations + PrivateNames.migrations + CanonicalForm.migrations
        + VersionChain.migrations + TakenFiles.migrations + ClockGuard.migrations
        + KnowledgeBase.migrations + ConversationStore.migrations + AlertDesk.migrations + AuthorityLedger.migrations
        + Assistant.migrations + Rollout.migrations + ScriptCatalog.migrations + ErasureRegister.migrations
        + WorkDesk.migrations + MeasureTables.migrations + Demonstration.migrations + Duty.migrations
        + NodeTable.migrations + WebhookDesk.migrations + SignInAttempts.migrations

    /// Opens the data folder, creating it if it does not exist.
    ///
    /// - Parameters:
    ///   - url: the folder.
    ///   - address: where the store is; in the folder unless it is given.
    ///   - authority: the settings for approvals.
    ///   - teams: teams that exist in addition to those named by tokens.
    ///   - form: how ids of customers are compared; nil for the form recorded in the store.
    ///   - figureZone: the name of the time zone in whose days figures are counted until a calendar is published; nil for the one
    ///     recorded in the store.
    ///   - clock: how far the clock may be ahead; without bounds every clock is trusted.
    ///   - skew: how far the machine's clock may be from that of a database server, in microseconds; 0 for any difference.
    ///   - now: the clock; nil for that of the database server, or of the machine where the store is in files.
    ///   - machine: the clock of the machine.
    ///   - observer: called with every statement, for tests that check the SQL dialect.
    /// - Throws: `StorageError`.
    package init(
        _ url: URL,
        store address: StoreAddress = .folder(nil),
        authority: AuthoritySettings = AuthoritySettings(),
        teams: [String] = [],
        form: CanonicalForm? = nil,
        figureZone: String? = nil,
        clock: ClockBounds? = nil,
        skew: Int64 = 0,
        now: (@Sendable () -> Int64)? = nil,
        machine: @escaping @Sendable () -> Int64 = DataFolder.systemClock,
        observer: (@Sendable (String) -> Void)? = nil
    ) throws {
        self.url = url
        self.address = address
        let store = try address.open(dataFolder: url, observer: observer)
        self.store = store
        let time = store.time
        let now = now ?? { time?.now ?? machine() }
        self.now = now
        let difference = time.map { time in
            ClockSkew(bound: skew) { time.now.map { machine() - $0 } }
        }
        self.clock = ClockGuard(bounds: clock, skew: difference)
        history = StoreHistory(store)
        epoch = try Self.epoch(of: store)
        demonstration = try store.readNow { try Demonstration.noted(in: $0) }
        var authority = authority
        authority.form = try form ?? store.readNow { try CanonicalForm.noted(in: $0) } ?? authority.form
        self.authority = authority
        let tokens = TokenRegistry(store: store)
        try tokens.upgrade(now: now())
        self.tokens = tokens
        let isTeam = { @Sendable (team: String) async throws -> Bool in
            if teams.contains(team) { return true }
            return try await tokens.isTeam(team, now: now())
        }
        self.isTeam = isTeam
        isTeamInTransaction = { try teams.contains($0) || tokens.isTeam($0, now: now(), in: $1) }
        knowledge = KnowledgeBase(store: store)
        policies = PolicyStore(
            store: store,
            checks: [
                AuthorityPolicy.name: AuthorityPolicy.findings(in:),
                AlertRules.policyName: AlertPolicyCheck.findings(in:),
                WorkRouting.policyName: WorkRouting.findings(in:),
            ]
        )
        texts = TextCatalog(store: store)
        tools = ToolBookStore(store: store)
        calendar = CalendarStore(store: store)
        webhooks = WebhookStore(store: store)
        signInRules = SignInStore(store: store)
        alerts = AlertDesk(store: store, policies: policies, texts: texts, form: authority.form)
        conversations = ConversationStore(
            store: store,
            isTeam: isTeam,
            teams: { subject in try await tokens.principal(of: subject, now: now())?.teams },
            form: authority.form
        )
        measures = MeasureLedger(
            measures: MeasureStore(
                store: store,
                calendar: calendar,
                timeZone: try figureZone ?? store.readNow { try MeasureStore.recordedTimeZone(in: $0) }
                    ?? authority.timeZone
            ),
            sources: RecordSources.all
        )
        try ScoreUpgrade(store: store, conversations: conversations, alerts: alerts).run(now: now())
        scripts = ScriptCatalog(
            store: store,
            policies: policies,
            articles: { [knowledge] id in await ScriptArticleStanding(id, in: knowledge) }
        )
        work = WorkDesk(
            store: store,
            kinds: WorkKindStore(store: store),
            policies: policies,
            directory: FolderWorkDirectory(tokens: tokens, calendars: calendar, teams: isTeam, now: now),
            form: authority.form
        )
    }

    /// The system time, in microseconds since 1970.
    @Sendable package static func systemClock() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }

    /// Creates the capabilities with the effects of each on the others.
    ///
    /// - Parameters:
    ///   - idleSeconds: the time without calls after which a script session ends, in seconds; 0 for never.
    ///   - meter: counts committed events.
    ///   - meaning: compares sentences by meaning; nil without an encoder.
    /// - Returns: the consequences of transactions.
    /// - Throws: the store's error.
    func consequences(
        idleSeconds: Int,
        meter: CapabilityMeter = CapabilityMeter(),
        meaning: (any MeaningPort)? = nil
    ) throws -> Consequences {
        Consequences(
            store: store,
            tokens: tokens,
            policies: policies,
            alerts: alerts,
            conversations: conversations,
            authority: try AuthorityLedger(
                store: store,
                policies: policies,
                settings: authority,
                customers: ConversationCustomers(conversations: conversations),
                clock: clock,
                calendar: calendar
            ),
            work: work,
            catalog: scripts,
            idleSeconds: idleSeconds,
            form: authority.form,
            timeZone: authority.timeZone,
            meaning: meaning,
            isTeam: isTeamInTransaction,
            outlet: WireOutlet(sentences: ResolutionSentences(texts: texts), meter: meter),
            now: now
        )
    }

    /// The personal data of all capabilities, for commands that erase data while no server is running.
    func customerRecords() throws -> CustomerRecords {
        CustomerRecords(try consequences(idleSeconds: 0), alerts: alerts, list: nil)
    }

    /// The default path of the list of erasures.
    package var erasuresPath: String { url.appendingPathComponent(Self.erasuresFile).path }

    /// The name of that list.
    static let erasuresFile = "erasures.jsonl"

    /// The names of the files in which the search index is saved: words, passages and vectors.
    static let indexFiles = ["search.index", "search.index.passages", "search.index.vectors"]

    /// The path at which the search index is saved between runs.
    ///
    /// A database is found by its address, and another one may stand there the next time: its index has a name that says of which
    /// history it is.
    package var indexPath: String {
        let name = store.files == nil ? "search-\(epoch).index" : "search.index"
        return url.appendingPathComponent(name).path
    }

    private static func epoch(of store: Store) throws -> String {
        // A database server is asked which one it is, even where nothing else is written.
        let begun = try store.writeNow { transaction in
            try Store.beginEpoch(now: store.time?.now ?? systemClock(), in: transaction)
            return try Store.epoch(in: transaction)
        }
        guard let begun else {
            throw StorageError(code: .corrupt, message: "the row of the store's epoch is missing")
        }
        return begun.name
    }

    /// Removes saved indexes of other histories of a database, which nothing uses any more.
    func removeStaleIndexes() {
        guard store.files == nil else { return }
        let kept = URL(fileURLWithPath: indexPath).lastPathComponent
        for name in (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        where name.hasPrefix("search-") && name.contains(".index") && !name.hasPrefix(kept) {
            // One that stays takes room only.
            try? FileManager.default.removeItem(at: url.appendingPathComponent(name))
        }
    }
}
