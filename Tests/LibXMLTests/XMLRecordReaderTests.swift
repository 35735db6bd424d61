import LibXML
import Testing

@Suite struct XMLRecordReaderTests {
    /// Describes each record and its context.
    private static func records(
        _ source: [UInt8],
        limits: XMLLimits = XMLLimits(),
        names: [XMLName] = [XMLName("r")],
        _ describe: (XMLElement) throws -> String
    ) -> (records: [String], error: XMLError?) {
        var result: [String] = []
        do {
            let reader = try XMLRecordReader(bytes: source, limits: limits) { _ in names }
            while try reader.readPiece({ record, isComplete in
                let text = isComplete ? (try? describe(record)) ?? "?" : "too large"
                result.append("\(record.line):\(text)")
            }) {}
            return (result, nil)
        } catch {
            return (result, error as? XMLError)
        }
    }

    /// A stream that delivers a few bytes at a time, optionally with an error instead of the end.
    private final class Drops: ByteStream {
        private var rest: ArraySlice<UInt8>
        private let error: XMLError?

        init(_ text: String, then error: XMLError? = nil) {
            rest = Array(text.utf8)[...]
            self.error = error
        }

        func read(into buffer: inout [UInt8]) throws(XMLError) -> Int {
            let piece = rest.prefix(7)
            if piece.isEmpty, let error { throw error }
            for (index, byte) in piece.enumerated() { buffer[index] = byte }
            rest = rest.dropFirst(piece.count)
            return piece.count
        }
    }

    @Test func readsAStreamToItsEndOrItsError() throws {
        var texts: [String] = []
        let reader = try XMLRecordReader(stream: Drops("<a><r>one</r><r>two</r></a>")) { _ in [XMLName("r")] }
        while try reader.readPiece({ record, _ in texts.append(record.text) }) {}
        #expect(texts == ["one", "two"])

        let error = XMLError(.limit, "too much")
        let broken = try XMLRecordReader(stream: Drops("<a><r>one</r>", then: error)) { _ in [XMLName("r")] }
        let thrown = #expect(throws: XMLError.self) {
            while try broken.readPiece({ record, _ in texts.append(record.text) }) {}
        }
        #expect(thrown == error)
        #expect(texts.last == "one")
        #expect(broken.resume() == .stopped)
    }

    @Test func doesNotResumeAStreamAfterAnError() throws {
        let reader = try XMLRecordReader(stream: Drops("<a><r>x</b></r><r>y</r></a>")) { _ in [XMLName("r")] }
        #expect(throws: XMLError.self) { while try reader.readPiece({ _, _ in }) {} }
        #expect(reader.resume() == .stopped)
    }

    @Test func deliversEachRecordWithItsContext() throws {
        let source = """
            <all kind="k">
              <head>H</head>
              <group name="one"><info>I1</info>
                <r>a</r> text <r>b</r>
              </group>
              <group name="two"><info>I2</info><r>c</r></group>
              <tail/>
            </all>
            """
        let path = try XPath("concat(., '|', ../@name, '|', ../info, '|', /all/@kind, '|', //head, '|', count(//r))")
        let (records, error) = XMLRecordReaderTests.records(Array(source.utf8)) { try path.string(on: $0) ?? "" }
        #expect(error == nil)
        #expect(records == ["4:a|one|I1|k|H|1", "4:b|one|I1|k|H|1", "6:c|two|I2|k|H|1"])
    }

    @Test func aRecordInsideARecordIsNotDeliveredSeparately() {
        let source = "<all><r>a<r>b</r></r><q><r>c</r></q></all>"
        let (records, _) = XMLRecordReaderTests.records(Array(source.utf8)) { $0.text }
        #expect(records == ["1:ab", "1:c"])
    }

    @Test func acceptsTheRootAsARecord() {
        let (records, error) = XMLRecordReaderTests.records(Array("<r>\n<r>x</r></r>".utf8)) { $0.xml }
        #expect(records == ["1:<r>\n<r>x</r></r>"])
        #expect(error == nil)
    }

    @Test func matchesNamespacesAndPatterns() {
        let source = "<all xmlns:p='urn:p'><p:r>1</p:r><r>2</r><kb_a>3</kb_a><kbx>4</kbx></all>"
        let cases: [([XMLName], [String])] = [
            ([XMLName("r", namespace: "urn:p")], ["1:1"]), ([XMLName("r", namespace: "")], ["1:2"]),
            ([XMLName("r")], ["1:1", "1:2"]), ([XMLName("kb_*")], ["1:3"]),
            ([XMLName("*")], ["1:1", "1:2", "1:3", "1:4"]),
        ]
        for (names, expected) in cases {
            let (records, _) = XMLRecordReaderTests.records(Array(source.utf8), names: names) { $0.text }
            #expect(records == expected)
        }
    }

    @Test func deliversRecordsBeforeAnError() {
        let source = "<all>\n<r>a</r>\n<r>b</r>\n<r>c</q>\n<r>d</r></all>"
        let (records, error) = XMLRecordReaderTests.records(Array(source.utf8)) { $0.text }
        #expect(records == ["2:a", "3:b"])
        #expect(error?.line == 4)
        #expect(error?.code == .malformed)
    }

    @Test func skipsARecordThatIsTooLarge() {
        var limits = XMLLimits()
        limits.recordBytes = 10_000
        let large = String(repeating: "<p>words</p>", count: 1000)
        let source = "<all><r>a</r>\n<r>\(large)</r>\n<r>\(String(repeating: "x", count: 20_000))</r>\n<r>b</r></all>"
        let (records, error) = XMLRecordReaderTests.records(Array(source.utf8), limits: limits) { $0.text }
        #expect(error == nil)
        #expect(records == ["1:a", "2:too large", "3:too large", "4:b"])
    }

    @Test func copiesEntitiesIntoEachRecord() {
        let source =
            "<!DOCTYPE all [<!ENTITY e 'x<i>y</i>z'>]><all><head>&e;</head>"
            + String(repeating: "<r a='&lt;'>&e;&e;</r>", count: 50) + "</all>"
        let (records, error) = XMLRecordReaderTests.records(Array(source.utf8)) { $0.text }
        #expect(error == nil)
        #expect(records == Array(repeating: "1:xyzxyz", count: 50))
    }

    @Test func limitsTheContentBeforeARecord() {
        var limits = XMLLimits()
        limits.contextBytes = 5000
        let noise = String(repeating: "<n><m>some words</m></n> and text ", count: 2000)
        let source = "<all><first>F</first>\(noise)<r>a</r>\(noise)<r>b</r></all>"
        let (records, error) = XMLRecordReaderTests.records(Array(source.utf8), limits: limits) { record in
            let root = record.parent
            return "\(root?.first("first")?.text ?? "-") \(record.text) \((root?.elements.count ?? 0) < 100)"
        }
        #expect(error == nil)
        #expect(records.map { $0.drop { $0 != ":" } } == [":F a true", ":F b true"])
    }

    @Test func limitsTheContentBetweenRecordsForEachParent() {
        var limits = XMLLimits()
        limits.contextBytes = 5000
        let junk = String(repeating: "<n>junk</n>\n<r>a</r>\n", count: 2000)
        let source = "<all>\(junk)<g><info>I</info><r>last</r></g></all>"
        var most = 0
        let (records, error) = XMLRecordReaderTests.records(Array(source.utf8), limits: limits) { record in
            most = max(most, record.parent?.children.count ?? 0)
            return "\(record.parent?.first("info")?.text ?? "-") \(record.text)"
        }
        #expect(error == nil)
        #expect(records.count == 2001)
        #expect(most < 120)
        #expect(records.last == "4001:I last")
    }

    @Test func survivesTruncationAndDamageAtEveryByte() {
        let sample =
            "<?xml version='1.0'?><!DOCTYPE all [<!ENTITY e 'x'>]><all a='1'><h>H</h><r b=\"2\">t&amp;&e;<![CDATA[c]]>"
            + "<!-- n --><p xmlns='urn:x'>é</p></r><?pi?><r/></all>"
        let bytes = Array(sample.utf8)
        let whole = XMLRecordReaderTests.records(bytes) { $0.text }
        #expect(whole.records == ["1:t&xcé", "1:"])
        for count in 0..<bytes.count {
            let (records, error) = XMLRecordReaderTests.records(Array(bytes[..<count])) { $0.text }
            #expect(error != nil)
            #expect(whole.records.starts(with: records))
        }
        for index in bytes.indices {
            for value: UInt8 in [0, 0x3C, 0x26, 0x22, 0xFF, 0x80] {
                var damaged = bytes
                damaged[index] = value
                _ = XMLRecordReaderTests.records(damaged) { $0.xml }
                _ = try? XMLDocument(bytes: damaged)
            }
        }
    }

    @Test func countsLinesBeyondSixteenBits() {
        let source = "<all>" + String(repeating: "\n", count: 100_000) + "<r>\n\n<p/></r></all>"
        let (records, _) = XMLRecordReaderTests.records(Array(source.utf8)) { "\($0.first("p")?.line ?? 0)" }
        #expect(records == ["100001:100003"])
    }

    @Test func endsWithTheErrorOfTheRecognition() throws {
        let reader = try XMLRecordReader(bytes: Array("<x><r/></x>".utf8)) { root in throw Refusal(root: root.name) }
        #expect(throws: Refusal(root: "x")) { while try reader.readPiece({ _, _ in }) {} }
    }

    private struct Refusal: Error, Equatable {
        var root: String
    }
}
