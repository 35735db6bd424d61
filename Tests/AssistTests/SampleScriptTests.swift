import Assist
import Foundation
import Scripting
import Testing
import Texts

/// Finds the scripts of the sample retailer by customers' utterances.
@Suite struct SampleScriptTests {
    private static let finder: Result<ScriptFinder, any Error> = Result {
        let folder = SampleArticles.repository.appendingPathComponent("rules/scripts")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let scripts = try files.filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }.compactMap { file in
            let source = try String(contentsOf: file, encoding: .utf8)
            return ScriptReader.read(source, file: file.lastPathComponent).definition
        }
        return ScriptFinder(
            scripts.map {
                FindableScript(
                    id: $0.id,
                    version: 1,
                    title: $0.title,
                    locale: $0.locale,
                    tags: $0.tags,
                    examples: $0.examples
                )
            }
        )
    }

    private func found(_ text: String) throws -> String? {
        var talk = Talk()
        talk.hear(text)
        return try Self.finder.get().scripts(for: talk, locale: "en", texts: .english).first?.script.id
    }

    @Test(
        "in other words than the examples",
        arguments: [
            ("Where is my parcel? It is late.", "late-delivery"), ("I have been charged twice!", "billing-dispute"),
            ("The television arrived broken", "damaged-goods"), ("Please cancel my Plus membership", "cancellation"),
        ]
    )
    func fits(text: String, script: String) throws {
        #expect(try found(text) == script)
    }

    @Test(
        "none when none fits",
        arguments: ["Good morning", "My name is Anna Berger", "How do I top up with Apple Pay?", "Thank you, goodbye"]
    )
    func fitsNone(text: String) throws {
        #expect(try found(text) == nil)
    }
}
