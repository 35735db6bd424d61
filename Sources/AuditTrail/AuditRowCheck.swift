package import Storage

/// What became of rows that the log vouches for: those of one kind, compared with the hashes in the log.
package struct AuditRowCheck: Sendable, Hashable {
    /// A row that is not what the log says.
    package struct Fault: Sendable, Hashable {
        /// The kind of row, such as `resolution`.
        package let kind: String
        /// Its id.
        package let id: String
        /// What is wrong with it.
        package let problem: String
    }

    /// More faults than this are counted, not kept.
    private static let maximumFaults = 100

    /// The kind of row.
    package let kind: String
    /// How many rows were compared.
    package private(set) var checked = 0
    /// The first faults.
    package private(set) var faults: [Fault] = []
    /// How many there are in all.
    package private(set) var faultCount = 0

    package init(kind: String) { self.kind = kind }

    /// Notes a row that was compared; `problem` is nil for one that is as the log says.
    package mutating func note(_ id: String, _ problem: String?) {
        checked += 1
        guard let problem else { return }
        faultCount += 1
        if faults.count < Self.maximumFaults { faults.append(Fault(kind: kind, id: id, problem: problem)) }
    }
}

extension AuditLog {
    /// Hands over, of every thing that a module changed, the last entry that has a hash of it, in the order of the log.
    package static func forEachLatest(
        ofModule module: String,
        in transaction: some SQLReading,
        _ body: (AuditEntry) throws -> Void
    ) throws {
        try AuditTable.forEachLatest(from: module + ".", to: module + "/", in: transaction, body)
    }

    /// Whether an entry vouches for a content of a thing.
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

/// The hash of a row that the log is to vouch for: every value preceded by its length, nil like nothing else.
package enum AuditRowHash {
    package static func hash(_ values: [String?]) -> String {
        ContentHash.sha256(values.reduce(into: "") { $0 += $1.map { "\($0.utf8.count):\($0)" } ?? "-" })
    }
}
