import ArgumentParser
import FrontlineClient
import FrontlineProtocol
import FrontlineService
import Scripting
import Versioning
import Vocabulary

struct ScriptPublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Put scripts in force, for everybody, a share or teams.",
        discussion: """
            Prints a line of JSON a script. Scripts that run others may stand in any order. The exit code is 1 when one has \
            errors or a case that fails, or while scripts are frozen by the calendar; the others are published.
            """
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "Scripts, and folders of them.", completion: .file(extensions: ["yaml", "yml"]))
    var paths: [String]
    @Option(help: "Why; recorded.") var note: String?
    @Option(help: "The share of the agents that gets it, in percent.") var percent: Double?
    @Option(help: "A team that gets it; may be given several times.") var team: [String] = []
    @Flag(help: "Publish although the calendar has a freeze; recorded.") var force = false

    func validate() throws {
        guard percent.map({ (0...100).contains($0) }) ?? true else {
            throw ValidationError("--percent is a number from 0 to 100")
        }
    }

    func run() async throws {
        let files = try FileReports.files(paths, matching: SourceFiles.isYAML)
        let publish = try await publisher()
        // A script that runs another one needs it first.
        let failures = await RepeatedAttempts.run(files) { file in
            let result = try await publish(try SourceFiles.text(file), file)
            for warning in result.warnings { Console.error(warning) }
            try Console.printJSON(result)
        }
        for (file, error) in failures { FileReports.report(error, of: file) }
        if !failures.isEmpty { throw ExitCode.failure }
    }

    private var share: ScriptRolloutShare? {
        percent == nil && team.isEmpty ? nil : ScriptRolloutShare(percent: percent, teams: team.isEmpty ? nil : team)
    }

    private func publisher() async throws -> (String, String) async throws -> ScriptPublish.Result {
        let share = share
        if try connection.isWanted(unless: data) {
            let client = try await connection.open()
            return { source, _ in
                try await client.call(
                    ScriptPublish.self,
                    .init(source: source, note: note, rollout: share, force: force ? true : nil)
                )
            }
        }
        let folder = try data.open()
        let audience = Audience(percent: share?.percent, teams: share?.teams.map(Set.init))
        return { source, file in
            let publication = try await ScriptRelease(folder).publish(
                source,
                note: note,
                to: audience,
                file: file,
                isForced: force,
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
}
