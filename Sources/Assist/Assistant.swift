package import Access
package import Alerts
package import Conversations
package import JSONRPC
package import Knowledge
package import Policies
package import Storage
package import Texts
package import Sentiment
import Synchronization

/// Observes the turns of a conversation: each is redacted, scored, compared with articles and scripts, and read for signals
/// and alerts; the answer is what helps the agent with it.
///
/// What needs no order is done before the write transaction: redaction, scoring, and the choice of articles and scripts.
/// The transaction takes the turn, raises alerts, and writes both with their events; nothing is answered before it is
/// durable. The cost of a turn does not depend on how many there were.
///
/// ## Topics
/// - ``observe(_:by:locale:now:)``
/// - ``give(_:by:visibility:locale:now:)``
/// - ``Suggester``, ``ScriptFinder``, ``ActionChooser``
package final class Assistant: Sendable {
    /// The services that it uses.
    package struct Dependencies: Sendable {
        package var index: KnowledgeIndex
        package var knowledge: KnowledgeBase
        package var conversations: ConversationStore
        package var alerts: AlertDesk
        package var policies: PolicyStore
        package var scripts: any ScriptSource
        package var offers: any OfferSource
        /// The roles and attributes of a subject who is not the caller; nil where they are not known.
        package var principal: @Sendable (String, Int64) throws -> Principal?
        /// An alert as the events of a conversation carry it, in the words of these texts.
        package var alertData: @Sendable (Alert, TextSet) throws -> JSON
        /// Told once what is wrong with the policies of alerts and advice.
        package var report: @Sendable (String) -> Void

        /// Names the services; those with a default can be left out.
        package init(
            index: KnowledgeIndex,
            knowledge: KnowledgeBase,
            conversations: ConversationStore,
            alerts: AlertDesk,
            policies: PolicyStore,
            scripts: any ScriptSource = NoScripts(),
            offers: any OfferSource = NoOffers(),
            principal: @escaping @Sendable (String, Int64) throws -> Principal? = { _, _ in nil },
            alertData: @escaping @Sendable (Alert, TextSet) throws -> JSON = { alert, _ in
                ["alert_id": .string(alert.id)]
            },
            report: @escaping @Sendable (String) -> Void = { _ in }
        ) {
            self.index = index
            self.knowledge = knowledge
            self.conversations = conversations
            self.alerts = alerts
            self.policies = policies
            self.scripts = scripts
            self.offers = offers
            self.principal = principal
            self.alertData = alertData
            self.report = report
        }
    }

    /// The tables of this module.
    package static let migrations = AssistTables.migrations

    let store: Store
    let dependencies: Dependencies
    let suggester: Suggester
    let finders = ScriptFinders()
    let talks = TalkCache()
    let names = NameCache()
    let meter: StageMeter?
    private let reported = Mutex<String?>(nil)

    /// Creates an assistant over a store; `meter` times the stages of each turn.
    package init(store: Store, dependencies: Dependencies, meter: StageMeter? = nil) {
        self.store = store
        self.dependencies = dependencies
        self.meter = meter
        suggester = Suggester(index: dependencies.index)
    }

    /// Does what the first turn would have to wait for: reads the models, compiles the signals and the policies.
    ///
    /// - Throws: the store's error.
    package func warmUp() throws {
        _ = try PreparedTurn(TurnDraft(conversationID: "warm-up", speaker: .customer, text: "hello"))
        _ = SentimentModel.scorer(for: "en")?.score("hello")
        _ = try dependencies.alerts.rules()
        _ = try AssistRules.inForce(dependencies.policies)
    }

    /// How an utterance feels; the names of products that the signals in force list count as words without a meaning.
    ///
    /// - Returns: the score; nil for a language without a model.
    /// - Throws: the store's error.
    package func sentiment(of text: String, locale: String) throws -> SentimentScore? {
        guard let scorer = SentimentModel.scorer(for: locale) else { return nil }
        return scorer.score(text, names: names.names(try dependencies.alerts.signals.book().neutralNames))
    }

    /// Reports what is wrong with a policy, once until something else is wrong.
    func report(_ failure: String?) {
        guard let failure else { return }
        let isNew = reported.withLock { reported in
            defer { reported = failure }
            return reported != failure
        }
        if isNew { dependencies.report(failure) }
    }
}
