import Access
import Alerts
import Conversations
import Customers
import Resolution
import Scripting
import Storage
import Texts
import Vocabulary

/// The alerts that requests and scripts ask for.
extension Consequences {
    /// An alert for those who can decide a request that waits.
    func raiseApproval(of grant: Grant, at time: Int64, in transaction: WriteTransaction) throws {
        let request = AlertRequest(
            kind: "approval",
            severity: .warning,
            subject: Alert.Subject(.resolution, grant.id),
            conversationID: grant.conversationID,
            agent: grant.requestedBy,
            teams: grant.teams,
            customerID: grant.customerID,
            text: try approvalText(of: grant, in: transaction),
            because: grant.verdict.because,
            leastTier: try leastTier(for: grant, now: time, in: transaction)
        )
        _ = try alerts.raise(request, now: time, in: transaction)
    }

    /// The alert of a request that has waited ends with it; one that never waited has none, and what is settled had been
    /// decided before.
    func settleApproval(of grant: Grant, at time: Int64, in transaction: WriteTransaction) throws {
        guard grant.expiresAt != nil, grant.settlement == nil else { return }
        let outcome: AlertOutcome? =
            switch grant.status {
            case .approved, .rejected: .helped
            case .cancelled: .noAction
            // The alert expires with the request.
            case .pending, .denied, .expired: nil
            }
        let subject = Alert.Subject(.resolution, grant.id)
        try alerts.settle(subject, outcome: outcome, by: grant.decidedBy, now: time, in: transaction)
    }

    /// The tier of those who are told that a request waits: the one that can decide it, unless nobody here has it.
    ///
    /// Then every supervisor of the team is told, so that somebody asks.
    private func leastTier(for grant: Grant, now: Int64, in transaction: WriteTransaction) throws -> Int {
        let tier = grant.verdict.approverTier ?? Verdict.highestTier
        let isThere = try tokens.contains(anyOf: [.supervisor, .admin], now: now, in: transaction) { principal in
            principal.subject != grant.requestedBy && principal.tier ?? 0 >= tier && principal.leads(anyOf: grant.teams)
        }
        return isThere ? tier : 0
    }

    /// What the approvers read: names and amounts, in the language of each.
    private func approvalText(of grant: Grant, in transaction: some SQLReading) throws -> KeyedText {
        var values: [String: TextValue] = [
            "action": .name(group: "action", code: grant.action), "reason": .name(group: "reason", code: grant.reason),
            "agent": .text(grant.requestedBy), "tier": .text("\(grant.verdict.approverTier ?? Verdict.highestTier)"),
        ]
        if let amount = grant.amount {
            values["amount"] = .money(amount: amount.text, currency: amount.currency.code)
        }
        if let reference = grant.reference {
            values["reference"] = .text(reference.id)
            values["reference.type"] = .name(group: "reference", code: reference.type)
        }
        if let id = grant.conversationID, let found = try lone.conversations.conversation(id, in: transaction),
            let name = CustomerFacts.spoken(found.customer ?? [:])["name"]?.string
        {
            values["customer"] = .text(name)
        }
        return KeyedText(AlertTextKey.approval, values)
    }

    /// The alert by which a script calls for somebody.
    func call(
        _ escalation: ScriptEscalation,
        _ contact: ScriptContact,
        in transaction: WriteTransaction
    ) throws -> AlertRequest {
        // A call for a team that does not exist would be heard by nobody.
        let isOwn = try escalation.target == "supervisor" || !isTeam(escalation.target, transaction)
        return AlertRequest(
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
    }
}
