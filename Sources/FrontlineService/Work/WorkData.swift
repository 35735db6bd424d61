import FrontlineProtocol
import Storage
import Vocabulary
import WorkItems
import Workflow

/// The personal data in items of work.
struct WorkData: PersonalDataHolder {
    let work: WorkDesk
    let consequences: Consequences
    let name = "work"
    let followsTranscripts = true
    let kept = [
        KeptData(
            what: "numbers, kinds, teams, owners and times of work, without its words and without the customer",
            why:
                "figures of work stay complete, the feed keeps no gaps, and they contain no personal data of a customer"
        )
    ]

    func export(_ subject: DataSubject, in transaction: some SQLReading) throws -> JSON {
        let files = try work.export(
            customer: subject.customerID,
            conversations: subject.conversationIDs,
            in: transaction
        )
        return .array(
            try files.map { item, history in
                var members = try JSONEncoding.encode(WorkMessage(item, title: item.kind, now: nil)).object ?? [:]
                members["history"] = try JSONEncoding.encode(history.map { WorkHistoryEntry($0) })
                return .object(members)
            }
        )
    }

    func customerIDs(in transaction: some SQLReading) throws -> Set<String> {
        try WorkDesk.customerIDs(in: transaction)
    }

    /// An erasure cancels live items; if only the retention period of transcripts has ended, they stay without their words.
    func erase(_ subject: DataSubject, _ erasure: inout Erasure, in transaction: WriteTransaction) throws {
        let erased = try work.erase(
            customer: subject.customerID,
            conversations: subject.conversationIDs,
            now: erasure.now,
            in: transaction
        )
        let events = erased.events.map(DomainEvent.work)
        try consequences.apply(events, in: transaction)
        erasure.count(erased.counts)
        erasure.auditTargets += erased.ids
        erasure.events += events
    }
}
