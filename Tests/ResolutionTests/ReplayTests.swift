import DMN
import Policies
import Resolution
import Testing
import Vocabulary

@Suite struct ReplayTests {
    private static func replay(_ expression: String) throws -> PolicyReplay {
        let model = try CompiledModel(Array(Office.model(expression).utf8))
        return try PolicyReplay(Policy(name: "resolution", version: 0, sha256: "", model: model))
    }

    private static func line(_ outcome: String, _ amount: Int, now: String = "\"2026-11-21T10:00:00Z\"") -> [UInt8] {
        Array(
            """
            {"outcome": "\(outcome)", "now": \(now), "agent": {}, "customer": {}, "history": {}, "because": ["as it was"],
            "request": {"action": "refund", "amount": \(amount), "currency": "EUR", "reason": "late"}}
            """.utf8
        )
    }

    @Test func `cases of a file are replayed, changes counted by kind and money added up`() throws {
        let replay = try Self.replay(
            "{outcome: if request.amount <= 20 and now.year = 2026 then \"approved\" else \"denied\", reason: \"new\"}"
        )
        let cases = [("approved", 10), ("approved", 30), ("approved", 40), ("denied", 5), ("approval_required", 7)]
        let tally = replay.tally(
            cases.enumerated().map { RecordedCase(line: Self.line($1.0, $1.1), number: $0 + 1) }
        )
        #expect(tally.cases == 5)
        #expect(tally.changed == 4)
        #expect(tally.changes[.init(from: .approved, to: .denied)] == 2)
        #expect(tally.changes[.init(from: .approvalRequired, to: .approved)] == 1)
        #expect(tally.amountDelta.map { $0.key.text(ofMinorUnits: $0.value) } == ["-58.00"])
        #expect(tally.examples.first?.becauseFrom == ["as it was"])
        #expect(tally.examples.first?.becauseTo == ["new"])
    }

    @Test func `a line that is no case is counted and told, and the others go on`() throws {
        let replay = try Self.replay("{outcome: \"approved\"}")
        let lines: [[UInt8]] = [
            Array("{".utf8), Array("{}".utf8), Self.line("maybe", 1), Self.line("approved", 1, now: "\"noon\""),
            Self.line("approved", 1, now: "1795000000000000"),
        ]
        let tally = replay.tally(lines.enumerated().map { RecordedCase(line: $1, number: $0 + 1) })
        #expect(tally.cases == 1)
        #expect(tally.unreadable == 4)
        #expect(tally.firstFault != nil)
    }

    @Test func `parts of a replay come together as if they were one`() throws {
        let replay = try Self.replay("{outcome: \"denied\"}")
        let cases = (1...30).map { RecordedCase(line: Self.line("approved", $0), number: $0) }
        var parts = replay.tally(Array(cases[..<7]))
        parts.merge(replay.tally(Array(cases[7...])))
        let whole = replay.tally(cases)
        #expect(parts.cases == whole.cases && parts.changes == whole.changes)
        #expect(parts.amountDelta == whole.amountDelta)
        #expect(parts.examples.map(\.id) == whole.examples.map(\.id))
    }
}
