import Archives
import Foundation
import SampleArchives
import Testing

@Suite struct ZIPEntryReaderTests {
    private func contents(
        _ name: String,
        of archive: [UInt8],
        limits: ZIPLimits = ZIPLimits(),
        buffer: Int = 1000
    ) throws(ZIPError) -> [UInt8] {
        let reader = try ZIPEntryReader(name, in: archive, limits: limits)
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: buffer)
        while true {
            let count = try reader.read(into: &buffer)
            if count == 0 { return result }
            result += buffer[..<count]
        }
    }

    private func code(_ body: () throws(ZIPError) -> some Any) -> ZIPError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return error.code
        }
    }

    private static let text = (0..<20_000).map { "line \($0 &* 7919 % 10_007)\n" }.joined()

    @Test(arguments: [1, 7, 1000, 1 << 20])
    func readsOneFileInPieces(buffer: Int) throws {
        let archive = SampleArchive.bytes([
            .init("attachments/1", "other"), .init("entities.xml", Self.text), .init("z.txt", "z"),
        ])
        let read = try contents("entities.xml", of: archive, buffer: buffer)
        #expect(read == Array(Self.text.utf8))
    }

    @Test func readsAFileOnDisk() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).zip").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(SampleArchive.bytes([.init("a.xml", Self.text)])).write(to: URL(fileURLWithPath: path))
        #expect(ZIPEntryReader.recognises(path: path))
        let reader = try ZIPEntryReader("a.xml", inArchiveAt: path)
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        let count = try reader.read(into: &buffer)
        #expect(String(decoding: buffer[..<count], as: UTF8.self) == Self.text)
        #expect(reader.unpackedBytes == count)
    }

    @Test func listsFilesAsTheArchiveNamesThem() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).zip").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let archive = SampleArchive.bytes([
            .init("b.txt", "b"), .init("../a", "a"), .init("/etc/x", "x"),
            .init("link", Array("b.txt".utf8), isLink: true),
            .init("b.txt", "again"),
        ])
        try Data(archive).write(to: URL(fileURLWithPath: path))
        #expect(try ZIPEntryReader.names(inArchiveAt: path) == ["b.txt", "../a", "/etc/x", "b.txt"])
        var limits = ZIPLimits()
        limits.entries = 5
        #expect(code { () throws(ZIPError) in try ZIPEntryReader.names(inArchiveAt: path, limits: limits) } == .limit)
        limits = ZIPLimits()
        limits.directoryBytes = 10
        #expect(code { () throws(ZIPError) in try ZIPEntryReader.names(inArchiveAt: path, limits: limits) } == .limit)
        try Data("no archive".utf8).write(to: URL(fileURLWithPath: path))
        #expect(code { () throws(ZIPError) in try ZIPEntryReader.names(inArchiveAt: path) } == .damaged)
    }

    @Test func comparesFullNamesAndUsesTheFirst() throws {
        let archive = SampleArchive.bytes([
            .init("x/a.xml", "1"), .init("../a.xml", "2"), .init("/a.xml", "3"), .init("A.XML", "4"),
            .init("a.xml", "5"),
            .init("a.xml", "6"),
        ])
        #expect(try contents("a.xml", of: archive) == Array("5".utf8))
    }

    @Test func namesAMissingEntry() throws {
        let archive = SampleArchive.bytes([.init("x/a.xml", "1")])
        #expect(code { () throws(ZIPError) in try contents("a.xml", of: archive) } == .missing)
        let link = SampleArchive.bytes([.init("a.xml", Array("/etc/passwd".utf8), isLink: true)])
        #expect(code { () throws(ZIPError) in try contents("a.xml", of: link) } == .missing)
        #expect(code { () throws(ZIPError) in try contents("a.xml", of: SampleArchive.bytes([])) } != nil)
        #expect(
            code { () throws(ZIPError) in try ZIPEntryReader("a.xml", inArchiveAt: "/nonexistent.zip") } == .unreadable
        )
        #expect(code { () throws(ZIPError) in try ZIPEntryReader("a.xml", inArchiveAt: "/") } == .unreadable)
    }

    @Test func refusesAnEncryptedFile() {
        let archive = SampleArchive.bytes([.init("a.xml", Self.text)], password: "secret")
        #expect(code { () throws(ZIPError) in try contents("a.xml", of: archive) } == .encrypted)
    }

    @Test func refusesATruncatedArchive() {
        let archive = SampleArchive.bytes([.init("a.xml", Self.text), .init("b.xml", Self.text)])
        for count in [4, 100, archive.count / 2, archive.count - 30] {
            #expect(
                code { () throws(ZIPError) in try contents("a.xml", of: Array(archive[..<count])) } == .damaged,
                "\(count)"
            )
        }
    }

    @Test func reportsDamagedContent() {
        var archive = SampleArchive.bytes([.init("a.xml", Self.text)])
        for index in 2000..<2010 { archive[index] ^= 0xFF }
        #expect(code { () throws(ZIPError) in try contents("a.xml", of: archive) } == .damaged)
    }

    // MARK: Limits

    @Test func refusesAnExcessiveCompressionRatio() {
        let archive = SampleArchive.bytes([.init("a.xml", [UInt8](repeating: 0x20, count: 8 << 20))])
        #expect(archive.count < 1 << 16)
        #expect(code { () throws(ZIPError) in try contents("a.xml", of: archive) } == nil)
        var limits = ZIPLimits()
        limits.bytesBeforeRatio = 1 << 20
        #expect(
            code { () throws(ZIPError) in try contents("a.xml", of: archive, limits: limits, buffer: 1 << 16) }
                == .limit
        )
        limits = ZIPLimits()
        limits.unpackedBytes = 1 << 20
        #expect(
            code { () throws(ZIPError) in try contents("a.xml", of: archive, limits: limits, buffer: 1 << 16) }
                == .limit
        )
    }

    @Test func refusesTooManyEntriesAndTooLargeADirectory() {
        let many = (0..<2000).map { SampleArchive.Entry("file \($0)", "x") } + [.init("zzz.xml", "z")]
        let archive = SampleArchive.bytes(many)
        #expect(code { () throws(ZIPError) in try contents("zzz.xml", of: archive) } == nil)
        var limits = ZIPLimits()
        limits.entries = 1000
        #expect(code { () throws(ZIPError) in try contents("zzz.xml", of: archive, limits: limits) } == .limit)
        limits = ZIPLimits()
        limits.directoryBytes = 100_000
        #expect(code { () throws(ZIPError) in try contents("zzz.xml", of: archive, limits: limits) } == .limit)
    }

    // MARK: Properties

    @Test(arguments: 0..<300)
    func readsOrRefusesAnyBytes(seed: Int) {
        var archive = SampleArchive.bytes([.init("a.xml", String(Self.text.prefix(3000))), .init("b", "b")])
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        for _ in 0..<(1 + seed % 8) {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            archive[Int(state >> 33) % archive.count] = UInt8(truncatingIfNeeded: state >> 20)
        }
        var limits = ZIPLimits()
        limits.unpackedBytes = 1 << 20
        _ = code { () throws(ZIPError) in try contents("a.xml", of: archive, limits: limits) }
    }
}
