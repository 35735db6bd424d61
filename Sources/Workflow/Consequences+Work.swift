import Alerts
import Storage
import Texts
import Vocabulary
package import WorkItems

/// The alerts that late work raises.
extension Consequences {
    /// The desk of work, with the alerts of what is late.
    package var work: WorkDesk {
        lone.work.running(in: AppliedTransactions(consequences: self, event: DomainEvent.work))
    }

    /// A step of the ladder calls somebody: the alert of the step before ends, so that an item has one at a time.
    func raiseLate(
        _ item: WorkItem,
        _ entry: WorkEntry,
        _ rung: WorkRung,
        in transaction: WriteTransaction
    ) throws {
        let subject = Alert.Subject(.work, item.id)
        try alerts.settle(subject, outcome: nil, by: nil, now: entry.at, in: transaction)
        var values: [String: TextValue] = ["item": .text(item.id), "team": .text(item.team)]
        values["title"] =
            switch try lone.work.title(of: item, in: transaction) {
            case .own(let title): .text(title)
            case .kind(let titles): .words(titles)
            }
        if let owner = item.owner { values["owner"] = .text(owner) }
        if let former = entry.formerTeam { values["former"] = .text(former) }
        let request = AlertRequest(
            kind: "work",
            severity: rung.severity,
            subject: subject,
            agent: rung.audience == .owner ? item.owner : nil,
            teams: rung.audience == .owner ? [] : [item.team],
            customerID: item.links.customer,
            text: KeyedText(AlertTextKey.work(entry.clock), values)
        )
        _ = try alerts.raise(request, now: entry.at, in: transaction)
    }

    /// The alert of late work ends when it has ended, or when somebody has taken what nobody had taken in time.
    func settleLate(_ item: WorkItem, _ entry: WorkEntry, in transaction: WriteTransaction) throws {
        guard item.isBreached else { return }
        let isTaken = entry.event == .claimed && item.completion.breachedAt == nil
        guard isTaken || !item.state.isLive else { return }
        try alerts.settle(
            Alert.Subject(.work, item.id),
            outcome: item.state == .cancelled ? .noAction : .helped,
            by: entry.actor,
            now: entry.at,
            in: transaction
        )
    }
}
