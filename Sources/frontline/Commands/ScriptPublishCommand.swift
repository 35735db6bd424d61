import ArgumentParser
import Foundation
import FrontlineClient
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Scripting
import Versioning

struct ScriptPublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Put scripts in force, for everybody, a share or teams.",
        discussion: """
            Prints a line of JSON a script. Scripts that run others may stand in any order. The exit code is 1 when one has \
            errors or a case that fails; the others are published.
            """
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "Scripts, and folders of them.", completion: .file(extensions: ["yaml", "yml"]))
    var paths: [String]
    @Option(help: "Why; recorded.") var note: String?
    @Option(help: "The share of the agents that gets it, in percent.") var percent: Double?
    @Option(help: "A team that gets it; may be given several times.") var team: [String] = []

    func validate() throws {
        guard percent.map({ (0...100).contains($0) }) ?? true else {
            throw ValidationError("--percent is a number from 0 to 100")
        }
    }

    func run() async throws {
        let publish = try await publisher()
        var waiting = try files()
        // A script that runs another one needs it first: what failed is tried again as long as something else succeeds.
        while !waiting.isEmpty {
            var failures: [(file: URL, error: any Error)] = []
            for file in waiting {
                do {
                    try Console.printJSON(try await publish(String(contentsOf: file, encoding: .utf8), file))
                } catch {
                    failures.append((file, error))
                }
            }
            guard failures.count < waiting.count else {
                for (file, error) in failures { report(error, of: file) }
                throw ExitCode.failure
            }
            waiting = failures.map(\.file)
        }
    }

    private func report(_ error: any Error, of file: URL) {
        Console.error("\(file.path): \(error)")
        for detail in (error as? RPCError)?.data?["details"]?.array ?? [] {
            if let text = detail.string { Console.error(text) }
        }
    }

    private var share: ScriptRolloutShare? {
        percent == nil && team.isEmpty ? nil : ScriptRolloutShare(percent: percent, teams: team.isEmpty ? nil : team)
    }

    private func publisher() async throws -> (String, URL) async throws -> ScriptPublish.Result {
        let share = share
        if try connection.isWanted(unless: data) {
            let client = try await connection.open()
            return { source, _ in
                try await client.call(ScriptPublish.self, .init(source: source, note: note, rollout: share))
            }
        }
        let folder = try data.open()
        let audience = Audience(percent: share?.percent, teams: share?.teams.map(Set.init))
        return { source, file in
            let publication = try folder.scripts.publish(
                source,
                note: note,
                to: audience,
                file: file.path,
                by: .commandLine,
                now: folder.now()
            )
            return ScriptPublish.Result(
                scriptId: publication.script.definition.id,
                version: Int(publication.script.version),
                sha256: publication.script.sha256,
                warnings: publication.warnings
            )
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
            return try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
                .filter { ["yaml", "yml"].contains($0.pathExtension) }
                .sorted { $0.path < $1.path }
        }
    }
}
