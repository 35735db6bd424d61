import Foundation
import Storage
import Testing

@Suite struct ContentHashTests {
    @Test(arguments: [0, 1, 1000, (1 << 18) + 7])
    func aFileHasTheHashOfItsBytes(count: Int) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        #expect(ContentHash.sha256(ofFile: path) == ContentHash.sha256(bytes))
    }

    @Test func aFileThatCannotBeReadHasNone() {
        #expect(ContentHash.sha256(ofFile: "/nonexistent") == nil)
        #expect(ContentHash.sha256(ofFile: "/") == nil)
    }
}
