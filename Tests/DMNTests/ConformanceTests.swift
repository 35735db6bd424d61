import DMN
import FEEL
import Foundation
import PublicData
import Testing

/// The public conformance suite and files of test cases.
@Suite struct ConformanceTests {
    @Test(.enabled(if: PublicData.isExpected, "\(PublicData.absence)"))
    func everyCaseOfTheSuitePasses() throws {
        let report = RuleTests.run(paths: [try PublicData.url("dmn-tck").path])
        let failures = report.results.filter { $0.outcome == .failed }
        #expect(failures.isEmpty, "\(failures.prefix(10).map { "\($0.file) \($0.id): \($0.message)" })")
        #expect(report.findings.isEmpty, "\(report.findings.prefix(5))")
        #expect(report.cases > 1_000)
        let skipped = report.results.filter { $0.outcome == .skipped }
        #expect(skipped.allSatisfy { $0.folder.contains("external-java") })
    }

    // MARK: Files of one's own

    private static func run(_ cases: String, model: String, in place: String = "") throws -> RuleTestReport {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dmn-\(UUID().uuidString)")
        let tests = folder.appendingPathComponent("tests")
        try FileManager.default.createDirectory(at: tests, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(TestModel.xml(model).utf8).write(to: folder.appendingPathComponent(place + "m.dmn"))
        let text = """
            <testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
              xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
              <modelName>m.dmn</modelName>\(cases)</testCases>
            """
        try Data(text.utf8).write(to: tests.appendingPathComponent("m-test.xml"))
        return RuleTests.run(paths: [folder.path])
    }

    private static func result(_ value: String, name: String = "d", attributes: String = "") -> String {
        "<resultNode name='\(name)' \(attributes)><expected>\(value)</expected></resultNode>"
    }

    private static let model = TestModel.input("a", type: "number") + TestModel.decision("d", "a / 3", inputs: ["a"])

    @Test func findsTheModelInTheParentFolder() throws {
        let input = "<inputNode name='a'><value xsi:type='xsd:decimal'>1</value></inputNode>"
        let near = "<value xsi:type='xsd:decimal'>0.33333333</value>"
        let far = "<value xsi:type='xsd:decimal'>0.333333</value>"
        let report = try Self.run(
            "<testCase id='1'>\(input)\(Self.result(near))</testCase><testCase>\(input)\(Self.result(far))</testCase>",
            model: Self.model
        )
        #expect(report.results.map(\.outcome) == [.passed, .failed])
        #expect(report.results.map { $0.id } == ["1", "2"])
        #expect(report.results[1].message.contains("expected 0.333333, got 0.3333"))
        #expect(!report.isSuccess)
        let lines = report.csv.split(separator: "\n")
        #expect(lines[0].hasSuffix("/tests\",\"m-test\",\"1\",\"SUCCESS\",\"\""))
        #expect(lines[1].contains("\"2\",\"ERROR\",\"'d': expected"))
    }

    @Test func expectedErrorsAreNulls() throws {
        let error = Self.result("<value xsi:nil='true'/>", attributes: "errorResult='true'")
        let report = try Self.run("<testCase id='e'>\(error)</testCase>", model: Self.model)
        #expect(report.passed == 1)
        #expect(report.count(.passed, expectsError: true) == 1)
        #expect(report.count(.passed, expectsError: false) == 0)
    }

    @Test func decisionsThatDoNotExistFailEvenWhereAnErrorIsExpected() throws {
        let error = Self.result("<value xsi:nil='true'/>", name: "nowhere", attributes: "errorResult='true'")
        let report = try Self.run("<testCase id='e'>\(error)</testCase>", model: Self.model)
        #expect(report.results.map { $0.message } == ["'nowhere': the model has no such decision"])
    }

    @Test func structuresAreCompared() throws {
        let value = """
            <component name="x"><list><item><value xsi:type="xsd:date">2024-02-29</value></item>
            <item><value xsi:nil="true"/></item></list></component>
            <component name="y"><value xsi:type="xsd:duration">P1Y</value></component>
            """
        let text = "{y: duration(\"P12M\"), x: [date(\"2024-02-29\"), null]}"
        let report = try Self.run(
            "<testCase id='1'>\(Self.result(value))</testCase>",
            model: TestModel.decision("d", text)
        )
        #expect(report.results.map(\.message) == [""])
    }

    @Test func functionsOfTheModelCanBeTested() throws {
        let model =
            "<businessKnowledgeModel id='k' name='twice'><variable name='twice'/><encapsulatedLogic>"
            + "<formalParameter name='x'/>\(TestModel.literal("x * 2"))</encapsulatedLogic></businessKnowledgeModel>"
        let report = try Self.run(
            "<testCase id='1' type='bkm' invocableName='twice'><inputNode name='x'><value xsi:type='xsd:int'>4</value>"
                + "</inputNode>\(Self.result("<value xsi:type='xsd:int'>8</value>", name: "twice"))</testCase>",
            model: model
        )
        #expect(report.results.map(\.message) == [""])
    }

    @Test func missingFilesAndModelsAreTold() throws {
        #expect(RuleTests.run(paths: ["/no/such/place"]).findings.map(\.code) == [.unreadable])
        let report = try Self.run("<testCase id='1'>\(Self.result(""))</testCase>", model: Self.model, in: "other-")
        #expect(report.failed == 1)
        #expect(report.findings.first?.message.contains("m.dmn") == true)
    }

    @Test func checkingAFolderNamesFilesAndMistakes() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dmn-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(TestModel.xml(TestModel.decision("d", "1 +")).utf8)
            .write(to: folder.appendingPathComponent("bad.dmn"))
        try Data("<x".utf8).write(to: folder.appendingPathComponent("broken.dmn"))
        let report = RuleCheck.run(folder.path)
        #expect(report.files.count == 2)
        #expect(Set(report.findings.map(\.code)) == [.syntax, .malformedXML])
        #expect(!report.isValid)
    }
}
