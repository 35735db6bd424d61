import Foundation
import Testing

/// Every promise of SECURITY.md names what holds it, and that exists; every attack stands for a promise.
@Suite struct SecurityTests {
    private let page: String
    private let attacks: Set<String>

    init() throws {
        page = try Repository.text("SECURITY.md")
        let folder = Repository.root.appendingPathComponent("Integration/attacks")
        var attacks: Set<String> = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".py") {
            let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            for match in text.matches(of: #/\n@attack\("(.*)"\)/#) {
                attacks.insert("\(name.dropLast(".py".count)): \(match.output.1)")
            }
        }
        self.attacks = attacks
    }

    /// What the rows of the promises say holds them.
    private var evidence: [(promise: String, held: [String])] {
        let start = page.firstRange(of: "## What is promised")?.upperBound ?? page.startIndex
        let end = page.firstRange(of: "## What is not promised")?.lowerBound ?? page.endIndex
        return page[start..<end].split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("`") }.map { row in
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            return (cells[0], cells[1].matches(of: #/`([^`]+)`/#).map { String($0.output.1) })
        }
    }

    @Test func `every promise is held by attacks and tests that exist`() throws {
        #expect(evidence.count > 20)
        for (promise, held) in evidence {
            #expect(!held.isEmpty, "\(promise)")
            for name in held where !name.hasPrefix("make ") {
                let exists =
                    name.hasPrefix("Tests/")
                    ? FileManager.default.fileExists(atPath: Repository.root.appendingPathComponent(name).path)
                    : attacks.contains(name)
                #expect(exists, "\(promise): nothing is called “\(name)”")
            }
        }
    }

    @Test func `every attack stands for a promise of SECURITY.md`() {
        let named = Set(evidence.flatMap(\.held))
        #expect(attacks.subtracting(named).sorted() == [])
    }
}
