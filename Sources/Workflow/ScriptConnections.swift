import Access
import Alerts
import Conversations
import Policies
import Resolution
import Scripting
import Storage
import Timekeeping
import Vocabulary

/// The connections of scripts to other capabilities.
extension ScriptPorts {
    /// Creates the ports; calls through them run their transactions with the same consequences.
    init(_ consequences: Consequences) {
        self.init(
            decisions: ScriptDecisions(policies: consequences.policies, authority: consequences.lone.authority),
            resolutions: ScriptResolutions(consequences: consequences),
            conversations: ScriptConversations(
                store: consequences.store,
                conversations: consequences.lone.conversations,
                alerts: consequences.alerts
            ),
            actors: ScriptActors(tokens: consequences.tokens),
            meaning: consequences.meaning
        )
    }
}

/// Evaluates decisions with the script's inputs, supplemented by those that `resolution.evaluate` supplies.
private struct ScriptDecisions: DecisionPort {
    let policies: PolicyStore
    let authority: AuthorityLedger

    func decide(_ request: ScriptDecisionRequest, for contact: ScriptContact, now: Int64) async throws -> JSON {
        var offer = try await supplied(for: request, contact, now: now)
        for input in request.inputs { offer[input.key] = input.value }
        do {
            let moment = PolicyClock.moment(now)
            let policy = try await policies.policy(request.model)
            return try policy.evaluate(request.decision, offering: offer, now: { moment }).result
        } catch let error as PolicyError {
            throw ScriptError(.invalid, error.message)
        }
    }

    /// The inputs from the ledger; if it refuses the request, only the agent and the customer.
    private func supplied(
        for request: ScriptDecisionRequest,
        _ contact: ScriptContact,
        now: Int64
    ) async throws -> JSONObject {
        let wanted = request.inputs["request"]?.object
        let preview = GrantRequest(
            action: wanted?["action"]?.string ?? "preview",
            reason: wanted?["reason"]?.string ?? "preview",
            customerID: contact.conversationID == nil ? contact.customerID : nil,
            conversationID: contact.conversationID
        )
        var offer: JSONObject
        do {
            offer = try await authority.inputs(for: preview, principal: contact.principal, now: now)
        } catch is ResolutionError {
            offer = [:]
        } catch is ClockError {
            offer = [:]
        }
        if offer["agent"] == nil { offer["agent"] = .object(contact.principal.facts()) }
        if offer["customer"]?.object?.isEmpty ?? true { offer["customer"] = .object(contact.customer) }
        return offer
    }
}

/// Requests resolutions with the authority of the person acting.
private struct ScriptResolutions: ResolutionPort {
    let consequences: Consequences

    func request(
        _ request: ScriptResolutionRequest,
        key: String,
        for contact: ScriptContact,
        now: Int64
    ) async throws -> ScriptResolution {
        do {
            let wanted = try grantRequest(request, contact)
            let grant = try await consequences.authority.request(wanted, key: key, for: contact.principal, now: now)
            return try await consequences.resolution(grant)
        } catch let error as MoneyError {
            throw ScriptError(.invalid, "amount.\(error.member): \(error.expected)")
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
        let grant = try await consequences.lone.authority.grant(
            requestedBy: subject,
            key: key,
            now: consequences.now()
        )
        if let grant { return try await consequences.resolution(grant) }
        return nil
    }

    func cancel(_ id: String, reason: String, for contact: ScriptContact, now: Int64) async throws {
        _ = try await consequences.authority.cancel(id, reason: reason, by: contact.principal, now: now)
    }

    func resolution(_ id: String) async throws -> ScriptResolution? {
        let everything = Principal(subject: "frontline", roles: [.admin])
        do {
            let grant = try await consequences.lone.authority.grant(id, for: everything, now: consequences.now())
            return try await consequences.resolution(grant)
        } catch let error as ResolutionError where error.code == .notFound {
            return nil
        }
    }
}

extension Consequences {
    /// Converts the state of a request for scripts.
    func resolution(_ grant: Grant) async throws -> ScriptResolution {
        ScriptResolution(id: grant.id, status: grant.status, details: try await outlet.data(of: grant).object ?? [:])
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
    let alerts: AlertDesk

    func said(in conversation: String, limit: Int) async throws -> [HeardTurn] {
        // Text that a message quotes is not what its sender says.
        let email = try await alerts.rules().email
        return try await store.read { [conversations] transaction in
            guard let found = try conversations.conversation(conversation, in: transaction) else { return [] }
            return try conversations.latestWords(of: conversation, limit: limit, in: transaction).reversed().map {
                HeardTurn(
                    number: $0.number,
                    text: email.written(in: $0.text, channel: found.channel),
                    at: $0.at,
                    locale: $0.locale ?? found.locale
                )
            }
        }
    }

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
}
