import Storage
import Vocabulary

/// A sum that is not what the record says.
package struct MeasureDifference: Sendable, Hashable {
    package let measure: String
    package let version: Int64
    /// The day's name.
    package let day: String
    package let agent: String
    package let teams: [String]
    /// The other groups, as `name=value`.
    package let groups: [String]
    /// The number of records: as kept, and as counted from the record.
    package let kept: Int64
    package let counted: Int64
    /// Their sums, likewise; equal where only the numbers of records differ.
    package let keptTotal: Double
    package let countedTotal: Double
}

extension MeasureLedger {
    /// So many records a day holds at most for a recount, a few hundred bytes each.
    private static let maximumRecords = 2_000_000

    /// Counts a day anew from the record, each measure with the version that counted on that day.
    ///
    /// Records that are not in the record any more count as they were last counted.
    ///
    /// - Parameters:
    ///   - day: the day.
    ///   - isCheck: whether only the differences are told; else the day's sums are replaced where they differ.
    /// - Returns: the sums that are not what the record says.
    /// - Throws: the store's error.
    package func recount(_ day: Int64, isCheck: Bool) async throws -> [MeasureDifference] {
        guard !isCheck else { return try await store.read { try differences(day, in: $0) } }
        return try await store.write { transaction in
            let (book, days) = (try measures.book(in: transaction), try measures.days(in: transaction))
            let found = try differences(day, in: transaction)
            for source in sources where book.counts(source.kind) {
                for id in try ids(day, source, in: transaction) { try count(id, source, book, days, in: transaction) }
            }
            // What is left is in the sums alone.
            guard try !sumsMatch(day, in: transaction) else { return found }
            for source in sources {
                let names = book.names(of: source.kind)
                try CountTables.deleteSums(of: names, on: day, in: transaction)
                for record in try records(day, source.kind, in: transaction) {
                    for point in record.points { try CountTables.add(point, of: record, sign: 1, in: transaction) }
                }
            }
            return found
        }
    }

    /// The records that may count on a day: those that the record dates about then, and those that were counted then.
    private func ids(_ day: Int64, _ source: any FactSource, in transaction: some SQLReading) throws -> [String] {
        let range = MeasureDays.range(of: day)
        let dated = try source.ids(from: range.from, to: range.to, in: transaction)
        return Set(dated).union(try records(day, source.kind, in: transaction).map(\.id)).sorted()
    }

    private func records(_ day: Int64, _ kind: RecordKind, in transaction: some SQLReading) throws -> [CountedRecord] {
        try CountTables.records(of: kind, from: day, to: day + 1, limit: Self.maximumRecords, in: transaction)
    }

    private func sumsMatch(_ day: Int64, in transaction: some SQLReading) throws -> Bool {
        let book = try measures.book(in: transaction)
        return try sources.allSatisfy { source in
            let kept = try CountTables.sums(of: book.names(of: source.kind), on: day, in: transaction)
            return kept == Self.sums(try records(day, source.kind, in: transaction))
        }
    }

    private func differences(_ day: Int64, in transaction: some SQLReading) throws -> [MeasureDifference] {
        let (book, days) = (try measures.book(in: transaction), try measures.days(in: transaction))
        return try sources.filter { book.counts($0.kind) }.flatMap { source in
            let records = try ids(day, source, in: transaction).compactMap { id -> CountedRecord? in
                guard let record = try source.record(id, in: transaction) else {
                    return try CountTables.record(id, of: source.kind, in: transaction)
                }
                return book.count(record, kind: source.kind, days: days)
            }
            let counted = Self.sums(records.filter { $0.day == day })
            let kept = try CountTables.sums(of: book.names(of: source.kind), on: day, in: transaction)
            return Set(counted.keys).union(kept.keys).filter { counted[$0] != kept[$0] }
                .map { MeasureDifference($0, kept: kept[$0] ?? Sums(), counted: counted[$0] ?? Sums()) }
        }.sorted { ($0.measure, $0.agent, $0.groups.joined()) < ($1.measure, $1.agent, $1.groups.joined()) }
    }

    private static func sums(_ records: [CountedRecord]) -> [SumKey: Sums] {
        var sums: [SumKey: Sums] = [:]
        for record in records {
            for point in record.points { sums[SumKey(record, point), default: Sums()].add(Sums(point.contribution)) }
        }
        return sums
    }
}

extension MeasureDifference {
    init(_ key: SumKey, kept: Sums, counted: Sums) {
        self.init(
            measure: key.measure,
            version: key.version,
            day: MeasureDays.name(of: key.day),
            agent: key.agent,
            teams: Place.names(key.teams),
            groups: Place.names(key.place),
            kept: kept.n,
            counted: counted.n,
            keptTotal: Double(kept.total) / Double(Contribution.one),
            countedTotal: Double(counted.total) / Double(Contribution.one)
        )
    }
}

extension MeasureBook {
    /// Whether there is a measure of a kind, or was.
    func counts(_ kind: RecordKind) -> Bool { versions.values.contains { $0.kind == kind } }

    /// The measures of a kind, whatever their version.
    func names(of kind: RecordKind) -> [String] {
        Set(versions.filter { $0.value.kind == kind }.map(\.key.measure)).sorted()
    }
}
