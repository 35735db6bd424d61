import DMN
import FEEL
import Testing

/// What is read, and what is said about documents that are not as they should be.
@Suite struct ReadingTests {
    @Test(arguments: [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ])
    func readsNamespacesOfAllVersions(namespace: String) throws {
        let text = TestModel.xml(TestModel.decision("d", "1 + 1"))
            .replacing(TestModel.namespace, with: namespace)
        #expect(try CompiledModel(Array(text.utf8)).text("d") == "2")
    }

    @Test func readsPrefixedElementsAndPassesOverOthers() throws {
        let text = """
            <m:definitions xmlns:m="\(TestModel.namespace)" xmlns:v="urn:vendor" name="n" namespace="urn:n">
              <m:extensionElements><v:decision name="no"/><m:decision id="x" name="x"/></m:extensionElements>
              <m:decision id="d" name=" my   decision "><m:description>text</m:description><v:other/>
                <m:literalExpression><m:text><![CDATA[ 1 < 2 ]]></m:text></m:literalExpression></m:decision>
            </m:definitions>
            """
        let model = try CompiledModel(Array(text.utf8))
        #expect(model.decisionNames == ["my decision"])
        #expect(try model.text("my decision") == "true")
    }

    @Test func readsQualifiedTypeNamesOfTheFirstVersion() throws {
        let text = TestModel.xml(
            "<itemDefinition name=\"tAmount\"><typeRef>feel:number</typeRef></itemDefinition>"
                + TestModel.decision("d", "\"a\"", type: "own:tAmount")
        )
        .replacing(
            "<definitions ",
            with: "<definitions xmlns:feel=\"http://www.omg.org/FEEL/20140401\" "
                + "xmlns:own=\"urn:test\" "
        )
        let model = try CompiledModel(Array(text.utf8))
        #expect(try model.text("d") == "null")
        #expect(!model.findings.contains { $0.code == .unknownType })
    }

    @Test(arguments: [
        ("", Finding.Code.malformedXML), ("<definitions", .malformedXML), ("<a/>", .unsupported),
        ("<definitions xmlns='urn:x'/>", .unsupported), ("plain text", .malformedXML),
        ("<!DOCTYPE a [<!ENTITY b '&b;&b;'>]><a>&b;</a>", .limit),
    ])
    func refusesWhatIsNoModel(text: String, code: Finding.Code) throws {
        let error = #expect(throws: DMNError.self) { try DecisionModel.read(text, file: "bad.dmn") }
        #expect(error?.code == .invalidModel)
        #expect(error?.findings.contains { $0.code == code && $0.location.file == "bad.dmn" } == true)
    }

    @Test func tellsTheLineOfBrokenXML() throws {
        let error = #expect(throws: DMNError.self) { try DecisionModel.read("<a>\n<b>\n</a>", file: "bad.dmn") }
        #expect(error?.cause?.location.line == 3)
    }

    @Test func deepNestingIsRefusedWithAPlace() throws {
        let deep = String(repeating: "<list>", count: 10_000) + String(repeating: "</list>", count: 10_000)
        let text = TestModel.xml("<decision id='d' name='d'>\(deep)</decision>")
        #expect(throws: DMNError.self) { try CompiledModel(Array(text.utf8)) }
        let lists = String(repeating: "<list>", count: 100) + String(repeating: "</list>", count: 100)
        let model = try TestModel.compile("<decision id='d' name='d'>\(lists)</decision>")
        #expect(model.findings.contains { $0.code == .limit })
    }

    @Test func missingPartsAreNamed() throws {
        let model = try TestModel.compile(
            "<decision id='d'><conditional><if/></conditional></decision><inputData name='i'/>"
                + "<decision id='e' name='e'><informationRequirement><requiredInput/></informationRequirement></decision>"
        )
        let messages = model.findings.filter { $0.code == .missing }.map(\.message)
        #expect(messages.contains("decision has no name"))
        #expect(messages.contains("conditional has no 'then'"))
        #expect(messages.contains("requiredInput has no href"))
    }

    @Test func damagedModelsNeverStopTheProgram() throws {
        var generator = SeededGenerator(seed: 7)
        let table = RandomTable(&generator)
        let original = Array(TestModel.xml(table.xml).utf8)
        for _ in 0..<150 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = "<>\"&/-(5[n ".utf8.randomElement(using: &generator) ?? 0
            }
            if let model = try? CompiledModel(bytes) {
                _ = try? model.evaluate(decision: "d", inputs: ["c0": 1])
            }
        }
    }
}
