import Foundation
import Storage
import Testing
import Versioning

@Suite struct LiveChainTests {
    private let store: Store
    private let chain = LiveChain(kind: "policy")

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("live-\(UUID().uuidString)")
        store = try Store(folder: folder, migrations: VersionChain.migrations + Rollout.migrations)
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
}
