import ArgumentParser
import Foundation
import FrontlineClient
import FrontlineProtocol
import FrontlineService

struct RulesPublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Put decision models, signals and texts in force, each under the name of its file.",
        discussion: "Prints a line of JSON a model. The exit code is 1 when one has errors; the others are published."
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var connection: ConnectionOptions
    @Argument(
        help: "Models, signals.yaml, texts/*.yaml, and folders of them.",
        completion: .file(extensions: ["dmn", "yaml"])
    )
    var paths: [String]
    @Option(help: "Why; recorded.") var note: String?

    func run() async throws {
        let publish = try await publisher()
        var failed = false
        for file in try files() {
            let name = RuleFile.name(of: file) ?? file.deletingPathExtension().lastPathComponent
            do {
                let source = try String(contentsOf: file, encoding: .utf8)
                try Console.printJSON(try await publish(name, source))
            } catch {
                Console.error("\(file.path): \(error)")
                failed = true
            }
        }
        if failed { throw ExitCode.failure }
    }

    private func publisher() async throws -> (String, String) async throws -> PolicyPublish.Result {
        if try connection.isWanted(unless: data) {
            let client = try await connection.open()
            return { name, source in
                try await client.call(PolicyPublish.self, .init(name: name, source: source, note: note))
            }
        }
        let folder = try data.open()
        return { name, source in
            try RuleShelf(folder).publish(name, source: source, note: note, by: .commandLine, now: folder.now())
        }
    }

    private func files() throws -> [URL] {
        try paths.flatMap { path -> [URL] in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw ValidationError("there is no file or folder \(path)")
            }
            let url = URL(fileURLWithPath: path)
            guard isFolder.boolValue else { return [url] }
            return try RuleFile.files(in: url)
        }
    }
}
