import Foundation
import Storage
import TestStores
import Testing
import Versioning

@Suite struct RolloutTests {
    private let rollout = Rollout(kind: "thing")

    private func store() throws -> Store {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rollout-\(UUID().uuidString)")
        return try Store(testing: folder, migrations: VersionChain.migrations + Rollout.migrations)
    }

    private func subjects(_ count: Int) -> [String] { (0..<count).map { "agent-\($0)" } }

    private func version(_ subject: String, _ teams: [String] = [], _ entries: [RolloutEntry]) -> Int64? {
        rollout.version(for: subject, teams: teams, of: "a", among: entries)
    }

    @Test(arguments: [0.0, 1, 10, 33.3, 50, 99.5, 100])
    func `a share includes about that many subjects`(percent: Double) {
        let audience = Audience(percent: percent, teams: nil)
        let reached = subjects(20_000).count { audience.includes($0, teams: [], seed: "s") }
        #expect(abs(Double(reached) / 200 - percent) < 1.2)
    }

    @Test func `a larger share includes the subjects of a smaller one`() {
        var before: Set<String> = []
        for percent in stride(from: 0.0, through: 100, by: 5) {
            let audience = Audience(percent: percent, teams: nil)
            let reached = Set(subjects(500).filter { audience.includes($0, teams: [], seed: "s") })
            #expect(reached.isSuperset(of: before))
            before = reached
        }
    }

    @Test func `different versions reach different subjects first`() {
        let audience = Audience(percent: 10, teams: nil)
        let first = Set(subjects(2_000).filter { audience.includes($0, teams: [], seed: "1") })
        let second = Set(subjects(2_000).filter { audience.includes($0, teams: [], seed: "2") })
        #expect(first.intersection(second).count < 60)
    }

    @Test func `subjects outside the audience keep their version`() throws {
        let store = try store()
        let entries = try store.writeNow { transaction throws in
            try rollout.give(1, of: "a", to: .everybody, in: transaction)
            try rollout.give(2, of: "a", to: Audience(percent: 10, teams: ["billing"]), in: transaction)
            return try rollout.entries(of: "a", in: transaction)
        }
        let billing = subjects(2_000).count { version($0, ["billing", "vip"], entries) == 2 }
        #expect((100...300).contains(billing))
        #expect(subjects(500).allSatisfy { version($0, ["returns"], entries) == 1 && version($0, [], entries) == 1 })
    }

    @Test func `removing a version restores the one below`() throws {
        let entries = try store().writeNow { transaction throws in
            try rollout.give(1, of: "a", to: .everybody, in: transaction)
            try rollout.give(2, of: "a", to: .everybody, in: transaction)
            try rollout.give(2, of: "a", to: Audience(share: 0), in: transaction)
            return try rollout.entries(of: "a", in: transaction)
        }
        #expect(version("anna", [], entries) == 1)
        #expect(version("anna", [], []) == nil)
    }

    @Test func `a rollback withdraws later versions until they are rolled out again`() throws {
        try store().writeNow { transaction throws in
            for number in Int64(1)...3 { try rollout.give(number, of: "a", to: .everybody, in: transaction) }
            let withdrawn = try rollout.rollBack("a", to: 1, reason: "wrong", by: "olga", at: 7, in: transaction)
            #expect(withdrawn == [2, 3])
            let entries = try rollout.entries(of: "a", in: transaction)
            #expect(version("anna", [], entries) == 1)
            let reasons = try rollout.withdrawals(of: "a", in: transaction)
            #expect(reasons.keys.sorted() == [2, 3])
            #expect(reasons[3]?.reason == "wrong" && reasons[3]?.by == "olga" && reasons[3]?.at == 7)
            try rollout.give(3, of: "a", to: .everybody, in: transaction)
            let (again, left) = (
                try rollout.entries(of: "a", in: transaction), try rollout.withdrawals(of: "a", in: transaction)
            )
            #expect(version("anna", [], again) == 3)
            #expect(left.keys.sorted() == [2])
        }
    }

    @Test func `things of one kind are listed separately`() throws {
        let all = try store().writeNow { transaction throws in
            try rollout.give(1, of: "a", to: .everybody, in: transaction)
            try rollout.give(4, of: "b", to: .everybody, in: transaction)
            try Rollout(kind: "other").give(9, of: "c", to: .everybody, in: transaction)
            return try rollout.entries(in: transaction)
        }
        #expect(all.mapValues { $0.map(\.version) } == ["a": [1], "b": [4]])
    }

    @Test func `the latest rollout is on top, also of a version that was rolled out before`() throws {
        let entries = try store().writeNow { transaction throws in
            for number in [1, 2, 3] as [Int64] {
                try rollout.give(number, of: "a", to: .everybody, in: transaction)
            }
            try rollout.give(1, of: "a", to: Audience(share: 1, teams: ["b", "a"]), in: transaction)
            return try rollout.entries(of: "a", in: transaction)
        }
        #expect(
            entries == [
                RolloutEntry(version: 1, audience: Audience(share: 1, teams: ["a", "b"])),
                RolloutEntry(version: 3, audience: .everybody), RolloutEntry(version: 2, audience: .everybody),
            ]
        )
    }

    @Test func `a share of nothing takes a version off, and one that was never on changes nothing`() throws {
        let entries = try store().writeNow { transaction throws in
            try rollout.give(1, of: "a", to: .everybody, in: transaction)
            try rollout.give(2, of: "a", to: Audience(share: 0), in: transaction)
            return try rollout.entries(of: "a", in: transaction)
        }
        #expect(entries == [RolloutEntry(version: 1, audience: .everybody)])
    }

    @Test func `a rollback to the version on top withdraws nothing, and gives it to everybody`() throws {
        try store().writeNow { transaction throws in
            try rollout.give(1, of: "a", to: .everybody, in: transaction)
            try rollout.give(2, of: "a", to: Audience(share: 10), in: transaction)
            let withdrawn = try rollout.rollBack("a", to: 2, reason: "good", by: "olga", at: 7, in: transaction)
            #expect(withdrawn == [])
            #expect(try rollout.withdrawals(of: "a", in: transaction).isEmpty)
            #expect(
                try rollout.entries(of: "a", in: transaction).first == RolloutEntry(version: 2, audience: .everybody)
            )
        }
    }
}
