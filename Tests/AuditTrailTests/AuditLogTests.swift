import AuditTrail
import Foundation
import Storage
import Testing

@Suite struct AuditLogTests {
    private let store: Store

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("audit-\(UUID().uuidString)")
        store = try Store(folder: folder, migrations: AuditLog.migrations)
        try store.writeNow { transaction throws in
            let events = (1...9).map {
                AuditEvent(actor: "anna", action: "test.change", target: "t\($0)", after: "h\($0)")
            }
            try AuditLog.append(Array(events[..<4]), at: 1_000, in: transaction)
            try AuditLog.append(Array(events[4...]), at: 2_000, in: transaction)
        }
    }

    private func verify() throws -> AuditVerification { try store.readNow { try AuditLog.verify(in: $0) } }

    @Test func `an untouched chain verifies`() throws {
        let result = try verify()
        #expect(result.ok && result.entries == 9 && result.head.count == 64 && result.firstBad == nil)
    }

    @Test(arguments: [
        ("UPDATE audit_entries SET actor = 'eve' WHERE sequence = 5", Int64(5)),
        ("UPDATE audit_entries SET after_hash = NULL, details = 'h3' WHERE sequence = 3", 3),
        ("UPDATE audit_entries SET at_microseconds = 1 WHERE sequence = 1", 1),
        ("DELETE FROM audit_entries WHERE sequence = 6", 6),
        ("DELETE FROM audit_entries WHERE sequence = 9", 9),
        ("DELETE FROM audit_entries", 1),
        (
            "UPDATE audit_entries SET sequence = CASE sequence WHEN 2 THEN -3 WHEN 3 THEN -2 END WHERE sequence IN (2, 3)",
            1
        ),
        ("UPDATE audit_entries SET target = 'x', hash = 'y' WHERE sequence = 9", 9),
    ])
    func `a changed, removed or reordered entry is found at its place`(tampering: String, place: Int64) throws {
        try store.writeNow { try $0.execute(tampering) }
        let result = try verify()
        #expect(!result.ok)
        #expect(result.firstBad == place)
    }

    @Test func `entries are listed from a cursor and a time on`() throws {
        try store.readNow { transaction throws in
            #expect(try AuditLog.entries(after: 7, since: nil, limit: 10, in: transaction).map(\.sequence) == [8, 9])
            #expect(try AuditLog.entries(after: 0, since: 2_000, limit: 2, in: transaction).map(\.sequence) == [5, 6])
        }
    }
}
