import Foundation
import FrontlineService
import ModelSupply
import Scripting
import Testing

/// The model that `make dependencies` fetches.
enum SampleEncoder {
    private static let shelf = ModelShelf(folders: [Desk.repository.appendingPathComponent(".build/models")])
    private static let name = "all-MiniLM-L6-v2"

    static let exists = shelf.models().contains { $0.name == name }
    static let absence = "there is no \(name) in .build/models, which make dependencies fetches"

    static func open() throws -> NamedEncoder? { try shelf.open(.name(name)) { _ in } }
}

/// Warnings about examples by which scripts cannot be told apart.
@Suite struct SimilarExampleTests {
    private static func script(_ id: String, _ examples: [String], locale: String = "en") -> String {
        """
        script: \(id)
        title: \(id)
        locale: \(locale)
        examples:
        \(examples.map { "  - \($0)" }.joined(separator: "\n"))
        start: done
        steps: {done: {end: resolved}}
        """
    }

    private func warnings(_ scripts: [String: String], _ encoder: NamedEncoder) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("scripts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, source) in scripts {
            try source.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        let files = try ScriptFiles([folder.path])
        #expect(files.files.count == scripts.count && files.files.allSatisfy { $0.reading.diagnostics.isEmpty })
        return files.similarExamples(by: encoder).map { finding in
            #expect(finding.severity == .warning && finding.code == .similar)
            return finding.description.replacing(folder.path + "/", with: "")
        }
    }

    @Test func `equal examples of two scripts are told once, with both places`() throws {
        let found = try warnings(
            [
                "a.yaml": Self.script("late", ["where is it", "my parcel is late"]),
                "b.yaml": Self.script("lost", ["my parcel is late"]),
                "c.yaml": Self.script("spät", ["my parcel is late"], locale: "de"),
            ],
            TinyEncoder.make()
        )
        let first = try #require(found.first)
        #expect(first.hasPrefix("a.yaml:6:5: warning: the example “my parcel is late” means the same as “my parcel"))
        #expect(first.contains("of “lost” (b.yaml:5:5, similarity 1.0)"))
        #expect(found.count == 1)
    }

    @Test(.enabled(if: SampleEncoder.exists, "\(SampleEncoder.absence)"))
    func `examples in other words are told, and others are not`() throws {
        let encoder = try #require(try SampleEncoder.open())
        let found = try warnings(
            [
                "a.yaml": Self.script("late", ["my parcel has not arrived yet", "how long does shipping take"]),
                "b.yaml": Self.script("lost", ["my parcel has not come yet", "I want to pay by card"]),
            ],
            encoder
        )
        #expect(found.count == 1 && found.first?.hasPrefix("a.yaml:5:5: warning: ") == true)
    }
}
