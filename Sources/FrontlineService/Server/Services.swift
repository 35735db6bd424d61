package import Access
package import Alerts
package import Assist
package import Conversations
import FrontlineProtocol
import JSONRPC
package import Knowledge
package import Policies
package import Resolution
package import Scripting
package import Storage
package import Texts
package import Timekeeping

/// Everything handlers work with: the data folder and the search index over it.
package struct Services: Sendable {
    package let store: Store
    package let tokens: TokenRegistry
    /// Counts what integrations call.
    let usage: TokenUsage
    package let knowledge: KnowledgeBase
    package let policies: PolicyStore
    /// What people read, by language.
    package let texts: TextCatalog
    package let alerts: AlertDesk
    /// What may be granted, and what was.
    package let authority: AuthorityLedger
    /// What agents may read out about requests.
    let sentences: ResolutionSentences
    /// Who is told what becomes of requests.
    let grants: GrantLinks
    package let conversations: ConversationStore
    package let scripts: ScriptCatalog
    package let sessions: ScriptDesk
    /// What callers mean by the names of contacts.
    let names: ContactNames
    package let index: KnowledgeIndex
    /// What helps the agent turn by turn.
    package let assistant: Assistant
    /// The dialects that imports understand.
    package let mappings = MappingShelf()
    /// What imports in several calls have held so far.
    let imports = ImportShelf()
    /// What was searched.
    package let searchLog: SearchLog
    /// The erasures as a file beside the backups.
    let erasures: ErasureList
    /// Sees to it that erasures reach the files.
    let erasureWatch = ErasureWatch()
    /// Counts what the capabilities do.
    let meter = CapabilityMeter()
    /// The subscribers.
    let hubs: EventHubs
    /// The name of the time zone in which days begin.
    let timeZone: String
    /// Judges the clock.
    package let clock: ClockGuard
    /// The clock, in microseconds since 1970.
    package let now: @Sendable () -> Int64

    /// Takes up the index of a data folder, from its saved copy where that is sound.
    ///
    /// - Parameters:
    ///   - folder: the data folder.
    ///   - meter: times observed turns.
    ///   - scriptIdleTime: seconds without a call after which a script session ends; 0 for never.
    ///   - erasures: where the list of erasures is kept; in the data folder for nil.
    /// - Throws: the store's error.
    package init(
        _ folder: DataFolder,
        meter: StageMeter? = nil,
        scriptIdleTime: Int = 86_400,
        erasures: String? = nil
    ) throws {
        store = folder.store
        self.erasures = ErasureList(path: erasures ?? folder.erasuresPath, store: folder.store)
        tokens = folder.tokens
        usage = TokenUsage(store: folder.store)
        knowledge = folder.knowledge
        policies = folder.policies
        texts = folder.texts
        alerts = folder.alerts
        scripts = folder.scripts
        clock = folder.clock
        now = folder.now
        timeZone = folder.authority.timeZone
        conversations = folder.conversations
        sentences = ResolutionSentences(texts: folder.texts)
        grants = GrantLinks(
            alerts: folder.alerts,
            conversations: folder.conversations,
            tokens: folder.tokens,
            sentences: sentences
        )
        authority = try AuthorityLedger(
            store: folder.store,
            policies: folder.policies,
            settings: folder.authority,
            customers: ConversationCustomers(conversations: folder.conversations),
            observer: grants,
            clock: folder.clock
        )
        sessions = ScriptDesk(
            store: folder.store,
            catalog: folder.scripts,
            ports: ScriptPorts(folder, authority: authority, sentences: sentences),
            idleSeconds: scriptIdleTime,
            form: folder.authority.form
        )
        names = ContactNames(
            names: try PrivateNames(store: folder.store),
            store: folder.store,
            conversations: folder.conversations,
            sessions: sessions
        )
        folder.scriptFollower.connect(sessions)
        grants.listen { [sessions, sentences] grant, now in
            // A session that misses it here finds it when it is next looked at.
            try? sessions.resolutionChanged(ScriptResolution(grant, sentences), now: now)
        }
        hubs = EventHubs(
            alerts: EventHub(
                feed: AlertFeed(store: folder.store, desk: folder.alerts, texts: folder.texts),
                epoch: folder.tokens.epoch
            ),
            conversations: EventHub(
                feed: ConversationFeed(store: folder.store, conversations: folder.conversations),
                epoch: folder.tokens.epoch
            )
        )
        searchLog = SearchLog(store: folder.store)
        index = try KnowledgeIndex(store: folder.store, savedPath: folder.indexPath)
        assistant = Assistant(
            store: folder.store,
            dependencies: Assistant.Dependencies(
                index: index,
                knowledge: folder.knowledge,
                conversations: folder.conversations,
                alerts: folder.alerts,
                policies: folder.policies,
                scripts: AssistScripts(catalog: folder.scripts, sessions: sessions),
                offers: AssistOffers(catalog: folder.scripts, authority: authority),
                principal: { [tokens = folder.tokens] subject, now in try tokens.principal(of: subject, now: now) },
                alertData: { try JSONEncoding.encode(AlertMessage($0, in: $1)) }
            ),
            meter: meter
        )
        grants.listen { [figures = self.meter] grant, _ in
            let status = grant.settlement?.result.rawValue ?? grant.status.rawValue
            figures.count(.resolutions, [("status", status)])
        }
    }
}
