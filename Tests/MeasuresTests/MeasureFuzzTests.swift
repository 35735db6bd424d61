import Foundation
import Measures
import Testing
import Vocabulary

/// A short run over damaged definitions; the fuzzer's target `measures` goes on for as long as it is told.
@Suite struct MeasureFuzzTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("rules/measures")
    private static let pieces = [
        "{", "}", "[", "]", ": ", "&a ", "*a", "\"", "'", "\n", "  ", "? ", "|", ">", "<<: ", "\u{FEFF}", "\u{0}", "- ",
        "null", "-1e400", "for i in 1..9999999 return i", "turns", "population: turns\n",
        "matches(channel, \"(a+)+$\")",
    ]

    /// A definition with some bytes changed, lost, doubled or put in between.
    private static func damaged(_ original: [UInt8], _ steps: inout Steps) -> [UInt8] {
        var bytes = original
        for _ in 0...steps.next(6) {
            let position = steps.next(max(1, bytes.count))
            switch steps.next(4) {
            case 0 where !bytes.isEmpty: bytes[position] = UInt8(steps.next(256))
            case 1 where !bytes.isEmpty:
                bytes.removeSubrange(position..<min(bytes.count, position + 1 + steps.next(20)))
            case 2: bytes.insert(contentsOf: pieces[steps.next(pieces.count)].utf8, at: min(position, bytes.count))
            default:
                let end = min(bytes.count, position + 1 + steps.next(80))
                let part = Array(bytes[min(position, end)..<end])
                bytes.insert(contentsOf: part, at: steps.next(bytes.count + 1))
            }
        }
        return bytes
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a damaged definition is read, or refused with its mistakes in order`(seed: UInt64) throws {
        let files = try FileManager.default.contentsOfDirectory(at: Self.folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
        var steps = Steps(seed: seed)
        var (read, refused) = (0, 0)
        for file in files {
            let original = try Array(Data(contentsOf: file))
            for _ in 0..<40 {
                let text = String(decoding: Self.damaged(original, &steps), as: UTF8.self)
                do throws(MeasureError) {
                    let definition = try MeasureDefinition(yaml: text, name: "damaged", file: "damaged.yaml")
                    let groups = FactCatalog.groups(of: definition.kind)
                    #expect(definition.titles["en"] != nil && definition.groups.allSatisfy(groups.contains))
                    read += 1
                } catch {
                    let lines = error.findings.map(\.line)
                    #expect(error.code == .invalid && !lines.isEmpty && lines == lines.sorted())
                    refused += 1
                }
            }
        }
        // Damage to a comment or a note leaves a definition; most other damage does not.
        #expect(read > 0 && refused > 0)
    }
}
