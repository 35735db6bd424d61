package import Access
package import Alerts
package import Conversations
import Dispatch
import Foundation
package import Knowledge
package import Policies
package import Sentiment
package import Storage
import Synchronization
import Texts
import Vocabulary

/// Observes the turns of a conversation: redacts and scores each, compares it with articles and scripts, detects
/// signals, raises alerts, and answers with help for the agent.
///
/// Work that does not depend on order is done before the write transaction: redaction, scoring, and the choice of
/// articles and scripts. The transaction records the turn, raises alerts, and writes both with their events; nothing is
/// answered before it is committed. The cost of a turn does not depend on the number of earlier turns.
///
/// ## Topics
/// - ``observe(_:by:locale:now:)``
/// - ``give(_:by:visibility:locales:now:)``
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
        /// Looks up the roles and attributes of a subject other than the caller; nil if they are unknown.
        package var principal: @Sendable (String, Int64) async throws -> Principal?
        /// Called once for each problem with the policies of alerts and advice.
        package var report: @Sendable (String) -> Void
        /// Called for each turn of a customer that an encoder could read, with whether there was time to encode it.
        package var encoded: @Sendable (Bool) -> Void
        /// The heads of the mood for a locale and the identity of an encoder.
        package var heads: @Sendable (String, String) -> SentimentHeads?

        /// Creates the dependencies.
        package init(
            index: KnowledgeIndex,
            knowledge: KnowledgeBase,
            conversations: ConversationStore,
            alerts: AlertDesk,
            policies: PolicyStore,
            scripts: any ScriptSource = NoScripts(),
            offers: any OfferSource = NoOffers(),
            principal: @escaping @Sendable (String, Int64) async throws -> Principal? = { _, _ in nil },
            report: @escaping @Sendable (String) -> Void = { _ in },
            encoded: @escaping @Sendable (Bool) -> Void = { _ in },
            heads: @escaping @Sendable (String, String) -> SentimentHeads? = {
                SentimentHeads.heads(for: $0, encoder: $1)
            }
        ) {
            self.index = index
            self.knowledge = knowledge
            self.conversations = conversations
            self.alerts = alerts
            self.policies = policies
            self.scripts = scripts
            self.offers = offers
            self.principal = principal
            self.report = report
            self.encoded = encoded
            self.heads = heads
        }
    }

    /// The migrations that create this module's tables.
    package static let migrations = AssistTables.migrations

    let store: Store
    let transactions: any Transactions<AlertDomainEvent>
    let dependencies: Dependencies
    package let suggester: Suggester
    /// Half of the processors' time, so that the rest of the work goes on however much is said.
    let budget = EncodingBudget(
        share: 0.5 * Double(ProcessInfo.processInfo.activeProcessorCount),
        clock: { DispatchTime.now().uptimeNanoseconds }
    )
    let finders = ScriptFinders()
    /// What scripts mean; nil without an encoder.
    package let scriptMeaning: ScriptMeaning?
    let talks = TalkCache()
    let names = NameCache()
    let meter: StageMeter?
    private let reported = Mutex<String?>(nil)

    /// Creates an assistant over a store; `transactions` applies the events of the alerts that turns raise, `meter` measures
    /// the stages of each turn.
    package init(
        store: Store,
        transactions: any Transactions<AlertDomainEvent>,
        dependencies: Dependencies,
        meter: StageMeter? = nil
    ) {
        self.store = store
        self.transactions = transactions
        self.dependencies = dependencies
        self.meter = meter
        suggester = Suggester(index: dependencies.index)
        scriptMeaning = dependencies.index.meaning.map { ScriptMeaning(encoder: $0.encoder) }
    }

    /// Loads the models and compiles the signals and policies, so that the first turn does not have to wait for that.
    ///
    /// - Throws: the store's error.
    package func warmUp() async throws {
        _ = try PreparedTurn(TurnDraft(conversationID: "warm-up", speaker: .customer, text: "hello"))
        _ = SentimentModel.scorer(for: "en")?.score("hello")
        _ = hasHeads
        _ = try await dependencies.alerts.rules()
        _ = try await AssistRules.inForce(dependencies.policies)
    }

    /// Reports a problem with a policy, unless it is the same as the last one.
    func report(_ failure: String?) {
        guard let failure else { return }
        let isNew = reported.withLock { reported in
            defer { reported = failure }
            return reported != failure
        }
        if isNew { dependencies.report(failure) }
    }
}
