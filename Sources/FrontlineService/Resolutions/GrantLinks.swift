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

/// Tells a conversation's customer to the ledger.
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

/// Carries what becomes of requests to those who wait for it: an alert for the approvers, an event of the conversation,
/// and, once it is committed, whoever listens.
final class GrantLinks: GrantObserver {
    private let alerts: AlertDesk
    private let conversations: ConversationStore
    private let tokens: TokenRegistry
    private let sentences: ResolutionSentences
    private let listeners = Mutex<[@Sendable (Grant, Int64) -> Void]>([])

    init(
        alerts: AlertDesk,
        conversations: ConversationStore,
        tokens: TokenRegistry,
        sentences: ResolutionSentences
    ) {
        (self.alerts, self.conversations, self.tokens) = (alerts, conversations, tokens)
        self.sentences = sentences
    }

    /// Adds somebody who is told of every change after its commit; to be called while the server is put together.
    func listen(_ listener: @escaping @Sendable (Grant, Int64) -> Void) {
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
            leastTier: try leastTier(for: grant, now: now)
        )
        _ = try alerts.raise(request, now: now, in: transaction)
        try tellConversation(grant, in: transaction, now: now)
    }

    /// The tier of those who are told that a request waits: the one that can decide it, unless nobody here has it.
    ///
    /// Then every supervisor of the team is told, so that somebody asks.
    private func leastTier(for grant: Grant, now: Int64) throws -> Int {
        let tier = grant.verdict.approverTier ?? Resolution.Verdict.highestTier
        let isThere = try tokens.contains(anyOf: [.supervisor, .admin], now: now) { principal in
            principal.subject != grant.requestedBy && principal.tier ?? 0 >= tier && principal.leads(anyOf: grant.teams)
        }
        return isThere ? tier : 0
    }

    /// What the approvers read: names and amounts, in the language of each.
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

    func committed(_ grant: Grant, now: Int64) {
        for listener in listeners.withLock({ $0 }) { listener(grant, now) }
    }

    /// What became of the alert of a request that waited; nil when it expired.
    private static func outcome(_ status: GrantStatus) -> Alert.Outcome? {
        switch status {
        case .approved, .rejected: .helped
        case .cancelled: .noAction
        case .pending, .denied, .expired: nil
        }
    }

    private func tellConversation(_ grant: Grant, in transaction: WriteTransaction, now: Int64) throws {
        guard let id = grant.conversationID else { return }
        let data = try JSONEncoding.encode(sentences.record(grant))
        try conversations.append(.resolution, to: id, data: data, at: now, in: transaction)
    }
}

extension CapabilityMeter.Figure {
    static let resolutions = Self("frontline_resolutions_total")
}
