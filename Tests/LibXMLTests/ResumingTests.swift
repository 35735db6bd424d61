import LibXML
import Testing

/// Resuming after content that is not well formed.
@Suite struct ResumingTests {
    /// The texts of the records with their lines, and for each error its line and the skipped record.
    private static func read(
        _ bytes: [UInt8],
        names: [XMLName] = [XMLName("r")],
        nest: Bool = true,
        limits: XMLLimits = XMLLimits(),
        _ describe: (XMLElement) -> String = { $0.text }
    ) -> (records: [String], breaks: [String], last: XMLRecordReader.Resumption?) {
        var (records, breaks): ([String], [String]) = ([], [])
        var last: XMLRecordReader.Resumption?
        guard let reader = try? XMLRecordReader(bytes: bytes, limits: limits, recognise: { _ in names }) else {
            return ([], [], nil)
        }
        var steps = 0
        while true {
            steps += 1
            if steps > 100_000 { return (records, breaks + ["endless"], last) }
            do {
                guard try reader.readPiece({ record, _ in records.append("\(record.line):\(describe(record))") }) else {
                    return (records, breaks, last)
                }
            } catch {
                var given = "-"
                last = reader.resume(recordsNest: nest) { given = $0.attribute("id") ?? "?" }
                breaks.append("\((error as? XMLError)?.line ?? 0):\(given)")
                guard last == .resumed else { return (records, breaks, last) }
            }
        }
    }

    private static func read(_ text: String, nest: Bool = true) -> (records: [String], breaks: [String]) {
        let result = read(Array(text.utf8), nest: nest)
        return (result.records, result.breaks)
    }

    @Test(arguments: [true, false])
    func onlyABrokenRecordIsLost(nest: Bool) {
        let result = Self.read("<all>\n<r>a</r>\n<r id='x'><b>b</i></r>\n<r>c</r>\n<r>d</r></all>", nest: nest)
        #expect(result.records == ["2:a", "4:c", "5:d"])
        #expect(result.breaks == ["3:x"])
    }

    @Test(arguments: [true, false])
    func anUnclosedRecordLosesNoOther(nest: Bool) {
        let result = Self.read("<all>\n<r id='x'>a\n<r>b</r>\n<r>c</r></all>", nest: nest)
        #expect(result.records == ["3:b", "4:c"])
        #expect(result.breaks == ["4:x"])
    }

    @Test func recordsInsideABrokenRecordBelongToIt() {
        let source = "<all><r id='x'>a<r>part</r><b></i></r><r>c</r></all>"
        #expect(Self.read(source, nest: true).records == ["1:c"])
        #expect(Self.read(source, nest: false).records == ["1:part", "1:c"])
    }

    @Test(arguments: [
        "<all><r>a</r>&nothing;<r>b</r></all>", "<all><r>a</r></q><r>b</r></all>",
        "<all><r>a</r><q x=1>t</q><r>b</r></all>",
        "<all><r>a</r><r x=1>t</r><r>b</r></all>", "<all><r>a</r><r>&nothing;</r><r>b</r></all>",
        "<all><r>a</r><r x='1' x='2'>t</r><r>b</r></all>", "<all><r>a</r><r>\u{1}</r><r>b</r></all>",
        "<all><r>a</r> <!-- a -- b --> <r>b</r></all>", "<all><r>a</r><r><![CDATA[<r>no</r>]]></q></r><r>b</r></all>",
        "<all><r>a</r><r></q><!-- <r>no</r> --></r><r>b</r></all>", "<r>a</r><r>b</r>",
        "<all><r>a</r></r><r>b</r></all>", "<all><r>a</r><r><q></r><r>b</r></all>",
    ])
    func recordsAroundAnErrorAreRead(source: String) {
        let result = Self.read(source)
        #expect(result.records == ["1:a", "1:b"], "\(result)")
        #expect(!result.breaks.isEmpty)
    }

    @Test func theContextOfARecordIsKeptAfterAnError() throws {
        let source = """
            <?xml version="1.0"?>
            <!DOCTYPE all [<!ENTITY e "entity">]>
            <p:all xmlns:p="urn:p" kind="k&amp;">
              <head>H&lt;</head>
              <p:group name="one"><info>I</info><r id="x"></q></r><r>&e;</r></p:group>
              <p:group name="two"><r>b</r></p:group>
            </p:all>
            """
        let path = try XPath(
            "concat(., '|', ../@name, '|', ../info, '|', /p:all/@kind, '|', /p:all/head)",
            namespaces: ["p": "urn:p"]
        )
        let result = Self.read(Array(source.utf8)) { (try? path.string(on: $0)) ?? "?" }
        #expect(result.records == ["5:entity|one|I|k&|H<", "6:b|two||k&|H<"])
        #expect(result.breaks == ["5:x"])
    }

    @Test func readingResumesInOtherEncodings() {
        let text =
            "<?xml version='1.0' encoding='ISO-8859-1'?><all w='ü'><h>ß</h>\n<r>é</r>\n<r id='ä'>ö<b></i></r>\n<r>ï</r></all>"
        let bytes = text.unicodeScalars.map { UInt8($0.value) }
        let result = Self.read(bytes) {
            "\($0.text) \($0.parent?.attribute("w") ?? "") \($0.parent?.first("h")?.text ?? "")"
        }
        #expect(result.records == ["2:é ü ß", "4:ï ü ß"])
        #expect(result.breaks == ["3:ä"])
    }

    @Test func anInvalidByteLosesOneRecord() {
        let bytes = Array("<all><r>a</r><r>".utf8) + [0xFF, 0xFE] + Array("</r><r>b</r></all>".utf8)
        #expect(Self.read(bytes).records == ["1:a", "1:b"])
    }

    @Test func readingDoesNotResumeInWideEncodings() {
        let text = "<all><r>a</r><r></q></r><r>b</r></all>"
        let bytes: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let result = Self.read(bytes)
        #expect(result.records == ["1:a"])
        #expect(result.last == .stopped)
    }

    @Test func readingDoesNotResumeAfterALimit() {
        let deep = String(repeating: "<a>", count: 300)
        let result = Self.read(Array("<all><r>a</r><r>\(deep)</r><r>b</r></all>".utf8))
        #expect(result.records == ["1:a"])
        #expect(result.last == .stopped)
        var limits = XMLLimits()
        limits.entityReferences = 30
        let bomb =
            "<!DOCTYPE all [<!ENTITY e 'x'>]><all>" + String(repeating: "<r>&e;</q></r><r>&e;</r>", count: 50)
            + "</all>"
        let counted = Self.read(Array(bomb.utf8), limits: limits)
        #expect(counted.records.count < 20)
        #expect(counted.last == .stopped)
    }

    @Test func workIsBoundedForAnyNumberOfErrors() {
        var limits = XMLLimits()
        limits.resumptions = 20
        let broken = "<all>" + String(repeating: "<r></q></r>\n", count: 1_000) + "<r>last</r></all>"
        let result = Self.read(Array(broken.utf8), limits: limits)
        #expect(result.breaks.count == 21)
        #expect(result.last == .stopped)
        limits.resumptions = 1_000_000
        limits.rereadBytes = 1 << 20
        let started = ContinuousClock.now
        let open = Self.read(Array(("<all>" + String(repeating: "<r>", count: 200_000)).utf8), limits: limits)
        #expect(open.last != .resumed)
        #expect(ContinuousClock.now - started < .seconds(20))
    }

    @Test func aDocumentWithAnErrorInEveryRecordEndsSoon() {
        let broken = "<all>" + String(repeating: "<r id='x'><a></b></r>\n", count: 25_000) + "</all>"
        let started = ContinuousClock.now
        let result = Self.read(Array(broken.utf8))
        #expect(result.breaks.count == 1_001)
        #expect(ContinuousClock.now - started < .seconds(15))
    }

    @Test func linesInMessagesAreThoseOfTheDocument() throws {
        let source = "<all>\n<r></q></r>\n<r>\n<a>\n</b></r></all>"
        let reader = try XMLRecordReader(bytes: Array(source.utf8)) { _ in [XMLName("r")] }
        #expect(throws: XMLError.self) { while try reader.readPiece({ _, _ in }) {} }
        #expect(reader.resume() == .resumed)
        let error = #expect(throws: XMLError.self) { while try reader.readPiece({ _, _ in }) {} }
        #expect(error?.message.contains("a line 4 and b") == true)
        #expect(error?.line == 5)
    }

    @Test func readingResumesAfterDistantErrorsInALargeDocument() {
        let filler = (0..<3_000).map { "<r>record \($0) with some words in it</r>\n" }
        var parts = filler
        for number in stride(from: 100, to: 3_000, by: 500) { parts[number] = "<r id='\(number)'><b>lost</r>\n" }
        let result = Self.read(Array(("<all>\n" + parts.joined() + "</all>").utf8))
        #expect(result.records.count == 2_994)
        #expect(result.breaks.count == 6)
        #expect(result.records.last == "3001:record 2999 with some words in it")
    }

    @Test func damageAnywhereTerminatesWithoutFalseRecords() {
        let sample =
            "<?xml version='1.0'?><all a='1'><h>H</h><r b=\"2\">one<p>é</p></r><r>two</r><g><r>three</r></g></all>"
        let known: Set<String> = ["oneé", "two", "three"]
        let bytes = Array(sample.utf8)
        for index in bytes.indices {
            for value: UInt8 in [0x3C, 0x3E, 0x26, 0x22, 0x2F, 0x80] {
                var damaged = bytes
                damaged[index] = value
                for nest in [true, false] {
                    let result = Self.read(damaged, nest: nest)
                    #expect(!result.breaks.contains("endless"))
                    // Damage inside a text changes only that text.
                    let strange = result.records.filter { !known.contains(String($0.drop { $0 != ":" }.dropFirst())) }
                    #expect(strange.count <= 1, "\(String(decoding: damaged, as: UTF8.self)): \(result)")
                }
            }
        }
    }
}
