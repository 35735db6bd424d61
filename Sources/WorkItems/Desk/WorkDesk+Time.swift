import BusinessCalendar
import Storage
import Vocabulary

extension WorkDesk {
    /// Items of one transaction, so that no call waits long for the time.
    private static let batch = 100
    private static let maximumBatches = 50
    /// What the time does to one item in one transaction: all reminders, both clocks, a ladder and a wait.
    private static let maximumSteps = 40

    /// Does what the time up to `now` does to items: people are told what is due soon, clocks run out, ladders go on, waits end.
    ///
    /// Nothing is remembered between calls: a server that was down makes up for it at its first call. What an item says of itself
    /// and the event that raises its alert are of one transaction, so each is told once.
    ///
    /// - Returns: how many entries that made.
    /// - Throws: the store's error.
    @discardableResult
    package func elapse(to now: Int64) async throws -> Int {
        var entries = 0
        for _ in 0..<Self.maximumBatches {
            guard try await store.read({ try !WorkTable.due(by: now, limit: 1, in: $0).isEmpty }) else { break }
            let calendar = try await directory.calendar()
            entries += try await transactions.write { [self] transaction in
                var events: [WorkDomainEvent] = []
                for item in try WorkTable.due(by: now, limit: Self.batch, in: transaction) {
                    events += try elapse(item, to: now, calendar, in: transaction)
                }
                return Eventful(events.count, events)
            }
        }
        return entries
    }

    private func elapse(
        _ item: WorkItem,
        to now: Int64,
        _ calendar: BusinessCalendar,
        in transaction: WriteTransaction
    ) throws -> [WorkDomainEvent] {
        var (item, events) = (item, [WorkDomainEvent]())
        let kind = try kinds.kind(item.kind, version: item.kindVersion, in: transaction)
        for _ in 0..<Self.maximumSteps {
            guard let step = item.elapse(to: now, kind: kind, hours: calendar.hours(of: item.team)) else { break }
            try WorkLog.append(step.entry, of: &item, kind: kind, in: transaction)
            events.append(step.rung.map { .late(item, step.entry, $0) } ?? .changed(item, step.entry))
        }
        return events
    }
}
