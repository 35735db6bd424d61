package import Storage

/// The result of comparing rows of one kind with the hashes in the log.
package struct AuditRowCheck: Sendable, Hashable {
    /// A row that differs from the log.
    package struct Fault: Sendable, Hashable {
        /// The kind of row, such as `resolution`.
        package let kind: String
        /// The id of the row.
        package let id: String
        /// What is wrong with the row.
        package let problem: String
    }

    /// The number of faults stored; further ones are only counted.
    private static let maximumFaults = 100

    /// The kind of the rows.
    package let kind: String
    /// The number of rows compared.
    package private(set) var checked = 0
    /// The first faults.
    package private(set) var faults: [Fault] = []
    /// The total number of faults.
    package private(set) var faultCount = 0

    package init(kind: String) { self.kind = kind }

    /// Records a compared row; `problem` is nil if it agrees with the log.
    package mutating func note(_ id: String, _ problem: String?) {
        checked += 1
        guard let problem else { return }
        faultCount += 1
        if faults.count < Self.maximumFaults { faults.append(Fault(kind: kind, id: id, problem: problem)) }
    }
}

extension AuditLog {
    /// Calls `body` with the last entry that has a content hash for every thing changed by a module, in the order of
    /// the log.
    package static func forEachLatest(
        ofModule module: String,
        in transaction: some SQLReading,
        _ body: (AuditEntry) throws -> Void
    ) throws {
        try AuditTable.forEachLatest(from: module + ".", to: module + "/", in: transaction, body)
    }

    /// Whether an entry contains a given content hash of a thing.
    package static func vouches(
        for hash: String,
        of target: String,
        in transaction: some SQLReading
    ) throws -> Bool {
        try transaction.first(
            "SELECT 1 FROM audit_entries WHERE target = $1 AND after_hash = $2 LIMIT 1",
            [.text(target), .text(hash)]
        ) { _ in true } ?? false
    }
}

/// Computes the hash of a row for the log: every value is preceded by its length, and nil is distinct from any value.
package enum AuditRowHash {
    package static func hash(_ values: [String?]) -> String {
        ContentHash.sha256(values.reduce(into: "") { $0 += $1.map { "\($0.utf8.count):\($0)" } ?? "-" })
    }
}
