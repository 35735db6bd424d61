import AuditTrail
import Foundation
import Storage
import TestStores
import Testing
import Vocabulary

@Suite struct AuditLogTests {
    private let store: Store

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("audit-\(UUID().uuidString)")
        store = try Store(testing: folder, migrations: AuditLog.migrations)
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
            var filter = AuditFilter(after: 7, limit: 10)
            #expect(try AuditLog.entries(filter, in: transaction).map(\.sequence) == [8, 9])
            filter = AuditFilter(limit: 2)
            filter.since = 2_000
            #expect(try AuditLog.entries(filter, in: transaction).map(\.sequence) == [5, 6])
            filter = AuditFilter(limit: 100)
            filter.until = 2_000
            #expect(try AuditLog.entries(filter, in: transaction).map(\.sequence) == [1, 2, 3, 4])
        }
    }

    @Test func `missing and empty values are distinguished`() throws {
        try store.writeNow { try $0.execute("UPDATE audit_entries SET details = '' WHERE sequence = 7") }
        #expect(try verify().firstBad == 7)
        try store.writeNow { try $0.execute("UPDATE audit_entries SET details = NULL WHERE sequence = 7") }
        #expect(try verify().ok)
    }

    @Test(arguments: ["token_id", "roles", "system_user", "on_behalf_of", "text_sha256"])
    func `the complete actor is sealed`(column: String) throws {
        try store.writeNow { try $0.execute("UPDATE audit_entries SET \(column) = 'x' WHERE sequence = 4") }
        #expect(try verify().firstBad == 4)
    }

    @Test func `a noted head is found as long as nothing before it was changed`() throws {
        let head = try verify().head
        try store.writeNow { try AuditLog.append([.init(actor: "a", action: "b.c", target: "d")], at: 3, in: $0) }
        let later = try store.readNow { try AuditLog.verify(notedHead: head, in: $0) }
        #expect(later.ok && later.notedHeadAt == 9)
        // A chain recomputed from the first entry is consistent, but does not contain the noted head.
        try store.writeNow { transaction throws in
            try transaction.execute("DELETE FROM audit_entries")
            try transaction.execute("DELETE FROM audit_head")
            let events = (1...10).map { AuditEvent(actor: "eve", action: "test.change", target: "t\($0)") }
            try AuditLog.append(events, at: 1_000, in: transaction)
        }
        #expect(try verify().ok)
        let forged = try store.readNow { try AuditLog.verify(notedHead: head, in: $0) }
        #expect(!forged.ok && forged.notedHeadAt == nil)
    }

    @Test func `entries are found by actor, action and object`() throws {
        let chief = AuditActor("olga", tokenID: "tok_1", roles: ["operations", "agent"])
        let machine = AuditActor("command line", systemUser: "root")
        try store.writeNow { transaction throws in
            let events = [
                AuditEvent(actor: chief, action: "policy.publish", target: "resolution"),
                AuditEvent(actor: machine, action: "policy.rollback", target: "resolution"),
                AuditEvent(actor: "ears", onBehalfOf: "olga", action: "conversation.open", target: "c1"),
                AuditEvent(actor: "eve", action: "policyx.publish", target: "c2"),
            ]
            try AuditLog.append(events, at: 3_000, in: transaction)
        }
        func found(_ change: (inout AuditFilter) -> Void) throws -> [Int64] {
            var filter = AuditFilter(limit: 100)
            change(&filter)
            return try store.readNow { try AuditLog.entries(filter, in: $0).map(\.sequence) }
        }
        #expect(try found { $0.subject = "olga" } == [10, 12])
        #expect(try found { $0.subject = "root" } == [11])
        #expect(try found { $0.action = "policy" } == [10, 11])
        #expect(try found { $0.action = "policy.rollback" } == [11])
        #expect(try found { $0.objects = ["c1", "c2"] } == [12, 13])
        #expect(try found { ($0.subject, $0.action) = ("olga", "policy") } == [10])
        let entry = try store.readNow { try AuditLog.entries(AuditFilter(object: "resolution"), in: $0) }
        #expect(entry.first?.event.actor == chief && chief.roles == ["agent", "operations"])
    }

    @Test func `a caller's text is stored outside the chain and can be erased`() throws {
        let secret = "Mia Miller asked for it"
        try store.writeNow { transaction throws in
            let event = AuditEvent(actor: "anna", action: "test.note", target: "c1", text: secret)
            try AuditLog.append([event], at: 3_000, in: transaction)
        }
        let listed = try store.readNow { try AuditLog.entries(AuditFilter(object: "c1"), in: $0) }
        #expect(listed.first?.text?.text == secret && listed.first?.text?.length == 23)
        try store.writeNow { try $0.execute("UPDATE audit_texts SET text = 'Eve asked for it'") }
        #expect(try verify().firstBad == 10)
        #expect(try store.writeNow { try AuditLog.eraseTexts(of: ["c1", "c9"], in: $0) } == 1)
        #expect(try verify().ok)
        let left = try store.readNow { try AuditLog.entries(AuditFilter(object: "c1"), in: $0) }
        #expect(left.first?.text?.state == .erased && left.first?.text?.text == nil)
    }

    @Test func `the same text has a different hash each time, so that it cannot be guessed`() throws {
        try store.writeNow { transaction throws in
            let event = AuditEvent(actor: "anna", action: "test.note", target: "c1", text: "refund")
            try AuditLog.append([event, event], at: 3_000, in: transaction)
        }
        var filter = AuditFilter(object: "c1")
        filter.limit = 2
        let texts = try store.readNow { [filter] in try AuditLog.entries(filter, in: $0) }.map(\.text?.sha256)
        #expect(texts.count == 2 && texts[0] != texts[1])
    }
}

/// Chains written by the first release.
@Suite struct OldChainTests {
    private let store: Store

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("audit-\(UUID().uuidString)")
        store = try Store(testing: folder, migrations: AuditLog.migrations)
        try store.writeNow { transaction throws in
            var previous = ""
            for number in 1...3 {
                let parts = [previous, "\(number)", "5", "anna", "test.change", "t", "", "h", "because"]
                let hash = ContentHash.sha256(parts.reduce("") { $0 + "\($1.utf8.count):\($1)" })
                try transaction.execute(
                    """
                    INSERT INTO audit_entries (sequence, at_microseconds, actor, action, target, after_hash, details,
                        previous_hash, hash) VALUES ($1, 5, 'anna', 'test.change', 't', 'h', 'because', $2, $3)
                    """,
                    [.integer(Int64(number)), .text(previous), .text(hash)]
                )
                previous = hash
            }
            try transaction.execute(
                "INSERT INTO audit_head (name, entries, hash) VALUES ('head', 3, $1)",
                [.text(previous)]
            )
            try AuditLog.append([.init(actor: "olga", action: "test.new", target: "t")], at: 6, in: transaction)
        }
    }

    private func verify() throws -> AuditVerification { try store.readNow { try AuditLog.verify(in: $0) } }

    @Test func `an old chain still verifies and continues in the new form`() throws {
        let found = try verify()
        #expect(found.ok && found.entries == 4)
    }

    @Test(arguments: [
        ("UPDATE audit_entries SET details = 'x' WHERE sequence = 2", Int64(2)),
        ("UPDATE audit_entries SET form = 2 WHERE sequence = 3", 3),
        ("UPDATE audit_entries SET form = 1 WHERE sequence = 4", 4),
        ("UPDATE audit_entries SET form = 3 WHERE sequence = 4", 4),
    ])
    func `a change of an old entry, or of a form, is found`(tampering: String, place: Int64) throws {
        try store.writeNow { try $0.execute(tampering) }
        #expect(try verify().firstBad == place)
    }

    @Test func `an actor cannot be added to an old entry, whose form does not seal it`() throws {
        try store.writeNow { try $0.execute("UPDATE audit_entries SET token_id = 'tok_1' WHERE sequence = 1") }
        #expect(try verify().firstBad == 1)
    }
}
