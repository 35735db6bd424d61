import DMN
import Foundation
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

    // MARK: Packed cases

    private static func text(_ tally: ReplayTally) -> String {
        let examples = tally.examples.map {
            "\($0.id) \($0.from) \($0.to) \($0.action) \($0.amount?.description ?? "-") \($0.becauseFrom) \($0.becauseTo)"
        }
        let changes = tally.changes.map { "\($0.key.from) \($0.key.to) \($0.value)" }.sorted()
        let delta = tally.amountDelta.map { "\($0.key.code) \($0.value)" }.sorted()
        return "\(tally.cases) \(tally.unreadable) \(tally.firstFault ?? "") \(changes) \(delta) \(examples)"
    }

    private static let sampleFile = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("rules/resolution.dmn")

    private static func samplePolicy() throws -> PolicyReplay {
        let model = try CompiledModel(Array(try Data(contentsOf: sampleFile)), file: "resolution.dmn")
        return try PolicyReplay(Policy(name: "resolution", version: 0, sha256: "", model: model))
    }

    /// A line of a file of cases, right or wrong.
    private static func line(_ number: Int, _ pick: (Int) -> Int) -> String {
        func one(_ texts: [String]) -> String { texts[pick(texts.count)] }
        let amounts = ["5", "10.00", "25.50", "75", "151", "1e2", "0", "-3", "null", "\"5\"", "9999999999999", "1.005"]
        let counts = ["0", "0", "1", "2", "5", "null"]
        let reference = one([
            "{\"type\":\"order\",\"id\":\"o-\(number)\"}", "null", "{\"type\":\"invoice\",\"id\":\"\"}",
        ])
        let customer = one([
            "{\"id\":\"c-1\"}", "{\"id\":\"c-2\",\"segment\":\"signature\"}", "{}", "{\"id\":null}", "[]",
        ])
        let now = one(["1795000000000000", "\"2026-11-21T10:00:00Z\"", "1795000000000000", "\"noon\"", "1.5"])
        let history = one([
            "{}", "{\"customer\":{\"total_30d\":\(one(amounts)),\"same_action\":{\"count_90d\":\(one(counts))}}}",
            """
            {"customer":{"total_30d":\(one(amounts)),"same_action":{"count_90d":\(one(counts)),"count_365d":\(one(counts))}},\
            "agent":{"total_today":\(one(amounts)),"total_1d":\(one(amounts))},"reference":{"count_90d":\(one(counts))}}
            """,
        ])
        return """
            {"outcome":"\(one(["approved", "approval_required", "denied", "maybe"]))","now":\(now),"because":["so"],\
            "request":{"action":"\(one(["refund", "credit", "goodwill", "late_return", "x"]))","amount":\(one(amounts)),\
            "currency":"\(one(["EUR", "EUR", "EUR", "JPY", "XXX"]))","reason":"\(one(["late_delivery", "hardship", "x"]))",\
            "reference":\(reference)},"agent":{"subject":"anna","tier":"\(one(["1", "2", "3", "9"]))","team":"vip"},\
            "customer":\(customer),"history":\(history)\(one(["", ",\"context\":{\"note\":\"a\\nb\"}", ",\"context\":7"]))}
            """
    }

    @Test func `cases that are read into packed values are decided as all others`() throws {
        let replay = try Self.samplePolicy()
        var state: UInt64 = 7
        func pick(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var file: [UInt8] = []
        for number in 0..<1_500 {
            var line = Array(Self.line(number, pick).utf8)
            if pick(20) == 0 { line.remove(at: pick(line.count)) }
            file += line + Array((pick(9) == 0 ? "\n\n" : "\n").utf8)
        }
        var (place, number) = (0, 0)
        var changed = 0
        while true {
            let cases = RecordedCase.cases(of: file, from: &place, number: &number, limit: 100)
            guard !cases.isEmpty else { break }
            let packed = replay.tally(cases)
            #expect(Self.text(packed) == Self.text(replay.tally(cases, isPacked: false)))
            changed += packed.changed
        }
        #expect(place >= file.count && changed > 300)
    }

    /// Facts of a case: two in three are ordinary, the others have whatever a caller can send.
    private static func facts(_ pick: (Int) -> Int) -> CaseFacts {
        let isOrdinary = pick(3) > 0
        func one(_ ordinary: [JSON], or others: [JSON]) -> JSON {
            let values = isOrdinary ? ordinary : ordinary + others
            return values[pick(values.count)]
        }
        func numbers(_ texts: String...) -> [JSON] { texts.compactMap { JSONNumber(text: $0).map(JSON.number) } }
        func amount() -> JSON {
            one(
                numbers("5", "10.00", "25.50", "75", "151"),
                or: numbers("0", "1e2", "-3", "9999999999999", "1.005") + [.null, "5"]
            )
        }
        func count() -> JSON { one(numbers("0", "0", "1", "5"), or: [.null]) }
        let same: JSON = ["count_90d": count(), "count_365d": count()]
        var history: JSONObject = ["customer": ["total_30d": amount(), "same_action": same]]
        if isOrdinary || pick(2) == 0 {
            history["agent"] = ["total_today": amount(), "total_1d": amount()]
            history["reference"] = ["count_90d": count()]
        }
        let customers: [JSONObject] = [
            ["id": "c-1"], ["id": "c-2", "segment": "signature"], ["id": .null], ["é": "x"], [:],
        ]
        let contexts: [JSONObject] = [[:], ["note": "a\nb"], ["key \(pick(6_000))": "x"]]
        return CaseFacts(
            request: [
                "action": one(["refund", "credit", "goodwill", "late_return"], or: ["x"]), "amount": amount(),
                "currency": one(["EUR"], or: ["JPY", "XXX"]), "reason": one(["late_delivery"], or: ["hardship", "x"]),
                "reference": one([["type": "order", "id": "o"]], or: [.null]),
            ],
            agent: [
                "subject": "anna", "tier": one(["1", "2", "3"], or: ["9", .null]),
                "team": one(["vip"], or: [["a", "vip"]]),
            ],
            customer: customers[pick(isOrdinary ? 2 : customers.count)],
            history: history,
            context: contexts[pick(contexts.count)],
            now: 1_795_000_000_000_000 + Int64(pick(1_000_000))
        )
    }

    @Test func `a verdict made on packed values is the interpreter's, with its reasons and rules`() throws {
        let model = try CompiledModel(Array(try Data(contentsOf: Self.sampleFile)), file: "resolution.dmn")
        let policy = try AuthorityPolicy(Policy(name: "resolution", version: 0, sha256: "", model: model))
        var state: UInt64 = 11
        func pick(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var outcomes: [ResolutionOutcome: Int] = [:]
        var packed = 0
        for _ in 0..<1_200 {
            let facts = Self.facts(pick)
            let verdict = policy.verdict(on: facts)
            #expect(verdict == policy.verdict(on: facts, isPacked: false))
            #expect(
                policy.remaining(on: facts).map(\.amount) == policy.remaining(on: facts, isPacked: false).map(\.amount)
            )
            outcomes[verdict.outcome, default: 0] += 1
            if policy.packedVerdict(on: facts) != nil { packed += 1 }
        }
        #expect(packed > 600)
        #expect(
            outcomes.values.allSatisfy { $0 > 10 } && outcomes.count == ResolutionOutcome.allCases.count,
            "\(outcomes)"
        )
    }

    @Test func `a file is cut into its lines, with their numbers`() throws {
        let replay = try Self.replay("{outcome: \"denied\"}")
        let line = Self.line("approved", 1).filter { $0 != UInt8(ascii: "\n") }
        let newline = UInt8(ascii: "\n")
        let file = [newline] + line + [newline, newline] + line + [newline] + line
        var (place, number) = (0, 0)
        let first = RecordedCase.cases(of: file, from: &place, number: &number, limit: 2)
        #expect(replay.tally(first).examples.map(\.id) == ["line 2", "line 4"])
        let rest = RecordedCase.cases(of: file, from: &place, number: &number, limit: 2)
        #expect(replay.tally(rest).examples.map(\.id) == ["line 5"])
        #expect(RecordedCase.cases(of: file, from: &place, number: &number, limit: 2).isEmpty)
    }
}
