import Foundation
import LibXML
import PublicData
import Testing

/// Files designed to exhaust a parser; each must end quickly, with or without an error.
@Suite struct XMLHostileTests {
    private static let folder = "xml/hostile-libxml2-recurse"

    private static func names() throws -> [String] { try PublicData.names(folder).filter { $0.hasSuffix(".xml") } }

    private static func read(_ bytes: [UInt8]) -> (code: XMLError.Code?, texts: Int) {
        do {
            let document = try XMLDocument(bytes: bytes)
            return (nil, document.root.text.utf8.count)
        } catch {
            return (error.code, 0)
        }
    }

    @Test(.enabled(if: PublicData.isExpected, "\(PublicData.absence)"))
    func endsQuicklyInBoundedMemory() throws {
        let names = try Self.names()
        #expect(names.count >= 13)
        for name in names { try endsQuicklyInBoundedMemory(name) }
    }

    private func endsQuicklyInBoundedMemory(_ name: String) throws {
        let path = try PublicData.url("\(Self.folder)/\(name)").path
        let before = try Self.peakMemory()
        let started = ContinuousClock.now
        let whole = Result { try XMLDocument(path: path) }
        let streamed = Result { () throws in
            let reader = try XMLRecordReader(path: path) { [$0.qualifiedName] }
            var size = 0
            while try reader.readPiece({ record, _ in size += record.text.utf8.count }) {}
            #expect(size < 1 << 20)
        }
        #expect(ContinuousClock.now - started < .seconds(2))
        #expect(try Self.peakMemory() - before < 200 << 20, "\(name)")
        let isHarmless = name.hasPrefix("good") || name == "lol_ep.xml" || name.hasPrefix("lol_ip")
        if name.hasPrefix("good") { #expect(throws: Never.self) { _ = try whole.get() } }
        if !isHarmless {
            #expect(throws: XMLError.self) { _ = try whole.get() }
            #expect(throws: XMLError.self) { try streamed.get() }
        }
    }

    @Test func limitsNestingEverywhere() {
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(XMLHostileTests.read(Array(deep.utf8)).code == .limit)
        let inEntity =
            "<!DOCTYPE a [<!ENTITY e '\(String(repeating: "<b>", count: 300))\(String(repeating: "</b>", count: 300))'>]><a>&e;</a>"
        #expect(XMLHostileTests.read(Array(inEntity.utf8)).code == .limit)
        let allowed = String(repeating: "<a>", count: 256) + "x" + String(repeating: "</a>", count: 256)
        #expect(XMLHostileTests.read(Array(allowed.utf8)).texts == 1)
        #expect(XMLHostileTests.read(Array("<a>\(allowed)</a>".utf8)).code == .limit)
    }

    @Test func limitsTheNumberOfAttributesButNotTheirLength() throws {
        let long = String(repeating: "x", count: 3_000_000)
        #expect(try XMLDocument(text: "<a b='\(long)'/>").root.attribute("b")?.utf8.count == 3_000_000)
        let started = ContinuousClock.now
        for count in [1001, 200_000] {
            let many = (0..<count).map { "a\($0)=''" }.joined(separator: " ")
            #expect(XMLHostileTests.read(Array("<a \(many)/>".utf8)).code == .limit)
        }
        let spaces = (0..<1001).map { "xmlns:a\($0)='urn:\($0)'" }.joined(separator: " ")
        #expect(XMLHostileTests.read(Array("<a \(spaces)/>".utf8)).code == .limit)
        #expect(ContinuousClock.now - started < .seconds(5))
    }

    @Test func limitsEntitiesByCountAndSize() {
        let quadratic =
            "<!DOCTYPE a [<!ENTITY e '\(String(repeating: "x", count: 50_000))'>]><a>"
            + String(repeating: "&e;", count: 50_000) + "</a>"
        #expect(XMLHostileTests.read(Array(quadratic.utf8)).code != nil)
        let many = "<!DOCTYPE a [<!ENTITY e 'x'>]><a>" + String(repeating: "&e;", count: 100_001) + "</a>"
        #expect(XMLHostileTests.read(Array(many.utf8)).code != nil)
        let declared = "<!DOCTYPE a [" + (0...5000).map { "<!ENTITY e\($0) 'x'>" }.joined() + "]><a/>"
        #expect(XMLHostileTests.read(Array(declared.utf8)).code == .limit)
    }

    @Test func replacesInternalEntitiesAndStandardCharacters() throws {
        let source = "<!DOCTYPE a [<!ENTITY p '<b>PHP</b>'><!ENTITY q 'a &p; b'>]><a>&q;, &q; <c d='&amp;'/></a>"
        #expect(try XMLDocument(text: source).root.text == "a PHP b, a PHP b ")
        let docBook = "<!DOCTYPE a PUBLIC 'x' 'http://example.org/x.dtd'><a b='&nbsp;'>x&mdash;y&eacute;</a>"
        #expect(try XMLDocument(text: docBook).root.text == "x—yé")
        #expect(try XMLDocument(text: docBook).root.attribute("b") == "\u{A0}")
    }

    @Test func readsNoExternalResources() throws {
        let secret = FileManager.default.temporaryDirectory.appendingPathComponent("secret-\(UUID().uuidString)")
        try Data("TOP SECRET".utf8).write(to: secret)
        defer { try? FileManager.default.removeItem(at: secret) }
        for source in [
            "<!DOCTYPE a [<!ENTITY e SYSTEM '\(secret.path)'>]><a>&e;</a>",
            "<!DOCTYPE a [<!ENTITY e SYSTEM 'file://\(secret.path)'>]><a b='&e;'/>",
            "<!DOCTYPE a [<!ENTITY % p SYSTEM '\(secret.path)'> %p;]><a>&undeclared;</a>",
        ] {
            #expect(XMLHostileTests.read(Array(source.utf8)).code == .entity)
        }
        let tolerated = "<!DOCTYPE a SYSTEM '\(secret.path)' [<!ENTITY % p SYSTEM 'x.ent'> %p;]><a>fine</a>"
        #expect(try XMLDocument(text: tolerated).root.text == "fine")
        let include =
            "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='\(secret.path)' parse='text'/></a>"
        #expect(try XMLDocument(text: include).root.text.isEmpty)
    }

    @Test(arguments: [
        ("1F8B0800", XMLError.Code.notXML), ("504B0304", .notXML), ("25504446", .notXML), ("0102030405", .notXML),
        ("7F454C46020101", .notXML), ("FFFE", .malformed), ("EFBBBF", .empty), ("00", .malformed),
    ])
    func saysWhatIsNotXML(hex: String, code: XMLError.Code) {
        let bytes = stride(from: 0, to: hex.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
        let found = XMLHostileTests.read(bytes).code
        #expect(found == code || (code == .malformed && found != nil))
    }

    /// The peak memory of this process, in bytes.
    private static func peakMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(line.split(separator: " ").dropFirst().first.flatMap { Int($0) }) * 1024
    }
}
