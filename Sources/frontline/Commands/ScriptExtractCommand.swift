import ArgumentParser
import FrontlineClient
import FrontlineProtocol
import FrontlineService
import Scripting
import Vocabulary

struct ScriptExtractCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Print what extractors find in what customers say.",
        discussion: """
            Every argument is an utterance; several words without quotes are one. The extractors are those of a file, of a \
            server, or those in force in the data folder. Dates count from now, in UTC. Choices are found by words, not by \
            meaning.

            frontline script extract "It should have come last Tuesday" --file rules/extractors.yaml
            """
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "What is said.") var texts: [String]
    @Option(help: "The language.") var locale = "en"
    @Option(help: "An extractor; may be given several times. All of them by default.") var extractor: [String] = []
    @Option(help: "A file of extractors, instead of those in force.", completion: .file(extensions: ["yaml"]))
    var file: String?
    @Flag(help: "Print a JSON object an utterance.") var json = false

    private struct Line: Encodable {
        let text: String
        let found: [String: [JSON]]
    }

    func run() async throws {
        let book = try await book()
        for name in extractor where book.extractor(name) == nil {
            let known = book.names.joined(separator: ", ")
            throw CommandFailure(message: "there is no extractor “\(name)”; known are \(known)")
        }
        let now = DataFolder.systemClock()
        for text in Console.utterances(texts) {
            var found: [String: [JSON]] = [:]
            for name in extractor.isEmpty ? book.names : extractor {
                let values = book.found(name, in: text, at: now, locale: locale) ?? []
                if !values.isEmpty { found[name] = values }
            }
            if json {
                try Console.printJSON(Line(text: text, found: found))
                continue
            }
            Console.print(text)
            for (name, values) in found.sorted(by: { $0.key < $1.key }) {
                Console.print("  \(name): \(values.map { $0.string ?? $0.description }.joined(separator: ", "))")
            }
            if found.isEmpty { Console.print("  nothing") }
        }
    }

    private func book() async throws -> ExtractorBook {
        if let file { return try read(try SourceFiles.text(file), file) }
        let name = ExtractorStore.name
        if try connection.isWanted(unless: data) {
            let client = try await connection.open()
            let policy = try await client.call(PolicyGet.self, .init(name: name))
            await client.close()
            return try read(policy.source, name + ".yaml")
        }
        let extractors = try data.openExisting().scripts.extractors
        guard try await extractors.current() != nil else {
            throw CommandFailure(message: "no extractors were published in \(data.place); name a file with --file")
        }
        return try await extractors.book()
    }

    private func read(_ source: String, _ file: String) throws -> ExtractorBook {
        let (book, diagnostics) = ExtractorBook.read(source, file: file)
        guard let book else {
            throw CommandFailure(message: diagnostics.map(\.description).joined(separator: "\n"))
        }
        return book
    }
}
