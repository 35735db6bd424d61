import AuditTrail
import Foundation
import Storage
import TestStores
import Testing
import Versioning

@Suite struct LiveChainTests {
    private let store: Store
    private let chain = LiveChain(kind: "policy")

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("live-\(UUID().uuidString)")
        store = try Store(
            testing: folder,
            migrations: AuditLog.migrations + VersionChain.migrations + Rollout.migrations
        )
    }

    @discardableResult
    private func put(_ content: String, _ republication: Republication = .allowed) throws -> LiveChain.Placement {
        try store.writeNow { transaction in
            try chain.put(
                content,
                as: "m",
                by: "olga",
                at: 1,
                note: nil,
                republication: republication,
                in: transaction
            )
        }
    }

    @discardableResult
    private func rollBack(to version: Int64) throws -> LiveChain.Rollback? {
        try store.writeNow {
            try chain.rollBack("m", to: version, reason: "mistyped", by: "karl", at: 7_000_000, in: $0)
        }
    }

    private func live() throws -> Int64? { try store.readNow { try chain.versions.live("m", in: $0) } }

    private func listing() throws -> [VersionListing] {
        try #require(try store.readNow { try chain.listing(of: "m", in: $0) })
    }

    @Test func `content in force makes no new version`() throws {
        #expect(try put("a").isNew)
        let again = try put("a", .never)
        #expect(!again.isNew && again.version == 1 && again.standing == .inForce(1))
        #expect(try listing().count == 1)
    }

    @Test func `content that was published before is left alone, or becomes a version that names the earlier one`()
        throws
    {
        for content in ["a", "b"] { try put(content) }
        try rollBack(to: 1)
        let left = try put("b", .never)
        #expect(!left.isNew && left.version == 2)
        #expect(try live() == 1)
        let back = try put("b")
        guard case .earlier(let earlier, live: 1) = back.standing else {
            Issue.record("\(back.standing)")
            return
        }
        #expect(back.isNew && back.version == 3)
        #expect(earlier.text == "version 2, which karl withdrew at 1970-01-01T00:00:07Z (mistyped)")
        #expect(try live() == 3)
    }

    @Test func `a version replaced by a newer one is not withdrawn`() throws {
        for content in ["a", "b"] { try put(content) }
        guard case .earlier(let earlier, live: 2) = try put("a", .never).standing else {
            Issue.record("version 1 is unknown")
            return
        }
        #expect(!earlier.isWithdrawn && earlier.text == "version 1")
        #expect(try live() == 2)
    }

    @Test func `a rollback withdraws later versions once, and a version in force again is no longer withdrawn`()
        throws
    {
        for content in ["a", "b", "c"] { try put(content) }
        #expect(try rollBack(to: 2)?.withdrawn == [3])
        #expect(try rollBack(to: 1)?.withdrawn == [2])
        #expect(try listing().map(\.isInForce) == [false, false, true])
        #expect(try listing().map { $0.withdrawal?.by } == ["karl", "karl", nil])
        #expect(try rollBack(to: 3)?.withdrawn == [])
        #expect(try listing().map { $0.withdrawal == nil } == [true, false, true])
        #expect(try listing().map(\.isInForce) == [true, false, false])
    }

    @Test func `a rollback to the version in force or to an unknown one changes nothing`() throws {
        try put("a")
        #expect(try rollBack(to: 1) == nil)
        #expect(try rollBack(to: 9) == nil)
        #expect(try live() == 1)
    }

    @Test func `a version rolled back before withdrawals were recorded counts as withdrawn`() throws {
        for content in ["a", "b"] { try put(content) }
        try store.writeNow { try chain.versions.makeLive(1, of: "m", in: $0) }
        guard case .earlier(let earlier, live: 1) = try put("b", .never).standing else {
            Issue.record("version 2 is unknown")
            return
        }
        #expect(earlier.isWithdrawn && earlier.text == "version 2, which was rolled back")
    }

    @Test func `what was in force before is told, and content that was never published is unknown`() throws {
        let first = try put("a")
        #expect(first.isNew && first.version == 1 && first.standing == .unknown && first.before == nil)
        let second = try put("b")
        #expect(second.isNew && second.version == 2 && second.standing == .unknown && second.before == first.sha256)
        #expect(first.sha256 != second.sha256)
        let again = try put("b")
        #expect(!again.isNew && again.version == 2 && again.standing == .inForce(2) && again.before == second.sha256)
    }

    @Test func `a thing that was never published has no list, and its rollback does nothing`() throws {
        #expect(try store.readNow { try chain.listing(of: "x", in: $0) } == nil)
        #expect(try rollBack(to: 1) == nil)
    }

    @Test func `a rollback tells the hashes before and after`() throws {
        let (first, second) = (try put("a"), try put("b"))
        let rollback = try #require(try rollBack(to: 1))
        #expect(rollback.before == second.sha256 && rollback.after == first.sha256)
        #expect(try live() == 1)
    }

    @Test(arguments: [(Int64(2), false), (3, true), (1, false)])
    func `only versions above the one in force count as withdrawn without a record`(
        known: Int64,
        isWithdrawn: Bool
    )
        throws
    {
        for content in ["a", "b", "c"] { try put(content) }
        let live: Int64 = known == 2 ? 3 : 2
        try store.writeNow { try chain.versions.makeLive(live, of: "m", in: $0) }
        let content = ["a", "b", "c"][Int(known) - 1]
        guard case .earlier(let earlier, live: _) = try put(content, .never).standing else {
            Issue.record("version \(known) is unknown")
            return
        }
        #expect(earlier.version == known && earlier.isWithdrawn == isWithdrawn)
    }

    // MARK: The audit log

    private func log() throws -> [AuditEvent] {
        try store.readNow { try AuditLog.entries(AuditFilter(limit: 10), in: $0).map(\.event) }
    }

    private func publish(_ content: String) throws -> LiveChain.Placement {
        try store.writeNow { transaction in
            try chain.publish(
                content,
                as: "m",
                target: "policy/m",
                note: "because",
                republication: .allowed,
                by: "olga",
                now: 1,
                in: transaction
            )
        }
    }

    private func rollBackPublicly(to version: Int64) throws -> Bool {
        try store.writeNow {
            try chain.rollBack(
                "m",
                target: "policy/m",
                to: version,
                reason: "mistyped",
                by: "karl",
                now: 2,
                in: $0
            )
        }
    }

    @Test func `a publication is recorded with the hashes, and one that changes nothing is not`() throws {
        let (first, second) = (try publish("a"), try publish("b"))
        #expect(first.isNew && second.isNew)
        #expect(try !publish("b").isNew)
        let events = try log()
        #expect(events.map(\.action) == ["policy.publish", "policy.publish"])
        #expect(events.allSatisfy { $0.target == "policy/m" && $0.actor.name == "olga" })
        #expect(events.map(\.before) == [nil, first.sha256] && events.map(\.after) == [first.sha256, second.sha256])
    }

    @Test func `a rollback is recorded once it is done, and not when there is nothing to do`() throws {
        let (first, second) = (try publish("a"), try publish("b"))
        #expect(try !rollBackPublicly(to: 2) && !rollBackPublicly(to: 9))
        #expect(try log().count == 2)
        #expect(try rollBackPublicly(to: 1))
        let event = try #require(try log().last)
        #expect(event.action == "policy.rollback" && event.actor.name == "karl" && event.target == "policy/m")
        #expect(event.before == second.sha256 && event.after == first.sha256)
    }
}
