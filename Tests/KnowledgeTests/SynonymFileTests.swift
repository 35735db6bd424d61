import Foundation
import Knowledge
import Testing
import TextSearch

@Suite struct SynonymFileTests {
    private func read(_ text: String) throws -> Int {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("synonyms-\(UUID().uuidString).yaml")
        try Data(text.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try SynonymFile.read(path: url.path).groups.count
    }

    @Test func `groups and one-way entries are read by language`() throws {
        #expect(
            try read("en:\n  - [tv, telly]\n  - {from: doa, to: [dead on arrival], weight: 0.5}\nde:\n  - [a, b]\n")
                == 3
        )
        #expect(try read("") == 0)
    }

    @Test(arguments: [
        "- a", "en: x", "en: [a]", "en: [[a]]", "en: [{from: a}]", "en: [{from: a, to: b, weight: 7}]", "{",
    ])
    func `anything else is refused with its line`(text: String) {
        let error = #expect(throws: KnowledgeError.self) { try read(text) }
        #expect(error?.code == .unreadable)
    }

    @Test func `the synonyms of the samples are sound`() throws {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let path = root.appendingPathComponent("knowledge/synonyms.yaml").path
        #expect(try SynonymFile.read(path: path).groups.count > 50)
    }
}
