import Alerts
import FrontlineProtocol
import Storage
import Vocabulary

/// The personal data in alerts, whose reasons and summaries quote customers.
struct AlertData: PersonalDataHolder {
    let alerts: AlertDesk
    let name = "alerts"
    let followsTranscripts = true
    let kept = [
        KeptData(
            what: "numbers, kinds, severities and times of alerts, without their reasons",
            why: "the stream keeps no gaps, and it contains no personal data"
        )
    ]

    func export(_ subject: DataSubject, in transaction: some SQLReading) throws -> JSON {
        var found = try alerts.export(conversations: subject.conversationIDs, in: transaction)
        if let customer = subject.customerID {
            let own = try alerts.export(customer: customer, in: transaction)
            found.append(contentsOf: own.filter { !found.contains($0) })
        }
        return .array(try found.map { try JSONEncoding.encode(AlertMessage($0)) })
    }

    func customerIDs(in transaction: some SQLReading) throws -> Set<String> {
        try AlertDesk.customerIDs(in: transaction)
    }

    /// An erasure ends live alerts.
    ///
    /// If only the retention period of transcripts has ended, alerts stay open without their quotations.
    func erase(_ subject: DataSubject, _ erasure: inout Erasure, in transaction: WriteTransaction) throws {
        if let customer = subject.customerID {
            let own = try alerts.erase(customer: customer, now: erasure.now, in: transaction)
            erasure.count(own.counts)
            erasure.auditTargets += own.ids
        }
        let others = try alerts.erase(
            conversations: subject.conversationIDs,
            endingAt: subject.customerID == nil ? nil : erasure.now,
            in: transaction
        )
        erasure.count(others.counts)
        erasure.auditTargets += others.ids
    }
}
