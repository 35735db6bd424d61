package import Access
package import Alerts
import Assist
import AuditTrail
package import Conversations
package import Foundation
package import Knowledge
package import Policies
package import Resolution
package import Scripting
package import Storage
package import Texts
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
    /// How long approvals wait, and where a day begins.
    package let authority: AuthoritySettings
    package let conversations: ConversationStore
    package let scripts: ScriptCatalog
    /// Tells sessions of transfers, once they are connected.
    let scriptFollower = ScriptFollower()
    /// The clock, in microseconds since 1970.
    package let now: @Sendable () -> Int64

    /// Every table of the program, in the order in which the modules build on each other.
    package static let migrations =
        AuditLog.migrations + TokenRegistry.migrations + VersionChain.migrations + TakenFiles.migrations
        + KnowledgeBase.migrations + ConversationStore.migrations + AlertDesk.migrations + AuthorityLedger.migrations
        + Assistant.migrations + Rollout.migrations + ScriptCatalog.migrations

    /// Opens the data folder, creating it when absent.
    ///
    /// - Parameters:
    ///   - url: the folder.
    ///   - authority: how long approvals wait, and where a day begins.
    ///   - now: the clock.
    ///   - observer: told every statement, for tests that check the dialect.
    /// - Throws: `StorageError`.
    package init(
        _ url: URL,
        authority: AuthoritySettings = AuthoritySettings(),
        now: @escaping @Sendable () -> Int64 = DataFolder.systemClock,
        observer: (@Sendable (String) -> Void)? = nil
    ) throws {
        self.url = url
        self.now = now
        self.authority = authority
        store = try Store(folder: url, migrations: Self.migrations, observer: observer)
        tokens = TokenRegistry(store: store)
        knowledge = KnowledgeBase(store: store)
        policies = PolicyStore(
            store: store,
            checks: [
                AuthorityPolicy.name: AuthorityPolicy.findings(in:),
                AlertRules.policyName: AlertPolicyCheck.findings(in:),
            ]
        )
        texts = TextCatalog(store: store)
        alerts = AlertDesk(store: store, policies: policies, texts: texts)
        conversations = ConversationStore(
            store: store,
            followers: [AlertFollower(alerts: alerts), scriptFollower],
            teams: { [tokens] subject in try tokens.attributes(of: subject, now: now())["team"]?.strings ?? [] }
        )
        scripts = ScriptCatalog(store: store, policies: policies)
    }

    /// The time of the system, in microseconds since 1970.
    @Sendable package static func systemClock() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }

    /// Where the search index is kept between runs.
    package var indexPath: String { url.appendingPathComponent("search.index").path }
}
