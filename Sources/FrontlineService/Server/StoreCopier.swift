import Access
package import AuditTrail
import Conversations
import Foundation
import PostgresStorage
import SQLiteStorage
package import Storage

/// Copies a store into a new one, of the same or of the other kind of database, while servers go on with the first.
///
/// - The copy is the source as of one moment. What is written to it later is not in the copy, and the report says so.
/// - All tables go along, with the numbers that were given (counters, cursors, sequences of changes), the ids and the keys behind private
///   names. What belongs to running servers stays behind.
/// - The copy is a history of its own: both stores may go on, and then the same numbers would be given for different things. So it
///   begins an ``Store/Epoch``. Who has read what both have in common goes on with it, and who has read more is told of the gap.
/// - The source notes in its audit log who copied it, before the moment of the copy. So the entry is in both, and the
///   chain of the copy ends with the same hash.
package enum StoreCopier {
    /// What was copied.
    package struct Report: Sendable {
        /// The time of the view that was copied, in microseconds since 1970, and the audit log in it.
        package let at: Int64
        package let auditEntries: Int64
        package let auditHead: String
        package let tables: [StoreCopy.Table]
        /// The name of the history that the copy begins; nil if both sides differ, and nothing was published.
        package fileprivate(set) var epoch: String?
        /// Whether somebody wrote to the source while it was copied.
        package fileprivate(set) var isSourceChanged = false

        /// Whether both sides have the same rows in every table.
        package var isEqual: Bool { tables.allSatisfy(\.isEqual) }
        package var rows: Int64 { tables.reduce(0) { $0 + $1.source.rows } }
    }

    /// Tables about servers that run, whose rows stay behind.
    private static let ownTables = Set([Duty.table] + NodeTable.tables)
    /// Tables in which a store has rows as soon as it was opened.
    private static let unusedTables = ownTables.union(Store.tablesOfAnOpenedStore)
        .union([TokenRegistry.upgradesTable, ConversationStore.upgradesTable])
    private static let readLimit = Duration.seconds(7 * 24 * 3_600)

    /// The tables that are copied, in the order in which they were made.
    package static let tables = Migration.tables(madeBy: Store.ownMigrations + DataFolder.migrations)
        .filter { !ownTables.contains($0) }

    /// Copies a store.
    ///
    /// - Parameters:
    ///   - from: the source, which has the tables of this program.
    ///   - to: a folder or database without a store, or with one that nobody has used.
    ///   - actor: who copies it, for the audit log of the source.
    ///   - now: the clock.
    ///   - progress: told every ten thousand rows.
    /// - Returns: what was copied; where both sides differ, there is no copy.
    /// - Throws: `StorageError`; nothing is then left at the target but empty tables.
    package static func run(
        from: StoreAddress,
        to: StoreAddress,
        by actor: AuditActor,
        now: @Sendable () -> Int64 = DataFolder.systemClock,
        progress: @escaping (StoreCopy.Progress) -> Void = { _ in }
    ) throws -> Report {
        guard from != to else {
            throw StorageError(code: .cannotOpen, message: "\(from) cannot be copied into itself")
        }
        try checkSource(from)
        let target = try target(at: to)
        defer { target.discard() }
        let source = try open(from)
        defer { try? source.close() }
        let begun = now()
        try source.writeNow { transaction in
            let event = AuditEvent(actor: actor, action: "store.copy", target: "store", text: to.description)
            try AuditLog.append([event], at: begun, in: transaction)
        }
        // Before the view is taken: a commit in between is told although it is in the copy, and none is missed.
        let mark = try source.commitMarkNow()
        var report = try source.readNow { view in
            let head = try AuditLog.head(in: view)
            return Report(
                at: now(),
                auditEntries: head.entries,
                auditHead: head.hash,
                tables: try StoreCopy(from: view, to: target, progress: progress).run(tables)
            )
        }
        report.isSourceChanged = try source.commitMarkNow() != mark
        guard report.isEqual else { return report }
        report.epoch = try target.write { transaction in
            try Store.beginEpoch(isNew: true, now: now(), in: transaction)
            return try Store.epoch(in: transaction)?.name
        }
        if case .folder(let path) = to { removeIndexes(in: path) }
        try target.publish()
        return report
    }

    private static func checkSource(_ address: StoreAddress) throws {
        let state: SchemaState =
            switch address {
            case .folder(let path): try StoreFile.schema(file(path), migrations: DataFolder.migrations)
            case .database(let database, _):
                try PostgresProbe.schema(PostgresSettings(address: database.text), migrations: DataFolder.migrations)
            }
        let fault: String? =
            switch state {
            case .current: nil
            case .absent: "there is no store in \(address)"
            case .newer: "\(address) was written by a newer version of frontline; copy it with that version"
            case .older(let missing):
                "\(address) was written by an older version of frontline (\(missing) steps of its schema are missing); "
                    + "start this version on it once, then copy it"
            }
        if let fault { throw StorageError(code: .cannotOpen, message: fault) }
    }

    private static func target(at address: StoreAddress) throws -> any CopyTarget {
        switch address {
        case .folder(let path):
            try SQLiteCopyTarget(folder: folder(path), migrations: DataFolder.migrations)
        case .database(let database, _):
            try PostgresCopyTarget(
                PostgresSettings(address: database.text),
                migrations: DataFolder.migrations,
                idle: unusedTables
            )
        }
    }

    private static func open(_ address: StoreAddress) throws -> Store {
        guard case .folder(let path) = address else {
            return try address.open(dataFolder: URL(fileURLWithPath: "/"), readLimit: readLimit)
        }
        return try address.open(dataFolder: folder(path))
    }

    /// A saved index of an earlier store in the folder would be taken for one of the copy.
    private static func removeIndexes(in path: String?) {
        for name in DataFolder.indexFiles {
            try? FileManager.default.removeItem(at: folder(path).appendingPathComponent(name))
        }
    }

    private static func folder(_ path: String?) -> URL { URL(fileURLWithPath: path ?? ".frontline") }

    private static func file(_ path: String?) -> String { folder(path).appendingPathComponent(StoreFile.name).path }
}
