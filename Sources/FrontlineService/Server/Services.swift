package import Access
package import Alerts
package import Assist
package import BusinessCalendar
package import Conversations
import FrontlineProtocol
import JSONRPC
package import Knowledge
import Logging
package import Measures
package import ModelSupply
package import Policies
package import Resolution
package import Scripting
package import Sentiment
package import SignIn
package import Storage
package import Texts
package import Timekeeping
import Vocabulary
package import Webhooks
package import WorkItems
import Workflow

/// The services used by handlers: the data folder, the search index, and what depends on them.
package struct Services: Sendable {
    package let store: Store
    private let folder: DataFolder
    /// The name of this process among those that share a store.
    let node: String
    /// What one of several servers does for all.
    let duty: Duty
    /// Giving passages their vectors, which one of the servers with the same encoder does; nil without one.
    let embedding: Duty?
    /// Encoding the words after which articles were used, which one of the servers does; nil without an encoder.
    let learning: Duty?
    /// Publishing folders, which servers do one after the other.
    let publishing: Duty
    /// Telling webhooks of events, which one of the servers does.
    let webhookDuty: Duty
    /// The servers that share the store.
    package let nodes: NodeDirectory
    /// The invented history that the store holds; nil for one that is in use.
    let demonstration: Demonstration?
    package let tokens: TokenRegistry
    /// Slows the guessing of tokens down, over all transports.
    let signIns = SignInGuard(logger: Logger(label: "frontline"))
    /// Signs people in by the issuer and by links.
    package let signIn: SignInDesk
    let seenTokens = SeenTokens()
    /// Counts the calls of integrations.
    let usage: TokenUsage
    package let knowledge: KnowledgeBase
    package let policies: PolicyStore
    /// The texts shown to people, by language.
    package let texts: TextCatalog
    /// The tools of assistants.
    package let tools: ToolBookStore
    /// Business hours, freezes and peaks.
    package let calendar: CalendarStore
    package let alerts: AlertDesk
    /// The ledger of requests for resolutions.
    package let authority: AuthorityLedger
    /// Sentences about requests for agents to read out.
    let sentences: ResolutionSentences
    /// The effects of transactions on other capabilities.
    let consequences: Consequences
    package let conversations: ConversationStore
    package let scripts: ScriptCatalog
    package let sessions: ScriptDesk
    /// The items of work.
    package let work: WorkDesk
    /// Tells other systems of events.
    let webhooks: WebhookDesk
    /// Resolves names of contacts.
    let names: ContactNames
    package let index: KnowledgeIndex
    /// The sentence encoder; nil if there is none, and everything works by words alone.
    package let encoder: NamedEncoder?
    /// Where work is done that nobody waits for.
    let quietThreads: QuietThreads
    /// The vectors by which searches and complaints are grouped; nil without an encoder.
    package let grouping: GroupingVectors?
    /// Observes turns and helps the agent.
    package let assistant: Assistant
    /// The mappings available to imports.
    package let mappings = MappingShelf()
    /// The articles read so far by imports that consist of several calls.
    let imports = ImportShelf()
    /// The log of searches.
    package let searchLog: SearchLog
    /// Counts what happens.
    package let measures: MeasureLedger
    /// The list of erasures beside the backups.
    let erasures: ErasureList
    /// Completes erasures in files.
    let erasureWatch = ErasureWatch()
    /// Counts the work of the capabilities.
    let meter: CapabilityMeter
    /// Where the random parts of ids come from.
    let randomness: RandomSource
    /// The hubs of subscribers.
    let hubs: EventHubs
    /// Checks the clock.
    package let clock: ClockGuard
    /// The clock, in microseconds since 1970.
    package let now: @Sendable () -> Int64

    /// The duties that are renewed all the time.
    var duties: [Duty] { [duty, embedding, learning, webhookDuty].compactMap { $0 } }

    /// Which history of the store this is, as far as it is known.
    var epoch: String { get async { await folder.history.name() ?? folder.epoch } }

    /// Creates the services for a data folder; the index is loaded from its saved copy if that is intact.
    ///
    /// - Parameters:
    ///   - folder: the data folder.
    ///   - encoder: the sentence encoder, if there is one.
    ///   - encoderThreads: how many threads embed articles.
    ///   - meter: measures observed turns.
    ///   - scriptIdleTime: the time without calls after which a script session ends, in seconds; 0 for never.
    ///   - erasures: the path of the list of erasures; nil for the data folder.
    ///   - node: the name of the server among those that share the store.
    ///   - listening: where it listens, for the others to tell.
    ///   - randomness: where the random parts of ids come from.
    ///   - webhookSender: sends webhooks; nil for libcurl.
    ///   - webhookSecrets: where the secrets of webhooks are read.
    ///   - signIn: who vouches for people.
    ///   - issuerTransport: asks the issuer; nil for libcurl.
    ///   - heads: the heads of the mood for a locale and the identity of an encoder.
    /// - Throws: the store's error.
    package init(
        _ folder: DataFolder,
        encoder: NamedEncoder? = nil,
        encoderThreads: Int = 1,
        meter: StageMeter? = nil,
        scriptIdleTime: Int = 86_400,
        erasures: String? = nil,
        node: String = NodeName.own,
        listening: String = "",
        randomness: RandomSource = .system,
        webhookSender: (any WebhookSender)? = nil,
        webhookSecrets: any WebhookSecrets = SystemSecrets(),
        signIn: SignInSettings = SignInSettings(),
        issuerTransport: (any IssuerTransport)? = nil,
        heads: @escaping @Sendable (String, String) -> SentimentHeads? = {
            SentimentHeads.heads(for: $0, encoder: $1)
        }
    ) throws {
        store = folder.store
        self.node = node
        self.folder = folder
        // A store elsewhere has not made it.
        try PrivateFile.makeFolder(folder.url)
        duty = Duty("timers", node: node, store: folder.store)
        let identity = encoder.map { PassageEncoder($0.model, name: $0.name).identity }
        embedding = identity.map { [node] in Duty("embedding \($0)", node: node, store: folder.store) }
        learning = identity.map { [node] _ in Duty("learning", node: node, store: folder.store) }
        publishing = Duty("publishing", node: node, store: folder.store)
        webhookDuty = Duty("webhooks", node: node, store: folder.store)
        nodes = NodeDirectory(
            StoreNode(
                name: node,
                version: ProductVersion.text,
                address: listening,
                encoder: encoder?.name ?? "",
                encoderIdentity: identity ?? "",
                startedAt: folder.now(),
                seenAt: folder.now()
            ),
            store: folder.store,
            now: folder.now
        )
        self.randomness = randomness
        demonstration = folder.demonstration
        self.encoder = encoder
        self.erasures = ErasureList(path: erasures ?? folder.erasuresPath, store: folder.store)
        tokens = folder.tokens
        self.signIn = SignInDesk(
            store: folder.store,
            tokens: folder.tokens,
            rules: folder.signInRules,
            issuer: signIn.connected(over: issuerTransport),
            publicAddress: signIn.publicAddress
        )
        usage = TokenUsage(store: folder.store)
        knowledge = folder.knowledge
        policies = folder.policies
        texts = folder.texts
        tools = folder.tools
        calendar = folder.calendar
        alerts = folder.alerts
        scripts = folder.scripts
        clock = folder.clock
        now = folder.now
        sentences = ResolutionSentences(texts: folder.texts)
        self.meter = CapabilityMeter()
        index = try KnowledgeIndex(
            store: folder.store,
            savedPath: folder.indexPath,
            encoder: encoder.map { PassageEncoder($0.model, name: $0.name) }
        )
        consequences = try folder.consequences(
            idleSeconds: scriptIdleTime,
            meter: self.meter,
            meaning: encoder == nil ? nil : PhraseMeaning(index)
        )
        conversations = consequences.conversations
        authority = consequences.authority
        sessions = consequences.scripts
        work = consequences.work
        names = ContactNames(
            names: try PrivateNames(store: folder.store),
            store: folder.store,
            conversations: conversations,
            sessions: sessions
        )
        let alertFeed = AlertFeed(
            store: folder.store,
            history: folder.history,
            desk: folder.alerts,
            texts: folder.texts
        )
        let conversationFeed = ConversationFeed(
            store: folder.store,
            history: folder.history,
            conversations: conversations
        )
        let workFeed = WorkFeed(store: folder.store, history: folder.history, desk: work)
        webhooks = WebhookDesk(
            store: folder.store,
            hooks: folder.webhooks,
            logs: [
                AlertHookLog(feed: alertFeed), ConversationHookLog(feed: conversationFeed),
                ResolutionHookLog(sentences: sentences), WorkHookLog(feed: workFeed),
            ],
            secrets: webhookSecrets,
            sender: webhookSender ?? WebhookThreads(userAgent: "frontline/\(ProductVersion.text)", now: folder.now)
        )
        hubs = EventHubs(
            alerts: EventHub(
                feed: alertFeed,
                epoch: { [tokens = folder.tokens] in try await tokens.epoch() }
            ),
            conversations: EventHub(
                feed: conversationFeed,
                epoch: { [tokens = folder.tokens] in try await tokens.epoch() }
            ),
            work: EventHub(
                feed: workFeed,
                epoch: { [tokens = folder.tokens] in try await tokens.epoch() }
            )
        )
        searchLog = SearchLog(store: folder.store)
        measures = folder.measures
        quietThreads = QuietThreads(count: encoderThreads)
        grouping = index.meaning.map { [quietThreads] in GroupingVectors($0, threads: quietThreads) }
        assistant = Assistant(
            store: folder.store,
            transactions: consequences.alertTransactions,
            dependencies: Assistant.Dependencies(
                index: index,
                knowledge: folder.knowledge,
                conversations: conversations,
                alerts: folder.alerts,
                policies: folder.policies,
                scripts: AssistScripts(catalog: folder.scripts, sessions: sessions),
                offers: AssistOffers(catalog: folder.scripts, authority: authority),
                principal: { [tokens = folder.tokens] in try await tokens.principal(of: $0, now: $1) },
                encoded: { [meter = self.meter] isEncoded in
                    meter.count(.turnsByMeaning, [("outcome", isEncoded ? "encoded" : "by_words")])
                },
                heads: heads
            ),
            meter: meter
        )
    }
}
