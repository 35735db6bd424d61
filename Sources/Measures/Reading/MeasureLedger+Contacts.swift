import Storage
import Vocabulary

/// A record behind a value.
package struct MeasuredRecord: Sendable, Hashable {
    /// Its id among the records of its kind.
    package let id: String
    /// The contact that it belongs to; nil without one.
    package let conversation: String?
    /// When it counts, in microseconds since 1970.
    package let at: Int64
}

extension MeasureLedger {
    /// So many records of the days asked for are looked at.
    private static let maximumScanned = 20_000

    /// The records behind a row.
    ///
    /// - Parameters:
    ///   - key: the row's key.
    ///   - question: the question that the row answers, restricted to its days.
    ///   - limit: how many at most.
    ///   - visibility: what the caller may see.
    /// - Returns: the records, oldest first, and whether there are more.
    /// - Throws: the store's error.
    package func records(
        behind key: String,
        of question: MeasureQuestion,
        limit: Int,
        visibility: MeasureVisibility
    ) async throws -> (records: [MeasuredRecord], hasMore: Bool) {
        try await store.read { transaction in
            let scanned = try CountTables.records(
                of: question.definition.kind,
                from: question.from,
                to: question.to,
                limit: Self.maximumScanned,
                in: transaction
            )
            var found: [MeasuredRecord] = []
            for record in scanned where visibility.includes(agent: record.agent, teams: record.teams) {
                guard let point = record.points.first(where: { $0.measure == question.definition.name }),
                    question.filter?.includes(agent: record.agent, teams: record.teams, place: point.place) ?? true,
                    Self.belongs(record, point, to: key, question.rows)
                else { continue }
                guard found.count < limit else { return (found, true) }
                found.append(MeasuredRecord(id: record.id, conversation: record.conversation, at: record.at))
            }
            return (found, scanned.count == Self.maximumScanned)
        }
    }

    private static func belongs(
        _ record: CountedRecord,
        _ point: Point,
        to key: String,
        _ rows: MeasureQuestion.Rows
    ) -> Bool {
        switch rows {
        case .all: true
        case .day, .week, .month: rows.period(of: record.day) == key
        case .group("agent"): record.agent == key
        case .group("team"): key.isEmpty ? record.teams.isEmpty : Place.names(record.teams).contains(key)
        case .group(let group): Place.value(of: group, in: point.place) == key
        }
    }
}
