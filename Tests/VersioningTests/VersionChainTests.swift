import Foundation
import Storage
import TestStores
import Testing
import Versioning

@Suite struct VersionChainTests {
    private let store: Store
    private let chain = VersionChain(kind: "policy")

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("versions-\(UUID().uuidString)")
        store = try Store(testing: folder, migrations: VersionChain.migrations)
    }

    @Test func `versions are numbered from one, newest first in the history`() throws {
        try store.writeNow { transaction throws in
            for (time, text) in ["one", "two", "three"].enumerated() {
                try chain.append(text, to: "a", by: "anna", at: Int64(time), note: text, in: transaction)
            }
            #expect(try chain.history(of: "a", in: transaction).map(\.number) == [3, 2, 1])
            #expect(try chain.history(of: "a", in: transaction).map(\.note) == ["three", "two", "one"])
            #expect(try chain.live("a", in: transaction) == 3)
            #expect(try chain.content(of: "a", version: 2, in: transaction)?.content == "two")
        }
    }

    @Test func `a rollback makes an earlier version live, and the next publication continues the numbers`() throws {
        try store.writeNow { transaction throws in
            for text in ["one", "two"] { try chain.append(text, to: "a", by: "anna", at: 0, in: transaction) }
            try chain.makeLive(1, of: "a", in: transaction)
            #expect(try chain.live("a", in: transaction) == 1)
            #expect(try chain.append("three", to: "a", by: "anna", at: 1, in: transaction).number == 3)
            #expect(try chain.live("a", in: transaction) == 3)
        }
    }

    @Test func `kinds are separate`() throws {
        try store.writeNow { transaction throws in
            try chain.append("one", to: "a", by: "anna", at: 0, in: transaction)
            #expect(try VersionChain(kind: "script").live("a", in: transaction) == nil)
            #expect(try VersionChain(kind: "script").history(of: "a", in: transaction).isEmpty)
            #expect(try chain.liveVersions(in: transaction).map(\.id) == ["a"])
        }
    }

    @Test func `a chain without versions has none that is live, newest or known`() throws {
        try store.readNow { transaction throws in
            #expect(try chain.latest("a", in: transaction) == 0)
            #expect(try chain.live("a", in: transaction) == nil)
            #expect(try chain.content(of: "a", version: 1, in: transaction) == nil)
            #expect(try chain.version(of: "a", sha256: "x", in: transaction) == nil)
        }
    }

    @Test func `a version that a rollout gives out is not live`() throws {
        try store.writeNow { transaction throws in
            let first = try chain.append("one", to: "a", by: "anna", at: 0, isLive: false, in: transaction)
            #expect(first.number == 1)
            #expect(try chain.live("a", in: transaction) == nil && chain.latest("a", in: transaction) == 1)
            #expect(try chain.append("two", to: "a", by: "anna", at: 1, in: transaction).number == 2)
            #expect(try chain.live("a", in: transaction) == 2)
        }
    }

    @Test func `the number follows the newest version, read here or by the caller`() throws {
        try store.writeNow { transaction throws in
            #expect(try chain.append("one", to: "a", by: "anna", at: 0, after: 0, in: transaction).number == 1)
            #expect(try chain.append("two", to: "a", by: "anna", at: 0, after: 1, in: transaction).number == 2)
            #expect(try chain.append("one", to: "a", by: "anna", at: 0, in: transaction).number == 3)
            let hash = try chain.content(of: "a", version: 1, in: transaction)?.sha256
            #expect(try chain.version(of: "a", sha256: #require(hash), in: transaction) == 3)
        }
    }
}
