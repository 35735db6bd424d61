import Access
import Alerts
import Assist
import Conversations
import JSONRPC
import Metrics
import Resolution
import Scripting
import Storage
import Vocabulary

/// Provides scripts and their sessions to the assistant.
struct AssistScripts: ScriptSource {
    let catalog: ScriptCatalog
    let sessions: ScriptDesk

    func scripts(for agent: Principal) async throws -> [FindableScript] {
        try await catalog.list(for: agent).map { FindableScript($0) }
    }

    func openStep(ofConversation id: String, in transaction: ReadTransaction) throws -> OpenStep? {
        guard let session = try sessions.openSession(ofConversation: id, in: transaction) else { return nil }
        let step = session.view.step
        return OpenStep(
            sessionID: session.id,
            scriptID: session.scriptID,
            revision: session.revision,
            stepID: step?.id ?? "",
            text: step?.text ?? "",
            isWaiting: session.view.status != .active || step == nil,
            knowledge: step?.knowledge ?? []
        )
    }
}

extension FindableScript {
    init(_ listing: ScriptListing) {
        self.init(
            id: listing.id,
            version: listing.version,
            title: listing.title,
            locale: listing.locale,
            tags: listing.tags,
            examples: listing.examples,
            knowledge: listing.knowledge
        )
    }
}

/// Provides the assistant with what the agent could grant without approval among the resolutions of a script.
struct AssistOffers: OfferSource {
    /// The amount with which the limit is queried: the smallest whole one.
    private static let probe = "1"

    let catalog: ScriptCatalog
    let authority: AuthorityLedger

    func offer(
        ofScript id: String,
        version: Int64?,
        in conversation: Conversation,
        by agent: Principal,
        now: Int64
    ) async throws -> Offer? {
        // An offer is optional: if the script, its currency or the policy yields an error, there is none.
        guard let definition = try? await catalog.script(id, version: version, for: agent).definition,
            let wanted = definition.steps.lazy.compactMap(Self.request).first
        else { return nil }
        let request = GrantRequest(
            action: wanted.action,
            amount: wanted.currency.flatMap { try? Money(amount: Self.probe, currency: $0) },
            reason: wanted.reason,
            conversationID: conversation.id,
            // The object is not known yet, so use a reference for which nothing was ever settled.
            reference: wanted.referenceType.map { GrantReference(type: $0, id: "offer \(conversation.id)") }
        )
        let verdict: Verdict
        do {
            verdict = try await authority.evaluate(request, for: agent, now: now).verdict
        } catch is ResolutionError {
            return nil
        }
        guard verdict.outcome == .approved else { return nil }
        return Offer(
            action: wanted.action,
            reason: wanted.reason,
            limit: verdict.limit.map { Offer.Limit(amount: $0.text, currency: $0.currency.code) },
            because: verdict.because.first ?? "The policy approves it"
        )
    }

    /// The request of a step, if its expressions are constants.
    private static func request(_ step: ScriptStep) -> Wanted? {
        guard case .resolve(let resolve) = step.kind, let action = literal(resolve.action),
            let reason = literal(resolve.reason)
        else { return nil }
        let type = resolve.reference.first { $0.name == "type" }?.expression
        return Wanted(
            action: action,
            reason: reason,
            currency: resolve.currency.flatMap(literal),
            referenceType: type.flatMap(literal)
        )
    }

    /// The request that a script would make.
    private struct Wanted {
        let action: String
        let reason: String
        let currency: String?
        let referenceType: String?
    }

    private static func literal(_ expression: ScriptExpression) -> String? {
        let text = expression.text.trimmingPrefix { $0.isWhitespace }
        guard text.count > 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return nil }
        let inside = text.dropFirst().dropLast()
        return inside.contains("\"") || inside.contains("\\") ? nil : String(inside)
    }
}

/// Looks up conversations for alerts.
struct ConversationContacts: ContactDirectory {
    let conversations: ConversationStore

    func contact(_ conversationID: String, in transaction: some SQLReading) throws -> Contact? {
        try conversations.conversation(conversationID, in: transaction).map { conversation in
            Contact(
                conversationID: conversation.id,
                isOpen: conversation.isOpen,
                agent: conversation.agent,
                teams: conversation.teams,
                customerID: conversation.customerID,
                segment: conversation.customer?["segment"]?.string,
                summary: conversation.summary.text
            )
        }
    }
}

/// Reports the durations of the stages of observed turns to swift-metrics.
enum TurnTimers {
    /// Creates a meter that reports to the current metrics system.
    static func meter() -> StageMeter {
        let timers = Dictionary(
            uniqueKeysWithValues: TurnStage.allCases.map { stage in
                (stage, Timer(label: "frontline_turn_stage_seconds", dimensions: [("stage", stage.rawValue)]))
            }
        )
        return StageMeter(nanoseconds: { Monotonic.nanoseconds() }) { stage, duration in
            timers[stage]?.recordNanoseconds(Int64(clamping: duration))
        }
    }
}
