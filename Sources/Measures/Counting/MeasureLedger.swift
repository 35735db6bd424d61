import Storage
import Vocabulary

/// Counts the records: keeps what each of them was counted as, and the sums of each day.
///
/// A record that has changed is marked by whoever changed it (`Store.markOutdated`). ``catchUp(limit:)`` draws its facts again,
/// takes away what it was counted as and adds what it is, and takes the mark away, all in one transaction: whatever ends the
/// process, nothing is counted twice or left out. No task runs here: the owner calls ``catchUp(limit:)`` regularly, and before
/// it reads values.
///
/// ## Topics
/// - ``catchUp(limit:)``
/// - ``values(_:visibility:)``
/// - ``records(behind:of:limit:visibility:)``
/// - ``recount(_:isCheck:)``
package struct MeasureLedger: Sendable {
    /// Records that one transaction counts: about a millisecond or two, so that nobody waits long for the writer.
    private static let batch = 16
    /// Marks that one transaction takes away unread.
    private static let uncounted = 500

    /// The definitions.
    package let measures: MeasureStore
    let sources: [any FactSource]

    var store: Store { measures.store }

    /// Creates the ledger of a store.
    ///
    /// - Parameters:
    ///   - measures: the definitions.
    ///   - sources: where records come from; one for each kind.
    package init(measures: MeasureStore, sources: [any FactSource]) {
        self.measures = measures
        self.sources = sources
    }

    /// Counts what has changed, and what was there before the measures, in small transactions.
    ///
    /// - Parameter limit: how many records at most, to the next full batch.
    /// - Returns: how many were counted; fewer than `limit` when nothing is left.
    /// - Throws: the store's error, and ``MeasureError`` when a stored definition cannot be read.
    @discardableResult
    package func catchUp(limit: Int = .max) async throws -> Int {
        var counted = 0
        while counted < limit {
            guard try await store.read({ try hasWork(in: $0) }) else { break }
            // Read before, so that the writer neither reads nor parses definitions for each batch.
            _ = try await measures.book()
            guard let batch = try await store.write(durability: .process, { try countBatch(in: $0) }) else { break }
            counted += batch
        }
        return counted
    }

    /// How many records wait to be counted again: those that have changed, and after a change of the time zone the others.
    package func waiting() async throws -> Int {
        try await store.read { try Store.outdatedCount(in: $0) + MeasureFills.waiting(in: $0) }
    }

    private func hasWork(in transaction: some SQLReading) throws -> Bool {
        let work = try transaction.first(
            """
            SELECT 1 AS work FROM outdated UNION ALL SELECT 1 AS work FROM measure_fills WHERE is_done = 0 LIMIT 1
            """
        ) { try $0.integer("work") }
        return try work != nil || daysHaveMoved(in: transaction)
    }

    /// Whether a calendar is in force in whose zone the days begin elsewhere than in those that were counted.
    private func daysHaveMoved(in transaction: some SQLReading) throws -> Bool {
        guard let days = try measures.calendarDays(in: transaction) else { return false }
        return try MeasureFills.recordedZone(in: transaction).map { $0 != days.name } ?? false
    }

    /// Counts a batch of marked records, or else of records that were there before; nil when there is nothing to do.
    private func countBatch(in transaction: WriteTransaction) throws -> Int? {
        let book = try measures.book(in: transaction)
        let days = try measures.days(in: transaction)
        let isFirst = try MeasureFills.recordedZone(in: transaction) == nil
        if try isFirst || daysHaveMoved(in: transaction) { try MeasureFills.adopt(days, in: transaction) }
        for source in sources {
            // What no measure counts is not read: the first measure of a kind counts all records from the beginning.
            let isCounted = book.counts(source.kind)
            let limit = isCounted ? Self.batch : Self.uncounted
            let ids = try Store.outdated(source.kind.rawValue, limit: limit, in: transaction)
            guard !ids.isEmpty else { continue }
            if isCounted { for id in ids { try count(id, source, book, days, in: transaction) } }
            try Store.settle(ids, topic: source.kind.rawValue, in: transaction)
            return ids.count
        }
        for source in sources {
            guard let position = try MeasureFills.position(of: source.kind, in: transaction) else { continue }
            guard book.counts(source.kind) else {
                try MeasureFills.note(source.kind, position: position, isDone: true, in: transaction)
                continue
            }
            let ids = try source.ids(after: position, limit: Self.batch, in: transaction)
            for id in ids { try count(id, source, book, days, in: transaction) }
            let isDone = ids.count < Self.batch
            try MeasureFills.note(source.kind, position: ids.last ?? position, isDone: isDone, in: transaction)
            return ids.count
        }
        return nil
    }

    /// Counts a record as it is now, in place of what it was counted as.
    ///
    /// What has gone from the record stays counted: transcripts are deleted, and figures stay whole. What never counted in any
    /// measure leaves nothing.
    func count(
        _ id: String,
        _ source: any FactSource,
        _ book: MeasureBook,
        _ days: MeasureDays,
        in transaction: WriteTransaction
    ) throws {
        guard let record = try source.record(id, in: transaction) else { return }
        let now = book.count(record, kind: source.kind, days: days)
        let before = try CountTables.record(id, of: source.kind, in: transaction)
        guard now != before, before != nil || !now.points.isEmpty else { return }
        let isMoved = before.map { ($0.day, $0.agent, $0.teams) != (now.day, now.agent, now.teams) } ?? true
        if let before {
            for point in before.points where isMoved || !now.points.contains(point) {
                try CountTables.add(point, of: before, sign: -1, in: transaction)
            }
        }
        for point in now.points where isMoved || !(before?.points.contains(point) ?? false) {
            try CountTables.add(point, of: now, sign: 1, in: transaction)
        }
        try CountTables.put(now, of: source.kind, in: transaction)
    }

    /// Prepares the store: after a change of the time zone everything is counted again.
    ///
    /// A calendar that is published later with another zone is noticed by ``catchUp(limit:)``. Without a calendar the zone of the
    /// configuration counts, which only a server adopts: processes that disagree about it do not take turns.
    package func adoptTimeZone() async throws {
        try await store.write { [measures] in try MeasureFills.adopt(measures.days(in: $0), in: $0) }
    }
}
