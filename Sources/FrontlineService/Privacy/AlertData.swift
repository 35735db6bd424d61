import Alerts
import FrontlineProtocol
import JSONRPC
import Storage

/// What the alerts keep about customers: their reasons and summaries quote what was said.
struct AlertData: PersonalDataHolder {
    let alerts: AlertDesk
    let name = "alerts"
    let followsTranscripts = true
    let kept = [
        KeptData(
            what: "numbers, kinds, severities and times of alerts, without their reasons",
            why: "the stream has no gap, and nothing in it tells of a person"
        )
    ]

    func export(_ subject: DataSubject, in transaction: ReadTransaction) throws -> JSON {
        var found = try alerts.export(conversations: subject.conversationIDs, in: transaction)
        if let customer = subject.customerID {
            let own = try alerts.export(customer: customer, in: transaction)
            found.append(contentsOf: own.filter { !found.contains($0) })
        }
        return .array(try found.map { try JSONEncoding.encode(AlertMessage($0)) })
    }

    func erase(_ subject: DataSubject, in transaction: WriteTransaction) throws -> [String: Int] {
        let own = try subject.customerID.map { try alerts.erase(customer: $0, in: transaction) } ?? [:]
        let others = try alerts.erase(conversations: subject.conversationIDs, in: transaction)
        return own.merging(others, uniquingKeysWith: +)
    }
}
