import AuditTrail
import DMN
import FEEL
import Foundation
import Policies
import Storage
import TestStores
import Testing
import Versioning
import Vocabulary

@Suite struct PolicyStoreTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("policies-\(UUID().uuidString)")
    private let policies: PolicyStore
    private let store: Store

    init() throws {
        store = try Store(
            testing: folder,
            migrations: AuditLog.migrations + VersionChain.migrations + Rollout.migrations
        )
        policies = PolicyStore(store: store)
    }

    /// A model whose decision `limit` answers a number for a tier.
    private func model(_ limit: String, type: String = "number") -> String {
        """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">
        <inputData id="i" name="tier"><variable name="tier" typeRef="string"/></inputData>
        <inputData id="d" name="since"><variable name="since" typeRef="date"/></inputData>
        <decision id="x" name="limit"><variable name="limit" typeRef="\(type)"/>
        <informationRequirement><requiredInput href="#i"/></informationRequirement>
        <decisionTable hitPolicy="UNIQUE"><input><inputExpression typeRef="string"><text>tier</text></inputExpression></input>
        <output/><rule id="r1"><inputEntry><text>"1"</text></inputEntry><outputEntry><text>\(limit)</text></outputEntry></rule>
        </decisionTable></decision>
        <decision id="y" name="year"><variable name="year"/><informationRequirement><requiredInput href="#d"/>
        </informationRequirement><literalExpression><text>since.year</text></literalExpression></decision>
        </definitions>
        """
    }

    private func limit(_ tier: String, version: Int64? = nil) async throws -> JSON {
        try await policies.policy("m", version: version).evaluate(
            "limit",
            input: ["tier": .string(tier)],
            now: { .epoch }
        )
        .result
    }

    @Test func `a published policy decides at once, and says which rule did`() async throws {
        let publication = try await policies.publish("m", source: model("10.50"), by: "olga", now: 1)
        #expect(publication.policy.version == 1)
        let answer = try await policies.policy("m").evaluate("limit", input: ["tier": "1"], now: { .epoch })
        #expect(answer.result == .number(try #require(JSONNumber(text: "10.50"))))
        #expect(answer.because.contains { $0.contains("r1") })
    }

    @Test func `a gap is a warning and not an error`() async throws {
        let publication = try await policies.publish("m", source: model("10"), by: "olga", now: 1)
        #expect(publication.warnings.contains { $0.code == .gap })
    }

    @Test func `whoever holds a version finishes on it`() async throws {
        _ = try await policies.publish("m", source: model("10"), by: "olga", now: 1)
        let held = try await policies.policy("m")
        _ = try await policies.publish("m", source: model("20"), by: "olga", now: 2)
        #expect(try held.evaluate("limit", input: ["tier": "1"], now: { .epoch }).result == 10)
        #expect(try await limit("1") == 20)
        #expect(try await limit("1", version: 1) == 10)
    }

    @Test func `a rollback is in force at once, in every process`() async throws {
        for (time, text) in ["10", "20"].enumerated() {
            _ = try await policies.publish("m", source: model(text), by: "olga", now: Int64(time))
        }
        let elsewhere = PolicyStore(
            store: try Store(
                testing: folder,
                migrations: AuditLog.migrations + VersionChain.migrations + Rollout.migrations
            )
        )
        #expect(try await elsewhere.policy("m").version == 2)
        _ = try await policies.rollback("m", to: 1, reason: "too dear", by: "olga", now: 3)
        #expect(try await elsewhere.policy("m").version == 1)
        await #expect(throws: PolicyError.self) {
            try await policies.rollback("m", to: 1, reason: "again", by: "olga", now: 4)
        }
        #expect(try store.readNow { try AuditLog.verify(in: $0).entries } == 3)
    }

    @Test func `the same source again makes no version`() async throws {
        _ = try await policies.publish("m", source: model("10"), by: "olga", now: 1)
        #expect(try await policies.publish("m", source: model("10"), by: "olga", now: 2).policy.version == 1)
        #expect(try await policies.versions(of: "m").count == 1)
    }

    @Test(arguments: ["<no", "<a/>", ""])
    func `what is no model is refused with its findings`(source: String) async {
        let error = await #expect(throws: PolicyError.self) {
            try await policies.publish("m", source: source, by: "olga", now: 1)
        }
        #expect(error?.code == .invalidModel && error?.findings.isEmpty == false)
    }

    @Test func `a mistake in a cell is named by its row`() async {
        let error = await #expect(throws: PolicyError.self) {
            try await policies.publish("m", source: model("10 +"), by: "olga", now: 1)
        }
        #expect(error?.findings.first?.location.cell != nil)
    }

    @Test(arguments: ["", "../x", "a b", "a/b", ".hidden", String(repeating: "a", count: 101)])
    func `a name that is no file name is refused`(name: String) async {
        let error = await #expect(throws: PolicyError.self) {
            try await policies.publish(name, source: model("1"), by: "o", now: 1)
        }
        #expect(error?.code == .invalid)
    }

    @Test func `an input that the model does not know is refused, one that it merely does not need is not`()
        async throws
    {
        let policy = try await policies.publish("m", source: model("10"), by: "olga", now: 1).policy
        #expect(throws: PolicyError.self) { try policy.evaluate("limit", input: ["teir": "1"], now: { .epoch }) }
        _ = try policy.evaluate("limit", input: ["tier": "1", "since": "2026-01-01"], now: { .epoch })
    }

    @Test func `a string is read as the date that the model declares`() async throws {
        let policy = try await policies.publish("m", source: model("10"), by: "olga", now: 1).policy
        #expect(try policy.evaluate("year", input: ["since": "2026-01-01"], now: { .epoch }).result == 2026)
    }

    @Test func `an unknown policy, version or decision is not found`() async throws {
        _ = try await policies.publish("m", source: model("10"), by: "olga", now: 1)
        let attempts: [@Sendable () async throws -> Void] = [
            { _ = try await policies.policy("n") }, { _ = try await policies.policy("m", version: 7) },
            { _ = try await policies.policy("m").evaluate("nothing", input: [:], now: { .epoch }) },
        ]
        for attempt in attempts {
            let error = await #expect(throws: PolicyError.self, performing: { try await attempt() })
            #expect(error?.code == .notFound)
        }
    }

    @Test func `versions say which one is in force, and who rolled back why`() async throws {
        for (time, text) in ["10", "20"].enumerated() {
            _ = try await policies.publish("m", source: model(text), by: "olga", now: Int64(time))
        }
        _ = try await policies.rollback("m", to: 1, reason: "too dear", by: "karl", now: 9)
        let listing = try await policies.versions(of: "m")
        #expect(listing.map(\.isInForce) == [false, true])
        #expect(listing.map(\.withdrawal) == [Withdrawal(at: 9, by: "karl", reason: "too dear"), nil])
    }

    @Test func `a start leaves what was published before, an author brings it back`() async throws {
        for (time, text) in ["10", "20"].enumerated() {
            _ = try await policies.publish("m", source: model(text), by: "olga", now: Int64(time))
        }
        _ = try await policies.rollback("m", to: 1, reason: "too dear", by: "karl", now: 9)
        let draft = try await policies.draft("m", source: model("20"))
        let left = try await policies.publish(draft, note: nil, republication: .never, by: "local", now: 10)
        #expect(!left.placement.isNew)
        #expect(try await limit("1") == 10)
        #expect(try await policies.publish(draft, note: nil, by: "olga", now: 11).policy.version == 3)
        #expect(try await limit("1") == 20)
    }

    @Test func `a source is read as it was written`() async throws {
        _ = try await policies.publish("m", source: model("10"), by: "olga", now: 1)
        _ = try await policies.publish("m", source: model("20"), by: "olga", now: 2)
        let (newest, first) = (try await policies.source(of: "m"), try await policies.source(of: "m", version: 1))
        #expect(newest.source == model("20") && newest.isInForce && newest.decisions == ["limit", "year"])
        #expect(first.source == model("10") && !first.isInForce && first.version == 1)
    }

    @Test func `a name that is nearly right is answered with the right one`() async throws {
        _ = try await policies.publish("resolution", source: model("10"), by: "olga", now: 1)
        let attempts: [(@Sendable () async throws -> Void, String)] = [
            ({ _ = try await policies.policy("resolutoin") }, "resolution"),
            ({ _ = try await policies.policy("resolution").evaluate("limt", input: [:], now: { .epoch }) }, "limit"),
            (
                {
                    _ = try await policies.policy("resolution").evaluate("limit", input: ["teir": "1"], now: { .epoch })
                },
                "tier"
            ),
        ]
        for (attempt, meant) in attempts {
            let error = await #expect(throws: PolicyError.self, performing: { try await attempt() })
            #expect(error?.message.hasSuffix("did you mean “\(meant)”?") == true)
        }
    }
}
