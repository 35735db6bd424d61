import Access
import Alerts
import Conversations
import FrontlineProtocol
import JSONRPC
import Policies
import Resolution
import Scripting
import Storage

/// The connections of scripts to other capabilities.
extension ScriptPorts {
    /// Creates the ports for the services of one data folder.
    init(_ folder: DataFolder, authority: AuthorityLedger, sentences: ResolutionSentences) {
        self.init(
            decisions: ScriptDecisions(policies: folder.policies, authority: authority),
            resolutions: ScriptResolutions(authority: authority, sentences: sentences, now: folder.now),
            escalations: ScriptEscalations(alerts: folder.alerts, isTeam: folder.isTeamInTransaction),
            conversations: ScriptConversations(store: folder.store, conversations: folder.conversations),
            actors: ScriptActors(tokens: folder.tokens)
        )
    }
}

/// Evaluates decisions with the script's inputs, supplemented by those that `resolution.evaluate` supplies.
private struct ScriptDecisions: DecisionPort {
    let policies: PolicyStore
    let authority: AuthorityLedger

    func decide(_ request: ScriptDecisionRequest, for contact: ScriptContact, now: Int64) async throws -> JSON {
        var offer = await supplied(for: request, contact, now: now)
        for input in request.inputs { offer[input.key] = input.value }
        do {
            let moment = PolicyClock.moment(now)
            let policy = try await policies.policy(request.model)
            return try policy.evaluate(request.decision, offering: offer, now: { moment }).result
        } catch let error as PolicyError {
            throw ScriptError(.invalid, error.message)
        }
    }

    /// The inputs from the ledger; if it fails, only the agent and the customer.
    private func supplied(for request: ScriptDecisionRequest, _ contact: ScriptContact, now: Int64) async -> JSONObject
    {
        let wanted = request.inputs["request"]?.object
        let preview = GrantRequest(
            action: wanted?["action"]?.string ?? "preview",
            reason: wanted?["reason"]?.string ?? "preview",
            customerID: contact.conversationID == nil ? contact.customerID : nil,
            conversationID: contact.conversationID
        )
        var offer = (try? await authority.inputs(for: preview, principal: contact.principal, now: now)) ?? [:]
        if offer["agent"] == nil { offer["agent"] = .object(contact.principal.facts()) }
        if offer["customer"]?.object?.isEmpty ?? true { offer["customer"] = .object(contact.customer) }
        return offer
    }
}

/// Requests resolutions with the authority of the person acting.
private struct ScriptResolutions: ResolutionPort {
    let authority: AuthorityLedger
    let sentences: ResolutionSentences
    let now: @Sendable () -> Int64

    func request(
        _ request: ScriptResolutionRequest,
        key: String,
        for contact: ScriptContact,
        now: Int64
    ) async throws -> ScriptResolution {
        do {
            let wanted = try grantRequest(request, contact)
            let grant = try await authority.request(wanted, key: key, for: contact.principal, now: now)
            return try await ScriptResolution(grant, sentences)
        } catch let error as ResolutionError {
            throw ScriptError(.invalid, error.argument.map { "\($0): \(error.message)" } ?? error.message)
        }
    }

    private func grantRequest(_ request: ScriptResolutionRequest, _ contact: ScriptContact) throws -> GrantRequest {
        var amount: Money?
        if let text = request.amount, let currency = request.currency {
            amount = try Money(amount: text, currency: currency)
        }
        var reference: GrantReference?
        if let type = request.reference?["type"]?.string, let id = request.reference?["id"]?.string {
            reference = GrantReference(type: type, id: id)
        }
        return GrantRequest(
            action: request.action,
            amount: amount,
            reason: request.reason,
            customerID: contact.conversationID == nil ? contact.customerID : nil,
            conversationID: contact.conversationID,
            reference: reference,
            context: request.context ?? [:]
        )
    }

    func resolution(requestedBy subject: String, key: String) async throws -> ScriptResolution? {
        guard let grant = try await authority.grant(requestedBy: subject, key: key, now: now()) else { return nil }
        return try await ScriptResolution(grant, sentences)
    }

    func cancel(_ id: String, reason: String, for contact: ScriptContact, now: Int64) async throws {
        _ = try await authority.cancel(id, reason: reason, by: contact.principal, now: now)
    }

    func resolution(_ id: String) async throws -> ScriptResolution? {
        let everything = Principal(subject: "frontline", roles: [.admin])
        do {
            return try await ScriptResolution(authority.grant(id, for: everything, now: now()), sentences)
        } catch let error as ResolutionError where error.code == .notFound {
            return nil
        }
    }
}

extension ScriptResolution {
    /// Converts the state of a request for scripts.
    init(_ grant: Grant, _ sentences: ResolutionSentences) async throws {
        let details = try JSONEncoding.encode(await sentences.record(grant)).object ?? [:]
        self.init(id: grant.id, status: Status(grant.status), details: details)
    }
}

extension ScriptResolution.Status {
    fileprivate init(_ status: GrantStatus) {
        switch status {
        case .approved: self = .approved
        case .pending: self = .pending
        case .denied: self = .denied
        case .rejected: self = .rejected
        case .cancelled: self = .cancelled
        case .expired: self = .expired
        }
    }
}

/// Raises escalations as alerts.
private struct ScriptEscalations: EscalationPort {
    let alerts: AlertDesk
    let isTeam: @Sendable (String, WriteTransaction) throws -> Bool

    func escalate(
        _ escalation: ScriptEscalation,
        for contact: ScriptContact,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        // An alert for a team that does not exist would reach nobody.
        let isOwn = try escalation.target == "supervisor" || !isTeam(escalation.target, transaction)
        let request = AlertRequest(
            kind: "escalation",
            subject: contact.conversationID.map { .init(.conversation, $0) } ?? .init(.session, contact.sessionID),
            conversationID: contact.conversationID,
            agent: contact.agent,
            teams: isOwn ? contact.teams : [escalation.target],
            customerID: contact.customerID,
            segment: contact.customer["segment"]?.string,
            reason: "The script asks for \(escalation.target)",
            because: ["script \(contact.scriptID), step \(escalation.step)"]
        )
        _ = try alerts.raise(request, now: now, in: transaction)
    }
}

/// Looks up the current rights of people who acted in sessions.
private struct ScriptActors: ActorPort {
    let tokens: TokenRegistry

    func standing(of actor: Principal, now: Int64) async throws -> Principal? {
        // A subject without a token was admitted in another way, for example on a server without authentication.
        guard try await tokens.knows(actor.subject) else { return actor }
        return try await tokens.principal(of: actor.subject, holdingAnyOf: actor.roles, now: now)
    }
}

/// Provides the conversations of sessions.
private struct ScriptConversations: ConversationPort {
    let store: Store
    let conversations: ConversationStore

    func facts(of conversation: String, for principal: Principal) async throws -> ScriptConversation? {
        let found = try await store.read { [conversations] in try conversations.conversation(conversation, in: $0) }
        guard let found, ConversationVisibility(of: principal).includes(found) else { return nil }
        return ScriptConversation(
            agent: found.agent,
            teams: found.teams,
            customer: found.customerFacts,
            locale: found.locale,
            facts: ["channel": .string(found.channel), "tags": .array(found.tags.map(JSON.string))]
        )
    }

    func changed(
        _ session: ScriptSession,
        in conversation: String,
        now: Int64,
        _ transaction: WriteTransaction
    ) throws {
        let data = try JSONEncoding.encode(ScriptSessionState(session))
        try conversations.append(.script, to: conversation, data: data, at: now, in: transaction)
    }
}
