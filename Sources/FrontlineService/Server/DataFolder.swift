package import Access
package import Alerts
import Assist
import AuditTrail
package import Conversations
package import Customers
package import Foundation
package import Knowledge
package import Policies
package import Resolution
package import Scripting
package import Storage
package import Texts
package import Timekeeping
import Versioning

/// The capabilities over one data folder that need nothing in memory.
package struct DataFolder: Sendable {
    /// Where it is.
    package let url: URL
    package let store: Store
    package let tokens: TokenRegistry
    package let knowledge: KnowledgeBase
    package let policies: PolicyStore
    /// What people read, by language.
    package let texts: TextCatalog
    package let alerts: AlertDesk
    /// Whether there is a team of this name: tokens or the configuration name it.
    let isTeam: @Sendable (String) throws -> Bool
    /// How long approvals wait, and where a day begins.
    package let authority: AuthoritySettings
    package let conversations: ConversationStore
    package let scripts: ScriptCatalog
    /// Tells sessions of transfers, once they are connected.
    let scriptFollower = ScriptFollower()
    /// Judges the clock.
    package let clock: ClockGuard
    /// The clock, in microseconds since 1970.
    package let now: @Sendable () -> Int64

    /// Every table of the program, in the order in which the modules build on each other.
    package static let migrations =
        AuditLog.migrations + TokenRegistry.migrations + PrivateNames.migrations + CanonicalForm.migrations
        + VersionChain.migrations + TakenFiles.migrations + ClockGuard.migrations
        + KnowledgeBase.migrations + ConversationStore.migrations + AlertDesk.migrations + AuthorityLedger.migrations
        + Assistant.migrations + Rollout.migrations + ScriptCatalog.migrations + ErasureRegister.migrations

    /// Opens the data folder, creating it when absent.
    ///
    /// - Parameters:
    ///   - url: the folder.
    ///   - authority: how long approvals wait, and where a day begins.
    ///   - teams: the teams that exist beside those that tokens name.
    ///   - form: how ids of customers are compared; as the store was begun with, unless given.
    ///   - clock: how far the clock may get ahead; without bounds every clock is believed.
    ///   - now: the clock.
    ///   - observer: told every statement, for tests that check the dialect.
    /// - Throws: `StorageError`.
    package init(
        _ url: URL,
        authority: AuthoritySettings = AuthoritySettings(),
        teams: [String] = [],
        form: CanonicalForm? = nil,
        clock: ClockBounds? = nil,
        now: @escaping @Sendable () -> Int64 = DataFolder.systemClock,
        observer: (@Sendable (String) -> Void)? = nil
    ) throws {
        self.url = url
        self.now = now
        self.clock = ClockGuard(bounds: clock)
        store = try Store(folder: url, migrations: Self.migrations, observer: observer)
        var authority = authority
        authority.form = try form ?? store.readNow { try CanonicalForm.noted(in: $0) } ?? authority.form
        self.authority = authority
        let tokens = TokenRegistry(store: store)
        try tokens.upgrade(now: now())
        self.tokens = tokens
        let isTeam = { @Sendable team in try teams.contains(team) || tokens.isTeam(team, now: now()) }
        self.isTeam = isTeam
        knowledge = KnowledgeBase(store: store)
        policies = PolicyStore(
            store: store,
            checks: [
                AuthorityPolicy.name: AuthorityPolicy.findings(in:),
                AlertRules.policyName: AlertPolicyCheck.findings(in:),
            ]
        )
        texts = TextCatalog(store: store)
        alerts = AlertDesk(store: store, policies: policies, texts: texts, form: authority.form)
        conversations = ConversationStore(
            store: store,
            followers: [AlertFollower(alerts: alerts), scriptFollower],
            isTeam: isTeam,
            teams: { subject in try tokens.principal(of: subject, now: now())?.teams },
            form: authority.form
        )
        try ScoreUpgrade(store: store, conversations: conversations, alerts: alerts).run(now: now())
        scripts = ScriptCatalog(
            store: store,
            policies: policies,
            articles: { [knowledge] id in ScriptArticleStanding(id, in: knowledge) }
        )
    }

    /// The time of the system, in microseconds since 1970.
    @Sendable package static func systemClock() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }

    /// What all parts keep about customers, for commands that erase in a folder that nobody serves.
    func customerRecords() throws -> (records: CustomerRecords, authority: AuthorityLedger) {
        let sentences = ResolutionSentences(texts: texts)
        let authority = try AuthorityLedger(
            store: store,
            policies: policies,
            settings: authority,
            customers: ConversationCustomers(conversations: conversations),
            observer: GrantLinks(
                alerts: alerts,
                conversations: conversations,
                tokens: tokens,
                sentences: sentences
            ),
            clock: clock
        )
        let sessions = ScriptDesk(
            store: store,
            catalog: scripts,
            ports: ScriptPorts(self, authority: authority, sentences: sentences),
            idleSeconds: 0,
            form: self.authority.form
        )
        let records = CustomerRecords(
            store: store,
            conversations: conversations,
            alerts: alerts,
            authority: authority,
            sessions: sessions,
            list: nil
        )
        return (records, authority)
    }

    /// Where the list of erasures is, unless the server is told otherwise.
    package var erasuresPath: String { url.appendingPathComponent("erasures.jsonl").path }

    /// Where the search index is kept between runs.
    package var indexPath: String { url.appendingPathComponent("search.index").path }
}
