import Access
import Foundation
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

/// Publishing, reading and comparing policies and articles over the wire.
@Suite struct PublicationMethodTests {
    private static func model(_ limit: String) -> String {
        """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">
        <inputData id="i" name="tier"><variable name="tier" typeRef="string"/></inputData>
        <decision id="x" name="limit"><variable name="limit" typeRef="number"/>
        <informationRequirement><requiredInput href="#i"/></informationRequirement>
        <decisionTable hitPolicy="UNIQUE"><input label="tier"><inputExpression><text>tier</text></inputExpression></input>
        <output name="limit"/>
        <rule id="first"><inputEntry><text>"1"</text></inputEntry><outputEntry><text>\(limit)</text></outputEntry></rule>
        <rule id="rest"><inputEntry><text>not("1")</text></inputEntry><outputEntry><text>0</text></outputEntry></rule>
        </decisionTable></decision></definitions>
        """
    }

    private static func tests(_ limit: String) -> [PolicyPublish.TestFile] {
        let source = """
            <testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
              xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            <modelName>m.dmn</modelName>
            <testCase id="one"><inputNode name="tier"><value xsi:type="xsd:string">1</value></inputNode>
            <resultNode name="limit"><expected><value xsi:type="xsd:decimal">\(limit)</value></expected></resultNode>
            </testCase></testCases>
            """
        return [PolicyPublish.TestFile(file: "m.xml", source: source)]
    }

    private struct NotRefused: Error {}

    private func refused(_ body: () async throws -> Void) async throws -> RPCError {
        do {
            try await body()
        } catch let error as RPCError {
            return error
        }
        throw NotRefused()
    }

    @Test func `a model whose cases fail is refused with the case, its line and the rule that decided`() async throws {
        let olga = try await Desk().connection("olga", [.operations])
        let params = PolicyPublish.Params(name: "m", source: Self.model("12"), tests: Self.tests("10"))
        let error = try await refused { _ = try await olga.call(PolicyPublish.self, params) }
        #expect(error.code == -32_602 && error.path == "params.tests")
        #expect(error.message == "1 of 1 test cases fails; nothing was published")
        let details = error.data?["details"]?.array?.compactMap(\.string) ?? []
        #expect(details.count == 1)
        #expect(details.first?.hasPrefix("m.xml:4: error: case one failed: 'limit': expected 10, got 12") == true)
        #expect(details.first?.hasSuffix("decided by 'limit' rule 1 (first, line 7)") == true)
        let missing = try await refused { _ = try await olga.call(PolicyGet.self, .init(name: "m")) }
        #expect(missing.code == 1_003)
    }

    @Test func `a forced publication is recorded in the version, the warnings and the audit log`() async throws {
        let desk = try Desk()
        let olga = try await desk.connection("olga", [.operations])
        let params = PolicyPublish.Params(
            name: "m",
            source: Self.model("12"),
            note: "urgent",
            tests: Self.tests("10"),
            force: true
        )
        let done = try await olga.call(PolicyPublish.self, params)
        #expect(done.cases == .init(cases: 1, passed: 0, failed: 1, skipped: 0))
        #expect(done.warnings.contains { $0.contains("case one failed") })
        let note = "published by force, 1 of 1 test cases fails: urgent"
        #expect(try await olga.call(PolicyVersions.self, .init(name: "m")).versions.map(\.note) == [note])
        let auditor = try await desk.connection("otto", [.auditor])
        #expect(try await auditor.call(AuditList.self, .init()).entries.contains { $0.text?.text == note })
    }

    @Test func `a file that is not test cases is refused, and so are test cases for signals`() async throws {
        let olga = try await Desk().connection("olga", [.operations])
        let tests = [PolicyPublish.TestFile(file: "m.xml", source: "<a/>")]
        let error = try await refused {
            _ = try await olga.call(PolicyPublish.self, .init(name: "m", source: Self.model("1"), tests: tests))
        }
        #expect(error.message.hasPrefix("its test cases cannot be read"))
        let signals = "signals: [{kind: a, patterns: [x]}]"
        let other = try await refused {
            _ = try await olga.call(PolicyPublish.self, .init(name: "signals", source: signals, tests: tests))
        }
        #expect(other.path == "params.tests")
    }

    @Test func `policies are read and compared with descriptions`() async throws {
        let olga = try await Desk().connection("olga", [.operations])
        for limit in ["10", "12"] {
            _ = try await olga.call(PolicyPublish.self, .init(name: "m", source: Self.model(limit)))
        }
        let first = try await olga.call(PolicyGet.self, .init(name: "m", version: 1))
        #expect(first.source == Self.model("10") && !first.inForce && first.decisions == ["limit"])
        #expect(try await olga.call(PolicyGet.self, .init(name: "m")).inForce)
        #expect(
            try await olga.call(PolicyCompare.self, .init(name: "m", from: 1, to: 2)).changes == [
                "the decision “limit”, rule first (row 1): “limit” from “10” to “12”"
            ]
        )
        let error = try await refused {
            _ = try await olga.call(PolicyCompare.self, .init(name: "m", from: 1, to: 7))
        }
        #expect(error.code == 1_003 && error.path == "params.to")
    }

    @Test func `versions of articles are compared with descriptions`() async throws {
        let desk = try Desk()
        try await desk.importArticles(article("kettle", "Kettle", "Wait ten minutes."))
        try await desk.importArticles(article("kettle", "Kettle", "Wait twenty minutes."))
        let karl = try await desk.connection("karl", [.knowledgeManager])
        let changes = try await karl.call(KnowledgeCompare.self, .init(articleId: "kettle", from: 1, to: 2)).changes
        #expect(
            changes == [
                .init(
                    section: "body",
                    kind: .changed,
                    text: "“Wait ten minutes.” became “Wait twenty minutes.”"
                )
            ]
        )
        let anna = try await desk.connection("anna", [.agent])
        let error = try await refused {
            _ = try await anna.call(KnowledgeCompare.self, .init(articleId: "kettle", from: 1, to: 2))
        }
        #expect(error.code == 1_002)
    }

    @Test func `the error for a stale call contains the current number`() async throws {
        let desk = try Desk()
        try await desk.importArticles(article("kettle", "Kettle"))
        let karl = try await desk.connection("karl", [.knowledgeManager])
        let xml = "<articles xmlns=\"urn:frontline:knowledge:1\">\(article("kettle", "Kettle 2"))</articles>"
        let stale = try await refused {
            _ = try await karl.call(KnowledgeImport.self, .init(xml: xml, expectedVersion: 7))
        }
        #expect(stale.code == 1_004 && stale.data?["details"] == ["version": 1])

        let olga = try await desk.connection("olga", [.operations])
        let source = """
            script: s
            start: a
            steps: {a: {say: A, next: b}, b: {say: B, next: c}, c: {end: fine}}
            """
        _ = try await olga.call(ScriptPublish.self, .init(source: source))
        let anna = try await desk.connection("anna", [.agent])
        let session = try await anna.call(ScriptStart.self, .init(scriptId: "s")).sessionId
        let revised: [(String, JSON)] = [
            ("script.advance", [:]), ("script.back", [:]), ("script.jump", ["step": "b", "reason": "r"]),
            ("script.skip", ["reason": "r"]), ("script.detour", ["script_id": "s", "reason": "r"]),
        ]
        for (method, extra) in revised {
            var params: JSONObject = ["session_id": .string(session), "revision": 9]
            for member in extra.object ?? [:] { params[member.key] = member.value }
            let error = try await refused { _ = try await anna.call(method, .object(params)) }
            #expect(error.code == 1_004 && error.data?["details"] == ["revision": 1], "\(method)")
        }
    }

    @Test func `the error for a misspelled method suggests the right one`() async throws {
        let error = try await refused { _ = try await Desk().server.connect().call("alert.list") }
        #expect(error.code == -32_601 && error.message.contains("“alerts.list”"))
    }

    @Test(
        arguments: [
            (CocoaError(.fileReadNoSuchFile), "doesn"), (POSIXError(.EACCES), "Permission denied"),
            (FileError(path: "a", reason: "is a folder"), "a: is a folder"),
        ] as [(any Error, String)]
    )
    func `errors of the system are described in words`(error: any Error, words: String) {
        let text = ErrorText.sentence(error)
        #expect(text.contains(words) && !text.contains("Domain"), "\(text)")
    }
}
