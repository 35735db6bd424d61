import Access
import Alerts
import Conversations
import Customers
import FrontlineProtocol
import JSONRPC
import Resolution
import Storage
import Synchronization
import Texts

/// Looks up a conversation's customer for the ledger.
struct ConversationCustomers: CustomerOfConversation {
    let conversations: ConversationStore

    func customer(
        ofConversation id: String,
        for principal: Principal,
        in transaction: some SQLReading
    ) throws -> ConversationCustomer? {
        let visibility = ConversationVisibility(of: principal)
        guard let found = try conversations.conversation(id, in: transaction), visibility.includes(found) else {
            return nil
        }
        return ConversationCustomer(found.customerFacts, channel: found.channel, locale: found.locale)
    }
}

/// Propagates changes of requests: to an alert for the approvers, to an event of the conversation and, after the
/// commit, to listeners.
final class GrantLinks: GrantObserver {
    private let alerts: AlertDesk
    private let conversations: ConversationStore
    private let tokens: TokenRegistry
    private let sentences: ResolutionSentences
    private let listeners = Mutex<[@Sendable (Grant, Int64) async -> Void]>([])

    init(
        alerts: AlertDesk,
        conversations: ConversationStore,
        tokens: TokenRegistry,
        sentences: ResolutionSentences
    ) {
        (self.alerts, self.conversations, self.tokens) = (alerts, conversations, tokens)
        self.sentences = sentences
    }

    /// Adds a listener that is called after the commit of every change; to be called while the server is being set up.
    func listen(_ listener: @escaping @Sendable (Grant, Int64) async -> Void) {
        listeners.withLock { $0.append(listener) }
    }

    func pending(_ grant: Grant, in transaction: WriteTransaction, now: Int64) throws {
        let request = AlertRequest(
            kind: "approval",
            severity: .warning,
            subject: Alert.Subject(.resolution, grant.id),
            conversationID: grant.conversationID,
            agent: grant.requestedBy,
            teams: grant.teams,
            customerID: grant.customerID,
            text: try Self.approvalText(of: grant, conversations, in: transaction),
            because: grant.verdict.because,
            leastTier: try leastTier(for: grant, now: now, in: transaction)
        )
        _ = try alerts.raise(request, now: now, in: transaction)
        try tellConversation(grant, in: transaction, now: now)
    }

    /// The lowest approval tier to alert about a pending request: the one that can decide it, if anybody has it.
    ///
    /// If nobody has it, all supervisors of the team are alerted, so that somebody takes care of the request.
    private func leastTier(for grant: Grant, now: Int64, in transaction: WriteTransaction) throws -> Int {
        let tier = grant.verdict.approverTier ?? Resolution.Verdict.highestTier
        let isThere = try tokens.contains(anyOf: [.supervisor, .admin], now: now, in: transaction) { principal in
            principal.subject != grant.requestedBy && principal.tier ?? 0 >= tier && principal.leads(anyOf: grant.teams)
        }
        return isThere ? tier : 0
    }

    /// The text for the approvers, with names and amounts, in each reader's language.
    private static func approvalText(
        of grant: Grant,
        _ conversations: ConversationStore,
        in transaction: some SQLReading
    ) throws -> KeyedText {
        var values: [String: TextValue] = [
            "action": .name(group: "action", code: grant.action), "reason": .name(group: "reason", code: grant.reason),
            "agent": .text(grant.requestedBy),
            "tier": .text("\(grant.verdict.approverTier ?? Resolution.Verdict.highestTier)"),
        ]
        if let amount = grant.amount {
            values["amount"] = .money(amount: amount.text, currency: amount.currency.code)
        }
        if let reference = grant.reference {
            values["reference"] = .text(reference.id)
            values["reference.type"] = .name(group: "reference", code: reference.type)
        }
        if let id = grant.conversationID, let found = try conversations.conversation(id, in: transaction),
            let name = CustomerFacts.spoken(found.customer ?? [:])["name"]?.string
        {
            values["customer"] = .text(name)
        }
        return KeyedText(AlertTextKey.approval, values)
    }

    func changed(_ grant: Grant, in transaction: WriteTransaction, now: Int64) throws {
        if grant.expiresAt != nil, grant.settlement == nil {
            try alerts.settle(
                Alert.Subject(.resolution, grant.id),
                outcome: Self.outcome(grant.status),
                by: grant.decidedBy,
                now: now,
                in: transaction
            )
        }
        try tellConversation(grant, in: transaction, now: now)
    }

    func committed(_ grant: Grant, now: Int64) async {
        for listener in listeners.withLock({ $0 }) { await listener(grant, now) }
    }

    /// The outcome for the alert about a request; nil if the request expired.
    private static func outcome(_ status: GrantStatus) -> Alert.Outcome? {
        switch status {
        case .approved, .rejected: .helped
        case .cancelled: .noAction
        case .pending, .denied, .expired: nil
        }
    }

    private func tellConversation(_ grant: Grant, in transaction: WriteTransaction, now: Int64) throws {
        guard let id = grant.conversationID else { return }
        let data = try JSONEncoding.encode(sentences.record(grant, in: transaction))
        try conversations.append(.resolution, to: id, data: data, at: now, in: transaction)
    }
}

extension CapabilityMeter.Figure {
    static let resolutions = Self("frontline_resolutions_total")
}
