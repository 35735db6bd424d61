import Conversations
import Resolution
import Storage
import Vocabulary
import Workflow

/// The personal data in the ledger.
struct ResolutionData: PersonalDataHolder {
    let authority: AuthorityLedger
    let conversations: ConversationStore
    let consequences: Consequences
    let name = "resolutions"
    let kept = [KeptData(what: AuthorityLedger.kept.what, why: AuthorityLedger.kept.why)]

    func export(_ subject: DataSubject, in transaction: some SQLReading) throws -> JSON {
        guard let customer = subject.customerID else { return [] }
        return try authority.export(customer: customer, conversations: subject.conversationIDs, in: transaction)
    }

    func profiles(of subject: DataSubject, in transaction: some SQLReading) throws -> [JSON] {
        guard let customer = subject.customerID else { return [] }
        return try authority.profiles(customer: customer, conversations: subject.conversationIDs, in: transaction)
    }

    func customerIDs(in transaction: some SQLReading) throws -> Set<String> {
        try AuthorityLedger.customerIDs(in: transaction)
    }

    func erase(_ subject: DataSubject, _ erasure: inout Erasure, in transaction: WriteTransaction) throws {
        guard let customer = subject.customerID else { return }
        let outcome = try authority.erase(
            customer: customer,
            conversations: subject.conversationIDs,
            by: erasure.actor,
            now: erasure.now,
            redacted: erasure.names.redacted,
            in: transaction
        )
        let events = outcome.events.map(DomainEvent.grant)
        // This adds events to conversations, which are deleted below and by ``ConversationData``.
        try consequences.apply(events, in: transaction)
        let cancelled = outcome.events.count { $0.grant.status == .cancelled }
        erasure.count(["resolutions": outcome.erased, "resolutions_cancelled": cancelled])
        erasure.auditTargets += outcome.requests.map(\.id)
        erasure.events += events
        // Other customers' conversations may contain events about requests for this customer.
        let elsewhere = Dictionary(grouping: outcome.requests.filter { $0.conversation != nil }) {
            $0.conversation ?? ""
        }
        for (conversation, requests) in elsewhere where !subject.conversationIDs.contains(conversation) {
            let count = try conversations.forgetEvents(
                ofResolutions: Set(requests.map(\.id)),
                in: conversation,
                transaction
            )
            erasure.count(["conversation_events": count])
        }
    }
}
